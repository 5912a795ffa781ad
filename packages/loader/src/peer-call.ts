import type { CallOptions, Plugin } from "@fusabi/plugin";
import type { NativeContext, TypeDescriptor, Value } from "@fusabi/vm";
import { ConversionError, parseSignature, toHost, toScript } from "@fusabi/vm";
import type { PluginPeers } from "./plugin-peers.js";

/** An export of another plugin, as a program calls it. */
export interface PeerFunction {
  /** As the program writes it: `Plugins.TextUtils.shout`. */
  readonly operation: string;
  readonly plugin: string;
  readonly fn: string;
  /** Type of the function, data only. */
  readonly type: string;
  readonly peers: PluginPeers;
}

/** Calls to others that one instance may have open. Plugins that call each other without end meet this and not the heap. */
const MOST_OPEN_CALLS = 1_000;
const openCalls = new WeakMap<AbortSignal, number>();

/** Calls that have begun inside each other stand on each other on the engine's stack. */
const DEEPEST_SYNC = 50;
let syncDepth = 0;

/**
 * Calls an export of another plugin: by way of its lifecycle, under its own grants and limits, and on what is left of the
 * caller's time and fuel. Waits if the caller can wait. What fails becomes an exception of the caller.
 */
export function callPeer(
  context: NativeContext,
  peer: PeerFunction,
  args: readonly Value[],
): Value | Promise<Value> {
  const { plugin, fn, operation } = peer;
  const target = `${plugin}/${fn}`;
  context.audit({ capability: "plugin:call", operation, target, decision: "allowed" });
  const found = peer.peers.find(plugin);
  if (found === undefined) throw context.fail("FUS0517", `plugin not found: ${plugin}`);
  const { given, result } = argumentsOf(context, peer, args);
  return context.canWait
    ? callAndWait(context, peer, found, given, result)
    : callAtOnce(context, peer, found, given, result);
}

async function callAndWait(
  context: NativeContext,
  { operation, fn }: PeerFunction,
  plugin: Plugin,
  args: readonly unknown[],
  result: TypeDescriptor,
): Promise<Value> {
  const open = openCalls.get(context.lifetime) ?? 0;
  if (open >= MOST_OPEN_CALLS) {
    throw context.fail("FUS0517", `${operation}: ${MOST_OPEN_CALLS} calls to other plugins are open already`);
  }
  openCalls.set(context.lifetime, open + 1);
  const account = new Account(context);
  let value: unknown;
  try {
    // A call begins at once, on the stack of who makes it.
    if (syncDepth >= DEEPEST_SYNC) await Promise.resolve();
    value = await begun(() => plugin.call(fn, args, account.options));
  } catch (error) {
    throw asException(context, operation, error);
  } finally {
    openCalls.set(context.lifetime, (openCalls.get(context.lifetime) ?? 1) - 1);
    account.settle();
  }
  return resultOf(context, operation, value, result);
}

function begun<T>(begin: () => T): T {
  syncDepth++;
  try {
    return begin();
  } finally {
    syncDepth--;
  }
}

function callAtOnce(
  context: NativeContext,
  { operation, fn }: PeerFunction,
  plugin: Plugin,
  args: readonly unknown[],
  result: TypeDescriptor,
): Value {
  if (syncDepth >= DEEPEST_SYNC) {
    throw context.fail("FUS0517", `${operation}: plugins call each other more than ${DEEPEST_SYNC} deep`);
  }
  const account = new Account(context);
  let value: unknown;
  try {
    value = begun(() => plugin.callSync(fn, args, account.options));
  } catch (error) {
    throw asException(context, operation, error);
  } finally {
    account.settle();
  }
  return resultOf(context, operation, value, result);
}

/** The other plugin works on the caller's account: on what is left of its time and fuel. */
class Account {
  readonly options: CallOptions;
  readonly #context: NativeContext;
  #spent = 0;

  constructor(context: NativeContext) {
    const { remainingMs, remainingInstructions, signal } = context;
    this.#context = context;
    this.options = {
      ...(Number.isFinite(remainingMs) ? { timeoutMs: Math.max(0, Math.ceil(remainingMs)) } : {}),
      ...(Number.isFinite(remainingInstructions)
        ? { limits: { maxInstructions: Math.max(0, Math.floor(remainingInstructions)) } }
        : {}),
      ...(signal === undefined ? {} : { signal }),
      onUsage: ({ instructions }) => {
        this.#spent = instructions;
      },
    };
  }

  /** Charges the caller. Ends it if that was more than it had. */
  settle(): void {
    this.#context.charge(this.#spent);
  }
}

function argumentsOf(
  context: NativeContext,
  { operation, type }: PeerFunction,
  args: readonly Value[],
): { readonly given: readonly unknown[]; readonly result: TypeDescriptor } {
  let rest = parseSignature(type).type;
  const given = args.map((arg, index) => {
    const parameter: TypeDescriptor = rest.kind === "function" ? rest.parameter : { kind: "any" };
    if (rest.kind === "function") rest = rest.result;
    const data = crossing(context, operation, () => toHost(arg, parameter, context.conversion, `$${index}`));
    requireData(context, operation, data);
    return data;
  });
  return { given, result: rest };
}

function resultOf(context: NativeContext, operation: string, value: unknown, result: TypeDescriptor): Value {
  requireData(context, operation, value);
  return crossing(context, operation, () => toScript(value, result, context.conversion));
}

function crossing<T>(context: NativeContext, operation: string, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (error instanceof ConversionError)
      throw context.fail("FUS0517", `${operation}: ${error.message}`, error);
    throw error;
  }
}

/** What crosses is data: a function would run with the grants of whoever made it. The conversion bounds how deep it is. */
function requireData(context: NativeContext, operation: string, data: unknown): void {
  context.charge(1);
  if (typeof data === "function")
    throw context.fail("FUS0517", `${operation}: functions cannot cross plugins`);
  if (typeof data !== "object" || data === null) return;
  const parts =
    data instanceof Map
      ? [...data.keys(), ...data.values()]
      : data instanceof Set
        ? [...data]
        : Array.isArray(data)
          ? data
          : Object.values(data);
  for (const part of parts) requireData(context, operation, part);
}

const LONGEST_MESSAGE = 2_000;

function asException(context: NativeContext, operation: string, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  // The message of a call through many plugins holds those of all of them.
  const shown = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
  return context.fail("FUS0517", `${operation}: ${shown}`, error);
}
