import type { FunctionValue } from "./value.js";

/**
 * A `Lazy`: `force`, a script function `unit -> 'a`, computes the value when it is asked first and keeps it. Compared by identity, without order.
 *
 * @example
 * ```ts
 * if (value instanceof LazyValue) return context.call(value.force, undefined);
 * ```
 */
export class LazyValue {
  constructor(readonly force: FunctionValue) {}
}
