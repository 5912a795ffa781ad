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
  emptyList,
  type FunctionCode,
  intOfFloat,
  type LinkedUnit,
  type LoopEntry,
  noFloat,
  stringIndexOutside,
} from "@fusabi/vm/engine";
import { nameOf } from "./blocks.js";
import { functionSource, loopSource } from "./function-source.js";
import { appliedFunctions } from "./known-calls.js";
import { Text } from "./text.js";
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

/** Functions that stay interpreted. */
const refused = new WeakSet<FunctionCode>();

/** Translates the function, and those that it calls by name; sets their `run`. Gives false when the function stays interpreted. */
export function translate(wanted: FunctionCode, unit: LinkedUnit, thread: Thread): boolean {
  const members = gather(wanted, unit);
  // Leaving one out can make those that call it differ: once more without it, until nothing changes.
  for (;;) {
    const text = textOf(wanted, members, thread);
    const around = text.surroundingsOf(unit);
    const texts: string[] = [];
    let dropped = false;
    for (const code of members) {
      const source = functionSource(code, around, `J${code.index}`, []);
      if (source === undefined) {
        refused.add(code);
        members.delete(code);
        dropped = true;
      } else texts.push(source);
    }
    if (members.size === 0) return false;
    if (dropped) continue;
    const names = [...members].map(({ index }) => `J${index}`);
    const made = make(text, names, text.completed(members, texts), thread);
    [...members].forEach((code, place) => {
      code.run = made[place];
    });
    return wanted.run !== undefined;
  }
}

/** Translates the loops of a function that is translated, each to a function that goes on with it; sets its `loops`. */
export function translateLoops(code: FunctionCode, unit: LinkedUnit, thread: Thread): void {
  const text = textOf(code, new Set(), thread);
  const source = loopSource(code, text.surroundingsOf(unit), `J${code.index}`);
  const { loops } = source ?? { loops: [] };
  const names = loops.map(({ name }) => name);
  const made = source === undefined ? [] : make(text, names, text.completed([code], [source.text]), thread);
  code.loops = new Map(
    loops.map(({ word, fuel }, place): [number, LoopEntry] => [word, { run: made[place] as Run, fuel }]),
  );
}

function textOf({ module }: FunctionCode, members: ReadonlySet<FunctionCode>, thread: Thread): Text {
  return new Text(
    module,
    members,
    (code, unit) => !refused.has(code) && code.module !== module && translate(code, unit, thread),
  );
}

/**
 * The function, those that it calls by name, and those that it gives to functions that call them; directly and through each other, as far as they are not translated yet.
 */
function gather(wanted: FunctionCode, unit: LinkedUnit): Set<FunctionCode> {
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
    waiting.push(...appliedFunctions(code, unit));
  }
  return members;
}

/** The functions that the text declares by these names. */
function make(text: Text, own: readonly string[], source: string, thread: Thread): readonly Run[] {
  const given: Record<string, unknown> = { ...names, M: thread, thread, X: thread.scratch };
  for (const [name, value] of text.named(source)) given[name] = value;
  // Constants, not parameters: an engine need not read a constant of the surrounding function again at each turn of a loop.
  const whole = `"use strict";\nconst {${Object.keys(given).join(",")}}=given;\n${source}\nreturn[${own.join(",")}];`;
  const declare = new Function("given", whole) as (given: Readonly<Record<string, unknown>>) => Run[];
  return declare(given);
}
