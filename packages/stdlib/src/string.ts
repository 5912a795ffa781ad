/** The module `String`. Positions and lengths count UTF-16 units; nothing depends on a locale; the text comes last. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  int64,
  type List,
  listOfArray,
  type NativeContext,
  NIL,
  NONE,
} from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { unitsOf } from "./collection.js";
import { hidden, type Int, native, overloaded } from "./declaration.js";
import { clampIndex, requireNotNegative } from "./failure.js";
import { parseFloat64 } from "./float-parsing.js";
import { linesOf } from "./lines.js";
import { formatList } from "./list-format.js";
import { joinedTexts } from "./pieces.js";
import type { Prelude } from "./prelude.js";
import { optional, some } from "./products.js";
import {
  charactersOf,
  contains,
  endsWith,
  indexOf,
  join,
  lastIndexOf,
  pad,
  replaceAll,
  slice,
  splitParts,
  startsWith,
  substring,
  toLower,
  toUpper,
  trim,
  trimEnd,
  trimStart,
} from "./string-operations.js";
import { trimmedStart } from "./white-space.js";

function stringList(context: NativeContext, parts: readonly string[]): List {
  return listOfArray(parts, context);
}

/** For comparing without regard to letter case: close to Unicode's full folding, which upper and then lower case give but for two letters. */
function folded(text: string): string {
  return text
    .split("ı")
    .map((part) => part.toUpperCase().toLowerCase())
    .join("ı")
    .replaceAll("ς", "σ");
}

function compareIgnoreCase(context: NativeContext, a: string, b: string): number {
  chargeText(context, a.length + b.length);
  const [left, right] = [folded(a), folded(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function reversed(context: NativeContext, text: string): string {
  chargeText(context, text.length);
  allocateString(context, text.length);
  return joinedTexts(context, charactersOf(context, text).reverse(), "");
}

export function stringModule(prelude: Prelude): HostModule {
  const callback = prelude.file("string");
  return hostModule("String", {
    length: native(
      "string -> int",
      "Number of UTF-16 units.",
      (_: NativeContext, text: string) => text.length,
    ),
    isEmpty: native(
      "string -> bool",
      "Whether the text has no units.",
      (_: NativeContext, text: string) => text === "",
    ),
    isBlank: native(
      "string -> bool",
      "Whether the text is empty or only white space.",
      (context: NativeContext, text: string) => {
        chargeText(context, text.length);
        return trimmedStart(text) === text.length;
      },
    ),
    trim: native("string -> string", "Without white space at both ends.", trim),
    trimStart: native("string -> string", "Without white space at the start.", trimStart),
    trimEnd: native("string -> string", "Without white space at the end.", trimEnd),
    toLower: native("string -> string", "In lower case, by Unicode's full mapping.", toLower),
    toUpper: native("string -> string", "In upper case, by Unicode's full mapping.", toUpper),
    split: native(
      "string -> string -> string list",
      "Parts between the places of a delimiter: delimiter, text.",
      (context: NativeContext, delimiter: string, text: string) =>
        stringList(context, splitParts(context, delimiter, text)),
    ),
    concat: overloaded(
      "The texts in one, with a separator between them or, when a list comes first, without.",
      "concat.separator",
      "concat.list",
    ),
    "concat.separator": {
      ...prelude.file("materialising")("string -> seq<string> -> string", "", "joinTexts"),
      hidden: true,
    },
    "concat.list": hidden("string list -> string", (context: NativeContext, texts: List) =>
      join(context, "", arrayOfList(texts, context)),
    ),
    join: native(
      "string -> string list -> string",
      "The texts in one, with a separator between them.",
      (context: NativeContext, separator: string, texts: List) =>
        join(context, separator, arrayOfList(texts, context)),
    ),
    contains: native("string -> string -> bool", "Whether the first text occurs in the second.", contains),
    startsWith: native(
      "string -> string -> bool",
      "Whether the second text starts with the first.",
      startsWith,
    ),
    endsWith: native("string -> string -> bool", "Whether the second text ends with the first.", endsWith),
    format: native(
      "string -> any list -> string",
      "The format with its %s, %d and %f filled in from the list.",
      (context: NativeContext, format: string, args: List) =>
        formatList(context, format, arrayOfList(args, context)),
    ),
    toInt: native(
      "string -> int option",
      "The int that the text is, or None.",
      (context: NativeContext, text: string) => {
        chargeText(context, text.length);
        return optional(context, int64.parse(text));
      },
    ),
    ofInt: native("int -> string", "The int in decimal.", (context: NativeContext, value: Int) => {
      const text = String(value);
      allocateString(context, text.length);
      return text;
    }),
    toFloat: native(
      "string -> float option",
      "The float that the text is, or None.",
      (context: NativeContext, text: string) => {
        chargeText(context, text.length);
        return optional(context, parseFloat64(text));
      },
    ),
    replicate: native(
      "int -> string -> string",
      "The text so many times.",
      (context: NativeContext, count: Int, text: string) => {
        requireNotNegative(context, "String.replicate", count);
        const units = Number(count) * text.length;
        allocateString(context, units);
        chargeText(context, units);
        return units === 0 ? "" : text.repeat(Number(count));
      },
    ),
    replace: native(
      "string -> string -> string -> string",
      "Every place of the first text replaced by the second in the third.",
      (context: NativeContext, old: string, replacement: string, text: string) => {
        if (old === "") throw context.fail("FUS0516", "String.replace: the text to replace is empty");
        return replaceAll(context, old, replacement, text);
      },
    ),
    substring: native(
      "int -> int -> string -> string",
      "So many units from a start: start, length, text.",
      (context: NativeContext, start: Int, length: Int, text: string) =>
        substring(context, "String.substring", start, length, text),
    ),
    slice: native(
      "int -> int -> string -> string",
      "From a start up to an end, cut to fit: start, end, text.",
      (context: NativeContext, start: Int, end: Int, text: string) => {
        const first = clampIndex(start, text.length);
        return slice(context, text, first, Math.max(clampIndex(end, text.length), first));
      },
    ),
    indexOf: native(
      "string -> string -> int option",
      "First place of the first text in the second.",
      (context: NativeContext, needle: string, text: string) => {
        const index = indexOf(context, needle, text);
        return index < 0 ? NONE : some(context, index);
      },
    ),
    lastIndexOf: native(
      "string -> string -> int option",
      "Last place of the first text in the second.",
      (context: NativeContext, needle: string, text: string) => {
        const index = lastIndexOf(context, needle, text);
        return index < 0 ? NONE : some(context, index);
      },
    ),
    padLeft: native(
      "int -> string -> string",
      "Blanks on the left up to the width.",
      (context: NativeContext, width: Int, text: string) => pad(context, width, text, "left"),
    ),
    padRight: native(
      "int -> string -> string",
      "Blanks on the right up to the width.",
      (context: NativeContext, width: Int, text: string) => pad(context, width, text, "right"),
    ),
    rev: native("string -> string", "Backwards; surrogate pairs stay whole.", reversed),
    lines: native(
      "string -> string list",
      "The lines, split at LF and CRLF; a final line end adds nothing.",
      (context: NativeContext, text: string) => stringList(context, linesOf(context, text)),
    ),
    chars: native("string -> char list", "The units as chars.", (context: NativeContext, text: string) => {
      chargeText(context, text.length);
      return listOfArray(unitsOf(context, text), context);
    }),
    ofChars: native(
      "char list -> string",
      "The text of these units.",
      (context: NativeContext, chars: List) =>
        chars === NIL ? "" : join(context, "", arrayOfList(chars, context)),
    ),
    compareIgnoreCase: native(
      "string -> string -> int",
      "-1, 0 or 1, without regard to letter case.",
      compareIgnoreCase,
    ),
    collect: callback(
      "(char -> string) -> string -> string",
      "The results of the function for every char, in one.",
      "collect",
    ),
    exists: callback(
      "(char -> bool) -> string -> bool",
      "Whether the predicate holds for some char.",
      "exists",
    ),
    forall: callback(
      "(char -> bool) -> string -> bool",
      "Whether the predicate holds for every char.",
      "forall",
    ),
    filter: callback(
      "(char -> bool) -> string -> string",
      "The chars that the predicate holds for.",
      "filter",
    ),
    init: callback(
      "int -> (int -> string) -> string",
      "The results of the function for 0, 1, …, in one.",
      "init",
    ),
    iter: callback("(char -> unit) -> string -> unit", "Calls the function with every char.", "iter"),
    iteri: callback(
      "(int -> char -> unit) -> string -> unit",
      "Calls the function with every index and char.",
      "iteri",
    ),
    map: callback(
      "(char -> char) -> string -> string",
      "Every char replaced by the function's result.",
      "map",
    ),
    mapi: callback(
      "(int -> char -> char) -> string -> string",
      "Every char replaced by the function's result for its index and itself.",
      "mapi",
    ),
  });
}
