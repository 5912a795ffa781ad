/**
 * Numbers that go round in a loop. JavaScript engines replace a function in the midst of a long loop by optimised code, and such code takes the values that it finds for anything at all:
 * a sum that goes round is then put into an object at each turn. Where a loop begins, they are told that these are numbers.
 */
import type { FunctionData, Instruction } from "@fusabi/vm";
import { type Graph, nameOf } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { read, written } from "./operands.js";

/** For each loop, by the block that it begins with: the registers that are changed in it and used as numbers. Ascending. */
export function loopNumbers(
  data: FunctionData,
  graph: Graph,
  dominators: Dominators,
): ReadonlyMap<number, readonly number[]> {
  const loops = new Map<number, readonly number[]>();
  if (dominators.headers.size === 0) return loops;
  const wanted = wantedNumbers(data, graph, dominators);
  for (const header of dominators.headers) {
    const changed = new Set<number>();
    for (const block of bodyOf(graph, dominators, header)) {
      const { start, end } = graph.blocks[block] as { start: number; end: number };
      for (const instruction of data.code.slice(start, end)) changesOf(instruction, changed);
    }
    const numbers = [...changed].filter((register) => wanted[header]?.[register] === 1);
    if (numbers.length > 0)
      loops.set(
        header,
        numbers.sort((a, b) => a - b),
      );
  }
  return loops;
}

/** A tail call of the function itself changes those parameters that it does not hand on as they are. */
function changesOf(instruction: Instruction, changed: Set<number>): void {
  const target = written(instruction);
  if (target !== undefined) changed.add(target);
  if (nameOf(instruction) !== "tail.self" && nameOf(instruction) !== "tail.fn") return;
  read(instruction).forEach((source, parameter) => {
    if (source !== parameter) changed.add(parameter);
  });
}

/** The blocks from which control comes back to the header without having passed it. */
export function bodyOf(graph: Graph, { place, order }: Dominators, header: number): Set<number> {
  const predecessors = new Map<number, number[]>();
  for (const block of order)
    for (const to of graph.blocks[block]?.successors ?? []) {
      const others = predecessors.get(to);
      if (others === undefined) predecessors.set(to, [block]);
      else others.push(block);
    }
  const body = new Set([header]);
  const at = (block: number): number => place[block] as number;
  const waiting = (predecessors.get(header) ?? []).filter((block) => at(block) >= at(header));
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    if (body.has(block)) continue;
    body.add(block);
    waiting.push(...(predecessors.get(block) ?? []));
  }
  return body;
}

/** For each block, the registers whose value at its start is used as a number, by backward dataflow. */
export function wantedNumbers(
  data: FunctionData,
  graph: Graph,
  { order }: Dominators,
): readonly Uint8Array[] {
  const wanted = graph.blocks.map(() => new Uint8Array(data.registers));
  for (let changed = true; changed; ) {
    changed = false;
    for (let index = order.length - 1; index >= 0; index--) {
      const block = order[index] as number;
      const { start, end, successors } = graph.blocks[block] as Graph["blocks"][number];
      const flags = new Uint8Array(data.registers);
      const last = data.code[end - 1] ?? [];
      for (const to of successors) {
        const after = wanted[to] as Uint8Array;
        if (nameOf(last).startsWith("tail.")) {
          // Arguments become parameters.
          read(last).forEach((source, parameter) => {
            if (after[parameter] === 1) flags[source] = 1;
          });
        } else
          after.forEach((flag, register) => {
            if (flag === 1) flags[register] = 1;
          });
      }
      for (let at = end - 1; at >= start; at--) {
        const instruction = data.code[at] ?? [];
        const target = written(instruction);
        const name = nameOf(instruction);
        const moved = name === "move" && target !== undefined && flags[target] === 1;
        if (target !== undefined) flags[target] = 0;
        if (moved || takesNumbers(name)) for (const source of read(instruction)) flags[source] = 1;
      }
      const known = wanted[block] as Uint8Array;
      for (let register = 0; register < flags.length; register++) {
        if (flags[register] === 1 && known[register] === 0) {
          known[register] = 1;
          changed = true;
        }
      }
    }
  }
  return wanted;
}

/** All registers that the instruction reads hold numbers. */
function takesNumbers(name: string): boolean {
  return name.startsWith("int.") || name.startsWith("float.") || /^unless\.[a-z]+\.imm$/.test(name);
}
