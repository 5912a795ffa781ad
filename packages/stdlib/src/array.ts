/** The module `Array`: what arrays have beside the members common to lists and arrays. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  type List,
  listOfArray,
  type NativeContext,
  NIL,
  NONE,
  type Value,
} from "@fusabi/vm";
import { allocateArray } from "./allocation.js";
import { ARRAY } from "./collection.js";
import { collectionCallbacks } from "./collection-callbacks.js";
import { collectionNatives } from "./collection-natives.js";
import { hidden, type Int, native, overloaded } from "./declaration.js";
import { emptyInput, outOfRange, requireNotNegative, tooShort } from "./failure.js";
import { inPieces } from "./pieces.js";
import type { Prelude } from "./prelude.js";
import { some } from "./products.js";
import { sorted } from "./sorting.js";

/** An index inside the array, or the error of `Array.get`, whose texts are its own. */
function requireIndex(context: NativeContext, array: readonly Value[], index: Int): number {
  if (index < 0) throw context.fail("FUS0504", `Array index out of bounds: index ${index} is negative`);
  if (index >= array.length)
    throw context.fail("FUS0504", `Array index out of bounds: index ${index} >= length ${array.length}`);
  return Number(index);
}

function get(context: NativeContext, array: readonly Value[], index: Int): Value {
  return array[requireIndex(context, array, index)];
}

function set(context: NativeContext, array: Value[], index: Int, value: Value): Value {
  array[requireIndex(context, array, index)] = value;
  return undefined;
}

/** So many elements from a start on: a part that must be inside. */
function requirePart(
  context: NativeContext,
  name: string,
  array: readonly Value[],
  start: Int,
  count: Int,
): readonly [number, number] {
  requireNotNegative(context, name, count);
  if (start < 0 || start > array.length) throw outOfRange(context, name, start, array.length);
  const end = BigInt(start) + BigInt(count);
  if (end > array.length) throw outOfRange(context, name, end, array.length);
  context.charge(Number(count));
  return [Number(start), Number(end)];
}

function copies(name: string): (context: NativeContext, count: Int, item: Value) => Value[] {
  return (context, count, item) => {
    if (count < 0) throw context.fail("FUS0516", `${name} requires non-negative length, got ${count}`);
    allocateArray(context, Number(count));
    context.charge(Number(count));
    return new Array<Value>(Number(count)).fill(item);
  };
}

/** An array of the element that is its type's zero; which one, the compiler knows. */
function zeroes(zero: Value): (context: NativeContext, count: Int) => Value[] {
  return (context, count) => {
    requireNotNegative(context, "Array.zeroCreate", count);
    return copies("Array.zeroCreate")(context, count, zero);
  };
}

export function arrayModule(prelude: Prelude): HostModule {
  const callback = prelude.file("array");
  const sorting = prelude.file("sorting");
  const { items, make } = ARRAY;
  const notEmpty = (context: NativeContext, name: string, array: readonly Value[]): void => {
    if (array.length === 0) throw emptyInput(context, name);
  };
  return hostModule("Array", {
    ...collectionNatives(ARRAY),
    ...collectionCallbacks(ARRAY, callback, sorting, prelude.file("materialising")),
    // An array can be written to, so every use of the name must give one of its own; without elements nothing can be written.
    empty: { type: "'a array", doc: "The array without elements.", value: Object.freeze([]) },
    length: native(
      "'a array -> int",
      "Number of elements.",
      (_: NativeContext, array: Value[]) => array.length,
    ),
    isEmpty: native(
      "'a array -> bool",
      "Whether there are no elements.",
      (_: NativeContext, array: Value[]) => array.length === 0,
    ),
    get: overloaded(
      "The element at an index: array and index, or index and array.",
      "get.array",
      "get.index",
    ),
    "get.array": hidden("'a array -> int -> 'a", get),
    "get.index": hidden("int -> 'a array -> 'a", (context: NativeContext, index: Int, array: Value[]) =>
      get(context, array, index),
    ),
    set: overloaded(
      "Changes the element at an index, in place: array, index, value, or index, value, array.",
      "set.array",
      "set.index",
    ),
    "set.array": hidden("'a array -> int -> 'a -> unit", set),
    "set.index": hidden(
      "int -> 'a -> 'a array -> unit",
      (context: NativeContext, index: Int, value: Value, array: Value[]) => set(context, array, index, value),
    ),
    item: native(
      "int -> 'a array -> 'a",
      "The element at an index: index first.",
      (context: NativeContext, index: Int, array: Value[]) => get(context, array, index),
    ),
    tryItem: native(
      "int -> 'a array -> 'a option",
      "The element at an index, or None: index first.",
      (context: NativeContext, index: Int, array: Value[]) =>
        index < 0 || index >= array.length ? NONE : some(context, array[Number(index)]),
    ),
    create: native(
      "int -> 'a -> 'a array",
      "The same element in every place: length first.",
      copies("Array.create"),
    ),
    make: native("int -> 'a -> 'a array", "Same as Array.create.", copies("Array.make")),
    zeroCreate: {
      type: "int -> 'n array",
      variable: "n",
      doc: "The zero of the element type in every place.",
      variants: {
        int: "zeroCreate.int",
        float: "zeroCreate.int",
        bool: "zeroCreate.bool",
        string: "zeroCreate.string",
        option: "zeroCreate.option",
        list: "zeroCreate.list",
      },
    },
    "zeroCreate.int": hidden("int -> 'a array", zeroes(0)),
    "zeroCreate.bool": hidden("int -> 'a array", zeroes(false)),
    "zeroCreate.string": hidden("int -> 'a array", zeroes("")),
    "zeroCreate.option": hidden("int -> 'a array", zeroes(NONE)),
    "zeroCreate.list": hidden("int -> 'a array", zeroes(NIL)),
    ofList: native("'a list -> 'a array", "The elements of a list.", (context: NativeContext, list: List) =>
      arrayOfList(list, context),
    ),
    toList: native(
      "'a array -> 'a list",
      "The elements as a list.",
      (context: NativeContext, array: Value[]) => listOfArray(array, context),
    ),
    ofSeq: prelude.file("enumeration")(
      "seq<'a> -> 'a array",
      "The elements of a seq, run to its end.",
      "toArray",
    ),
    toSeq: native(
      "'a array -> seq<'a>",
      "The elements as a seq, which sees later changes.",
      (_: NativeContext, array: Value[]) => array,
    ),
    copy: native(
      "'a array -> 'a array",
      "An array of its own with the same elements.",
      (context: NativeContext, array: Value[]) => make(context, items(context, array).slice()),
    ),
    rev: native("'a array -> 'a array", "Backwards.", (context: NativeContext, array: Value[]) =>
      make(context, items(context, array).toReversed()),
    ),
    head: native(
      "'a array -> 'a",
      "The first element; raises when there is none.",
      (context: NativeContext, array: Value[]) => {
        notEmpty(context, "Array.head", array);
        return array[0];
      },
    ),
    tail: native(
      "'a array -> 'a array",
      "All but the first element; raises when there is none.",
      (context: NativeContext, array: Value[]) => {
        notEmpty(context, "Array.tail", array);
        return make(context, items(context, array).slice(1));
      },
    ),
    skip: native(
      "int -> 'a array -> 'a array",
      "Without the first elements; raises when there are fewer.",
      (context: NativeContext, count: Int, array: Value[]) => {
        if (count > array.length) throw tooShort(context, "Array.skip", count, array.length);
        return make(context, array.slice(Math.max(Number(count), 0)));
      },
    ),
    sub: native(
      "'a array -> int -> int -> 'a array",
      "A part: array, start, count.",
      (context: NativeContext, array: Value[], start: Int, count: Int) => {
        const [from, to] = requirePart(context, "Array.sub", array, start, count);
        return make(context, array.slice(from, to));
      },
    ),
    fill: native(
      "'a array -> int -> int -> 'a -> unit",
      "Puts a value in every place of a part: array, start, count, value.",
      (context: NativeContext, array: Value[], start: Int, count: Int, value: Value) => {
        const [from, to] = requirePart(context, "Array.fill", array, start, count);
        array.fill(value, from, to);
        return undefined;
      },
    ),
    blit: native(
      "'a array -> int -> 'a array -> int -> int -> unit",
      "Copies a part into another array, or within one: source, start, target, start, count.",
      (
        context: NativeContext,
        source: Value[],
        sourceStart: Int,
        target: Value[],
        targetStart: Int,
        count: Int,
      ) => {
        const [from, to] = requirePart(context, "Array.blit", source, sourceStart, count);
        const [at] = requirePart(context, "Array.blit", target, targetStart, count);
        // The part is taken out first, so that overlapping parts of one array are copied right.
        overwrite(context, target, source.slice(from, to), at);
        return undefined;
      },
    ),
    sortInPlace: native(
      "'a array -> unit when 'a : ord",
      "Sorts the array itself, in ascending order.",
      (context: NativeContext, array: Value[]) => {
        overwrite(context, array, sorted(context, items(context, array), "ascending"));
        return undefined;
      },
    ),
    sortInPlaceBy: callback(
      "('a -> 'k) -> 'a array -> unit when 'k : ord",
      "Sorts the array itself, in ascending order of the keys.",
      "sortInPlaceBy",
    ),
    sortInPlaceWith: sorting(
      "('a -> 'a -> int) -> 'a array -> unit",
      "Sorts the array itself, in the order of the comparer.",
      "sortInPlaceWith",
    ),
  });
}

/** Puts the items in as many places of an array, from a start on. */
export function overwrite(
  context: NativeContext,
  array: Value[],
  items: readonly Value[],
  start: number = 0,
): void {
  inPieces(context, items.length, (from, to) => {
    for (let i = from; i < to; i++) array[start + i] = items[i];
  });
}
