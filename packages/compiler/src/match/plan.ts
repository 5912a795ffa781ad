/**
 * How a match is carried out. A decision tree looks at every part of the subject once; where a tree would grow out of proportion, the rules are
 * tried row by row instead.
 */
import type { Core } from "../core/core.js";
import type { Local } from "../core/local.js";
import type { Span } from "../source/source.js";

export type Plan = Decision | Rows;

/** Body of a rule. Decisions that end in the same rule share it. */
export interface Leaf {
  readonly variables: readonly Local[];
  readonly body: Core;
  readonly span: Span;
  /** Number of decisions that end here. */
  references: number;
}

/** A property that a value has or has not. */
export type Test =
  | { readonly kind: "tag"; readonly tag: number; readonly cases: number }
  | { readonly kind: "cons" }
  | { readonly kind: "nil" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  /** Of an array. */
  | { readonly kind: "length"; readonly value: number }
  | { readonly kind: "null" }
  /** A value of type `any` that equals a constant. */
  | { readonly kind: "equal"; readonly constant: Core }
  | { readonly kind: "exception"; readonly definition: number }
  | { readonly kind: "exception-class"; readonly name: string }
  | { readonly kind: "type"; readonly type: number };

/** What a decision does in order; when no case of a switch holds, or a guard fails, the next step follows. */
export interface Decision {
  readonly kind: "decision";
  readonly steps: readonly Step[];
  readonly end:
    | { readonly kind: "leaf"; readonly leaf: Leaf; readonly bindings: readonly Binding[] }
    | { readonly kind: "failure" };
}

export type Step =
  | Fetch
  | {
      readonly kind: "switch";
      readonly on: Local;
      readonly cases: readonly SwitchCase[] /** One of the cases holds for certain. */;
      readonly exhaustive: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "guard";
      readonly condition: Core;
      readonly leaf: Leaf;
      readonly bindings: readonly Binding[];
    };

export interface SwitchCase {
  readonly test: Test;
  readonly decision: Decision;
}

/** Takes a part out of a value that has passed its tests. */
export interface Fetch {
  readonly kind: "fetch";
  readonly local: Local;
  readonly value: Core;
  /** Needed only if one of these pattern variables is used; undefined: needed in any case. */
  readonly for: readonly Local[] | undefined;
}

export interface Binding {
  readonly variable: Local;
  readonly from: Local;
}

/** Rules tried one after the other. */
export interface Rows {
  readonly kind: "rows";
  readonly rows: readonly {
    readonly operations: readonly Operation[];
    readonly guard: Core | undefined;
    readonly leaf: Leaf;
  }[];
}

/** A step of matching one pattern. A test that fails ends the attempt. */
export type Operation =
  | Fetch
  | { readonly kind: "test"; readonly on: Local; readonly test: Test; readonly span: Span }
  | { readonly kind: "bind"; readonly variable: Local; readonly from: Local }
  /** The first way that succeeds; all ways bind the same variables. */
  | {
      readonly kind: "alternatives";
      readonly ways: readonly (readonly Operation[])[];
      readonly variables: readonly Local[];
    };
