import { AbortError, LimitError } from "../errors.js";
import { liveBytes } from "../values/live-size.js";
import { STRING_BYTES, UNIT_BYTES } from "../values/size.js";
import type { Value } from "../values/value.js";
import { NO_LIMITS, type ResolvedLimits } from "./limits.js";

/** What a call, or all calls of an instance, used. */
export interface Usage {
  /** Fuel: instructions, and the charge of library functions. */
  readonly instructions: number;
  readonly allocatedBytes: number;
  readonly outputBytes: number;
  readonly fsOps: number;
  readonly netOps: number;
  /** Wall clock. Of a call so short that nobody had to look at the clock, an estimate by its fuel. */
  readonly durationMs: number;
  /** Deepest nesting of calls that are not tail calls. */
  readonly maxDepth: number;
}

/** What has values in use. */
export interface Holder {
  /** All of them, with those that the running function holds. */
  inUse(running: Iterable<Value>): Iterable<Value>;
}

/** Fuel between two looks at the clock: about a millisecond of interpreted code. */
const SLICE = 50_000;
/** A block at which callers are waited for, so that they can be measured, costs as much as this many bytes that are measured. */
const WAITING_BYTES = 2 ** 13;
/** Calls of host functions between two looks at the clock: the program is stopped 50 ms after its deadline as long as these take 6 ms each. */
const TICKS = 8;
/** Limits below this many milliseconds are measured from the very beginning. */
const EAGER_MS = 20;
/** What a unit of fuel takes, roughly. */
const MS_PER_FUEL = 20e-6;
/** JavaScript strings end here; a longer one is refused before the engine would. */
const MAX_STRING_UNITS = 2 ** 28;

/**
 * Counts what one call uses and ends it when a limit is exceeded.
 *
 * @example
 * if ((meter.fuel -= blockFuel) < 0) meter.refill();
 */
export class Meter implements Usage {
  /** Fuel left in the slice: a small integer, so that the interpreter can count down cheaply. Below zero, `refill` decides. */
  fuel = 0;
  /** Deepest frame so far. */
  maxDepth = 0;
  limits: ResolvedLimits = NO_LIMITS;
  signal: AbortSignal | undefined;
  #granted = 0;
  #allocated = 0;
  #output = 0;
  #fsOps = 0;
  #netOps = 0;
  /** The first function of the host starts the clock. */
  #untilClock = 1;
  /** Allocated since the live values were measured last. */
  #unseen = 0;
  /** While what is in use is being measured: the depth of the last function that was, and what that may still cost. */
  #measuredDepth = Number.POSITIVE_INFINITY;
  #measurable = 0;
  /** Knows of values that are in use beside those of the running function. */
  holder: Holder | undefined;
  #stopped: Error | undefined;
  #ended: number | undefined;
  /** When the clock was looked at first: reading it costs more than a short call, so a call starts it at the end of its first slice, or when it leaves the program. */
  #started: number | undefined;

  /** Begins to count what a call uses. */
  begin(limits: ResolvedLimits, signal: AbortSignal | undefined): void {
    this.limits = limits;
    this.signal = signal;
    this.fuel = 0;
    this.maxDepth = 0;
    this.#granted = 0;
    this.#allocated = 0;
    this.#output = 0;
    this.#fsOps = 0;
    this.#netOps = 0;
    this.#untilClock = 1;
    this.#unseen = 0;
    this.#measuredDepth = Number.POSITIVE_INFINITY;
    this.#stopped = undefined;
    this.#started = undefined;
    this.#ended = undefined;
    if (signal !== undefined || limits.timeoutMs < EAGER_MS) this.checkTime();
    this.#grant();
  }

  /** Instructions used so far. */
  get instructions(): number {
    return this.#granted - this.fuel;
  }

  get remainingMs(): number {
    return this.startClock() + this.limits.timeoutMs - performance.now();
  }

  /** Gives the time from which the call counts. */
  startClock(): number {
    this.#started ??= performance.now();
    return this.#started;
  }

  /** The slice is used up: throws when the call has to end, else gives fuel for another slice. */
  refill(): void {
    this.checkInstructions();
    this.checkTime();
    this.#grant();
  }

  /** As `refill`, where a block of the program begins: only there the tiers hold the same values, and only those of the running function, at its `depth`, are to be had in both. */
  refillBlock(depth: number, running: () => Iterable<Value>): void {
    this.checkInstructions();
    this.checkTime();
    if (this.#mustMeasure) this.#measure(depth, running);
    this.#grant();
  }

  /** So much was allocated again that more than the limit could be in use. */
  get #mustMeasure(): boolean {
    return this.#unseen > this.limits.memoryBytes;
  }

  /** Measures what the running function holds, then its callers, as they get control within a while that is short beside the time which the allocation took. */
  #measure(depth: number, running: () => Iterable<Value>): void {
    const allowed = this.limits.memoryBytes;
    if (this.#measuredDepth === Number.POSITIVE_INFINITY) this.#measurable = 2 * allowed;
    this.#measurable -= WAITING_BYTES;
    if (depth < this.#measuredDepth) {
      this.#measuredDepth = depth;
      const actual = liveBytes(this.holder?.inUse(running()) ?? running(), allowed, () => this.checkTime());
      if (actual > allowed) throw exceeded("memoryBytes", allowed, actual, "memory", inBytes);
      this.#measurable -= actual;
    }
    if (this.#measurable > 0) return;
    this.#measuredDepth = Number.POSITIVE_INFINITY;
    this.#unseen = 0;
  }

  charge(units: number): void {
    if (!(units >= 0)) {
      // Forged code can hand a library function a value of another kind, whose length is no number: taken off the fuel, that would end all limits.
      if (Number.isNaN(units)) throw new TypeError("work that cannot be measured");
      return;
    }
    this.fuel -= units;
    if (this.fuel < 0) this.refill();
  }

  checkInstructions(): void {
    const allowed = this.limits.maxInstructions;
    const used = this.instructions;
    if (used > allowed) throw exceeded("maxInstructions", allowed, used, "instruction", String);
  }

  checkTime(): void {
    const reason = this.stopReason();
    if (reason !== undefined) throw reason;
  }

  /** Looks at the clock every few times: for calls of functions whose work is not charged. */
  tick(): void {
    if (--this.#untilClock > 0) return;
    this.#untilClock = TICKS;
    this.checkTime();
  }

  /** Why the call must not go on, if it must not. */
  stopReason(): Error | undefined {
    if (this.#stopped !== undefined) return this.#stopped;
    if (this.signal?.aborted === true) return new AbortError(this.signal.reason);
    const now = performance.now();
    this.#started ??= now;
    const elapsed = now - this.#started;
    if (elapsed <= this.limits.timeoutMs) return undefined;
    return exceeded("timeoutMs", this.limits.timeoutMs, elapsed, "execution time", duration);
  }

  /** Whether `finally` may run on the way of what ends the work: of a task that the program has cancelled, while something is left of the limits and the host has not aborted. */
  allowsFinally(fault: Error): boolean {
    if (!(fault instanceof AbortError && fault.runsFinally)) return false;
    const { maxInstructions, maxAllocatedBytes } = this.limits;
    return (
      this.instructions <= maxInstructions &&
      this.#allocated <= maxAllocatedBytes &&
      this.stopReason() === undefined
    );
  }

  /** Ends what runs on this budget, at the next block of the program that begins. */
  stop(reason: Error): void {
    this.#stopped ??= reason;
    this.#granted -= this.fuel + 1;
    this.fuel = -1;
  }

  allocate(bytes: number): void {
    const { memoryBytes, maxAllocatedBytes } = this.limits;
    if (!(bytes <= memoryBytes)) {
      if (Number.isNaN(bytes)) throw new TypeError("a size that cannot be measured");
      throw exceeded("memoryBytes", memoryBytes, bytes, "memory", inBytes);
    }
    this.#allocated += bytes;
    this.#unseen += bytes;
    if (this.#allocated > maxAllocatedBytes) {
      throw exceeded("maxAllocatedBytes", maxAllocatedBytes, this.#allocated, "allocation", inBytes);
    }
  }

  /**
   * A string of `units` UTF-16 units is about to be joined from parts, of which `added` units are new. Appending keeps the longer part (the engine
   * makes a rope), so only what is added counts as allocation, but the whole must be a possible value.
   */
  joinString(units: number, added: number): void {
    const allowed = Math.min(this.limits.memoryBytes, MAX_STRING_UNITS * 2);
    if (units * 2 > allowed) throw exceeded("memoryBytes", allowed, units * 2, "memory", inBytes);
    this.allocate(STRING_BYTES + added * UNIT_BYTES);
  }

  enterDepth(depth: number): void {
    const allowed = this.limits.maxStackDepth;
    if (depth > allowed) throw exceeded("maxStackDepth", allowed, depth, "stack depth", String);
  }

  countOutput(bytes: number): void {
    this.#output += bytes;
    const allowed = this.limits.maxOutputBytes;
    if (this.#output > allowed)
      throw exceeded("maxOutputBytes", allowed, this.#output, "output size", inBytes);
  }

  countFileBytes(bytes: number): void {
    const allowed = this.limits.maxFileBytes;
    if (bytes > allowed) throw exceeded("maxFileBytes", allowed, bytes, "file size", inBytes);
  }

  countFsOps(amount: number): void {
    this.#fsOps += amount;
    const allowed = this.limits.maxFsOps;
    if (this.#fsOps > allowed) throw operationsExceeded("maxFsOps", allowed, this.#fsOps, "filesystem");
  }

  countNetOps(amount: number): void {
    this.#netOps += amount;
    const allowed = this.limits.maxNetOps;
    if (this.#netOps > allowed) throw operationsExceeded("maxNetOps", allowed, this.#netOps, "network");
  }

  /** What is measured has come to its end, for now. */
  end(): void {
    if (this.#started !== undefined) this.#ended = performance.now();
  }

  get allocatedBytes(): number {
    return this.#allocated;
  }

  get outputBytes(): number {
    return this.#output;
  }

  get fsOps(): number {
    return this.#fsOps;
  }

  get netOps(): number {
    return this.#netOps;
  }

  get durationMs(): number {
    if (this.#started === undefined) return this.instructions * MS_PER_FUEL;
    return (this.#ended ?? performance.now()) - this.#started;
  }

  /** Never more than the limit allows, so that the limit is hit at the same block whatever the slices were; a single block while callers are waited for. */
  #grant(): void {
    const left = this.limits.maxInstructions - this.instructions;
    // Written so, every slice is a small integer to the engine, and so is what compiled code counts down.
    const slice = this.#mustMeasure ? 0 : left < SLICE ? left | 0 : SLICE;
    this.#granted += slice - Math.min(this.fuel, 0);
    this.fuel = slice;
  }
}

/** Codes of the limits that have one of their own. */
const codes: Partial<Record<keyof ResolvedLimits, string>> = {
  maxInstructions: "FUS0601",
  memoryBytes: "FUS0602",
  maxStackDepth: "FUS0603",
  timeoutMs: "FUS0604",
  maxAllocatedBytes: "FUS0605",
};

function exceeded(
  limit: keyof ResolvedLimits,
  allowed: number,
  actual: number,
  what: string,
  show: (amount: number) => string,
): LimitError {
  const message = `${what} limit exceeded: ${show(allowed)} (actual: ${show(actual)})`;
  return new LimitError(message, codes[limit] ?? "FUS0606", limit, allowed, actual);
}

function operationsExceeded(
  limit: keyof ResolvedLimits,
  allowed: number,
  actual: number,
  what: string,
): LimitError {
  return new LimitError(
    `${what} operation limit exceeded: ${allowed} operations`,
    "FUS0606",
    limit,
    allowed,
    actual,
  );
}

function inBytes(amount: number): string {
  return `${amount} bytes`;
}

/** `250ms`, `5s`, `30.1s`. */
function duration(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`;
  return `${Math.round(ms / 100) / 10}s`;
}
