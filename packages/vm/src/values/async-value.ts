import type { FunctionValue } from "./value.js";

/**
 * An `Async`: the description of work, a function `unit -> 'a` that may wait. Nothing runs until it is started, and every start runs it anew. Has neither
 * equality nor order.
 *
 * @example
 * if (value instanceof AsyncValue) return context.conversion.start(value); // a promise of its result
 */
export class AsyncValue {
  constructor(readonly start: FunctionValue) {}
}
