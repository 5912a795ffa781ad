import type { FunctionData, ModuleData } from "../bytecode/module.js";
import type { LinkedImport } from "../host/link.js";
import type { Closure, ExceptionShape, RecordShape, UnionShape, Value } from "../values/value.js";

/** A verified module made ready to run; shared by all its instances. */
export interface ExecutableModule {
  readonly data: ModuleData;
  readonly functions: readonly FunctionCode[];
  readonly constants: readonly Value[];
  /** Parallel to `data.definitions`. */
  readonly shapes: readonly (RecordShape | UnionShape | ExceptionShape)[];
}

/** One function, decoded for the interpreter. */
export interface FunctionCode {
  readonly module: ExecutableModule;
  readonly index: number;
  readonly name: string;
  readonly arity: number;
  readonly registers: number;
  readonly floatRegisters: number;
  /** Opcodes and operands in words; jump operands are word offsets followed by the fuel of the block that starts there. */
  readonly words: Int32Array;
  /** Fuel of the entry block. */
  readonly entryFuel: number;
  readonly data: FunctionData;
  /** Instruction index of each word that starts an instruction, else -1; for positions in traces. */
  readonly instructionAt: Int32Array;
  /**
   * Calls the function, in whichever tier it runs, for a caller that is compiled code. Set by an engine (`engine.ts`) on the code that is its own; undefined in code that only the
   * interpreter runs.
   */
  run: ((closure: Closure, ...args: Value[]) => Value) | undefined;
  /** Kept by the engine: calls and loop turns so far, while the interpreter runs the function. */
  heat: number;
  /** As in the data, in words. */
  readonly handlers: readonly {
    readonly start: number;
    readonly end: number;
    readonly target: number;
    readonly targetFuel: number;
    readonly register: number;
  }[];
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

/** Opcode that exists only in code prepared for an engine, at the start of each function: the place to change the tier. */
export const ENTER = 254;
