import type { Value } from "./value.js";

/** An `Async`: the description of work. Nothing runs until it is started, and every start runs it anew. Has neither equality nor order. */
export class AsyncValue {
  constructor(readonly start: () => Promise<Value>) {}
}
