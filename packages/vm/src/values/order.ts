/** The structural order of the language: of `<` and `compare`, of sorting, and of the keys of maps and sets. */
import { AsyncValue } from "./async-value.js";
import type { Charge } from "./charge.js";
import { sameLabels } from "./equality.js";
import { runtimeException } from "./exception.js";
import { isFunction, kindOf } from "./kind.js";
import { OrderedCollection } from "./ordered-collection.js";
import { shapeOf, sizeOf } from "./product.js";
import { DESCEND, walkSideBySide } from "./side-by-side.js";
import {
  BoxedChar,
  BoxedFloat,
  type ExceptionValue,
  List,
  NIL,
  type Product,
  RefCell,
  type UnionShape,
  type Value,
} from "./value.js";

/** Neither before, equal nor behind: one of the two is NaN. */
const UNORDERED = 3;

/**
 * -1, 0 or 1 as the first value comes before, is equal to, or comes after the second. Total: NaN comes before all other floats and is equal to itself.
 * Throws FUS0508 for functions and Asyncs, FUS0509 for host objects, objects of classes, seqs, exceptions, and values of different kinds.
 *
 * @example
 * [3, 1, 2].sort((a, b) => compare(a, b));
 */
export function compare(a: Value, b: Value, charge?: Charge): number {
  // The usual keys, without a detour.
  if (typeof a === "number" && typeof b === "number") {
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === b) return 0;
  } else if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  return walkSideBySide(a, b, totalVerdict, charge);
}

/** `compare` as the order of a tree's keys, charged a unit a comparison on top of its parts. */
export function meteredOrder(charge: Charge | undefined): (a: Value, b: Value) => number {
  if (charge === undefined) return compare;
  return (a, b) => {
    charge(1);
    return compare(a, b, charge);
  };
}

/**
 * The operator `<`: as `compare`, but false where NaN decides.
 *
 * @throws ExceptionValue FUS0508, FUS0509 as `compare`.
 * @example
 * lessThan(1, 2); // true
 * lessThan(NaN, 1); // false, where compare(NaN, 1) is -1
 */
export function lessThan(a: Value, b: Value, charge?: Charge): boolean {
  return walkSideBySide(a, b, partialVerdict, charge) === -1;
}

/**
 * The operator `<=`: as `compare`, but false where NaN decides.
 *
 * @throws ExceptionValue FUS0508, FUS0509 as `compare`.
 * @example
 * lessOrEqual("a", "a"); // true
 * lessOrEqual(NaN, NaN); // false
 */
export function lessOrEqual(a: Value, b: Value, charge?: Charge): boolean {
  return walkSideBySide(a, b, partialVerdict, charge) <= 0;
}

// ------------------------------------------------------------------------------------------------ verdicts without looking at parts

function totalVerdict(a: Value, b: Value): number {
  const verdict = partialVerdict(a, b);
  return verdict === UNORDERED ? nanFirst(floatOf(a), floatOf(b)) : verdict;
}

function partialVerdict(a: Value, b: Value): number {
  switch (typeof a) {
    case "number":
    case "bigint":
      if (typeof b === "number" || typeof b === "bigint") return numberVerdict(a, b);
      if (b instanceof BoxedFloat && !Number.isInteger(a)) return numberVerdict(a, b.value);
      break;
    case "string":
      if (typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
      break;
    case "boolean":
      if (typeof b === "boolean") return Number(a) - Number(b);
      break;
    case "undefined":
      if (b === undefined) return 0;
      break;
    default:
      if (a !== null) return objectVerdict(a, b);
      if (b === null) return 0;
  }
  throw noOrder(a, b);
}

function numberVerdict(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? UNORDERED : 0;
}

function objectVerdict(a: object, b: Value): number {
  if (a instanceof List) {
    if (b instanceof List) return a === NIL || b === NIL ? Number(b === NIL) - Number(a === NIL) : DESCEND;
  } else if (shapeOf(a) !== undefined) {
    return productVerdict(a as Product, b);
  } else if (Array.isArray(a)) {
    if (Array.isArray(b)) return a.length === b.length ? DESCEND : Math.sign(a.length - b.length);
  } else if (a instanceof BoxedFloat) {
    if (b instanceof BoxedFloat) return numberVerdict(a.value, b.value);
    if (typeof b === "number" && !Number.isInteger(b)) return numberVerdict(a.value, b);
  } else if (a instanceof BoxedChar) {
    if (b instanceof BoxedChar) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  } else if (a instanceof OrderedCollection) {
    if (b instanceof OrderedCollection && a.kind === b.kind) return DESCEND;
  } else if (a instanceof RefCell) {
    if (b instanceof RefCell) return DESCEND;
  }
  throw noOrder(a, b);
}

function productVerdict(a: Product, b: Value): number {
  const shape = a.shape;
  const other = typeof b === "object" && b !== null ? shapeOf(b) : undefined;
  if (other === undefined) throw noOrder(a, b);
  switch (shape.kind) {
    case "tuple":
      if (other.kind === "tuple") return DESCEND;
      break;
    case "record":
      if (other.kind !== "record" || shape.identity || other.identity) break;
      if (shape === other || (sameLabels(shape, other) && shape.name === other.name)) return DESCEND;
      break;
    case "union":
      if (other.kind !== "union") break;
      if (shape === other || sameCases(shape, other)) {
        const tags = (a.tag ?? 0) - ((b as Product).tag ?? 0);
        if (tags !== 0) return Math.sign(tags);
        return sizeOf(a) === 0 ? 0 : DESCEND;
      }
  }
  throw noOrder(a, b);
}

/** Whether two shapes come from the same declaration, prepared twice. */
function sameCases(a: UnionShape, b: UnionShape): boolean {
  return (
    a.name === b.name &&
    a.cases.length === b.cases.length &&
    a.cases.every((one, tag) => one.name === b.cases[tag]?.name && one.size === b.cases[tag].size)
  );
}

function floatOf(value: Value): number {
  return value instanceof BoxedFloat ? value.value : Number(value);
}

/** For two floats of which at least one is NaN. */
function nanFirst(a: number, b: number): number {
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

function noOrder(a: Value, b: Value): ExceptionValue {
  if (isFunction(a) || isFunction(b) || a instanceof AsyncValue || b instanceof AsyncValue) {
    return runtimeException("FUS0508", "Functions cannot be compared");
  }
  return runtimeException("FUS0509", `${kindOf(a)} and ${kindOf(b)} have no order`);
}
