/** How long an instance lives, and what it holds of the outside meanwhile: child processes, connections, tasks. */
import { LimitError } from "../errors.js";
import type { ResolvedLimits } from "./limits.js";
import type { Meter } from "./meter.js";

/**
 * What is counted while it lasts, and not by operation.
 *
 * @example
 * const release = context.hold("connections"); // throws LimitError when there are too many
 */
export type Holding = "processes" | "connections" | "tasks";

const LIMITS: Readonly<Record<Holding, "maxProcesses" | "maxConnections" | "maxConcurrentTasks">> = {
  processes: "maxProcesses",
  connections: "maxConnections",
  tasks: "maxConcurrentTasks",
};

/** A run of code, and the one that it interrupts. */
export interface Execution {
  readonly meter: Meter;
  readonly outer: Execution | undefined;
}

export class Lifetime {
  readonly #held: Record<Holding, number> = { processes: 0, connections: 0, tasks: 0 };
  // Most instances hold nothing; a controller costs more than the rest of an instance.
  #controller: AbortController | undefined;
  #ended = false;
  readonly #endings = new Set<() => void>();
  /** The run of code that is on top at the moment. */
  executing: Execution | undefined;

  get ended(): boolean {
    return this.#ended;
  }

  /** Aborted when the instance is disposed; the same object throughout. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#ended) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Takes one more, unless that is more than the limits allow; the function that it gives takes it back, once. */
  hold(what: Holding, limits: ResolvedLimits): () => void {
    const limit = LIMITS[what];
    const allowed = limits[limit];
    const actual = this.#held[what] + 1;
    if (actual > allowed)
      throw new LimitError(textOf(what, allowed, actual), "FUS0606", limit, allowed, actual);
    this.#held[what] = actual;
    let held = true;
    return () => {
      if (held) this.#held[what]--;
      held = false;
    };
  }

  /** Calls back when the instance is disposed, unless the function that this gives is called before. */
  onEnd(callback: () => void): () => void {
    this.#endings.add(callback);
    return () => this.#endings.delete(callback);
  }

  /** `reason` ends code that is running at the moment: it is code of the instance, directly or not, that disposes of it. */
  end(reason: () => Error): void {
    this.#ended = true;
    if (this.executing !== undefined) {
      const error = reason();
      for (let run: Execution | undefined = this.executing; run !== undefined; run = run.outer)
        run.meter.stop(error);
    }
    for (const callback of [...this.#endings]) callback();
    this.#controller?.abort();
  }
}

function textOf(what: Holding, allowed: number, actual: number): string {
  switch (what) {
    case "processes":
      return `process limit exceeded: ${allowed}`;
    case "connections":
      return `connection limit exceeded: ${allowed}`;
    case "tasks":
      return `concurrent task limit exceeded: ${allowed} (actual: ${actual})`;
  }
}
