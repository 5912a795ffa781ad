/** Types of generated programs. The generator knows the type of all that it writes; the compiler has to find it out. */
import type { Value } from "./values.js";

export type Type =
  | { readonly kind: "int" | "float" | "string" | "bool" | "char" | "unit" }
  | { readonly kind: "tuple"; readonly items: readonly Type[] }
  | { readonly kind: "list" | "array" | "option" | "set"; readonly of: Type }
  | { readonly kind: "map"; readonly key: Type; readonly value: Type }
  | { readonly kind: "function"; readonly from: Type; readonly to: Type }
  | { readonly kind: "declared"; readonly declaration: Declaration; readonly args: readonly Type[] }
  | { readonly kind: "object"; readonly declaration: ClassDeclaration }
  | { readonly kind: "variable"; readonly id: number };

/** A member of a type. */
export interface Member {
  readonly name: string;
  /** How it is asked for: `x.M`, `x.M(a, b)`, `x.M a b`, `T.M(a, b)`, `x + y`. */
  readonly form: "property" | "method" | "curried" | "static" | "operator";
  /** Without the object itself; for an operator the operands. */
  readonly parameters: readonly Type[];
  readonly result: Type;
  /** `self` has no value for a static member and an operator. */
  readonly run: (self: Value, args: readonly Value[]) => Value;
}

/** A class: made from `parameters`, known by its members only. */
export interface ClassDeclaration {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly members: readonly Member[];
  /** Properties that can be assigned. */
  readonly setters: readonly Setter[];
  readonly make: (args: readonly Value[]) => Value;
}

export interface Setter {
  readonly name: string;
  readonly type: Type;
  readonly assign: (self: Value, value: Value) => void;
}

export type Declaration = UnionDeclaration | RecordDeclaration;

/** The fields of the cases mention the parameters as variables 0, 1, …; the first case never contains the type itself. */
export interface UnionDeclaration {
  readonly kind: "union";
  readonly name: string;
  readonly parameters: number;
  readonly cases: readonly Case[];
  readonly members: readonly Member[];
}

export interface Case {
  readonly name: string;
  readonly fields: readonly Type[];
}

export interface RecordDeclaration {
  readonly kind: "record";
  readonly name: string;
  readonly parameters: number;
  readonly fields: readonly Field[];
  readonly members: readonly Member[];
}

export interface Field {
  readonly label: string;
  readonly type: Type;
  readonly mutable: boolean;
}

export interface ExceptionDeclaration {
  readonly name: string;
  readonly fields: readonly Type[];
}

export const int: Type = { kind: "int" };
export const float: Type = { kind: "float" };
export const string: Type = { kind: "string" };
export const bool: Type = { kind: "bool" };
export const char: Type = { kind: "char" };
export const unit: Type = { kind: "unit" };

export const listOf = (of: Type): Type => ({ kind: "list", of });
export const arrayOf = (of: Type): Type => ({ kind: "array", of });
export const optionOf = (of: Type): Type => ({ kind: "option", of });
export const setOf = (of: Type): Type => ({ kind: "set", of });
export const mapOf = (key: Type, value: Type): Type => ({ kind: "map", key, value });
export const tupleOf = (...items: readonly Type[]): Type => ({ kind: "tuple", items });
export const functionOf = (from: Type, to: Type): Type => ({ kind: "function", from, to });
export const functionFrom = (parameters: readonly Type[], result: Type): Type =>
  parameters.reduceRight((to, from) => functionOf(from, to), result);

/** What a declared union of the prelude would look like; values of options are values of this union. */
export const OPTION: UnionDeclaration = {
  kind: "union",
  name: "option",
  parameters: 1,
  cases: [
    { name: "None", fields: [] },
    { name: "Some", fields: [{ kind: "variable", id: 0 }] },
  ],
  members: [],
};

export function substitute(type: Type, args: ReadonlyMap<number, Type>): Type {
  switch (type.kind) {
    case "variable":
      return args.get(type.id) ?? type;
    case "tuple":
      return tupleOf(...type.items.map((item) => substitute(item, args)));
    case "list":
    case "array":
    case "option":
    case "set":
      return { kind: type.kind, of: substitute(type.of, args) };
    case "map":
      return mapOf(substitute(type.key, args), substitute(type.value, args));
    case "function":
      return functionOf(substitute(type.from, args), substitute(type.to, args));
    case "declared":
      return {
        kind: "declared",
        declaration: type.declaration,
        args: type.args.map((item) => substitute(item, args)),
      };
    default:
      return type;
  }
}

/** Types of the fields of a case or record at these arguments. */
export function fieldTypes(fields: readonly Type[], args: readonly Type[]): readonly Type[] {
  const byId = new Map(args.map((type, id) => [id, type]));
  return fields.map((field) => substitute(field, byId));
}

/** The same text for the same type; it is also how the type is written in a program. */
export function write(type: Type): string {
  switch (type.kind) {
    case "variable":
      return `'t${type.id}`;
    case "tuple":
      return `(${type.items.map(write).join(" * ")})`;
    case "list":
    case "array":
    case "option":
      return `${write(type.of)} ${type.kind}`;
    case "set":
      return `Set<${write(type.of)}>`;
    case "map":
      return `Map<${write(type.key)}, ${write(type.value)}>`;
    case "function":
      return `(${write(type.from)} -> ${write(type.to)})`;
    case "declared":
      return type.args.length === 0
        ? type.declaration.name
        : `${type.declaration.name}<${type.args.map(write).join(", ")}>`;
    case "object":
      return type.declaration.name;
    default:
      return type.kind;
  }
}

export const same = (a: Type, b: Type): boolean => write(a) === write(b);

/** Has equality, an order and a text form that say something: no functions and no parameters inside. */
export function isData(type: Type): boolean {
  switch (type.kind) {
    case "variable":
    case "function":
    case "object":
      return false;
    case "tuple":
      return type.items.every(isData);
    case "list":
    case "array":
    case "option":
    case "set":
      return isData(type.of);
    case "map":
      return isData(type.key) && isData(type.value);
    case "declared":
      return type.args.every(isData);
    default:
      return true;
  }
}

/** Makes `pattern` equal to `type` by binding its variables; false when that cannot be. */
export function matches(pattern: Type, type: Type, bound: Map<number, Type>): boolean {
  switch (pattern.kind) {
    case "variable": {
      const known = bound.get(pattern.id);
      if (known !== undefined) return same(known, type);
      bound.set(pattern.id, type);
      return true;
    }
    case "tuple":
      return (
        type.kind === "tuple" &&
        type.items.length === pattern.items.length &&
        pattern.items.every((item, i) => matches(item, type.items[i] as Type, bound))
      );
    case "list":
    case "array":
    case "option":
    case "set":
      return type.kind === pattern.kind && matches(pattern.of, type.of, bound);
    case "map":
      return (
        type.kind === "map" &&
        matches(pattern.key, type.key, bound) &&
        matches(pattern.value, type.value, bound)
      );
    case "function":
      return (
        type.kind === "function" &&
        matches(pattern.from, type.from, bound) &&
        matches(pattern.to, type.to, bound)
      );
    case "declared":
      return (
        type.kind === "declared" &&
        type.declaration === pattern.declaration &&
        pattern.args.every((item, i) => matches(item, type.args[i] as Type, bound))
      );
    case "object":
      return same(pattern, type);
    default:
      return type.kind === pattern.kind;
  }
}

export function variablesIn(type: Type): ReadonlySet<number> {
  return new Set([...write(type).matchAll(/'t(\d+)/g)].map((match) => Number(match[1])));
}
