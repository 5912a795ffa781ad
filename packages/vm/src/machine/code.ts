import type { LiveRegisters } from "../bytecode/live-registers.js";
import type { FunctionData, ModuleData } from "../bytecode/module.js";
import type { HostModule } from "../host/host-module.js";
import type { LinkedImport } from "../host/link.js";
import type { Closure, ExceptionShape, RecordShape, UnionShape, Value } from "../values/value.js";
import type { Exported } from "./exported.js";

/** A verified module made ready to run; shared by all its instances. */
export interface ExecutableModule {
  readonly data: ModuleData;
  readonly functions: readonly FunctionCode[];
  readonly constants: readonly Value[];
  /** Parallel to `data.definitions`. */
  readonly shapes: readonly (RecordShape | UnionShape | ExceptionShape)[];
  // Found when they are needed, and kept here: the entries of a WeakMap would keep modules alive that nobody uses, until the engine has collected all its garbage.
  /** What the module exports, by name. */
  exported: Exported | undefined;
  /** What the module was linked to last: instances of one module tend to get the same. */
  linked:
    | { readonly hostModules: readonly HostModule[]; readonly imports: readonly LinkedImport[] }
    | undefined;
}

/** One function. It is laid out for the interpreter when it is first called. */
export interface FunctionCode {
  readonly module: ExecutableModule;
  readonly index: number;
  readonly name: string;
  readonly arity: number;
  readonly registers: number;
  readonly floatRegisters: number;
  /** Opcodes and operands in words; jump operands are word offsets followed by the fuel of the block that starts there. Before the first call only `PREPARE`. */
  words: Int32Array;
  /** Fuel of the entry block; 0 before the first call, which pays it when it is known. */
  entryFuel: number;
  readonly data: FunctionData;
  /** What stands before the first instruction, and before the first one of each loop, in words. */
  readonly prologue: readonly number[];
  /** First word of each instruction, and the end. */
  wordOf: Int32Array;
  /**
   * Calls the function, in whichever tier it runs, for a caller that is compiled code. Set by an engine (`engine.ts`) on the code that is its own; undefined in code that only the
   * interpreter runs.
   */
  run: ((closure: Closure, ...args: Value[]) => Value) | undefined;
  /** Set by an engine when a loop of the function is hot: by the words at which they begin, the loops that can be entered while they run. */
  loops: ReadonlyMap<number, LoopEntry> | undefined;
  /** Kept by the engine: calls and loop turns so far, while the interpreter runs the function. */
  heat: number;
  /** Which registers are live where; found when somebody asks. */
  live: LiveRegisters | undefined;
  /** As in the data, in words. */
  handlers: readonly {
    /** Takes cancellations, too. */
    readonly isFinally: boolean;
    readonly start: number;
    readonly end: number;
    readonly target: number;
    readonly targetFuel: number;
    readonly register: number;
  }[];
}

/** A function of the engine that goes on with a running loop. */
export interface LoopEntry {
  /** Takes all registers, and behind them all float registers. Pays for the first block of the loop. */
  readonly run: (closure: Closure, ...registers: Value[]) => Value;
  readonly fuel: number;
}

/** A module bound to its imports, with its own global variables. */
export interface LinkedUnit {
  readonly module: ExecutableModule;
  readonly imports: readonly LinkedImport[];
  readonly globals: Value[];
  /** Closures of the functions that capture nothing, parallel to the module's functions. */
  readonly closures: readonly (Closure | undefined)[];
}

/** Opcode that exists only in prepared code: pays for the block that control falls into. Far behind the opcodes of the format. */
export const CHARGE = 255;

/** Opcode that exists only in functions that were not called yet. */
export const PREPARE = 253;

/** Opcode that exists only in code prepared for an engine, at the start of each function and of each loop: the places to change the tier. */
export const ENTER = 254;
