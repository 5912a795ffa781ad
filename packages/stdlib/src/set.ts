/** The module `Set`: ordered, never changed in place. */
import {
  addElement,
  findEntry,
  greatestEntry,
  type HostModule,
  hostModule,
  intersectSets,
  isSubset,
  type List,
  leastEntry,
  listOfArray,
  type NativeContext,
  OrderedSet,
  removeElement,
  subtractSets,
  treeBytes,
  treePathBytes,
  unionSets,
  type Value,
} from "@fusabi/vm";
import { allocateArray } from "./allocation.js";
import { elementsOf, LIST } from "./collection.js";
import { setOf } from "./core.js";
import { constant, native } from "./declaration.js";
import { emptyInput } from "./failure.js";
import type { Prelude } from "./prelude.js";

function steps(context: NativeContext, set: OrderedSet): (units: number) => void {
  context.charge(Math.ceil(Math.log2(set.size + 1)) + 1);
  return (units) => context.charge(units);
}

/** What an operation on two whole sets costs: it may walk and copy both. */
function whole(context: NativeContext, a: OrderedSet, b: OrderedSet): (units: number) => void {
  context.charge(a.size + b.size);
  context.allocate(treeBytes(a.size + b.size));
  return (units) => context.charge(units);
}

export function setAdd(context: NativeContext, element: Value, set: OrderedSet): OrderedSet {
  context.allocate(treePathBytes(set.size));
  return addElement(set, element, steps(context, set));
}

export function setRemove(context: NativeContext, element: Value, set: OrderedSet): OrderedSet {
  context.allocate(treePathBytes(set.size));
  return removeElement(set, element, steps(context, set));
}

export function setHas(context: NativeContext, element: Value, set: OrderedSet): boolean {
  return findEntry(set, element, steps(context, set)) !== undefined;
}

function isContained(context: NativeContext, a: OrderedSet, b: OrderedSet): boolean {
  return isSubset(a, b, whole(context, a, b));
}

function union(context: NativeContext, a: OrderedSet, b: OrderedSet): OrderedSet {
  return unionSets(a, b, whole(context, a, b));
}

function intersect(context: NativeContext, a: OrderedSet, b: OrderedSet): OrderedSet {
  return intersectSets(a, b, whole(context, a, b));
}

function extreme(context: NativeContext, name: string, found: { readonly key: Value } | undefined): Value {
  if (found === undefined) throw emptyInput(context, name);
  return found.key;
}

export function setModule(prelude: Prelude): HostModule {
  const callback = prelude.file("set");
  return hostModule("Set", {
    empty: constant("Set<'a>", "The set without elements.", OrderedSet.empty),
    singleton: native(
      "'a -> Set<'a> when 'a : ord",
      "The set of one element.",
      (context: NativeContext, element: Value) => setAdd(context, element, OrderedSet.empty),
    ),
    add: native("'a -> Set<'a> -> Set<'a> when 'a : ord", "With the element.", setAdd),
    remove: native("'a -> Set<'a> -> Set<'a> when 'a : ord", "Without the element.", setRemove),
    contains: native("'a -> Set<'a> -> bool when 'a : ord", "Whether the element is in the set.", setHas),
    count: native("Set<'a> -> int", "Number of elements.", (_: NativeContext, set: OrderedSet) => set.size),
    isEmpty: native(
      "Set<'a> -> bool",
      "Whether there are no elements.",
      (_: NativeContext, set: OrderedSet) => set.size === 0,
    ),
    union: native("Set<'a> -> Set<'a> -> Set<'a>", "The elements of both.", union),
    unionMany: native(
      "seq<Set<'a>> -> Set<'a>",
      "The elements of all of them.",
      (context: NativeContext, sets: Value) =>
        (elementsOf(context, sets) as OrderedSet[]).reduce(
          (all, one) => union(context, all, one),
          OrderedSet.empty,
        ),
    ),
    intersect: native("Set<'a> -> Set<'a> -> Set<'a>", "The elements that are in both.", intersect),
    intersectMany: native(
      "seq<Set<'a>> -> Set<'a>",
      "The elements that are in all of them; raises when there is no set.",
      (context: NativeContext, sets: Value) => {
        const [first, ...others] = elementsOf(context, sets) as OrderedSet[];
        if (first === undefined) throw emptyInput(context, "Set.intersectMany");
        return others.reduce((all, one) => intersect(context, all, one), first);
      },
    ),
    difference: native(
      "Set<'a> -> Set<'a> -> Set<'a>",
      "The elements of the first that are not in the second.",
      (context: NativeContext, a: OrderedSet, b: OrderedSet) => subtractSets(a, b, whole(context, a, b)),
    ),
    isSubset: native("Set<'a> -> Set<'a> -> bool", "Whether the second contains the first.", isContained),
    isSuperset: native(
      "Set<'a> -> Set<'a> -> bool",
      "Whether the first contains the second.",
      (context: NativeContext, a: OrderedSet, b: OrderedSet) => isContained(context, b, a),
    ),
    isProperSubset: native(
      "Set<'a> -> Set<'a> -> bool",
      "Whether the second contains the first and more.",
      (context: NativeContext, a: OrderedSet, b: OrderedSet) => a.size < b.size && isContained(context, a, b),
    ),
    isProperSuperset: native(
      "Set<'a> -> Set<'a> -> bool",
      "Whether the first contains the second and more.",
      (context: NativeContext, a: OrderedSet, b: OrderedSet) => b.size < a.size && isContained(context, b, a),
    ),
    minElement: native(
      "Set<'a> -> 'a",
      "The smallest element; raises when there is none.",
      (context: NativeContext, set: OrderedSet) => extreme(context, "Set.minElement", leastEntry(set)),
    ),
    maxElement: native(
      "Set<'a> -> 'a",
      "The largest element; raises when there is none.",
      (context: NativeContext, set: OrderedSet) => extreme(context, "Set.maxElement", greatestEntry(set)),
    ),
    ofList: native(
      "'a list -> Set<'a> when 'a : ord",
      "The set of the elements.",
      (context: NativeContext, list: List) => setOf(context, LIST.items(context, list)),
    ),
    ofArray: native(
      "'a array -> Set<'a> when 'a : ord",
      "The set of the elements.",
      (context: NativeContext, array: Value[]) => setOf(context, array),
    ),
    ofSeq: prelude.file("materialising")(
      "seq<'a> -> Set<'a> when 'a : ord",
      "The set of the elements.",
      "setOfSeq",
    ),
    toList: native(
      "Set<'a> -> 'a list",
      "The elements, ascending.",
      (context: NativeContext, set: OrderedSet) => listOfArray(elementsOf(context, set), context),
    ),
    toArray: native(
      "Set<'a> -> 'a array",
      "The elements, ascending.",
      (context: NativeContext, set: OrderedSet) => {
        allocateArray(context, set.size);
        return elementsOf(context, set);
      },
    ),
    toSeq: native(
      "Set<'a> -> seq<'a>",
      "The elements, ascending.",
      (_: NativeContext, set: OrderedSet) => set,
    ),
    map: callback(
      "('a -> 'b) -> Set<'a> -> Set<'b> when 'b : ord",
      "The function's results for the elements.",
      "map",
    ),
    filter: callback(
      "('a -> bool) -> Set<'a> -> Set<'a>",
      "The elements that the predicate holds for.",
      "filter",
    ),
    partition: callback(
      "('a -> bool) -> Set<'a> -> Set<'a> * Set<'a>",
      "The elements that the predicate holds for, and the others.",
      "partition",
    ),
    fold: callback(
      "('s -> 'a -> 's) -> 's -> Set<'a> -> 's",
      "The state after all elements, ascending.",
      "fold",
    ),
    foldBack: callback(
      "('a -> 's -> 's) -> Set<'a> -> 's -> 's",
      "The state after all elements, descending.",
      "foldBack",
    ),
    iter: callback(
      "('a -> unit) -> Set<'a> -> unit",
      "Calls the function with every element, ascending.",
      "iter",
    ),
    exists: callback(
      "('a -> bool) -> Set<'a> -> bool",
      "Whether the predicate holds for some element.",
      "exists",
    ),
    forall: callback(
      "('a -> bool) -> Set<'a> -> bool",
      "Whether the predicate holds for every element.",
      "forall",
    ),
  });
}
