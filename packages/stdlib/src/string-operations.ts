/** What is done with texts, charged and allocated: shared by the module `String`, the members of strings, and files. */
import { type NativeContext, STRING_BYTES, type Value } from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import type { Int } from "./declaration.js";
import { outOfRange, requireNotNegative } from "./failure.js";
import { joinedTexts, Pace } from "./pieces.js";
import { countPlaces, firstPlace, lastPlace, partsBetween } from "./text-search.js";
import { trimmedEnd, trimmedStart } from "./white-space.js";

/** A part of a text, as a value of the program. */
export function slice(context: NativeContext, text: string, start: number, end: number): string {
  context.charge(1);
  allocateString(context, end - start);
  return text.slice(start, end);
}

function mapped(context: NativeContext, text: string, result: string): string {
  chargeText(context, text.length);
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
  chargeText(context, text.length);
  return firstPlace(context, text, needle) >= 0;
}

export function startsWith(context: NativeContext, prefix: string, text: string): boolean {
  chargeText(context, prefix.length);
  return text.startsWith(prefix);
}

export function endsWith(context: NativeContext, suffix: string, text: string): boolean {
  chargeText(context, suffix.length);
  return text.endsWith(suffix);
}

/** Texts up to which parts are cut before they are paid for: even if all of them were empty, they would take less than this many bytes. */
const SMALL = 2 ** 26;

/** Parts between the places of a delimiter; the empty delimiter splits between all characters and adds an empty part at both ends. */
export function splitParts(context: NativeContext, delimiter: string, text: string): string[] {
  chargeText(context, text.length);
  if (delimiter === "") {
    payForParts(context, text, text.length + 2);
    return ["", ...charactersOf(context, text), ""];
  }
  if (text.length * STRING_BYTES < Math.min(SMALL, context.largestBytes)) {
    const parts = partsBetween(context, text, delimiter);
    payForParts(context, text, parts.length);
    return parts;
  }
  // The parts can take far more than the text.
  payForParts(context, text, countPlaces(context, text, delimiter) + 1);
  return partsBetween(context, text, delimiter);
}

function payForParts(context: NativeContext, text: string, count: number): void {
  context.charge(count);
  allocateString(context, text.length, count);
}

/** The characters of a text, surrogate pairs whole. */
export function charactersOf(context: NativeContext, text: string): string[] {
  const characters: string[] = [];
  const pace = new Pace(context);
  for (const character of text) {
    characters.push(character);
    pace.did(1);
  }
  return characters;
}

/** The texts with a separator between them. */
export function join(context: NativeContext, separator: string, texts: readonly Value[]): string {
  context.charge(texts.length);
  let units = separator.length * Math.max(texts.length - 1, 0);
  const pace = new Pace(context);
  for (const text of texts) {
    units += (text as string).length;
    pace.did(1);
  }
  allocateString(context, units);
  chargeText(context, units);
  return joinedTexts(context, texts as readonly string[], separator);
}

/** Every place of `old` replaced, left to right, without overlap. */
export function replaceAll(context: NativeContext, old: string, replacement: string, text: string): string {
  chargeText(context, text.length);
  const places = countPlaces(context, text, old);
  const units = text.length + places * (replacement.length - old.length);
  allocateString(context, units);
  // The parts between, which are joined and gone.
  context.allocate(places * STRING_BYTES);
  chargeText(context, units);
  return joinedTexts(context, partsBetween(context, text, old), replacement);
}

export function indexOf(context: NativeContext, needle: string, text: string, from: number = 0): number {
  chargeText(context, text.length - from);
  return firstPlace(context, text, needle, from);
}

export function lastIndexOf(context: NativeContext, needle: string, text: string): number {
  chargeText(context, text.length);
  return lastPlace(context, text, needle);
}

/** Blanks, or other fillers, on one side up to the width. */
export function pad(
  context: NativeContext,
  width: Int,
  text: string,
  side: "left" | "right",
  filler: string = " ",
): string {
  if (width <= text.length) return text;
  allocateString(context, Number(width));
  chargeText(context, Number(width));
  return side === "left" ? text.padStart(Number(width), filler) : text.padEnd(Number(width), filler);
}

export function trim(context: NativeContext, text: string): string {
  chargeText(context, text.length);
  const start = trimmedStart(text);
  return slice(context, text, start, trimmedEnd(text, start));
}

export function trimStart(context: NativeContext, text: string): string {
  chargeText(context, text.length);
  return slice(context, text, trimmedStart(text), text.length);
}

export function trimEnd(context: NativeContext, text: string): string {
  chargeText(context, text.length);
  return slice(context, text, 0, trimmedEnd(text, 0));
}

/** Start and length inside the text, or the error of `name`. */
export function substring(
  context: NativeContext,
  name: string,
  start: Int,
  length: Int,
  text: string,
): string {
  if (start < 0 || start > text.length) throw outOfRange(context, name, start, text.length);
  requireNotNegative(context, name, length, "length");
  const end = BigInt(start) + BigInt(length);
  if (end > text.length) throw outOfRange(context, name, end, text.length);
  return slice(context, text, Number(start), Number(end));
}
