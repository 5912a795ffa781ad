import { InvalidStateError, PluginUnloadedError } from "./errors.js";

/** Where a plugin is in its life. */
export type LifecycleState = "created" | "initialized" | "running" | "stopped" | "unloaded" | "error";

/** What can be done with a plugin. */
export type LifecycleOperation = "initialize" | "start" | "call" | "stop" | "reload" | "unload";

/** One row of the lifecycle. */
export interface LifecycleTransition {
  readonly from: readonly LifecycleState[];
  /** `unchanged`: the state from before. */
  readonly to: LifecycleState | "unchanged";
}

/**
 * The lifecycle: which operation is allowed from which states, and where it leads.
 *
 * @example
 * ```ts
 * lifecycle.start; // { from: ["initialized"], to: "running" }
 * ```
 */
export const lifecycle: Readonly<Record<LifecycleOperation, LifecycleTransition>> = {
  initialize: { from: ["created", "stopped"], to: "initialized" },
  start: { from: ["initialized"], to: "running" },
  call: { from: ["running"], to: "unchanged" },
  stop: { from: ["running"], to: "stopped" },
  reload: { from: ["initialized", "running", "stopped", "error"], to: "unchanged" },
  unload: { from: ["created", "initialized", "running", "stopped", "error"], to: "unloaded" },
};

/**
 * The state of one plugin, and the rules for changing it.
 *
 * @example
 * ```ts
 * const machine = new LifecycleMachine("greeter");
 * machine.complete("initialize");
 * machine.check("call"); // throws InvalidStateError: expected running, found initialized
 * ```
 */
export class LifecycleMachine {
  readonly #plugin: string;
  #state: LifecycleState = "created";
  #failure: Error | undefined;
  #beforeFailure: LifecycleState = "created";

  constructor(plugin: string) {
    this.#plugin = plugin;
  }

  get state(): LifecycleState {
    return this.#state;
  }

  /** Why the state is `error`. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Where a reload leads: the state it is in, or the one that it was in, or was on its way to, when it failed. */
  get reloadTarget(): LifecycleState {
    return this.#state === "error" ? this.#beforeFailure : this.#state;
  }

  /** Throws {@link InvalidStateError} (after unloading: {@link PluginUnloadedError}) unless the operation is allowed now. */
  check(operation: LifecycleOperation): void {
    const { from } = lifecycle[operation];
    if (from.includes(this.#state)) return;
    if (this.#state === "unloaded") throw new PluginUnloadedError(this.#plugin, operation, from);
    throw new InvalidStateError(this.#plugin, operation, from, this.#state, this.#failure);
  }

  /** The operation has been done: moves to where it leads. */
  complete(operation: LifecycleOperation): void {
    this.check(operation);
    const { to } = lifecycle[operation];
    this.#state = to !== "unchanged" ? to : operation === "reload" ? this.reloadTarget : this.#state;
    this.#failure = undefined;
  }

  /** The operation failed, or the plugin crashed during it: moves to `error`. */
  fail(operation: LifecycleOperation, failure: Error): void {
    this.check(operation);
    const { to } = lifecycle[operation];
    this.#beforeFailure = to === "unchanged" ? this.reloadTarget : to;
    this.#state = "error";
    this.#failure = failure;
  }
}
