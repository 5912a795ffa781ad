/** Hashing in step with equality: equal values hash alike, in every run and on every machine. */
import { AsyncValue } from "./async-value.js";
import type { Charge } from "./charge.js";
import { runtimeException } from "./exception.js";
import { isFunction } from "./kind.js";
import { LazyValue } from "./lazy-value.js";
import { OrderedCollection } from "./ordered-collection.js";
import { shapeOf, sizeOf, slotAt } from "./product.js";
import { Sequence } from "./sequence.js";
import {
  BoxedChar,
  BoxedFloat,
  ExceptionValue,
  HostObject,
  List,
  NIL,
  type Product,
  RefCell,
  type Value,
} from "./value.js";

/** Parts that a hash looks at: enough to tell values apart, few enough to be quick on large ones. */
const MAX_PARTS = 64;
const MAX_DEPTH = 12;

/**
 * A number of 32 bits for a value. Of a large value only the first parts count. Throws FUS0508 for a function or Async among them.
 *
 * @example
 * hash(tupleShape(2).make([1, 2])) === hash(tupleShape(2).make([1, 2])); // true
 */
export function hash(value: Value, charge?: Charge): number {
  const budget = { parts: MAX_PARTS };
  const result = hashAt(value, budget, 0, charge);
  charge?.(MAX_PARTS - budget.parts);
  return result;
}

interface Budget {
  parts: number;
}

function hashAt(value: Value, budget: Budget, depth: number, charge: Charge | undefined): number {
  budget.parts--;
  switch (typeof value) {
    case "number":
      return hashNumber(value);
    case "bigint":
      return mix(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
    case "string":
      return hashString(value, charge);
    case "boolean":
      return value ? 1 : 0;
    case "undefined":
      return 0;
    default:
      if (value === null) return 0;
      return depth >= MAX_DEPTH ? 0 : hashObject(value, budget, depth + 1, charge);
  }
}

/** Numbers below 2^31 in size and without fraction are their own hash. */
function hashNumber(x: number): number {
  if ((x | 0) === x) return x | 0;
  if (Number.isNaN(x)) return 0x7ff8;
  // A safe integer is split like a wide one; other floats by their digits.
  if (Number.isSafeInteger(x)) return mix(x | 0, Math.floor(x / 2 ** 32) | 0);
  return hashString(String(x), undefined);
}

function hashString(text: string, charge: Charge | undefined): number {
  charge?.(text.length >>> 3);
  let result = text.length;
  for (let index = 0; index < text.length; index++)
    result = (Math.imul(result, 31) + text.charCodeAt(index)) | 0;
  return result;
}

function hashObject(value: object, budget: Budget, depth: number, charge: Charge | undefined): number {
  if (value instanceof List) return hashList(value, budget, depth, charge);
  if (shapeOf(value) !== undefined) return hashProduct(value as Product, budget, depth, charge);
  if (Array.isArray(value))
    return hashAll(17 + value.length, value as readonly Value[], budget, depth, charge);
  if (value instanceof BoxedFloat) return hashNumber(value.value);
  if (value instanceof BoxedChar) return hashString(value.value, charge);
  if (value instanceof OrderedCollection) return hashCollection(value, budget, depth, charge);
  if (value instanceof RefCell) return mix(23, hashAt(value.contents, budget, depth, charge));
  if (value instanceof ExceptionValue)
    return hashAll(hashString(value.shape.name, charge), value.fields, budget, depth, charge);
  if (isFunction(value) || value instanceof AsyncValue)
    throw runtimeException("FUS0508", "Functions cannot be compared");
  // Compared by identity, which leaves no trace that would be the same in every run.
  if (value instanceof HostObject) return hashString(value.typeName, charge);
  if (value instanceof Sequence) return 29;
  if (value instanceof LazyValue) return 31;
  throw new TypeError("an object that is no Fusabi value");
}

function hashList(list: List, budget: Budget, depth: number, charge: Charge | undefined): number {
  let result = 13;
  for (let cell = list; cell !== NIL && budget.parts > 0; cell = cell.tail) {
    result = mix(result, hashAt(cell.head, budget, depth, charge));
  }
  return result;
}

function hashProduct(value: Product, budget: Budget, depth: number, charge: Charge | undefined): number {
  const shape = value.shape;
  const size = sizeOf(value);
  if (shape.kind === "record") {
    if (shape.identity) return hashString(shape.name, charge);
    // Records with the same labels are equal however their labels are ordered: fields count by label, in ascending order.
    const labels = [...shape.labels].sort();
    let result = 19;
    for (const label of labels) {
      if (budget.parts <= 0) break;
      result = mix(
        mix(result, hashString(label, charge)),
        hashAt(slotAt(value, shape.indexOf.get(label) ?? 0), budget, depth, charge),
      );
    }
    return result;
  }
  let result = shape.kind === "union" ? hashString(shape.cases[value.tag ?? 0]?.name ?? "", charge) : size;
  for (let index = 0; index < size && budget.parts > 0; index++) {
    result = mix(result, hashAt(slotAt(value, index), budget, depth, charge));
  }
  return result;
}

function hashCollection(
  value: OrderedCollection,
  budget: Budget,
  depth: number,
  charge: Charge | undefined,
): number {
  const cursor = value.cursor();
  let result = value.size;
  for (let here = cursor.next(); here !== undefined && budget.parts > 0; here = cursor.next()) {
    result = mix(
      mix(result, hashAt(here.key, budget, depth, charge)),
      hashAt(here.value, budget, depth, charge),
    );
  }
  return result;
}

function hashAll(
  seed: number,
  values: readonly Value[],
  budget: Budget,
  depth: number,
  charge: Charge | undefined,
): number {
  let result = seed;
  for (const value of values) {
    if (budget.parts <= 0) break;
    result = mix(result, hashAt(value, budget, depth, charge));
  }
  return result;
}

function mix(a: number, b: number): number {
  return (Math.imul(a, 0x01000193) ^ Math.imul(b, 0x85ebca6b) ^ (b >>> 13)) | 0;
}
