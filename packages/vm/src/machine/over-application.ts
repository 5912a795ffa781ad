/**
 * Applying a function to more arguments than it takes: apply it to as many as it takes, then the result to the rest. That is a tiny function of its own,
 * so that the first call has a frame to return to and the second one is a proper tail call.
 */
import type { Instruction, ModuleData } from "../bytecode/module.js";
import { opcodeOf } from "../bytecode/opcodes.js";
import { Closure } from "../values/value.js";
import type { LinkedUnit } from "./code.js";
import { prepareModule } from "./prepare.js";

/** Common sizes are made once; they hold nothing of any program. */
const made = new Map<number, Closure>();
const COMMON = 16;

/** A closure that takes the callee and `count` arguments, of which the callee takes `arity`. */
export function overApplication(arity: number, count: number): Closure {
  if (count >= COMMON) return makeOverApplication(arity, count);
  const key = arity * COMMON + count;
  let closure = made.get(key);
  if (closure === undefined) {
    closure = makeOverApplication(arity, count);
    made.set(key, closure);
  }
  return closure;
}

function makeOverApplication(arity: number, count: number): Closure {
  const rest = count - arity;
  const registers = (from: number, length: number): number[] =>
    Array.from({ length }, (_, index) => from + index);
  const code: Instruction[] = [
    [opcodeOf("call"), 0, 0, arity, ...registers(1, arity)],
    [opcodeOf("tail.call"), 0, rest, ...registers(1 + arity, rest)],
  ];
  const data: ModuleData = {
    name: "application",
    imports: [],
    constants: [],
    definitions: [],
    types: [],
    functions: [
      {
        name: "<application>",
        arity: count + 1,
        registers: count + 1,
        floatRegisters: 0,
        captures: 0,
        code,
        handlers: [],
        positions: undefined,
        file: 0,
      },
    ],
    entry: 0,
    globals: 0,
    exports: [],
    files: [],
  };
  const module = prepareModule(data);
  const unit: LinkedUnit = { module, imports: [], globals: [], closures: [] };
  const fn = module.functions[0];
  if (fn === undefined) throw new RangeError("the application function is missing");
  return new Closure(fn, unit, []);
}
