/** The module `Map`: ordered by key, never changed in place. */
import {
  addEntry,
  display,
  findEntry,
  greatestEntry,
  type HostModule,
  hostModule,
  isProduct,
  type List,
  leastEntry,
  listOfArray,
  type NativeContext,
  NONE,
  OrderedMap,
  type Product,
  removeEntry,
  sizeOf,
  slotAt,
  treeBytes,
  treePathBytes,
  type Value,
} from "@fusabi/vm";
import { allocateArray } from "./allocation.js";
import { keysOf, LIST, pairsOf, valuesOf } from "./collection.js";
import { constant, native } from "./declaration.js";
import { emptyInput } from "./failure.js";
import { mapped } from "./pieces.js";
import type { Prelude } from "./prelude.js";
import { pair, some } from "./products.js";

/** Comparisons on the way to a key are charged with what they look at, and at least one unit a step. */
function steps(context: NativeContext, map: OrderedMap): (units: number) => void {
  context.charge(Math.ceil(Math.log2(map.size + 1)) + 1);
  return (units) => context.charge(units);
}

export function mapFind(context: NativeContext, key: Value, map: OrderedMap): Value {
  const entry = findEntry(map, key, steps(context, map));
  if (entry === undefined)
    throw context.fail("FUS0505", `Map key not found: ${display(key, (units) => context.charge(units))}`);
  return entry.value;
}

export function mapTryFind(context: NativeContext, key: Value, map: OrderedMap): Value {
  const entry = findEntry(map, key, steps(context, map));
  return entry === undefined ? NONE : some(context, entry.value);
}

export function mapAdd(context: NativeContext, key: Value, value: Value, map: OrderedMap): OrderedMap {
  context.allocate(treePathBytes(map.size));
  return addEntry(map, key, value, steps(context, map));
}

export function mapRemove(context: NativeContext, key: Value, map: OrderedMap): OrderedMap {
  context.allocate(treePathBytes(map.size));
  return removeEntry(map, key, steps(context, map));
}

export function mapHas(context: NativeContext, key: Value, map: OrderedMap): boolean {
  return findEntry(map, key, steps(context, map)) !== undefined;
}

/** A map of pairs in any order; of equal keys the last one counts. */
function ofPairs(context: NativeContext, pairs: readonly Value[]): OrderedMap {
  context.charge(pairs.length * Math.ceil(Math.log2(pairs.length + 1)));
  context.allocate(treeBytes(pairs.length));
  return OrderedMap.of(
    mapped(context, pairs, (one): readonly [Value, Value] => {
      const entry = requirePair(context, one);
      return [slotAt(entry, 0), slotAt(entry, 1)];
    }),
    (units) => context.charge(units),
    () => context.checkTime(),
  );
}

/** Typed programs have pairs; inside `any` there can be anything. */
function requirePair(context: NativeContext, value: Value): Product {
  if (!isProduct(value) || value.shape.kind !== "tuple")
    throw context.fail("FUS0502", "Map.ofList expects list of tuples");
  if (sizeOf(value) !== 2) throw context.fail("FUS0502", "Map.ofList expects list of 2-tuples");
  return value;
}

export function mapKeyList(context: NativeContext, map: OrderedMap): List {
  context.charge(map.size);
  return listOfArray(keysOf(context, map), context);
}

export function mapValueList(context: NativeContext, map: OrderedMap): List {
  context.charge(map.size);
  return listOfArray(valuesOf(context, map), context);
}

export function mapModule(prelude: Prelude): HostModule {
  const callback = prelude.file("map");
  return hostModule("Map", {
    empty: constant("Map<'k, 'v>", "The map without entries.", OrderedMap.empty),
    add: native(
      "'k -> 'v -> Map<'k, 'v> -> Map<'k, 'v> when 'k : ord",
      "With the entry; an existing key gets the new value.",
      mapAdd,
    ),
    remove: native("'k -> Map<'k, 'v> -> Map<'k, 'v> when 'k : ord", "Without the key.", mapRemove),
    find: native(
      "'k -> Map<'k, 'v> -> 'v when 'k : ord",
      "The value of a key; raises when there is none.",
      mapFind,
    ),
    tryFind: native(
      "'k -> Map<'k, 'v> -> 'v option when 'k : ord",
      "The value of a key, or None.",
      mapTryFind,
    ),
    containsKey: native("'k -> Map<'k, 'v> -> bool when 'k : ord", "Whether the key has a value.", mapHas),
    isEmpty: native(
      "Map<'k, 'v> -> bool",
      "Whether there are no entries.",
      (_: NativeContext, map: OrderedMap) => map.size === 0,
    ),
    count: native(
      "Map<'k, 'v> -> int",
      "Number of entries.",
      (_: NativeContext, map: OrderedMap) => map.size,
    ),
    ofList: native(
      "('k * 'v) list -> Map<'k, 'v> when 'k : ord",
      "The map of the pairs; the last of equal keys wins.",
      (context: NativeContext, list: List) => ofPairs(context, LIST.items(context, list)),
    ),
    ofArray: native(
      "('k * 'v) array -> Map<'k, 'v> when 'k : ord",
      "The map of the pairs; the last of equal keys wins.",
      (context: NativeContext, array: Value[]) => ofPairs(context, array),
    ),
    ofSeq: prelude.file("materialising")(
      "seq<'k * 'v> -> Map<'k, 'v> when 'k : ord",
      "The map of the pairs; the last of equal keys wins.",
      "mapOfSeq",
    ),
    toList: native(
      "Map<'k, 'v> -> ('k * 'v) list",
      "The entries as pairs, ascending.",
      (context: NativeContext, map: OrderedMap) => listOfArray(pairsOf(context, map), context),
    ),
    toArray: native(
      "Map<'k, 'v> -> ('k * 'v) array",
      "The entries as pairs, ascending.",
      (context: NativeContext, map: OrderedMap) => {
        allocateArray(context, map.size);
        return pairsOf(context, map);
      },
    ),
    toSeq: native(
      "Map<'k, 'v> -> seq<'k * 'v>",
      "The entries as pairs, ascending.",
      (_: NativeContext, map: OrderedMap) => map,
    ),
    keys: native("Map<'k, 'v> -> 'k list", "The keys, ascending.", mapKeyList),
    values: native("Map<'k, 'v> -> 'v list", "The values, in the order of their keys.", mapValueList),
    minKeyValue: native(
      "Map<'k, 'v> -> 'k * 'v",
      "The entry with the smallest key; raises when there is none.",
      (context: NativeContext, map: OrderedMap) => {
        const entry = leastEntry(map);
        if (entry === undefined) throw emptyInput(context, "Map.minKeyValue");
        return pair(context, entry.key, entry.value);
      },
    ),
    maxKeyValue: native(
      "Map<'k, 'v> -> 'k * 'v",
      "The entry with the largest key; raises when there is none.",
      (context: NativeContext, map: OrderedMap) => {
        const entry = greatestEntry(map);
        if (entry === undefined) throw emptyInput(context, "Map.maxKeyValue");
        return pair(context, entry.key, entry.value);
      },
    ),
    map: callback(
      "('k -> 'v -> 'w) -> Map<'k, 'v> -> Map<'k, 'w>",
      "The function's results for keys and values, under the same keys.",
      "map",
    ),
    mapValues: callback(
      "('v -> 'w) -> Map<'k, 'v> -> Map<'k, 'w>",
      "The function's results for the values, under the same keys.",
      "mapValues",
    ),
    iter: callback(
      "('k -> 'v -> unit) -> Map<'k, 'v> -> unit",
      "Calls the function with every key and value, ascending.",
      "iter",
    ),
    fold: callback(
      "('s -> 'k -> 'v -> 's) -> 's -> Map<'k, 'v> -> 's",
      "The state after all entries, ascending.",
      "fold",
    ),
    foldBack: callback(
      "('k -> 'v -> 's -> 's) -> Map<'k, 'v> -> 's -> 's",
      "The state after all entries, descending.",
      "foldBack",
    ),
    exists: callback(
      "('k -> 'v -> bool) -> Map<'k, 'v> -> bool",
      "Whether the predicate holds for some entry.",
      "exists",
    ),
    forall: callback(
      "('k -> 'v -> bool) -> Map<'k, 'v> -> bool",
      "Whether the predicate holds for every entry.",
      "forall",
    ),
    filter: callback(
      "('k -> 'v -> bool) -> Map<'k, 'v> -> Map<'k, 'v>",
      "The entries that the predicate holds for.",
      "filter",
    ),
    partition: callback(
      "('k -> 'v -> bool) -> Map<'k, 'v> -> Map<'k, 'v> * Map<'k, 'v>",
      "The entries that the predicate holds for, and the others.",
      "partition",
    ),
    pick: callback(
      "('k -> 'v -> 'a option) -> Map<'k, 'v> -> 'a",
      "The first Some of the function; raises when there is none.",
      "pick",
    ),
    tryPick: callback(
      "('k -> 'v -> 'a option) -> Map<'k, 'v> -> 'a option",
      "The first Some of the function, or None.",
      "tryPick",
    ),
    findKey: callback(
      "('k -> 'v -> bool) -> Map<'k, 'v> -> 'k",
      "The first key that the predicate holds for; raises when there is none.",
      "findKey",
    ),
    tryFindKey: callback(
      "('k -> 'v -> bool) -> Map<'k, 'v> -> 'k option",
      "The first key that the predicate holds for, or None.",
      "tryFindKey",
    ),
    change: callback(
      "'k -> ('v option -> 'v option) -> Map<'k, 'v> -> Map<'k, 'v> when 'k : ord",
      "Adds, replaces or removes a key by the function's answer.",
      "change",
    ),
  });
}
