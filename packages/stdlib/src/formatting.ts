/** The hidden core functions that formats and interpolated strings are compiled to. The first argument is the specifier, `%5.1f`, or the code, `F2`. */
import {
  BoxedChar,
  BoxedFloat,
  display,
  type FormatCode,
  type FormatSpecifier,
  formatBool,
  formatChar,
  formatFloat,
  formatFloatByCode,
  formatInt,
  formatIntByCode,
  formatString,
  type HostMember,
  kindOf,
  ModuleType,
  type NativeContext,
  parseFormat,
  parseFormatCode,
  structured,
  type Value,
} from "@fusabi/vm";
import { allocateString } from "./allocation.js";
import { hidden, type Int } from "./declaration.js";
import { listFixed } from "./list-format.js";

/** The one specifier of a text; the compiler has looked at it already, other bytecode may have written anything. */
function specifierOf(context: NativeContext, text: string): FormatSpecifier {
  const [part, ...others] = parseFormat(text).parts;
  if (part?.kind !== "specifier" || others.length > 0)
    throw context.fail("FUS0514", `'${text}' is no format specifier`);
  return part.specifier;
}

function codeOf(context: NativeContext, text: string): FormatCode {
  const code = parseFormatCode(text);
  if (code === undefined) throw context.fail("FUS0514", `'${text}' is no format code`);
  return code;
}

function made(context: NativeContext, text: string): string {
  context.charge(1 + (text.length >> 3));
  allocateString(context, text.length);
  return text;
}

/** An element of the list form, whose kind only the running program knows: the rules are those of `String.format`, with flags and widths besides. */
function formatAny(context: NativeContext, specifier: FormatSpecifier, value: Value): string {
  const fail = (expected: string): Error =>
    context.fail("FUS0514", `Expected ${expected} for %${specifier.type}, got ${kindOf(value)}`);
  switch (specifier.type) {
    case "s":
    case "O":
    case "A":
      return formatString(textOf(context, value), specifier);
    case "c": {
      const char = value instanceof BoxedChar ? value.value : value;
      if (typeof char !== "string" || char.length !== 1) throw fail("char");
      return formatChar(char, specifier);
    }
    case "b":
      if (typeof value !== "boolean") throw fail("bool");
      return formatBool(value, specifier);
    case "f":
    case "F": {
      const text = listFixed(value, specifier.precision);
      if (text === undefined) throw fail("float");
      return formatString(text, specifier);
    }
    case "e":
    case "E":
    case "g":
    case "G": {
      const float = value instanceof BoxedFloat ? value.value : value;
      if (typeof float !== "number" && typeof float !== "bigint") throw fail("float");
      return formatFloat(Number(float), specifier);
    }
    default:
      if (!isInt(value)) throw fail("int");
      return formatInt(value, specifier);
  }
}

function formatAnyByCode(context: NativeContext, code: FormatCode, value: Value): string {
  if (isInt(value)) return formatIntByCode(value, code);
  const float = value instanceof BoxedFloat ? value.value : value;
  // As in .NET, a code says nothing to values that are no numbers.
  return typeof float === "number" ? formatFloatByCode(float, code) : textOf(context, value);
}

function isInt(value: Value): value is Int {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** The text form, charged as it is made. */
export function textOf(context: NativeContext, value: Value): string {
  return display(value, (units) => context.charge(units));
}

/** `%A`; computing the elements of a seq runs the program. Work and text are paid for as they are made. */
function structuredForm(context: NativeContext, type: Value, value: Value): string {
  if (!(type instanceof ModuleType)) throw new TypeError("a type was expected");
  const text = structured(
    value,
    type.target,
    type.definitions,
    (units) => context.charge(units),
    undefined,
    (callee, ...args) => context.call(callee, ...args),
  );
  allocateString(context, text.length);
  return text;
}

/** Blanks up to the width, on the left, or for a negative width on the right. */
function pad(context: NativeContext, width: Int, text: string): string {
  const units = Math.abs(Number(width));
  if (units <= text.length) return text;
  allocateString(context, units);
  context.charge(units);
  return width > 0 ? text.padStart(units) : text.padEnd(units);
}

export const formattingMembers: Readonly<Record<string, HostMember>> = {
  "format.int": hidden("string -> int -> string", (context: NativeContext, specifier: string, value: Int) =>
    made(context, formatInt(value, specifierOf(context, specifier))),
  ),
  "format.float": hidden(
    "string -> float -> string",
    (context: NativeContext, specifier: string, value: number) =>
      made(context, formatFloat(value, specifierOf(context, specifier))),
  ),
  "format.string": hidden(
    "string -> string -> string",
    (context: NativeContext, specifier: string, value: string) =>
      made(context, formatString(value, specifierOf(context, specifier))),
  ),
  "format.char": hidden(
    "string -> char -> string",
    (context: NativeContext, specifier: string, value: string) =>
      made(context, formatChar(value, specifierOf(context, specifier))),
  ),
  "format.bool": hidden(
    "string -> bool -> string",
    (context: NativeContext, specifier: string, value: boolean) =>
      made(context, formatBool(value, specifierOf(context, specifier))),
  ),
  "format.any": hidden("string -> any -> string", (context: NativeContext, specifier: string, value: Value) =>
    made(context, formatAny(context, specifierOf(context, specifier), value)),
  ),
  "format.structured": hidden("#Type -> 'a -> string", structuredForm),
  "format.code.int": hidden("string -> int -> string", (context: NativeContext, code: string, value: Int) =>
    made(context, formatIntByCode(value, codeOf(context, code))),
  ),
  "format.code.float": hidden(
    "string -> float -> string",
    (context: NativeContext, code: string, value: number) =>
      made(context, formatFloatByCode(value, codeOf(context, code))),
  ),
  "format.code.any": hidden("string -> any -> string", (context: NativeContext, code: string, value: Value) =>
    made(context, formatAnyByCode(context, codeOf(context, code), value)),
  ),
  pad: hidden("int -> string -> string", pad),
};
