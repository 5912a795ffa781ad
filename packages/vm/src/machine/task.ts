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
      if (first === PARKED) void this.#goOn();
      else this.#settle("ready", first, undefined);
    } catch (error) {
      this.#fail(error);
    }
  }

  cancel(): void {
    if (this.#state !== "pending") return;
    this.#state = "cancelled";
    for (const child of this.#children ?? []) child.cancel();
    this.call.stop(cancelledError());
    // What is running at the moment, and cancels itself, ends where it waits next.
    if (!this.call.executing) this.#unwind();
  }

  whenSettled(callback: () => void): void {
    if (this.#callbacks === NONE) callback();
    else this.#callbacks.push(callback);
  }

  addChild(task: Task): void {
    this.#children ??= new Set();
    this.#children.add(task);
  }

  async #goOn(): Promise<void> {
    try {
      this.#settle("ready", await finishRun(this.call), undefined);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (error instanceof AbortError || error instanceof CallError) this.cancel();
    if (this.#state === "pending") {
      for (const child of this.#children ?? []) child.cancel();
      this.#settle("failed", undefined, error);
    } else this.#unwind();
  }

  /** The end of cancelled work: what was to be cleaned up behind it is. */
  #unwind(): void {
    if (this.#callbacks === NONE) return;
    try {
      this.call.runCleanups();
    } catch (error) {
      if (!(error instanceof LimitError)) this.call.environment.onTaskError(error);
    }
    this.#settle("cancelled", undefined, undefined);
  }

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
