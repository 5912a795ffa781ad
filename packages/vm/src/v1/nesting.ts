import type { Meter } from "../machine/meter.js";

/** Bytes that a level of a walk through a value takes. */
const LEVEL_BYTES = 64;
const FREE_LEVELS = 1024;

/** A walk through a value has gone down to `depth`: from a thousand levels on, each doubling is counted as memory. */
export function chargeDepth(depth: number, meter: Meter): void {
  if (depth >= FREE_LEVELS && (depth & (depth - 1)) === 0) meter.allocate(depth * LEVEL_BYTES);
}
