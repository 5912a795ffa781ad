import { printable, quoted } from "../bytecode/printable.js";
import { floatText } from "../values/float-text.js";
import { instructionSet, Opcode, type OperandV1 } from "./instruction-set.js";
import { type Chunk, chunksWithin, type InstructionV1, type ProgramV1 } from "./program.js";
import { ClosureValue, Float, NativeValue, typeName, type Value } from "./value.js";

/**
 * A program as text, for people: the instructions of each function with the constants that they name. Functions are numbered in the order of the file; function 0 is the top level.
 *
 * @example
 * console.log(disassembleV1(decodeV1(bytes)));
 * // function 0
 * //    0  LOAD_CONST 0     ; 40
 * //    1  STORE_LOCAL 0
 */
export function disassembleV1(program: ProgramV1): string {
  const chunks = [...chunksWithin(program.freshChunk())];
  const numbers = new Map(chunks.map((chunk, number) => [chunk, number]));
  return chunks.map((chunk, number) => functionText(chunk, number, numbers)).join("\n");
}

function functionText(chunk: Chunk, number: number, numbers: ReadonlyMap<Chunk, number>): string {
  const name = chunk.name === undefined ? "" : ` ${printable(chunk.name)}`;
  const lines = chunk.instructions.map((instruction, index) => {
    const note = noteOf(chunk, instruction, index, numbers);
    const text = `${String(index).padStart(4)}  ${instructionText(instruction)}`;
    return note === undefined ? text : `${text.padEnd(28)}  ; ${note}`;
  });
  return `${[`function ${number}${name}`, ...lines].join("\n")}\n`;
}

function instructionText(instruction: InstructionV1): string {
  const { name, operands } = instructionSet[instruction.opcode] as (typeof instructionSet)[number];
  return [name, ...operands.map((operand, index) => operandText(instruction, operand, index))].join(" ");
}

function operandText(instruction: InstructionV1, operand: OperandV1, index: number): string {
  switch (operand) {
    case "int":
    case "bool":
      return String(instruction.expected);
    case "string":
      return quoted(String(instruction.expected));
    default:
      return String(index === 0 ? instruction.operand : instruction.count);
  }
}

/** The constant that the instruction names, or where its jump leads. */
function noteOf(
  chunk: Chunk,
  { opcode, operand }: InstructionV1,
  index: number,
  numbers: ReadonlyMap<Chunk, number>,
): string | undefined {
  if (opcode === Opcode.JUMP || opcode === Opcode.JUMP_IF_FALSE) return `to ${index + 1 + operand}`;
  if (instructionSet[opcode]?.operands[0] !== "constant") return undefined;
  if (operand >= chunk.constants.length) return "no such constant";
  return constantText(chunk.constants[operand], numbers);
}

function constantText(value: Value, numbers: ReadonlyMap<Chunk, number>): string {
  if (typeof value === "string") return quoted(value);
  if (value === undefined) return "()";
  if (typeof value !== "object") return String(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof ClosureValue) return `function ${numbers.get(value.chunk)}, arity ${value.arity}`;
  if (value instanceof NativeValue) return `native ${printable(value.name)}/${value.arity}`;
  return typeName(value);
}
