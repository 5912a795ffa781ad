/** The module `Native`: what the prelude calls beside the public functions. Programs do not see it. */
import {
  type HostMember,
  type HostModule,
  hostModule,
  List,
  lengthOf,
  type NativeContext,
  NIL,
  OrderedMap,
  OrderedSet,
  treeBytes,
  type Value,
} from "@fusabi/vm";
import { allocateArray, allocateList } from "./allocation.js";
import { overwrite } from "./array.js";
import { ARRAY, type CollectionKind, keysOf, LIST, valuesOf } from "./collection.js";
import { counted, distinct, grouped, permuted, sumOfAny } from "./collection-algorithms.js";
import { type Int, internal } from "./declaration.js";
import { dispose } from "./dispose.js";
import { differentLengths, requireNotNegative } from "./failure.js";
import { asyncNatives } from "./native-async.js";
import { lazyNatives } from "./native-lazy.js";
import { sequenceNatives } from "./native-sequence.js";
import { joined, mapped } from "./pieces.js";
import type { Prelude } from "./prelude.js";
import { pair } from "./products.js";
import { sortedByKeys } from "./sorting.js";
import { join } from "./string-operations.js";

function reverseOnto(context: NativeContext, list: List, onto: List): List {
  const length = lengthOf(list, context);
  allocateList(context, length);
  let result = onto;
  for (let at = list; at !== NIL; at = at.tail) result = new List(at.head, result);
  return result;
}

/** Elements that are paid for in one go. */
const PIECE = 4096;

/** The same cells in the opposite order: for a list that a function of the prelude has made and still has to itself. */
function turnRound(context: NativeContext, list: List): List {
  let result = NIL;
  let rest = list;
  while (rest !== NIL) {
    let piece = 0;
    for (; rest !== NIL && piece < PIECE; piece++) {
      const cell: { tail: List } = rest;
      const next = cell.tail;
      cell.tail = result;
      result = rest;
      rest = next;
    }
    context.charge(piece);
  }
  return result;
}

/** Functions over keys that the program has computed for every element. */
function keyed(kind: CollectionKind): Readonly<Record<string, HostMember>> {
  const { items, make, word, module } = kind;
  const typed = (type: string): string => type.replaceAll("$", word);
  const sort =
    (direction: "ascending" | "descending") =>
    (context: NativeContext, keys: Value, collection: Value): Value =>
      make(context, sortedByKeys(context, items(context, keys), items(context, collection), direction));
  return {
    [`sort${module}ByKeys`]: internal(typed("'k $ -> 'a $ -> 'a $"), sort("ascending")),
    [`sort${module}ByKeysDescending`]: internal(typed("'k $ -> 'a $ -> 'a $"), sort("descending")),
    [`group${module}ByKeys`]: internal(
      typed("'k $ -> 'a $ -> ('k * 'a $) $"),
      (context: NativeContext, keys: Value, collection: Value) =>
        make(
          context,
          mapped(
            context,
            grouped(context, items(context, keys), items(context, collection)),
            ([key, group]) => pair(context, key, make(context, group)),
          ),
        ),
    ),
    [`count${module}Keys`]: internal(typed("'k $ -> ('k * int) $"), (context: NativeContext, keys: Value) =>
      make(
        context,
        mapped(context, counted(context, items(context, keys)), ([key, count]) => pair(context, key, count)),
      ),
    ),
    [`distinct${module}ByKeys`]: internal(
      typed("'k $ -> 'a $ -> 'a $"),
      (context: NativeContext, keys: Value, collection: Value) =>
        make(context, distinct(context, items(context, collection), items(context, keys))),
    ),
    [`permute${module}`]: internal(
      typed("int $ -> 'a $ -> 'a $"),
      (context: NativeContext, places: Value, collection: Value) =>
        make(
          context,
          permuted(
            context,
            `${module}.permute`,
            items(context, places) as readonly Int[],
            items(context, collection),
          ),
        ),
    ),
  };
}

/** The first `count` items; all of them without a copy. */
function firstItems(items: readonly Value[], count: number): readonly Value[] {
  return count === items.length ? items : items.slice(0, count);
}

/** `prelude`: functions of its files that other files call. */
export function nativeModule(prelude: Prelude): HostModule {
  return hostModule("Native", { ...natives, ...shared(prelude) });
}

function shared(prelude: Prelude): Readonly<Record<string, HostMember>> {
  const enumeration = prelude.file("enumeration");
  return {
    enumerate: { ...enumeration("seq<'a> -> (bool -> 'a option)", "", "enumerate"), arity: 1 },
    traverse: enumeration("seq<'a> -> ((bool -> 'a option) -> 'b) -> 'b", "", "traverse"),
    close: enumeration("(bool -> 'a option) -> (unit -> 'b) -> 'c option", "", "close"),
    toArray: enumeration("seq<'a> -> 'a array", "", "toArray"),
    toList: enumeration("seq<'a> -> 'a list", "", "toList"),
    settled: enumeration("seq<'a> -> seq<'a>", "", "settled"),
    sortArrayWith: prelude.file("sorting")("('a -> 'a -> int) -> 'a array -> 'a array", "", "sortArrayWith"),
  };
}

const natives: Readonly<Record<string, HostMember>> = {
  ...keyed(LIST),
  ...keyed(ARRAY),
  ...sequenceNatives,
  ...asyncNatives,
  ...lazyNatives,
  dispose: internal("'a -> unit", dispose),
  fail: internal("string -> string -> 'a", (context: NativeContext, code: string, message: string): Value => {
    throw context.fail(code, message);
  }),
  notNegative: internal("string -> int -> unit", (context: NativeContext, name: string, count: Int) => {
    requireNotNegative(context, name, count);
    return undefined;
  }),
  sameLength: internal(
    "string -> 'a list -> 'b list -> unit",
    (context: NativeContext, name: string, first: List, second: List) => {
      const [a, b] = [lengthOf(first, context), lengthOf(second, context)];
      if (a !== b) throw differentLengths(context, name, a, b);
      return undefined;
    },
  ),
  sameArrayLength: internal(
    "string -> 'a array -> 'b array -> unit",
    (context: NativeContext, name: string, first: Value[], second: Value[]) => {
      if (first.length !== second.length) throw differentLengths(context, name, first.length, second.length);
      return undefined;
    },
  ),
  reverseOnto: internal("'a list -> 'a list -> 'a list", reverseOnto),
  turnRound: internal("'a list -> 'a list", turnRound),
  sumAny: internal("any list -> any", (context: NativeContext, list: List) =>
    sumOfAny(context, LIST.items(context, list)),
  ),
  /** An array whose places are written before anyone else sees it. Left without values, it takes the engine's best layout for what comes. */
  blank: internal("int -> 'a array", (context: NativeContext, length: Int) => {
    allocateArray(context, Number(length));
    context.charge(Number(length) >> 3);
    return new Array<Value>(Number(length));
  }),
  overwrite: internal(
    "'a array -> 'a array -> unit",
    (context: NativeContext, array: Value[], items: Value[]) => {
      context.charge(items.length);
      overwrite(context, array, items);
      return undefined;
    },
  ),
  joinArrays: internal("'a array array -> 'a array", (context: NativeContext, parts: Value[][]) => {
    let length = 0;
    for (const part of parts) {
      context.charge(part.length);
      length += part.length;
    }
    allocateArray(context, length);
    return joined(context, parts);
  }),
  joinUnits: internal("char array -> string", (context: NativeContext, units: Value[]) =>
    join(context, "", units),
  ),
  joinTexts: internal("string array -> string", (context: NativeContext, texts: Value[]) =>
    join(context, "", texts),
  ),
  mapKeys: internal("Map<'k, 'v> -> 'k array", (context: NativeContext, map: OrderedMap) => {
    context.charge(map.size);
    allocateArray(context, map.size);
    return keysOf(context, map);
  }),
  mapValues: internal("Map<'k, 'v> -> 'v array", (context: NativeContext, map: OrderedMap) => {
    context.charge(map.size);
    allocateArray(context, map.size);
    return valuesOf(context, map);
  }),
  mapOfAscending: internal(
    "'k array -> 'v array -> int -> Map<'k, 'v>",
    (context: NativeContext, keys: Value[], values: Value[], count: number) => {
      context.charge(count);
      context.allocate(treeBytes(count));
      return OrderedMap.ofSorted(firstItems(keys, count), firstItems(values, count), () =>
        context.checkTime(),
      );
    },
  ),
  setOfAscending: internal(
    "'a array -> int -> Set<'a>",
    (context: NativeContext, elements: Value[], count: number) => {
      context.charge(count);
      context.allocate(treeBytes(count));
      return OrderedSet.ofSorted(firstItems(elements, count), () => context.checkTime());
    },
  ),
};
