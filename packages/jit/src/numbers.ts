/**
 * Which registers are known to hold a JavaScript number where a block starts, by forward dataflow: an int may also be a bigint, and what is known not to be one needs no guard.
 */
import type { ConstantData, FunctionData, Instruction } from "@fusabi/vm";
import { type Graph, nameOf } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { written } from "./operands.js";

/** One flag a register: it holds a number. */
export type Numbers = Uint8Array;

/** For each reachable block, what is known at its start. */
export function numbersOf(
  data: FunctionData,
  constants: readonly ConstantData[],
  graph: Graph,
  dominators: Dominators,
): readonly (Numbers | undefined)[] {
  const known: (Numbers | undefined)[] = graph.blocks.map(() => undefined);
  known[dominators.order[0] as number] = new Uint8Array(data.registers);
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of dominators.order) {
      const item = graph.blocks[block];
      const before = known[block];
      if (item === undefined || before === undefined) continue;
      const flags = before.slice();
      const { catcher, caughtIn } = item;
      const thrown = (): void => {
        if (catcher === undefined) return;
        const arriving = flags.slice();
        arriving[caughtIn] = 0;
        if (merge(known, catcher, arriving)) changed = true;
      };
      thrown();
      for (let at = item.start; at < item.end; at++) {
        step(flags, data.code[at] ?? [], constants);
        thrown();
      }
      for (const to of item.successors) if (merge(known, to, flags)) changed = true;
    }
  }
  return known;
}

/** What is known behind the instruction. */
export function step(flags: Numbers, instruction: Instruction, constants: readonly ConstantData[]): void {
  const name = nameOf(instruction);
  const [, first = 0, second = 0] = instruction;
  switch (name) {
    case "move":
      flags[first] = flags[second] as number;
      return;
    case "load.int":
    case "string.length":
    case "array.length":
    case "tag.get":
    case "move.from.float":
      flags[first] = 1;
      return;
    case "load.const":
      flags[first] = typeof constants[second]?.value === "number" ? 1 : 0;
      return;
    case "int.rem.imm":
    case "int.div.imm":
      flags[first] = flags[second] as number;
      return;
    case "int.rem":
      flags[first] = (flags[second] as number) & (flags[instruction[3] ?? 0] as number);
      return;
    case "tail.self":
    case "tail.fn":
      flags.fill(0);
      return;
    default: {
      const target = written(instruction);
      if (target !== undefined) flags[target] = 0;
    }
  }
}

function merge(known: (Numbers | undefined)[], block: number, flags: Numbers): boolean {
  const old = known[block];
  if (old === undefined) {
    known[block] = flags.slice();
    return true;
  }
  let changed = false;
  for (let register = 0; register < old.length; register++) {
    if (old[register] === 1 && flags[register] === 0) {
      old[register] = 0;
      changed = true;
    }
  }
  return changed;
}
