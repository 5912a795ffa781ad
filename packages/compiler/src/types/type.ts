/**
 * Types inside the checker: a graph that unification changes in place. Follow links with `prune` before looking at a type.
 */
import type { Span } from "../source/source.js";
import type { Variable } from "../typed/tree.js";

export type Type = TypeVariable | ConstructedType | FunctionType | TupleType | AnonymousRecordType;

/** An application of a type constructor: `int`, `'a list`, `Map<string, int>`, a declared type. */
export interface ConstructedType {
  readonly kind: "constructed";
  readonly constructor: TypeConstructor;
  readonly args: readonly Type[];
}

export interface FunctionType {
  readonly kind: "function";
  readonly parameter: Type;
  readonly result: Type;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly items: readonly Type[];
}

/** Structural record; labels ascending by UTF-16 unit. */
export interface AnonymousRecordType {
  readonly kind: "anonymous";
  readonly labels: readonly string[];
  readonly types: readonly Type[];
}

/** A unification variable. Generalisation turns it into a quantified variable of a scheme by setting `level` to `GENERIC_LEVEL`. */
export interface TypeVariable {
  readonly kind: "variable";
  readonly id: number;
  /** Depth of the `let` that owns it. */
  level: number;
  /** Set when the variable has been unified with a type. */
  link: Type | undefined;
  bounds: readonly Bound[];
  /** Name from an annotation (`'a`), for messages. */
  name: string | undefined;
}

export const GENERIC_LEVEL: number = Number.MAX_SAFE_INTEGER;

/** What a type variable must satisfy; language reference 4.3. */
export type Bound =
  /** `operator`: as written, where there is one; a declared type satisfies the bound if it has it as a static member. */
  | { readonly kind: "add" | "num"; readonly operator?: string; readonly span: Span }
  | { readonly kind: "bits" | "eq" | "ord"; readonly span: Span }
  /** The type chooses an implementation (`int x`, `%A`); every type satisfies it. */
  | { readonly kind: "variant"; readonly span: Span }
  | { readonly kind: "field"; readonly label: string; readonly type: Type; readonly span: Span }
  | {
      readonly kind: "call";
      readonly label: string;
      readonly args: readonly Type[];
      readonly result: Type;
      readonly span: Span;
    }
  | {
      readonly kind: "exactly";
      readonly labels: readonly string[];
      readonly types: readonly Type[];
      readonly span: Span;
    }
  | { readonly kind: "elem"; readonly type: Type; readonly span: Span }
  | { readonly kind: "index"; readonly key: Type; readonly value: Type; readonly span: Span };

/** Compared by identity. */
export interface TypeConstructor {
  readonly name: string;
  readonly arity: number;
  /** Undefined for built-in types and host object types. */
  readonly declaration: TypeDeclaration | undefined;
  /** An opaque host type (`#Database`). */
  readonly host: boolean;
}

export type TypeDeclaration = RecordDeclaration | UnionDeclaration | ClassDeclaration | ExceptionDeclaration;

interface DeclarationBase {
  /** Qualified by its modules: `Geometry.Point`. */
  readonly name: string;
  readonly constructor: TypeConstructor;
  /** Quantified variables that stand for the parameters. */
  readonly params: readonly TypeVariable[];
  readonly span: Span;
  /** Members by name, static ones included: global functions whose first parameter is the object (unless static). */
  readonly members: Map<string, MemberInfo>;
  /** Static members that are operators, by operator (`+`, `~-`); several of one name differ by the types of their operands. */
  readonly operators: Map<string, MemberInfo[]>;
  /** Of properties that can be assigned: functions of the object, the index if there is one, and the new value. */
  readonly setters: Map<string, MemberInfo>;
}
export interface MemberInfo {
  readonly name: string;
  readonly isStatic: boolean;
  /** A property takes the object only. */
  readonly isProperty: boolean;
  readonly variable: Variable;
}
export interface RecordDeclaration extends DeclarationBase {
  readonly kind: "record";
  /** In declaration order. Filled once all types of a group are known. */
  fields: readonly {
    readonly label: string;
    readonly type: Type;
    readonly mutable: boolean;
    readonly span: Span;
  }[];
}
export interface UnionDeclaration extends DeclarationBase {
  readonly kind: "union";
  cases: readonly CaseInfo[];
  readonly requireQualifiedAccess: boolean;
}
export interface CaseInfo {
  readonly name: string;
  readonly tag: number;
  readonly union: UnionDeclaration;
  fields: readonly { readonly label: string | undefined; readonly type: Type }[];
  readonly span: Span;
}
/** A class with a primary constructor; its objects are records of the captured parameters and bindings, compared by identity. */
export interface ClassDeclaration extends DeclarationBase {
  readonly kind: "class";
  fields: readonly {
    readonly label: string;
    readonly type: Type;
    readonly mutable: boolean;
    readonly span: Span;
  }[];
}
export interface ExceptionDeclaration extends DeclarationBase {
  readonly kind: "exception";
  fields: readonly { readonly label: string | undefined; readonly type: Type }[];
}

/** A type with quantified variables; `quantified` is empty for a monomorphic one. */
export interface Scheme {
  readonly quantified: readonly TypeVariable[];
  readonly type: Type;
}

/** The type behind all links, with path compression. */
export function prune(type: Type): Type {
  if (type.kind !== "variable" || type.link === undefined) return type;
  let end: Type = type;
  while (end.kind === "variable" && end.link !== undefined) end = end.link;
  let at: Type = type;
  while (at.kind === "variable" && at.link !== undefined && at.link !== end) {
    const next: Type = at.link;
    at.link = end;
    at = next;
  }
  return end;
}
