/**
 * What compiled code counts with: fuel, depth and whose call it is. There is one of it in each JavaScript thread, as there is one native stack, because a property of a constant object is the
 * only counter that costs next to nothing. While a native function or the interpreter runs, the numbers stand in the meter of the call; the thread holds nothing of a call that has ended.
 */
import { AbortError, display, ExceptionValue, STRING_BYTES, UNIT_BYTES, type Value } from "@fusabi/vm";
import {
  Application,
  apply,
  type Call,
  Cancellation,
  Closure,
  type Demanding,
  execute,
  executeOnValues,
  type Fault,
  type Fiber,
  type FunctionCode,
  faultOf,
  functionOfImport,
  type LinkedImport,
  type LoopEntry,
  type Meter,
  passFrame,
} from "@fusabi/vm/engine";

/** In place of a result: the callee and its arguments are in the thread, to be called in the frame that gets this. */
export const BOUNCE: unique symbol = Symbol("bounce");

export type Native = (context: Call, ...args: Value[]) => Value | Promise<Value>;

/**
 * Frames of compiled code on the native stack, at 300 bytes: about half of what the smallest default stack of the engines holds. Larger frames count several times. Deeper calls are
 * interpreted, whose frames are on the heap.
 */
const FRAMES = 1600;
/** What the interpreter, a native function and the way between them take of the stack, in such frames. */
const CROSSING = 8;
/** No compiled code is entered from the interpreter with fewer frames than this left. */
const ROOM = 64;

/** By words of a function, the block of the handler there, or -1. */
export interface Catchers {
  readonly exceptions: readonly number[];
  readonly cancellations: readonly number[];
}

export class Thread {
  /** As in the meter, while compiled code runs. */
  fuel = 0;
  /** Depth of the function that makes a call, set before each. */
  depth = -1;
  /** Functions at a greater depth ask `deeper` first. */
  limit = -1;
  /** Depth that has been paid for. */
  deepest = -1;
  /** Depth up to which the native stack suffices. */
  ceiling = -1;
  /** Native frames in use outside, while compiled code is away in the interpreter; negative while it is not. */
  crossed = -1;
  /** The numbers in the meter are the newer ones. */
  away = true;
  call!: Call;
  meter!: Meter;
  fiber!: Fiber;

  callee: Closure | undefined;
  /** Of a function that goes on with a loop, where; else the callee is called from its start. */
  entry: FunctionCode["run"];
  args: readonly Value[] = [];

  /** Registers for instructions that are executed one by one, and whether there may be something in them. */
  readonly scratch: Value[] = [];
  #scratched = false;

  // ------------------------------------------------------------------------------------------------ entering and leaving

  /** Whether there is room on the native stack for compiled code. */
  get hasRoom(): boolean {
    return this.#used < FRAMES - ROOM;
  }

  /** Native frames in use, for code that is entered from outside. */
  get #used(): number {
    if (this.crossed >= 0) return this.crossed;
    return this.call === undefined ? 0 : FRAMES - (this.ceiling - this.depth) + CROSSING;
  }

  /** Runs compiled code for the interpreter or a native function. */
  enter(
    call: Call,
    closure: Closure,
    pc: number,
    registers: readonly Value[],
    base: number,
    depth: number,
  ): Value {
    const {
      call: outerCall,
      meter: outerMeter,
      fiber: outerFiber,
      crossed,
      ceiling,
      depth: outerDepth,
    } = this;
    this.ceiling = depth + FRAMES - this.#used;
    this.crossed = -1;
    this.call = call;
    this.meter = call.meter;
    this.fiber = call.fiber;
    this.depth = depth - 1;
    this.load();
    try {
      const result =
        pc === 0
          ? this.#enterFunction(closure, registers, base)
          : this.#enterLoop(closure, pc, registers, base);
      return (result as unknown) === BOUNCE ? this.bounce(depth - 1) : result;
    } finally {
      if (!this.away) this.store();
      this.call = outerCall;
      this.meter = outerMeter;
      this.fiber = outerFiber;
      this.crossed = crossed;
      this.ceiling = ceiling;
      this.depth = outerDepth;
      if (outerCall === undefined) this.clear();
    }
  }

  #enterFunction(closure: Closure, registers: readonly Value[], base: number): Value {
    const { code } = closure;
    const run = code.run as NonNullable<FunctionCode["run"]>;
    this.fuel += code.entryFuel;
    switch (code.arity) {
      case 0:
        return run(closure);
      case 1:
        return run(closure, registers[base]);
      case 2:
        return run(closure, registers[base], registers[base + 1]);
      case 3:
        return run(closure, registers[base], registers[base + 1], registers[base + 2]);
      default:
        return run(closure, ...registers.slice(base, base + code.arity));
    }
  }

  /** The interpreter has come to a loop of the function: goes on with it. */
  #enterLoop(closure: Closure, pc: number, registers: readonly Value[], base: number): Value {
    const { code } = closure;
    const { floats, floatBase } = this.fiber;
    const loop = code.loops?.get(pc) as LoopEntry;
    this.fuel += loop.fuel;
    return loop.run(
      closure,
      ...registers.slice(base, base + code.registers),
      ...floats.subarray(floatBase, floatBase + code.floatRegisters),
    );
  }

  clear(): void {
    this.callee = undefined;
    this.args = NOTHING;
    if (!this.#scratched) return;
    this.#scratched = false;
    const { scratch } = this;
    for (let i = 0; i < scratch.length; i++) scratch[i] = undefined;
  }

  load(): void {
    const { meter } = this;
    this.away = false;
    this.fuel = meter.fuel;
    this.deepest = meter.maxDepth;
    this.limit = Math.min(meter.maxDepth, this.ceiling);
  }

  store(): void {
    const { meter } = this;
    this.away = true;
    meter.fuel = this.fuel;
    meter.maxDepth = this.deepest;
  }

  /** Before a native function is called: where the program stands, for whoever asks. */
  leave(closure: Closure, pc: number): void {
    const { fiber, meter } = this;
    fiber.closure = closure;
    fiber.pc = pc;
    fiber.depth = this.depth;
    meter.fuel = this.fuel;
    meter.maxDepth = this.deepest;
    this.away = true;
  }

  /** The native function has returned. */
  back(): void {
    this.load();
  }

  // ------------------------------------------------------------------------------------------------ limits

  /** Fuel for another slice, where a block of a function begins that holds these values. */
  refill(depth: number, ...held: Value[]): void {
    const { meter } = this;
    meter.fuel = this.fuel;
    meter.refillBlock(depth, () => held);
    this.fuel = meter.fuel;
  }

  /** Fuel was taken off for several blocks and did not suffice; those behind the one that `pc` is at cost `later`. */
  due(later: number, depth: number, ...held: Value[]): void {
    if (this.fuel >= -later) return;
    this.fuel += later;
    this.refill(depth, ...held);
    this.fuel -= later;
  }

  /** A function is entered deeper than ever, or too deep for the native stack: then the interpreter has to run it. */
  deeper(depth: number): boolean {
    if (depth > this.deepest) {
      this.meter.enterDepth(depth);
      this.deepest = depth;
    }
    this.limit = Math.min(this.deepest, this.ceiling);
    return depth > this.ceiling;
  }

  /** A function with a large frame runs: counts the frames beyond the first. */
  widen(frames: number): void {
    this.ceiling -= frames;
    this.limit = Math.min(this.deepest, this.ceiling);
  }

  readonly charge = (units: number): void => {
    this.fuel -= units;
    if (this.fuel >= 0) return;
    const { meter } = this;
    meter.fuel = this.fuel;
    meter.refill();
    this.fuel = meter.fuel;
  };

  allocate(bytes: number): void {
    this.meter.allocate(bytes);
  }

  // ------------------------------------------------------------------------------------------------ failure

  /** The error as it leaves a frame of compiled code; `pc` is negative when the frame has been given up for a tail call. */
  leaving(error: unknown, code: FunctionCode, pc: number, depth: number): Fault {
    if (this.away) this.load();
    if (pc < 0) return faultOf(error, code, 0);
    const fault = faultOf(error, code, pc);
    passFrame(fault, code, pc, depth);
    return fault;
  }

  /** The block that takes the error in the frame; -1 when none does. */
  catcher(error: unknown, { exceptions, cancellations }: Catchers, pc: number): number {
    const blocks = error instanceof AbortError || error instanceof Cancellation ? cancellations : exceptions;
    return pc < 0 ? -1 : (blocks[pc] ?? -1);
  }

  /** The error as the handler in the frame takes it; throws what none takes. */
  caught(error: unknown, code: FunctionCode, pc: number, depth: number): ExceptionValue {
    if (this.away) this.load();
    const fault = faultOf(error, code, pc);
    if (fault instanceof ExceptionValue) {
      passFrame(fault, code, pc, depth);
      return fault;
    }
    if (fault instanceof AbortError && this.meter.allowsFinally(fault)) return new Cancellation(fault);
    throw fault;
  }

  // ------------------------------------------------------------------------------------------------ calls

  /** Calls until the callee gives a result; `depth` is that of the caller. */
  bounce(depth: number): Value {
    let result: Value;
    do {
      const callee = this.callee as Closure;
      const { args, entry } = this;
      this.callee = undefined;
      this.entry = undefined;
      this.args = NOTHING;
      this.depth = depth;
      result = entry === undefined ? this.run(callee, args) : entry(callee, ...args);
    } while ((result as unknown) === BOUNCE);
    return result;
  }

  /** Calls a function with as many arguments as it takes; `depth` is set. May give BOUNCE. */
  run(callee: Closure, args: readonly Value[]): Value {
    const { run } = callee.code;
    if (run === undefined) return this.interpret(callee, args, this.depth + 1);
    switch (args.length) {
      case 1:
        return run(callee, args[0]);
      case 2:
        return run(callee, args[0], args[1]);
      case 3:
        return run(callee, args[0], args[1], args[2]);
      default:
        return run(callee, ...args);
    }
  }

  /** Runs a function in the interpreter, at a depth that has been paid for or is paid for here. */
  interpret(closure: Closure, args: readonly Value[], depth: number): Value {
    return this.resume(closure, 0, args, depth);
  }

  /** As `interpret`, from the instruction at `pc` on, with the given values in the registers. */
  resume(
    closure: Closure,
    pc: number,
    registers: readonly Value[],
    depth: number,
    floats: readonly number[] = [],
  ): Value {
    if (depth > this.deepest) {
      this.meter.enterDepth(depth);
      this.deepest = depth;
    }
    // A loop that is given back would be entered again at its next turn.
    if (pc > 0) closure.code.loops = NO_LOOPS;
    const { call, fiber, crossed } = this;
    const { closure: outer, pc: outerPc, base, floatBase, depth: outerDepth } = fiber;
    this.store();
    this.crossed = FRAMES - (this.ceiling - depth) + CROSSING;
    try {
      fiber.enter(closure, registers, fiber.top);
      fiber.floats.set(floats, floatBase);
      fiber.pc = pc;
      fiber.depth = depth;
      return execute(call, fiber, depth) as Value;
    } finally {
      this.crossed = crossed;
      fiber.closure = outer;
      fiber.pc = outerPc;
      fiber.base = base;
      fiber.floatBase = floatBase;
      fiber.depth = outerDepth;
      this.load();
    }
  }

  /** Applies a value to arguments when callee and arguments are not known to match. `depth` is set to that of the caller. */
  apply(callee: Value, args: readonly Value[], closure: Closure, pc: number): Value {
    const { depth } = this;
    const outcome = apply(callee, args, this.#demandingAt(closure, pc));
    if (!(outcome instanceof Application)) return outcome;
    const { target } = outcome;
    if (!(target instanceof Closure)) return this.native(target, outcome.args, closure, pc);
    const result = this.run(target, outcome.args);
    return (result as unknown) === BOUNCE ? this.bounce(depth) : result;
  }

  /** As `apply`, in place of the frame of the caller, whose depth is set less one. */
  applyInPlace(callee: Value, args: readonly Value[], closure: Closure, pc: number): Value {
    this.depth++;
    const outcome = apply(callee, args, this.#demandingAt(closure, pc));
    if (outcome instanceof Application && !(outcome.target instanceof Closure))
      return this.native(outcome.target, outcome.args, closure, pc);
    this.depth--;
    if (!(outcome instanceof Application)) return outcome;
    this.callee = outcome.target as Closure;
    this.args = outcome.args;
    return BOUNCE as unknown as Value;
  }

  /** Calls a native function. */
  native(target: LinkedImport, args: readonly Value[], closure: Closure, pc: number): Value {
    if (target.capability !== undefined) this.demand(target, closure, pc);
    this.leave(closure, pc);
    const result = (target.native as Native)(this.call, ...args);
    this.back();
    if (result instanceof Promise) this.park(target, result);
    return result as Value;
  }

  #demandingAt(closure: Closure, pc: number): Demanding {
    return { demand: (target) => this.demand(target, closure, pc) };
  }

  /** Asks for the capability that the function needs. */
  demand(target: LinkedImport, closure: Closure, pc: number): void {
    this.leave(closure, pc);
    this.call.demand(target);
    this.back();
  }

  /** A native function gave a promise, for which compiled code cannot wait: it runs where nothing can. */
  park(target: LinkedImport, promise: Promise<Value>): void {
    this.call.park(target, promise, 1);
  }

  importedFunction(target: LinkedImport): Value {
    return target.kind === "constant" ? target.value : functionOfImport(target);
  }

  /** Executes one instruction on the scratch registers. */
  general(code: FunctionCode, closure: Closure, pc: number): void {
    this.leave(closure, pc);
    this.#scratched = true;
    executeOnValues(this.call, code, this.scratch, 0, pc);
    this.back();
  }

  /** The text form of a value that is not text. */
  text(value: Value): string {
    // Most are small ints. Zero may be the negative one of a float.
    const text =
      typeof value === "number" && (value | 0) === value && value !== 0
        ? `${value}`
        : display(value, this.charge);
    this.meter.allocate(STRING_BYTES + text.length * UNIT_BYTES);
    return text;
  }
}

const NOTHING: readonly Value[] = [];
const NO_LOOPS: ReadonlyMap<number, LoopEntry> = new Map();

/** The thread that this code runs in. */
export const thread: Thread = new Thread();
