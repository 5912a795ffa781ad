import { printable } from "@fusabi/capabilities";
import { PluginError } from "@fusabi/plugin";

/**
 * A call waited for its turn until its time was up. It never began.
 *
 * @example
 * ```ts
 * try { await runtime.call("greeter", "greet", ["Ada"], { timeoutMs: 50 }); }
 * catch (error) { if (error instanceof CallQueueTimeoutError) retryLater(); else throw error; }
 * ```
 */
export class CallQueueTimeoutError extends PluginError {
  override readonly name = "CallQueueTimeoutError";
  readonly code = "CALL_QUEUE_TIMEOUT";
  override readonly recoverable = true;
  readonly function: string;
  /** How long it waited, in milliseconds. */
  readonly waitedMs: number;

  constructor(plugin: string, fn: string, waitedMs: number, running: number) {
    super(
      plugin,
      `${printable(plugin)}.${printable(fn)} waited ${waitedMs} ms for its turn and did not begin: ${running} calls are running, as many as may`,
    );
    this.function = fn;
    this.waitedMs = waitedMs;
  }
}

/**
 * A call was refused, because as many calls as may are running and as many as may are waiting.
 *
 * @example
 * ```ts
 * new PluginRuntime({ maxConcurrentCalls: 100, maxQueuedCalls: 1_000 });
 * ```
 */
export class CallQueueFullError extends PluginError {
  override readonly name = "CallQueueFullError";
  readonly code = "CALL_QUEUE_FULL";
  override readonly recoverable = true;
  readonly function: string;
  /** How many calls may wait. */
  readonly capacity: number;

  constructor(plugin: string, fn: string, capacity: number) {
    super(
      plugin,
      `${printable(plugin)}.${printable(fn)} was refused: ${capacity} calls are waiting already, as many as may`,
    );
    this.function = fn;
    this.capacity = capacity;
  }
}

/**
 * The runtime was disposed, and does nothing any more.
 *
 * @example
 * ```ts
 * await runtime.dispose();
 * await runtime.call("greeter", "greet"); // throws
 * ```
 */
export class RuntimeDisposedError extends Error {
  override readonly name = "RuntimeDisposedError";
  readonly code = "RUNTIME_DISPOSED";

  constructor() {
    super("the plugin runtime was disposed; make a new one");
  }
}

/**
 * Some plugins could not be unloaded when the runtime was disposed; all others were.
 *
 * @example
 * ```ts
 * try { await runtime.dispose(); }
 * catch (error) { if (error instanceof RuntimeDisposalError) for (const [name] of error.failed) report(name); }
 * ```
 */
export class RuntimeDisposalError extends Error {
  override readonly name = "RuntimeDisposalError";
  readonly code = "RUNTIME_DISPOSAL";
  /** By name of the plugin. */
  readonly failed: ReadonlyMap<string, Error>;

  constructor(failed: ReadonlyMap<string, Error>) {
    const lines = [...failed].map(([name, { message }]) => `${printable(name)}: ${message}`);
    super(`plugins could not be unloaded: ${lines.join("; ")}`, { cause: [...failed.values()][0] });
    this.failed = failed;
  }
}

/**
 * A file with the kept state of a plugin is damaged. Nothing of it is used; remove it to begin without a state.
 *
 * @example
 * ```ts
 * try { await runtime.start("counter"); }
 * catch (error) { if (error instanceof InitializationError && error.cause instanceof StateFileError) report(error.cause.path); else throw error; }
 * ```
 */
export class StateFileError extends PluginError {
  override readonly name = "StateFileError";
  readonly code = "STATE_FILE_DAMAGED";
  readonly path: string;

  constructor(plugin: string, path: string, options?: ErrorOptions) {
    super(plugin, `the kept state of plugin ${printable(plugin)} is damaged: ${path}`, options);
    this.path = path;
  }
}
