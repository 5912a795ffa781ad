import type { Int } from "../../values/int.js";
import { ARRAY_BYTES, SLOT_BYTES } from "../../values/size.js";
import { runtimeError } from "../failure.js";
import type { LibraryContext } from "../library-context.js";
import { MutableArray, type Value } from "../value.js";
import { asArray, asInt, callingBack, elementsOf, type Functions, fn, newList } from "./declaration.js";

/** Index first, array last. */
export const arrayFunctions: Functions = {
  "Array.length": fn(1, (_, array) => {
    if (!(array instanceof MutableArray)) throw runtimeError("Not an array", "FUS0502");
    return array.items.length;
  }),
  "Array.isEmpty": fn(1, (_, array) => asArray(array).items.length === 0),
  "Array.get": fn(2, (_, position, array) => {
    const index = asInt(position);
    const { items } = asArray(array);
    return items[within(index, items)];
  }),
  "Array.set": fn(3, (_, position, value, array) => {
    const index = asInt(position);
    const { items } = asArray(array);
    items[within(index, items)] = value;
    return undefined;
  }),
  "Array.ofList": fn(1, (context, list) => {
    const items = elementsOf(context, list);
    context.meter.allocate(ARRAY_BYTES + items.length * SLOT_BYTES);
    return new MutableArray(items);
  }),
  "Array.toList": fn(1, (context, array) => newList(context, asArray(array).items)),
  "Array.init": callingBack("Array.init", 2, (context, count, f) => {
    const length = reserve(context, "Array.init", asInt(count));
    const items: Value[] = [];
    for (let index = 0; index < length; index++) items.push(context.call(f, [index]));
    return new MutableArray(items);
  }),
  "Array.create": fn(2, (context, count, value) => {
    const length = reserve(context, "Array.create", asInt(count));
    const items: Value[] = [];
    for (let index = 0; index < length; index++) items.push(value);
    return new MutableArray(items);
  }),
};

function within(index: Int, items: readonly Value[]): number {
  if (index < 0) throw outOfBounds(`index ${index} is negative`);
  if (index >= items.length) throw outOfBounds(`index ${index} >= length ${items.length}`);
  return Number(index);
}

function outOfBounds(problem: string) {
  return runtimeError(`Array index out of bounds: ${problem}`, "FUS0504");
}

/** Pays for an array before it is made. */
function reserve(context: LibraryContext, name: string, length: Int): number {
  if (length < 0) throw runtimeError(`${name} requires non-negative length, got ${length}`, "FUS0516");
  const elements = Number(length);
  context.meter.allocate(ARRAY_BYTES + elements * SLOT_BYTES);
  context.meter.charge(elements);
  return elements;
}
