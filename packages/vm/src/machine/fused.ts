/**
 * Pairs of instructions that the interpreter executes in one step. Where the two follow each other, the opcode word of the first is
 * replaced; nothing else changes, so that the second can still be jumped to, and an error in it has its own position and its own handler.
 */
import { type OpcodeName, opcodes } from "../bytecode/opcodes.js";

/** Opcodes that exist only in prepared code: the first pair has this number, and so on. */
export const FIRST_FUSED = 160;

/** Pairs that programs execute often: ends of loops, floats, walks through lists. The order is that of their numbers. */
export const fusedPairs: readonly (readonly [first: OpcodeName, second: OpcodeName])[] = [
  ["int.add.imm", "unless.gt.imm"],
  ["int.add.imm", "unless.eq"],
  ["int.add", "return"],
  ["list.head", "list.tail"],
  ["float.mul", "float.mul"],
  ["float.mul", "float.add"],
  ["float.mul", "float.sub"],
  ["field.get.float", "field.get.float"],
];

const WIDTH = opcodes.length;

const numbers: ReadonlyMap<number, number> = new Map(
  fusedPairs.map(([first, second], index) => [
    opcodeOf(first) * WIDTH + opcodeOf(second),
    FIRST_FUSED + index,
  ]),
);

function opcodeOf(name: OpcodeName): number {
  return opcodes.findIndex((info) => info.name === name);
}

/** Opcode of `first` with `second` behind it; undefined when they are no pair. */
export function fusedOpcode(first: number, second: number): number | undefined {
  return numbers.get(first * WIDTH + second);
}
