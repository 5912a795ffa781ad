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
    return collection.split("");
  }
  if (collection instanceof OrderedSet) {
    context.charge(collection.size);
    return collection.keys();
  }
  if (collection instanceof OrderedMap) return pairsOf(context, collection);
  if (collection instanceof Sequence) return drained(context, collection);
  throw context.fail("FUS0502", "Type mismatch: expected seq");
}

/** The elements of all the collections in a seq, in order. */
export function concatenated(context: NativeContext, kind: CollectionKind, parts: Value): Value {
  const all: Value[] = [];
  for (const part of elementsOf(context, parts)) for (const item of kind.items(context, part)) all.push(item);
  return kind.make(context, all);
}

/** The entries of a map as pairs, ascending. */
export function pairsOf(context: NativeContext, map: OrderedMap): Value[] {
  context.charge(map.size);
  allocateProducts(context, map.size, 2);
  const shape = tupleShape(2);
  const pairs: Value[] = [];
  map.forEach((key, value) => {
    pairs.push(shape.make([key, value]));
  });
  return pairs;
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
