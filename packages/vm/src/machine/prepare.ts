/**
 * Makes a verified module ready to run: operands are laid out in words once, every block learns its fuel, definitions become shapes.
 *
 * Fuel is charged when a block is entered: a jump carries the fuel of the block it leads to, a conditional jump also that of the block
 * behind it, and where control merely falls into a block that something jumps to, a `charge` instruction is inserted.
 */

import { readModule } from "../bytecode/decode.js";
import type { DefinitionData, FunctionData, Instruction, ModuleData } from "../bytecode/module.js";
import { type OperandKind, opcodes } from "../bytecode/opcodes.js";
import { verifyModule } from "../bytecode/verify.js";
import { exceptionShape, FAILURE } from "../values/exception.js";
import { OPTION, RESULT, recordShape, unionShape } from "../values/product.js";
import type { ExceptionShape, RecordShape, UnionShape, Value } from "../values/value.js";
import { CHARGE, ENTER, type ExecutableModule, type FunctionCode } from "./code.js";
import { fusedOpcode } from "./fused.js";

/**
 * A module that has been read, verified and prepared. Instances share it.
 *
 * @example
 * const module: Module = decodeModule(bytes);
 * const instance = instantiate(module);
 */
export type Module = ExecutableModule;

/**
 * Reads a version 2 module and proves that it is safe to run.
 *
 * @throws BytecodeError when the bytes are not such a module; version 1 is refused with the name of the entry point that reads it.
 * @example
 * const module = decodeModule(await readFile("main.fzb"));
 */
export function decodeModule(bytes: Uint8Array): Module {
  const data = readModule(bytes);
  verifyModule(data);
  return prepareModule(data);
}

/** For modules that have been verified. */
export function prepareModule(data: ModuleData): ExecutableModule {
  const functions: FunctionCode[] = [];
  const module: ExecutableModule = {
    data,
    functions,
    constants: data.constants.map((constant): Value => constant.value),
    shapes: data.definitions.map(shapeOf),
  };
  data.functions.forEach((fn, index) => {
    functions.push(prepareFunction(module, fn, index, UNTIERED));
  });
  return module;
}

/** The same module for an engine: its functions begin with the place at which a tier can take over. */
export function prepareForEngine(original: ExecutableModule): ExecutableModule {
  const functions: FunctionCode[] = [];
  const module: ExecutableModule = { ...original, functions };
  original.data.functions.forEach((fn, index) => {
    functions.push(prepareFunction(module, fn, index, TIERED));
  });
  return module;
}

/** What stands before the first instruction. */
const UNTIERED: readonly number[] = [];
const TIERED: readonly number[] = [ENTER];

function shapeOf(definition: DefinitionData): RecordShape | UnionShape | ExceptionShape {
  switch (definition.kind) {
    case "record":
      return recordShape({
        name: definition.name,
        labels: definition.fields.map((field) => field.label),
        anonymous: definition.anonymous,
        identity: definition.identity,
      });
    case "union":
      return unionShape(
        definition.name,
        definition.cases.map((one) => ({ name: one.name, labels: one.fields.map((field) => field.label) })),
      );
    case "exception":
      return exceptionShape(
        definition.name,
        definition.fields.map((field) => field.label),
      );
    case "builtin":
      if (definition.name === "option") return OPTION;
      return definition.name === "Result" ? RESULT : FAILURE;
  }
}

/** Words of one operand, before labels are known: label operands get their instruction index for now. */
const FUEL_SLOT = 0;

function prepareFunction(
  module: ExecutableModule,
  data: FunctionData,
  index: number,
  prologue: readonly number[],
): FunctionCode {
  const blocks = blockStarts(data);
  const fuel = blockFuel(data.code, blocks);
  const words: number[] = [...prologue];
  const instructionAt: number[] = prologue.map(() => 0);
  const wordOf = new Int32Array(data.code.length + 1);
  const labels: { readonly word: number; readonly instruction: number }[] = [];

  /** Control falls into a block here that something else jumps to. */
  const startsApart = (at: number): boolean => blocks[at] === 1 && fallsThrough(data.code[at - 1]);

  data.code.forEach((instruction, at) => {
    if (startsApart(at)) words.push(CHARGE, fuel[at] ?? 0);
    wordOf[at] = words.length;
    appendInstruction(words, labels, instruction, fusedOpcode(data.code, at, startsApart));
    if (isConditional(instruction)) words.push(fuel[at + 1] ?? 0);
    while (instructionAt.length < words.length) instructionAt.push(at);
  });
  wordOf[data.code.length] = words.length;

  for (const label of labels) {
    words[label.word] = wordOf[label.instruction] ?? 0;
    words[label.word + 1] = fuel[label.instruction] ?? 0;
  }
  return {
    module,
    index,
    name: data.name,
    arity: data.arity,
    registers: data.registers,
    floatRegisters: data.floatRegisters,
    words: Int32Array.from(words),
    entryFuel: fuel[0] ?? 0,
    data,
    run: undefined,
    heat: 0,
    instructionAt: Int32Array.from(instructionAt),
    handlers: data.handlers.map((handler) => ({
      start: wordOf[handler.start] ?? 0,
      end: wordOf[handler.end] ?? 0,
      target: wordOf[handler.target] ?? 0,
      targetFuel: fuel[handler.target] ?? 0,
      register: handler.register,
    })),
  };
}

function appendInstruction(
  words: number[],
  labels: { word: number; instruction: number }[],
  instruction: Instruction,
  opcode = instruction[0] ?? 0,
): void {
  words.push(opcode);
  let position = 1;
  const label = (): void => {
    labels.push({ word: words.length, instruction: instruction[position++] ?? 0 });
    words.push(0, FUEL_SLOT);
  };
  for (const kind of operandsOf(instruction)) {
    if (kind === "label") label();
    else if (kind === "labels") {
      const count = instruction[position++] ?? 0;
      words.push(count);
      for (let i = 0; i < count; i++) label();
    } else if (kind === "srcs") {
      const count = instruction[position++] ?? 0;
      words.push(count);
      for (let i = 0; i < count; i++) words.push(instruction[position++] ?? 0);
    } else words.push(instruction[position++] ?? 0);
  }
}

function operandsOf(instruction: Instruction): readonly OperandKind[] {
  return opcodes[instruction[0] ?? 0]?.operands ?? [];
}

function isConditional(instruction: Instruction): boolean {
  const info = opcodes[instruction[0] ?? 0];
  return info !== undefined && !info.terminal && (info.operands as readonly OperandKind[]).includes("label");
}

/** Control may reach the next instruction without having been told the fuel of its block. */
function fallsThrough(instruction: Instruction | undefined): boolean {
  if (instruction === undefined) return false;
  return opcodes[instruction[0] ?? 0]?.terminal === false && !isConditional(instruction);
}

/** Marks with 1 the instructions at which a block starts. */
function blockStarts(data: FunctionData): Uint8Array {
  const starts = new Uint8Array(data.code.length + 1);
  starts[0] = 1;
  data.code.forEach((instruction, at) => {
    let position = 1;
    for (const kind of operandsOf(instruction)) {
      if (kind === "label") starts[instruction[position++] ?? 0] = 1;
      else if (kind === "labels" || kind === "srcs") {
        const count = instruction[position++] ?? 0;
        for (let i = 0; i < count; i++, position++) {
          if (kind === "labels") starts[instruction[position] ?? 0] = 1;
        }
      } else position++;
    }
    if (isConditional(instruction)) starts[at + 1] = 1;
  });
  for (const handler of data.handlers) starts[handler.target] = 1;
  return starts;
}

/** For every block start, the fuel of the instructions up to the next block or past a terminal one. */
function blockFuel(code: readonly Instruction[], starts: Uint8Array): Int32Array {
  const fuel = new Int32Array(code.length + 1);
  let sum = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const instruction = code[at] ?? [];
    if (opcodes[instruction[0] ?? 0]?.terminal === true) sum = 0;
    sum += fuelOf(instruction);
    fuel[at] = sum;
    if (starts[at] === 1) sum = 0;
  }
  return fuel;
}

/**
 * Fuel of the block that starts at each instruction; 0 where none starts.
 *
 * @example
 * const fuel = fuelByBlock(code.data)[block.start];
 */
export function fuelByBlock(data: FunctionData): Int32Array {
  const starts = blockStarts(data);
  return blockFuel(data.code, starts).map((fuel, at) => (starts[at] === 1 ? fuel : 0));
}

/** One unit an instruction; long operand lists cost a unit more for every four values. */
function fuelOf(instruction: Instruction): number {
  return 1 + (instruction.length >> 2 > 1 ? instruction.length >> 2 : 0);
}
