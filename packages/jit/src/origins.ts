/**
 * Which function a register holds: one of the program, where the way there loads it or makes it, or what the function was given as a parameter. A function that calls its parameter is worth
 * a copy for those callers of whom it is known what they give.
 */
import type { Instruction } from "@fusabi/vm";
import type { FunctionCode } from "@fusabi/vm/engine";
import { type Graph, isSelfTail, nameOf } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { read, written } from "./operands.js";

/** A function of the program, or a parameter by its number; undefined where nothing is known. */
export type Origin = FunctionCode | number | undefined;

/** Of each register. */
export type Origins = Origin[];

/** For each reachable block, what its registers hold at its start. Where exceptions arrive, nothing is known. */
export function originsOf(
  code: FunctionCode,
  { blocks }: Graph,
  { order }: Dominators,
): readonly (Origins | undefined)[] {
  const known: (Origins | undefined)[] = blocks.map(() => undefined);
  const unknown = (): Origins => Array.from({ length: code.registers }, () => undefined);
  known[order[0] as number] = unknown().map((_, register) => (register < code.arity ? register : undefined));
  for (const { catchers } of blocks) for (const { block } of catchers) known[block] = unknown();
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      const item = blocks[block];
      const origins = known[block]?.slice();
      if (item === undefined || origins === undefined) continue;
      for (let at = item.start; at < item.end; at++) originStep(origins, code.data.code[at] ?? [], code);
      for (const to of item.successors) {
        const there = known[to];
        if (there === undefined) known[to] = origins.slice();
        else if (!meet(there, origins)) continue;
        changed = true;
      }
    }
  }
  return known;
}

/** Forgets what is not the same on both ways. Whether there was something. */
function meet(there: Origins, arriving: Origins): boolean {
  let changed = false;
  there.forEach((origin, register) => {
    if (origin === undefined || origin === arriving[register]) return;
    there[register] = undefined;
    changed = true;
  });
  return changed;
}

/** What the registers hold behind the instruction. */
export function originStep(origins: Origins, instruction: Instruction, code: FunctionCode): void {
  const [, target = 0, b = 0] = instruction;
  switch (nameOf(instruction)) {
    case "move":
      origins[target] = origins[b];
      return;
    case "load.fn":
    case "closure":
      origins[target] = code.module.functions[b];
      return;
    case "load.self":
      origins[target] = code;
      return;
    default: {
      if (isSelfTail(instruction, code.index, code.data.captures)) {
        const given = read(instruction).map((source) => origins[source]);
        origins.fill(undefined);
        given.forEach((origin, parameter) => {
          origins[parameter] = origin;
        });
        return;
      }
      const register = written(instruction);
      if (register !== undefined) origins[register] = undefined;
    }
  }
}
