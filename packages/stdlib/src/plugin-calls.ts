/** The module `Plugin`: the program's own name, and calls and messages to other plugins. Values cross as data. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  type List,
  type NativeContext,
  type TypeDescriptor,
  toHost,
  toScript,
  type Value,
} from "@fusabi/vm";
import { allocateString } from "./allocation.js";
import { native } from "./declaration.js";

/**
 * A call from one plugin to another.
 *
 * @example
 * ```ts
 * call: ({ plugin, fn, args, timeoutMs, onUsage }) =>
 *   runtime.call(plugin, fn, args, { timeoutMs, onUsage: ({ instructions }) => onUsage(instructions) }),
 * ```
 */
export interface PluginCallRequest {
  /** Who calls. */
  readonly from: string;
  /** Who is called. */
  readonly plugin: string;
  readonly fn: string;
  readonly args: readonly unknown[];
  /** What is left of the caller's time, in milliseconds; Infinity without a deadline. */
  readonly timeoutMs: number;
  /** What is left of the caller's fuel; Infinity without a limit. */
  readonly maxInstructions: number;
  readonly signal: AbortSignal | undefined;
  /** Charges the caller for the fuel that the call has used; told before the call settles. */
  readonly onUsage: (instructions: number) => void;
}

/**
 * How plugins reach each other: the host's matter.
 *
 * @example
 * ```ts
 * const plugins: PluginNetwork = {
 *   call: ({ plugin, fn, args }) => runtime.call(plugin, fn, args),
 *   send: (_, to, topic, data) => void events.send(to, topic, data),
 *   version: (name) => runtime.get(name)?.info.version,
 * };
 * ```
 */
export interface PluginNetwork {
  /** Calls an export of another plugin, under that plugin's own grants. What it rejects with becomes an exception of the caller, with the error's message. */
  call(request: PluginCallRequest): Promise<unknown>;
  /** Sends a message, later: to one plugin, or to all with `"*"`. */
  send(from: string, to: string, topic: string, data: unknown): void;
  /** The version of a plugin. */
  version(plugin: string): string | undefined;
}

/** For a program that is alone. */
export const noPlugins: PluginNetwork = {
  call: ({ plugin }) => Promise.reject(new RangeError(`plugin not found: ${plugin}`)),
  send: () => undefined,
  version: () => undefined,
};

const ANY: TypeDescriptor = { kind: "any" };

/** A value as data for somebody else. A function in it would run with the grants of whoever made it. */
function dataOf(context: NativeContext, name: string, value: Value): unknown {
  const data = toHost(value, ANY, context.conversion);
  requireData(context, name, data);
  return data;
}

function requireData(context: NativeContext, name: string, data: unknown): void {
  context.charge(1);
  if (typeof data === "function") throw context.fail("FUS0517", `${name}: functions cannot cross plugins`);
  if (typeof data !== "object" || data === null) return;
  const parts =
    data instanceof Map
      ? [...data.keys(), ...data.values()]
      : data instanceof Set
        ? [...data]
        : Object.values(data);
  for (const part of parts) requireData(context, name, part);
}

/** The parts of a call, checked: what is called, and with which data. */
function callOf(
  context: NativeContext,
  plugin: string,
  fn: string,
  args: List,
  onUsage: (instructions: number) => void = () => undefined,
): PluginCallRequest {
  if (!context.canWait) throw context.fail("FUS0517", "Plugin.call: cannot wait inside a synchronous call");
  context.audit({
    capability: "plugin:call",
    operation: "Plugin.call",
    target: `${plugin}/${fn}`,
    decision: "allowed",
  });
  return {
    from: context.plugin,
    plugin,
    fn,
    args: arrayOfList(args, context).map((arg) => dataOf(context, "Plugin.call", arg)),
    timeoutMs: context.remainingMs,
    maxInstructions: context.remainingInstructions,
    onUsage,
    signal: context.signal,
  };
}

export function pluginModule(network: PluginNetwork): HostModule {
  const messageOf = (context: NativeContext, plugin: string, topic: string, value: Value): unknown => {
    const data = dataOf(context, "Plugin.send", value);
    context.audit({
      capability: "plugin:message",
      operation: "Plugin.send",
      target: `${plugin}/${topic}`,
      decision: "allowed",
    });
    return data;
  };
  return hostModule("Plugin", {
    call: native(
      "string -> string -> any list -> any",
      "Calls an export of another plugin: plugin, function, arguments.",
      async (context: NativeContext, plugin: string, fn: string, args: List): Promise<Value> => {
        let used = 0;
        const request = callOf(context, plugin, fn, args, (instructions) => {
          used = instructions;
        });
        const result = await network
          .call(request)
          .catch((error: unknown) => {
            throw context.fail("FUS0517", error instanceof Error ? error.message : String(error), error);
          })
          .finally(() => context.charge(used));
        requireData(context, "Plugin.call", result);
        return toScript(result, ANY, context.conversion);
      },
      {
        capability: "plugin:call",
        mode: "waits",
        rehearse: (context: NativeContext, plugin: string, fn: string, args: List) => {
          callOf(context, plugin, fn, args);
          return undefined;
        },
      },
    ),
    send: native(
      "string -> string -> any -> unit",
      "Sends a message to the subscribers of a topic in a plugin, or in all with *: plugin, topic, data.",
      (context: NativeContext, plugin: string, topic: string, value: Value) => {
        network.send(context.plugin, plugin, topic, messageOf(context, plugin, topic, value));
        return undefined;
      },
      {
        capability: "plugin:message",
        rehearse: (context: NativeContext, plugin: string, topic: string, value: Value) => {
          messageOf(context, plugin, topic, value);
          return undefined;
        },
      },
    ),
    name: native("unit -> string", "The program's own name.", (context: NativeContext) => context.plugin),
    version: native(
      "unit -> string",
      "The program's own version; empty if it has none.",
      (context: NativeContext) => {
        const version = network.version(context.plugin) ?? "";
        allocateString(context, version.length);
        return version;
      },
    ),
  });
}
