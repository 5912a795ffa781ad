/**
 * Core: the small untyped language between the typed tree and register code. Every choice that depends on a type has been made, functions
 * have fixed numbers of parameters, patterns are decision plans, and every node knows its place in the source.
 */
import type { OpcodeName } from "@fusabi/vm";
import type { Operation, Plan } from "../match/plan.js";
import type { Span } from "../source/source.js";
import type { CoreFunction } from "./function.js";
import type { Local } from "./local.js";
import type { References } from "./references.js";

interface Node<K extends string> {
  readonly kind: K;
  readonly span: Span;
}

export type Core =
  | IntConstant
  | (Node<"float"> & { readonly value: number })
  /** A string or a char. */
  | (Node<"string"> & { readonly value: string })
  | (Node<"bool"> & { readonly value: boolean })
  | Node<"unit">
  | Node<"nil">
  | Node<"null">
  | (Node<"local"> & { readonly local: Local })
  | (Node<"global"> & { readonly global: GlobalVariable })
  | (Node<"import"> & { readonly import: number })
  /** A function as a value: a lambda in its place, or a named function. */
  | (Node<"function"> & { readonly fn: CoreFunction })
  | (Node<"call"> & { readonly callee: Core; readonly args: readonly Core[] })
  /** A function of this program with all its arguments. */
  | (Node<"call-known"> & { readonly fn: CoreFunction; readonly args: readonly Core[] })
  | (Node<"call-import"> & { readonly import: number; readonly args: readonly Core[] })
  | Primitive
  | Comparison
  | (Node<"and"> & { readonly left: Core; readonly right: Core })
  | (Node<"or"> & { readonly left: Core; readonly right: Core })
  | (Node<"block"> & { readonly items: readonly Item[]; readonly result: Core })
  /** The whole `if … elif … else` ladder, so that its length adds no depth. */
  | (Node<"if"> & {
      readonly branches: readonly { readonly condition: Core; readonly body: Core }[];
      readonly otherwise: Core;
    })
  | MatchNode
  | (Node<"assign"> & { readonly local: Local; readonly value: Core })
  | (Node<"assign-global"> & { readonly global: GlobalVariable; readonly value: Core })
  | (Node<"while"> & { readonly condition: Core; readonly body: Core })
  /** Counts an int up or down by a constant. */
  | (Node<"count"> & {
      readonly local: Local;
      readonly from: Core;
      readonly to: Core;
      readonly step: number;
      readonly body: Core;
    })
  | (Node<"each"> & {
      readonly over: "list" | "array" | "string";
      readonly local: Local;
      readonly collection: Core;
      readonly body: Core;
    })
  | Node<"break">
  | Node<"continue">
  | (Node<"try-with"> & { readonly body: Core; readonly exception: Local; readonly handler: Core })
  | (Node<"try-finally"> & { readonly body: Core; readonly cleanup: Core });

export interface IntConstant extends Node<"int"> {
  /** A bigint only when it is no safe integer. */
  readonly value: number | bigint;
}

/** One instruction: register operands come from `args` in order, all others from `extra`; a list operand takes the remaining args. */
export interface Primitive extends Node<"primitive"> {
  readonly op: OpcodeName;
  readonly args: readonly Core[];
  readonly extra: readonly number[];
}

export type ComparisonOperator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/**
 * What is compared: `int` (immediates exist, every comparison has an opposite), `float` (NaN: only `=` and `<>` are opposites), `text` and `bool`
 * primitives, `structural` values, or `dynamic` values whose kind is only known when the program runs.
 */
export type ComparisonMode = "int" | "float" | "text" | "bool" | "structural" | "dynamic";

export interface Comparison extends Node<"compare"> {
  readonly operator: ComparisonOperator;
  readonly mode: ComparisonMode;
  readonly left: Core;
  readonly right: Core;
}

/** Tries the rules of `plan` on a value that is computed once and kept in `subject`. */
export interface MatchNode extends Node<"match"> {
  readonly subject: Local;
  /** Undefined: the subject already holds its value. */
  readonly value: Core | undefined;
  /** The subject is a tuple of these, which is built only to say that no rule matches it. */
  readonly components: readonly Local[];
  readonly plan: Plan;
  readonly failure: MatchFailure;
}

/** What happens when no rule matches: FUS0501, the exception goes on, or the result is unit. */
export type MatchFailure = "match-failure" | "reraise" | "skip";

export type Item =
  | { readonly kind: "let"; readonly local: Local; readonly value: Core; readonly span: Span }
  /** Named local functions, which may refer to each other. */
  | { readonly kind: "functions"; readonly functions: readonly CoreFunction[]; readonly span: Span }
  | { readonly kind: "do"; readonly value: Core }
  /** A pattern that must match; its variables live on in the block. */
  | {
      readonly kind: "destructure";
      readonly subject: Local;
      readonly value: Core | undefined;
      readonly operations: readonly Operation[];
      readonly span: Span;
    }
  /** Items in their place that lowering finds later: the instances of a specialised binding. */
  | { readonly kind: "group"; readonly items: readonly Item[] };

/** A top-level variable that lives in a global slot. */
export interface GlobalVariable {
  readonly index: number;
  readonly name: string;
  /** What its value was made from; for the capabilities that it can reach. */
  readonly references: References;
}

/** Evaluation has no effect, cannot fail, and its value does not depend on when it happens. */
export function isAtom(core: Core): boolean {
  switch (core.kind) {
    case "int":
    case "float":
    case "string":
    case "bool":
    case "unit":
    case "nil":
    case "null":
    case "import":
      return true;
    case "function":
      return true;
    case "local":
      return !core.local.mutable;
    default:
      return false;
  }
}
