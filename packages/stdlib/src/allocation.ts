/** What new values and work on texts cost, asked for before it is done. Sizes are those of the machine, the same everywhere. */
import {
  ARRAY_BYTES,
  CONS_BYTES,
  LimitError,
  type NativeContext,
  PRODUCT_BYTES,
  SLOT_BYTES,
  STRING_BYTES,
  UNIT_BYTES,
} from "@fusabi/vm";

/** JavaScript's strings and arrays end; what would be longer, and no limit of the host refuses, meets a limit here and not an error of the engine. */
const LONGEST_STRING = 2 ** 28;
const LONGEST_ARRAY = 2 ** 26;

/** Going over the units of a text is about as much work as an instruction for every eight of them. */
export function chargeText(context: NativeContext, units: number): void {
  context.charge(1 + Math.floor(units / UNITS_A_CHARGE));
}

const UNITS_A_CHARGE = 8;

/** One text of so many units, or several that have them together. */
export function allocateString(context: NativeContext, units: number, texts: number = 1): void {
  context.allocate(texts * STRING_BYTES + units * UNIT_BYTES);
  requirePossible(units, LONGEST_STRING, UNIT_BYTES);
}

export function allocateList(context: NativeContext, length: number): void {
  context.allocate(length * CONS_BYTES);
  requirePossible(length, LONGEST_ARRAY, CONS_BYTES);
}

export function allocateArray(context: NativeContext, length: number): void {
  context.allocate(ARRAY_BYTES + length * SLOT_BYTES);
  requirePossible(length, LONGEST_ARRAY, SLOT_BYTES);
}

/** So many tuples, records or union cases of so many slots each. */
export function allocateProducts(context: NativeContext, count: number, slots: number): void {
  context.allocate(count * (PRODUCT_BYTES + slots * SLOT_BYTES));
}

function requirePossible(length: number, longest: number, bytes: number): void {
  if (length <= longest) return;
  const [allowed, actual] = [longest * bytes, length * bytes];
  throw new LimitError(
    `memory limit exceeded: ${allowed} bytes (actual: ${actual} bytes)`,
    "FUS0602",
    "memoryBytes",
    allowed,
    actual,
  );
}
