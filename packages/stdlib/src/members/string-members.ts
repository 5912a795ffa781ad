/** The members of strings, `s.Length` and the like: the object first, then the arguments; the meaning is .NET's. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  type List,
  type NativeContext,
  type Product,
  positionException,
  type Value,
} from "@fusabi/vm";
import { allocateArray, chargeText } from "../allocation.js";
import { unitsOf } from "../collection.js";
import { hidden, type Int, native, overloaded } from "../declaration.js";
import {
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
  toLower,
  toUpper,
  trim,
  trimEnd,
  trimStart,
} from "../string-operations.js";
import { trimmedEnd, trimmedStart } from "../white-space.js";
import { sliceBounds } from "./slice-bounds.js";

type Ends = "both" | "start" | "end";

/** Without these units at the ends; without any given, white space, as in .NET. */
function trimUnits(context: NativeContext, text: string, units: readonly Value[], ends: Ends): string {
  if (units.length === 0)
    return ends === "both"
      ? trim(context, text)
      : ends === "start"
        ? trimStart(context, text)
        : trimEnd(context, text);
  chargeText(context, text.length);
  const dropped = new Set(units.map((unit) => (unit as string).charCodeAt(0)));
  const drop = (unit: number): boolean => dropped.has(unit);
  const start = ends === "end" ? 0 : trimmedStart(text, drop);
  return slice(context, text, start, ends === "start" ? text.length : trimmedEnd(text, start, drop));
}

function trimForms(name: string, ends: Ends): Readonly<Record<string, ReturnType<typeof hidden>>> {
  return {
    [`${name}.blank`]: hidden("string -> unit -> string", (context: NativeContext, text: string) =>
      trimUnits(context, text, [], ends),
    ),
    [`${name}.char`]: hidden(
      "string -> char -> string",
      (context: NativeContext, text: string, unit: string) => trimUnits(context, text, [unit], ends),
    ),
    [`${name}.chars`]: hidden(
      "string -> char array -> string",
      (context: NativeContext, text: string, units: Value[]) => trimUnits(context, text, units, ends),
    ),
    [`${name}.list`]: hidden(
      "string -> char list -> string",
      (context: NativeContext, text: string, units: List) =>
        trimUnits(context, text, arrayOfList(units, context), ends),
    ),
    [`${name}.two`]: hidden(
      "string -> char -> char -> string",
      (context: NativeContext, text: string, ...units: string[]) => trimUnits(context, text, units, ends),
    ),
    [`${name}.three`]: hidden(
      "string -> char -> char -> char -> string",
      (context: NativeContext, text: string, ...units: string[]) => trimUnits(context, text, units, ends),
    ),
  };
}

const trimFormNames = (name: string): readonly string[] =>
  ["blank", "char", "chars", "list", "two", "three"].map((form) => `${name}.${form}`);

function parts(context: NativeContext, texts: string[]): Value[] {
  allocateArray(context, texts.length);
  return texts;
}

/** Between the places of any of the separators, the longest first where several fit; white space when none is given, the whole when it is empty. */
function splitAtAny(context: NativeContext, text: string, separators: readonly string[]): Value[] {
  const wanted = separators.filter((one) => one !== "");
  if (separators.length > 0 && wanted.length === 0) return parts(context, [text]);
  if (wanted.length === 1) return parts(context, splitParts(context, wanted[0] ?? "", text));
  const found: string[] = [];
  // At every place each separator may be looked at as a whole.
  const cost = 1 + wanted.length + (wanted.reduce((units, one) => units + one.length, 0) >> 3);
  let from = 0;
  let at = 0;
  while (at < text.length) {
    context.charge(cost);
    const length = separatorAt(text, at, wanted);
    if (length === 0) {
      at++;
      continue;
    }
    found.push(slice(context, text, from, at));
    at += length;
    from = at;
  }
  found.push(slice(context, text, from, text.length));
  return parts(context, found);
}

/** Length of the separator that stands at a place, or 0. */
function separatorAt(text: string, at: number, separators: readonly string[]): number {
  if (separators.length === 0) return trimmedStart(text.charAt(at));
  return separators.find((one) => text.startsWith(one, at))?.length ?? 0;
}

/** The units from a start on, of that length, or the error of the language. */
function part(context: NativeContext, text: string, start: Int, length: Int): string {
  if (start < 0 || start > text.length) throw outside(start, text.length);
  if (length < 0) throw outside(length, text.length);
  const end = BigInt(start) + BigInt(length);
  if (end > text.length) throw outside(end, text.length);
  return slice(context, text, Number(start), Number(end));
}

function outside(index: Int, length: number): ReturnType<typeof positionException> {
  return positionException(`Index ${index} is outside 0..${length}`);
}

function insert(context: NativeContext, text: string, index: Int, inserted: string): string {
  if (index < 0 || index > text.length) throw outside(index, text.length);
  return join(context, "", [text.slice(0, Number(index)), inserted, text.slice(Number(index))]);
}

function replace(context: NativeContext, text: string, old: string, replacement: string): string {
  if (old === "") throw context.fail("FUS0516", "String.Replace: the text to replace is empty");
  return replaceAll(context, old, replacement, text);
}

/** Padding with a filler of the program. */
function padForms(name: string, side: "left" | "right"): Readonly<Record<string, ReturnType<typeof hidden>>> {
  return {
    [`${name}.blank`]: hidden("string -> int -> string", (context: NativeContext, text: string, width: Int) =>
      pad(context, width, text, side),
    ),
    [`${name}.char`]: hidden(
      "string -> int -> char -> string",
      (context: NativeContext, text: string, width: Int, filler: string) =>
        pad(context, width, text, side, filler),
    ),
  };
}

export function stringItem(_: NativeContext, text: string, index: Int): string {
  if (index < 0 || index >= text.length) throw outside(index, text.length - 1);
  return text.charAt(Number(index));
}

export function stringSlice(context: NativeContext, text: string, from: Product, to: Product): string {
  const [start, end] = sliceBounds(from, to, text.length);
  return slice(context, text, start, end);
}

export const stringMembers: HostModule = hostModule("<string>", {
  Length: native("string -> int", "Number of UTF-16 units.", (_: NativeContext, text: string) => text.length),
  Item: native("string -> int -> char", "The char at an index.", stringItem),
  slice: native(
    "string -> int option -> int option -> string",
    "The part between two indexes, both included.",
    stringSlice,
  ),
  ToUpper: native("string -> unit -> string", "In upper case.", toUpper),
  ToLower: native("string -> unit -> string", "In lower case.", toLower),
  ToUpperInvariant: native("string -> unit -> string", "In upper case.", toUpper),
  ToLowerInvariant: native("string -> unit -> string", "In lower case.", toLower),
  Trim: overloaded("Without white space, or the given chars, at both ends.", ...trimFormNames("Trim")),
  ...trimForms("Trim", "both"),
  TrimStart: overloaded(
    "Without white space, or the given chars, at the start.",
    ...trimFormNames("TrimStart"),
  ),
  ...trimForms("TrimStart", "start"),
  TrimEnd: overloaded("Without white space, or the given chars, at the end.", ...trimFormNames("TrimEnd")),
  ...trimForms("TrimEnd", "end"),
  Split: overloaded(
    "Parts between the places of a separator: chars, a text, or an array of either.",
    "Split.char",
    "Split.string",
    "Split.chars",
    "Split.strings",
    "Split.two",
    "Split.three",
    "Split.blank",
  ),
  "Split.char": hidden(
    "string -> char -> string array",
    (context: NativeContext, text: string, separator: string) => splitAtAny(context, text, [separator]),
  ),
  "Split.string": hidden(
    "string -> string -> string array",
    (context: NativeContext, text: string, separator: string) => splitAtAny(context, text, [separator]),
  ),
  "Split.chars": hidden(
    "string -> char array -> string array",
    (context: NativeContext, text: string, separators: string[]) => splitAtAny(context, text, separators),
  ),
  "Split.strings": hidden(
    "string -> string array -> string array",
    (context: NativeContext, text: string, separators: string[]) => splitAtAny(context, text, separators),
  ),
  "Split.two": hidden(
    "string -> char -> char -> string array",
    (context: NativeContext, text: string, ...separators: string[]) => splitAtAny(context, text, separators),
  ),
  "Split.three": hidden(
    "string -> char -> char -> char -> string array",
    (context: NativeContext, text: string, ...separators: string[]) => splitAtAny(context, text, separators),
  ),
  "Split.blank": hidden("string -> unit -> string array", (context: NativeContext, text: string) =>
    splitAtAny(context, text, []),
  ),
  Replace: overloaded("Every place of the first replaced by the second.", "Replace.string", "Replace.char"),
  "Replace.string": hidden("string -> string -> string -> string", replace),
  "Replace.char": hidden("string -> char -> char -> string", replace),
  Contains: overloaded("Whether it occurs in the text.", "Contains.string", "Contains.char"),
  "Contains.string": hidden(
    "string -> string -> bool",
    (context: NativeContext, text: string, needle: string) => contains(context, needle, text),
  ),
  "Contains.char": hidden("string -> char -> bool", (context: NativeContext, text: string, needle: string) =>
    contains(context, needle, text),
  ),
  StartsWith: overloaded("Whether the text starts with it.", "StartsWith.string", "StartsWith.char"),
  "StartsWith.string": hidden(
    "string -> string -> bool",
    (context: NativeContext, text: string, prefix: string) => startsWith(context, prefix, text),
  ),
  "StartsWith.char": hidden(
    "string -> char -> bool",
    (context: NativeContext, text: string, prefix: string) => startsWith(context, prefix, text),
  ),
  EndsWith: overloaded("Whether the text ends with it.", "EndsWith.string", "EndsWith.char"),
  "EndsWith.string": hidden(
    "string -> string -> bool",
    (context: NativeContext, text: string, suffix: string) => endsWith(context, suffix, text),
  ),
  "EndsWith.char": hidden("string -> char -> bool", (context: NativeContext, text: string, suffix: string) =>
    endsWith(context, suffix, text),
  ),
  IndexOf: overloaded(
    "The first place of it, from an index on if one is given; -1 when there is none.",
    "IndexOf.string",
    "IndexOf.char",
    "IndexOf.string.from",
    "IndexOf.char.from",
  ),
  "IndexOf.string": hidden(
    "string -> string -> int",
    (context: NativeContext, text: string, needle: string) => indexOf(context, needle, text),
  ),
  "IndexOf.char": hidden("string -> char -> int", (context: NativeContext, text: string, needle: string) =>
    indexOf(context, needle, text),
  ),
  "IndexOf.string.from": hidden("string -> string -> int -> int", indexFrom),
  "IndexOf.char.from": hidden("string -> char -> int -> int", indexFrom),
  LastIndexOf: overloaded(
    "The last place of it; -1 when there is none.",
    "LastIndexOf.string",
    "LastIndexOf.char",
  ),
  "LastIndexOf.string": hidden(
    "string -> string -> int",
    (context: NativeContext, text: string, needle: string) => lastIndexOf(context, needle, text),
  ),
  "LastIndexOf.char": hidden(
    "string -> char -> int",
    (context: NativeContext, text: string, needle: string) => lastIndexOf(context, needle, text),
  ),
  Substring: overloaded(
    "The units from a start on, or so many of them.",
    "Substring.start",
    "Substring.length",
  ),
  "Substring.start": hidden("string -> int -> string", (context: NativeContext, text: string, start: Int) => {
    if (start < 0 || start > text.length) throw outside(start, text.length);
    return slice(context, text, Number(start), text.length);
  }),
  "Substring.length": hidden("string -> int -> int -> string", part),
  Insert: native("string -> int -> string -> string", "With a text put in at the index.", insert),
  Remove: overloaded(
    "Without the units from a start on, or so many of them.",
    "Remove.start",
    "Remove.length",
  ),
  "Remove.start": hidden("string -> int -> string", (context: NativeContext, text: string, start: Int) =>
    part(context, text, 0, start),
  ),
  "Remove.length": hidden(
    "string -> int -> int -> string",
    (context: NativeContext, text: string, start: Int, length: Int) => {
      const removed = part(context, text, start, length);
      return join(context, "", [text.slice(0, Number(start)), text.slice(Number(start) + removed.length)]);
    },
  ),
  PadLeft: overloaded("Filled on the left up to the width.", "PadLeft.blank", "PadLeft.char"),
  ...padForms("PadLeft", "left"),
  PadRight: overloaded("Filled on the right up to the width.", "PadRight.blank", "PadRight.char"),
  ...padForms("PadRight", "right"),
  ToCharArray: native(
    "string -> unit -> char array",
    "The units as an array.",
    (context: NativeContext, text: string) => {
      chargeText(context, text.length);
      return parts(context, unitsOf(context, text));
    },
  ),
});

function indexFrom(context: NativeContext, text: string, needle: string, from: Int): number {
  if (from < 0 || from > text.length) throw outside(from, text.length);
  return indexOf(context, needle, text, Number(from));
}
