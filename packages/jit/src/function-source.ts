/** The JavaScript texts that a function becomes: one from its start, and one for each loop that is to be entered while it runs. */
import type { FunctionCode } from "@fusabi/vm/engine";
import { type Block, graphOf, nameOf } from "./blocks.js";
import { type Analysis, analysesOf } from "./function-analysis.js";
import {
  FunctionWriter,
  type Given,
  nameOfCatchers,
  nameOfLoop,
  type Surroundings,
  wideName,
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
  const analyses = analysesOf(code);
  if (analyses === undefined) return undefined;
  const texts = partsOf(code, around, analyses, base, given, [0]);
  if (isTwinned(code, analyses[0], texts[0])) {
    const other = `${base}T`;
    const twin = (name: string, self: string): string | undefined =>
      new FunctionWriter(code, around, analyses[0], 0, base, given, name, self).write();
    texts.splice(0, 1, twin(base, other), twin(other, base));
  }
  return texts.includes(undefined) ? undefined : texts.join("\n");
}

/** The functions for the starts of some loops, 0 for that of the function, and for those in which they go on. */
function partsOf(
  code: FunctionCode,
  around: Surroundings,
  [narrow, wide]: readonly [Analysis, Analysis],
  base: string,
  given: Given,
  starts: readonly number[],
): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  const parts = starts.map((header) => ({ header, analysis: narrow, name: base }));
  const known = new Set(starts.includes(0) ? [] : [base]);
  // Parts are added while they are written.
  for (const { header, analysis, name } of parts) {
    const whole = nameOfLoop(name, header);
    if (known.has(whole)) continue;
    known.add(whole);
    const writer = new FunctionWriter(code, around, analysis, header, name, given, whole, base);
    texts.push(writer.write());
    for (const loop of writer.resumed) parts.push({ header: loop, analysis, name });
    for (const loop of writer.widened) parts.push({ header: loop, analysis: wide, name: wideName(base) });
  }
  return texts;
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

/** The loops of a function that are to be entered while it runs. */
export interface LoopSource {
  readonly text: string;
  readonly loops: readonly {
    /** What its function is called. */
    readonly name: string;
    /** The word at which it begins. */
    readonly word: number;
    /** Of its first block. */
    readonly fuel: number;
  }[];
}

/** Undefined when there is no loop that can go on in a function of its own. */
export function loopSource(code: FunctionCode, around: Surroundings, base: string): LoopSource | undefined {
  const analyses = analysesOf(code);
  if (analyses === undefined) return undefined;
  const { graph, entries } = analyses[0];
  // Control gets to the start of the function through a call as well.
  const headers = [...entries.keys()].filter((header) => header !== 0);
  const texts = partsOf(code, around, analyses, base, [], headers);
  if (headers.length === 0 || texts.includes(undefined)) return undefined;
  const loops = headers.map((header) => {
    const { start, fuel } = graph.blocks[header] as Block;
    return { name: nameOfLoop(base, header), word: code.wordOf[start] as number, fuel };
  });
  return { text: texts.join("\n"), loops };
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
