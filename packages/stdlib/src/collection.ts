/** Lists and arrays behind one face, so that what both modules have in common is written once; and the elements of whatever counts as a seq. */
import {
  arrayOfList,
  elementsOf as elementsOfSequence,
  List,
  listOfArray,
  type NativeContext,
  OrderedMap,
  OrderedSet,
  Sequence,
  tupleShape,
  type Value,
} from "@fusabi/vm";
import { allocateArray, allocateProducts } from "./allocation.js";
import { filled, joined, mapped, PIECE } from "./pieces.js";

export interface CollectionKind {
  /** Name of the module, for messages. */
  readonly module: "List" | "Array";
  /** Name of the type, for signatures. */
  readonly word: "list" | "array";
  /** The elements, charged one unit each. Not to be changed. */
  items(context: NativeContext, collection: Value): readonly Value[];
  /** A collection of the items, charged and allocated. The array is given away. */
  make(context: NativeContext, items: Value[]): Value;
}

export const LIST: CollectionKind = {
  module: "List",
  word: "list",
  items: (context, list) => arrayOfList(list as List, context),
  make: (context, items) => listOfArray(items, context),
};

export const ARRAY: CollectionKind = {
  module: "Array",
  word: "array",
  items(context, array) {
    context.charge((array as Value[]).length);
    return array as Value[];
  },
  make(context, items) {
    context.charge(items.length);
    allocateArray(context, items.length);
    return items;
  },
};

/** The elements of a list, array, string, set, map (as pairs) or seq, in an array of their own. */
export function elementsOf(context: NativeContext, collection: Value): Value[] {
  if (collection instanceof List) return arrayOfList(collection, context);
  if (Array.isArray(collection)) {
    context.charge(collection.length);
    return collection.slice() as Value[];
  }
  if (typeof collection === "string") {
    context.charge(collection.length);
    return unitsOf(context, collection);
  }
  if (collection instanceof OrderedSet) {
    context.charge(collection.size);
    return keysOf(context, collection);
  }
  if (collection instanceof OrderedMap) return pairsOf(context, collection);
  if (collection instanceof Sequence) return drained(context, collection);
  throw context.fail("FUS0502", "Type mismatch: expected seq");
}

/** The elements of all the collections in a seq, in order. */
export function concatenated(context: NativeContext, kind: CollectionKind, parts: Value): Value {
  return kind.make(
    context,
    joined(
      context,
      mapped(context, elementsOf(context, parts), (part) => kind.items(context, part)),
    ),
  );
}

/** The entries of a map as pairs, ascending. */
export function pairsOf(context: NativeContext, map: OrderedMap): Value[] {
  context.charge(map.size);
  allocateProducts(context, map.size, 2);
  const shape = tupleShape(2);
  const cursor = map.cursor();
  return filled(context, map.size, () => {
    const entry = cursor.next();
    return shape.make([entry?.key, entry?.value]);
  });
}

/** The keys of a map, or the elements of a set, ascending. */
export function keysOf(context: NativeContext, collection: OrderedMap | OrderedSet): Value[] {
  if (collection.size <= PIECE) return collection.keys();
  const cursor = collection.cursor();
  return filled(context, collection.size, () => cursor.next()?.key);
}

/** The values of a map, in the order of their keys. */
export function valuesOf(context: NativeContext, map: OrderedMap): Value[] {
  if (map.size <= PIECE) return map.values();
  const cursor = map.cursor();
  return filled(context, map.size, () => cursor.next()?.value);
}

/** The units of a text, each as a text. */
export function unitsOf(context: NativeContext, text: string): string[] {
  if (text.length <= PIECE) return text.split("");
  return filled(context, text.length, (place) => text.charAt(place));
}

/** Runs a seq to its end, which an endless one never reaches: the limits do. */
function drained(context: NativeContext, sequence: Sequence): Value[] {
  const items: Value[] = [];
  for (const item of elementsOfSequence(sequence, (callee, ...args) => context.call(callee, ...args))) {
    context.charge(1);
    context.allocate(BYTES_HELD);
    items.push(item);
  }
  return items;
}

/** What holding one element while a seq is drained counts for. */
const BYTES_HELD = 8;
