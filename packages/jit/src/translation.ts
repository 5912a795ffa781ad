/** Functions of a module translated together, with those that they call: text to JavaScript functions that know each other by name. */
import {
  BoxedFloat,
  compare,
  equals,
  int64,
  List,
  lessOrEqual,
  lessThan,
  NIL,
  RefCell,
  tupleShape,
} from "@fusabi/vm";
import {
  arrayIndexOutside,
  bytecodeOf,
  Closure,
  type ExecutableModule,
  emptyList,
  type FunctionCode,
  intOfFloat,
  type LinkedUnit,
  type LoopEntry,
  noFloat,
  stringIndexOutside,
} from "@fusabi/vm/engine";
import { graphOf, nameOf } from "./blocks.js";
import { catchersOf, functionSource, loopSources } from "./function-source.js";
import type { Surroundings } from "./function-writer.js";
import { type TailCalls, tailCallsOf } from "./tail-calls.js";
import { BOUNCE, type Thread } from "./thread.js";

type Run = NonNullable<FunctionCode["run"]>;

/** What the text calls by these names. */
const names = {
  BOUNCE,
  BoxedFloat,
  Closure,
  List,
  NIL,
  RefCell,
  arrayIndexOutside,
  bytecodeOf,
  compare,
  emptyList,
  equals,
  intAdd: int64.add,
  intDiv: int64.div,
  intMul: int64.mul,
  intNeg: int64.neg,
  intOfFloat,
  isSafe: Number.isSafeInteger,
  noFloat,
  intRem: int64.rem,
  intSub: int64.sub,
  lessOrEqual,
  lessThan,
  stringIndexOutside,
  tupleShape,
};

/** Instructions that are translated at once, beyond the function that is asked for; the others follow when they are hot themselves. */
const MOST = 20_000;
/** A function longer than this stays interpreted: engines do not optimise such functions either. */
const LONGEST = 6000;

const tailCalls = new WeakMap<ExecutableModule, TailCalls>();

/** Functions that stay interpreted. */
const refused = new WeakSet<FunctionCode>();

/** Translates the function, and those that it calls by name; sets their `run`. Gives false when the function stays interpreted. */
export function translate(wanted: FunctionCode, unit: LinkedUnit, thread: Thread): boolean {
  const { module } = wanted;
  const members = gather(wanted);
  const around = surroundingsOf(module, unit, members);
  // Leaving one out can make those that call it differ: once more without it, until nothing changes.
  for (;;) {
    const texts: string[] = [];
    let dropped = false;
    for (const code of members) {
      const text = functionSource(code, around);
      if (text === undefined) {
        refused.add(code);
        members.delete(code);
        dropped = true;
      } else texts.push(text);
    }
    if (members.size === 0) return false;
    if (dropped) continue;
    const names = [...members].map(({ index }) => `J${index}`);
    const made = make(module, names, texts.join("\n"), thread);
    [...members].forEach((code, place) => {
      code.run = made[place];
    });
    return wanted.run !== undefined;
  }
}

/** Translates the loops of a function that is translated, each to a function that goes on with it; sets its `loops`. */
export function translateLoops(code: FunctionCode, unit: LinkedUnit, thread: Thread): void {
  const { module } = code;
  const sources = loopSources(code, surroundingsOf(module, unit, new Set()));
  const names = sources.map(({ name }) => name);
  const text = [catchersOf(code, graphOf(code.data, code.index)), ...sources.map((source) => source.text)];
  const made = sources.length === 0 ? [] : make(module, names, text.join("\n"), thread);
  code.loops = new Map(
    sources.map(({ word, fuel }, place): [number, LoopEntry] => [word, { run: made[place] as Run, fuel }]),
  );
}

function surroundingsOf(
  module: ExecutableModule,
  unit: LinkedUnit,
  members: ReadonlySet<FunctionCode>,
): Surroundings {
  let tails = tailCalls.get(module);
  if (tails === undefined) {
    tails = tailCallsOf(module.functions);
    tailCalls.set(module, tails);
  }
  return {
    unit,
    tails,
    isTranslated: (index) => {
      const code = module.functions[index] as FunctionCode;
      return code.run !== undefined || members.has(code);
    },
  };
}

/** The function and those that it calls by name, directly and through each other, as far as they are not translated yet. */
function gather(wanted: FunctionCode): Set<FunctionCode> {
  const { functions } = wanted.module;
  const members = new Set<FunctionCode>();
  const waiting = [wanted];
  let size = 0;
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    const length = code.data.code.length;
    if (members.has(code) || code.run !== undefined || refused.has(code)) continue;
    if (length > LONGEST) {
      refused.add(code);
      continue;
    }
    size += length;
    if (size > MOST && members.size > 0) break;
    members.add(code);
    for (const instruction of code.data.code) {
      const name = nameOf(instruction);
      if (name === "call.fn") waiting.push(functions[instruction[2] ?? 0] as FunctionCode);
      else if (name === "tail.fn") waiting.push(functions[instruction[1] ?? 0] as FunctionCode);
    }
  }
  return members;
}

/** The functions that the text declares by these names. */
function make(
  module: ExecutableModule,
  own: readonly string[],
  text: string,
  thread: Thread,
): readonly Run[] {
  const given: Record<string, unknown> = { ...names, M: thread, thread, X: thread.scratch };
  const used = new Set(text.match(/\b[KSFJ]\d+\b/g) ?? []);
  for (const name of used) {
    const index = Number(name.slice(1));
    if (name.startsWith("K")) given[name] = module.constants[index];
    else if (name.startsWith("S")) given[name] = module.shapes[index];
    else if (name.startsWith("F")) given[name] = module.functions[index];
    else if (!own.includes(name)) given[name] = module.functions[index]?.run;
  }
  // Constants, not parameters: an engine need not read a constant of the surrounding function again at each turn of a loop.
  const source = `"use strict";\nconst {${Object.keys(given).join(",")}}=given;\n${text}\nreturn[${own.join(",")}];`;
  const declare = new Function("given", source) as (given: Readonly<Record<string, unknown>>) => Run[];
  return declare(given);
}
