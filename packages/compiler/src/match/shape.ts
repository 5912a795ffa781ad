/** Patterns without sugar: what is tested, what is taken out, and what is bound. */
import type { Core } from "../core/core.js";
import type { Local } from "../core/local.js";
import type { Span } from "../source/source.js";
import type { Test } from "./plan.js";

export type Shape =
  | { readonly kind: "anything" }
  | { readonly kind: "bind"; readonly variable: Local }
  /** The same value passes the test, and then fits the rest. */
  | { readonly kind: "check"; readonly test: Test; readonly rest: Shape; readonly span: Span }
  /** Parts of the value. */
  | { readonly kind: "parts"; readonly parts: readonly Part[] }
  /** The same value fits all of them, in this order. */
  | { readonly kind: "all"; readonly shapes: readonly Shape[] }
  /** The value fits one of them, tried in this order. */
  | { readonly kind: "either"; readonly shapes: readonly Shape[] };

export interface Part {
  /** Equal for equal parts of one value. */
  readonly key: string;
  readonly take: (from: Local) => Core;
  readonly shape: Shape;
  /** Taking it runs code of the program: an active pattern. */
  readonly effect: boolean;
}

export const ANYTHING: Shape = { kind: "anything" };

/** Key of a slot of a tuple, a record or a case. */
export function tupleSlotKey(slot: number): string {
  return `f${slot}`;
}

/** Whether a shape looks only at the components of a tuple and never at the tuple. */
export function isComponentwise(shape: Shape): boolean {
  switch (shape.kind) {
    case "anything":
      return true;
    case "parts":
      return shape.parts.every((part) => !part.effect);
    case "either":
      return shape.shapes.every(isComponentwise);
    default:
      return false;
  }
}

/** Equal for tests that ask the same. */
export function testKey(test: Test): string {
  switch (test.kind) {
    case "tag":
      return `tag ${test.tag}`;
    case "cons":
    case "nil":
    case "null":
      return test.kind;
    case "bool":
    case "int":
    case "float":
    case "text":
    case "length":
      return `${test.kind} ${test.value}`;
    case "equal":
      return `equal ${constantKey(test.constant)}`;
    case "exception":
      return `exception ${test.definition}`;
    case "exception-class":
      return `class ${test.name}`;
    case "type":
      return `type ${test.type}`;
  }
}

function constantKey(core: Core): string {
  switch (core.kind) {
    case "int":
    case "float":
    case "string":
    case "bool":
      return `${core.kind} ${core.value}`;
    case "primitive":
      return `${core.op} ${core.args.map(constantKey).join(" ")}`;
    default:
      return core.kind;
  }
}

/** Tests that can be asked together; in every family but `type`, a value passes at most one. */
export type TestFamily = "list" | "type" | Test["kind"];

export function testFamily(test: Test): TestFamily {
  switch (test.kind) {
    case "cons":
    case "nil":
      return "list";
    case "type":
    case "exception-class":
      return "type";
    default:
      return test.kind;
  }
}

/** How many tests of the family there are when every value passes one of them. */
export function familySize(test: Test): number {
  switch (test.kind) {
    case "tag":
      return test.cases;
    case "cons":
    case "nil":
    case "bool":
      return 2;
    default:
      return Number.POSITIVE_INFINITY;
  }
}
