/** Exceptions as functions of their message, and the functions that raise them. */
import {
  type ExceptionValue,
  type HostMember,
  type NativeContext,
  namedException,
  PRODUCT_BYTES,
  SLOT_BYTES,
  type Value,
} from "@fusabi/vm";
import { hidden, native, overloaded } from "./declaration.js";

/** Names of exceptions, each with its message when none is given. */
const MESSAGES: Readonly<Record<string, string>> = {
  Exception: "Exception of type 'System.Exception' was thrown.",
  ArgumentException: "Value does not fall within the expected range.",
  ArgumentNullException: "Value cannot be null.",
  ArgumentOutOfRangeException: "Specified argument was out of the range of valid values.",
  DivideByZeroException: "Attempted to divide by zero.",
  FormatException: "One of the identified items was in an invalid format.",
  IndexOutOfRangeException: "Index was outside the bounds of the array.",
  InvalidCastException: "Specified cast is not valid.",
  InvalidOperationException: "Operation is not valid due to the current state of the object.",
  KeyNotFoundException: "The given key was not present in the dictionary.",
  NotImplementedException: "The method or operation is not implemented.",
  NotSupportedException: "Specified method is not supported.",
  NullReferenceException: "Object reference not set to an instance of an object.",
  UnauthorizedAccessException: "Attempted to perform an unauthorized operation.",
};

function constructors(): Readonly<Record<string, HostMember>> {
  const members: Record<string, HostMember> = {};
  for (const [name, message] of Object.entries(MESSAGES)) {
    members[name] = overloaded(
      "The exception with this message, to be raised.",
      `${name}.of`,
      `${name}.plain`,
    );
    const make = (context: NativeContext, text: string): ExceptionValue => {
      context.allocate(PRODUCT_BYTES + SLOT_BYTES);
      return namedException(name, text);
    };
    members[`${name}.of`] = hidden("string -> exn", make);
    members[`${name}.plain`] = hidden("unit -> exn", (context: NativeContext) => make(context, message));
  }
  members["exn"] = overloaded("Same as Exception.", "Exception.of", "Exception.plain");
  return members;
}

/** Raises an exception of this name. */
function raising(type: string, doc: string, make: (...args: string[]) => ExceptionValue): HostMember {
  return native(type, doc, (_: NativeContext, ...args: string[]): Value => {
    throw make(...args);
  });
}

export const exceptionMembers: Readonly<Record<string, HostMember>> = {
  ...constructors(),
  invalidArg: raising(
    "string -> string -> 'a",
    "Raises for an argument: its name, then what is wrong.",
    (name, message) => namedException("ArgumentException", `${message} (Parameter '${name}')`),
  ),
  nullArg: raising("string -> 'a", "Raises for an argument that is null: its name.", (name) =>
    namedException("ArgumentNullException", `${MESSAGES["ArgumentNullException"]} (Parameter '${name}')`),
  ),
  invalidOp: raising("string -> 'a", "Raises with the message.", (message) =>
    namedException("InvalidOperationException", message),
  ),
};
