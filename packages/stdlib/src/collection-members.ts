/** The members that `List` and `Array` have in common, declared once. In the types, `$` stands for the collection. */
import {
  ARRAY_BYTES,
  append as appendLists,
  type HostMember,
  type List,
  listOfArray,
  type NativeContext,
  NIL,
  NONE,
  type Product,
  SLOT_BYTES,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateArray, allocateList, allocateProducts } from "./allocation.js";
import { type CollectionKind, elementsOf } from "./collection.js";
import {
  chunked,
  containsItem,
  distinct,
  except,
  extreme,
  sizeWithin,
  splitEvenly,
  sumOfAny,
  sumOfFloats,
  sumOfInts,
  transposed,
  windows,
} from "./collection-algorithms.js";
import { averaging, hidden, type Int, native, summing } from "./declaration.js";
import {
  clampIndex,
  differentLengths,
  elementIndex,
  emptyInput,
  gapIndex,
  requireNotNegative,
  tooShort,
} from "./failure.js";
import type { PreludeFile } from "./prelude.js";
import { pair, some, tuple } from "./products.js";
import { sorted } from "./sorting.js";

type Members = Readonly<Record<string, HostMember>>;

/** Members that do their work here. */
export function collectionNatives(kind: CollectionKind): Members {
  const typed = (type: string): string => type.replaceAll("$", kind.word);
  const name = (member: string): string => `${kind.module}.${member}`;
  const { items, make } = kind;

  const reserve = (context: NativeContext, length: number): void => {
    if (kind.word === "list") allocateList(context, length);
    else allocateArray(context, length);
    context.charge(length);
  };
  /** Room for elements that are cut into so many collections; asked for before they are cut. */
  const reserveParts = (context: NativeContext, parts: number, elements: number): void => {
    context.charge(parts + elements);
    context.allocate(parts * (ARRAY_BYTES + SLOT_BYTES) + elements * SLOT_BYTES);
  };
  const notEmpty = (context: NativeContext, member: string, collection: Value): readonly Value[] => {
    const all = items(context, collection);
    if (all.length === 0) throw emptyInput(context, name(member));
    return all;
  };
  const sameLengths = (
    context: NativeContext,
    member: string,
    first: readonly Value[],
    ...others: readonly (readonly Value[])[]
  ): void => {
    for (const other of others)
      if (other.length !== first.length)
        throw differentLengths(context, name(member), first.length, other.length);
  };
  const makeAll = (context: NativeContext, parts: Value[][]): Value =>
    make(
      context,
      parts.map((part) => make(context, part)),
    );
  /** A count that must be there: as a number, or the error. */
  const available = (context: NativeContext, member: string, count: Int, all: readonly Value[]): number => {
    requireNotNegative(context, name(member), count);
    if (count > all.length) throw tooShort(context, name(member), count, all.length);
    return Number(count);
  };
  /** Makes the copies that a giant count cannot have: the memory is asked for first. */
  const replicate = (member: string) => (context: NativeContext, count: Int, item: Value) => {
    requireNotNegative(context, name(member), count);
    reserve(context, Number(count));
    const copies = new Array<Value>(Number(count)).fill(item);
    return kind.word === "list" ? listOfArray(copies, UNMETERED) : copies;
  };
  const plain = (
    type: string,
    doc: string,
    run: (context: NativeContext, all: readonly Value[], collection: Value) => Value,
  ): HostMember =>
    native(typed(type), doc, (context: NativeContext, collection: Value) =>
      run(context, items(context, collection), collection),
    );

  return {
    singleton: native(typed("'a -> 'a $"), "The one element.", (context: NativeContext, item: Value) =>
      make(context, [item]),
    ),
    replicate: native(
      typed("int -> 'a -> 'a $"),
      "The element so many times: count first.",
      replicate("replicate"),
    ),
    append: native(
      typed("'a $ -> 'a $ -> 'a $"),
      "The elements of the first, then of the second.",
      (context: NativeContext, first: Value, second: Value) =>
        kind.word === "list"
          ? appendLists(first as List, second as List, context)
          : make(context, [...items(context, first), ...items(context, second)]),
    ),
    tryHead: native(
      typed("'a $ -> 'a option"),
      "The first element, or None.",
      (context: NativeContext, collection: Value) => {
        for (const item of firstOf(collection)) return some(context, item);
        return NONE;
      },
    ),
    last: plain("'a $ -> 'a", "The last element; raises when there is none.", (context, all) => {
      if (all.length === 0) throw emptyInput(context, name("last"));
      return all[all.length - 1];
    }),
    tryLast: plain("'a $ -> 'a option", "The last element, or None.", (context, all) =>
      all.length === 0 ? NONE : some(context, all[all.length - 1]),
    ),
    exactlyOne: plain(
      "'a $ -> 'a",
      "The only element; raises when there is none or more than one.",
      (context, all) => {
        if (all.length === 0) throw emptyInput(context, name("exactlyOne"));
        if (all.length > 1)
          throw context.fail("FUS0516", `${name("exactlyOne")}: the input has more than one element`);
        return all[0];
      },
    ),
    tryExactlyOne: plain("'a $ -> 'a option", "The only element, or None.", (context, all) =>
      all.length === 1 ? some(context, all[0]) : NONE,
    ),
    indexed: plain("'a $ -> (int * 'a) $", "Every element with its index.", (context, all) =>
      make(
        context,
        all.map((item, index) => pair(context, index, item)),
      ),
    ),
    contains: native(
      typed("'a -> 'a $ -> bool when 'a : eq"),
      "Whether an element is equal to the value.",
      (context: NativeContext, wanted: Value, collection: Value) =>
        containsItem(context, wanted, items(context, collection)),
    ),
    sum: summing(typed("'n $ -> 'n when 'n : num"), "The sum; 0 of nothing, or Zero of the type.", {
      int: "sum.int",
      float: "sum.float",
      any: "sum.any",
      other: "sum.other",
    }),
    "sum.int": hidden(typed("int $ -> int"), (context: NativeContext, collection: Value) =>
      sumOfInts(items(context, collection)),
    ),
    "sum.float": hidden(typed("float $ -> float"), (context: NativeContext, collection: Value) =>
      sumOfFloats(items(context, collection)),
    ),
    "sum.any": hidden(typed("any $ -> any"), (context: NativeContext, collection: Value) =>
      sumOfAny(context, items(context, collection)),
    ),
    average: averaging(typed("'n $ -> 'n when 'n : num"), "The mean; raises when there is no element.", {
      float: "average.float",
      any: "average.any",
      other: "average.other",
    }),
    "average.float": hidden(typed("float $ -> float"), (context: NativeContext, collection: Value) => {
      const all = notEmpty(context, "average", collection);
      return sumOfFloats(all) / all.length;
    }),
    min: native(
      typed("'a $ -> 'a when 'a : ord"),
      "The first of the smallest; raises when there is no element.",
      (context: NativeContext, collection: Value) =>
        extreme(context, notEmpty(context, "min", collection), 1),
    ),
    max: native(
      typed("'a $ -> 'a when 'a : ord"),
      "The first of the largest; raises when there is no element.",
      (context: NativeContext, collection: Value) =>
        extreme(context, notEmpty(context, "max", collection), -1),
    ),
    sort: plain(
      "'a $ -> 'a $ when 'a : ord",
      "In ascending order; equal elements keep their order.",
      (context, all) => make(context, sorted(context, all, "ascending")),
    ),
    sortDescending: plain(
      "'a $ -> 'a $ when 'a : ord",
      "In descending order; equal elements keep their order.",
      (context, all) => make(context, sorted(context, all, "descending")),
    ),
    distinct: plain(
      "'a $ -> 'a $ when 'a : eq",
      "Without repetitions; first appearances stay.",
      (context, all) => make(context, distinct(context, all)),
    ),
    except: native(
      typed("seq<'a> -> 'a $ -> 'a $ when 'a : eq"),
      "Elements of the second that are not in the first, without repetitions.",
      (context: NativeContext, excluded: Value, collection: Value) =>
        make(context, except(context, elementsOf(context, excluded), items(context, collection))),
    ),
    take: native(
      typed("int -> 'a $ -> 'a $"),
      "The first elements; raises when there are fewer.",
      (context: NativeContext, count: Int, collection: Value) => {
        const all = items(context, collection);
        return make(context, all.slice(0, available(context, "take", count, all)));
      },
    ),
    truncate: native(
      typed("int -> 'a $ -> 'a $"),
      "At most so many of the first elements.",
      (context: NativeContext, count: Int, collection: Value) => {
        const all = items(context, collection);
        return make(context, all.slice(0, clampIndex(count, all.length)));
      },
    ),
    splitAt: native(
      typed("int -> 'a $ -> 'a $ * 'a $"),
      "The first elements, and the others.",
      (context: NativeContext, count: Int, collection: Value) => {
        const all = items(context, collection);
        const at = available(context, "splitAt", count, all);
        return pair(context, make(context, all.slice(0, at)), make(context, all.slice(at)));
      },
    ),
    splitInto: native(
      typed("int -> 'a $ -> 'a $ $"),
      "At most so many parts of nearly the same length.",
      (context: NativeContext, count: Int, collection: Value) => {
        const all = items(context, collection);
        const parts = sizeWithin(context, name("splitInto"), count, all.length);
        reserveParts(context, Math.min(parts, all.length), all.length);
        return makeAll(context, splitEvenly(all, parts));
      },
    ),
    chunkBySize: native(
      typed("int -> 'a $ -> 'a $ $"),
      "Parts of that length; the last may be shorter.",
      (context: NativeContext, size: Int, collection: Value) => {
        const all = items(context, collection);
        const length = sizeWithin(context, name("chunkBySize"), size, all.length);
        reserveParts(context, Math.ceil(all.length / length), all.length);
        return makeAll(context, chunked(all, length));
      },
    ),
    windowed: native(
      typed("int -> 'a $ -> 'a $ $"),
      "All parts of that length, each starting one later.",
      (context: NativeContext, size: Int, collection: Value) => {
        const all = items(context, collection);
        const width = sizeWithin(context, name("windowed"), size, all.length);
        const count = Math.max(all.length - width + 1, 0);
        // Asked for before the windows are cut: there can be far more of them than elements.
        reserve(context, count * width);
        return makeAll(context, windows(all, width));
      },
    ),
    pairwise: plain("'a $ -> ('a * 'a) $", "Every element with the next one.", (context, all) =>
      make(
        context,
        all.slice(1).map((item, index) => pair(context, all[index], item)),
      ),
    ),
    zip: native(
      typed("'a $ -> 'b $ -> ('a * 'b) $"),
      "Pairs of the elements at the same places; raises when lengths differ.",
      (context: NativeContext, first: Value, second: Value) => {
        const [a, b] = [items(context, first), items(context, second)];
        sameLengths(context, "zip", a, b);
        return make(
          context,
          a.map((item, index) => pair(context, item, b[index])),
        );
      },
    ),
    zip3: native(
      typed("'a $ -> 'b $ -> 'c $ -> ('a * 'b * 'c) $"),
      "Triples of the elements at the same places; raises when lengths differ.",
      (context: NativeContext, first: Value, second: Value, third: Value) => {
        const [a, b, c] = [items(context, first), items(context, second), items(context, third)];
        sameLengths(context, "zip3", a, b, c);
        return make(
          context,
          a.map((item, index) => tuple(context, [item, b[index], c[index]])),
        );
      },
    ),
    unzip: plain("('a * 'b) $ -> 'a $ * 'b $", "The first parts, and the second parts.", (context, all) =>
      pair(context, make(context, parts(all, 0)), make(context, parts(all, 1))),
    ),
    unzip3: plain(
      "('a * 'b * 'c) $ -> 'a $ * 'b $ * 'c $",
      "The first, second and third parts.",
      (context, all) =>
        tuple(context, [
          make(context, parts(all, 0)),
          make(context, parts(all, 1)),
          make(context, parts(all, 2)),
        ]),
    ),
    allPairs: native(
      typed("'a $ -> 'b $ -> ('a * 'b) $"),
      "Every element of the first with every one of the second.",
      (context: NativeContext, first: Value, second: Value) => {
        const [a, b] = [items(context, first), items(context, second)];
        reserve(context, a.length * b.length);
        allocateProducts(context, a.length * b.length, 2);
        return make(
          context,
          a.flatMap((left) => b.map((right) => pair(context, left, right))),
        );
      },
    ),
    transpose: native(
      typed("seq<'a $> -> 'a $ $"),
      "Rows to columns; raises when the rows differ in length.",
      (context: NativeContext, rows: Value) =>
        makeAll(
          context,
          transposed(
            context,
            name("transpose"),
            elementsOf(context, rows).map((row) => items(context, row)),
          ),
        ),
    ),
    insertAt: native(
      typed("int -> 'a -> 'a $ -> 'a $"),
      "With the element put in at the index.",
      (context: NativeContext, index: Int, item: Value, collection: Value) => {
        const all = items(context, collection);
        return make(context, all.toSpliced(gapIndex(context, name("insertAt"), index, all.length), 0, item));
      },
    ),
    updateAt: native(
      typed("int -> 'a -> 'a $ -> 'a $"),
      "With the element at the index replaced.",
      (context: NativeContext, index: Int, item: Value, collection: Value) => {
        const all = items(context, collection);
        return make(context, all.with(elementIndex(context, name("updateAt"), index, all.length), item));
      },
    ),
    removeAt: native(
      typed("int -> 'a $ -> 'a $"),
      "Without the element at the index.",
      (context: NativeContext, index: Int, collection: Value) => {
        const all = items(context, collection);
        return make(context, all.toSpliced(elementIndex(context, name("removeAt"), index, all.length), 1));
      },
    ),
  };
}

/** For what has been paid for already. */
const UNMETERED = { charge: (): void => undefined, allocate: (): void => undefined };

/** The first element, if there is one, without walking the rest. */
function firstOf(collection: Value): readonly Value[] {
  if (Array.isArray(collection)) return collection.slice(0, 1) as Value[];
  return collection === NIL ? [] : [(collection as List).head];
}

function parts(tuples: readonly Value[], slot: number): Value[] {
  return tuples.map((one) => slotAt(one as Product, slot));
}

/** Members that call the program back: written in the language, one file for each collection. */
export function collectionCallbacks(
  kind: CollectionKind,
  callback: PreludeFile,
  sorting: PreludeFile,
  materialising: PreludeFile,
): Members {
  const declare = (type: string, doc: string, name: string): HostMember =>
    callback(type.replaceAll("$", kind.word), doc, name);
  const suffix = kind.word === "list" ? "List" : "Array";
  return {
    concat: materialising(
      `seq<'a ${kind.word}> -> 'a ${kind.word}`,
      "The elements of all of them, in order.",
      `concat${suffix}s`,
    ),
    init: declare("int -> (int -> 'a) -> 'a $", "The results of the function for 0, 1, ….", "init"),
    unfold: declare(
      "('s -> ('a * 's) option) -> 's -> 'a $",
      "Elements that the function gives from a state, until None.",
      "unfold",
    ),
    map: declare("('a -> 'b) -> 'a $ -> 'b $", "The results of the function for every element.", "map"),
    mapi: declare(
      "(int -> 'a -> 'b) -> 'a $ -> 'b $",
      "The results of the function for every index and element.",
      "mapi",
    ),
    map2: declare(
      "('a -> 'b -> 'c) -> 'a $ -> 'b $ -> 'c $",
      "The results for elements at the same places; raises when lengths differ.",
      "map2",
    ),
    iter: declare("('a -> unit) -> 'a $ -> unit", "Calls the function with every element.", "iter"),
    iteri: declare(
      "(int -> 'a -> unit) -> 'a $ -> unit",
      "Calls the function with every index and element.",
      "iteri",
    ),
    iter2: declare(
      "('a -> 'b -> unit) -> 'a $ -> 'b $ -> unit",
      "Calls the function with elements at the same places; raises when lengths differ.",
      "iter2",
    ),
    filter: declare("('a -> bool) -> 'a $ -> 'a $", "The elements that the predicate holds for.", "filter"),
    partition: declare(
      "('a -> bool) -> 'a $ -> 'a $ * 'a $",
      "The elements that the predicate holds for, and the others.",
      "partition",
    ),
    choose: declare("('a -> 'b option) -> 'a $ -> 'b $", "What the function gives as Some.", "choose"),
    collect: declare(
      "('a -> 'b $) -> 'a $ -> 'b $",
      "The results of the function for every element, in one.",
      "collect",
    ),
    pick: declare(
      "('a -> 'b option) -> 'a $ -> 'b",
      "The first Some of the function; raises when there is none.",
      "pick",
    ),
    tryPick: declare(
      "('a -> 'b option) -> 'a $ -> 'b option",
      "The first Some of the function, or None.",
      "tryPick",
    ),
    exists: declare(
      "('a -> bool) -> 'a $ -> bool",
      "Whether the predicate holds for some element.",
      "exists",
    ),
    forall: declare(
      "('a -> bool) -> 'a $ -> bool",
      "Whether the predicate holds for every element.",
      "forall",
    ),
    exists2: declare(
      "('a -> 'b -> bool) -> 'a $ -> 'b $ -> bool",
      "Whether the predicate holds for some elements at the same place.",
      "exists2",
    ),
    forall2: declare(
      "('a -> 'b -> bool) -> 'a $ -> 'b $ -> bool",
      "Whether the predicate holds for all elements at the same places.",
      "forall2",
    ),
    find: declare(
      "('a -> bool) -> 'a $ -> 'a",
      "The first element that the predicate holds for; raises when there is none.",
      "find",
    ),
    tryFind: declare(
      "('a -> bool) -> 'a $ -> 'a option",
      "The first element that the predicate holds for, or None.",
      "tryFind",
    ),
    findBack: declare(
      "('a -> bool) -> 'a $ -> 'a",
      "The last element that the predicate holds for; raises when there is none.",
      "findBack",
    ),
    tryFindBack: declare(
      "('a -> bool) -> 'a $ -> 'a option",
      "The last element that the predicate holds for, or None.",
      "tryFindBack",
    ),
    findIndex: declare(
      "('a -> bool) -> 'a $ -> int",
      "The index of the first element that the predicate holds for; raises when there is none.",
      "findIndex",
    ),
    tryFindIndex: declare(
      "('a -> bool) -> 'a $ -> int option",
      "The index of the first element that the predicate holds for, or None.",
      "tryFindIndex",
    ),
    fold: declare(
      "('s -> 'a -> 's) -> 's -> 'a $ -> 's",
      "The state after all elements, from the left.",
      "fold",
    ),
    fold2: declare(
      "('s -> 'a -> 'b -> 's) -> 's -> 'a $ -> 'b $ -> 's",
      "The state after all elements of both, from the left; raises when lengths differ.",
      "fold2",
    ),
    foldBack: declare(
      "('a -> 's -> 's) -> 'a $ -> 's -> 's",
      "The state after all elements, from the right.",
      "foldBack",
    ),
    reduce: declare(
      "('a -> 'a -> 'a) -> 'a $ -> 'a",
      "The elements combined from the left; raises when there is none.",
      "reduce",
    ),
    reduceBack: declare(
      "('a -> 'a -> 'a) -> 'a $ -> 'a",
      "The elements combined from the right; raises when there is none.",
      "reduceBack",
    ),
    scan: declare("('s -> 'a -> 's) -> 's -> 'a $ -> 's $", "All states of a fold, the start first.", "scan"),
    scanBack: declare(
      "('a -> 's -> 's) -> 'a $ -> 's -> 's $",
      "All states of a fold from the right, the start last.",
      "scanBack",
    ),
    mapFold: declare(
      "('s -> 'a -> 'b * 's) -> 's -> 'a $ -> 'b $ * 's",
      "Results and state in one pass.",
      "mapFold",
    ),
    mapFoldBack: declare(
      "('a -> 's -> 'b * 's) -> 'a $ -> 's -> 'b $ * 's",
      "Results and state in one pass from the right.",
      "mapFoldBack",
    ),
    "sum.other": {
      ...declare("('n * 'n -> 'n) -> 'n -> 'n $ -> 'n", "", "sumOther"),
      hidden: true,
    } as HostMember,
    sumBy: summing(
      `('a -> 'n) -> 'a ${kind.word} -> 'n when 'n : num`,
      "The sum of the function's results; 0 of nothing, or Zero of their type.",
      { int: "sumBy.int", float: "sumBy.float", any: "sumBy.any", other: "sumBy.other" },
    ),
    "sumBy.other": {
      ...declare("('n * 'n -> 'n) -> 'n -> ('a -> 'n) -> 'a $ -> 'n", "", "sumByOther"),
      hidden: true,
    } as HostMember,
    "sumBy.int": { ...declare("('a -> int) -> 'a $ -> int", "", "sumByInt"), hidden: true } as HostMember,
    "sumBy.float": {
      ...declare("('a -> float) -> 'a $ -> float", "", "sumByFloat"),
      hidden: true,
    } as HostMember,
    "sumBy.any": { ...declare("('a -> any) -> 'a $ -> any", "", "sumByAny"), hidden: true } as HostMember,
    "average.any": { ...declare("any $ -> any", "", "averageAny"), hidden: true } as HostMember,
    "average.other": {
      ...declare("('n * 'n -> 'n) -> 'n -> ('n * int -> 'n) -> 'n $ -> 'n", "", "averageOther"),
      hidden: true,
    } as HostMember,
    averageBy: averaging(
      `('a -> 'n) -> 'a ${kind.word} -> 'n when 'n : num`,
      "The mean of the function's results; raises when there is no element.",
      { float: "averageBy.float", any: "averageBy.any", other: "averageBy.other" },
    ),
    "averageBy.float": {
      ...declare("('a -> float) -> 'a $ -> float", "", "averageByFloat"),
      hidden: true,
    } as HostMember,
    "averageBy.any": {
      ...declare("('a -> any) -> 'a $ -> any", "", "averageByAny"),
      hidden: true,
    } as HostMember,
    "averageBy.other": {
      ...declare(
        "('n * 'n -> 'n) -> 'n -> ('n * int -> 'n) -> ('a -> 'n) -> 'a $ -> 'n",
        "",
        "averageByOther",
      ),
      hidden: true,
    } as HostMember,
    minBy: declare(
      "('a -> 'k) -> 'a $ -> 'a when 'k : ord",
      "The first element with the smallest key; raises when there is none.",
      "minBy",
    ),
    maxBy: declare(
      "('a -> 'k) -> 'a $ -> 'a when 'k : ord",
      "The first element with the largest key; raises when there is none.",
      "maxBy",
    ),
    sortBy: declare(
      "('a -> 'k) -> 'a $ -> 'a $ when 'k : ord",
      "In ascending order of the keys; equal keys keep their order.",
      "sortBy",
    ),
    sortByDescending: declare(
      "('a -> 'k) -> 'a $ -> 'a $ when 'k : ord",
      "In descending order of the keys; equal keys keep their order.",
      "sortByDescending",
    ),
    sortWith: sorting(
      `('a -> 'a -> int) -> 'a ${kind.word} -> 'a ${kind.word}`,
      "In the order of the comparer; equal elements keep their order.",
      `sort${suffix}With`,
    ),
    groupBy: declare(
      "('a -> 'k) -> 'a $ -> ('k * 'a $) $ when 'k : eq",
      "Keys in order of first appearance, each with its elements.",
      "groupBy",
    ),
    countBy: declare(
      "('a -> 'k) -> 'a $ -> ('k * int) $ when 'k : eq",
      "Keys in order of first appearance, each with the number of its elements.",
      "countBy",
    ),
    distinctBy: declare(
      "('a -> 'k) -> 'a $ -> 'a $ when 'k : eq",
      "The first element of every key.",
      "distinctBy",
    ),
    takeWhile: declare(
      "('a -> bool) -> 'a $ -> 'a $",
      "The first elements, as long as the predicate holds.",
      "takeWhile",
    ),
    skipWhile: declare(
      "('a -> bool) -> 'a $ -> 'a $",
      "The elements from the first one on that the predicate does not hold for.",
      "skipWhile",
    ),
    permute: declare(
      "(int -> int) -> 'a $ -> 'a $",
      "Every element at the place that the function gives for its index.",
      "permute",
    ),
    compareWith: declare(
      "('a -> 'a -> int) -> 'a $ -> 'a $ -> int",
      "The first comparison that is not zero, else by length.",
      "compareWith",
    ),
  };
}
