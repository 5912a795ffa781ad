/**
 * Makes a verified module ready to run: definitions become shapes; and each function, when it is first called, is laid out in words, and its blocks
 * learn their fuel.
 *
 * Fuel is charged when a block is entered: a jump carries the fuel of the block it leads to, a conditional jump also that of the block
 * behind it, and where control merely falls into a block that something jumps to, a `charge` instruction is inserted.
 */

import { readModule } from "../bytecode/decode.js";
import { forEachOperand, infoOf, labelsOf } from "../bytecode/instruction.js";
import type { DefinitionData, FunctionData, Instruction, ModuleData } from "../bytecode/module.js";
import { verifyModule } from "../bytecode/verify.js";
import { exceptionShape, FAILURE } from "../values/exception.js";
import { OPTION, RESULT, recordShape, unionShape } from "../values/product.js";
import type { ExceptionShape, RecordShape, UnionShape, Value } from "../values/value.js";
import { CHARGE, ENTER, type ExecutableModule, type FunctionCode, PREPARE } from "./code.js";
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
  return withFunctions({
    data,
    constants: data.constants.map((constant): Value => constant.value),
    shapes: data.definitions.map(shapeOf),
    exported: undefined,
    linked: undefined,
  });
}

/** The same module for an engine: its functions and their loops begin with the place at which a tier can take over. */
export function prepareForEngine(original: ExecutableModule): ExecutableModule {
  return withFunctions(original, ENTER);
}

function withFunctions(
  rest: Omit<ExecutableModule, "functions">,
  ...prologue: readonly number[]
): ExecutableModule {
  const functions: FunctionCode[] = [];
  const module = { ...rest, functions };
  rest.data.functions.forEach((fn, index) => {
    functions.push(unprepared(module, fn, index, prologue));
  });
  return module;
}

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

const UNPREPARED = /* @__PURE__ */ Int32Array.of(PREPARE);

function unprepared(
  module: ExecutableModule,
  data: FunctionData,
  index: number,
  prologue: readonly number[],
): FunctionCode {
  const { name, arity, registers, floatRegisters } = data;
  return {
    module,
    index,
    name,
    arity,
    registers,
    floatRegisters,
    words: UNPREPARED,
    entryFuel: 0,
    data,
    prologue,
    run: undefined,
    loops: undefined,
    heat: 0,
    live: undefined,
    // Whoever asks meanwhile is told the first instruction.
    wordOf: UNPREPARED,
    handlers: [],
  };
}

/**
 * Lays a function out in words, unless that has been done.
 *
 * @example
 * prepareFunction(code);
 * code.words[0]; // no longer PREPARE
 */
export function prepareFunction(code: FunctionCode): void {
  if (code.words !== UNPREPARED) return;
  const { data, prologue } = code;
  const blocks = blockStarts(data);
  const fuel = blockFuel(data.code, blocks);
  const wordOf = new Int32Array(data.code.length + 1);
  const words = new Int32Array(place(data.code, blocks, prologue.length, wordOf));
  const isAside = (at: number): boolean => blocks[at] === ENTRY || startsApart(data.code, blocks, at);

  let end = 0;
  for (let at = 0; at < data.code.length; at++) {
    const instruction = data.code[at] as Instruction;
    if (startsApart(data.code, blocks, at)) {
      words[end++] = CHARGE;
      words[end++] = fuel[at] as number;
    }
    if (blocks[at] === ENTRY) for (const word of prologue) words[end++] = word;
    words[end++] = fusedOpcode(data.code, at, isAside) ?? (instruction[0] as number);
    if (!infoOf(instruction).jumps) {
      for (let position = 1; position < instruction.length; position++)
        words[end++] = instruction[position] as number;
    } else {
      forEachOperand(instruction, (operand, kind) => {
        const isLabel = kind === "label";
        words[end++] = isLabel ? (wordOf[operand] as number) : operand;
        if (isLabel) words[end++] = fuel[operand] as number;
      });
      if (isConditional(instruction)) words[end++] = fuel[at + 1] as number;
    }
  }

  code.words = words;
  code.wordOf = wordOf;
  code.entryFuel = fuel[0] as number;
  code.handlers = data.handlers.map((handler) => ({
    isFinally: handler.kind === "finally",
    start: wordOf[handler.start] as number,
    end: wordOf[handler.end] as number,
    target: wordOf[handler.target] as number,
    targetFuel: fuel[handler.target] as number,
    register: handler.register,
  }));
}

/** Finds the first word of each instruction, and gives the number of words. */
function place(
  code: readonly Instruction[],
  blocks: Uint8Array,
  prologue: number,
  wordOf: Int32Array,
): number {
  let end = 0;
  for (let at = 0; at < code.length; at++) {
    const instruction = code[at] as Instruction;
    if (startsApart(code, blocks, at)) end += 2;
    wordOf[at] = end;
    if (blocks[at] === ENTRY) end += prologue;
    end += instruction.length;
    end += labelsOf(instruction).length + Number(isConditional(instruction));
  }
  wordOf[code.length] = end;
  return end;
}

/** Control falls into a block here that something else jumps to. */
function startsApart(code: readonly Instruction[], blocks: Uint8Array, at: number): boolean {
  return blocks[at] !== 0 && fallsThrough(code[at - 1]);
}

/**
 * The instruction that a word belongs to, or the one that the fuel is for which a word charges.
 *
 * @example
 * const position = code.data.positions?.[instructionAt(code, fiber.pc)];
 */
export function instructionAt(code: FunctionCode, word: number): number {
  const { wordOf, words } = code;
  // No instruction is a single word, so only where one charges does an instruction begin two words behind.
  const charged = words[word] === CHARGE ? wordOf.indexOf(word + 2) : -1;
  return charged >= 0
    ? charged
    : Math.max(
        0,
        wordOf.findLastIndex((first) => first <= word),
      );
}

/** Jumps, or goes on with the next instruction. */
function isConditional(instruction: Instruction): boolean {
  const { jumps, terminal } = infoOf(instruction);
  return jumps && !terminal;
}

/** Control may reach the next instruction without having been told the fuel of its block. */
function fallsThrough(instruction: Instruction | undefined): boolean {
  if (instruction === undefined) return false;
  const { jumps, terminal } = infoOf(instruction);
  return !jumps && !terminal;
}

const BLOCK = 1;
/** A block at which a tier can take over: the first one, and those that a later instruction leads back to. */
const ENTRY = 2;

/** Marks the instructions at which a block starts. */
function blockStarts({ code, handlers }: FunctionData): Uint8Array {
  const starts = new Uint8Array(code.length + 1);
  starts[0] = ENTRY;
  for (let at = 0; at < code.length; at++) {
    const instruction = code[at] as Instruction;
    for (const label of labelsOf(instruction)) starts[label] = label > at ? BLOCK : ENTRY;
    if (isConditional(instruction)) starts[at + 1] = BLOCK;
  }
  for (const { target } of handlers) starts[target] = BLOCK;
  return starts;
}

/** For every block start, the fuel of the instructions up to the next block or past a terminal one. */
function blockFuel(code: readonly Instruction[], starts: Uint8Array): Int32Array {
  const fuel = new Int32Array(code.length + 1);
  let sum = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const instruction = code[at] as Instruction;
    if (infoOf(instruction).terminal) sum = 0;
    sum += fuelOf(instruction);
    fuel[at] = sum;
    if (starts[at] !== 0) sum = 0;
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
  return blockFuel(data.code, starts).map((fuel, at) => (starts[at] === 0 ? 0 : fuel));
}

/** One unit an instruction; long operand lists cost a unit more for every four values. */
function fuelOf(instruction: Instruction): number {
  return 1 + (instruction.length >> 2 > 1 ? instruction.length >> 2 : 0);
}
