/** Format codes of interpolated strings: `{price:F2}`, `{n:N0}`, `{share:P1}`, `{id:000}`. */

import { runtimeException } from "./exception.js";
import { upperExponent } from "./format.js";
import type { Int } from "./int.js";
import { fixedPoint, general, grouped, MAX_PRECISION, scientific } from "./number-format.js";
import type { ExceptionValue } from "./value.js";

/** A code read. `digits` is undefined when the code leaves it open. */
export type FormatCode =
  | { readonly kind: "F" | "N" | "D" | "X" | "x" | "E" | "P" | "G"; readonly digits: number | undefined }
  | { readonly kind: "picture"; readonly picture: Picture };

/** A digit picture: digits that must be shown, digits that may be, groups of thousands, division by thousands. */
export interface Picture {
  /** Digits of the whole part that are always shown. */
  readonly minWhole: number;
  /** Digits behind the point that are always shown, and at most. */
  readonly minFraction: number;
  readonly maxFraction: number;
  readonly grouped: boolean;
  /** Commas that end the whole part; each divides by a thousand. */
  readonly thousands: number;
}

const MAX_PICTURE = 100;

/**
 * Reads a format code; undefined when it is none.
 *
 * @example
 * parseFormatCode("F2"); // { kind: "F", digits: 2 }
 * parseFormatCode("#,##0.00")?.kind; // "picture"
 */
export function parseFormatCode(text: string): FormatCode | undefined {
  const standard = /^([FNDXxEP])(\d{0,3})$|^(G)$/.exec(text);
  if (standard !== null) {
    const digits = standard[2] === undefined || standard[2] === "" ? undefined : Number(standard[2]);
    if (digits !== undefined && digits > MAX_PRECISION) return undefined;
    return { kind: (standard[1] ?? standard[3]) as "F", digits };
  }
  const picture = parsePicture(text);
  return picture === undefined ? undefined : { kind: "picture", picture };
}

function parsePicture(text: string): Picture | undefined {
  if (text.length > MAX_PICTURE || !/^[0#,]*(?:\.[0#]*)?$/.test(text) || !/[0#]/.test(text)) return undefined;
  const [whole = "", fraction = ""] = text.split(".");
  const thousands = /,*$/.exec(whole)?.[0].length ?? 0;
  const placeholders = whole.slice(0, whole.length - thousands);
  const firstZero = placeholders.indexOf("0");
  return {
    minWhole: firstZero < 0 ? 0 : placeholders.slice(firstZero).replaceAll(",", "").length,
    minFraction: fraction.lastIndexOf("0") + 1,
    maxFraction: fraction.length,
    grouped: /[0#],+[0#]/.test(placeholders),
    thousands,
  };
}

/**
 * An int by a code.
 *
 * @example
 * formatIntByCode(1234, { kind: "N", digits: 0 }); // "1,234"
 */
export function formatIntByCode(value: Int, code: FormatCode): string {
  switch (code.kind) {
    case "F":
      return withZeros(value.toString(), code.digits ?? 2);
    case "N":
      return grouped(withZeros(value.toString(), code.digits ?? 2));
    case "D":
      return padDigits(value.toString(), code.digits ?? 0);
    case "X":
      return hexadecimal(value, code.digits).toUpperCase();
    case "x":
      return hexadecimal(value, code.digits);
    case "E":
      return intExponent(value, code.digits ?? 6);
    case "P":
      return `${grouped(withZeros((BigInt(value) * 100n).toString(), code.digits ?? 2))} %`;
    case "G":
      return value.toString();
    case "picture": {
      const digits = value.toString();
      return fillPicture(digits.startsWith("-"), digits.replace("-", ""), 0, code.picture);
    }
  }
}

/**
 * A float by a code. Throws FUS0514 for the codes of ints, `D`, `X` and `x`.
 *
 * @example
 * formatFloatByCode(0.1234, { kind: "P", digits: 1 }); // "12.3 %"
 */
export function formatFloatByCode(value: number, code: FormatCode): string {
  switch (code.kind) {
    case "F":
      return fixedPoint(value, code.digits ?? 2);
    case "N":
      return grouped(fixedPoint(value, code.digits ?? 2));
    case "E":
      return upperExponent(scientific(value, code.digits ?? 6, 3));
    case "P":
      return Number.isFinite(value) ? `${grouped(percent(value, code.digits ?? 2))} %` : String(value);
    case "G":
      return upperExponent(general(value, 0));
    case "picture":
      return Number.isFinite(value) ? pictureOfFloat(value, code.picture) : String(value);
    default:
      throw needsInt(code.kind);
  }
}

function needsInt(kind: string): ExceptionValue {
  return runtimeException("FUS0514", `Format code '${kind}' needs int`);
}

function withZeros(digits: string, count: number): string {
  return count === 0 ? digits : `${digits}.${"0".repeat(count)}`;
}

function padDigits(text: string, count: number): string {
  return text.startsWith("-") ? `-${text.slice(1).padStart(count, "0")}` : text.padStart(count, "0");
}

function hexadecimal(value: Int, digits: number | undefined): string {
  return BigInt.asUintN(64, BigInt(value))
    .toString(16)
    .padStart(digits ?? 0, "0");
}

/** Exact for all 64 bits, which a float is not. */
function intExponent(value: Int, digits: number): string {
  const text = value.toString().replace("-", "");
  const sign = value < 0 ? "-" : "";
  const rounded = roundDigits(text, digits + 1);
  const exponent = text.length - 1 + (rounded.length > digits + 1 ? 1 : 0);
  const shown = rounded.slice(0, digits + 1).padEnd(digits + 1, "0");
  const fraction = digits === 0 ? "" : `.${shown.slice(1)}`;
  return `${sign}${shown.slice(0, 1)}${fraction}E+${String(exponent).padStart(3, "0")}`;
}

/** Moves the point instead of multiplying, which would round. */
function percent(value: number, digits: number): string {
  if (digits + 2 > MAX_PRECISION)
    return `${percent(value, MAX_PRECISION - 2)}${"0".repeat(digits + 2 - MAX_PRECISION)}`;
  const text = fixedPoint(value, digits + 2);
  const sign = text.startsWith("-") ? "-" : "";
  const all = text.replace("-", "").replace(".", "");
  const whole = all.slice(0, all.length - digits).replace(/^0+(?=\d)/, "");
  return `${sign}${whole}${digits === 0 ? "" : `.${all.slice(all.length - digits)}`}`;
}

/** Pictures show floats by their first fifteen significant digits. */
function pictureOfFloat(value: number, picture: Picture): string {
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential(14).split("e");
  const digits = mantissa.replace(".", "");
  const fraction = digits.length - 1 - Number(exponent);
  return fraction >= 0
    ? fillPicture(value < 0, digits, fraction, picture)
    : fillPicture(value < 0, digits + "0".repeat(-fraction), 0, picture);
}

/** `digits` with the last `fraction` of them behind the point, put into a picture. */
function fillPicture(negative: boolean, digits: string, fraction: number, picture: Picture): string {
  const behind = fraction + picture.thousands * 3;
  const padded = digits.padStart(behind + 1, "0");
  const wholeDigits = padded.length - behind;
  const rounded = roundDigits(padded, wholeDigits + picture.maxFraction).padEnd(
    wholeDigits + picture.maxFraction,
    "0",
  );
  // Rounding may have added a digit in front.
  const point = rounded.length - picture.maxFraction;
  const whole = rounded.slice(0, point).replace(/^0+/, "").padStart(picture.minWhole, "0");
  let shown = rounded.slice(point);
  while (shown.length > picture.minFraction && shown.endsWith("0")) shown = shown.slice(0, -1);
  const text = (picture.grouped ? grouped(whole) : whole) + (shown === "" ? "" : `.${shown}`);
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

/** The first `count` digits, the last one rounded, ties up; one digit more when all were nines. Short of `count` digits, all. */
function roundDigits(digits: string, count: number): string {
  if (digits.length <= count) return digits;
  const kept = digits.slice(0, count);
  if ((digits[count] ?? "0") < "5") return kept;
  const up = (BigInt(kept === "" ? "0" : kept) + 1n).toString();
  return up.padStart(count, "0");
}
