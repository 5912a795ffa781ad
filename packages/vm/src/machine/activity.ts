import { AbortError, CallError } from "../errors.js";
import type { Value } from "../values/value.js";
import type { Call, Environment } from "./call.js";
import type { Resumption } from "./interpreter.js";
import type { Meter } from "./meter.js";
import type { Task } from "./task.js";

/** The longest delay that timers take. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * What one call from the host has set going: its own run and the tasks that it started, all on one budget. While any of them waits, this is what ends the waiting: the deadline, the
 * host's signal, the end of the instance.
 */
export class Activity {
  /** Started and not finished. */
  readonly tasks: Set<Task> = new Set();
  readonly #waiting = new Set<Call>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unwatch: (() => void) | undefined;
  #callEnded = false;
  #whenIdle: (() => void) | undefined;

  constructor(
    readonly environment: Environment,
    readonly meter: Meter,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Waits for the promise that a call is parked on, and says once how it goes on; also at once, if it has been stopped. */
  wait(call: Call, promise: Promise<Value> | undefined, goOn: (resumption: Resumption) => void): void {
    const end = (resumption: Resumption): void => {
      if (call.interrupt !== interrupt) return;
      call.interrupt = undefined;
      this.#waiting.delete(call);
      if (this.#waiting.size === 0) this.#unwatch?.();
      goOn(resumption);
    };
    const interrupt = (error: Error): void => end({ error });
    call.interrupt = interrupt;
    promise?.then(
      (value) => end({ value }),
      (error: unknown) => end({ error }),
    );
    this.#waiting.add(call);
    if (call.stopped !== undefined) interrupt(call.stopped);
    else if (this.#unwatch === undefined) this.#watch();
  }

  addTask(task: Task): void {
    this.tasks.add(task);
  }

  removeTask(task: Task): void {
    this.tasks.delete(task);
    if (this.#callEnded && this.tasks.size === 0) this.#whenIdle?.();
  }

  /** The call from the host has ended; `whenIdle` is told when the last of its tasks has, too. */
  endCall(whenIdle: () => void): void {
    this.#callEnded = true;
    this.#whenIdle = whenIdle;
    if (this.tasks.size === 0) whenIdle();
  }

  /** Ends all that waits: tasks first, which the rest may wait for. */
  #stop(error: Error): void {
    if (error instanceof AbortError) for (const task of [...this.tasks]) task.cancel(error);
    for (const call of [...this.#waiting]) call.stop(error);
  }

  #watch(): void {
    const { signal, environment } = this;
    const onAbort = (): void => this.#stop(new AbortError(signal?.reason));
    const forget = environment.lifetime.onEnd(() => this.#stop(disposedError(environment.plugin)));
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#unwatch = () => {
      this.#unwatch = undefined;
      clearTimeout(this.#timer);
      signal?.removeEventListener("abort", onAbort);
      forget();
    };
    if (signal?.aborted === true) onAbort();
    else this.#arm();
  }

  #arm(): void {
    const remaining = this.meter.remainingMs;
    if (!Number.isFinite(remaining)) return;
    this.#timer = setTimeout(
      () => {
        const reason = this.meter.stopReason();
        // A timer may fire a little early by the other clock.
        if (reason === undefined) this.#arm();
        else this.#stop(reason);
      },
      Math.min(Math.max(remaining, 0) + 1, MAX_TIMER),
    );
  }
}

/** What ends a call of an instance that is gone. */
export function disposedError(plugin: string): CallError {
  return new CallError(`'${plugin}' has been disposed`, "");
}
