/** Liveness: which registers hold a value at an instruction that some path from there still reads. */
import { forEachOperand, infoOf, labelsOf } from "./instruction.js";
import type { FunctionData, Instruction } from "./module.js";

/** Registers of a function times its instructions and handlers, and passes over it. Functions of a program need far less; of one that needs more, nothing is known. */
const MOST = 2 ** 19;
const PASSES = 64;

/**
 * The registers of a function that are live; float registers hold nothing that takes memory and are not among them.
 *
 * @example
 * new LiveRegisters(code.data).at(0); // the parameters that the function reads
 */
export class LiveRegisters {
  /** For each instruction the set before it, 1 for what is in it. */
  #before: readonly Uint8Array[] = [];

  constructor(data: FunctionData) {
    const { code, registers, handlers } = data;
    if (registers * code.length * (1 + handlers.length) > MOST) return;
    const before = code.map(() => new Uint8Array(registers));
    for (let pass = 0; pass < PASSES; pass++) {
      if (!refined(before, data)) {
        this.#before = before;
        return;
      }
    }
  }

  /** The registers that are live before the instruction, ascending. */
  at(instruction: number): number[] {
    const live = this.#before[instruction] ?? new Uint8Array();
    return [...live.keys()].filter((register) => live[register] === 1);
  }
}

/** One pass from the end to the start; whether a set has grown. */
function refined(before: readonly Uint8Array[], { code, handlers }: FunctionData): boolean {
  let grown = false;
  for (let at = code.length - 1; at >= 0; at--) {
    const instruction = code[at] as Instruction;
    const set = before[at] as Uint8Array;
    const live = new Uint8Array(set.length);
    const include = (from: number, except?: number): void =>
      before[from]?.forEach((isLive, register) => {
        if (register !== except) live[register] ||= isLive;
      });
    labelsOf(instruction).forEach((label) => {
      include(label);
    });
    if (!infoOf(instruction).terminal) include(at + 1);
    step(live, instruction);
    for (const { start, end, target, register } of handlers)
      if (start <= at && at < end) include(target, register);
    grown ||= live.some((isLive, register) => isLive !== set[register]);
    set.set(live);
  }
  return grown;
}

/** Back over an instruction: what it writes, which stands first, was not needed; what it reads was. */
function step(live: Uint8Array, instruction: Instruction): void {
  forEachOperand(instruction, (operand, kind) => {
    if (kind === "dst") live[operand] = 0;
    if (kind === "src") live[operand] = 1;
  });
}
