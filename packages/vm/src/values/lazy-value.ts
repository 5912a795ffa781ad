import type { FunctionValue } from "./value.js";

/** A `Lazy`: `force`, a script function `unit -> 'a`, computes the value when it is asked first and keeps it. Compared by identity, without order. */
export class LazyValue {
  constructor(readonly force: FunctionValue) {}
}
