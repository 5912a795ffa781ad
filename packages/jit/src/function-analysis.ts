/** What is found out about a function before it is written: its graph, its order, what its ints can be, which functions and values it holds, what is still read, and where it can be entered while it runs. */
import { type FunctionCode, LiveRegisters } from "@fusabi/vm/engine";
import { type AssumedInts, assumedInts } from "./assumed-ints.js";
import { type Graph, graphOf } from "./blocks.js";
import { type Dominators, dominatorsOf } from "./dominators.js";
import { type Needed, neededOf } from "./needed.js";
import { type Origins, originsOf } from "./origins.js";
import { type Ranges, rangesOf } from "./ranges.js";

/** Registers beyond which a function does not hand itself over to the interpreter. */
export const MOST_RESUMED = 48;

/** What is known of a function before it is written. */
export interface Analysis {
  /** What the function holds, for whoever measures memory. */
  readonly live: LiveRegisters;
  readonly graph: Graph;
  readonly dominators: Dominators;
  readonly ranges: readonly (Ranges | undefined)[];
  readonly origins: readonly (Origins | undefined)[];
  readonly needed: readonly Needed[];
  /** What the text takes for granted in loops, which ask for it where they begin. */
  readonly assumed: AssumedInts;
  /** The loops that go on in a function of their own, which begins there, after a slice of fuel. */
  readonly entries: ReadonlyMap<number, Dominators>;
}

/** Undefined for a function that this tier leaves to the interpreter. The second analysis is that of the text in which loops go on of which too much was assumed. */
export function analysesOf(code: FunctionCode): readonly [Analysis, Analysis] | undefined {
  const graph = graphOf(code.data, code.index);
  const dominators = dominatorsOf(graph, 0);
  if (dominators === undefined || hasSharedHandlers(code, graph)) return undefined;
  const entries = new Map<number, Dominators>();
  for (const header of dominators.headers) {
    const from = header === 0 ? dominators : dominatorsOf(graph, header);
    if (from !== undefined && code.registers + code.data.floatRegisters <= MOST_RESUMED)
      entries.set(header, from);
  }
  const { constants } = code.module.data;
  const ranges = rangesOf(code.data, constants, graph, dominators, new Map());
  const origins = originsOf(code, graph, dominators);
  const needed = neededOf(code, graph, dominators);
  const wide: Analysis = {
    live: new LiveRegisters(code.data),
    graph,
    dominators,
    ranges,
    origins,
    needed,
    assumed: new Map(),
    entries,
  };
  // Of nested loops, the one that a text begins with can be left and come to again by the other, without being asked.
  if (dominators.headers.size !== 1) return [wide, wide];
  const assumed = assumedInts(code, graph, dominators, ranges, entries.keys());
  if (assumed.size === 0) return [wide, wide];
  const narrowed = rangesOf(code.data, constants, graph, dominators, assumed);
  return [{ ...wide, ranges: narrowed, assumed }, wide];
}

/** Control also gets otherwise to where a handler starts: the two ways would have to pay differently. */
function hasSharedHandlers(code: FunctionCode, graph: Graph): boolean {
  const { handlers } = code.data;
  return handlers.some((handler) => {
    const block = graph.blockAt.get(handler.target);
    if (handlers.some(({ target, register }) => target === handler.target && register !== handler.register))
      return true;
    return block === 0 || graph.blocks.some(({ successors }) => successors.includes(block ?? -1));
  });
}
