/** What is done with texts, charged and allocated: shared by the module `String`, the members of strings, and files. */
import type { NativeContext, Value } from "@fusabi/vm";
import { allocateString } from "./allocation.js";
import type { Int } from "./declaration.js";
import { outOfRange, requireNotNegative } from "./failure.js";
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
