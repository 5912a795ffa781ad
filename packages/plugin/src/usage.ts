import type { PluginUsage } from "./plugin.js";

/** Nothing used yet. */
export const noUsage: PluginUsage = {
  instructions: 0,
  allocatedBytes: 0,
  outputBytes: 0,
  fsOps: 0,
  netOps: 0,
  durationMs: 0,
  maxDepth: 0,
};

export function addUsage(a: PluginUsage, b: PluginUsage): PluginUsage {
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
