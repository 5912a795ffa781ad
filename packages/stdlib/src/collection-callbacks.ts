/** The members that `List` and `Array` have in common and that call functions of the program: they are written in Fusabi. In the types, `$` stands for the collection. */
import type { HostMember } from "@fusabi/vm";
import type { CollectionKind } from "./collection.js";
import { averaging, hiddenForm, summing } from "./declaration.js";
import type { PreludeFile } from "./prelude.js";

/** Members that call the program back: written in the language, one file for each collection. */
export function collectionCallbacks(
  kind: CollectionKind,
  callback: PreludeFile,
  sorting: PreludeFile,
  materialising: PreludeFile,
): Readonly<Record<string, HostMember>> {
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
    "sum.other": hiddenForm(declare("('n * 'n -> 'n) -> 'n -> 'n $ -> 'n", "", "sumOther")),
    sumBy: summing(
      `('a -> 'n) -> 'a ${kind.word} -> 'n when 'n : num`,
      "The sum of the function's results; 0 of nothing, or Zero of their type.",
      { int: "sumBy.int", float: "sumBy.float", any: "sumBy.any", other: "sumBy.other" },
    ),
    "sumBy.other": hiddenForm(declare("('n * 'n -> 'n) -> 'n -> ('a -> 'n) -> 'a $ -> 'n", "", "sumByOther")),
    "sumBy.int": hiddenForm(declare("('a -> int) -> 'a $ -> int", "", "sumByInt")),
    "sumBy.float": hiddenForm(declare("('a -> float) -> 'a $ -> float", "", "sumByFloat")),
    "sumBy.any": hiddenForm(declare("('a -> any) -> 'a $ -> any", "", "sumByAny")),
    "average.any": hiddenForm(declare("any $ -> any", "", "averageAny")),
    "average.other": hiddenForm(
      declare("('n * 'n -> 'n) -> 'n -> ('n * int -> 'n) -> 'n $ -> 'n", "", "averageOther"),
    ),
    averageBy: averaging(
      `('a -> 'n) -> 'a ${kind.word} -> 'n when 'n : num`,
      "The mean of the function's results; raises when there is no element.",
      { float: "averageBy.float", any: "averageBy.any", other: "averageBy.other" },
    ),
    "averageBy.float": hiddenForm(declare("('a -> float) -> 'a $ -> float", "", "averageByFloat")),
    "averageBy.any": hiddenForm(declare("('a -> any) -> 'a $ -> any", "", "averageByAny")),
    "averageBy.other": hiddenForm(
      declare("('n * 'n -> 'n) -> 'n -> ('n * int -> 'n) -> ('a -> 'n) -> 'a $ -> 'n", "", "averageByOther"),
    ),
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
