import { InvalidLimitError } from "./errors.js";
import { nearestWord } from "./suggestion.js";

/**
 * How much one call from the host may use. `null` is unlimited; a limit is violated when the actual number is
 * *greater*, so 0 forbids the thing altogether.
 *
 * @example
 * ```ts
 * const careful: Limits = defineLimits({ timeoutMs: 1_000 });
 * ```
 */
export interface Limits {
  /** Wall clock of one call, waiting included, in milliseconds. */
  readonly timeoutMs: number | null;
  /** Fuel: instructions and the charge of host functions in proportion to their work. */
  readonly maxInstructions: number | null;
  /** Nested calls that are not tail calls. */
  readonly maxStackDepth: number | null;
  /** Bytes in use at one time. */
  readonly memoryBytes: number | null;
  /** Bytes allocated during a call, freed or not. */
  readonly maxAllocatedBytes: number | null;
  /** UTF-8 bytes to standard output, standard error, log and terminal together. */
  readonly maxOutputBytes: number | null;
  /** File operations. */
  readonly maxFsOps: number | null;
  /** Network operations. */
  readonly maxNetOps: number | null;
  /** Tasks started and not finished. */
  readonly maxConcurrentTasks: number | null;
  /** Child processes alive. */
  readonly maxProcesses: number | null;
  /** Bytes of one file that is read or written. */
  readonly maxFileBytes: number | null;
  /** Network connections open. */
  readonly maxConnections: number | null;
}

const KIBI = 1024;
const MEBI = 1024 * KIBI;

const DEFAULT: Limits = Object.freeze({
  timeoutMs: 30_000,
  maxInstructions: 100_000_000,
  maxStackDepth: 10_000,
  memoryBytes: 64 * MEBI,
  maxAllocatedBytes: 1024 * MEBI,
  maxOutputBytes: MEBI,
  maxFsOps: 100,
  maxNetOps: 10,
  maxConcurrentTasks: 16,
  maxProcesses: 10,
  maxFileBytes: 100 * MEBI,
  maxConnections: 50,
});

const STRICT: Limits = Object.freeze({
  timeoutMs: 5_000,
  maxInstructions: 10_000_000,
  maxStackDepth: 1_000,
  memoryBytes: 16 * MEBI,
  maxAllocatedBytes: 128 * MEBI,
  maxOutputBytes: 64 * KIBI,
  maxFsOps: 0,
  maxNetOps: 0,
  maxConcurrentTasks: 4,
  maxProcesses: 0,
  maxFileBytes: 0,
  maxConnections: 0,
});

const UNLIMITED: Limits = Object.freeze({
  timeoutMs: null,
  maxInstructions: null,
  maxStackDepth: null,
  memoryBytes: null,
  maxAllocatedBytes: null,
  maxOutputBytes: null,
  maxFsOps: null,
  maxNetOps: null,
  maxConcurrentTasks: null,
  maxProcesses: null,
  maxFileBytes: null,
  maxConnections: null,
});

/**
 * The three sets of limits: for plugins in general, for code that nobody trusts, for code that everybody trusts.
 *
 * @example
 * ```ts
 * limits.default.maxStackDepth; // 10_000
 * ```
 */
export const limits: { readonly default: Limits; readonly strict: Limits; readonly unlimited: Limits } =
  Object.freeze({
    default: DEFAULT,
    strict: STRICT,
    unlimited: UNLIMITED,
  });

/**
 * A full set of limits from some of them; the rest comes from `base`. Throws {@link InvalidLimitError} for a name that
 * no limit has and for anything but a whole number of at least 0 or `null`.
 *
 * @example
 * ```ts
 * defineLimits({ maxFsOps: 10_000 }).maxNetOps; // 10, as in limits.default
 * ```
 */
export function defineLimits(some: Partial<Limits>, base: Limits = limits.default): Limits {
  const result: Record<string, number | null> = { ...base };
  for (const [name, value] of Object.entries(some) as [string, unknown][]) {
    if (!Object.hasOwn(DEFAULT, name)) {
      const suggestion = nearestWord(name, Object.keys(DEFAULT));
      throw new InvalidLimitError(
        name,
        suggestion === undefined ? "no such limit" : `no such limit (did you mean ${suggestion}?)`,
      );
    }
    if (value === undefined) continue;
    if (value !== null && !(Number.isSafeInteger(value) && (value as number) >= 0)) {
      throw new InvalidLimitError(name, `expected a whole number of at least 0, or null for unlimited`);
    }
    result[name] = value as number | null;
  }
  return Object.freeze(result) as unknown as Limits;
}

/**
 * The tighter of two sets of limits, limit by limit: what one call may use when both the host and the caller limit it.
 *
 * @example
 * ```ts
 * tighterLimits(limits.default, limits.strict).timeoutMs; // 5_000
 * ```
 */
export function tighterLimits(a: Limits, b: Limits): Limits {
  const result: Record<string, number | null> = {};
  for (const name of Object.keys(DEFAULT) as (keyof Limits)[]) {
    const [left, right] = [a[name], b[name]];
    result[name] = left === null ? right : right === null ? left : Math.min(left, right);
  }
  return Object.freeze(result) as unknown as Limits;
}
