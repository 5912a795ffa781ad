/** How the plugins of a runtime reach each other by name: `Plugin.call`, `Plugin.send`, and what `Plugin.version` tells. */
import type { CallOptions } from "@fusabi/plugin";
import type { DeliveryFailure, EventHub, PluginCallRequest, PluginNetwork } from "@fusabi/stdlib";

/** What the network needs of the runtime. */
export interface NetworkRuntime {
  call(plugin: string, fn: string, args: readonly unknown[], options: CallOptions): Promise<unknown>;
  version(plugin: string): string | undefined;
  /** A subscriber of a message has failed, and nobody waits for it. */
  report(failure: DeliveryFailure): void;
}

export function programNetwork(runtime: NetworkRuntime, events: EventHub): PluginNetwork {
  return {
    call: ({ plugin, fn, args, ...account }) => runtime.call(plugin, fn, args, optionsOf(account)),
    send: (_, to, topic, data) =>
      void events.send(to, topic, data).then((failures) => {
        for (const failure of failures) runtime.report(failure);
      }),
    version: (plugin) => runtime.version(plugin),
  };
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
