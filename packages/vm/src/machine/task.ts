import { AbortError, CallError, LimitError } from "../errors.js";
import type { StartedWork } from "../values/async-value.js";
import type { Value } from "../values/value.js";
import type { Call } from "./call.js";
import { beginRun, finishRun } from "./drive.js";
import { PARKED } from "./interpreter.js";

/** Work of a script that runs beside other work, on a fiber of its own and on the budget of the call that started it. */
export class Task implements StartedWork {
  #state: StartedWork["state"] = "pending";
  #value: Value;
  #error: unknown;
  #callbacks: (() => void)[] = [];
  #children: Set<Task> | undefined;

  constructor(
    readonly call: Call,
    /** Cancels this one when it is cancelled. */
    readonly parent: Task | undefined,
    private readonly release: () => void,
  ) {}

  get state(): StartedWork["state"] {
    return this.#state;
  }

  get value(): Value {
    return this.#value;
  }

  get error(): unknown {
    return this.#error;
  }

  /** Runs the work up to its first wait; the rest follows by itself. */
  start(work: Value): void {
    this.call.activity.addTask(this);
    this.parent?.addChild(this);
    try {
      const first = beginRun(this.call, work, [undefined]);
      if (first === PARKED) finishRun(this.call, this.#succeed, this.#fail);
      else this.#succeed(first);
    } catch (error) {
      this.#fail(error);
    }
  }

  cancel(reason: Error = cancelledError()): void {
    if (this.#state !== "pending") return;
    this.#state = "cancelled";
    for (const child of this.#children ?? []) child.cancel(reason);
    // What is running at the moment, and cancels itself, ends where it waits next.
    this.call.stop(reason);
  }

  whenSettled(callback: () => void): void {
    if (this.#callbacks === NONE) callback();
    else this.#callbacks.push(callback);
  }

  addChild(task: Task): void {
    this.#children ??= new Set();
    this.#children.add(task);
  }

  readonly #succeed = (value: Value): void => this.#settle("ready", value, undefined);

  readonly #fail = (error: unknown): void => {
    const isEnd = error instanceof AbortError || error instanceof CallError;
    if (isEnd) this.#state = "cancelled";
    // Limits and the end of the instance leave nothing to be run.
    const reason = error instanceof LimitError || error instanceof CallError ? error : undefined;
    for (const child of this.#children ?? []) child.cancel(reason);
    // Nobody waits for the value of cancelled work, but what a `finally` of it raises is not lost.
    if (this.#state === "cancelled" && !isEnd && !(error instanceof LimitError))
      this.call.environment.onTaskError(error);
    this.#settle("failed", undefined, error);
  };

  #settle(state: StartedWork["state"], value: Value, error: unknown): void {
    if (this.#callbacks === NONE) return;
    // Work that cancelled itself and then came to its end without waiting is cancelled all the same.
    if (this.#state === "pending") {
      this.#state = state;
      this.#value = value;
      this.#error = error;
    }
    const callbacks = this.#callbacks;
    this.#callbacks = NONE;
    this.release();
    this.call.finish();
    this.call.fiber.clear();
    this.parent?.removeChild(this);
    this.call.activity.removeTask(this);
    for (const callback of callbacks) callback();
  }

  removeChild(task: Task): void {
    this.#children?.delete(task);
  }
}

/** In place of the callbacks of a task that has ended. */
const NONE: (() => void)[] = [];

/** What ends work that was cancelled; no handler of a script takes it. */
function cancelledError(): AbortError {
  return new AbortError(undefined, "The task was cancelled");
}
