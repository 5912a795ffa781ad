/** The module `List`: what lists have beside the members common to lists and arrays. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  type List,
  lengthOf,
  listOfArray,
  type NativeContext,
  NIL,
  NONE,
  reverse,
  type Value,
} from "@fusabi/vm";
import { elementsOf, LIST } from "./collection.js";
import { collectionCallbacks } from "./collection-callbacks.js";
import { collectionNatives } from "./collection-natives.js";
import { type Int, native } from "./declaration.js";
import { elementIndex, gapIndex, outOfRange, requireNotNegative, tooShort } from "./failure.js";
import { joined } from "./pieces.js";
import type { Prelude } from "./prelude.js";
import { some } from "./products.js";

function emptyList(context: NativeContext): Error {
  return context.fail("FUS0506", "Cannot access head/tail of empty list");
}

/** The cells from an index on; `NIL` when the list is shorter. The index is not negative. */
function dropped(context: NativeContext, list: List, count: Int): List {
  let at = list;
  for (let i = 0; i < count && at !== NIL; i++) {
    context.charge(1);
    at = at.tail;
  }
  return at;
}

function tryItem(context: NativeContext, index: Int, list: List): Value {
  if (index < 0) return NONE;
  const at = dropped(context, list, index);
  return at === NIL ? NONE : some(context, at.head);
}

/** The element at an index, or the error of `name`. */
function itemOfList(context: NativeContext, name: string, index: Int, list: List): Value {
  const at = index < 0 ? NIL : dropped(context, list, index);
  if (at === NIL) throw outOfRange(context, name, index, lengthOf(list, context));
  return at.head;
}

function skip(context: NativeContext, count: Int, list: List): List {
  if (count <= 0) return list;
  const length = lengthOf(list, context);
  if (count > length) throw tooShort(context, "List.skip", count, length);
  return dropped(context, list, count);
}

export function listModule(prelude: Prelude): HostModule {
  const callback = prelude.file("list");
  const sorting = prelude.file("sorting");
  const { items, make } = LIST;
  return hostModule("List", {
    ...collectionNatives(LIST),
    ...collectionCallbacks(LIST, callback, sorting, prelude.file("materialising")),
    empty: { type: "'a list", doc: "The list without elements.", value: NIL },
    length: native("'a list -> int", "Number of elements.", (context: NativeContext, list: List) =>
      lengthOf(list, context),
    ),
    isEmpty: native(
      "'a list -> bool",
      "Whether there are no elements.",
      (_: NativeContext, list: List) => list === NIL,
    ),
    head: native(
      "'a list -> 'a",
      "The first element; raises when there is none.",
      (context: NativeContext, list: List) => {
        if (list === NIL) throw emptyList(context);
        return list.head;
      },
    ),
    tail: native(
      "'a list -> 'a list",
      "All but the first element; raises when there is none.",
      (context: NativeContext, list: List) => {
        if (list === NIL) throw emptyList(context);
        return list.tail;
      },
    ),
    rev: native("'a list -> 'a list", "Backwards.", (context: NativeContext, list: List) =>
      reverse(list, context),
    ),
    reverse: native("'a list -> 'a list", "Same as List.rev.", (context: NativeContext, list: List) =>
      reverse(list, context),
    ),
    nth: native("int -> 'a list -> 'a option", "The element at an index, or None: index first.", tryItem),
    tryItem: native("int -> 'a list -> 'a option", "The element at an index, or None: index first.", tryItem),
    item: native(
      "int -> 'a list -> 'a",
      "The element at an index: index first.",
      (context: NativeContext, index: Int, list: List) => itemOfList(context, "List.item", index, list),
    ),
    skip: native(
      "int -> 'a list -> 'a list",
      "Without the first elements; raises when there are fewer.",
      skip,
    ),
    ofArray: native(
      "'a array -> 'a list",
      "The elements of an array.",
      (context: NativeContext, array: Value[]) => listOfArray(array, context),
    ),
    toArray: native(
      "'a list -> 'a array",
      "The elements as a fresh array.",
      (context: NativeContext, list: List) => arrayOfList(list, context),
    ),
    ofSeq: prelude.file("enumeration")(
      "seq<'a> -> 'a list",
      "The elements of a seq, run to its end.",
      "toList",
    ),
    toSeq: native("'a list -> seq<'a>", "The elements as a seq.", (_: NativeContext, list: List) => list),
    where: callback("('a -> bool) -> 'a list -> 'a list", "Same as List.filter.", "filter"),
    map3: callback(
      "('a -> 'b -> 'c -> 'd) -> 'a list -> 'b list -> 'c list -> 'd list",
      "The results for elements at the same places; raises when lengths differ.",
      "map3",
    ),
    mapi2: callback(
      "(int -> 'a -> 'b -> 'c) -> 'a list -> 'b list -> 'c list",
      "The results for index and elements at the same places; raises when lengths differ.",
      "mapi2",
    ),
    iteri2: callback(
      "(int -> 'a -> 'b -> unit) -> 'a list -> 'b list -> unit",
      "Calls the function with index and elements at the same places; raises when lengths differ.",
      "iteri2",
    ),
    foldBack2: callback(
      "('a -> 'b -> 's -> 's) -> 'a list -> 'b list -> 's -> 's",
      "The state after all elements of both, from the right; raises when lengths differ.",
      "foldBack2",
    ),
    findIndexBack: callback(
      "('a -> bool) -> 'a list -> int",
      "The index of the last element that the predicate holds for; raises when there is none.",
      "findIndexBack",
    ),
    tryFindIndexBack: callback(
      "('a -> bool) -> 'a list -> int option",
      "The index of the last element that the predicate holds for, or None.",
      "tryFindIndexBack",
    ),
    insertManyAt: native(
      "int -> seq<'a> -> 'a list -> 'a list",
      "With the elements put in at the index.",
      (context: NativeContext, index: Int, inserted: Value, list: List) => {
        const all = items(context, list);
        const at = gapIndex(context, "List.insertManyAt", index, all.length);
        return make(
          context,
          joined(context, [all.slice(0, at), elementsOf(context, inserted), all.slice(at)]),
        );
      },
    ),
    removeManyAt: native(
      "int -> int -> 'a list -> 'a list",
      "Without so many elements from the index on: index, count.",
      (context: NativeContext, index: Int, count: Int, list: List) => {
        const all = items(context, list);
        const at = gapIndex(context, "List.removeManyAt", index, all.length);
        requireNotNegative(context, "List.removeManyAt", count);
        if (count === 0) return list;
        elementIndex(context, "List.removeManyAt", BigInt(at) + BigInt(count) - 1n, all.length);
        return make(context, all.toSpliced(at, Number(count)));
      },
    ),
  });
}
