import { runtimeError } from "../failure.js";
import type { LibraryContext } from "../library-context.js";
import { NIL, NONE, some, type Value } from "../value.js";
import {
  asBool,
  asInt,
  callingBack,
  elementsOf,
  type Functions,
  fn,
  headAndTail,
  newList,
} from "./declaration.js";

/** The list is looked at before the function, which on an empty list is never noticed. */
export const listFunctions: Functions = {
  "List.length": fn(1, (context, list) => elementsOf(context, list).length),
  "List.head": fn(1, (_, list) => headAndTail(list).head),
  "List.tail": fn(1, (_, list) => headAndTail(list).tail),
  "List.reverse": fn(1, (context, list) => newList(context, elementsOf(context, list).reverse())),
  "List.isEmpty": fn(1, (_, list) => {
    if (list === NIL) return true;
    headAndTail(list);
    return false;
  }),
  // The second list is not looked at: with something else there, the chain ends in it.
  "List.append": fn(2, (context, first, second) => newList(context, elementsOf(context, first), second)),
  "List.concat": fn(1, (context, lists) =>
    newList(
      context,
      elementsOf(context, lists).flatMap((list) => elementsOf(context, list)),
    ),
  ),
  "List.map": callingBack("List.map", 2, (context, f, list) =>
    newList(
      context,
      elementsOf(context, list).map((item) => context.call(f, [item])),
    ),
  ),
  "List.mapi": callingBack("List.mapi", 2, (context, f, list) =>
    newList(
      context,
      elementsOf(context, list).map((item, index) => context.call(f, [index, item])),
    ),
  ),
  "List.iter": callingBack("List.iter", 2, (context, f, list) => {
    for (const item of elementsOf(context, list)) context.call(f, [item]);
    return undefined;
  }),
  "List.filter": callingBack("List.filter", 2, (context, f, list) =>
    newList(context, elementsOf(context, list).filter(holds(context, f))),
  ),
  "List.fold": callingBack("List.fold", 3, (context, f, start, list) => {
    let state = start;
    for (const item of elementsOf(context, list)) state = context.call(f, [state, item]);
    return state;
  }),
  "List.exists": callingBack("List.exists", 2, (context, f, list) =>
    elementsOf(context, list).some(holds(context, f)),
  ),
  "List.find": callingBack("List.find", 2, (context, f, list) => {
    const items = elementsOf(context, list);
    const index = items.findIndex(holds(context, f));
    if (index < 0) throw runtimeError("List.find: no element satisfies predicate", "FUS0505");
    return items[index];
  }),
  "List.tryFind": callingBack("List.tryFind", 2, (context, f, list) => {
    const items = elementsOf(context, list);
    const index = items.findIndex(holds(context, f));
    return index < 0 ? NONE : some(items[index]);
  }),
  "List.nth": fn(2, (context, position, list) => {
    const index = asInt(position);
    const items = elementsOf(context, list);
    return index < 0 || index >= items.length ? NONE : some(items[Number(index)]);
  }),
};

function holds(context: LibraryContext, predicate: Value): (item: Value) => boolean {
  return (item) => asBool(context.call(predicate, [item]));
}
