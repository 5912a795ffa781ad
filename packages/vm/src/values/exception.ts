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

/** The exceptions that are no program's, by name, each with the codes of the run-time errors that are raised as it. */
const NAMED: readonly (readonly [name: string, ...codes: string[]])[] = [
  ["Exception"],
  ["MatchFailureException", "FUS0501"],
  ["InvalidCastException", "FUS0502", "FUS0510"],
  ["DivideByZeroException", "FUS0503"],
  ["IndexOutOfRangeException", "FUS0504"],
  ["KeyNotFoundException", "FUS0505"],
  ["ArgumentException", "FUS0516", "FUS0506"],
  ["NullReferenceException", "FUS0507"],
  ["FormatException", "FUS0515", "FUS0514"],
  ["UnauthorizedAccessException", "FUS0520", "FUS0521"],
  ["ArgumentOutOfRangeException"],
  ["ArgumentNullException"],
  ["InvalidOperationException"],
  ["NotImplementedException"],
  ["NotSupportedException"],
];
const named = new Map(NAMED.map(([name]) => [name, exceptionShape(name, [undefined])]));
const codes = new Map(NAMED.map(([name, code = "FUS0517"]) => [name, code]));
const shapeOfCode = new Map(NAMED.flatMap(([name, ...all]) => all.map((code) => [code, named.get(name)])));
shapeOfCode.set("FUS0519", FAILURE);

/**
 * The exception value of a run-time error, to be thrown; a script can catch it. `code` is one of FUS0501 … FUS0521; FUS0519 gives `Failure`.
 *
 * @example
 * throw runtimeException("FUS0503", "Division by zero");
 */
export function runtimeException(code: string, message: string, cause?: unknown): ExceptionValue {
  const shape = shapeOfCode.get(code) ?? shapeNamed("Exception");
  return new ExceptionValue(shape, [message], code, message, cause);
}

function shapeNamed(name: string): ExceptionShape {
  return named.get(name) as ExceptionShape;
}

/**
 * An exception by its name, one of appendix C of the language reference.
 *
 * @example
 * throw namedException("ArgumentException", "no such colour");
 */
export function namedException(name: string, message: string): ExceptionValue {
  return new ExceptionValue(shapeNamed(name), [message], codes.get(name) as string, message);
}

/**
 * FUS0504 for a position in a list or string, which handlers of `ArgumentException` catch as well; in an array it is a plain `runtimeException`.
 *
 * @example
 * throw positionException("Index 9 is outside 0..2");
 */
export function positionException(message: string): ExceptionValue {
  return new ExceptionValue(shapeNamed("ArgumentOutOfRangeException"), [message], "FUS0504", message);
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

/**
 * Whether `e :? className` holds. `System.` may precede the name; `Exception` and `exn` match everything, and an unknown name nothing.
 *
 * @example
 * exceptionBelongsTo(runtimeException("FUS0503", "Division by zero"), "System.DivideByZeroException"); // true
 */
export function exceptionBelongsTo(exception: Value, className: string): boolean {
  if (!(exception instanceof ExceptionValue)) return false;
  const name = className.replace("System.", "");
  const { shape } = exception;
  if (name === "Exception" || name === "exn") return true;
  if (named.get(shape.name) !== shape) return false;
  return (
    name === shape.name ||
    (name === "ArgumentException" && shape.name.startsWith("Argument")) ||
    (name === "IndexOutOfRangeException" && shape.name === "ArgumentOutOfRangeException")
  );
}
