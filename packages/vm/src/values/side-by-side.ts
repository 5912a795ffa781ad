/**
 * Walks two values side by side, part by part. What two parts mean for each other is decided by the caller's verdict. Values nested so deeply that recursion would exhaust the engine's
 * stack are walked on a stack of its own.
 */

import type { Charge } from "./charge.js";
import { runtimeException } from "./exception.js";
import { OrderedCollection } from "./ordered-collection.js";
import { fieldsOf, shapeOf, sizeOf, slotAt } from "./product.js";
import { ExceptionValue, List, NIL, type Product, RefCell, type Value } from "./value.js";

/** Both values have parts, and those decide. Every other verdict but 0 ends the walk. */
export const DESCEND = 2;

/** Compares two values without looking at their parts: 0 when they are equal so far, `DESCEND` when their parts decide, else the outcome. Of a primitive and itself it is 0. */
export type Verdict = (a: Value, b: Value) => number;

/** Cells of a list between two charges. */
const CHARGED_CELLS = 64;
/** From this depth on, nothing recurses. */
const RECURSION_LIMIT = 200;
/** Values that contain themselves never come to an end; a walk that nobody meters stops here. */
const UNMETERED_STEPS = 2 ** 25;
const MAX_NESTING = 2 ** 22;

/** The outcome for two values: 0 when no verdict on any of their parts differed. Parts are charged a unit each. */
export function walkSideBySide(
  a: Value,
  b: Value,
  verdict: Verdict,
  charge: Charge | undefined,
  depth: number = 0,
): number {
  // Most parts are such.
  if (a === b && typeof a !== "object") return 0;
  const outcome = verdict(a, b);
  if (outcome !== DESCEND) return outcome;
  if (depth >= RECURSION_LIMIT) return walkDeepValues(a as object, b as object, verdict, charge);
  return walkParts(a as object, b as object, verdict, charge, depth + 1);
}

function walkParts(
  a: object,
  b: object,
  verdict: Verdict,
  charge: Charge | undefined,
  depth: number,
): number {
  if (a instanceof List && b instanceof List) return walkLists(a, b, verdict, charge, depth);
  const shape = shapeOf(a);
  if (shape !== undefined && shape === shapeOf(b)) {
    const size = sizeOf(a as Product);
    charge?.(size);
    for (let index = 0; index < size; index++) {
      const outcome = walkSideBySide(
        slotAt(a as Product, index),
        slotAt(b as Product, index),
        verdict,
        charge,
        depth,
      );
      if (outcome !== 0) return outcome;
    }
    return 0;
  }
  const left = partsOf(a);
  const right = partsAlike(b, a);
  const common = Math.min(left.length, right.length);
  charge?.(common);
  for (let index = 0; index < common; index++) {
    const outcome = walkSideBySide(left[index], right[index], verdict, charge, depth);
    if (outcome !== 0) return outcome;
  }
  return Math.sign(left.length - right.length);
}

function walkLists(
  first: List,
  second: List,
  verdict: Verdict,
  charge: Charge | undefined,
  depth: number,
): number {
  let a = first;
  let b = second;
  let cells = 0;
  while (a !== NIL && b !== NIL) {
    if (++cells === CHARGED_CELLS) {
      charge?.(cells);
      cells = 0;
    }
    const outcome = walkSideBySide(a.head, b.head, verdict, charge, depth);
    if (outcome !== 0) return outcome;
    a = a.tail;
    b = b.tail;
  }
  charge?.(cells);
  return a === b ? 0 : a === NIL ? -1 : 1;
}

/** For two values whose parts decide, without recursion. */
function walkDeepValues(a: object, b: object, verdict: Verdict, charge: Charge | undefined): number {
  const stack: PartPairs[] = [partPairs(a, b)];
  let steps = 0;
  let unmetered = 0;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (++steps >= 64) {
      unmetered += steps;
      if (charge !== undefined) charge(steps);
      else if (unmetered > UNMETERED_STEPS) throw nestedTooDeeply();
      steps = 0;
    }
    if (!top.advance()) {
      stack.pop();
      if (top.ending !== 0) return top.ending;
      continue;
    }
    const outcome = verdict(top.left, top.right);
    if (outcome === DESCEND) {
      // What is done need not wait: values nested in last parts, as chains are, take no stack.
      if (top.done()) stack.pop();
      if (stack.length >= MAX_NESTING) throw nestedTooDeeply();
      stack.push(partPairs(top.left as object, top.right as object));
    } else if (outcome !== 0) return outcome;
  }
  charge?.(steps);
  return 0;
}

/** The parts of two values, pair by pair. `ending` is the outcome when the pairs are used up: the shorter one comes first. */
interface PartPairs {
  left: Value;
  right: Value;
  ending: number;
  advance(): boolean;
  /** Whether all pairs have been given, and the ending is 0. */
  done(): boolean;
}

function partPairs(a: object, b: object): PartPairs {
  if (a instanceof List && b instanceof List) return new ListPairs(a, b);
  const shape = shapeOf(a);
  if (shape !== undefined && shape === shapeOf(b)) return new SlotPairs(a as Product, b as Product);
  return new ArrayPairs(partsOf(a), partsAlike(b, a));
}

class ListPairs implements PartPairs {
  left: Value;
  right: Value;
  ending = 0;

  constructor(
    private a: List,
    private b: List,
  ) {}

  advance(): boolean {
    const { a, b } = this;
    if (a === NIL || b === NIL) {
      this.ending = a === b ? 0 : a === NIL ? -1 : 1;
      return false;
    }
    this.left = a.head;
    this.right = b.head;
    this.a = a.tail;
    this.b = b.tail;
    return true;
  }

  done(): boolean {
    return this.a === NIL && this.b === NIL;
  }
}

/** The slots of two products of one shape; of two cases of one tag. */
class SlotPairs implements PartPairs {
  left: Value;
  right: Value;
  readonly ending = 0;
  private index = 0;
  private readonly size: number;

  constructor(
    private readonly a: Product,
    private readonly b: Product,
  ) {
    this.size = sizeOf(a);
  }

  advance(): boolean {
    if (this.done()) return false;
    this.left = slotAt(this.a, this.index);
    this.right = slotAt(this.b, this.index);
    this.index++;
    return true;
  }

  done(): boolean {
    return this.index >= this.size;
  }
}

class ArrayPairs implements PartPairs {
  left: Value;
  right: Value;
  ending = 0;
  private index = 0;

  constructor(
    private readonly a: readonly Value[],
    private readonly b: readonly Value[],
  ) {}

  advance(): boolean {
    const { a, b, index } = this;
    if (index >= a.length || index >= b.length) {
      this.ending = Math.sign(a.length - b.length);
      return false;
    }
    this.left = a[index];
    this.right = b[index];
    this.index = index + 1;
    return true;
  }

  done(): boolean {
    return this.index >= this.a.length && this.a.length === this.b.length;
  }
}

/** The parts of anything that has parts, lists excepted. */
function partsOf(value: object): readonly Value[] {
  if (shapeOf(value) !== undefined) return fieldsOf(value as Product);
  if (Array.isArray(value)) return value as readonly Value[];
  if (value instanceof OrderedCollection) return value.parts();
  if (value instanceof RefCell) return [value.contents];
  if (value instanceof ExceptionValue) return value.fields;
  throw new TypeError("a value without parts");
}

/** The parts of `value` in the order of those of `model`: records with the same labels may be declared in different orders. */
function partsAlike(value: object, model: object): readonly Value[] {
  const shape = shapeOf(value);
  const order = shapeOf(model);
  const parts = partsOf(value);
  if (shape === order || shape?.kind !== "record" || order?.kind !== "record") return parts;
  return order.labels.map((label) => parts[shape.indexOf.get(label) ?? -1]);
}

function nestedTooDeeply(): ExceptionValue {
  return runtimeException("FUS0517", "A value is nested too deeply to be compared, or contains itself");
}
