/**
 * How Fusabi values look in JavaScript. Small things stay primitives: an `int` is a number (a bigint outside the safe range, never
 * inside it), a `float` a number, told apart by static type; `bool`, `string` are themselves, a `char` is a string of one unit, `unit` is undefined.
 * Everything else is an instance of one of the classes below. Instances never carry a name that came from a program as a property
 * name: fields are slots `f0`, `f1`, …, so that no program can reach a JavaScript prototype.
 */

import type { LinkedImport } from "../host/link.js";
import type { FunctionCode, LinkedUnit } from "../machine/code.js";

/** Any Fusabi value. */
export type Value = undefined | null | boolean | number | bigint | string | object;

/**
 * A cons cell; `NIL` is the empty list. Check emptiness with `list === NIL`.
 *
 * @example
 * new List(1, new List(2, NIL)); // [1; 2]
 */
export class List {
  constructor(
    readonly head: Value,
    readonly tail: List,
  ) {}
}

/** The empty list: a cell of the same hidden class, so that `tail` accesses stay monomorphic. Its fields are never read. */
export const NIL: List = new List(undefined, undefined as never);

/**
 * A float inside a value of type `any`, where the static type no longer tells what the primitive is.
 *
 * @example
 * kindOf(new BoxedFloat(2)); // "float", where kindOf(2) is "int"
 */
export class BoxedFloat {
  constructor(readonly value: number) {}
}
/**
 * A char inside a value of type `any`, where the static type no longer tells it from a string; `value` is one UTF-16 unit.
 *
 * @example
 * kindOf(new BoxedChar("a")); // "char", where kindOf("a") is "string"
 */
export class BoxedChar {
  constructor(readonly value: string) {}
}

/**
 * `ref` cells, and mutable variables that a closure captures.
 *
 * @example
 * const cell = new RefCell(1);
 * cell.contents = 2;
 */
export class RefCell {
  constructor(public contents: Value) {}
}

/**
 * A script function together with what it captured.
 *
 * @example
 * new Closure(code, unit, [captured]);
 */
export class Closure {
  /** Those of the code: a call and a return reach the next instruction a step sooner. A closure learns of the layout of its code when it is first called. */
  words: Int32Array;
  constructor(
    readonly code: FunctionCode,
    readonly unit: LinkedUnit,
    /** Not readonly: recursive closures are tied together after they are made. */
    readonly captures: Value[],
  ) {
    this.words = code.words;
  }
}

/**
 * A native or host function as a value.
 *
 * @example
 * if (callee instanceof HostFunction) callee.target.name; // "List.map"
 */
export class HostFunction {
  constructor(readonly target: LinkedImport) {}
}

/**
 * A union case used as a function (`List.map Some`); `arity` arguments make the case.
 *
 * @example
 * new CaseFunction(OPTION, 1, 1); // Some
 */
export class CaseFunction {
  constructor(
    readonly union: UnionShape,
    readonly tag: number,
    readonly arity: number,
  ) {}
}

/**
 * A function that has got some of its arguments; `args.length` is below the arity of the target.
 *
 * @example
 * const shape = unionShape("Shape", [{ name: "Box", labels: ["width", "height"] }]);
 * new PartialApplication(new CaseFunction(shape, 0, 2), [3]); // fun height -> Box (3, height)
 */
export class PartialApplication {
  constructor(
    readonly target: Closure | HostFunction | CaseFunction,
    readonly args: readonly Value[],
  ) {}
}

/** A function value of whichever sort; `isFunction` recognises it, and the machine applies it. */
export type FunctionValue = Closure | HostFunction | CaseFunction | PartialApplication;

/**
 * A host object that scripts can hold and pass on but not look into. `typeName` is the name in signatures, without the leading `#`.
 *
 * @example
 * new HostObject("Database", connection); // what a parameter of type "#Database" takes
 */
export class HostObject {
  constructor(
    readonly typeName: string,
    readonly target: object,
  ) {}
}

// ------------------------------------------------------------------------------------------------ products: tuples, records, cases

/** Property name of slot `i`: `f0`, `f1`, … Grows on demand through `slotName`. */
const slots: string[] = Array.from({ length: 64 }, (_, index) => `f${index}`);

export function slotName(index: number): string {
  return slots[index] ?? `f${index}`;
}

/** What all tuples of one size share. */
export interface TupleShape {
  readonly kind: "tuple";
  readonly size: number;
  readonly make: ProductFactory;
}

/** What all values of one record type share. Field order is that of the declaration; of an anonymous record, label order. */
export interface RecordShape {
  readonly kind: "record";
  /** Empty for anonymous records. */
  readonly name: string;
  readonly labels: readonly string[];
  readonly anonymous: boolean;
  /** Objects of a class: compared by identity, no order. */
  readonly identity: boolean;
  readonly make: ProductFactory;
  /** Index of each label. */
  readonly indexOf: ReadonlyMap<string, number>;
}

/** What all values of one union share. Values carry their `tag`; a case without fields exists once. */
export interface UnionShape {
  readonly kind: "union";
  readonly name: string;
  readonly cases: readonly CaseShape[];
}

export interface CaseShape {
  readonly name: string;
  readonly tag: number;
  readonly size: number;
  readonly labels: readonly (string | undefined)[];
  /** Makes a value of the case; of a case without fields, gives the one value. */
  readonly make: ProductFactory;
}

/** A declared exception (`exception E of int`) or a built-in one. */
export interface ExceptionShape {
  readonly name: string;
  readonly size: number;
  readonly labels: readonly (string | undefined)[];
}

/** Takes exactly as many values as there are slots. The array is not kept. */
export type ProductFactory = (fields: readonly Value[]) => Product;

/** A tuple, a record or a union case: slots `f0`, `f1`, … in fixed order. */
export interface Product {
  readonly shape: TupleShape | RecordShape | UnionShape;
  /** Of a union case: position of the case in the declaration. */
  readonly tag?: number;
  [slot: `f${number}`]: Value;
}

/**
 * An exception value. `code` is the FUS code that the diagnostic shows; `trace` grows as it leaves frame after frame.
 *
 * @example
 * try { compare(a, b); }
 * catch (error) { if (error instanceof ExceptionValue && error.code === "FUS0508") return undefined; throw error; }
 */
export class ExceptionValue {
  trace: readonly TraceEntry[] | undefined;
  /** Depth of the outermost frame in the trace; frames further out are added as the exception leaves them. */
  tracedTo: number = Number.POSITIVE_INFINITY;
  /** Function of that frame. */
  tracedCode: FunctionCode | undefined;

  constructor(
    readonly shape: ExceptionShape,
    readonly fields: readonly Value[],
    readonly code: string,
    readonly message: string,
    /** The host's error, when the exception stands for one. */
    readonly cause?: unknown,
  ) {}
}

/** One line of a Fusabi stack trace, innermost first. Line and column from 1; 0 when unknown. */
export interface TraceEntry {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The function was entered by a tail call: whoever made it has left the stack, so the next entry called another function than this one. Only set where that is known. */
  readonly tailCalled?: true;
}
