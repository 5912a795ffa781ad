/**
 * What one call from the host may use; `null` is unlimited. The names are those of `Limits` in `@fusabi/capabilities`, whose presets can be passed as they are; what is left out has
 * the default. A limit is violated when the actual number is greater.
 *
 * @example
 * instantiate(module, { limits: { maxInstructions: 1_000_000, timeoutMs: 250 } });
 */
export interface MachineLimits {
  /** Fuel: instructions, and the charge of library functions in proportion to their work. Default 100,000,000. */
  readonly maxInstructions?: number | null;
  /** Nested calls that are not tail calls. Default 10,000. */
  readonly maxStackDepth?: number | null;
  /** Wall clock in milliseconds, waiting included. Default 30,000. */
  readonly timeoutMs?: number | null;
  /**
   * Bytes of any single value, and of the values in use. These are measured between two slices of fuel when so much was allocated again: those of global variables, of work that waits, and of
   * the function that runs, then also of its callers that get control soon. What other callers hold, `maxAllocatedBytes` bounds. The same in both tiers. Default 64 MiB.
   */
  readonly memoryBytes?: number | null;
  /** Bytes allocated during the call, freed or not. Default 1 GiB. */
  readonly maxAllocatedBytes?: number | null;
  /** UTF-8 bytes written to all streams together. Default 1 MiB. */
  readonly maxOutputBytes?: number | null;
  /** File operations. Default 100. */
  readonly maxFsOps?: number | null;
  /** Network operations. Default 10. */
  readonly maxNetOps?: number | null;
  /** Bytes of one file that is read or written. Default 100 MiB. */
  readonly maxFileBytes?: number | null;
  /** Child processes alive. Default 10. */
  readonly maxProcesses?: number | null;
  /** Network connections open. Default 50. */
  readonly maxConnections?: number | null;
  /** Tasks started and not finished. Default 16. */
  readonly maxConcurrentTasks?: number | null;
}

/** Limits with every gap filled; Infinity is unlimited. */
export type ResolvedLimits = { readonly [K in keyof Required<MachineLimits>]: number };

const MEBI = 1024 * 1024;

const DEFAULTS: ResolvedLimits = {
  maxInstructions: 100_000_000,
  maxStackDepth: 10_000,
  timeoutMs: 30_000,
  memoryBytes: 64 * MEBI,
  maxAllocatedBytes: 1024 * MEBI,
  maxOutputBytes: MEBI,
  maxFsOps: 100,
  maxNetOps: 10,
  maxFileBytes: 100 * MEBI,
  maxProcesses: 10,
  maxConnections: 50,
  maxConcurrentTasks: 16,
};

/** Nothing is limited. */
export const NO_LIMITS: ResolvedLimits = resolveLimits(
  Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, null])),
);

/** @throws RangeError when a limit is negative or not a number. */
export function resolveLimits(limits?: MachineLimits): ResolvedLimits {
  if (limits === undefined) return DEFAULTS;
  const resolved: Record<string, number> = {};
  for (const [name, preset] of Object.entries(DEFAULTS)) {
    const given = limits[name as keyof MachineLimits];
    const value = given === undefined ? preset : (given ?? Number.POSITIVE_INFINITY);
    if (!(value >= 0))
      throw new RangeError(`limit ${name} must be 0 or more, or null for unlimited; got ${String(given)}`);
    resolved[name] = value;
  }
  return resolved as ResolvedLimits;
}
