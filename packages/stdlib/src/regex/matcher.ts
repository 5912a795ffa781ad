/**
 * Runs a program over a text: all threads side by side, a unit of the text at a time (Pike's machine). A place of the program is entered once per unit, so
 * the work is bounded by text × program, whatever the pattern; it is charged as it is done, so that fuel and deadline can stop it.
 */
import type { Charge } from "@fusabi/vm";
import type { Program } from "./program.js";
import type { Assertion, UnitSet } from "./syntax.js";

/** Start and end of the whole match and of each group; -1 where a group took no part. */
export type Match = readonly number[];

/** Units of work between two charges. */
const CHARGED_STEPS = 256;

export class Matcher {
  readonly #program: Program;
  readonly #charge: Charge;
  /** The step at which a place was entered last. */
  readonly #entered: Int32Array;
  /** What nothing has been kept in; never changed, as every thread that keeps a place makes a copy. */
  readonly #nothing: Match;
  /** Threads that are still to be followed. */
  readonly #pending: Thread[] = [];
  #step = 0;
  #work = 0;

  constructor(program: Program, charge: Charge) {
    this.#program = program;
    this.#charge = charge;
    this.#entered = new Int32Array(program.instructions.length).fill(-1);
    this.#nothing = new Array<number>(program.slots).fill(-1);
  }

  /** The leftmost match that starts at `from` or later; among those, the one that the pattern prefers. */
  find(text: string, from: number): Match | undefined {
    const { instructions, first } = this.#program;
    let threads: Thread[] = [];
    let next: Thread[] = [];
    let found: Match | undefined;
    for (let at = from; at <= text.length; at++) {
      if (threads.length === 0 && first !== undefined) at = this.#skip(text, at, first);
      this.#step++;
      const place: Place = { text, at };
      // Threads are re-entered in their order of preference; a new one, which starts later, is preferred least.
      next = [];
      for (const thread of threads) this.#enter(next, thread, place);
      if (found === undefined && mayStart(first, text, at))
        this.#enter(next, { pc: 0, slots: this.#nothing }, place);
      threads = [];
      for (const thread of next) {
        const instruction = instructions[thread.pc];
        if (instruction?.op === "match") {
          // Threads behind this one are preferred less.
          found = thread.slots;
          break;
        }
        if (instruction?.op === "unit" && at < text.length && contains(instruction.set, text.charCodeAt(at)))
          threads.push({ pc: thread.pc + 1, slots: thread.slots });
      }
      this.#pay(next.length + 1);
      if (threads.length === 0 && found !== undefined) break;
    }
    this.#charge(this.#work);
    this.#work = 0;
    return found;
  }

  /** The next place where a match can start, or the end. */
  #skip(text: string, from: number, first: UnitSet): number {
    let at = from;
    while (at < text.length && !contains(first, text.charCodeAt(at))) {
      at++;
      if (at % CHARGED_STEPS === 0) this.#pay(CHARGED_STEPS >> 2);
    }
    return at;
  }

  #pay(work: number): void {
    this.#work += work;
    if (this.#work < CHARGED_STEPS) return;
    this.#charge(this.#work);
    this.#work = 0;
  }

  /** Follows everything that takes no unit, to the places that take one. */
  #enter(threads: Thread[], start: Thread, place: Place): void {
    const pending = this.#pending;
    const entered = this.#entered;
    const { instructions } = this.#program;
    pending.push(start);
    for (let here = pending.pop(); here !== undefined; here = pending.pop()) {
      if (entered[here.pc] === this.#step) continue;
      entered[here.pc] = this.#step;
      this.#pay(1);
      const instruction = instructions[here.pc];
      switch (instruction?.op) {
        case "jump":
          pending.push({ pc: instruction.target, slots: here.slots });
          break;
        case "fork":
          pending.push({ pc: instruction.second, slots: here.slots });
          pending.push({ pc: instruction.first, slots: here.slots });
          break;
        case "save": {
          const saved = here.slots.slice();
          saved[instruction.slot] = place.at;
          this.#pay(saved.length >> 3);
          pending.push({ pc: here.pc + 1, slots: saved });
          break;
        }
        case "assert":
          if (holds(instruction.assertion, place)) pending.push({ pc: here.pc + 1, slots: here.slots });
          break;
        case "unit":
        case "match":
          threads.push(here);
          break;
      }
    }
  }
}

interface Thread {
  readonly pc: number;
  readonly slots: Match;
}

interface Place {
  readonly text: string;
  readonly at: number;
}

/** Whether a match can start here, as far as its first unit tells. */
function mayStart(first: UnitSet | undefined, text: string, at: number): boolean {
  return first === undefined || (at < text.length && contains(first, text.charCodeAt(at)));
}

function contains(set: UnitSet, unit: number): boolean {
  for (const [first, last] of set) {
    if (unit < first) return false;
    if (unit <= last) return true;
  }
  return false;
}

function holds(assertion: Assertion, { text, at }: Place): boolean {
  switch (assertion) {
    case "textStart":
      return at === 0;
    case "textEnd":
      // As in .NET, a line end that ends the text may follow.
      return at === text.length || (at === text.length - 1 && text[at] === "\n");
    case "lineStart":
      return at === 0 || text[at - 1] === "\n";
    case "lineEnd":
      return at === text.length || text[at] === "\n";
    case "wordEdge":
      return isWord(text, at - 1) !== isWord(text, at);
    case "wordInside":
      return isWord(text, at - 1) === isWord(text, at);
  }
}

function isWord(text: string, at: number): boolean {
  return /^\w$/.test(text[at] ?? "");
}
