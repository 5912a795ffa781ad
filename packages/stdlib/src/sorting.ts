/** Stable sorting by the structural order. */
import { compare, type NativeContext, type Value } from "@fusabi/vm";
import { filled, mapped, Pace } from "./pieces.js";

export type Direction = "ascending" | "descending";

/** A sorted copy. In both directions, equal elements keep their order. */
export function sorted(context: NativeContext, items: readonly Value[], direction: Direction): Value[] {
  const order = orderOf(context, items.length, direction);
  const copy = items.slice();
  // The engine copies it once more before it compares.
  context.checkTime();
  return copy.sort(order);
}

/** The items in the order of their keys, which stand at the same places. */
export function sortedByKeys(
  context: NativeContext,
  keys: readonly Value[],
  items: readonly Value[],
  direction: Direction,
): Value[] {
  const order = orderOf(context, items.length, direction);
  const places = filled(context, items.length, (place) => place);
  places.sort((a, b) => order(keys[a], keys[b]));
  return mapped(context, places, (place) => items[place]);
}

/** Pays for about as many comparisons as a merge sort makes; comparing large elements is charged on top. As all is paid at once, the clock has to be looked at on the way. */
function orderOf(
  context: NativeContext,
  length: number,
  direction: Direction,
): (a: Value, b: Value) => number {
  context.charge(length * Math.ceil(Math.log2(length + 1)));
  const charge = (units: number): void => context.charge(units);
  const pace = new Pace(context);
  const ascending = (a: Value, b: Value): number => {
    pace.did(1);
    return compare(a, b, charge);
  };
  return direction === "ascending" ? ascending : (a, b) => ascending(b, a);
}
