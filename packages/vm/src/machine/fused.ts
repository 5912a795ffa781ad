/**
 * Sequences of instructions that the interpreter executes in one step. Where such a sequence stands, the opcode word of its first instruction is
 * replaced; nothing else changes, so that the others can still be jumped to, and an error in one has its own position and its own handler.
 */
import type { Instruction } from "../bytecode/module.js";
import { type OpcodeName, opcodeOf, opcodes } from "../bytecode/opcodes.js";

/** Opcodes that exist only in prepared code: the first sequence has this number, and so on. */
export const FIRST_FUSED = 160;

/** What programs execute often: ends of loops, calls, floats, walks through lists and trees. The order is that of their numbers. */
export const fusedSequences: readonly (readonly OpcodeName[])[] = [
  ["int.add.imm", "unless.gt.imm"],
  ["int.add.imm", "unless.eq"],
  ["int.add", "return"],
  ["list.head", "list.tail"],
  ["float.mul", "float.mul"],
  ["float.mul", "float.add"],
  ["field.get.float", "field.get.float"],
  ["int.add", "int.add.imm", "unless.gt.imm"],
  ["int.add.imm", "call.fn"],
  ["unless.lt.imm", "return"],
  ["float.sub", "field.set.float"],
  ["float.add", "field.set.float"],
  ["field.get", "field.get"],
  ["unless.tag", "field.get"],
];

interface Sequence {
  readonly opcode: number;
  /** Opcodes behind the first. */
  readonly rest: readonly number[];
}

/** By the opcode that they begin with. */
const sequences: readonly (readonly Sequence[])[] = opcodes.map((info) =>
  fusedSequences.flatMap(([first, ...rest], index) =>
    first === info.name ? [{ opcode: FIRST_FUSED + index, rest: rest.map(opcodeOf) }] : [],
  ),
);

/**
 * Opcode of the sequence that begins at an instruction; undefined when none does. `startsApart` tells where something has to happen before an
 * instruction that is not the first.
 */
export function fusedOpcode(
  code: readonly Instruction[],
  at: number,
  startsApart: (instruction: number) => boolean,
): number | undefined {
  for (const { opcode, rest } of sequences[code[at]?.[0] ?? 0] as readonly Sequence[]) {
    let alike = 0;
    while (alike < rest.length && code[at + 1 + alike]?.[0] === rest[alike] && !startsApart(at + 1 + alike))
      alike++;
    if (alike === rest.length) return opcode;
  }
  return undefined;
}
