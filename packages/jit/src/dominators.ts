/** Order and dominators of a graph, by the iteration of Cooper, Harvey and Kennedy. */
import type { Block, Graph } from "./blocks.js";

export interface Dominators {
  /** The reachable blocks in reverse postorder: each before what it leads to, loops aside. */
  readonly order: readonly number[];
  /** Place of each block in the order; -1 for one that nothing reaches. */
  readonly place: Int32Array;
  /** The next block that every way to this one passes; of the entry, itself. */
  readonly immediate: Int32Array;
  /** Ways to each block from blocks before it in the order; of exceptions, one for each catching block. */
  readonly forward: Int32Array;
  /** Blocks that a later block leads back to. */
  readonly headers: ReadonlySet<number>;
}

/** Undefined when a loop has several entries, which no compiler of ours writes. */
export function dominatorsOf(graph: Graph, entry: number): Dominators | undefined {
  const { blocks } = graph;
  const ways = blocks.map(({ successors, catchers }) =>
    catchers.length === 0 ? successors : [...new Set([...successors, ...catchers.map(({ block }) => block)])],
  );
  const order = reversePostorder(ways, entry);
  const place = new Int32Array(blocks.length).fill(-1);
  order.forEach((block, index) => {
    place[block] = index;
  });
  const predecessors: number[][] = blocks.map(() => []);
  for (const block of order) for (const to of ways[block] ?? []) predecessors[to]?.push(block);

  const immediate = new Int32Array(blocks.length).fill(-1);
  immediate[entry] = entry;
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      if (block === entry) continue;
      let common = -1;
      for (const from of predecessors[block] ?? []) {
        if (at(immediate, from) < 0) continue;
        common = common < 0 ? from : meet(immediate, place, common, from);
      }
      if (immediate[block] !== common) {
        immediate[block] = common;
        changed = true;
      }
    }
  }

  const forward = new Int32Array(blocks.length);
  const headers = new Set<number>();
  for (const block of order) {
    for (const to of ways[block] ?? []) {
      if (at(place, to) > at(place, block)) forward[to] = at(forward, to) + 1;
      else if (dominates(immediate, place, to, block) && !catches(blocks[block], to)) headers.add(to);
      else return undefined;
    }
  }
  return { order, place, immediate, forward, headers };
}

function catches(block: Block | undefined, catcher: number): boolean {
  return block?.catchers.some((one) => one.block === catcher) === true;
}

function dominates(immediate: Int32Array, place: Int32Array, over: number, block: number): boolean {
  let under = block;
  while (at(place, under) > at(place, over)) under = at(immediate, under);
  return under === over;
}

function meet(immediate: Int32Array, place: Int32Array, one: number, other: number): number {
  let a = one;
  let b = other;
  while (a !== b) {
    while (at(place, a) > at(place, b)) a = at(immediate, a);
    while (at(place, b) > at(place, a)) b = at(immediate, b);
  }
  return a;
}

function reversePostorder(ways: readonly (readonly number[])[], entry: number): number[] {
  const seen = new Uint8Array(ways.length);
  const done: number[] = [];
  const stack: { readonly block: number; next: number }[] = [{ block: entry, next: 0 }];
  seen[entry] = 1;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = ways[top.block]?.[top.next++];
    if (to === undefined) {
      done.push(top.block);
      stack.pop();
    } else if (seen[to] === 0) {
      seen[to] = 1;
      stack.push({ block: to, next: 0 });
    }
  }
  return done.reverse();
}

function at(values: Int32Array, index: number): number {
  return values[index] as number;
}
