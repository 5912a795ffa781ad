/**
 * Loops that call nothing, allocate nothing and contain no other loop: fuel is counted in a local while one of them runs, which costs next to nothing, and is put back where control leaves it.
 */
import type { FunctionData, OpcodeName } from "@fusabi/vm";
import { type Block, type Graph, nameOf } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { bodyOf } from "./loop-numbers.js";

const QUIET: ReadonlySet<OpcodeName> = new Set<OpcodeName>([
  "move",
  "load.const",
  "load.int",
  "load.unit",
  "load.true",
  "load.false",
  "load.nil",
  "load.null",
  "load.fn",
  "load.global",
  "store.global",
  "load.capture",
  "load.self",
  "cell.get",
  "cell.set",
  "int.add",
  "int.sub",
  "int.mul",
  "int.div",
  "int.rem",
  "int.add.imm",
  "int.mul.imm",
  "int.div.imm",
  "int.rem.imm",
  "int.neg",
  "move.float",
  "load.float",
  "move.to.float",
  "move.from.float",
  "float.sqrt",
  "float.abs",
  "float.eq",
  "float.ne",
  "float.lt",
  "float.le",
  "array.get.float",
  "array.set.float",
  "field.get.float",
  "field.set.float",
  "unless.float.eq",
  "unless.float.ne",
  "unless.float.lt",
  "unless.float.le",
  "if.float.lt",
  "if.float.le",
  "float.add",
  "float.sub",
  "float.mul",
  "float.div",
  "float.rem",
  "float.pow",
  "float.neg",
  "float.of.int",
  "not",
  "prim.eq",
  "prim.ne",
  "prim.lt",
  "prim.le",
  "string.length",
  "string.get",
  "array.length",
  "array.get",
  "array.set",
  "list.head",
  "list.tail",
  "field.get",
  "field.set",
  "tag.get",
  "tail.self",
  "return",
  "jump",
  "if",
  "unless",
  "unless.eq",
  "unless.ne",
  "unless.lt",
  "unless.le",
  "unless.eq.imm",
  "unless.ne.imm",
  "unless.lt.imm",
  "unless.le.imm",
  "unless.gt.imm",
  "unless.ge.imm",
  "unless.string",
  "unless.cons",
  "unless.tag",
  "switch.int",
]);

/** The instruction calls nothing and allocates nothing, as long as it raises nothing. */
export function isQuiet(name: OpcodeName): boolean {
  return QUIET.has(name);
}

/** For each block of such a loop, the block that the loop begins with. */
export function leafLoops(
  data: FunctionData,
  graph: Graph,
  dominators: Dominators,
): ReadonlyMap<number, number> {
  const loopOf = new Map<number, number>();
  for (const header of dominators.headers) {
    const body = bodyOf(graph, dominators, header);
    const isLeaf = [...body].every((block) => {
      const { start, end } = graph.blocks[block] as Block;
      if (block !== header && dominators.headers.has(block)) return false;
      return data.code.slice(start, end).every((instruction) => isQuiet(nameOf(instruction)));
    });
    if (isLeaf) for (const block of body) loopOf.set(block, header);
  }
  return loopOf;
}
