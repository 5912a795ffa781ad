/** The members of lists and arrays. */
import {
  type HostModule,
  hostModule,
  type List,
  lengthOf,
  listOfArray,
  type NativeContext,
  NIL,
  NONE,
  type Product,
  positionException,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateArray } from "../allocation.js";
import { hidden, type Int, native } from "../declaration.js";
import { sliceBounds } from "./slice-bounds.js";

export function listItem(context: NativeContext, list: List, index: Int): Value {
  let at = list;
  for (let i = 0; i < index && at !== NIL; i++) {
    context.charge(1);
    at = at.tail;
  }
  if (index < 0 || at === NIL)
    throw positionException(`Index ${index} is outside 0..${lengthOf(list, context) - 1}`);
  return at.head;
}

export function listSlice(context: NativeContext, list: List, from: Product, to: Product): List {
  const [start, end] = sliceBounds(from, to, lengthOf(list, context));
  context.charge(end);
  const items: Value[] = [];
  let at = list;
  for (let i = 0; i < end; i++, at = at.tail) if (i >= start) items.push(at.head);
  return listOfArray(items, context);
}

export function arrayItem(context: NativeContext, array: Value[], index: Int): Value {
  if (index < 0 || index >= array.length)
    throw context.fail("FUS0504", `Array index out of bounds: ${index}`);
  return array[Number(index)];
}

export function arraySlice(context: NativeContext, array: Value[], from: Product, to: Product): Value[] {
  const [start, end] = sliceBounds(from, to, array.length);
  context.charge(end - start);
  allocateArray(context, end - start);
  return array.slice(start, end);
}

/** Both ends included, as F# sets them: as many items as the places need. */
function setArraySlice(
  context: NativeContext,
  array: Value[],
  from: Product,
  to: Product,
  items: readonly Value[],
): Value {
  const start = from === NONE ? 0 : (slotAt(from, 0) as Int);
  const end = to === NONE ? array.length - 1 : (slotAt(to, 0) as Int);
  const count = Number(end) - Number(start) + 1;
  if (count <= 0) return undefined;
  if (start < 0) throw context.fail("FUS0504", `Array index out of bounds: ${start}`);
  if (end >= array.length) throw context.fail("FUS0504", `Array index out of bounds: ${end}`);
  if (count > items.length) throw context.fail("FUS0504", `Array index out of bounds: ${items.length}`);
  context.charge(count);
  const given = items.slice(0, count);
  for (let i = 0; i < count; i++) array[Number(start) + i] = given[i];
  return undefined;
}

function notEmpty(context: NativeContext, list: List): List {
  if (list === NIL) throw context.fail("FUS0506", "Cannot access head/tail of empty list");
  return list;
}

export const listMembers: HostModule = hostModule("<list>", {
  Length: native("'a list -> int", "Number of elements.", (context: NativeContext, list: List) =>
    lengthOf(list, context),
  ),
  IsEmpty: native(
    "'a list -> bool",
    "Whether there are no elements.",
    (_: NativeContext, list: List) => list === NIL,
  ),
  Head: native(
    "'a list -> 'a",
    "The first element; raises when there is none.",
    (context: NativeContext, list: List) => notEmpty(context, list).head,
  ),
  Tail: native(
    "'a list -> 'a list",
    "All but the first element; raises when there is none.",
    (context: NativeContext, list: List) => notEmpty(context, list).tail,
  ),
  Item: native("'a list -> int -> 'a", "The element at an index.", listItem),
  slice: native(
    "'a list -> int option -> int option -> 'a list",
    "The part between two indexes, both included.",
    listSlice,
  ),
});

export const arrayMembers: HostModule = hostModule("<array>", {
  Length: native(
    "'a array -> int",
    "Number of elements.",
    (_: NativeContext, array: Value[]) => array.length,
  ),
  Item: native("'a array -> int -> 'a", "The element at an index.", arrayItem),
  slice: native(
    "'a array -> int option -> int option -> 'a array",
    "The part between two indexes, both included.",
    arraySlice,
  ),
  setSlice: hidden("'a array -> int option -> int option -> 'a array -> unit", setArraySlice),
});
