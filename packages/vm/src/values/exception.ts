/** Exceptions of the language: those a program declares, `Failure`, and those that the machine and the library raise. */
import { type ExceptionShape, ExceptionValue, type Value } from "./value.js";

/**
 * The shape of a declared exception; labels of its fields where it names them.
 *
 * @example
 * exceptionShape("ParseError", ["line", undefined]).size; // 2
 */
export function exceptionShape(name: string, labels: readonly (string | undefined)[]): ExceptionShape {
  return { name, size: labels.length, labels: [...labels] };
}

/** What `failwith` raises, and what the pattern `Failure s` matches; nothing else does. */
export const FAILURE: ExceptionShape = exceptionShape("Failure", [undefined]);

const DIVIDE_BY_ZERO = exceptionShape("DivideByZeroException", [undefined]);
const INDEX_OUT_OF_RANGE = exceptionShape("IndexOutOfRangeException", [undefined]);
const ARGUMENT_OUT_OF_RANGE = exceptionShape("ArgumentOutOfRangeException", [undefined]);
const KEY_NOT_FOUND = exceptionShape("KeyNotFoundException", [undefined]);
const ARGUMENT = exceptionShape("ArgumentException", [undefined]);
const NULL_REFERENCE = exceptionShape("NullReferenceException", [undefined]);
const INVALID_CAST = exceptionShape("InvalidCastException", [undefined]);
const FORMAT = exceptionShape("FormatException", [undefined]);
const MATCH_FAILURE = exceptionShape("MatchFailureException", [undefined]);
const UNAUTHORIZED_ACCESS = exceptionShape("UnauthorizedAccessException", [undefined]);
const OTHER = exceptionShape("Exception", [undefined]);

const shapeOfCode: ReadonlyMap<string, ExceptionShape> = new Map([
  ["FUS0501", MATCH_FAILURE],
  ["FUS0502", INVALID_CAST],
  ["FUS0503", DIVIDE_BY_ZERO],
  ["FUS0504", INDEX_OUT_OF_RANGE],
  ["FUS0505", KEY_NOT_FOUND],
  ["FUS0506", ARGUMENT],
  ["FUS0507", NULL_REFERENCE],
  ["FUS0510", INVALID_CAST],
  ["FUS0514", FORMAT],
  ["FUS0515", FORMAT],
  ["FUS0516", ARGUMENT],
  ["FUS0519", FAILURE],
  ["FUS0520", UNAUTHORIZED_ACCESS],
  ["FUS0521", UNAUTHORIZED_ACCESS],
]);

/**
 * The exception value of a run-time error, to be thrown; a script can catch it. `code` is one of FUS0501 … FUS0521; FUS0519 gives `Failure`.
 *
 * @example
 * throw runtimeException("FUS0503", "Division by zero");
 */
export function runtimeException(code: string, message: string, cause?: unknown): ExceptionValue {
  return new ExceptionValue(shapeOfCode.get(code) ?? OTHER, [message], code, message, cause);
}

/**
 * FUS0504 for a position in a list or string, which handlers of `ArgumentException` catch as well; in an array it is a plain `runtimeException`.
 *
 * @example
 * throw positionException("Index 9 is outside 0..2");
 */
export function positionException(message: string): ExceptionValue {
  return new ExceptionValue(ARGUMENT_OUT_OF_RANGE, [message], "FUS0504", message);
}

/**
 * The value of a declared exception, code FUS0518. `message` is its text form.
 *
 * @example
 * throw declaredException(exceptionShape("NotFound", [undefined]), [3], "NotFound(3)");
 */
export function declaredException(
  shape: ExceptionShape,
  fields: readonly Value[],
  message: string,
): ExceptionValue {
  return new ExceptionValue(shape, fields, "FUS0518", message);
}

/** Names that `:?` accepts, each with the shapes that belong to it (language reference, appendix C). */
const classes: ReadonlyMap<string, ReadonlySet<ExceptionShape>> = new Map([
  ["DivideByZeroException", new Set([DIVIDE_BY_ZERO])],
  ["IndexOutOfRangeException", new Set([INDEX_OUT_OF_RANGE, ARGUMENT_OUT_OF_RANGE])],
  ["KeyNotFoundException", new Set([KEY_NOT_FOUND])],
  ["ArgumentException", new Set([ARGUMENT, ARGUMENT_OUT_OF_RANGE])],
  ["NullReferenceException", new Set([NULL_REFERENCE])],
  ["InvalidCastException", new Set([INVALID_CAST])],
  ["FormatException", new Set([FORMAT])],
  ["MatchFailureException", new Set([MATCH_FAILURE])],
  ["UnauthorizedAccessException", new Set([UNAUTHORIZED_ACCESS])],
]);

/**
 * Whether `e :? className` holds. `System.` may precede the name; `Exception` and `exn` match everything, and an unknown name nothing.
 *
 * @example
 * exceptionBelongsTo(runtimeException("FUS0503", "Division by zero"), "System.DivideByZeroException"); // true
 */
export function exceptionBelongsTo(exception: Value, className: string): boolean {
  if (!(exception instanceof ExceptionValue)) return false;
  const name = className.startsWith("System.") ? className.slice("System.".length) : className;
  if (name === "Exception" || name === "exn") return true;
  return classes.get(name)?.has(exception.shape) ?? false;
}
