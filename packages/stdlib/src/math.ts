/** The module `Math`: upstream's functions, which refuse arguments outside their domain, where the core functions of F# give NaN. */
import { BoxedFloat, type HostModule, hostModule, kindOf, type NativeContext, type Value } from "@fusabi/vm";
import { constant, hidden, type Int, native, variants } from "./declaration.js";

type Floats = (...args: number[]) => number;

function float(doc: string, run: Floats): ReturnType<typeof native> {
  return native("float -> float", doc, (_: NativeContext, x: number) => run(x));
}

/** A function that is defined only where `defined` holds; elsewhere it raises `text`. */
function partial(
  doc: string,
  defined: (x: number) => boolean,
  text: string,
  run: Floats,
): ReturnType<typeof native> {
  return native("float -> float", doc, (context: NativeContext, x: number) => {
    // NaN is no domain error: it goes through.
    if (!defined(x) && !Number.isNaN(x)) throw context.fail("FUS0516", text);
    return run(x);
  });
}

/** Half away from zero. Adding a half and cutting would round 0.49999999999999994 up. */
function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  const rest = Math.abs(x - whole);
  if (rest < 0.5) return whole;
  return whole + Math.sign(x);
}

/** Half to even. */
export function roundHalfEven(x: number): number {
  const whole = Math.trunc(x);
  const rest = Math.abs(x - whole);
  if (rest < 0.5 || (rest === 0.5 && whole % 2 === 0)) return whole === 0 && x < 0 ? -0 : whole;
  return whole + Math.sign(x);
}

/** Two ints, two floats or one of each as they are inside `any`. */
function dynamicPair(
  context: NativeContext,
  name: string,
  a: Value,
  b: Value,
  prefersFirst: (a: Int, b: Int) => boolean,
): Value {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === undefined || right === undefined) {
    throw context.fail("FUS0502", `${name} expects int or float, got ${kindOf(a)} and ${kindOf(b)}`);
  }
  const chosen = looser(left, right, prefersFirst);
  if (a instanceof BoxedFloat || b instanceof BoxedFloat) return new BoxedFloat(Number(chosen));
  return chosen;
}

function numberOf(value: Value): Int | undefined {
  if (value instanceof BoxedFloat) return value.value;
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

/** NaN loses against everything. */
function looser<N extends Int>(a: N, b: N, prefersFirst: (a: N, b: N) => boolean): N {
  if (Number.isNaN(a)) return b;
  if (Number.isNaN(b)) return a;
  return prefersFirst(a, b) ? a : b;
}

const greater = (a: Int, b: Int): boolean => a >= b;
const smaller = (a: Int, b: Int): boolean => a <= b;

function clamp(context: NativeContext, low: Int, high: Int, value: Int): Int {
  if (low > high) throw context.fail("FUS0516", "Math.clamp: low is above high");
  if (value < low) return low;
  return value > high ? high : value;
}

/** The sign of a number; of NaN, 0. */
function signOf(value: Int): number {
  if (value > 0) return 1;
  return value < 0 ? -1 : 0;
}

/** The magnitude of an int; the smallest one has none. */
export function absInt(context: NativeContext, name: string, value: Int): Int {
  if (value === -(2n ** 63n)) throw context.fail("FUS0516", `${name}: overflow`);
  return value < 0 ? -value : value;
}

const fitsUnit = (x: number): boolean => x >= -1 && x <= 1;
const isPositive = (x: number): boolean => x > 0;

export const mathModule: HostModule = hostModule("Math", {
  pi: constant("float", "The ratio of a circle's circumference to its diameter.", Math.PI),
  e: constant("float", "The base of natural logarithms.", Math.E),
  maxInt: { type: "int", doc: "The largest int, 2^63 - 1.", value: 2n ** 63n - 1n },
  minInt: { type: "int", doc: "The smallest int, -2^63.", value: -(2n ** 63n) },
  abs: variants("'n -> 'n when 'n : num", "The magnitude of an int or a float.", {
    int: "abs.int",
    float: "abs.float",
    any: "abs.any",
  }),
  "abs.int": hidden("int -> int", (context: NativeContext, x: Int) => absInt(context, "Math.abs", x)),
  "abs.float": hidden("float -> float", (_: NativeContext, x: number) => Math.abs(x)),
  "abs.any": hidden("any -> any", (context: NativeContext, x: Value) => {
    if (x instanceof BoxedFloat) return new BoxedFloat(Math.abs(x.value));
    return absInt(context, "Math.abs", requireNumber(context, x));
  }),
  sqrt: partial(
    "The square root; raises for a negative number.",
    (x) => x >= 0,
    "Cannot compute square root of negative number",
    Math.sqrt,
  ),
  pow: native(
    "float -> float -> float",
    "Base to the power of the exponent.",
    (_: NativeContext, x: number, y: number) => x ** y,
  ),
  max: variants("'n -> 'n -> 'n when 'n : num", "The larger of two numbers; NaN loses.", {
    int: "max.number",
    float: "max.number",
    any: "max.any",
  }),
  "max.number": hidden("'n -> 'n -> 'n", (_: NativeContext, a: Int, b: Int) => looser(a, b, greater)),
  "max.any": hidden("any -> any -> any", (context: NativeContext, a: Value, b: Value) =>
    dynamicPair(context, "Math.max", a, b, greater),
  ),
  min: variants("'n -> 'n -> 'n when 'n : num", "The smaller of two numbers; NaN loses.", {
    int: "min.number",
    float: "min.number",
    any: "min.any",
  }),
  "min.number": hidden("'n -> 'n -> 'n", (_: NativeContext, a: Int, b: Int) => looser(a, b, smaller)),
  "min.any": hidden("any -> any -> any", (context: NativeContext, a: Value, b: Value) =>
    dynamicPair(context, "Math.min", a, b, smaller),
  ),
  sin: float("The sine of an angle in radians.", Math.sin),
  cos: float("The cosine of an angle in radians.", Math.cos),
  tan: float("The tangent of an angle in radians.", Math.tan),
  asin: partial(
    "The angle in radians whose sine this is.",
    fitsUnit,
    "asin argument must be in range [-1, 1]",
    Math.asin,
  ),
  acos: partial(
    "The angle in radians whose cosine this is.",
    fitsUnit,
    "acos argument must be in range [-1, 1]",
    Math.acos,
  ),
  atan: float("The angle in radians whose tangent this is.", Math.atan),
  atan2: native(
    "float -> float -> float",
    "The angle in radians of the point with this y and x.",
    (_: NativeContext, y: number, x: number) => Math.atan2(y, x),
  ),
  log: partial(
    "The natural logarithm; raises for zero and below.",
    isPositive,
    "log argument must be positive",
    Math.log,
  ),
  log10: partial(
    "The logarithm to base 10; raises for zero and below.",
    isPositive,
    "log10 argument must be positive",
    Math.log10,
  ),
  log2: partial(
    "The logarithm to base 2; raises for zero and below.",
    isPositive,
    "log2 argument must be positive",
    Math.log2,
  ),
  exp: float("e to the power.", Math.exp),
  floor: float("The largest whole number not above.", Math.floor),
  ceil: float("The smallest whole number not below.", Math.ceil),
  round: float("The nearest whole number; a half goes away from zero.", roundHalfAway),
  truncate: float("The whole number towards zero.", Math.trunc),
  sign: variants("'n -> int when 'n : num", "-1, 0 or 1; of NaN, 0.", {
    int: "sign.number",
    float: "sign.number",
    any: "sign.any",
  }),
  "sign.number": hidden("'n -> int", (_: NativeContext, x: Int) => signOf(x)),
  "sign.any": hidden("any -> int", (context: NativeContext, x: Value) => signOf(requireNumber(context, x))),
  clamp: variants(
    "'n -> 'n -> 'n -> 'n when 'n : num",
    "The value, not below low and not above high: low, high, value.",
    { int: "clamp.number", float: "clamp.number" },
  ),
  "clamp.number": hidden("'n -> 'n -> 'n -> 'n", clamp),
  isNaN: native("float -> bool", "Whether it is not a number.", (_: NativeContext, x: number) =>
    Number.isNaN(x),
  ),
  isInfinity: native(
    "float -> bool",
    "Whether it is infinite, of either sign.",
    (_: NativeContext, x: number) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY,
  ),
});

/** The number inside an `any`, or the type error of the library. */
function requireNumber(context: NativeContext, value: Value): Int {
  const number = numberOf(value);
  if (number === undefined)
    throw context.fail("FUS0502", `Type mismatch: expected int or float, got ${kindOf(value)}`);
  return number;
}
