/** The bounds of slices, `xs.[from..to]`. */
import { NONE, type Product, slotAt } from "@fusabi/vm";
import type { Int } from "../declaration.js";
import { clampIndex } from "../failure.js";

/** An int option of a slice: the given bound, or undefined. */
function boundOf(option: Product): Int | undefined {
  return option === NONE ? undefined : (slotAt(option, 0) as Int);
}

/** First index and index behind the last of a slice `[from..to]`, cut to fit; an inverted one is empty. */
export function sliceBounds(from: Product, to: Product, length: number): readonly [number, number] {
  const start = clampIndex(boundOf(from) ?? 0, length);
  const last = boundOf(to);
  const end = last === undefined ? length : clampIndex(BigInt(last) + 1n, length);
  return [start, Math.max(start, end)];
}
