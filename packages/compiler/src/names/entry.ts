/** What a name can stand for. */
import type { HostMember } from "@fusabi/vm";
import type { Builder } from "../infer/builder.js";
import type { Span } from "../source/source.js";
import type { IntrinsicName, Variable } from "../typed/tree.js";
import type {
  CaseInfo,
  ClassDeclaration,
  ExceptionDeclaration,
  RecordDeclaration,
  Scheme,
  Type,
  TypeConstructor,
  TypeDeclaration,
  TypeVariable,
} from "../types/type.js";

/** Functions whose first argument, if it is a string literal, is a format. */
export type FormatFunction = "printf" | "printfn" | "eprintf" | "eprintfn" | "sprintf" | "failwithf";

/** A member of a host module. */
export interface HostEntry {
  readonly kind: "host";
  readonly module: string;
  readonly member: string;
  readonly definition: HostMember;
}

export interface CaseEntry {
  readonly kind: "case";
  readonly info: CaseInfo;
}

export interface ExceptionEntry {
  readonly kind: "exception";
  readonly declaration: ExceptionDeclaration;
}

/** What a name denotes as an expression. */
export type ValueEntry =
  | { readonly kind: "variable"; readonly variable: Variable }
  | HostEntry
  | { readonly kind: "intrinsic"; readonly name: IntrinsicName }
  | { readonly kind: "format"; readonly name: FormatFunction }
  /** `box` makes an `any` of a value, `unbox` takes it out again. */
  | { readonly kind: "dynamic"; readonly name: "box" | "unbox" }
  | CaseEntry
  | ExceptionEntry
  | { readonly kind: "class"; readonly declaration: ClassDeclaration; readonly create: Variable }
  /** A case of an active pattern, inside the body of its function. */
  | ActiveCaseEntry
  | CapturedEntry
  /** A mutable `let` of a class, inside the constructor: a variable that holds a reference cell. */
  | { readonly kind: "cell"; readonly variable: Variable }
  /** An operation of the builder of the computation expression around it. */
  | { readonly kind: "operation"; readonly operation: string; readonly builder: Builder };

/** Captured by a class: a field of the object; `cell`: a mutable one, held in a reference cell. */
export interface CapturedEntry {
  readonly kind: "captured";
  readonly self: Variable;
  readonly label: string;
  readonly scheme: Scheme;
  readonly cell: boolean;
}

export interface ActiveCaseEntry {
  readonly kind: "active-case";
  readonly info: CaseInfo;
}

/** An active pattern as a pattern. */
export interface ActiveEntry {
  readonly kind: "active";
  readonly recogniser: Variable;
  /** Parameters before the input. */
  readonly parameters: number;
  /** The case of the hidden union; undefined for a partial pattern. */
  readonly info: CaseInfo | undefined;
}

/** What a name denotes as a pattern. */
export type PatternEntry =
  | CaseEntry
  | ExceptionEntry
  | ActiveEntry
  | { readonly kind: "constant"; readonly value: bigint | number | boolean | string; readonly type: Type };

export type TypeEntry =
  | { readonly kind: "declared"; readonly declaration: TypeDeclaration }
  | {
      readonly kind: "constructor";
      readonly constructor: TypeConstructor;
      readonly synonymOf: string | undefined;
    }
  | {
      readonly kind: "abbreviation";
      readonly name: string;
      readonly params: readonly TypeVariable[];
      readonly type: () => Type;
    }
  | { readonly kind: "provider"; readonly name: string };

/** A module of the script, of a loaded file or of the host. */
export interface ModuleEntry {
  /** Qualified by the modules around it. */
  readonly name: string;
  readonly values: Map<string, ValueEntry>;
  readonly patterns: Map<string, PatternEntry>;
  readonly types: Map<string, TypeEntry>;
  readonly modules: Map<string, ModuleEntry>;
  readonly records: RecordDeclaration[];
  /** Names hidden outside, of every kind. */
  readonly hidden: Set<string>;
  readonly qualifiedOnly: boolean;
  /** Members of host modules that stand under this name, looked up when asked for. */
  readonly host: HostNames | undefined;
  readonly span: Span | undefined;
}

/** Names that are looked up only when a program mentions them. */
export interface HostNames {
  value(name: string): ValueEntry | undefined;
  names(): Iterable<string>;
}

export function emptyModule(
  name: string,
  span: Span | undefined,
  more: { qualifiedOnly?: boolean; host?: HostNames } = {},
): ModuleEntry {
  return {
    name,
    values: new Map(),
    patterns: new Map(),
    types: new Map(),
    modules: new Map(),
    records: [],
    hidden: new Set(),
    qualifiedOnly: more.qualifiedOnly ?? false,
    host: more.host,
    span,
  };
}
