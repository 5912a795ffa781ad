/**
 * Structured control flow from a graph, in one walk over its dominator tree (Norman Ramsey, "Beyond Relooper", 2022): a block that several ways lead to stands behind a labelled statement,
 * from which they `break`; a block that a later one leads back to is a labelled loop, to which they `continue`; any other block stands where control goes to it. Handlers are blocks behind
 * a labelled `try`.
 */
import type { Graph } from "./blocks.js";
import type { Dominators } from "./dominators.js";

/** Writes what is inside the blocks. */
export interface BlockWriter {
  /** Everything of a block but the way out of it. */
  body(block: number): void;
  /** The way out; `go` writes the transfer to a successor, behind which nothing is reached. */
  end(block: number, go: (to: number) => void): void;
  /** The clause that takes exceptions for the block `handler`; it rethrows what is not for it. */
  caught(handler: number): void;
  /** A loop labelled `L…`; `inside` writes what is in it. */
  loop(block: number, inside: () => void): void;
  line(text: string): void;
}

/** Statements nested deeper than this would be a danger to the stack of whoever parses them. */
const DEEPEST = 400;

/** Writes the graph from `entry` on. Gives false when it is too deeply nested to be written. */
export function writeStructured(
  graph: Graph,
  dominators: Dominators,
  entry: number,
  writer: BlockWriter,
): boolean {
  const { place, immediate, forward, headers, order } = dominators;
  const catching = new Set(graph.blocks.flatMap(({ catchers }) => catchers.map(({ block }) => block)));
  const at = (block: number): number => place[block] as number;
  const isMerge = (block: number): boolean => (forward[block] as number) > 1 || catching.has(block);
  const merges = new Map<number, number[]>();
  for (const block of order) {
    if (block === entry || !isMerge(block)) continue;
    const parent = immediate[block] as number;
    const others = merges.get(parent);
    if (others === undefined) merges.set(parent, [block]);
    else others.push(block);
  }
  let depth = 0;
  let fits = true;

  const tree = (block: number): void => {
    if (++depth > DEEPEST) fits = false;
    if (fits) {
      const behind = merges.get(block) ?? [];
      if (headers.has(block)) {
        writer.loop(block, () => within(block, behind, behind.length));
      } else within(block, behind, behind.length);
    }
    depth--;
  };

  /** The block, followed by the first `count` of the blocks that stand behind it. */
  const within = (block: number, behind: readonly number[], count: number): void => {
    const last = behind[count - 1];
    if (last === undefined) {
      writer.body(block);
      writer.end(block, (to) => go(block, to));
      return;
    }
    if (++depth > DEEPEST) fits = false;
    if (fits) {
      const protects = catching.has(last);
      writer.line(protects ? `B${last}:{try{` : `B${last}:{`);
      within(block, behind, count - 1);
      if (protects) {
        writer.line("}catch(e){");
        writer.caught(last);
        writer.line("}");
      }
      writer.line("}");
    }
    depth--;
    tree(last);
  };

  const go = (from: number, to: number): void => {
    if (at(to) <= at(from)) writer.line(`continue L${to};`);
    else if (isMerge(to)) writer.line(`break B${to};`);
    else tree(to);
  };

  tree(entry);
  return fits;
}
