/**
 * Numbers with a given number of digits: fixed point, scientific, general. The shapes are those of F#'s formatting functions: ties round away from zero,
 * `Infinity` and `NaN` are spelled out, negative zero keeps its sign.
 */

/** Digits behind the point that the engine can give exactly. */
export const MAX_PRECISION = 100;

/**
 * `12.50`: `digits` digits behind the point, 0 … {@link MAX_PRECISION}. Infinity and NaN are spelled out.
 *
 * @throws RangeError for another number of digits, where a finite `x` below 1e21 has to be rounded to it.
 * @example
 * fixedPoint(12.5, 2); // "12.50"
 */
export function fixedPoint(x: number, digits: number): string {
  if (!Number.isFinite(x)) return String(x);
  const sign = isNegative(x) ? "-" : "";
  const size = Math.abs(x);
  // From 1e21 on, toFixed falls back to exponent form; such floats are whole numbers.
  if (size >= 1e21) return sign + BigInt(size).toString() + (digits > 0 ? `.${"0".repeat(digits)}` : "");
  return sign + size.toFixed(digits);
}

/** `1.250000e+001`: `digits` digits behind the point and an exponent of at least `exponentDigits` digits. */
export function scientific(x: number, digits: number, exponentDigits: number): string {
  if (!Number.isFinite(x)) return String(x);
  const sign = isNegative(x) ? "-" : "";
  const [mantissa = "", exponent = "0"] = Math.abs(x).toExponential(digits).split("e");
  return sign + mantissa + exponentText(Number(exponent), exponentDigits);
}

/**
 * `precision` significant digits without trailing zeros: fixed point while the exponent is above -5 and below the precision, else scientific. Precision 0
 * stands for the shortest digits that read back equal, with 15 in place of the precision for the choice of the shape.
 */
export function general(x: number, precision: number): string {
  if (!Number.isFinite(x)) return String(x);
  const sign = isNegative(x) ? "-" : "";
  const size = Math.abs(x);
  const [mantissa = "", exponentPart = "0"] = (
    precision === 0 ? size.toExponential() : size.toExponential(precision - 1)
  ).split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  const exponent = Number(exponentPart);
  if (exponent <= -5 || exponent >= (precision === 0 ? 15 : precision)) {
    const fraction = digits.slice(1);
    return `${sign}${digits.slice(0, 1)}${fraction === "" ? "" : `.${fraction}`}${exponentText(exponent, 2)}`;
  }
  if (digits === "") return `${sign}0`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return sign + whole + (fraction === "" ? "" : `.${fraction}`);
}

/** Puts commas between groups of three digits of the whole part. */
export function grouped(text: string): string {
  const [, sign = "", whole = "", rest = ""] = /^(-?)(\d*)(.*)$/.exec(text) ?? [];
  return sign + whole.replace(/\B(?=(?:\d{3})+$)/g, ",") + rest;
}

function exponentText(exponent: number, digits: number): string {
  return `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(digits, "0")}`;
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}
