/** The JavaScript texts that a function becomes: one from its start, and one for each loop that is to be entered while it runs. */
import type { FunctionCode } from "@fusabi/vm/engine";
import { type Block, graphOf, nameOf } from "./blocks.js";
import { type Analysis, analysisOf } from "./function-analysis.js";
import {
  FunctionWriter,
  type Given,
  nameOfCatchers,
  nameOfLoop,
  type Surroundings,
  wordsOf,
} from "./function-writer.js";

/**
 * The function as it is called `base` in the text, for those who give it these functions. Undefined when this tier leaves it to the interpreter: loops with several entries, or nested too deeply.
 */
export function functionSource(
  code: FunctionCode,
  around: Surroundings,
  base: string,
  given: Given,
): string | undefined {
  const analysis = analysisOf(code);
  if (analysis === undefined) return undefined;
  const main = new FunctionWriter(code, around, analysis, 0, base, given);
  const texts = [main.write()];
  if (isTwinned(code, analysis, texts[0])) {
    const other = `${base}T`;
    texts[0] = new FunctionWriter(code, around, analysis, 0, base, given, base, other).write();
    texts.push(new FunctionWriter(code, around, analysis, 0, base, given, other).write());
  }
  for (const header of main.resumed)
    if (header !== 0) texts.push(new FunctionWriter(code, around, analysis, header, base, given).write());
  return texts.includes(undefined) ? undefined : texts.join("\n");
}

/** Length of a text up to which engines put the function into those that call it. */
const INLINED = 800;

/**
 * Engines put short functions into those that call them, but none into itself: a short function that calls itself is written twice, each calling the other, which more than halves its calls.
 */
function isTwinned(
  { data, index }: FunctionCode,
  { dominators }: Analysis,
  text: string | undefined,
): boolean {
  return (
    text !== undefined &&
    text.length <= INLINED &&
    dominators.headers.size === 0 &&
    data.code.some((instruction) => nameOf(instruction) === "call.fn" && instruction[2] === index)
  );
}

/** A loop of a function that is to be entered while it runs. */
export interface LoopSource {
  /** What its function is called. */
  readonly name: string;
  readonly text: string;
  /** The word at which it begins. */
  readonly word: number;
  /** Of its first block. */
  readonly fuel: number;
}

/** The loops that can go on in a function of their own. */
export function loopSources(code: FunctionCode, around: Surroundings, base: string): readonly LoopSource[] {
  const analysis = analysisOf(code);
  if (analysis === undefined) return [];
  const { graph, entries } = analysis;
  return [...entries.keys()].flatMap((header) => {
    const { start, fuel } = graph.blocks[header] as Block;
    // Control gets to the start of the function through a call as well.
    if (header === 0) return [];
    const text = new FunctionWriter(code, around, analysis, header, base, []).write();
    const word = code.wordOf[start] as number;
    return text === undefined ? [] : [{ name: nameOfLoop(base, header), text, word, fuel }];
  });
}

/** Which blocks the handlers of a function are in, for the texts of it: by words, those that take exceptions, and those that take cancellations. */
export function catchersOf(code: FunctionCode, prefix: string): string {
  if (code.data.handlers.length === 0) return "";
  const { blocks } = graphOf(code.data, code.index);
  const words = wordsOf(code);
  const table = (takes: "takesExceptions" | "takesCancellations"): string => {
    const blockAt: number[] = [];
    for (const { start, end, catchers } of blocks)
      for (let at = start; at < end; at++)
        blockAt[words[at] as number] = catchers.find((one) => one[takes])?.block ?? -1;
    return JSON.stringify(Array.from(blockAt, (block) => block ?? -1));
  };
  return `const ${nameOfCatchers(code, prefix)}={exceptions:${table("takesExceptions")},cancellations:${table("takesCancellations")}};`;
}
