import { trimmedEnd, trimmedStart } from "./white-space.js";

const FLOAT = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/** The float that a text is: blanks around, a sign, decimal or exponent form; or `NaN`, `Infinity`, `-Infinity`. Undefined for other texts. */
export function parseFloat64(text: string): number | undefined {
  const start = trimmedStart(text);
  const trimmed = text.slice(start, trimmedEnd(text, start));
  if (trimmed === "NaN") return Number.NaN;
  if (trimmed === "Infinity") return Number.POSITIVE_INFINITY;
  if (trimmed === "-Infinity") return Number.NEGATIVE_INFINITY;
  return FLOAT.test(trimmed) ? Number(trimmed) : undefined;
}
