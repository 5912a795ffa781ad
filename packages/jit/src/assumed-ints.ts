/**
 * Ints of a loop that are taken for such of 32 bits, as nearly all are: what the loop does not change, and what it counts with. Sums of such numbers are exact and are asked nothing. The loop
 * asks once where it begins; where one is larger, it goes on in another text that assumes nothing.
 */
import type { Instruction } from "@fusabi/vm";
import type { FunctionCode } from "@fusabi/vm/engine";
import { type Block, type Graph, isSelfTail, nameOf } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { bodyOf, wantedNumbers } from "./loop-numbers.js";
import { read, written } from "./operands.js";
import type { Ranges } from "./ranges.js";

/** For each loop, by the block that it begins with; as far as it is not known already. */
export type AssumedInts = ReadonlyMap<number, readonly number[]>;

export function assumedInts(
  code: FunctionCode,
  graph: Graph,
  dominators: Dominators,
  known: readonly (Ranges | undefined)[],
  headers: Iterable<number>,
): AssumedInts {
  const assumed = new Map<number, readonly number[]>();
  const wanted = wantedNumbers(code.data, graph, dominators);
  for (const header of headers) {
    const body = [...bodyOf(graph, dominators, header)].map((block) => graph.blocks[block] as Block);
    const registers = [...(wanted[header] ?? []).keys()].filter(
      (register) =>
        wanted[header]?.[register] === 1 &&
        known[header]?.isInt32(register) === false &&
        body.every((block) => onlyCounts(code, block, register)),
    );
    if (registers.length > 0) assumed.set(header, registers);
  }
  return assumed;
}

/** What the block does to the register, if anything, is to add a constant to it. */
function onlyCounts(code: FunctionCode, { start, end }: Block, register: number): boolean {
  const instructions = code.data.code.slice(start, end);
  return instructions.every((instruction, place) => {
    if (isSelfTail(instruction, code.index, code.data.captures)) {
      const source = read(instruction)[register];
      return (
        source === undefined || source === register || isCount(lastWrite(instructions, source), register)
      );
    }
    return written(instruction) !== register || isCount(instructions[place], register);
  });
}

function lastWrite(instructions: readonly Instruction[], register: number): Instruction | undefined {
  return instructions.findLast((instruction) => written(instruction) === register);
}

function isCount(instruction: Instruction | undefined, register: number): boolean {
  return instruction !== undefined && nameOf(instruction) === "int.add.imm" && instruction[2] === register;
}
