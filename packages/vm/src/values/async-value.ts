import type { FunctionValue } from "./value.js";

/**
 * An `Async`: the description of work, a function `unit -> 'a` that may wait. Nothing runs until it is started, and every start runs it anew. Has neither
 * equality nor order.
 *
 * `binding` says of work that continues other work what it is made of, so that a runner can keep what is to come in a list instead of its stack.
 *
 * @example
 * if (value instanceof AsyncValue) return context.conversion.start(value); // a promise of its result
 */
export class AsyncValue {
  constructor(
    readonly start: FunctionValue,
    readonly binding: AsyncBinding | undefined = undefined,
  ) {}
}

/** First `source`; what it gives goes to `continuation`, which gives the Async whose result is the whole's. */
export interface AsyncBinding {
  readonly source: AsyncValue;
  readonly continuation: FunctionValue;
}
