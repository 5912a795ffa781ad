import { setTimeout as sleep } from "node:timers/promises";
import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ConstantBackoff,
  circuitBreaker,
  handleAll,
  handleWhen,
  isBrokenCircuitError,
  retry,
} from "cockatiel";
import { CircuitOpenError } from "./errors.js";
import { Listeners, throwUncaught } from "./listeners.js";
import {
  type Backoff,
  type CircuitBreaker,
  checkCount,
  checkDuration,
  type RetryOptions,
} from "./options.js";

/**
 * What a retry policy tells about itself.
 *
 * @example
 * ```ts
 * policy.on("retry", ({ attempt, delayMs }: RetryEvents["retry"]) => report(attempt, delayMs));
 * ```
 */
export interface RetryEvents {
  /** A try failed with `error`; the next one, `attempt` counted from 1, comes after `delayMs`. */
  readonly retry: { readonly attempt: number; readonly delayMs: number; readonly error: unknown };
  /** There were too many failures in a row; nothing is tried before `retryAt`, in milliseconds since 1970-01-01 UTC. */
  readonly "circuit-opened": { readonly retryAt: number; readonly error: unknown };
  /** A try succeeded after the circuit had been open, or there was a new reason to try. */
  readonly "circuit-closed": { readonly at: number };
}

/**
 * What one use of a retry policy may say.
 *
 * @example
 * ```ts
 * await policy.run(reload, { signal: AbortSignal.timeout(60_000), isWorthRetry: (error) => error instanceof TypeError });
 * ```
 */
export interface RunOptions {
  /** Ends the waiting and the retries. */
  readonly signal?: AbortSignal;
  /** Whether another try may help. Default: always. */
  readonly isWorthRetry?: (error: unknown) => boolean;
}

/**
 * Tries again what failed, after longer and longer waits, and gives up for a while after too many failures in a row. A policy is for one thing that may
 * fail, such as the reload of one plugin: its circuit is that thing's.
 *
 * @throws InvalidWatcherOptionError for options that make no sense.
 * @example
 * ```ts
 * const policy = new RetryPolicy({ backoff: { kind: "linear", initialMs: 10, stepMs: 10, retries: 2 } });
 * let tries = 0;
 * const result = await policy.run(async () => {
 *   if (++tries < 3) throw new Error("not yet");
 *   return "done";
 * });
 * ```
 */
export class RetryPolicy {
  readonly #retries: number;
  readonly #delay: (attempt: number) => number;
  readonly #resetMs: number;
  readonly #newBreaker: (() => CircuitBreakerPolicy) | undefined;
  #breaker: CircuitBreakerPolicy | undefined;
  #retryAt = 0;
  readonly #listeners = new Listeners<RetryEvents>();

  constructor({ backoff = { kind: "exponential" }, circuitBreaker: breaker = {} }: RetryOptions = {}) {
    this.#retries = checkCount("backoff.retries", backoff.retries ?? defaultRetries[backoff.kind], 0);
    this.#delay = delayOf(backoff);
    const { failures = 3, resetMs = 60_000 }: CircuitBreaker = breaker === false ? {} : breaker;
    checkCount("circuitBreaker.failures", failures, 1);
    this.#resetMs = checkDuration("circuitBreaker.resetMs", resetMs);
    if (breaker !== false) {
      this.#newBreaker = () =>
        circuitBreaker(handleAll, { halfOpenAfter: resetMs, breaker: new ConsecutiveBreaker(failures) });
    }
    this.reset();
  }

  /** Whether nothing is tried at the moment, because of the failures before. */
  get isOpen(): boolean {
    return this.#breaker?.state === CircuitState.Open && Date.now() < this.#retryAt;
  }

  /**
   * Runs the task until it succeeds, its failure is not worth a retry, or the retries are used up; `attempt` is 0 for the first try.
   *
   * @throws what the last try threw; CircuitOpenError when the circuit is open or has opened, with what the last try threw as its cause.
   */
  async run<T>(
    task: (attempt: number) => Promise<T>,
    { signal, isWorthRetry = () => true }: RunOptions = {},
  ): Promise<T> {
    const breaker = this.#breaker;
    let failure: unknown;
    const tryOnce = async (attempt: number): Promise<T> => {
      try {
        return await task(attempt);
      } catch (error) {
        failure = error;
        throw error;
      }
    };
    const policy = retry(
      handleWhen((error) => signal?.aborted !== true && !isBrokenCircuitError(error) && isWorthRetry(error)),
      // The library's own waits do not end with the signal.
      { maxAttempts: this.#retries, backoff: new ConstantBackoff(0) },
    );
    try {
      return await policy.execute(async ({ attempt }) => {
        if (attempt > 0 && breaker?.state !== CircuitState.Open) await this.#wait(attempt, failure, signal);
        return breaker === undefined ? tryOnce(attempt) : breaker.execute(() => tryOnce(attempt), signal);
      }, signal);
    } catch (error) {
      if (isBrokenCircuitError(error))
        throw new CircuitOpenError(this.#retryAt, failure === undefined ? {} : { cause: failure });
      throw error;
    }
  }

  async #wait(attempt: number, error: unknown, signal: AbortSignal | undefined): Promise<void> {
    const delayMs = this.#delay(attempt);
    this.#tell("retry", { attempt, delayMs, error });
    await sleep(delayMs, undefined, signal === undefined ? {} : { signal });
  }

  /** Forgets the failures: there is a new reason to try. */
  reset(): void {
    const wasOpen = this.#breaker !== undefined && this.#breaker.state !== CircuitState.Closed;
    const breaker = this.#newBreaker?.();
    this.#breaker = breaker;
    breaker?.onBreak((reason) => {
      this.#retryAt = Date.now() + this.#resetMs;
      this.#tell("circuit-opened", {
        retryAt: this.#retryAt,
        error: "error" in reason ? reason.error : undefined,
      });
    });
    breaker?.onReset(() => this.#tell("circuit-closed", { at: Date.now() }));
    if (wasOpen) this.#tell("circuit-closed", { at: Date.now() });
  }

  /** Calls `listener` with each event of the name; gives a function that ends that. What a listener throws is thrown where nobody catches it. */
  on<Name extends keyof RetryEvents>(name: Name, listener: (event: RetryEvents[Name]) => void): () => void {
    return this.#listeners.add(name, listener);
  }

  #tell<Name extends keyof RetryEvents>(name: Name, event: RetryEvents[Name]): void {
    this.#listeners.call(name, event, throwUncaught);
  }
}

const defaultRetries = { exponential: 5, linear: 3, custom: 0 } as const;

/** The wait before each retry, counted from 1. */
function delayOf(backoff: Backoff): (attempt: number) => number {
  switch (backoff.kind) {
    case "exponential": {
      const initial = checkDuration("backoff.initialMs", backoff.initialMs ?? 100);
      const factor = checkDuration("backoff.factor", backoff.factor ?? 2);
      const most = checkDuration("backoff.maxMs", backoff.maxMs ?? 30_000);
      return (attempt) => Math.min(most, initial * factor ** (attempt - 1));
    }
    case "linear": {
      const initial = checkDuration("backoff.initialMs", backoff.initialMs ?? 1_000);
      const step = checkDuration("backoff.stepMs", backoff.stepMs ?? 1_000);
      return (attempt) => initial + step * (attempt - 1);
    }
    case "custom":
      return (attempt) => checkDuration("backoff.delay", backoff.delay(attempt));
  }
}
