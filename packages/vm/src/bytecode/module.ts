/** A module as data: what the compiler writes, `encodeModule` turns into bytes and `decodeModule` reads back and verifies. */
import type { TypeDescriptor } from "../types/type-descriptor.js";

/** A module as data: what the compiler writes, `encodeModule` turns into bytes and `readModule` reads back. Indexes in it refer to its own lists. */
export interface ModuleData {
  readonly name: string;
  readonly imports: readonly ImportData[];
  readonly constants: readonly ConstantData[];
  readonly definitions: readonly DefinitionData[];
  /** Types that instructions refer to (`%A`, casts). */
  readonly types: readonly TypeDescriptor[];
  readonly functions: readonly FunctionData[];
  /** Function that runs the top level of the script: no parameters; its result is the value of the script. */
  readonly entry: number;
  /** Number of global variables, the top-level bindings. */
  readonly globals: number;
  readonly exports: readonly ExportData[];
  /** Names of source files; debug positions refer to them. Empty in a stripped module. */
  readonly files: readonly string[];
  /** How the program gets at its capabilities, as its compiler found; absent in a stripped module and in one that reaches none. */
  readonly reach?: CapabilityReach;
}

/**
 * The call graph, as far as it leads to imports that need a capability: nodes are functions and values. It informs people and tools. What is allowed is
 * decided by the table of imports, when the module is linked and at each call; `verifyModule` only holds the graph against that table.
 */
export interface CapabilityReach {
  readonly nodes: readonly ReachNode[];
  /** Node of what the top level does when it runs; undefined when that reaches nothing. */
  readonly topLevel: number | undefined;
  /** Node of each export, in the order of the exports; undefined for one that reaches nothing. */
  readonly exports: readonly (number | undefined)[];
  /** Imports that need more than the one capability of the table of imports; ascending. */
  readonly further: readonly FurtherNeeds[];
}

/** What an import needs beside its capability. */
export interface FurtherNeeds {
  /** Index in the table of imports. */
  readonly import: number;
  readonly capabilities: readonly string[];
}

/** A function or a value, as a node of {@link CapabilityReach}. */
export interface ReachNode {
  readonly name: string;
  readonly sites: readonly ImportSite[];
  /** Nodes that it calls, holds or hands on; ascending. */
  readonly mentions: readonly number[];
}

/** A place in the source that uses an import which needs a capability. */
export interface ImportSite {
  /** Index in the table of imports. */
  readonly import: number;
  /** Index into `files`. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

/** A host function or constant that the module can reach. */
export interface ImportData {
  /** Module name; empty for core functions. */
  readonly module: string;
  readonly name: string;
  /** Number of curried parameters; 0 for a constant. */
  readonly arity: number;
  /** Canonical capability name, or undefined. */
  readonly capability: string | undefined;
  /** Where the program uses it first; for messages. Undefined in a stripped module. */
  readonly position: { readonly file: number; readonly line: number; readonly column: number } | undefined;
}

/** A constant that instructions refer to by index. */
export type ConstantData =
  /** -2^63 … 2^63-1; in memory a number when safe, else a bigint. */
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string };

/** A type that the program declares, as far as running code needs it. `params` is the number of its type parameters; `identity` marks the objects of a class, which are compared by identity. */
export type DefinitionData =
  | {
      readonly kind: "record";
      readonly name: string;
      readonly params: number;
      readonly anonymous: boolean;
      readonly identity: boolean;
      readonly fields: readonly FieldData[];
    }
  | {
      readonly kind: "union";
      readonly name: string;
      readonly params: number;
      readonly cases: readonly CaseData[];
    }
  | { readonly kind: "exception"; readonly name: string; readonly fields: readonly CaseFieldData[] }
  /** Types that the virtual machine knows itself: the unions `option` (None 0, Some 1) and `Result` (Ok 0, Error 1), and built-in exceptions (`Failure`). */
  | { readonly kind: "builtin"; readonly name: "option" | "Result" | "Failure" };

/** A field of a record, in declaration order; of an anonymous record, in ascending order of the labels. */
export interface FieldData {
  readonly label: string;
  readonly mutable: boolean;
  /** Type parameters of the definition appear as variables named `0`, `1`, … */
  readonly type: TypeDescriptor;
}
/** A case of a union. Its tag is its position in the declaration. */
export interface CaseData {
  readonly name: string;
  readonly fields: readonly CaseFieldData[];
}
/** A field of a union case or of an exception; `label` is undefined where the declaration gives no name. */
export interface CaseFieldData {
  readonly label: string | undefined;
  readonly type: TypeDescriptor;
}

/** One function of a module in register code. */
export interface FunctionData {
  /** Name for traces: `fib`, `Geometry.area`, `<lambda>`, `<script>`. */
  readonly name: string;
  /** Parameters arrive in registers 0 … arity-1. */
  readonly arity: number;
  readonly registers: number;
  /** Registers of a file of their own, which hold floats and nothing else. */
  readonly floatRegisters: number;
  /** Number of captured values (`load.capture`). */
  readonly captures: number;
  /** Instructions; labels are instruction indexes. */
  readonly code: readonly Instruction[];
  readonly handlers: readonly HandlerData[];
  /** Position of each instruction, parallel to `code`: undefined in a stripped module. */
  readonly positions: readonly SourcePosition[] | undefined;
  /** Index into `files`. */
  readonly file: number;
}

/** A place in a source file: line and column, both from 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/**
 * While `start <= instruction < end`, what the handler takes goes to `target` with an exception value in register `register`: exceptions, and if it is one of `finally` also cancellations, which
 * go on when the value is raised again. Handlers are searched in order; inner ones come first.
 */
export interface HandlerData {
  readonly kind: "with" | "finally";
  readonly start: number;
  readonly end: number;
  readonly target: number;
  readonly register: number;
}

/** `[opcode, ...operands]`; operands by the opcode's kinds in `opcodes.ts`, a list operand as its length followed by its elements. */
export type Instruction = readonly number[];

/** A top-level name that the host can call or read. */
export interface ExportData {
  /** Top-level name; of a nested module `M.f`. */
  readonly name: string;
  /** Global variable that holds the value. */
  readonly global: number;
  /** Number of curried parameters; 0 for a value. */
  readonly arity: number;
  readonly parameterNames: readonly string[];
  readonly type: TypeDescriptor;
  readonly doc: string | undefined;
  /** Capabilities that a call can reach; ascending. */
  readonly capabilities: readonly string[];
}
