/** The distinctions between types that the choice of instructions depends on. */
import type { ComparisonMode } from "../core/core.js";
import { PRIMITIVES } from "../module/describe.js";
import { defaultNumber } from "../types/bounds.js";
import { ANY, ARRAY, LIST, MAP, OPTION, REF, SEQ, SET } from "../types/builtin.js";
import type { Bound, Type, TypeConstructor } from "../types/type.js";

export type TypeClass =
  | "int"
  | "float"
  | "bool"
  | "string"
  | "char"
  | "unit"
  | "any"
  | "exn"
  | "list"
  | "array"
  | "seq"
  | "set"
  | "map"
  | "option"
  | "ref"
  /** A type variable: any type at all. */
  | "open"
  | "other";

const CLASSES: ReadonlyMap<TypeConstructor, TypeClass> = new Map<TypeConstructor, TypeClass>([
  ...PRIMITIVES,
  [LIST, "list"],
  [ARRAY, "array"],
  [SEQ, "seq"],
  [SET, "set"],
  [MAP, "map"],
  [OPTION, "option"],
  [REF, "ref"],
]);

/** Of a type whose outermost constructor is visible. */
export function classOfType(type: Type): TypeClass {
  switch (type.kind) {
    case "constructed":
      return CLASSES.get(type.constructor) ?? "other";
    case "variable":
      return openClass(type.bounds);
    default:
      return "other";
  }
}

export function comparisonMode(kind: TypeClass): ComparisonMode {
  switch (kind) {
    case "int":
    case "float":
    case "bool":
      return kind;
    case "string":
    case "char":
      return "text";
    case "any":
      return "dynamic";
    default:
      return "structural";
  }
}

function openClass(bounds: readonly Bound[]): TypeClass {
  const number = defaultNumber(bounds);
  return number === undefined ? "open" : classOfType(number);
}

/** A variable with such a bound decides between instructions; equality and order work on every value as it is. */
export function needsSpecialisation(bounds: readonly Bound[]): boolean {
  return bounds.some((bound) => bound.kind !== "eq" && bound.kind !== "ord");
}

/** What a variable stands for that nothing decides. */
export function defaultType(bounds: readonly Bound[]): Type {
  return defaultNumber(bounds) ?? ANY;
}
