import type { Conversion, FunctionValue, NativeContext, TypeDescriptor, Value } from "@fusabi/vm";
import { toHost, toScript } from "@fusabi/vm";
import { VisibleState } from "./instance-state.js";

/**
 * An event that a program has emitted.
 *
 * @example
 * ```ts
 * hub.listen(({ plugin, name, value }) => console.log(`${plugin}: ${name}`, value));
 * ```
 */
export interface ProgramEvent {
  readonly plugin: string;
  readonly name: string;
  /** As the host sees it. */
  readonly value: unknown;
}

/**
 * A subscriber that failed on a message.
 *
 * @example
 * ```ts
 * for (const { plugin, error } of await hub.send("*", "metrics/cpu", 0.5)) logger.error({ plugin, error });
 * ```
 */
export interface DeliveryFailure {
  readonly plugin: string;
  readonly topic: string;
  readonly error: unknown;
}

/** A function that waits for an event. */
interface Handler {
  readonly name: string;
  readonly once: boolean;
  readonly run: FunctionValue;
  /** For the host, which calls from outside. */
  readonly fromHost: (value: unknown) => Promise<unknown>;
}

interface Message {
  readonly topic: string;
  readonly data: unknown;
}

interface Subscription {
  readonly pattern: readonly string[];
  readonly deliver: (message: Message) => Promise<unknown>;
}

/** The handlers of one instance. Ids are shared by all kinds and ascend in the order of registration. */
interface Handlers {
  nextId: number;
  readonly handlers: Map<number, Handler>;
  readonly subscriptions: Map<number, Subscription>;
  /** Programs that wait for the host's next event. */
  readonly waiting: Set<(name: string, value: unknown) => void>;
  /** Messages that are not delivered yet, and when the last of them will be. */
  queued: number;
  delivered: Promise<unknown>;
}

/**
 * What an {@link EventHub} may be told.
 *
 * @example
 * ```ts
 * new EventHub({ maxQueuedMessages: 100 });
 * ```
 */
export interface EventHubOptions {
  /** How many messages may wait for one instance of a plugin; further ones are failures. Default 1,000. */
  readonly maxQueuedMessages?: number;
}

/** Handlers that one instance may have; a program that registers in a loop meets this and not the heap. */
const MOST_HANDLERS = 10_000;
const ANY: TypeDescriptor = { kind: "any" };
const HANDLER: TypeDescriptor = { kind: "function", parameter: ANY, result: ANY };

/**
 * Events between a host and its programs: what programs emit reaches their own handlers and the host's listeners, what the host emits reaches the handlers of one
 * plugin. From plugin to plugin go only messages by topic.
 *
 * @example
 * ```ts
 * const events = new EventHub();
 * const imports = nodeLibrary({ events });
 * events.listen(({ name, value }) => console.log(name, value)); // Events.emit "saved" 3
 * await events.emit("greeter", "resized", { columns: 80 });      // its Events.on "resized" handlers
 * ```
 */
export class EventHub {
  readonly #states = new VisibleState<Handlers>(() => ({
    nextId: 1,
    handlers: new Map(),
    subscriptions: new Map(),
    waiting: new Set(),
    queued: 0,
    delivered: Promise.resolve(),
  }));
  readonly #listeners = new Set<(event: ProgramEvent) => void>();
  readonly #maxQueuedMessages: number;

  constructor({ maxQueuedMessages = 1_000 }: EventHubOptions = {}) {
    this.#maxQueuedMessages = maxQueuedMessages;
  }

  /** Hears every event that a program emits; what it gives ends that. A listener that throws fails the emitting call. */
  listen(listener: (event: ProgramEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Emits an event into a plugin: its handlers run one after the other, each in a call of its own, and the first that fails ends it. Gives how many ran.
   */
  async emit(plugin: string, name: string, value?: unknown): Promise<number> {
    let count = 0;
    for (const { state } of this.#states.living(plugin)) {
      for (const waiting of state.waiting) waiting(name, value);
      for (const id of handlersOf(state, name)) {
        const handler = take(state, id);
        if (handler === undefined) continue;
        count++;
        await handler.fromHost(value);
      }
    }
    return count;
  }

  /**
   * Sends a message to the subscribers of a topic: of one plugin, or of all with `"*"`. Each plugin gets it later, in the order in which messages were sent, and
   * none waits for another one; the promise settles when all of them have, with those that failed.
   */
  async send(plugin: string, topic: string, data: unknown): Promise<readonly DeliveryFailure[]> {
    const steps = topic.split("/");
    const deliveries = this.#states
      .living(plugin === "*" ? undefined : plugin)
      .map(async ({ plugin: receiver, state }): Promise<readonly DeliveryFailure[]> => {
        const subscriptions = [...state.subscriptions.values()].filter(({ pattern }) =>
          covers(pattern, steps),
        );
        const errors = await this.#deliver(state, subscriptions, { topic, data });
        return errors.map((error) => ({ plugin: receiver, topic, error }));
      });
    return (await Promise.all(deliveries)).flat();
  }

  /** Delivers a message once those before it are. Gives what the subscribers failed with. */
  async #deliver(
    state: Handlers,
    subscriptions: readonly Subscription[],
    message: Message,
  ): Promise<readonly unknown[]> {
    if (subscriptions.length === 0) return [];
    if (state.queued >= this.#maxQueuedMessages)
      return [new RangeError(`${state.queued} messages wait already, as many as may`)];
    state.queued++;
    const delivery = state.delivered.then(async () => {
      const errors: unknown[] = [];
      for (const { deliver } of subscriptions) {
        try {
          await deliver(message);
        } catch (error) {
          errors.push(error);
        }
      }
      state.queued--;
      return errors;
    });
    state.delivered = delivery;
    return delivery;
  }

  // ---------------------------------------------------------------------------------------------- for the module Events

  /** @internal */
  on(context: NativeContext, name: string, run: FunctionValue, times: "always" | "once"): number {
    const state = this.#room(context);
    const id = state.nextId++;
    const fromHost = context.conversion.wrapWaiting(run, HANDLER);
    state.handlers.set(id, { name, once: times === "once", run, fromHost });
    return id;
  }

  /** @internal */
  subscribe(context: NativeContext, topic: string, run: FunctionValue): number {
    const state = this.#room(context);
    const id = state.nextId++;
    const deliver = context.conversion.wrapWaiting(run, HANDLER);
    state.subscriptions.set(id, { pattern: topic.split("/"), deliver });
    return id;
  }

  /** @internal */
  off(context: NativeContext, id: number): boolean {
    const state = this.#states.of(context);
    return state.handlers.delete(id) || state.subscriptions.delete(id);
  }

  /** @internal */
  clear(context: NativeContext, name: string | undefined): void {
    const { handlers } = this.#states.of(context);
    for (const [id, handler] of handlers)
      if (name === undefined || handler.name === name) handlers.delete(id);
  }

  /** @internal Ids of the handlers of an event: the regular ones, then those for one event. */
  handlersOf(context: NativeContext, name: string): readonly number[] {
    const state = this.#states.of(context);
    context.charge(state.handlers.size >> 3);
    return handlersOf(state, name);
  }

  /** @internal The handler that is about to be called; one for a single event is removed. */
  take(context: NativeContext, id: number): FunctionValue | undefined {
    return take(this.#states.of(context), id)?.run;
  }

  /** @internal */
  names(context: NativeContext): readonly string[] {
    const names = new Set([...this.#states.of(context).handlers.values()].map(({ name }) => name));
    return [...names].sort();
  }

  /** @internal The program has emitted an event, and its own handlers have run. */
  tell(context: NativeContext, name: string, value: Value): void {
    if (this.#listeners.size === 0) return;
    const event: ProgramEvent = {
      plugin: context.plugin,
      name,
      value: toHost(value, ANY, context.conversion),
    };
    for (const listener of this.#listeners) listener(event);
  }

  /** @internal The host's next event, as the program sees it. */
  next(context: NativeContext): Promise<{ readonly name: string; readonly value: Value }> {
    const { waiting } = this.#states.of(context);
    const { conversion, lifetime, signal } = context;
    return new Promise((resolve) => {
      const settle = (name: string, value: unknown): void => {
        forget();
        resolve({ name, value: toScript(value, ANY, conversion as Conversion) });
      };
      const forget = (): void => {
        waiting.delete(settle);
        for (const end of [lifetime, signal]) end?.removeEventListener("abort", forget);
      };
      for (const end of [lifetime, signal]) end?.addEventListener("abort", forget);
      waiting.add(settle);
    });
  }

  #room(context: NativeContext): Handlers {
    const state = this.#states.of(context);
    if (state.handlers.size + state.subscriptions.size >= MOST_HANDLERS)
      throw context.fail(
        "FUS0516",
        `Events: more than ${MOST_HANDLERS} handlers; take them off with Events.off`,
      );
    return state;
  }
}

function handlersOf({ handlers }: Handlers, name: string): readonly number[] {
  const own = [...handlers].filter(([, handler]) => handler.name === name);
  return [...own.filter(([, { once }]) => !once), ...own.filter(([, { once }]) => once)].map(([id]) => id);
}

function take({ handlers }: Handlers, id: number): Handler | undefined {
  const handler = handlers.get(id);
  if (handler?.once === true) handlers.delete(id);
  return handler;
}

/** Segment by segment; a star stands for one. */
function covers(pattern: readonly string[], topic: readonly string[]): boolean {
  return (
    pattern.length === topic.length && pattern.every((step, index) => step === "*" || step === topic[index])
  );
}
