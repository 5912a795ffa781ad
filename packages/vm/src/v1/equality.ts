/** Structural equality as the original has it, without recursion; every pair that is looked at is paid for. */
import type { Meter } from "../machine/meter.js";
import { chargeDepth } from "./nesting.js";
import {
  ClosureValue,
  Cons,
  Float,
  MapValue,
  MutableArray,
  NativeValue,
  RecordValue,
  Tuple,
  type Value,
  Variant,
} from "./value.js";

/** Parts that must be equal pair by pair. Of cons cells, the tails come after the heads and do not count as deeper. */
interface Pairs {
  readonly left: readonly Value[];
  readonly right: readonly Value[];
  readonly tails: readonly [Value, Value] | undefined;
  next: number;
}

/** @throws LimitError when the comparison takes more than the limits allow, as that of arrays that contain themselves. */
export function equalV1(a: Value, b: Value, meter: Meter): boolean {
  const open: Pairs[] = [];
  let left = a;
  let right = b;
  for (;;) {
    meter.charge(1);
    const outcome = compareTops(left, right, meter);
    if (outcome === false) return false;
    if (outcome !== true) {
      open.push(outcome);
      chargeDepth(open.length, meter);
    }
    const next = nextPair(open);
    if (next === undefined) return true;
    [left, right] = next;
  }
}

function nextPair(open: Pairs[]): readonly [Value, Value] | undefined {
  for (let around = open.at(-1); around !== undefined; around = open.at(-1)) {
    if (around.next < around.left.length) {
      const index = around.next++;
      return [around.left[index], around.right[index]];
    }
    open.pop();
    if (around.tails !== undefined) return around.tails;
  }
  return undefined;
}

function compareTops(a: Value, b: Value, meter: Meter): boolean | Pairs {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  if (a instanceof Float) return b instanceof Float && a.value === b.value;
  if (a instanceof Cons)
    return b instanceof Cons && { left: [a.head], right: [b.head], tails: [a.tail, b.tail], next: 0 };
  if (a instanceof Tuple) return b instanceof Tuple && pairs(a.items, b.items);
  if (a instanceof Variant) {
    return (
      b instanceof Variant &&
      a.typeName === b.typeName &&
      a.caseName === b.caseName &&
      pairs(a.fields, b.fields)
    );
  }
  if (a instanceof NativeValue)
    return b instanceof NativeValue && a.name === b.name && a.arity === b.arity && pairs(a.given, b.given);
  if (a === b) return true;
  if (a instanceof MutableArray) return b instanceof MutableArray && pairs(a.items, b.items);
  if (a instanceof RecordValue) return b instanceof RecordValue && entryPairs(a.fields, b.fields, meter);
  if (a instanceof MapValue) return b instanceof MapValue && entryPairs(a.entries, b.entries, meter);
  // All functions of compiled code have arity 1 and no name.
  if (a instanceof ClosureValue) return b instanceof ClosureValue && a.arity === b.arity && a.name === b.name;
  return false;
}

function pairs(left: readonly Value[], right: readonly Value[]): boolean | Pairs {
  return left.length === right.length && { left, right, tails: undefined, next: 0 };
}

function entryPairs(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  meter: Meter,
): boolean | Pairs {
  if (a.size !== b.size) return false;
  meter.charge(a.size);
  const left: Value[] = [];
  const right: Value[] = [];
  for (const [key, value] of a) {
    if (!b.has(key)) return false;
    left.push(value);
    right.push(b.get(key));
  }
  return pairs(left, right);
}
