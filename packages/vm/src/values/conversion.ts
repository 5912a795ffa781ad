/** What both directions of the crossing of values between host and script share. */
import type { DefinitionData } from "../bytecode/module.js";
import { ConversionError } from "../errors.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { AnonymousShapes } from "./anonymous-shapes.js";
import type { AsyncValue } from "./async-value.js";
import type { Run } from "./sequence.js";
import type { ExceptionShape, FunctionValue, RecordShape, UnionShape, Value } from "./value.js";

/** What a conversion needs to know of the module whose types it meets, and how functions cross. */
export interface Conversion {
  readonly definitions: readonly DefinitionData[];
  /** Parallel to the definitions. */
  readonly shapes: readonly (RecordShape | UnionShape | ExceptionShape)[];
  readonly anonymousShapes: AnonymousShapes;
  /** Counts bytes that a value from the host is about to take, where a program is there that answers for them. Throws LimitError. */
  allocate(bytes: number): void;
  /** A script function as a function of the host. `type` is its function type, or `any` when that is not known. */
  wrapFunction(callee: FunctionValue, type: TypeDescriptor): (...args: unknown[]) => unknown;
  /** As `wrapFunction`, for a host that awaits: the function may wait. */
  wrapWaiting(callee: FunctionValue, type: TypeDescriptor): (...args: unknown[]) => Promise<unknown>;
  /** Applies a script function, for the elements of a seq. */
  readonly run: Run;
  /** Starts an Async, and converts its result. */
  start<R>(work: AsyncValue, convert: (result: Value) => R): Promise<R>;
  /** What the host promised, as an Async. */
  promised(promise: Promise<Value>): AsyncValue;
  /** A function of the host as a script function. */
  unwrapFunction(callee: (...args: unknown[]) => unknown, type: TypeDescriptor): Value;
}

export const ANY: TypeDescriptor = { kind: "any" };
/** Levels of nesting that may cross; deeper values usually contain themselves. */
const MAX_DEPTH = 1000;
/** Values that may cross at once: shared parts are copied, which can make small data huge. */
const MAX_VALUES = 2 ** 24;

/** Where a conversion is in the value: the steps that lead there, for messages, and how much has crossed. */
export class Place {
  readonly #steps: (string | number)[] = [];
  #values = 0;

  constructor(private readonly root: string) {}

  /** Goes to a part: an index, or a label with its point or brackets. */
  enter(step: string | number): void {
    if (this.#steps.length >= MAX_DEPTH)
      throw this.error(`nested more than ${MAX_DEPTH} levels deep, or contains itself`);
    this.require(1);
    this.#values++;
    this.#steps.push(step);
  }

  /** Refuses so many more values before they are looked at: the length of an array can be said without there being anything in it. */
  require(more: number): void {
    if (this.#values + more > MAX_VALUES) throw this.error(`consists of more than ${MAX_VALUES} values`);
  }

  leave(): void {
    this.#steps.pop();
  }

  error(problem: string, cause?: unknown): ConversionError {
    const path = this.path();
    return new ConversionError(`${path}: ${problem}`, path, cause === undefined ? undefined : { cause });
  }

  mismatch(expected: string, got: string): ConversionError {
    return this.error(`expected ${expected}, got ${got}`);
  }

  path(): string {
    const shown = this.#steps.length > MAX_SHOWN ? [...this.#steps.slice(0, MAX_SHOWN), "..."] : this.#steps;
    return this.root + shown.map((step) => (typeof step === "number" ? `[${step}]` : step)).join("");
  }
}

/** Steps of a path that messages show. */
const MAX_SHOWN = 20;

/** A label as a step: `.name`, `["odd name"]`. */
export function labelStep(label: string): string {
  return /^[\p{L}_][\p{L}\p{Nd}_']*$/u.test(label) ? `.${label}` : `[${JSON.stringify(label.slice(0, 80))}]`;
}

/**
 * Whether options of the type always carry a tag outside, `{ some: value }`: for an option of an option, or of unit, a bare value could not be told from
 * the absence of one.
 */
export function isTaggedOption(item: TypeDescriptor): boolean {
  return item.kind === "option" || item.kind === "unit";
}

/** Whether what is inside an option shows only while running, so that the tag is set where it is needed. */
export function isOpenOption(item: TypeDescriptor): boolean {
  return item.kind === "any" || item.kind === "variable" || item.kind === "host";
}

/** `{ some: … }` and nothing else. */
export function isTag(value: unknown): value is { readonly some: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === "some";
}
