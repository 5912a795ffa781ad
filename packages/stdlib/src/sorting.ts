/** Stable sorting by the structural order. */
import { compare, type NativeContext, type Value } from "@fusabi/vm";

export type Direction = "ascending" | "descending";

/** A sorted copy. In both directions, equal elements keep their order. */
export function sorted(context: NativeContext, items: readonly Value[], direction: Direction): Value[] {
  const order = orderOf(context, items.length, direction);
  return items.slice().sort(order);
}

/** The items in the order of their keys, which stand at the same places. */
export function sortedByKeys(
  context: NativeContext,
  keys: readonly Value[],
  items: readonly Value[],
  direction: Direction,
): Value[] {
  const order = orderOf(context, items.length, direction);
  const places = items.map((_, index) => index);
  places.sort((a, b) => order(keys[a], keys[b]));
  return places.map((place) => items[place]);
}

/** Comparisons between two ticks. */
const COMPARISONS = 1_000;

/** Pays for about as many comparisons as a merge sort makes; comparing large elements is charged on top. As all is paid at once, the clock has to be looked at on the way. */
function orderOf(
  context: NativeContext,
  length: number,
  direction: Direction,
): (a: Value, b: Value) => number {
  context.charge(length * Math.ceil(Math.log2(length + 1)));
  const charge = (units: number): void => context.charge(units);
  let left = COMPARISONS;
  const ascending = (a: Value, b: Value): number => {
    if (--left === 0) {
      left = COMPARISONS;
      context.tick();
    }
    return compare(a, b, charge);
  };
  return direction === "ascending" ? ascending : (a, b) => ascending(b, a);
}
