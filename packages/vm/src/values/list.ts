/** Cons lists: building, walking, turning into other collections. Everything is iterative and pays before it makes. */

import { runtimeException } from "./exception.js";
import { kindOf } from "./kind.js";
import { OrderedMap } from "./ordered-map.js";
import { OrderedSet } from "./ordered-set.js";
import { tupleShape } from "./product.js";
import { ARRAY_BYTES, CONS_BYTES, SLOT_BYTES } from "./size.js";
import { List, NIL, type Value } from "./value.js";

/** What list functions ask of the machine. */
export interface CollectionMeter {
  charge(units: number): void;
  allocate(bytes: number): void;
}

/** Elements that are worked on in one go; longer lists are paid for in pieces, so that a limit is met early and the clock is looked at. */
const PIECE = 4096;

/**
 * Number of cells, charged as one unit an element.
 *
 * @throws LimitError when the meter refuses.
 * @example
 * hostModule("Count", { cells: { type: "'a list -> int", native: (context, list: List) => lengthOf(list, context) } });
 */
export function lengthOf(list: List, meter: CollectionMeter): number {
  let length = 0;
  let rest = list;
  while (rest !== NIL) {
    let piece = 0;
    while (rest !== NIL && piece < PIECE) {
      piece++;
      rest = rest.tail;
    }
    meter.charge(piece);
    length += piece;
  }
  return length;
}

/**
 * The elements as a fresh array; charged and allocated before it is made.
 *
 * @throws LimitError when the meter refuses.
 * @example
 * arrayOfList(new List(1, new List(2, NIL)), context); // [1, 2]
 */
export function arrayOfList(list: List, meter: CollectionMeter): Value[] {
  const length = lengthOf(list, meter);
  meter.allocate(ARRAY_BYTES + length * SLOT_BYTES);
  const array = new Array<Value>(length);
  let rest = list;
  for (let i = 0; i < length; i++) {
    array[i] = rest.head;
    rest = rest.tail;
  }
  return array;
}

/**
 * A list of the elements; allocated before it is made, charged on the way.
 *
 * @throws LimitError when the meter refuses.
 * @example
 * listOfArray([1, 2], context); // new List(1, new List(2, NIL))
 */
export function listOfArray(array: readonly Value[], meter: CollectionMeter): List {
  meter.allocate(array.length * CONS_BYTES);
  let list = NIL;
  for (let end = array.length; end > 0; end -= PIECE) {
    const start = Math.max(0, end - PIECE);
    meter.charge(end - start);
    for (let i = end - 1; i >= start; i--) list = new List(array[i], list);
  }
  return list;
}

/**
 * The list backwards, in new cells.
 *
 * @throws LimitError when the meter refuses.
 * @example
 * reverse(listOfArray([1, 2, 3], context), context); // [3; 2; 1]
 */
export function reverse(list: List, meter: CollectionMeter): List {
  meter.allocate(lengthOf(list, meter) * CONS_BYTES);
  let result = NIL;
  for (let rest = list; rest !== NIL; rest = rest.tail) result = new List(rest.head, result);
  return result;
}

/**
 * One list behind the other: the second list is shared, the first one copied.
 *
 * @throws LimitError when the meter refuses.
 * @example
 * append(listOfArray([1, 2], context), listOfArray([3], context), context); // [1; 2; 3]
 */
export function append(first: List, second: List, meter: CollectionMeter): List {
  if (first === NIL) return second;
  if (second === NIL) return first;
  const elements = arrayOfList(first, meter);
  meter.allocate(elements.length * CONS_BYTES);
  let result = second;
  for (let i = elements.length - 1; i >= 0; i--) result = new List(elements[i], result);
  return result;
}

/**
 * The elements of an enumerable value; of a map, pairs.
 *
 * @throws ExceptionValue FUS0502 for a value that has no elements.
 */
export function listOf(value: Value, meter: CollectionMeter): List {
  if (value instanceof List) return value;
  if (Array.isArray(value)) return listOfArray(value, meter);
  if (typeof value === "string") return listOfArray(value.split(""), meter);
  if (value instanceof OrderedSet) return listOfArray([...value], meter);
  if (value instanceof OrderedMap) {
    const pair = tupleShape(2);
    return listOfArray(
      [...value].map(([key, element]) => pair.make([key, element])),
      meter,
    );
  }
  throw runtimeException("FUS0502", `Expected list, got ${kindOf(value)}`);
}
