import { InvalidWatcherOptionError } from "./errors.js";
import type { FileEvent } from "./file-event.js";

/**
 * How long it must be quiet before changes are reported, in milliseconds: a fixed time; an adaptive one, which is `min` for a single change and grows
 * with each further one up to `max`; or a function of the changes that wait to be reported.
 *
 * @example
 * ```ts
 * const patient: Debounce = { min: 200, max: 5_000 };
 * ```
 */
export type Debounce =
  | number
  | { readonly min: number; readonly max: number }
  | ((pending: readonly FileEvent[]) => number);

/**
 * How long to wait before each retry, in milliseconds, and how many there are.
 *
 * @example
 * ```ts
 * const backoff: Backoff = { kind: "linear", initialMs: 1_000, stepMs: 1_000, retries: 3 };
 * ```
 */
export type Backoff =
  | {
      readonly kind: "exponential";
      readonly initialMs?: number;
      readonly factor?: number;
      readonly maxMs?: number;
      readonly retries?: number;
    }
  | {
      readonly kind: "linear";
      readonly initialMs?: number;
      readonly stepMs?: number;
      readonly retries?: number;
    }
  | {
      readonly kind: "custom";
      /** The wait before retry `attempt`, counted from 1. */
      readonly delay: (attempt: number) => number;
      readonly retries: number;
    };

/**
 * When to give up for a while.
 *
 * @example
 * ```ts
 * const circuitBreaker: CircuitBreaker = { failures: 3, resetMs: 60_000 };
 * ```
 */
export interface CircuitBreaker {
  /** Failures in a row that open the circuit. Default 3. */
  readonly failures?: number;
  /** Milliseconds until it is tried again. Default 60,000. */
  readonly resetMs?: number;
}

/**
 * How a retry policy behaves.
 *
 * @example
 * ```ts
 * const patient: RetryOptions = { backoff: { kind: "exponential", retries: 8 }, circuitBreaker: false };
 * ```
 */
export interface RetryOptions {
  /** Default: exponential from 100 ms, doubling, at most 30 s, 5 retries. */
  readonly backoff?: Backoff;
  /** `false`: it never gives up. */
  readonly circuitBreaker?: CircuitBreaker | false;
}

/**
 * What is watched, and when it is reported.
 *
 * @example
 * ```ts
 * const options: WatcherOptions = { debounce: 100, exclude: ["*.tmp", "fixtures/**"] };
 * ```
 */
export interface WatcherOptions extends RetryOptions {
  /** Default 500. */
  readonly debounce?: Debounce;
  /** Whether folders inside a watched folder are watched too. Default true. */
  readonly recursive?: boolean;
  /** Endings of the files that matter, without the dot. Default fsx, fzb, toml, json. */
  readonly extensions?: readonly string[];
  /** Glob patterns of what does not matter, relative to the watched folder and at any depth in it. Default: temporary files, `.git`, `node_modules`. */
  readonly exclude?: readonly string[];
  /** Whether what a symbolic link points to is watched. Default false. */
  readonly followSymlinks?: boolean;
  /** Whether a host is to reload by itself when something changes. Default true. */
  readonly autoReload?: boolean;
}

/** The options with all defaults in place. */
export interface ResolvedWatcherOptions {
  readonly debounce: Debounce;
  readonly recursive: boolean;
  readonly extensions: readonly string[];
  readonly exclude: readonly string[];
  readonly followSymlinks: boolean;
  readonly autoReload: boolean;
}

export const DEFAULT_DEBOUNCE_MS = 500;

const defaults: ResolvedWatcherOptions = {
  debounce: DEFAULT_DEBOUNCE_MS,
  recursive: true,
  extensions: ["fsx", "fzb", "toml", "json"],
  exclude: ["*.tmp", "*.swp", "*~", ".git/**", "node_modules/**"],
  followSymlinks: false,
  autoReload: true,
};

/** @throws InvalidWatcherOptionError */
export function resolveWatcherOptions(options: WatcherOptions): ResolvedWatcherOptions {
  const resolved = { ...defaults, ...withoutUndefined(options) };
  checkDebounce(resolved.debounce);
  for (const extension of resolved.extensions) {
    if (!/^[^./\\]+$/.test(extension))
      throw new InvalidWatcherOptionError(
        "extensions",
        `an extension is written without a dot, such as "fsx"; got ${JSON.stringify(extension)}`,
      );
  }
  return resolved;
}

/** A duration in milliseconds. Throws InvalidWatcherOptionError. */
export function checkDuration(option: string, value: number): number {
  // Timers take no more than this.
  if (typeof value === "number" && value >= 0 && value <= 2_147_483_647) return value;
  throw new InvalidWatcherOptionError(
    option,
    `${option} is a time in milliseconds, 0 or more; got ${String(value)}`,
  );
}

/** A count. Throws InvalidWatcherOptionError. */
export function checkCount(option: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new InvalidWatcherOptionError(
    option,
    `${option} is a whole number of at least ${least}; got ${String(value)}`,
  );
}

function checkDebounce(debounce: Debounce): void {
  if (typeof debounce === "function") return;
  if (typeof debounce === "number") {
    checkDuration("debounce", debounce);
    return;
  }
  checkDuration("debounce.min", debounce.min);
  checkDuration("debounce.max", debounce.max);
  if (debounce.min > debounce.max)
    throw new InvalidWatcherOptionError("debounce", "debounce.min must not be greater than debounce.max");
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
