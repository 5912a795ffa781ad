import type { Usage } from "./meter.js";

const NOTHING: Usage = {
  instructions: 0,
  allocatedBytes: 0,
  outputBytes: 0,
  fsOps: 0,
  netOps: 0,
  durationMs: 0,
  maxDepth: 0,
};

/** What several calls used together; `maxDepth` is the deepest of them. */
export class UsageTotal {
  #sum: Usage = NOTHING;

  /** The sum, with what is not in it yet. */
  with(...others: readonly Usage[]): Usage {
    return others.reduce(sum, this.#sum);
  }

  add(usage: Usage): void {
    this.#sum = sum(this.#sum, usage);
  }
}

function sum(a: Usage, b: Usage): Usage {
  return {
    instructions: a.instructions + b.instructions,
    allocatedBytes: a.allocatedBytes + b.allocatedBytes,
    outputBytes: a.outputBytes + b.outputBytes,
    fsOps: a.fsOps + b.fsOps,
    netOps: a.netOps + b.netOps,
    durationMs: a.durationMs + b.durationMs,
    maxDepth: Math.max(a.maxDepth, b.maxDepth),
  };
}
