import type { Usage } from "./meter.js";

/** What several calls used together; `maxDepth` is the deepest of them. */
export class UsageTotal {
  #instructions = 0;
  #allocatedBytes = 0;
  #outputBytes = 0;
  #fsOps = 0;
  #netOps = 0;
  #durationMs = 0;
  #maxDepth = 0;

  add(usage: Usage): void {
    this.#instructions += usage.instructions;
    this.#allocatedBytes += usage.allocatedBytes;
    this.#outputBytes += usage.outputBytes;
    this.#fsOps += usage.fsOps;
    this.#netOps += usage.netOps;
    this.#durationMs += usage.durationMs;
    this.#maxDepth = Math.max(this.#maxDepth, usage.maxDepth);
  }

  usage(): Usage {
    return {
      instructions: this.#instructions,
      allocatedBytes: this.#allocatedBytes,
      outputBytes: this.#outputBytes,
      fsOps: this.#fsOps,
      netOps: this.#netOps,
      durationMs: this.#durationMs,
      maxDepth: this.#maxDepth,
    };
  }
}
