/**
 * The language's `int`: 64 bits, two's complement, wrapping. In memory a number when it is a safe integer (and then never -0), else a bigint.
 * The fast paths are small enough for the engine to inline; whatever leaves the safe range goes through bigints.
 */
import { runtimeException } from "./exception.js";
import type { ExceptionValue } from "./value.js";

/** An int: a number exactly when it is a safe integer. */
export type Int = number | bigint;

const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;
/** 2^63 as a float: the first one above all ints. */
const LIMIT = 2 ** 63;

/** The int with the low 64 bits of `value`. */
export function normalise(value: bigint): Int {
  const wrapped = BigInt.asIntN(64, value);
  const number = Number(wrapped);
  return Number.isSafeInteger(number) ? number : wrapped;
}

/** `a + b`. */
export function add(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (Number.isSafeInteger(r)) return r;
  }
  return addWide(a, b);
}

/** `a - b`. */
export function sub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (Number.isSafeInteger(r)) return r;
  }
  return subWide(a, b);
}

/** `a * b`. */
export function mul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    // Adding 0 turns -0 into 0.
    if (Number.isSafeInteger(r)) return r + 0;
  }
  return mulWide(a, b);
}

/** `a / b` towards zero. Throws FUS0503 for a zero divisor; the least int divided by -1 is itself. */
export function div(a: Int, b: Int): Int {
  // The quotient of safe integers never rounds up to the next whole number, so truncating it is exact.
  if (typeof a === "number" && typeof b === "number" && b !== 0) return Math.trunc(a / b) + 0;
  return divWide(a, b);
}

/** `a % b`, with the sign of `a`. Throws FUS0503 for a zero divisor. */
export function rem(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return (a % b) + 0;
  return remWide(a, b);
}

/** `-a`. */
export function neg(a: Int): Int {
  return typeof a === "number" ? 0 - a : normalise(-a);
}

/** `a &&& b`. */
export function and(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a & b;
  return normalise(BigInt(a) & BigInt(b));
}

/** `a ||| b`. */
export function or(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a | b;
  return normalise(BigInt(a) | BigInt(b));
}

/** `a ^^^ b`. */
export function xor(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a ^ b;
  return normalise(BigInt(a) ^ BigInt(b));
}

/** `~~~a`. */
export function not(a: Int): Int {
  // -1 - a stays safe for every safe a but the greatest negative one.
  if (typeof a === "number") {
    const r = -1 - a;
    if (Number.isSafeInteger(r)) return r;
  }
  return normalise(~BigInt(a));
}

/** `a <<< count`, the count modulo 64. */
export function shl(a: Int, count: Int): Int {
  const shift = shiftCount(count);
  if (typeof a === "number") {
    const r = a * 2 ** shift;
    if (Number.isSafeInteger(r)) return r;
  }
  return normalise(BigInt(a) << BigInt(shift));
}

/** `a >>> count`, the count modulo 64; the sign is kept. */
export function shr(a: Int, count: Int): Int {
  const shift = shiftCount(count);
  // Dividing by a power of two is exact.
  if (typeof a === "number") return Math.floor(a / 2 ** shift);
  return normalise(a >> BigInt(shift));
}

/**
 * `a` to the power `n`, wrapping. A negative power of 1 or -1 is what it is, of 0 a division by zero (FUS0503), of anything else 0.
 */
export function pow(a: Int, n: Int): Int {
  if (n < 0) {
    if (a === 0) throw divisionByZero();
    if (a === 1) return 1;
    if (a === -1) return rem(n, 2) === 0 ? 1 : -1;
    return 0;
  }
  let result: Int = 1;
  let base = a;
  for (let rest = n; rest > 0; rest = div(rest, 2)) {
    if (rem(rest, 2) !== 0) result = mul(result, base);
    if (rest > 1) base = mul(base, base);
  }
  return result;
}

/** The nearest float. */
export function toFloat(a: Int): number {
  return Number(a);
}

/** The float without its fraction; undefined for NaN and beyond 64 bits. */
export function ofFloat(x: number): Int | undefined {
  const whole = Math.trunc(x) + 0;
  if (Number.isSafeInteger(whole)) return whole;
  if (whole >= -LIMIT && whole < LIMIT) return normalise(BigInt(whole));
  return undefined;
}

/** Whether the value is an int in its one representation. */
export function isInt(value: unknown): value is Int {
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0);
  return (
    typeof value === "bigint" && value >= LEAST && value <= GREATEST && !Number.isSafeInteger(Number(value))
  );
}

/**
 * Reads an int from text: optional blanks around, a sign, decimal digits or `0x`, `0o`, `0b` with digits. Decimal must fit 64 bits; the others may use
 * all 64 bits and then wrap. Undefined for anything else.
 *
 * @example
 * parse("-42"); // -42
 * parse("0xFFFFFFFFFFFFFFFF"); // -1
 */
export function parse(text: string): Int | undefined {
  const trimmed = text.trim();
  const signed = trimmed.startsWith("-") || trimmed.startsWith("+");
  const negative = trimmed.startsWith("-");
  const digits = signed ? trimmed.slice(1) : trimmed;
  const magnitude = parseMagnitude(digits);
  if (magnitude === undefined) return undefined;
  if (/^0[xob]/i.test(digits)) {
    const value = normalise(magnitude);
    return negative ? neg(value) : value;
  }
  const value = negative ? -magnitude : magnitude;
  return value < LEAST || value > GREATEST ? undefined : normalise(value);
}

const radixes = [
  { digits: /^[0-9]+$/, prefix: "", bitsADigit: 3 },
  { digits: /^0[xX][0-9a-fA-F]+$/, prefix: "0x", bitsADigit: 4 },
  { digits: /^0[oO][0-7]+$/, prefix: "0o", bitsADigit: 3 },
  { digits: /^0[bB][01]+$/, prefix: "0b", bitsADigit: 1 },
] as const;

/** The digits as a number of at most 64 bits; undefined when they are none, or more. */
function parseMagnitude(text: string): bigint | undefined {
  const radix = radixes.find((one) => one.digits.test(text));
  if (radix === undefined) return undefined;
  const digits = text.slice(radix.prefix.length).replace(/^0+(?=.)/, "");
  // Longer ones cannot fit, and making a bigint of a million digits takes long.
  if ((digits.length - 1) * radix.bitsADigit > 64) return undefined;
  const value = BigInt(radix.prefix + digits);
  return value >> 64n === 0n ? value : undefined;
}

function addWide(a: Int, b: Int): Int {
  return normalise(BigInt(a) + BigInt(b));
}

function subWide(a: Int, b: Int): Int {
  return normalise(BigInt(a) - BigInt(b));
}

function mulWide(a: Int, b: Int): Int {
  return normalise(BigInt(a) * BigInt(b));
}

function divWide(a: Int, b: Int): Int {
  if (b === 0) throw divisionByZero();
  return normalise(BigInt(a) / BigInt(b));
}

function remWide(a: Int, b: Int): Int {
  if (b === 0) throw divisionByZero();
  return normalise(BigInt(a) % BigInt(b));
}

function shiftCount(count: Int): number {
  return typeof count === "number" && (count | 0) === count
    ? count & 63
    : Number(BigInt.asUintN(6, BigInt(count)));
}

function divisionByZero(): ExceptionValue {
  return runtimeException("FUS0503", "Division by zero");
}
