import type { CallOptions, Plugin } from "@fusabi/plugin";
import { isHostExport } from "@fusabi/plugin";
import type { PluginRegistry } from "@fusabi/registry";
import type { DeliveryFailure, EventHub, PluginCallRequest, PluginNetwork } from "@fusabi/stdlib";
import { runtimeException, ScriptError } from "@fusabi/vm";

/** A message on its way to one plugin. */
interface Message {
  readonly from: string;
  readonly topic: string;
  readonly data: unknown;
}

/** What a network is made of. */
export interface NetworkParts {
  readonly registry: PluginRegistry;
  /** Knows who has subscribed to which topics. */
  readonly events: EventHub;
  /** How many messages may wait for one plugin. */
  readonly maxQueuedMessages: number;
  /** A plugin has failed over a message, and nobody waits for it. */
  readonly report: (failure: DeliveryFailure) => void;
}

/** Calls between plugins that may be open from one plugin: those that call each other without end meet this. */
const MOST_OPEN_CALLS = 1_000;

/**
 * How plugins reach each other by name. A call goes by way of the other plugin's lifecycle and takes no turn in the
 * runtime's queue: it runs in the place of who calls, who would else wait for it there. A message is put into the queue of
 * each receiver, and delivered when that runs: to its export `on_message`, and to what it has subscribed.
 */
export class RuntimeNetwork implements PluginNetwork {
  readonly #parts: NetworkParts;
  readonly #openCalls = new Map<string, number>();
  readonly #queues = new Map<string, Message[]>();
  /** Receivers that are being delivered to. */
  readonly #delivering = new Set<string>();
  #closed = false;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
    // What has waited for a plugin to run, and what nobody will ever take.
    parts.registry.on("started", ({ plugin }) => this.#deliver(plugin));
    parts.registry.on("reloaded", ({ plugin }) => this.#deliver(plugin));
    parts.registry.on("unloaded", ({ plugin }) => void this.#queues.delete(plugin));
  }

  /** How many messages wait. */
  get waiting(): number {
    return [...this.#queues.values()].reduce((sum, { length }) => sum + length, 0);
  }

  version(plugin: string): string | undefined {
    return this.#parts.registry.find(plugin)?.version;
  }

  async call({ from, plugin, fn, args, ...account }: PluginCallRequest): Promise<unknown> {
    const open = this.#openCalls.get(from) ?? 0;
    if (open >= MOST_OPEN_CALLS) {
      throw new RangeError(`${MOST_OPEN_CALLS} calls of ${from} to other plugins are open already`);
    }
    const found = this.#parts.registry.find(plugin);
    if (found === undefined) throw new RangeError(`plugin not found: ${plugin}`);
    if (isHostExport(fn))
      throw new RangeError(`${fn} of ${plugin} is for its host, and not for other plugins`);
    this.#openCalls.set(from, open + 1);
    try {
      // On a stack of its own: a chain of calls is as long as the plugins want it to be.
      await Promise.resolve();
      return await found.call(fn, args, optionsOf(account));
    } finally {
      const left = (this.#openCalls.get(from) ?? 1) - 1;
      if (left === 0) this.#openCalls.delete(from);
      else this.#openCalls.set(from, left);
    }
  }

  /** Puts a message into the queue of a plugin, or of all others for `*`: of all of them, or of none if one is full. */
  send(from: string, to: string, topic: string, data: unknown): void {
    const receivers = to === "*" ? this.#others(from) : [this.#receiver(to)];
    const full = receivers.find(({ name }) => this.#queueOf(name).length >= this.#parts.maxQueuedMessages);
    if (full !== undefined) {
      const { maxQueuedMessages } = this.#parts;
      throw failure(
        `Plugin.send: ${maxQueuedMessages} messages wait for ${full.name} already, as many as may`,
      );
    }
    for (const { name } of receivers) {
      this.#queueOf(name).push({ from, topic, data });
      this.#deliver(name);
    }
  }

  /** Delivers nothing more. */
  close(): void {
    this.#closed = true;
    this.#queues.clear();
  }

  #receiver(name: string): Plugin {
    const plugin = this.#parts.registry.find(name);
    if (plugin === undefined) throw failure(`Plugin.send: plugin not found: ${name}`);
    return plugin;
  }

  #others(from: string): readonly Plugin[] {
    return this.#parts.registry
      .running()
      .filter(({ name, capabilities }) => name !== from && capabilities.has("plugin:message"));
  }

  #queueOf(name: string): Message[] {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = [];
      this.#queues.set(name, queue);
    }
    return queue;
  }

  #deliver(name: string): void {
    if (this.#delivering.has(name) || (this.#queues.get(name)?.length ?? 0) === 0) return;
    this.#delivering.add(name);
    void this.#deliverAll(name).finally(() => {
      this.#delivering.delete(name);
      // One may have come in while the last was found to be the last.
      if (this.#parts.registry.find(name)?.state === "running" && !this.#closed) this.#deliver(name);
    });
  }

  /** One message after the other, as long as the plugin runs; the rest waits until it runs again. */
  async #deliverAll(name: string): Promise<void> {
    // Later than the call that sends: it may be the receiver's own.
    await Promise.resolve();
    for (;;) {
      const plugin = this.#parts.registry.find(name);
      const queue = this.#queues.get(name);
      if (this.#closed || plugin?.state !== "running" || queue === undefined) return;
      const message = queue.shift();
      if (message === undefined) return;
      await this.#deliverOne(plugin, message);
    }
  }

  async #deliverOne(plugin: Plugin, message: Message): Promise<void> {
    // Taken back since it was sent, or never granted.
    if (!plugin.capabilities.has("plugin:message")) return;
    const { topic, data } = message;
    try {
      if (plugin.exports.has("on_message")) await plugin.call("on_message", [message]);
    } catch (error) {
      this.#parts.report({ plugin: plugin.name, topic, error });
    }
    for (const failure of await this.#parts.events.send(plugin.name, topic, data))
      this.#parts.report(failure);
  }
}

/** The callee works on what is left of the caller's time and fuel. */
function optionsOf({
  timeoutMs,
  maxInstructions,
  signal,
  onUsage,
}: Pick<PluginCallRequest, "timeoutMs" | "maxInstructions" | "signal" | "onUsage">): CallOptions {
  return {
    ...(Number.isFinite(timeoutMs) ? { timeoutMs: Math.max(0, Math.ceil(timeoutMs)) } : {}),
    ...(Number.isFinite(maxInstructions)
      ? { limits: { maxInstructions: Math.max(0, Math.floor(maxInstructions)) } }
      : {}),
    ...(signal === undefined ? {} : { signal }),
    onUsage: ({ instructions }) => onUsage(instructions),
  };
}

/** As an exception that the sender can catch. */
function failure(message: string): ScriptError {
  return new ScriptError(runtimeException("FUS0517", message));
}
