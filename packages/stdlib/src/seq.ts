/** The module `Seq`: elements on demand, computed anew for every traversal. */
import {
  HostFunction,
  type HostMember,
  type HostModule,
  hostModule,
  type List,
  type NativeContext,
  NONE,
  Sequence,
  type Value,
} from "@fusabi/vm";
import { averaging, hiddenForm, native, summing } from "./declaration.js";
import type { Prelude, PreludeFile } from "./prelude.js";

/** A function of one argument that needs no program. */
function constantFunction(result: Value): HostFunction {
  return new HostFunction({
    kind: "native",
    name: "Seq.empty",
    arity: 1,
    capability: undefined,
    mode: "sync",
    native: () => result,
    code: undefined,
    unit: undefined,
    value: undefined,
  });
}

const EMPTY = new Sequence(constantFunction(constantFunction(NONE)));

export function seqModule(prelude: Prelude): HostModule {
  const seq = prelude.file("seq");
  const generator = prelude.file("generator");
  const enumeration = prelude.file("enumeration");
  return hostModule("Seq", {
    empty: { type: "seq<'a>", doc: "The seq without elements.", value: EMPTY },
    singleton: seq("'a -> seq<'a>", "The one element.", "singleton"),
    init: seq("int -> (int -> 'a) -> seq<'a>", "The results of the function for 0, 1, …, so many.", "init"),
    initInfinite: seq(
      "(int -> 'a) -> seq<'a>",
      "The results of the function for 0, 1, … without end.",
      "initInfinite",
    ),
    replicate: seq("int -> 'a -> seq<'a>", "The element so many times: count first.", "replicate"),
    unfold: seq(
      "('s -> ('a * 's) option) -> 's -> seq<'a>",
      "Elements that the function gives from a state, until None.",
      "unfold",
    ),
    delay: generator(
      "(unit -> seq<'a>) -> seq<'a>",
      "The seq that the function gives, asked anew for every traversal.",
      "delayed",
    ),
    cache: seq("seq<'a> -> seq<'a>", "The same elements, each computed once and kept.", "cache"),
    ofList: native("'a list -> seq<'a>", "The elements of a list.", (_: NativeContext, list: List) => list),
    ofArray: seq(
      "'a array -> seq<'a>",
      "The elements of an array, as they are when they are asked for.",
      "ofArray",
    ),
    toList: enumeration("seq<'a> -> 'a list", "All elements, in a list.", "toList"),
    toArray: enumeration("seq<'a> -> 'a array", "All elements, in a fresh array.", "toArray"),
    ...wholes(seq),
    ...parts(seq),
    ...transformations(seq, generator),
    ...builderOperations(generator),
  });
}

/** Functions that run the seq, some of them only as far as they have to. */
function wholes(seq: PreludeFile): Readonly<Record<string, HostMember>> {
  return {
    length: seq("seq<'a> -> int", "Number of elements.", "length"),
    isEmpty: seq("seq<'a> -> bool", "Whether there are no elements.", "isEmpty"),
    head: seq("seq<'a> -> 'a", "The first element; raises when there is none.", "head"),
    tryHead: seq("seq<'a> -> 'a option", "The first element, or None.", "tryHead"),
    last: seq("seq<'a> -> 'a", "The last element; raises when there is none.", "last"),
    tryLast: seq("seq<'a> -> 'a option", "The last element, or None.", "tryLast"),
    item: seq("int -> seq<'a> -> 'a", "The element at an index: index first.", "item"),
    tryItem: seq("int -> seq<'a> -> 'a option", "The element at an index, or None: index first.", "tryItem"),
    exactlyOne: seq(
      "seq<'a> -> 'a",
      "The only element; raises when there is none or more than one.",
      "exactlyOne",
    ),
    iter: seq("('a -> unit) -> seq<'a> -> unit", "Calls the function with every element.", "iter"),
    iteri: seq(
      "(int -> 'a -> unit) -> seq<'a> -> unit",
      "Calls the function with every index and element.",
      "iteri",
    ),
    tryExactlyOne: seq("seq<'a> -> 'a option", "The only element, or None.", "tryExactlyOne"),
    iter2: seq(
      "('a -> 'b -> unit) -> seq<'a> -> seq<'b> -> unit",
      "Calls the function with the elements at the same places, up to the end of the shorter one.",
      "iter2",
    ),
    iteri2: seq(
      "(int -> 'a -> 'b -> unit) -> seq<'a> -> seq<'b> -> unit",
      "Calls the function with every index and the elements there, up to the end of the shorter one.",
      "iteri2",
    ),
    exists2: seq(
      "('a -> 'b -> bool) -> seq<'a> -> seq<'b> -> bool",
      "Whether the predicate holds for elements at one place.",
      "exists2",
    ),
    forall2: seq(
      "('a -> 'b -> bool) -> seq<'a> -> seq<'b> -> bool",
      "Whether the predicate holds for the elements at every place, up to the end of the shorter one.",
      "forall2",
    ),
    findBack: seq(
      "('a -> bool) -> seq<'a> -> 'a",
      "The last element that the predicate holds for; raises when there is none.",
      "findBack",
    ),
    tryFindBack: seq(
      "('a -> bool) -> seq<'a> -> 'a option",
      "The last element that the predicate holds for, or None.",
      "tryFindBack",
    ),
    findIndexBack: seq(
      "('a -> bool) -> seq<'a> -> int",
      "The index of the last element that the predicate holds for; raises when there is none.",
      "findIndexBack",
    ),
    tryFindIndexBack: seq(
      "('a -> bool) -> seq<'a> -> int option",
      "The index of the last element that the predicate holds for, or None.",
      "tryFindIndexBack",
    ),
    fold2: seq(
      "('s -> 'a -> 'b -> 's) -> 's -> seq<'a> -> seq<'b> -> 's",
      "The state after the elements at the same places, up to the end of the shorter one.",
      "fold2",
    ),
    reduceBack: seq(
      "('a -> 'a -> 'a) -> seq<'a> -> 'a",
      "The elements combined from the right; raises when there is none.",
      "reduceBack",
    ),
    pick: seq(
      "('a -> 'b option) -> seq<'a> -> 'b",
      "The first Some of the function; raises when there is none.",
      "pick",
    ),
    tryPick: seq(
      "('a -> 'b option) -> seq<'a> -> 'b option",
      "The first Some of the function, or None.",
      "tryPick",
    ),
    exists: seq("('a -> bool) -> seq<'a> -> bool", "Whether the predicate holds for some element.", "exists"),
    forall: seq(
      "('a -> bool) -> seq<'a> -> bool",
      "Whether the predicate holds for every element.",
      "forall",
    ),
    contains: seq(
      "'a -> seq<'a> -> bool when 'a : eq",
      "Whether an element is equal to the value.",
      "contains",
    ),
    find: seq(
      "('a -> bool) -> seq<'a> -> 'a",
      "The first element that the predicate holds for; raises when there is none.",
      "find",
    ),
    tryFind: seq(
      "('a -> bool) -> seq<'a> -> 'a option",
      "The first element that the predicate holds for, or None.",
      "tryFind",
    ),
    findIndex: seq(
      "('a -> bool) -> seq<'a> -> int",
      "The index of the first element that the predicate holds for; raises when there is none.",
      "findIndex",
    ),
    tryFindIndex: seq(
      "('a -> bool) -> seq<'a> -> int option",
      "The index of the first element that the predicate holds for, or None.",
      "tryFindIndex",
    ),
    fold: seq("('s -> 'a -> 's) -> 's -> seq<'a> -> 's", "The state after all elements.", "fold"),
    foldBack: seq(
      "('a -> 's -> 's) -> seq<'a> -> 's -> 's",
      "The state after all elements, from the right.",
      "foldBack",
    ),
    reduce: seq(
      "('a -> 'a -> 'a) -> seq<'a> -> 'a",
      "The elements combined from the left; raises when there is none.",
      "reduce",
    ),
    sum: summing("seq<'n> -> 'n when 'n : num", "The sum; 0 of nothing, or Zero of the type.", {
      int: "sum.int",
      float: "sum.float",
      any: "sum.any",
      other: "sum.other",
    }),
    "sum.other": hiddenForm(seq("('n * 'n -> 'n) -> 'n -> seq<'n> -> 'n", "", "sumOther")),
    "sum.int": hiddenForm(seq("seq<int> -> int", "", "sumInt")),
    "sum.float": hiddenForm(seq("seq<float> -> float", "", "sumFloat")),
    "sum.any": hiddenForm(seq("seq<any> -> any", "", "sumAny")),
    sumBy: summing(
      "('a -> 'n) -> seq<'a> -> 'n when 'n : num",
      "The sum of the function's results; 0 of nothing, or Zero of their type.",
      { int: "sumBy.int", float: "sumBy.float", any: "sumBy.any", other: "sumBy.other" },
    ),
    "sumBy.other": hiddenForm(seq("('n * 'n -> 'n) -> 'n -> ('a -> 'n) -> seq<'a> -> 'n", "", "sumByOther")),
    "sumBy.int": hiddenForm(seq("('a -> int) -> seq<'a> -> int", "", "sumByInt")),
    "sumBy.float": hiddenForm(seq("('a -> float) -> seq<'a> -> float", "", "sumByFloat")),
    "sumBy.any": hiddenForm(seq("('a -> any) -> seq<'a> -> any", "", "sumByAny")),
    average: averaging("seq<'n> -> 'n when 'n : num", "The mean; raises when there is no element.", {
      float: "average.float",
      any: "average.any",
      other: "average.other",
    }),
    "average.float": hiddenForm(seq("seq<float> -> float", "", "averageFloat")),
    "average.any": hiddenForm(seq("seq<any> -> any", "", "averageAny")),
    "average.other": hiddenForm(
      seq("('n * 'n -> 'n) -> 'n -> ('n * int -> 'n) -> seq<'n> -> 'n", "", "averageOther"),
    ),
    averageBy: averaging(
      "('a -> 'n) -> seq<'a> -> 'n when 'n : num",
      "The mean of the function's results; raises when there is no element.",
      { float: "averageBy.float", any: "averageBy.any", other: "averageBy.other" },
    ),
    "averageBy.float": hiddenForm(seq("('a -> float) -> seq<'a> -> float", "", "averageByFloat")),
    "averageBy.any": hiddenForm(seq("('a -> any) -> seq<'a> -> any", "", "averageByAny")),
    "averageBy.other": hiddenForm(
      seq("('n * 'n -> 'n) -> 'n -> ('n * int -> 'n) -> ('a -> 'n) -> seq<'a> -> 'n", "", "averageByOther"),
    ),
    min: seq(
      "seq<'a> -> 'a when 'a : ord",
      "The first of the smallest; raises when there is no element.",
      "min",
    ),
    minBy: seq(
      "('a -> 'k) -> seq<'a> -> 'a when 'k : ord",
      "The first element with the smallest key; raises when there is none.",
      "minBy",
    ),
    max: seq(
      "seq<'a> -> 'a when 'a : ord",
      "The first of the largest; raises when there is no element.",
      "max",
    ),
    maxBy: seq(
      "('a -> 'k) -> seq<'a> -> 'a when 'k : ord",
      "The first element with the largest key; raises when there is none.",
      "maxBy",
    ),
  };
}

/** Some of the elements, or the elements in pieces. */
function parts(seq: PreludeFile): Readonly<Record<string, HostMember>> {
  return {
    tail: seq(
      "seq<'a> -> seq<'a>",
      "All but the first element; raises when there is none and an element is asked for.",
      "tail",
    ),
    filter: seq("('a -> bool) -> seq<'a> -> seq<'a>", "The elements that the predicate holds for.", "filter"),
    where: seq("('a -> bool) -> seq<'a> -> seq<'a>", "Same as Seq.filter.", "filter"),
    distinct: seq(
      "seq<'a> -> seq<'a> when 'a : eq",
      "Without repetitions; first appearances stay.",
      "distinct",
    ),
    distinctBy: seq(
      "('a -> 'k) -> seq<'a> -> seq<'a> when 'k : eq",
      "The first element of every key.",
      "distinctBy",
    ),
    except: seq(
      "seq<'a> -> seq<'a> -> seq<'a> when 'a : eq",
      "Elements of the second that are not in the first, without repetitions.",
      "except",
    ),
    take: seq(
      "int -> seq<'a> -> seq<'a>",
      "The first elements; raises when one of them is asked for and missing.",
      "take",
    ),
    takeWhile: seq(
      "('a -> bool) -> seq<'a> -> seq<'a>",
      "The first elements, as long as the predicate holds.",
      "takeWhile",
    ),
    truncate: seq("int -> seq<'a> -> seq<'a>", "At most so many of the first elements.", "truncate"),
    skip: seq(
      "int -> seq<'a> -> seq<'a>",
      "Without the first elements; raises when there are fewer and an element is asked for.",
      "skip",
    ),
    skipWhile: seq(
      "('a -> bool) -> seq<'a> -> seq<'a>",
      "The elements from the first one on that the predicate does not hold for.",
      "skipWhile",
    ),
    chunkBySize: seq(
      "int -> seq<'a> -> seq<'a array>",
      "Parts of that length; the last may be shorter.",
      "chunkBySize",
    ),
    windowed: seq(
      "int -> seq<'a> -> seq<'a array>",
      "All parts of that length, each starting one later.",
      "windowed",
    ),
    pairwise: seq("seq<'a> -> seq<'a * 'a>", "Every element with the next one.", "pairwise"),
  };
}

/** Other elements, or the same in another order. */
function transformations(seq: PreludeFile, generator: PreludeFile): Readonly<Record<string, HostMember>> {
  return {
    append: generator(
      "seq<'a> -> seq<'a> -> seq<'a>",
      "The elements of the first, then of the second.",
      "append",
    ),
    concat: generator("seq<seq<'a>> -> seq<'a>", "The elements of all of them, in order.", "concat"),
    collect: generator(
      "('a -> seq<'b>) -> seq<'a> -> seq<'b>",
      "The elements of the function's results, in order.",
      "collect",
    ),
    map: seq("('a -> 'b) -> seq<'a> -> seq<'b>", "The results of the function for every element.", "map"),
    mapi: seq(
      "(int -> 'a -> 'b) -> seq<'a> -> seq<'b>",
      "The results of the function for every index and element.",
      "mapi",
    ),
    map2: seq(
      "('a -> 'b -> 'c) -> seq<'a> -> seq<'b> -> seq<'c>",
      "The results for elements at the same places, up to the end of the shorter one.",
      "map2",
    ),
    choose: seq("('a -> 'b option) -> seq<'a> -> seq<'b>", "What the function gives as Some.", "choose"),
    scan: seq(
      "('s -> 'a -> 's) -> 's -> seq<'a> -> seq<'s>",
      "The states before, between and after all elements.",
      "scan",
    ),
    indexed: seq("seq<'a> -> seq<int * 'a>", "Every element with its index.", "indexed"),
    zip: seq(
      "seq<'a> -> seq<'b> -> seq<'a * 'b>",
      "Pairs of the elements at the same places, up to the end of the shorter one.",
      "zip",
    ),
    map3: seq(
      "('a -> 'b -> 'c -> 'd) -> seq<'a> -> seq<'b> -> seq<'c> -> seq<'d>",
      "The results for elements at the same places, up to the end of the shortest.",
      "map3",
    ),
    mapi2: seq(
      "(int -> 'a -> 'b -> 'c) -> seq<'a> -> seq<'b> -> seq<'c>",
      "The results for every index and the elements there, up to the end of the shorter one.",
      "mapi2",
    ),
    allPairs: generator(
      "seq<'a> -> seq<'b> -> seq<'a * 'b>",
      "Every element of the first with every one of the second; the first varies slowest.",
      "allPairs",
    ),
    splitInto: seq(
      "int -> seq<'a> -> seq<'a array>",
      "At most so many parts of nearly equal length, the longer ones first.",
      "splitInto",
    ),
    transpose: seq("seq<seq<'a>> -> seq<seq<'a>>", "Columns of rows of one length.", "transpose"),
    scanBack: seq(
      "('a -> 's -> 's) -> seq<'a> -> 's -> seq<'s>",
      "The states before, between and after all elements, from the right.",
      "scanBack",
    ),
    mapFold: seq(
      "('s -> 'a -> 'b * 's) -> 's -> seq<'a> -> seq<'b> * 's",
      "Results and state in one pass.",
      "mapFold",
    ),
    zip3: seq(
      "seq<'a> -> seq<'b> -> seq<'c> -> seq<'a * 'b * 'c>",
      "Triples of the elements at the same places, up to the end of the shortest.",
      "zip3",
    ),
    sort: seq(
      "seq<'a> -> seq<'a> when 'a : ord",
      "In ascending order; equal elements keep their order.",
      "sort",
    ),
    sortDescending: seq(
      "seq<'a> -> seq<'a> when 'a : ord",
      "In descending order; equal elements keep their order.",
      "sortDescending",
    ),
    sortBy: seq(
      "('a -> 'k) -> seq<'a> -> seq<'a> when 'k : ord",
      "In ascending order of the keys; equal keys keep their order.",
      "sortBy",
    ),
    sortByDescending: seq(
      "('a -> 'k) -> seq<'a> -> seq<'a> when 'k : ord",
      "In descending order of the keys; equal keys keep their order.",
      "sortByDescending",
    ),
    sortWith: seq(
      "('a -> 'a -> int) -> seq<'a> -> seq<'a>",
      "In the order of the comparer; equal elements keep their order.",
      "sortWith",
    ),
    rev: seq("seq<'a> -> seq<'a>", "Backwards.", "rev"),
    groupBy: seq(
      "('a -> 'k) -> seq<'a> -> seq<'k * seq<'a>> when 'k : eq",
      "Keys in order of first appearance, each with its elements.",
      "groupBy",
    ),
    countBy: seq(
      "('a -> 'k) -> seq<'a> -> seq<'k * int> when 'k : eq",
      "Keys in order of first appearance, each with the number of its elements.",
      "countBy",
    ),
  };
}

/**
 * What `seq { }` is translated to. Between `Delay` and `Run` there are generators, which the types call seqs because nothing else ever gets hold of them:
 * only what `Run` gives is one.
 */
function builderOperations(generator: PreludeFile): Readonly<Record<string, HostMember>> {
  const operation = (type: string, name: string): HostMember => hiddenForm(generator(type, "", name));
  return {
    Run: operation("seq<'a> -> seq<'a>", "sequence"),
    Delay: operation("(unit -> seq<'a>) -> seq<'a>", "delay"),
    Zero: operation("unit -> seq<'a>", "zero"),
    Yield: operation("'a -> seq<'a>", "yieldOne"),
    YieldFrom: operation("seq<'a> -> seq<'a>", "yieldFrom"),
    Combine: operation("seq<'a> -> seq<'a> -> seq<'a>", "combine"),
    For: operation("seq<'a> -> ('a -> seq<'b>) -> seq<'b>", "forEach"),
    "For.one": operation("seq<'a> -> ('a -> 'b) -> seq<'b>", "forEachOne"),
    While: operation("(unit -> bool) -> seq<'a> -> seq<'a>", "whileLoop"),
    TryWith: operation("seq<'a> -> (exn -> seq<'a>) -> seq<'a>", "tryWith"),
    TryFinally: operation("seq<'a> -> (unit -> unit) -> seq<'a>", "tryFinally"),
    Using: operation("'r -> ('r -> seq<'a>) -> seq<'a>", "using"),
    "range.int": operation("int -> int -> int -> seq<int>", "intRange"),
    "range.float": operation("float -> float -> float -> seq<float>", "floatRange"),
    "range.char": operation("char -> char -> seq<char>", "charRange"),
  };
}
