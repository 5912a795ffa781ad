import { LiveRegisters } from "../bytecode/live-registers.js";
import { LimitError } from "../errors.js";
import type { Closure, Value } from "../values/value.js";
import type { Meter } from "./meter.js";
import { instructionAt } from "./prepare.js";

/** What a caller needs back when its callee returns. Frames are kept and used again: a call allocates nothing. */
export class Frame {
  closure: Closure | undefined = undefined;
  /** Word behind the call. */
  pc = 0;
  base = 0;
  /** Register of the caller that takes the result. */
  destination = 0;
}

/** In place of a destination: the result is returned at once from the caller's frame too. */
export const RETURN_AT_ONCE = -1;

/** Registers and frames that stay for the next call. */
const KEPT = 64;

/** Most programs have no floats, and none of these has room for any. */
const NO_FLOATS = new Float64Array(0);
const FIRST_FLOATS = 32;

/** Of each sort, in all frames together. A forged function may have tens of thousands of them, and be called as deep as the limit allows. */
const MOST_REGISTERS = 2 ** 24;
const REGISTER_BYTES = 8;

function tooManyRegisters(size: number): LimitError {
  const [allowed, actual] = [MOST_REGISTERS * REGISTER_BYTES, size * REGISTER_BYTES];
  const message = `memory limit exceeded: ${allowed} bytes (actual: ${actual} bytes)`;
  return new LimitError(message, "FUS0602", "memoryBytes", allowed, actual);
}

/**
 * One thread of script execution: registers and frames live here, on the heap, so that depth costs memory and nothing else, and a run can be parked.
 *
 * @example
 * fiber.enter(closure, args, fiber.top);
 */
export class Fiber {
  readonly registers: Value[] = packed(8);
  /** Registers that hold floats, unboxed. A function's begin where those of its caller end, so that a return knows the base without a frame saying it. */
  floats: Float64Array = NO_FLOATS;
  readonly frames: Frame[] = [];
  /** Frames in use. */
  depth = 0;
  /** Something may stand in registers and frames: what runs as compiled code throughout leaves nothing there. */
  #used = false;

  // The running function, as of the last time that the interpreter left its loop or called a native function.
  closure: Closure | undefined = undefined;
  pc = 0;
  base = 0;
  floatBase = 0;

  /** Set while parked: where the awaited value goes. */
  destination = 0;
  promise: Promise<Value> | undefined = undefined;

  /** First register that the running function does not use. */
  get top(): number {
    return this.closure === undefined ? 0 : this.base + this.closure.code.registers;
  }

  /** Puts a function in place to be executed from its first instruction; the arguments match its arity. */
  enter(closure: Closure, args: readonly Value[], base: number): void {
    this.#used = true;
    this.closure = closure;
    this.pc = 0;
    this.base = base;
    this.reserve(base + closure.code.registers);
    this.reserveFloats(this.floatBase + closure.code.floatRegisters);
    for (let i = 0; i < args.length; i++) this.registers[base + i] = args[i];
  }

  /** Makes room for registers. Throws LimitError for more than any program needs that is not made to need them. */
  reserve(size: number): void {
    if (size > MOST_REGISTERS) throw tooManyRegisters(size);
    const registers = this.registers;
    while (registers.length < size) registers.push(undefined);
  }

  /** As `reserve`, for float registers; the array may be another one afterwards. */
  reserveFloats(size: number): Float64Array {
    if (size > MOST_REGISTERS) throw tooManyRegisters(size);
    if (this.floats.length < size) {
      const larger = new Float64Array(Math.max(size, FIRST_FLOATS, this.floats.length * 2));
      larger.set(this.floats);
      this.floats = larger;
    }
    return this.floats;
  }

  /** Keeps where the interpreter stands, for those that look while something else runs. */
  standAt(closure: Closure, pc: number, base: number, floatBase: number, depth: number): void {
    this.closure = closure;
    this.pc = pc;
    this.base = base;
    this.floatBase = floatBase;
    this.depth = depth;
  }

  /** The fuel of the running function is used up where a block begins: fuel for another slice, if there is to be one. */
  refill(meter: Meter, fuel: number, closure: Closure, pc: number, base: number, depth: number): number {
    // A function that is called for the first time pays for its first block when that is known, and is asked again.
    if (closure.code.entryFuel === 0) return fuel;
    meter.fuel = fuel;
    meter.refillBlock(depth, () => this.#heldIn(closure, pc, base));
    return meter.fuel;
  }

  /** The values that the fiber holds while it is parked. */
  *held(): Generator<Value> {
    const { promise, closure, pc, base, destination } = this;
    if (promise === undefined) return;
    for (const frame of [...this.frames.slice(0, this.depth), { closure, pc, base, destination }])
      if (frame.closure !== undefined)
        yield* this.#heldIn(frame.closure, frame.pc, frame.base, frame.destination);
  }

  *#heldIn(closure: Closure, pc: number, base: number, awaited?: number): Generator<Value> {
    if (closure.captures.length > 0) yield closure;
    const { code } = closure;
    code.live ??= new LiveRegisters(code.data);
    for (const register of code.live.at(instructionAt(code, pc)))
      if (register !== awaited) yield this.registers[base + register];
  }

  /** Saves the running function as a caller, to be resumed when the nested run has ended. */
  push(): void {
    const frame = this.frameAt(this.depth++);
    frame.closure = this.closure;
    // A caller's pc lies behind its call; this one still stands on it.
    frame.pc = this.pc + 1;
    frame.base = this.base;
    frame.destination = 0;
    this.floatBase += this.closure?.code.floatRegisters ?? 0;
  }

  pop(): void {
    const frame = this.frameAt(--this.depth);
    this.closure = frame.closure;
    this.pc = frame.pc;
    this.base = frame.base;
    this.floatBase -= this.closure?.code.floatRegisters ?? 0;
  }

  /** The frame at a depth. There are no holes below it, though compiled code, which has frames elsewhere, may have skipped some. */
  frameAt(index: number): Frame {
    const { frames } = this;
    while (frames.length <= index) frames.push(new Frame());
    return frames[index] as Frame;
  }

  /**
   * The parked call was a tail call: its function is done, so whoever it returns to waits in its place. Leaves `closure` undefined when that is the
   * host.
   */
  leaveParked(): void {
    if (this.depth === 0) {
      this.closure = undefined;
      return;
    }
    this.pop();
    this.destination = this.frameAt(this.depth).destination;
  }

  /** Forgets every value, so that nothing of a finished call stays alive. */
  clear(): void {
    this.depth = 0;
    this.closure = undefined;
    this.floatBase = 0;
    this.promise = undefined;
    if (!this.#used) return;
    this.#used = false;
    if (this.floats.length > KEPT) this.floats = NO_FLOATS;
    const { registers, frames } = this;
    if (registers.length > KEPT) registers.length = KEPT;
    for (let i = 0; i < registers.length; i++) registers[i] = undefined;
    if (frames.length > KEPT) frames.length = KEPT;
    for (const frame of frames) frame.closure = undefined;
  }
}

/** An array without holes, whose reads the engine need not guard. */
function packed(length: number): Value[] {
  const values: Value[] = [];
  for (let i = 0; i < length; i++) values.push(undefined);
  return values;
}
