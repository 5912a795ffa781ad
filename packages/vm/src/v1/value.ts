/**
 * Values of the original implementation's machine. They carry their kind while running, since its instructions look at kinds: ints are numbers (bigints beyond the
 * safe range), floats are boxed, so that `3` and `3.0` stay apart.
 */
import type { Int } from "../values/int.js";
import type { Chunk } from "./program.js";

export class Float {
  constructor(readonly value: number) {}
}

/** The tail may be any value; a list is a chain that ends in `NIL`. */
export class Cons {
  constructor(
    readonly head: Value,
    readonly tail: Value,
  ) {}
}

class Nil {}
/** The empty list. */
export const NIL: Nil = new Nil();

export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}

/** The one kind of value that changes. */
export class MutableArray {
  constructor(readonly items: Value[]) {}
}

export class RecordValue {
  constructor(readonly fields: ReadonlyMap<string, Value>) {}
}

export class MapValue {
  constructor(readonly entries: ReadonlyMap<string, Value>) {}
}

/** A union case. Compiled code leaves the type name empty, the library does not, and both count for equality. */
export class Variant {
  constructor(
    readonly typeName: string,
    readonly caseName: string,
    readonly fields: readonly Value[],
  ) {}
}

export class ClosureValue {
  constructor(
    readonly chunk: Chunk,
    readonly arity: number,
    readonly name: string | undefined,
  ) {}
}

/** A host function by its name, with the arguments given so far. Arity 0 marks a dynamic one, which takes whatever one call gives it. */
export class NativeValue {
  constructor(
    readonly name: string,
    readonly arity: number,
    readonly given: readonly Value[],
  ) {}
}

/** An object of the host. */
export class OpaqueValue {
  constructor(
    readonly typeName: string,
    readonly object: object,
  ) {}
}

/** Unit is `undefined`. */
export type Value =
  | Int
  | Float
  | boolean
  | string
  | undefined
  | Nil
  | Cons
  | Tuple
  | MutableArray
  | RecordValue
  | MapValue
  | Variant
  | ClosureValue
  | NativeValue
  | OpaqueValue;

export function isInt(value: Value): value is Int {
  return typeof value === "number" || typeof value === "bigint";
}

/** The kind's name in messages. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "number":
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
    case "string":
      return "string";
    case "undefined":
      return "unit";
  }
  if (value instanceof Float) return "float";
  if (value instanceof Cons || value === NIL) return "list";
  if (value instanceof Tuple) return "tuple";
  if (value instanceof MutableArray) return "array";
  if (value instanceof RecordValue) return "record";
  if (value instanceof MapValue) return "map";
  if (value instanceof Variant) return "variant";
  if (value instanceof OpaqueValue) return "host_data";
  return "function";
}

/** What a conditional jump takes for false: false, zeros, and everything empty. */
export function isFalsy(value: Value): boolean {
  switch (typeof value) {
    case "boolean":
      return !value;
    case "number":
      return value === 0;
    case "bigint":
      return false;
    case "string":
      return value === "";
    case "undefined":
      return true;
  }
  if (value instanceof Float) return value.value === 0;
  if (value === NIL) return true;
  if (value instanceof Tuple || value instanceof MutableArray) return value.items.length === 0;
  if (value instanceof RecordValue) return value.fields.size === 0;
  if (value instanceof MapValue) return value.entries.size === 0;
  return false;
}

export function listOf(items: readonly Value[], tail: Value = NIL): Value {
  let list = tail;
  for (let index = items.length - 1; index >= 0; index--) list = new Cons(items[index], list);
  return list;
}

export function some(value: Value): Variant {
  return new Variant("Option", "Some", [value]);
}

export const NONE: Variant = new Variant("Option", "None", []);

/** The order of strings by their UTF-8 bytes, which is that of their code points. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that take one unit. */
function rank(unit: number): number {
  return (unit & 0xf800) === 0xd800 ? unit + 0x10000 : unit;
}

export function sortedEntries(entries: ReadonlyMap<string, Value>): [string, Value][] {
  return [...entries].sort(([a], [b]) => compareCodePoints(a, b));
}
