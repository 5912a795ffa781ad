/**
 * Something that happened to a plugin. `at` is milliseconds since 1970-01-01 UTC.
 *
 * @example
 * ```ts
 * runtime.on("reloaded", ({ plugin, count }) => console.log(`${plugin} was reloaded ${count} times`));
 * ```
 */
export type LifecycleEvent =
  | {
      readonly type: "created" | "initialized" | "started" | "stopped" | "unloaded";
      readonly plugin: string;
      readonly at: number;
    }
  /** `count`: how often it has been reloaded. */
  | { readonly type: "reloaded"; readonly plugin: string; readonly at: number; readonly count: number }
  | {
      readonly type: "error";
      readonly plugin: string;
      readonly at: number;
      readonly message: string;
      readonly error: Error;
    };

/** Takes events of one type, or of all for `"*"`. May be asynchronous; nobody waits for it. */
export type LifecycleListener<T extends LifecycleEvent["type"] | "*"> = (
  event: T extends "*" ? LifecycleEvent : Extract<LifecycleEvent, { readonly type: T }>,
) => void | Promise<void>;

/**
 * Hands events to listeners, in the order of their registration. A listener that fails hinders neither the plugin nor
 * the other listeners: its error is thrown on its own, where the host's handler for uncaught errors sees it.
 *
 * @example
 * ```ts
 * const events = new LifecycleEvents();
 * const off = events.on("error", ({ plugin, message }) => console.error(`${plugin}: ${message}`));
 * events.emit({ type: "error", plugin: "p", at: Date.now(), message: "no", error: new Error("no") });
 * off();
 * ```
 */
export class LifecycleEvents {
  readonly #registrations = new Set<Registration>();

  /** Listens to one type of event, or to all by `"*"`. The answer ends it; ending twice does no harm. */
  on<T extends LifecycleEvent["type"] | "*">(type: T, listener: LifecycleListener<T>): () => void {
    // Only events of its own type reach a listener, which the compiler cannot see through the shared set.
    const registration: Registration = { type, listener: listener as Registration["listener"] };
    this.#registrations.add(registration);
    return () => {
      this.#registrations.delete(registration);
    };
  }

  /** Hands an event to all listeners for it that are registered now. */
  emit(event: LifecycleEvent): void {
    for (const { type, listener } of [...this.#registrations]) {
      if (type !== "*" && type !== event.type) continue;
      try {
        Promise.resolve(listener(event)).catch(throwOnItsOwn);
      } catch (error) {
        throwOnItsOwn(error);
      }
    }
  }
}

interface Registration {
  readonly type: LifecycleEvent["type"] | "*";
  readonly listener: (event: LifecycleEvent) => void | Promise<void>;
}

function throwOnItsOwn(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
