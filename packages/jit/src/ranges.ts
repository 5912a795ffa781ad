/**
 * What is known of the ints in the registers where a block starts, by forward dataflow over intervals: an int may be a bigint, and one that is known to be none needs no guard; one that stays
 * within 32 bits is an integer register of the machine. Only what the function itself loads and computes is known, nothing of what it is given, so that forged code cannot make it wrong.
 */
import type { ConstantData, FunctionData, Instruction, OpcodeName } from "@fusabi/vm";
import type { AssumedInts } from "./assumed-ints.js";
import { type Graph, labelsOf, nameOf } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { read, written } from "./operands.js";

/** Bounds of each register. Infinite: it may hold anything; beyond the safe integers: some number; else: an integer in between. */
export class Ranges {
  private constructor(
    readonly lows: Float64Array,
    readonly highs: Float64Array,
  ) {}

  static unknown(registers: number): Ranges {
    const unknown = Number.POSITIVE_INFINITY;
    return new Ranges(new Float64Array(registers).fill(-unknown), new Float64Array(registers).fill(unknown));
  }

  copy(): Ranges {
    return new Ranges(this.lows.slice(), this.highs.slice());
  }

  low(register: number): number {
    return this.lows[register] as number;
  }

  high(register: number): number {
    return this.highs[register] as number;
  }

  isNumber(register: number): boolean {
    return this.within(register, Number.MAX_VALUE);
  }

  isInt(register: number): boolean {
    return this.within(register, Number.MAX_SAFE_INTEGER);
  }

  isInt32(register: number): boolean {
    return isInt32(this.low(register)) && isInt32(this.high(register));
  }

  within(register: number, most: number): boolean {
    return this.low(register) >= -most && this.high(register) <= most;
  }

  set(register: number, low: number, high: number): void {
    this.lows[register] = low;
    this.highs[register] = high;
  }

  forget(register: number): void {
    this.set(register, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  /** It holds an integer of 32 bits. */
  keepInt32(register: number): void {
    const low = Math.max(this.low(register), -(2 ** 31));
    const high = Math.min(this.high(register), 2 ** 31 - 1);
    if (low <= high) this.set(register, low, high);
    else this.set(register, -(2 ** 31), 2 ** 31 - 1);
  }

  /** Takes in what else may be the case. Whether that changed anything; a bound that moved goes to the next of the `steps`, if there are any. */
  join(other: Ranges, steps: readonly number[] | undefined): boolean {
    let changed = false;
    for (let register = 0; register < this.lows.length; register++) {
      const low = other.low(register);
      const high = other.high(register);
      if (low < this.low(register)) {
        this.lows[register] = steps?.findLast((step) => step <= low) ?? low;
        changed = true;
      }
      if (high > this.high(register)) {
        this.highs[register] = steps?.find((step) => step >= high) ?? high;
        changed = true;
      }
    }
    return changed;
  }
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

/** Turns of a loop that are followed exactly. */
const EXACT_TURNS = 2;
/** Further turns in which bounds move to numbers that the function compares with; then they give up. */
const STEPPED_TURNS = 6;

/** For each reachable block, what is known at its start. */
export function rangesOf(
  data: FunctionData,
  constants: readonly ConstantData[],
  graph: Graph,
  { order, headers, place }: Dominators,
  assumed: AssumedInts,
): readonly (Ranges | undefined)[] {
  const known: (Ranges | undefined)[] = graph.blocks.map(() => undefined);
  const turns = graph.blocks.map(() => 0);
  const steps = stepsOf(data);
  let changed = true;
  const arrive = (block: number, ranges: Ranges): void => {
    const old = known[block];
    if (old === undefined) {
      known[block] = ranges.copy();
      changed = true;
    } else {
      const turn = turns[block] as number;
      const widening = headers.has(block) && turn >= EXACT_TURNS;
      if (!old.join(ranges, widening ? (turn < STEPPED_TURNS ? steps : ENDS) : undefined)) return;
      turns[block] = turn + 1;
      changed = true;
    }
  };
  /** Where a loop begins, what it assumes has been asked for. */
  const begin = (block: number, ranges: Ranges): Ranges => {
    const begun = ranges.copy();
    for (const register of assumed.get(block) ?? []) begun.keepInt32(register);
    return begun;
  };
  const first = order[0] as number;
  known[first] = begin(first, Ranges.unknown(data.registers));
  while (changed) {
    changed = false;
    for (const block of order) {
      const item = graph.blocks[block];
      const before = known[block];
      if (item === undefined || before === undefined) continue;
      const ranges = before.copy();
      const thrown = (): void => {
        for (const catcher of item.catchers) {
          const arriving = ranges.copy();
          arriving.forget(catcher.register);
          arrive(catcher.block, arriving);
        }
      };
      thrown();
      for (let at = item.start; at < item.end; at++) {
        step(ranges, data.code[at] ?? [], constants);
        thrown();
      }
      const last = data.code[item.end - 1] ?? [];
      const [label] = labelsOf(last);
      const comparison = comparisonOf(last);
      const aside = graph.blockAt.get(label ?? -1);
      for (const to of item.successors) {
        const refined = ranges.copy();
        const isOpen =
          comparison === undefined || aside === block + 1 || refine(refined, comparison, to !== aside);
        if (isOpen)
          arrive(to, (place[block] as number) < (place[to] as number) ? begin(to, refined) : refined);
      }
    }
  }
  // Where no way leads that a comparison leaves open.
  for (const block of order) known[block] ??= Ranges.unknown(data.registers);
  return known;
}

const ENDS: readonly number[] = [
  Number.NEGATIVE_INFINITY,
  -Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
  Number.POSITIVE_INFINITY,
];

/** Bounds that loops are likely to have. Ascending. */
function stepsOf(data: FunctionData): readonly number[] {
  const steps = new Set([...ENDS, -(2 ** 31), 2 ** 31 - 1]);
  for (const instruction of data.code) {
    const comparison = comparisonOf(instruction);
    const bound = nameOf(instruction) === "load.int" ? instruction[2] : comparison?.immediate;
    if (bound !== undefined)
      steps
        .add(bound - 1)
        .add(bound)
        .add(bound + 1);
  }
  return [...steps].sort((a, b) => a - b);
}

// ------------------------------------------------------------------------------------------------ instructions

/** What is known behind the instruction. */
export function step(ranges: Ranges, instruction: Instruction, constants: readonly ConstantData[]): void {
  const name = nameOf(instruction);
  const [, target = 0, b = 0, x = 0] = instruction;
  switch (name) {
    case "array.get":
    case "string.get":
      inside(ranges, x);
      return ranges.forget(target);
    case "array.get.float":
      return inside(ranges, x);
    case "array.set":
    case "array.set.float":
      return inside(ranges, b);
    case "move":
      return ranges.set(target, ranges.low(b), ranges.high(b));
    case "load.int":
      return ranges.set(target, b, b);
    case "load.const": {
      const value = constants[b]?.value;
      if (typeof value !== "number") return ranges.forget(target);
      return Number.isSafeInteger(value) ? ranges.set(target, value, value) : someNumber(ranges, target);
    }
    case "string.length":
    case "array.length":
    case "tag.get":
    case "move.from.float":
      return someNumber(ranges, target);
    case "int.add":
      return sum(ranges, target, ranges.low(b) + ranges.low(x), ranges.high(b) + ranges.high(x));
    case "int.add.imm":
      return sum(ranges, target, ranges.low(b) + x, ranges.high(b) + x);
    case "int.sub":
      return sum(ranges, target, ranges.low(b) - ranges.high(x), ranges.high(b) - ranges.low(x));
    case "int.mul":
      return product(ranges, target, b, ranges.low(x), ranges.high(x));
    case "int.mul.imm":
      return product(ranges, target, b, x, x);
    case "int.neg":
      if (!ranges.isNumber(b)) return ranges.forget(target);
      return ranges.set(target, -ranges.high(b), -ranges.low(b));
    case "int.rem.imm":
      return remainder(ranges, target, b, Math.abs(x) - 1);
    case "int.rem":
      if (!ranges.isInt(x))
        return remainder(ranges, target, b, ranges.isNumber(x) ? Number.MAX_VALUE : Number.POSITIVE_INFINITY);
      return remainder(ranges, target, b, Math.max(-ranges.low(x), ranges.high(x)));
    case "int.div.imm":
    case "int.div": {
      if (!ranges.isInt(b) || (name === "int.div" && !ranges.isNumber(x)))
        return ranges.isNumber(b) && name === "int.div.imm"
          ? someNumber(ranges, target)
          : ranges.forget(target);
      // A quotient is never farther from zero than what is divided.
      const most = Math.max(-ranges.low(b), ranges.high(b));
      return ranges.set(target, -most, most);
    }
    case "tail.self":
    case "tail.fn":
      return again(ranges, read(instruction));
    default: {
      const register = written(instruction);
      if (register !== undefined) ranges.forget(register);
    }
  }
}

/** A function that calls itself in place gives its parameters new values; of all else, nothing is known when it starts. */
function again(ranges: Ranges, sources: readonly number[]): void {
  const given = sources.map((source): [number, number] => [ranges.low(source), ranges.high(source)]);
  for (let register = 0; register < ranges.lows.length; register++) ranges.forget(register);
  given.forEach(([low, high], parameter) => {
    ranges.set(parameter, low, high);
  });
}

/** The int was the index of an element. */
function inside(ranges: Ranges, register: number): void {
  if (ranges.isInt(register)) narrow(ranges, register, "ge", 0, MOST_ELEMENTS);
  if (ranges.isInt(register)) narrow(ranges, register, "lt", 0, MOST_ELEMENTS);
}

/** What JavaScript allows. */
const MOST_ELEMENTS = 2 ** 32 - 1;

function someNumber(ranges: Ranges, target: number): void {
  ranges.set(target, -Number.MAX_VALUE, Number.MAX_VALUE);
}

/** An int that may be exact or, beyond the safe integers, a bigint. */
function sum(ranges: Ranges, target: number, low: number, high: number): void {
  if (low >= -Number.MAX_SAFE_INTEGER && high <= Number.MAX_SAFE_INTEGER) ranges.set(target, low, high);
  else ranges.forget(target);
}

function product(ranges: Ranges, target: number, b: number, low: number, high: number): void {
  const ends = [ranges.low(b) * low, ranges.low(b) * high, ranges.high(b) * low, ranges.high(b) * high];
  // Zero times infinity is no number, and then nothing is known.
  sum(ranges, target, Math.min(...ends), Math.max(...ends));
}

/** Of a division of `b` by something at most `most + 1` from zero. It has the sign of what is divided. */
function remainder(ranges: Ranges, target: number, b: number, most: number): void {
  if (most > Number.MAX_VALUE || !ranges.isNumber(b)) ranges.forget(target);
  else if (most > Number.MAX_SAFE_INTEGER || !ranges.isInt(b)) someNumber(ranges, target);
  else {
    const low = Math.max(Math.min(ranges.low(b), 0), -most);
    ranges.set(target, low, Math.min(Math.max(ranges.high(b), 0), most));
  }
}

// ------------------------------------------------------------------------------------------------ branches

type Relation = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

/** What has to hold for control to go on behind an instruction. */
interface Comparison {
  readonly relation: Relation;
  readonly left: number;
  /** Register on the right, unless there is an immediate. */
  readonly right: number;
  readonly immediate: number | undefined;
}

const comparisons: Partial<Record<OpcodeName, Relation>> = {
  "unless.eq": "eq",
  "unless.ne": "ne",
  "unless.lt": "lt",
  "unless.le": "le",
  "unless.eq.imm": "eq",
  "unless.ne.imm": "ne",
  "unless.lt.imm": "lt",
  "unless.le.imm": "le",
  "unless.gt.imm": "gt",
  "unless.ge.imm": "ge",
};

function comparisonOf(instruction: Instruction): Comparison | undefined {
  const name = nameOf(instruction);
  const relation = comparisons[name];
  if (relation === undefined) return undefined;
  const [, left = 0, right = 0] = instruction;
  return { relation, left, right, immediate: name.endsWith(".imm") ? right : undefined };
}

const opposite: Readonly<Record<Relation, Relation>> = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  le: "gt",
  gt: "le",
  ge: "lt",
};

/** Takes in that the comparison came out one way. False when it cannot. */
function refine(ranges: Ranges, comparison: Comparison, holds: boolean): boolean {
  const { left, right, immediate } = comparison;
  const relation = holds ? comparison.relation : opposite[comparison.relation];
  const known = { low: ranges.low(left), high: ranges.high(left), isInt: ranges.isInt(left) };
  const low = immediate ?? ranges.low(right);
  const high = immediate ?? ranges.high(right);
  if (immediate === undefined && !ranges.isInt(right)) return true;
  // What is no integer for sure, a bigint for one, is none afterwards either.
  if (known.isInt && !narrow(ranges, left, relation, low, high)) return false;
  return (
    immediate !== undefined ||
    !known.isInt ||
    narrow(ranges, right, mirrored[relation], known.low, known.high)
  );
}

const mirrored: Readonly<Record<Relation, Relation>> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  le: "ge",
  gt: "lt",
  ge: "le",
};

/** The register stands in this relation to something between `low` and `high`. */
function narrow(ranges: Ranges, register: number, relation: Relation, low: number, high: number): boolean {
  let from = ranges.low(register);
  let to = ranges.high(register);
  if (relation === "eq" || relation === "ge") from = Math.max(from, low);
  if (relation === "gt") from = Math.max(from, low + 1);
  if (relation === "eq" || relation === "le") to = Math.min(to, high);
  if (relation === "lt") to = Math.min(to, high - 1);
  if (from > to) return false;
  ranges.set(register, from, to);
  return true;
}
