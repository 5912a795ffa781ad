import type { Value } from "./value.js";

/** A `seq`: computes its elements on demand, anew for every iterator. Compared by identity, without order. */
export class Sequence {
  constructor(readonly iterate: () => Iterator<Value>) {}
}
