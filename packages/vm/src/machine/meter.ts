import { AbortError, LimitError } from "../errors.js";
import type { ResolvedLimits } from "./limits.js";

/** What a call, or all calls of an instance, used. */
export interface Usage {
  /** Fuel: instructions, and the charge of library functions. */
  readonly instructions: number;
  readonly allocatedBytes: number;
  readonly outputBytes: number;
  readonly fsOps: number;
  readonly netOps: number;
  readonly durationMs: number;
  /** Deepest nesting of calls that are not tail calls. */
  readonly maxDepth: number;
}

/** Fuel between two looks at the clock: about a millisecond of interpreted code. */
const SLICE = 50_000;
/** JavaScript strings end here; a longer one is refused before the engine would. */
const MAX_STRING_UNITS = 2 ** 28;

/** Counts what one call uses and ends it when a limit is exceeded. */
export class Meter {
  /** Fuel left in the slice: a small integer, so that the interpreter can count down cheaply. Below zero, `refill` decides. */
  fuel = 0;
  /** Deepest frame so far. */
  maxDepth = 0;
  #granted = 0;
  #allocated = 0;
  #output = 0;
  #fsOps = 0;
  #netOps = 0;
  readonly #started = performance.now();
  readonly #deadline: number;

  constructor(
    readonly limits: ResolvedLimits,
    readonly signal: AbortSignal | undefined,
  ) {
    this.#deadline = this.#started + limits.timeoutMs;
    this.#grant();
  }

  /** Instructions used so far. */
  get instructions(): number {
    return this.#granted - this.fuel;
  }

  get remainingMs(): number {
    return this.#deadline - performance.now();
  }

  /** The slice is used up: throws when the call has to end, else gives fuel for another slice. */
  refill(): void {
    this.checkInstructions();
    this.checkTime();
    this.#grant();
  }

  charge(units: number): void {
    this.fuel -= units;
    if (this.fuel < 0) {
      this.checkInstructions();
      this.checkTime();
      this.#grant();
    }
  }

  checkInstructions(): void {
    const used = this.instructions;
    const allowed = this.limits.maxInstructions;
    if (used > allowed) {
      throw new LimitError(
        `instruction limit exceeded: ${allowed} (actual: ${used})`,
        "FUS0601",
        "maxInstructions",
        allowed,
        used,
      );
    }
  }

  checkTime(): void {
    if (this.signal?.aborted === true) throw new AbortError(this.signal.reason);
    const now = performance.now();
    if (now > this.#deadline) {
      const allowed = this.limits.timeoutMs;
      const actual = now - this.#started;
      throw new LimitError(
        `execution time limit exceeded: ${duration(allowed)} (actual: ${duration(actual)})`,
        "FUS0604",
        "timeoutMs",
        allowed,
        actual,
      );
    }
  }

  allocate(bytes: number): void {
    if (bytes > this.limits.memoryBytes) {
      const allowed = this.limits.memoryBytes;
      throw new LimitError(
        `memory limit exceeded: ${allowed} bytes (actual: ${bytes} bytes)`,
        "FUS0602",
        "memoryBytes",
        allowed,
        bytes,
      );
    }
    this.#allocated += bytes;
    if (this.#allocated > this.limits.maxAllocatedBytes) {
      const allowed = this.limits.maxAllocatedBytes;
      throw new LimitError(
        `allocation limit exceeded: ${allowed} bytes (actual: ${this.#allocated} bytes)`,
        "FUS0605",
        "maxAllocatedBytes",
        allowed,
        this.#allocated,
      );
    }
  }

  /**
   * A string of `units` UTF-16 units is about to be joined from parts, of which `added` units are new. Appending keeps the longer part (the engine
   * makes a rope), so only what is added counts as allocation, but the whole must be a possible value.
   */
  joinString(units: number, added: number): void {
    const bytes = units * 2;
    const allowed = Math.min(this.limits.memoryBytes, MAX_STRING_UNITS * 2);
    if (bytes > allowed) {
      throw new LimitError(
        `memory limit exceeded: ${allowed} bytes (actual: ${bytes} bytes)`,
        "FUS0602",
        "memoryBytes",
        allowed,
        bytes,
      );
    }
    this.allocate(STRING_HEADER + added * 2);
  }

  enterDepth(depth: number): void {
    if (depth > this.limits.maxStackDepth) {
      const allowed = this.limits.maxStackDepth;
      throw new LimitError(
        `stack depth limit exceeded: ${allowed} (actual: ${depth})`,
        "FUS0603",
        "maxStackDepth",
        allowed,
        depth,
      );
    }
  }

  countOutput(bytes: number): void {
    this.#output += bytes;
    const allowed = this.limits.maxOutputBytes;
    if (this.#output > allowed) {
      throw new LimitError(
        `output size limit exceeded: ${allowed} bytes (actual: ${this.#output} bytes)`,
        "FUS0606",
        "maxOutputBytes",
        allowed,
        this.#output,
      );
    }
  }

  countFileBytes(bytes: number): void {
    const allowed = this.limits.maxFileBytes;
    if (bytes > allowed) {
      throw new LimitError(
        `file size limit exceeded: ${allowed} bytes (actual: ${bytes} bytes)`,
        "FUS0606",
        "maxFileBytes",
        allowed,
        bytes,
      );
    }
  }

  countFsOps(amount: number): void {
    this.#fsOps += amount;
    const allowed = this.limits.maxFsOps;
    if (this.#fsOps > allowed) {
      throw new LimitError(
        `filesystem operation limit exceeded: ${allowed} operations`,
        "FUS0606",
        "maxFsOps",
        allowed,
        this.#fsOps,
      );
    }
  }

  countNetOps(amount: number): void {
    this.#netOps += amount;
    const allowed = this.limits.maxNetOps;
    if (this.#netOps > allowed) {
      throw new LimitError(
        `network operation limit exceeded: ${allowed} operations`,
        "FUS0606",
        "maxNetOps",
        allowed,
        this.#netOps,
      );
    }
  }

  usage(): Usage {
    return {
      instructions: this.instructions,
      allocatedBytes: this.#allocated,
      outputBytes: this.#output,
      fsOps: this.#fsOps,
      netOps: this.#netOps,
      durationMs: performance.now() - this.#started,
      maxDepth: this.maxDepth,
    };
  }

  /** Never more than the limit allows, so that the limit is hit at the same block whatever the slices were. */
  #grant(): void {
    const slice = Math.min(SLICE, this.limits.maxInstructions - this.instructions);
    this.#granted += slice - Math.min(this.fuel, 0);
    this.fuel = slice;
  }
}

/** Bytes that a string costs beside its units. */
const STRING_HEADER = 16;

/** `250ms`, `5s`, `30.1s`. */
function duration(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`;
  return `${Math.round(ms / 100) / 10}s`;
}
