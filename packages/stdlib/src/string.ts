/** The module `String`. Positions and lengths count UTF-16 units; nothing depends on a locale; the text comes last. */
import { arrayOfList, type HostModule, hostModule, type List, listOfArray, type NativeContext, NIL, NONE, int64, type Value } from "@fusabi/vm";
import { allocateString } from "./allocation.js";
import { elementsOf } from "./collection.js";
import { hidden, type Int, native, overloaded } from "./declaration.js";
import { clampIndex, outOfRange, requireNotNegative } from "./failure.js";
import { formatList } from "./list-format.js";
import { parseFloat64 } from "./float-parsing.js";
import { optional, some } from "./products.js";
import type { Prelude } from "./prelude.js";
import { trimmedEnd, trimmedStart } from "./white-space.js";

/** A part of a text, as a value of the program. */
export function slice(context: NativeContext, text: string, start: number, end: number): string {
  context.charge(1);
  allocateString(context, end - start);
  return text.slice(start, end);
}

function mapped(context: NativeContext, text: string, result: string): string {
  context.charge(text.length);
  allocateString(context, result.length);
  return result;
}

export function toLower(context: NativeContext, text: string): string {
  return mapped(context, text, text.toLowerCase());
}

export function toUpper(context: NativeContext, text: string): string {
  return mapped(context, text, text.toUpperCase());
}

export function contains(context: NativeContext, needle: string, text: string): boolean {
  context.charge(text.length);
  return text.includes(needle);
}

export function startsWith(context: NativeContext, prefix: string, text: string): boolean {
  context.charge(prefix.length);
  return text.startsWith(prefix);
}

export function endsWith(context: NativeContext, suffix: string, text: string): boolean {
  context.charge(suffix.length);
  return text.endsWith(suffix);
}

/** Parts between the places of a delimiter; the empty delimiter splits between all characters and adds an empty part at both ends. */
export function splitParts(context: NativeContext, delimiter: string, text: string): string[] {
  context.charge(text.length + 1);
  const parts = delimiter === "" ? ["", ...text, ""] : text.split(delimiter);
  context.charge(parts.length);
  allocateString(context, text.length, parts.length);
  return parts;
}

/** The texts with a separator between them. */
export function join(context: NativeContext, separator: string, texts: readonly Value[]): string {
  context.charge(texts.length);
  let units = separator.length * Math.max(texts.length - 1, 0);
  for (const text of texts) units += (text as string).length;
  context.charge(units);
  allocateString(context, units);
  return texts.join(separator);
}

/** Every place of `old` replaced, left to right, without overlap. */
export function replaceAll(context: NativeContext, old: string, replacement: string, text: string): string {
  context.charge(text.length);
  let places = 0;
  for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length)) places++;
  const units = text.length + places * (replacement.length - old.length);
  context.charge(units);
  allocateString(context, units);
  return text.split(old).join(replacement);
}

export function indexOf(context: NativeContext, needle: string, text: string, from: number = 0): number {
  context.charge(text.length - from);
  return text.indexOf(needle, from);
}

export function lastIndexOf(context: NativeContext, needle: string, text: string): number {
  context.charge(text.length);
  return text.lastIndexOf(needle);
}

/** Blanks, or other fillers, on one side up to the width. */
export function pad(context: NativeContext, width: Int, text: string, side: "left" | "right", filler: string = " "): string {
  if (width <= text.length) return text;
  allocateString(context, Number(width));
  context.charge(Number(width));
  return side === "left" ? text.padStart(Number(width), filler) : text.padEnd(Number(width), filler);
}

export function trim(context: NativeContext, text: string): string {
  context.charge(text.length);
  const start = trimmedStart(text);
  return slice(context, text, start, trimmedEnd(text, start));
}

export function trimStart(context: NativeContext, text: string): string {
  context.charge(text.length);
  return slice(context, text, trimmedStart(text), text.length);
}

export function trimEnd(context: NativeContext, text: string): string {
  context.charge(text.length);
  return slice(context, text, 0, trimmedEnd(text, 0));
}

/** Start and length inside the text, or the error of `name`. */
export function substring(context: NativeContext, name: string, start: Int, length: Int, text: string): string {
  if (start < 0 || start > text.length) throw outOfRange(context, name, start, text.length);
  requireNotNegative(context, name, length, "length");
  const end = BigInt(start) + BigInt(length);
  if (end > text.length) throw outOfRange(context, name, end, text.length);
  return slice(context, text, Number(start), Number(end));
}

function stringList(context: NativeContext, parts: readonly string[]): List {
  return listOfArray(parts, context);
}

function lines(context: NativeContext, text: string): List {
  const parts = splitParts(context, "\n", text).map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  // What follows the last line feed is a line only if there is something; a carriage return alone is text.
  if (text === "" || text.endsWith("\n")) parts.pop();
  else parts[parts.length - 1] = text.slice(text.lastIndexOf("\n") + 1);
  return stringList(context, parts);
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
  context.charge(a.length + b.length);
  const [left, right] = [folded(a), folded(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function reversed(context: NativeContext, text: string): string {
  context.charge(text.length);
  allocateString(context, text.length);
  return [...text].reverse().join("");
}

export function stringModule(prelude: Prelude): HostModule {
  const callback = prelude.file("string");
  return hostModule("String", {
    length: native("string -> int", "Number of UTF-16 units.", (_: NativeContext, text: string) => text.length),
    isEmpty: native("string -> bool", "Whether the text has no units.", (_: NativeContext, text: string) => text === ""),
    isBlank: native("string -> bool", "Whether the text is empty or only white space.", (context: NativeContext, text: string) => {
      context.charge(text.length);
      return trimmedStart(text) === text.length;
    }),
    trim: native("string -> string", "Without white space at both ends.", trim),
    trimStart: native("string -> string", "Without white space at the start.", trimStart),
    trimEnd: native("string -> string", "Without white space at the end.", trimEnd),
    toLower: native("string -> string", "In lower case, by Unicode's full mapping.", toLower),
    toUpper: native("string -> string", "In upper case, by Unicode's full mapping.", toUpper),
    split: native("string -> string -> string list", "Parts between the places of a delimiter: delimiter, text.", (context: NativeContext, delimiter: string, text: string) =>
      stringList(context, splitParts(context, delimiter, text)),
    ),
    concat: overloaded("The texts in one, with a separator between them or, when a list comes first, without.", "concat.separator", "concat.list"),
    "concat.separator": hidden("string -> seq<string> -> string", (context: NativeContext, separator: string, texts: Value) => join(context, separator, elementsOf(context, texts))),
    "concat.list": hidden("string list -> string", (context: NativeContext, texts: List) => join(context, "", arrayOfList(texts, context))),
    join: native("string -> string list -> string", "The texts in one, with a separator between them.", (context: NativeContext, separator: string, texts: List) =>
      join(context, separator, arrayOfList(texts, context)),
    ),
    contains: native("string -> string -> bool", "Whether the first text occurs in the second.", contains),
    startsWith: native("string -> string -> bool", "Whether the second text starts with the first.", startsWith),
    endsWith: native("string -> string -> bool", "Whether the second text ends with the first.", endsWith),
    format: native("string -> any list -> string", "The format with its %s, %d and %f filled in from the list.", (context: NativeContext, format: string, args: List) =>
      formatList(context, format, arrayOfList(args, context)),
    ),
    toInt: native("string -> int option", "The int that the text is, or None.", (context: NativeContext, text: string) => {
      context.charge(text.length);
      return optional(context, int64.parse(text));
    }),
    ofInt: native("int -> string", "The int in decimal.", (context: NativeContext, value: Int) => {
      const text = String(value);
      allocateString(context, text.length);
      return text;
    }),
    toFloat: native("string -> float option", "The float that the text is, or None.", (context: NativeContext, text: string) => {
      context.charge(text.length);
      return optional(context, parseFloat64(text));
    }),
    replicate: native("int -> string -> string", "The text so many times.", (context: NativeContext, count: Int, text: string) => {
      requireNotNegative(context, "String.replicate", count);
      const units = Number(count) * text.length;
      allocateString(context, units);
      context.charge(units);
      return units === 0 ? "" : text.repeat(Number(count));
    }),
    replace: native("string -> string -> string -> string", "Every place of the first text replaced by the second in the third.", (context: NativeContext, old: string, replacement: string, text: string) => {
      if (old === "") throw context.fail("FUS0516", "String.replace: the text to replace is empty");
      return replaceAll(context, old, replacement, text);
    }),
    substring: native("int -> int -> string -> string", "So many units from a start: start, length, text.", (context: NativeContext, start: Int, length: Int, text: string) =>
      substring(context, "String.substring", start, length, text),
    ),
    slice: native("int -> int -> string -> string", "From a start up to an end, cut to fit: start, end, text.", (context: NativeContext, start: Int, end: Int, text: string) => {
      const first = clampIndex(start, text.length);
      return slice(context, text, first, Math.max(clampIndex(end, text.length), first));
    }),
    indexOf: native("string -> string -> int option", "First place of the first text in the second.", (context: NativeContext, needle: string, text: string) => {
      const index = indexOf(context, needle, text);
      return index < 0 ? NONE : some(context, index);
    }),
    lastIndexOf: native("string -> string -> int option", "Last place of the first text in the second.", (context: NativeContext, needle: string, text: string) => {
      const index = lastIndexOf(context, needle, text);
      return index < 0 ? NONE : some(context, index);
    }),
    padLeft: native("int -> string -> string", "Blanks on the left up to the width.", (context: NativeContext, width: Int, text: string) => pad(context, width, text, "left")),
    padRight: native("int -> string -> string", "Blanks on the right up to the width.", (context: NativeContext, width: Int, text: string) => pad(context, width, text, "right")),
    rev: native("string -> string", "Backwards; surrogate pairs stay whole.", reversed),
    lines: native("string -> string list", "The lines, split at LF and CRLF; a final line end adds nothing.", lines),
    chars: native("string -> char list", "The units as chars.", (context: NativeContext, text: string) => {
      context.charge(text.length);
      return listOfArray(text.split(""), context);
    }),
    ofChars: native("char list -> string", "The text of these units.", (context: NativeContext, chars: List) => (chars === NIL ? "" : join(context, "", arrayOfList(chars, context)))),
    compareIgnoreCase: native("string -> string -> int", "-1, 0 or 1, without regard to letter case.", compareIgnoreCase),
    collect: callback("(char -> string) -> string -> string", "The results of the function for every char, in one.", "collect"),
    exists: callback("(char -> bool) -> string -> bool", "Whether the predicate holds for some char.", "exists"),
    forall: callback("(char -> bool) -> string -> bool", "Whether the predicate holds for every char.", "forall"),
    filter: callback("(char -> bool) -> string -> string", "The chars that the predicate holds for.", "filter"),
    init: callback("int -> (int -> string) -> string", "The results of the function for 0, 1, …, in one.", "init"),
    iter: callback("(char -> unit) -> string -> unit", "Calls the function with every char.", "iter"),
    iteri: callback("(int -> char -> unit) -> string -> unit", "Calls the function with every index and char.", "iteri"),
    map: callback("(char -> char) -> string -> string", "Every char replaced by the function's result.", "map"),
    mapi: callback("(int -> char -> char) -> string -> string", "Every char replaced by the function's result for its index and itself.", "mapi"),
  });
}

