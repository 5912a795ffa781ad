import { neg } from "../../values/int.js";
import { runtimeError } from "../failure.js";
import { Float, isInt, typeName, type Value } from "../value.js";
import { asFloat, type Functions, fn } from "./declaration.js";

function float(compute: (x: number) => number) {
  return fn(1, (_, x) => new Float(compute(asFloat(x))));
}

/** Outside its domain the function fails; not-a-number passes. */
function partial(compute: (x: number) => number, isOutside: (x: number) => boolean, problem: string) {
  return fn(1, (_, value) => {
    const x = asFloat(value);
    if (isOutside(x)) throw runtimeError(problem, "FUS0516");
    return new Float(compute(x));
  });
}

/** Two ints give an int, other numbers a float; not-a-number loses. */
function choice(name: string, first: (order: boolean) => boolean) {
  return fn(2, (_, a, b) => {
    if (isInt(a) && isInt(b)) return first(a > b) ? a : b;
    if (!isNumber(a) || !isNumber(b))
      throw runtimeError(`${name} expects int or float, got ${typeName(a)} and ${typeName(b)}`, "FUS0502");
    const x = asFloat(a);
    const y = asFloat(b);
    if (Number.isNaN(x)) return new Float(y);
    if (Number.isNaN(y)) return new Float(x);
    return new Float(first(x > y) ? x : y);
  });
}

function isNumber(value: Value): boolean {
  return isInt(value) || value instanceof Float;
}

export const mathFunctions: Functions = {
  // The argument is ignored.
  "Math.pi": fn(1, () => new Float(Math.PI)),
  "Math.e": fn(1, () => new Float(Math.E)),
  "Math.abs": fn(1, (_, value) => {
    if (isInt(value)) return value < 0 ? neg(value) : value;
    return new Float(Math.abs(asFloat(value)));
  }),
  "Math.sqrt": partial(Math.sqrt, (x) => x < 0, "Cannot compute square root of negative number"),
  "Math.pow": fn(2, (_, base, exponent) => new Float(power(asFloat(base), asFloat(exponent)))),
  "Math.max": choice("Math.max", (greater) => greater),
  "Math.min": choice("Math.min", (greater) => !greater),
  "Math.sin": float(Math.sin),
  "Math.cos": float(Math.cos),
  "Math.tan": float(Math.tan),
  "Math.asin": partial(Math.asin, (x) => x < -1 || x > 1, "asin argument must be in range [-1, 1]"),
  "Math.acos": partial(Math.acos, (x) => x < -1 || x > 1, "acos argument must be in range [-1, 1]"),
  "Math.atan": float(Math.atan),
  "Math.atan2": fn(2, (_, y, x) => new Float(Math.atan2(asFloat(y), asFloat(x)))),
  "Math.log": partial(Math.log, (x) => x <= 0, "log argument must be positive"),
  "Math.log10": partial(Math.log10, (x) => x <= 0, "log10 argument must be positive"),
  "Math.exp": float(Math.exp),
  "Math.floor": float(Math.floor),
  "Math.ceil": float(Math.ceil),
  "Math.round": float(roundAwayFromZero),
  "Math.truncate": float(Math.trunc),
};

/** As C's `pow`, which gives 1 where JavaScript gives not-a-number. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
}

function roundAwayFromZero(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}
