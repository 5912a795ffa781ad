/** How library functions are declared, and how they look at their arguments. */

import type { Int } from "../../values/int.js";
import { CONS_BYTES } from "../../values/size.js";
import { emptyList, runtimeError, typeMismatch } from "../failure.js";
import type { HostFunctionV1, LibraryContext } from "../library-context.js";
import {
  Cons,
  Float,
  isInt,
  listOf,
  MapValue,
  MutableArray,
  NIL,
  typeName,
  type Value,
  Variant,
} from "../value.js";

export type Functions = Readonly<Record<string, HostFunctionV1>>;

type Run = (context: LibraryContext, ...args: Value[]) => Value;

/** A function of `arity` arguments; a dynamic call with another number of them fails. */
export function fn(arity: number, run: Run, capability?: string): HostFunctionV1 {
  const expected = `Expected ${arity} argument${arity === 1 ? "" : "s"}`;
  return {
    capability,
    run: (context, args) => {
      if (args.length !== arity) throw runtimeError(`${expected}, got ${args.length}`);
      return run(context, ...args);
    },
  };
}

/** A function that calls back; the original words its complaint about the number of arguments differently. */
export function callingBack(name: string, arity: number, run: Run): HostFunctionV1 {
  return {
    capability: undefined,
    run: (context, args) => {
      if (args.length !== arity) throw runtimeError(`${name} expects ${arity} arguments, got ${args.length}`);
      return run(context, ...args);
    },
  };
}

export function asString(value: Value): string {
  if (typeof value !== "string") throw typeMismatch("string", typeName(value));
  return value;
}

export function asInt(value: Value): Int {
  if (!isInt(value)) throw typeMismatch("int", typeName(value));
  return value;
}

export function asBool(value: Value): boolean {
  if (typeof value !== "boolean") throw typeMismatch("bool", typeName(value));
  return value;
}

/** Ints are taken where a float is asked for. */
export function asFloat(value: Value): number {
  if (isInt(value)) return Number(value);
  if (value instanceof Float) return value.value;
  throw typeMismatch("int or float", typeName(value));
}

export function asArray(value: Value): MutableArray {
  if (!(value instanceof MutableArray)) throw typeMismatch("array", typeName(value));
  return value;
}

export function asMap(value: Value): ReadonlyMap<string, Value> {
  if (!(value instanceof MapValue)) throw typeMismatch("map", typeName(value));
  return value.entries;
}

export function asVariant(value: Value, expected: string): Variant {
  if (!(value instanceof Variant)) throw typeMismatch(expected, typeName(value));
  return value;
}

/** The elements of a list; the walk is charged. */
export function elementsOf(context: LibraryContext, list: Value): Value[] {
  const items: Value[] = [];
  let rest = list;
  for (; rest instanceof Cons; rest = rest.tail) {
    context.meter.charge(1);
    items.push(rest.head);
  }
  if (rest !== NIL) throw typeMismatch("list", typeName(rest));
  return items;
}

export function headAndTail(list: Value): Cons {
  if (list instanceof Cons) return list;
  throw list === NIL ? emptyList() : typeMismatch("list", typeName(list));
}

export function newList(context: LibraryContext, items: readonly Value[], tail: Value = NIL): Value {
  context.meter.charge(items.length);
  context.meter.allocate(items.length * CONS_BYTES);
  return listOf(items, tail);
}
