import { STRING_BYTES, UNIT_BYTES } from "../../values/size.js";
import { displayV1 } from "../display.js";
import { typeMismatch } from "../failure.js";
import type { LibraryContext } from "../library-context.js";
import { asString, elementsOf, type Functions, fn, newList } from "./declaration.js";
import { format } from "./format.js";

const WHITE_SPACE = /^\p{White_Space}$/u;

/** The text that a function works on comes last. Lengths count code points. */
export const stringFunctions: Functions = {
  "String.length": fn(1, (context, value) => {
    let count = 0;
    for (const _ of paid(context, asString(value))) count++;
    return count;
  }),
  "String.trim": fn(1, (context, value) => made(context, trim(paid(context, asString(value))))),
  "String.toLower": fn(1, (context, value) => made(context, paid(context, asString(value)).toLowerCase())),
  "String.toUpper": fn(1, (context, value) => made(context, paid(context, asString(value)).toUpperCase())),
  "String.split": fn(2, (context, delimiter, value) => {
    const separator = asString(delimiter);
    const text = paid(context, asString(value));
    const parts = separator === "" ? ["", ...text, ""] : text.split(separator);
    context.meter.allocate(parts.length * STRING_BYTES + text.length * UNIT_BYTES);
    return newList(context, parts);
  }),
  "String.concat": fn(1, (context, list) => {
    let units = 0;
    const parts = elementsOf(context, list).map((part) => {
      if (typeof part !== "string") throw typeMismatch("string list", "list with non-string elements");
      units += part.length;
      return part;
    });
    context.meter.charge(units >> 4);
    context.meter.joinString(units, units);
    return parts.join("");
  }),
  "String.contains": fn(2, (context, needle, value) => {
    const part = asString(needle);
    return paid(context, asString(value)).includes(part);
  }),
  "String.startsWith": fn(2, (_, prefix, value) => {
    const part = asString(prefix);
    return asString(value).startsWith(part);
  }),
  "String.endsWith": fn(2, (_, suffix, value) => {
    const part = asString(suffix);
    return asString(value).endsWith(part);
  }),
  "String.format": fn(2, (context, pattern, args) => format(context, asString(pattern), args)),
  sprintf: fn(2, (context, pattern, args) => format(context, asString(pattern), args)),
  print: fn(
    1,
    (context, value) => {
      context.write("stdout", displayV1(value, context.meter));
      return undefined;
    },
    "stdout:write",
  ),
  printfn: fn(
    1,
    (context, value) => {
      context.write("stdout", `${displayV1(value, context.meter)}\n`);
      return undefined;
    },
    "stdout:write",
  ),
};

/** Charges for looking at all of a text. */
function paid(context: LibraryContext, text: string): string {
  context.meter.charge(text.length >> 4);
  return text;
}

function made(context: LibraryContext, text: string): string {
  context.meter.allocate(STRING_BYTES + text.length * UNIT_BYTES);
  return text;
}

function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start++;
  while (end > start && WHITE_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
