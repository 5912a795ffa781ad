import type { FileEvent } from "./file-event.js";
import { checkDuration, type Debounce } from "./options.js";

/** Milliseconds of quiet after the latest of these changes. Throws what a function of the host throws, or InvalidWatcherOptionError for what it gives. */
export function quietTime(debounce: Debounce, pending: () => readonly FileEvent[], changes: number): number {
  if (typeof debounce === "number") return debounce;
  if (typeof debounce === "function") return checkDuration("debounce", debounce(pending()));
  return Math.min(debounce.max, debounce.min * Math.max(1, changes));
}
