import { FunctionNotFoundError } from "./errors.js";
import type { CallOptions, PluginUsage } from "./plugin.js";
import type { PluginProgram, ProgramInstance } from "./program.js";
import { noUsage } from "./usage.js";

/** What a call is given that asks for nothing. */
export const NO_OPTIONS: CallOptions = {};

/**
 * One version of a plugin's program with the instance that runs it, and the calls that are in flight on it. A reload
 * makes a new generation; the old one lives until its last call has ended.
 */
export class Generation {
  readonly program: PluginProgram;
  readonly #plugin: string;
  #instance: ProgramInstance | undefined;
  #inFlight = 0;
  #idle: (() => void)[] = [];
  /** Made with the first call, aborted when calls in flight are to end. */
  #ending: AbortController | undefined;
  #usual: CallOptions | undefined;

  constructor(plugin: string, program: PluginProgram) {
    this.#plugin = plugin;
    this.program = program;
  }

  get usage(): PluginUsage {
    return this.#instance?.usage ?? noUsage;
  }

  get busy(): boolean {
    return this.#inFlight > 0;
  }

  async open(): Promise<void> {
    this.#instance = await this.program.open();
  }

  async call(fn: string, args: readonly unknown[], options: CallOptions): Promise<unknown> {
    const instance = this.#opened(fn);
    this.#inFlight++;
    try {
      return await instance.call(fn, args, this.#endable(options));
    } finally {
      this.#ended();
    }
  }

  callSync(fn: string, args: readonly unknown[], options: CallOptions): unknown {
    const instance = this.#opened(fn);
    this.#inFlight++;
    try {
      return instance.callSync(fn, args, options);
    } finally {
      this.#ended();
    }
  }

  /** Calls a hook such as `init` if the program exports it. */
  async callHook(fn: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.program.exports.has(fn) ? await this.call(fn, args, {}) : undefined;
  }

  /** As {@link callHook}, at once. */
  callHookSync(fn: string, ...args: readonly unknown[]): unknown {
    return this.program.exports.has(fn) ? this.callSync(fn, args, {}) : undefined;
  }

  /** Waits until no call is in flight, but no longer than so many milliseconds, after which they go on. */
  async drainWithin(milliseconds: number): Promise<void> {
    if (this.#inFlight === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([this.drain(), timeout]);
    clearTimeout(timer);
  }

  /** Waits until no call is in flight, and ends those that still are after `graceMs`. */
  async drain(graceMs?: number): Promise<void> {
    if (this.#inFlight === 0) return;
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
    const timer =
      graceMs === undefined
        ? undefined
        : setTimeout(() => this.#endCalls(graceMs), Math.min(graceMs, LONGEST_TIMER));
    await idle;
    clearTimeout(timer);
  }

  /** Closes the instance, if there is one, and answers what it used. */
  async close(): Promise<PluginUsage> {
    const usage = this.usage;
    const instance = this.#instance;
    this.#instance = undefined;
    await instance?.close();
    return usage;
  }

  /** All calls share one signal unless they bring one of their own. */
  #endable(options: CallOptions): CallOptions {
    this.#ending ??= new AbortController();
    const { signal } = this.#ending;
    if (options === NO_OPTIONS) {
      this.#usual ??= { signal };
      return this.#usual;
    }
    const own = options.signal;
    return { ...options, signal: own === undefined ? signal : AbortSignal.any([signal, own]) };
  }

  #endCalls(graceMs: number): void {
    const reason = new Error(
      `plugin ${this.#plugin} is ending, and its calls had ${graceMs} ms to end before it`,
    );
    this.#ending?.abort(reason);
    // The clean-up is a call too.
    this.#ending = undefined;
    this.#usual = undefined;
  }

  #opened(fn: string): ProgramInstance {
    const { exports } = this.program;
    if (!exports.has(fn)) throw new FunctionNotFoundError(this.#plugin, fn, exports.keys());
    if (this.#instance === undefined) throw new TypeError(`program of plugin ${this.#plugin} is not open`);
    return this.#instance;
  }

  #ended(): void {
    this.#inFlight--;
    if (this.#inFlight > 0) return;
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }
}

/** The longest delay that timers take; nobody waits that long. */
const LONGEST_TIMER = 2 ** 31 - 1;
