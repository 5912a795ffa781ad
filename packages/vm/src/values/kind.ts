import { AsyncValue } from "./async-value.js";
import { LazyValue } from "./lazy-value.js";
import { OrderedCollection } from "./ordered-collection.js";
import { shapeOf } from "./product.js";
import { Sequence } from "./sequence.js";
import {
  BoxedChar,
  BoxedFloat,
  CaseFunction,
  Closure,
  ExceptionValue,
  HostFunction,
  HostObject,
  List,
  PartialApplication,
  RefCell,
  type Value,
} from "./value.js";

/** The words that messages use for kinds of values. */
export type Kind =
  | "int"
  | "float"
  | "bool"
  | "string"
  | "char"
  | "unit"
  | "null"
  | "tuple"
  | "list"
  | "array"
  | "record"
  | "map"
  | "set"
  | "seq"
  | "variant"
  | "function"
  | "async"
  | "lazy"
  | "exn"
  | "host_data";

/**
 * What a value is, in one word. Where the static type is gone, a whole float or a char that is not boxed cannot be told from an int or a string.
 *
 * @example
 * kindOf(NIL); // "list"
 */
export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "bigint":
      return "int";
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "undefined":
      return "unit";
    default:
      return value === null ? "null" : kindOfObject(value);
  }
}

function kindOfObject(value: object): Kind {
  if (value instanceof List) return "list";
  const shape = shapeOf(value);
  if (shape !== undefined) return shape.kind === "union" ? "variant" : shape.kind;
  if (Array.isArray(value)) return "array";
  if (isFunction(value)) return "function";
  if (value instanceof OrderedCollection) return value.kind;
  if (value instanceof BoxedFloat) return "float";
  if (value instanceof BoxedChar) return "char";
  if (value instanceof RefCell) return "record";
  if (value instanceof ExceptionValue) return "exn";
  if (value instanceof Sequence) return "seq";
  if (value instanceof AsyncValue) return "async";
  if (value instanceof LazyValue) return "lazy";
  if (value instanceof HostObject) return "host_data";
  throw new TypeError("an object that is no Fusabi value");
}

/**
 * Whether the value is a function, of whichever sort.
 *
 * @example
 * isFunction(new CaseFunction(OPTION, 1, 1)); // true
 */
export function isFunction(
  value: Value,
): value is Closure | HostFunction | CaseFunction | PartialApplication {
  return (
    value instanceof Closure ||
    value instanceof HostFunction ||
    value instanceof PartialApplication ||
    value instanceof CaseFunction
  );
}
