/** The members of options, `ref` cells and exceptions. */
import {
  type ExceptionValue,
  type HostModule,
  hostModule,
  type NativeContext,
  NONE,
  type Product,
  type RefCell,
} from "@fusabi/vm";
import { native } from "../declaration.js";
import { valueOfOption } from "../option.js";

export const optionMembers: HostModule = hostModule("<option>", {
  Value: native("'a option -> 'a", "The value; raises when there is none.", valueOfOption),
  IsSome: native(
    "'a option -> bool",
    "Whether there is a value.",
    (_: NativeContext, option: Product) => option !== NONE,
  ),
  IsNone: native(
    "'a option -> bool",
    "Whether there is no value.",
    (_: NativeContext, option: Product) => option === NONE,
  ),
});

export const referenceMembers: HostModule = hostModule("<ref>", {
  Value: native("'a ref -> 'a", "What the cell holds.", (_: NativeContext, cell: RefCell) => cell.contents),
});

export const exceptionMembers: HostModule = hostModule("<exn>", {
  Message: native(
    "exn -> string",
    "What happened, in words.",
    (_: NativeContext, exception: ExceptionValue) => exception.message,
  ),
});
