/**
 * Fuel that is paid late: what a block costs in which nothing happens that anybody could see is paid together with the block that control goes to from it, in one subtraction. Where the fuel
 * does not suffice, it is found out which of the blocks it ended in.
 */
import type { FunctionData, Instruction, OpcodeName } from "@fusabi/vm";
import type { LiveRegisters } from "@fusabi/vm/engine";
import { type Block, type Graph, nameOf } from "./blocks.js";
import { isQuiet } from "./leaf-loops.js";
import { written } from "./operands.js";

/** Of the quiet instructions, those that raise exceptions or change what others can see. */
const SEEN: ReadonlySet<OpcodeName> = new Set<OpcodeName>([
  "store.global",
  "cell.set",
  "int.div",
  "int.rem",
  "move.to.float",
  "array.get.float",
  "array.set.float",
  "field.get.float",
  "field.set.float",
  "string.get",
  "array.get",
  "array.set",
  "list.head",
  "list.tail",
  "field.set",
  "tail.self",
  "return",
]);

/** Blocks that are paid for together. */
const MOST = 4;

/** For each block that pays for others, those blocks in the order in which control has passed them. */
export interface OwedFuel {
  readonly by: ReadonlyMap<number, readonly number[]>;
  /** Blocks that are paid for by those behind them or, where one of these has other ways to it, on the way. */
  readonly late: ReadonlySet<number>;
  /** Blocks that pay for the one that a loop begins with, by that one: where fuel does not suffice there, the loop begins anew. */
  readonly turns: ReadonlyMap<number, number>;
}

/** `loops`: the blocks of each loop that begins anew when fuel does not suffice, by the block that it begins with. That one pays for no other, and nobody for it who is outside. */
export function owedFuel(
  data: FunctionData,
  graph: Graph,
  order: readonly number[],
  live: LiveRegisters,
  loops: ReadonlyMap<number, ReadonlySet<number>>,
): OwedFuel {
  const { blocks } = graph;
  const ways = new Int32Array(blocks.length);
  for (const { successors } of blocks) for (const to of successors) ways[to] = (ways[to] as number) + 1;
  const handlers = new Set(blocks.flatMap(({ catchers }) => catchers.map(({ block }) => block)));
  const by = new Map<number, readonly number[]>();
  const late = new Set<number>();
  const turns = new Map<number, number>();
  /** Whether the block pays, and what ends the run there passes no handler. */
  const isPlain = (block: number): boolean => {
    const { fuel, catchers } = blocks[block] as Block;
    return fuel > 0 && catchers.length === 0 && !handlers.has(block);
  };
  /** Of a loop that begins with nothing but a question: the block that is the only way on in it. It can be asked once more. */
  const turnOf = (header: number): number | undefined => {
    const { start, end, successors } = blocks[header] as Block;
    const inside = successors.filter((to) => loops.get(header)?.has(to));
    const asksOnly = data.code.slice(start, end).every((instruction) => written(instruction) === undefined);
    return asksOnly && inside.length === 1 ? inside[0] : undefined;
  };
  for (const block of order) {
    const { start, end, successors } = blocks[block] as Block;
    const owed = [...(by.get(block) ?? []), block];
    // What a block held where it began is still to be had when it is paid for.
    const held = new Set(owed.flatMap((one) => live.at((blocks[one] as Block).start)));
    const isLate =
      isPlain(block) &&
      !turns.has(block) &&
      owed.length < MOST &&
      data.code.slice(start, end).every((one) => isUnseen(one) && !held.has(written(one) ?? -1));
    // Control gets to each of them from here only.
    const takers = isLate
      ? successors.filter((to) => to !== 0 && ways[to] === 1 && isPlain(to) && !loops.has(to))
      : [];
    if (takers.length === 0) continue;
    if (loops.has(block)) {
      const turn = turnOf(block);
      if (turn === undefined || !takers.includes(turn)) continue;
      turns.set(turn, block);
    }
    late.add(block);
    for (const to of takers) by.set(to, owed);
  }
  return { by, late, turns };
}

function isUnseen(instruction: Instruction): boolean {
  const name = nameOf(instruction);
  if (name === "switch.tag") return true;
  return isQuiet(name) && !SEEN.has(name);
}
