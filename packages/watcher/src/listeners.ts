import { ListenerError } from "./errors.js";

/**
 * Functions to be called by the name of what happened. `Events` says what each name brings.
 *
 * @example
 * ```ts
 * const listeners = new Listeners<{ readonly saved: string }>();
 * const off = listeners.add("saved", (path) => report(path));
 * listeners.call("saved", "main.fsx", throwUncaught);
 * off();
 * ```
 */
export class Listeners<Events extends object> {
  readonly #byName = new Map<keyof Events, Set<(value: never) => void>>();

  /** The answer takes the listener off again. */
  add<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void): () => void {
    let listeners = this.#byName.get(name);
    if (listeners === undefined) {
      listeners = new Set();
      this.#byName.set(name, listeners);
    }
    const own = (value: Events[Name]) => listener(value);
    listeners.add(own);
    return () => listeners.delete(own);
  }

  has(name: keyof Events): boolean {
    return (this.#byName.get(name)?.size ?? 0) > 0;
  }

  /** Calls all listeners; what one throws goes to `failed`, and the others are called all the same. */
  call<Name extends keyof Events>(
    name: Name,
    value: Events[Name],
    failed: (error: ListenerError) => void,
  ): void {
    for (const listener of [...(this.#byName.get(name) ?? [])]) {
      try {
        (listener as (value: Events[Name]) => void)(value);
      } catch (error) {
        failed(new ListenerError(String(name), error));
      }
    }
  }
}

/**
 * Throws an error on its own, where the host's handler for uncaught errors sees it: for what goes wrong where nobody waits for an answer.
 *
 * @example
 * ```ts
 * listeners.call("saved", "main.fsx", throwUncaught);
 * ```
 */
export function throwUncaught(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}
