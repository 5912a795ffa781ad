/** A pattern as a program for many threads at once: the tree laid out as instructions. */
import { BadPattern } from "../errors.js";
import { type Assertion, mergedSet, type Node, type Pattern, type UnitSet } from "./syntax.js";

export type Instruction =
  | { readonly op: "unit"; readonly set: UnitSet }
  | { readonly op: "assert"; readonly assertion: Assertion }
  /** Keeps the place as the start or end of a group: slot 2 × group, or one more. */
  | { readonly op: "save"; readonly slot: number }
  /** Goes on in two places; the first is preferred. */
  | { readonly op: "fork"; first: number; second: number }
  | { readonly op: "jump"; target: number }
  | { readonly op: "match" };

export interface Program {
  readonly instructions: readonly Instruction[];
  /** Places that a match keeps: two for the whole and for each group. */
  readonly slots: number;
  readonly names: ReadonlyMap<string, number>;
  /** Units that a match can start with; undefined when one can be empty. */
  readonly first: UnitSet | undefined;
}

/** Counted repeats are written out, and repeats of repeats multiply. */
const MAX_INSTRUCTIONS = 20_000;

/** @throws BadPattern when the pattern is too large once its repeats are written out. */
export function compilePattern({ root, groups, names }: Pattern): Program {
  const instructions: Instruction[] = [];
  const add = <T extends Instruction>(instruction: T): T => {
    if (instructions.length >= MAX_INSTRUCTIONS)
      throw new BadPattern(0, `too large, with its repeats written out more than ${MAX_INSTRUCTIONS} steps`);
    instructions.push(instruction);
    return instruction;
  };
  const emit = (node: Node): void => {
    switch (node.kind) {
      case "empty":
        return;
      case "units":
        add({ op: "unit", set: node.set });
        return;
      case "assertion":
        add({ op: "assert", assertion: node.assertion });
        return;
      case "group":
        add({ op: "save", slot: 2 * node.index });
        emit(node.body);
        add({ op: "save", slot: 2 * node.index + 1 });
        return;
      case "sequence":
        node.items.forEach(emit);
        return;
      case "choice":
        emitChoice(node.branches);
        return;
      case "repeat":
        for (let count = 0; count < node.least; count++) emit(node.body);
        if (node.most === Number.POSITIVE_INFINITY) emitLoop(node.body, node.greedy);
        else emitOptional(node.body, node.most - node.least, node.greedy);
        return;
    }
  };
  const emitChoice = (branches: readonly Node[]): void => {
    const ends: { target: number }[] = [];
    branches.forEach((branch, index) => {
      if (index === branches.length - 1) {
        emit(branch);
        return;
      }
      const fork = add({ op: "fork", first: instructions.length + 1, second: 0 });
      emit(branch);
      ends.push(add({ op: "jump", target: 0 }));
      fork.second = instructions.length;
    });
    for (const end of ends) end.target = instructions.length;
  };
  const forkTo = (greedy: boolean): { readonly leave: (target: number) => void } => {
    const fork = add({ op: "fork", first: 0, second: 0 });
    const inside = instructions.length;
    if (greedy) fork.first = inside;
    else fork.second = inside;
    return {
      leave: (target) => {
        if (greedy) fork.second = target;
        else fork.first = target;
      },
    };
  };
  const emitLoop = (body: Node, greedy: boolean): void => {
    const start = instructions.length;
    const fork = forkTo(greedy);
    emit(body);
    add({ op: "jump", target: start });
    fork.leave(instructions.length);
  };
  const emitOptional = (body: Node, count: number, greedy: boolean): void => {
    const forks = [];
    for (let one = 0; one < count; one++) {
      forks.push(forkTo(greedy));
      emit(body);
    }
    for (const fork of forks) fork.leave(instructions.length);
  };
  add({ op: "save", slot: 0 });
  emit(root);
  add({ op: "save", slot: 1 });
  add({ op: "match" });
  return { instructions, slots: 2 * (groups + 1), names, first: firstUnits(instructions) };
}

/** What is reached from the start without taking a unit, assertions taken to hold. */
function firstUnits(instructions: readonly Instruction[]): UnitSet | undefined {
  const ranges: (readonly [number, number])[] = [];
  const seen = new Set<number>();
  const pending = [0];
  for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
    if (seen.has(pc)) continue;
    seen.add(pc);
    const instruction = instructions[pc];
    switch (instruction?.op) {
      case "unit":
        ranges.push(...instruction.set);
        break;
      case "fork":
        pending.push(instruction.first, instruction.second);
        break;
      case "jump":
        pending.push(instruction.target);
        break;
      case "match":
        return undefined;
      default:
        pending.push(pc + 1);
    }
  }
  return mergedSet(ranges);
}
