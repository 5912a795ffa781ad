/** Values of the evaluator: what the language reference says about equality, order and text, written down a second time and for clarity only. */
import type { Environment } from "./code.js";
import type { ExceptionDeclaration, RecordDeclaration, UnionDeclaration } from "./types.js";

/** Ints are bigints, floats numbers, unit is undefined. */
export type Value =
  | bigint
  | number
  | string
  | boolean
  | undefined
  | Char
  | Tuple
  | List
  | ArrayValue
  | Union
  | RecordValue
  | MapValue
  | SetValue
  | Closure
  | ObjectValue;

export class Char {
  constructor(readonly unit: string) {}
}
export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}
export class List {
  constructor(readonly items: readonly Value[]) {}
}
export class ArrayValue {
  constructor(readonly items: Value[]) {}
}
export class Union {
  constructor(
    readonly declaration: UnionDeclaration,
    readonly tag: number,
    readonly fields: readonly Value[],
  ) {}
}
export class RecordValue {
  constructor(
    readonly declaration: RecordDeclaration,
    readonly fields: Value[],
  ) {}
}
export class MapValue {
  /** Ascending by key. */
  constructor(readonly entries: readonly (readonly [Value, Value])[]) {}
}
export class SetValue {
  /** Ascending. */
  constructor(readonly items: readonly Value[]) {}
}
export class Closure {
  constructor(readonly call: (argument: Value) => Value) {}
}

/** Of a class; what its members see. */
export class ObjectValue {
  constructor(readonly environment: Environment | undefined) {}
}

/** An exception of the program. */
export class Raised extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly declared?: { readonly declaration: ExceptionDeclaration; readonly fields: readonly Value[] },
  ) {
    super(message);
    this.name = "Raised";
  }
}

/** The program is of no use as a test: it takes too long, or its result is not settled by the reference. */
export class Unsuitable extends Error {}

export const failure = (message: string): Raised => new Raised("FUS0519", message);

/** Less than 0, 0, greater than 0. */
export function order(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") {
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
    if (Number.isNaN(b)) return 1;
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (a === undefined && b === undefined) return 0;
  if (a instanceof Char && b instanceof Char) return order(a.unit, b.unit);
  if (a instanceof Tuple && b instanceof Tuple) return orderAll(a.items, b.items);
  if (a instanceof List && b instanceof List) return orderAll(a.items, b.items);
  if (a instanceof SetValue && b instanceof SetValue) return orderAll(a.items, b.items);
  if (a instanceof ArrayValue && b instanceof ArrayValue)
    return a.items.length - b.items.length || orderAll(a.items, b.items);
  if (a instanceof RecordValue && b instanceof RecordValue) return orderAll(a.fields, b.fields);
  if (a instanceof Union && b instanceof Union) return a.tag - b.tag || orderAll(a.fields, b.fields);
  if (a instanceof MapValue && b instanceof MapValue) return orderAll(a.entries.flat(), b.entries.flat());
  throw new Unsuitable("no order");
}

function orderAll(a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const found = order(a[i], b[i]);
    if (found !== 0) return found;
  }
  return a.length - b.length;
}

/** As `order`, but nan is not equal to itself. */
export function equal(a: Value, b: Value): boolean {
  if (typeof a === "number") return a === b;
  if (a instanceof Tuple && b instanceof Tuple) return equalAll(a.items, b.items);
  if (a instanceof List && b instanceof List) return equalAll(a.items, b.items);
  if (a instanceof ArrayValue && b instanceof ArrayValue) return equalAll(a.items, b.items);
  if (a instanceof RecordValue && b instanceof RecordValue) return equalAll(a.fields, b.fields);
  if (a instanceof Union && b instanceof Union) return a.tag === b.tag && equalAll(a.fields, b.fields);
  if (a instanceof MapValue && b instanceof MapValue) return equalAll(a.entries.flat(), b.entries.flat());
  return order(a, b) === 0;
}

function equalAll(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, i) => equal(item, b[i]));
}

export function mapOfEntries(entries: Iterable<readonly [Value, Value]>): MapValue {
  const kept: (readonly [Value, Value])[] = [];
  for (const entry of entries) {
    const at = kept.findIndex(([key]) => order(key, entry[0]) >= 0);
    if (at < 0) kept.push(entry);
    else kept.splice(at, order((kept[at] as readonly [Value, Value])[0], entry[0]) === 0 ? 1 : 0, entry);
  }
  return new MapValue(kept);
}

export function setOfItems(items: Iterable<Value>): SetValue {
  const kept: Value[] = [];
  for (const item of items) {
    const at = kept.findIndex((other) => order(other, item) >= 0);
    if (at < 0) kept.push(item);
    else if (order(kept[at], item) !== 0) kept.splice(at, 0, item);
  }
  return new SetValue(kept);
}

/** The text form (language reference 5.11). */
export function text(value: Value): string {
  if (value === undefined) return "()";
  if (typeof value === "number") return floatText(value);
  if (value instanceof Char) return value.unit;
  if (value instanceof Tuple) return `(${value.items.map(text).join(", ")})`;
  if (value instanceof List) return `[${value.items.map(text).join("; ")}]`;
  if (value instanceof ArrayValue) return `[|${value.items.map(text).join("; ")}|]`;
  if (value instanceof SetValue) return `Set [${value.items.map(text).join("; ")}]`;
  if (value instanceof MapValue)
    return `Map [${value.entries.map(([key, item]) => `${text(key)} -> ${text(item)}`).join("; ")}]`;
  if (value instanceof Union) {
    const name = (value.declaration.cases[value.tag] as { name: string }).name;
    return value.fields.length === 0 ? name : `${name}(${value.fields.map(text).join(", ")})`;
  }
  if (value instanceof RecordValue) {
    const { fields } = value.declaration;
    return `{ ${fields.map((field, i) => `${field.label} = ${text(value.fields[i])}`).join("; ")} }`;
  }
  if (value instanceof Closure || value instanceof ObjectValue)
    throw new Unsuitable("text of a function or object");
  return String(value);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0";
  const shortest = String(value);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest);
  if (parts === null) return shortest;
  const [, sign = "", first = "", rest = "", exponent = ""] = parts;
  const digits = first + rest;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}
