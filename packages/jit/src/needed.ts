/**
 * Which registers are still read, by backward dataflow, float registers among them. Where a loop is left so that it can be entered anew, only these are handed on: engines would else have to keep
 * all the others through the whole loop, for a way out that is hardly ever taken.
 */
import type { Instruction } from "@fusabi/vm";
import type { FunctionCode } from "@fusabi/vm/engine";
import { type Graph, infoOf, isSelfTail } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { read, written } from "./operands.js";

/** Numbers of the registers, and of the float registers, whose values are still read. */
export interface Needed {
  readonly registers: Set<number>;
  readonly floats: Set<number>;
}

/** For each reachable block, what is live at its start. */
export function neededOf(code: FunctionCode, { blocks }: Graph, { order }: Dominators): readonly Needed[] {
  const live = blocks.map((): Needed => ({ registers: new Set(), floats: new Set() }));
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order.toReversed()) {
      const { start, end, successors, catchers } = blocks[block] as Graph["blocks"][number];
      const at: Needed = { registers: new Set(), floats: new Set() };
      const takeIn = ({ registers, floats }: Needed): void => {
        for (const register of registers) at.registers.add(register);
        for (const register of floats) at.floats.add(register);
      };
      const isAgain = isSelfTail(code.data.code[end - 1] ?? [], code.index, code.data.captures);
      if (!isAgain) for (const to of successors) takeIn(live[to] as Needed);
      for (let index = end - 1; index >= start; index--) stepBack(at, code.data.code[index] ?? []);
      // What the block writes may be written or not when it fails.
      for (const catcher of catchers) takeIn(live[catcher.block] as Needed);
      const known = live[block] as Needed;
      if (at.registers.size === known.registers.size && at.floats.size === known.floats.size) continue;
      live[block] = at;
      changed = true;
    }
  }
  return live;
}

/** From what is live behind the instruction to what is live before it. */
function stepBack({ registers, floats }: Needed, instruction: Instruction): void {
  const { operands } = infoOf(instruction);
  const target = written(instruction);
  if (target !== undefined) registers.delete(target);
  if (operands[0] === "fdst") floats.delete(instruction[1] as number);
  for (const register of read(instruction)) registers.add(register);
  operands.forEach((kind, index) => {
    if (kind === "fsrc") floats.add(instruction[index + 1] as number);
  });
}
