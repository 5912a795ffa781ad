/** Structural equality, the language's `=`. */
import { AsyncValue } from "./async-value.js";
import type { Charge } from "./charge.js";
import { runtimeException } from "./exception.js";
import { isFunction } from "./kind.js";
import { OrderedCollection } from "./ordered-collection.js";
import { shapeOf, sizeOf } from "./product.js";
import { DESCEND, walkSideBySide } from "./side-by-side.js";
import {
  BoxedChar,
  BoxedFloat,
  ExceptionValue,
  HostObject,
  List,
  NIL,
  type Product,
  type RecordShape,
  RefCell,
  type Value,
} from "./value.js";

const EQUAL = 0;
const DIFFERENT = 1;

/**
 * Whether two values are equal: numbers by value (NaN equals nothing), data part by part, host objects and objects of classes by identity. Values of
 * different kinds are different. Two functions, or two Asyncs, throw FUS0508. Work is charged at a unit for each part.
 *
 * @example
 * equals(tupleShape(2).make([1, "a"]), tupleShape(2).make([1, "a"])); // true
 */
export function equals(a: Value, b: Value, charge?: Charge): boolean {
  return walkSideBySide(a, b, equalityVerdict, charge) === EQUAL;
}

/** Equality as far as it shows without looking at parts. */
function equalityVerdict(a: Value, b: Value): number {
  if (typeof a !== "object" || typeof b !== "object") {
    return a === b || (typeof a !== typeof b && equalsBoxed(a, b)) ? EQUAL : DIFFERENT;
  }
  if (a === null || b === null) return a === b ? EQUAL : DIFFERENT;
  if (a instanceof List)
    return b instanceof List ? (a === NIL || b === NIL ? same(a, b) : DESCEND) : DIFFERENT;
  const shape = shapeOf(a);
  if (shape !== undefined) return productVerdict(a as Product, b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length ? DESCEND : DIFFERENT;
  if (a instanceof BoxedFloat) return b instanceof BoxedFloat && a.value === b.value ? EQUAL : DIFFERENT;
  if (a instanceof BoxedChar) return b instanceof BoxedChar && a.value === b.value ? EQUAL : DIFFERENT;
  if (a instanceof OrderedCollection) {
    return b instanceof OrderedCollection && a.kind === b.kind && a.size === b.size ? DESCEND : DIFFERENT;
  }
  if (isFunction(a)) {
    if (isFunction(b)) throw incomparable();
    return DIFFERENT;
  }
  if (a instanceof AsyncValue) {
    if (b instanceof AsyncValue) throw incomparable();
    return DIFFERENT;
  }
  if (a instanceof RefCell) return b instanceof RefCell ? DESCEND : DIFFERENT;
  if (a instanceof HostObject) return b instanceof HostObject && a.target === b.target ? EQUAL : DIFFERENT;
  if (a instanceof ExceptionValue) return b instanceof ExceptionValue ? exceptionVerdict(a, b) : DIFFERENT;
  return same(a, b);
}

function productVerdict(a: Product, b: object): number {
  const shape = a.shape;
  const other = shapeOf(b);
  if (other === undefined) return DIFFERENT;
  switch (shape.kind) {
    case "tuple":
      return other.kind === "tuple" && other.size === shape.size ? DESCEND : DIFFERENT;
    case "record":
      if (other.kind !== "record") return DIFFERENT;
      if (shape.identity || other.identity) return same(a, b);
      return shape === other || sameLabels(shape, other) ? DESCEND : DIFFERENT;
    case "union": {
      if (other.kind !== "union") return DIFFERENT;
      if (shape === other) {
        if (a.tag !== (b as Product).tag) return DIFFERENT;
        return a === b && sizeOf(a) === 0 ? EQUAL : DESCEND;
      }
      // The same declaration may have been prepared twice, as when a plugin is loaded anew.
      const mine = shape.cases[a.tag ?? -1];
      const theirs = other.cases[(b as Product).tag ?? -1];
      return shape.name === other.name && mine?.name === theirs?.name && mine?.size === theirs?.size
        ? DESCEND
        : DIFFERENT;
    }
  }
}

function exceptionVerdict(a: ExceptionValue, b: ExceptionValue): number {
  return a.shape.name === b.shape.name && a.code === b.code && a.fields.length === b.fields.length
    ? DESCEND
    : DIFFERENT;
}

/** Whether two record types have the same labels, in whatever order. */
export function sameLabels(a: RecordShape, b: RecordShape): boolean {
  return a.labels.length === b.labels.length && a.labels.every((label) => b.indexOf.has(label));
}

/** A float of type `any` against one whose box was not needed. A whole number without a box is an int, and equals no float. */
function equalsBoxed(a: Value, b: Value): boolean {
  if (a instanceof BoxedFloat) return a.value === b && !Number.isInteger(b);
  return b instanceof BoxedFloat && b.value === a && !Number.isInteger(a);
}

function same(a: object, b: object): number {
  return a === b ? EQUAL : DIFFERENT;
}

function incomparable(): ExceptionValue {
  return runtimeException("FUS0508", "Functions cannot be compared");
}
