import type { Usage } from "./meter.js";

/** What one call or several used, added up in place: a record of it is made when somebody asks. */
export class UsageTotal implements Usage {
  instructions = 0;
  allocatedBytes = 0;
  outputBytes = 0;
  fsOps = 0;
  netOps = 0;
  durationMs = 0;
  maxDepth = 0;

  /** `maxDepth` is the deepest of all. */
  add(usage: Usage): void {
    this.instructions += usage.instructions;
    this.allocatedBytes += usage.allocatedBytes;
    this.outputBytes += usage.outputBytes;
    this.fsOps += usage.fsOps;
    this.netOps += usage.netOps;
    this.durationMs += usage.durationMs;
    if (usage.maxDepth > this.maxDepth) this.maxDepth = usage.maxDepth;
  }

  /** Forgets what it had. */
  set(usage: Usage): void {
    this.instructions = usage.instructions;
    this.allocatedBytes = usage.allocatedBytes;
    this.outputBytes = usage.outputBytes;
    this.fsOps = usage.fsOps;
    this.netOps = usage.netOps;
    this.durationMs = usage.durationMs;
    this.maxDepth = usage.maxDepth;
  }
}

/** The usage as it is now. */
export function recordOf(usage: Usage): Usage {
  const { instructions, allocatedBytes, outputBytes, fsOps, netOps, durationMs, maxDepth } = usage;
  return { instructions, allocatedBytes, outputBytes, fsOps, netOps, durationMs, maxDepth };
}
