import type { FunctionValue, Value } from "./value.js";

/**
 * An `Async`: the description of work, a function `unit -> 'a` that may wait. Nothing runs until it is started, and every start runs it anew. Has neither
 * equality nor order.
 *
 * `binding` says of work that continues other work what it is made of, so that a runner can keep what is to come in a list instead of its stack.
 *
 * @example
 * if (value instanceof AsyncValue) return context.conversion.start(value, (result) => result); // a promise of its result
 */
export class AsyncValue {
  constructor(
    readonly start: FunctionValue,
    readonly binding: AsyncBinding | undefined = undefined,
    /** Of a handle to work that runs already: the work. */
    readonly started: StartedWork | undefined = undefined,
  ) {}
}

/**
 * Work that runs beside other work. A call that waits for it ends as it ends: with its value, its error, or cancelled.
 *
 * @example
 * const work = context.tasks.start(value);
 * work.whenSettled(() => report(work.state)); // "ready", "failed" or "cancelled"
 */
export interface StartedWork {
  readonly state: "pending" | "ready" | "failed" | "cancelled";
  /** When it is ready. */
  readonly value: Value;
  /** When it has failed: an exception of the script, or what no script can catch. */
  readonly error: unknown;
  /** Ends it where it waits; nothing if it has ended. */
  cancel(): void;
  /** Calls back once when it has ended; at once if it has. */
  whenSettled(callback: () => void): void;
}

/** First `source`; what it gives goes to `continuation`, which gives the Async whose result is the whole's. */
export interface AsyncBinding {
  readonly source: AsyncValue;
  readonly continuation: FunctionValue;
}
