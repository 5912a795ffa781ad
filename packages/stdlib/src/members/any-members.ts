/** The members of every type. */
import { equals, type HostModule, hash, hostModule, type NativeContext, type Value } from "@fusabi/vm";
import { allocateString } from "../allocation.js";
import { native } from "../declaration.js";
import { textOf } from "../formatting.js";

export const anyMembers: HostModule = hostModule("<any>", {
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
});
