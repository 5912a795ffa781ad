/** The members of every type, and what work on values of type `any` needs. */
import {
  BoxedChar,
  dynamicValues,
  equals,
  type HostModule,
  hash,
  hostModule,
  kindOf,
  List,
  type NativeContext,
  OrderedMap,
  type Product,
  type Value,
} from "@fusabi/vm";
import { allocateString } from "../allocation.js";
import { type Int, native } from "../declaration.js";
import { textOf } from "../formatting.js";
import { mapFind } from "../map.js";
import { arrayItem, arraySlice, listItem, listSlice } from "./sequence-members.js";
import { stringItem, stringSlice } from "./string-members.js";

/** `x.[i]` where nothing is known of `x`. */
function item(context: NativeContext, target: Value, index: Value): Value {
  if (target instanceof OrderedMap) return mapFind(context, index, target);
  const position = (): Int => {
    if (typeof index === "bigint" || (typeof index === "number" && Number.isInteger(index))) return index;
    throw context.fail("FUS0502", `Expected int, got ${kindOf(index)}`);
  };
  if (typeof target === "string") return new BoxedChar(stringItem(context, target, position()));
  if (target instanceof List) return listItem(context, target, position());
  if (Array.isArray(target)) return arrayItem(context, target, position());
  throw context.fail("FUS0502", `Expected list, array, string or map, got ${kindOf(target)}`);
}

/** `x.[from..to]` where nothing is known of `x`. */
function slice(context: NativeContext, target: Value, from: Product, to: Product): Value {
  if (typeof target === "string") return stringSlice(context, target, from, to);
  if (target instanceof List) return listSlice(context, target, from, to);
  if (Array.isArray(target)) return arraySlice(context, target, from, to);
  throw context.fail("FUS0502", `Expected list, array or string, got ${kindOf(target)}`);
}

const members = hostModule("<any>", {
  ToString: native("'a -> unit -> string", "The text form.", (context: NativeContext, value: Value) => {
    const text = textOf(context, value);
    allocateString(context, text.length);
    return text;
  }),
  Equals: native(
    "'a -> 'a -> bool",
    "Whether two values are equal.",
    (context: NativeContext, value: Value, other: Value) =>
      equals(value, other, (units) => context.charge(units)),
  ),
  GetHashCode: native(
    "'a -> unit -> int",
    "A number that is the same for equal values.",
    (context: NativeContext, value: Value) => hash(value, (units) => context.charge(units)),
  ),
  Item: native("any -> any -> any", "The element at an index or key.", item),
  slice: native(
    "any -> int option -> int option -> any",
    "The part between two indexes, both included.",
    slice,
  ),
  castFailure: native(
    "any -> string -> 'a",
    "Raises what a cast to a type raises that the value has not got.",
    (context: NativeContext, value: Value, type: string) => {
      throw context.fail("FUS0510", `Cannot cast ${kindOf(value)} to ${type}`);
    },
  ),
});

export const anyMembers: HostModule = { ...dynamicValues, ...members };
