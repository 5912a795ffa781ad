/** Formats filled in from a list, as `String.format` and `sprintf` with a list do it: upstream's rules, not those of F#. */
import {
  BoxedFloat,
  display,
  fixedPoint,
  floatText,
  kindOf,
  MAX_PRECISION,
  type NativeContext,
  type Value,
} from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import type { Int } from "./declaration.js";

/** `%s`, `%d`, `%f`, `%.Nf` and `%%` filled in from the arguments, in order. */
export function formatList(context: NativeContext, format: string, args: readonly Value[]): string {
  chargeText(context, format.length);
  const fail = (message: string): Error => context.fail("FUS0514", message);
  let used = 0;
  const next = (): Value => {
    if (used === args.length) throw fail("Not enough arguments for format string");
    return args[used++];
  };
  const parts: string[] = [];
  let at = 0;
  while (at < format.length) {
    const percent = format.indexOf("%", at);
    if (percent < 0) break;
    parts.push(format.slice(at, percent));
    const specifier = readSpecifier(format, percent, fail);
    parts.push(specifier.kind === "%" ? "%" : fill(context, specifier, next(), fail));
    at = percent + specifier.length;
  }
  parts.push(format.slice(at));
  if (used < args.length)
    throw fail(`Too many arguments for format string: expected ${used}, got ${args.length}`);
  const text = parts.join("");
  allocateString(context, text.length);
  return text;
}

interface ListSpecifier {
  readonly kind: "s" | "d" | "f" | "%";
  readonly precision: number | undefined;
  /** In units, percent sign included. */
  readonly length: number;
}

function readSpecifier(format: string, percent: number, fail: (message: string) => Error): ListSpecifier {
  const letter = format.charAt(percent + 1);
  switch (letter) {
    case "":
      throw fail("Incomplete format specifier at end of string");
    case "s":
    case "d":
    case "f":
    case "%":
      return { kind: letter, precision: undefined, length: 2 };
    case ".":
      return readPrecision(format, percent, fail);
    default:
      throw fail(`Unknown format specifier: %${String.fromCodePoint(format.codePointAt(percent + 1) ?? 0)}`);
  }
}

function readPrecision(format: string, percent: number, fail: (message: string) => Error): ListSpecifier {
  const digits = /^[0-9]*/.exec(format.slice(percent + 2, percent + 2 + LONGEST_PRECISION))?.[0] ?? "";
  if (digits === "" || Number(digits) > MAX_PRECISION) throw fail("Invalid precision specifier");
  const end = percent + 2 + digits.length;
  if (format.charAt(end) !== "f") throw fail(`Invalid format specifier: %.${digits}`);
  return { kind: "f", precision: Number(digits), length: end + 1 - percent };
}

/** Digits of a precision that are looked at; more are too many for any. */
const LONGEST_PRECISION = 6;

function fill(
  context: NativeContext,
  specifier: ListSpecifier,
  value: Value,
  fail: (message: string) => Error,
): string {
  switch (specifier.kind) {
    case "d":
      if (typeof value === "bigint" || Number.isInteger(value)) return String(value);
      throw fail(`Expected int for %d, got ${kindOf(value)}`);
    case "f": {
      const text = listFixed(value, specifier.precision);
      if (text !== undefined) return text;
      const written = specifier.precision === undefined ? "%f" : `%.${specifier.precision}f`;
      throw fail(`Expected float for ${written}, got ${kindOf(value)}`);
    }
    default:
      return display(value, (units) => context.charge(units));
  }
}

/** `%f` or `%.Nf` of the list form; undefined for what is no number. */
export function listFixed(value: Value, precision: number | undefined): string | undefined {
  if (typeof value === "bigint" || Number.isInteger(value)) return formatInt(value as Int, precision);
  const float = value instanceof BoxedFloat ? value.value : value;
  return typeof float === "number" ? formatFloat(float, precision) : undefined;
}

function formatInt(value: Int, precision: number | undefined): string {
  const digits = precision ?? 1;
  return digits === 0 ? String(value) : `${value}.${"0".repeat(digits)}`;
}

function formatFloat(value: number, precision: number | undefined): string {
  if (precision === undefined || !Number.isFinite(value)) return floatText(value);
  return fixedHalfEven(value, precision);
}

/** So many digits behind the point; a value exactly between two of them goes to the even one. */
function fixedHalfEven(value: number, precision: number): string {
  const away = fixedPoint(value, precision);
  const last = Number(away.at(-1));
  if (precision === MAX_PRECISION || last % 2 === 0) return away;
  // Between two exactly: behind the digits stands a 5, and then only zeros.
  const exact = fixedPoint(value, MAX_PRECISION);
  const rest = exact.slice(exact.indexOf(".") + 1 + precision);
  if (!/^50*$/.test(rest)) return away;
  // Rounding went away from zero to an odd digit, so cutting gives the even one.
  return precision === 0
    ? exact.slice(0, exact.indexOf("."))
    : exact.slice(0, exact.indexOf(".") + 1 + precision);
}
