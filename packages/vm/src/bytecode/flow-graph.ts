/** Basic blocks of a function and the edges between them. */
import { infoOf, labelsOf } from "./instruction.js";
import type { FunctionData, HandlerData } from "./module.js";

export interface FlowGraph {
  readonly blocks: number;
  /** Blocks are numbered in the order of the code, block 0 is the start of the function. */
  readonly blockOf: Int32Array;
  /** The predecessors of block b by ordinary control flow stand at `firstPredecessor[b]` up to before `firstPredecessor[b + 1]`. */
  readonly predecessors: Int32Array;
  readonly firstPredecessor: Int32Array;
  /** Handlers by the block they lead to. */
  readonly handlersAt: ReadonlyMap<number, readonly HandlerData[]>;
}

/** The function has passed the structural pass: labels and handlers are inside it. */
export function flowGraph(item: FunctionData, blockOf: Int32Array): FlowGraph {
  const blocks = (blockOf[blockOf.length - 1] as number) + 1;
  const from: number[] = [];
  const to: number[] = [];
  item.code.forEach((instruction, at) => {
    const block = blockOf[at] as number;
    if (blockOf[at + 1] === block) {
      return;
    }
    for (const label of labelsOf(instruction)) {
      from.push(block);
      to.push(blockOf[label] as number);
    }
    if (!infoOf(instruction).terminal) {
      from.push(block);
      to.push(block + 1);
    }
  });

  const firstPredecessor = new Int32Array(blocks + 1);
  for (const block of to) {
    firstPredecessor[block + 1] = (firstPredecessor[block + 1] as number) + 1;
  }
  for (let block = 0; block < blocks; block += 1) {
    firstPredecessor[block + 1] =
      (firstPredecessor[block + 1] as number) + (firstPredecessor[block] as number);
  }
  const next = firstPredecessor.slice();
  const predecessors = new Int32Array(to.length);
  to.forEach((block, edge) => {
    const place = next[block] as number;
    predecessors[place] = from[edge] as number;
    next[block] = place + 1;
  });

  const handlersAt = new Map<number, HandlerData[]>();
  for (const handler of item.handlers) {
    const block = blockOf[handler.target] as number;
    const others = handlersAt.get(block);
    if (others === undefined) {
      handlersAt.set(block, [handler]);
    } else {
      others.push(handler);
    }
  }
  return { blocks, blockOf, predecessors, firstPredecessor, handlersAt };
}

/** Block of every instruction. A block begins where control arrives other than from the instruction before, and where a protected range begins or ends. */
export function numberBlocks(item: FunctionData): Int32Array {
  const starts = new Uint8Array(item.code.length + 1);
  item.code.forEach((instruction, at) => {
    for (const label of labelsOf(instruction)) {
      starts[label] = 1;
    }
    const { jumps, terminal } = infoOf(instruction);
    if (jumps || terminal) {
      starts[at + 1] = 1;
    }
  });
  for (const { start, end, target } of item.handlers) {
    starts[start] = 1;
    starts[end] = 1;
    starts[target] = 1;
  }
  const blockOf = new Int32Array(item.code.length);
  let block = 0;
  for (let at = 1; at < blockOf.length; at += 1) {
    block += starts[at] as number;
    blockOf[at] = block;
  }
  return blockOf;
}
