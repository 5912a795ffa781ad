/** The members that `List` and `Array` have in common and that call no function of the program, declared once. In the types, `$` stands for the collection. */
import {
  ARRAY_BYTES,
  append as appendLists,
  type HostMember,
  List,
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
import { filled, joined, mapped } from "./pieces.js";
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
      mapped(context, parts, (part) => make(context, part)),
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
    if (kind.word === "list") return listOfCopies(context, Number(count), item);
    reserve(context, Number(count));
    return new Array<Value>(Number(count)).fill(item);
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
          : make(context, joined(context, [items(context, first), items(context, second)])),
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
        mapped(context, all, (item, index) => pair(context, index, item)),
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
      sumOfInts(context, items(context, collection)),
    ),
    "sum.float": hidden(typed("float $ -> float"), (context: NativeContext, collection: Value) =>
      sumOfFloats(context, items(context, collection)),
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
      return sumOfFloats(context, all) / all.length;
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
        return makeAll(context, splitEvenly(context, all, parts));
      },
    ),
    chunkBySize: native(
      typed("int -> 'a $ -> 'a $ $"),
      "Parts of that length; the last may be shorter.",
      (context: NativeContext, size: Int, collection: Value) => {
        const all = items(context, collection);
        const length = sizeWithin(context, name("chunkBySize"), size, all.length);
        reserveParts(context, Math.ceil(all.length / length), all.length);
        return makeAll(context, chunked(context, all, length));
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
        return makeAll(context, windows(context, all, width));
      },
    ),
    pairwise: plain("'a $ -> ('a * 'a) $", "Every element with the next one.", (context, all) =>
      make(
        context,
        mapped(context, all.slice(1), (item, index) => pair(context, all[index], item)),
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
          mapped(context, a, (item, index) => pair(context, item, b[index])),
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
          mapped(context, a, (item, index) => tuple(context, [item, b[index], c[index]])),
        );
      },
    ),
    unzip: plain("('a * 'b) $ -> 'a $ * 'b $", "The first parts, and the second parts.", (context, all) =>
      pair(context, make(context, parts(context, all, 0)), make(context, parts(context, all, 1))),
    ),
    unzip3: plain(
      "('a * 'b * 'c) $ -> 'a $ * 'b $ * 'c $",
      "The first, second and third parts.",
      (context, all) =>
        tuple(context, [
          make(context, parts(context, all, 0)),
          make(context, parts(context, all, 1)),
          make(context, parts(context, all, 2)),
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
          filled(context, a.length * b.length, (place) =>
            pair(context, a[Math.floor(place / b.length)], b[place % b.length]),
          ),
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
        const gap = gapIndex(context, name("insertAt"), index, all.length);
        return make(
          context,
          filled(context, all.length + 1, (place) =>
            place < gap ? all[place] : place === gap ? item : all[place - 1],
          ),
        );
      },
    ),
    updateAt: native(
      typed("int -> 'a -> 'a $ -> 'a $"),
      "With the element at the index replaced.",
      (context: NativeContext, index: Int, item: Value, collection: Value) => {
        const all = items(context, collection);
        const changed = elementIndex(context, name("updateAt"), index, all.length);
        const copy = all.slice();
        copy[changed] = item;
        return make(context, copy);
      },
    ),
    removeAt: native(
      typed("int -> 'a $ -> 'a $"),
      "Without the element at the index.",
      (context: NativeContext, index: Int, collection: Value) => {
        const all = items(context, collection);
        const gap = elementIndex(context, name("removeAt"), index, all.length);
        return make(
          context,
          filled(context, all.length - 1, (place) => all[place < gap ? place : place + 1]),
        );
      },
    ),
  };
}

/** Cells that are made between two looks at the clock, at least. */
const PIECE = 4096;

function listOfCopies(context: NativeContext, count: number, item: Value): List {
  allocateList(context, count);
  let list = NIL;
  for (let left = count; left > 0; left -= PIECE) {
    const piece = Math.min(left, PIECE);
    context.charge(piece);
    for (let made = 0; made < piece; made++) list = new List(item, list);
  }
  return list;
}

/** The first element, if there is one, without walking the rest. */
function firstOf(collection: Value): readonly Value[] {
  if (Array.isArray(collection)) return collection.slice(0, 1) as Value[];
  return collection === NIL ? [] : [(collection as List).head];
}

function parts(context: NativeContext, tuples: readonly Value[], slot: number): Value[] {
  return mapped(context, tuples, (one) => slotAt(one as Product, slot));
}
