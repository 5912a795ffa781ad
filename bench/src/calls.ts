import { pathToFileURL } from "node:url";
import { jit } from "@fusabi/jit";
import { PluginRuntime } from "@fusabi/runtime";
import { hostModule, type Instance } from "@fusabi/vm";
import { bytecodeOf, instanceOf, pathOf, readText, type Tier, tiers } from "./fusabi-program.js";
import type { Case, Comparison } from "./measure.js";
import type { PeerScript } from "./peers/peer.js";
import { peers } from "./peers.js";

interface PlainHost {
  add1(n: number): number;
  hello(name: string): string;
}

interface PlainScript {
  next(n: number): number;
  onEvent(id: number, key: string): string;
  run(host: PlainHost, n: number): number;
  greet(host: PlainHost, n: number): number;
}

interface PlainPlugin {
  on_event(id: number, key: string): string;
  on_command(line: string): string;
}

const plainHost: PlainHost = { add1: (n) => n + 1, hello: (name) => `Hello, ${name}!` };

const host = hostModule("Host", {
  add1: { type: "int -> int", run: (_, n: number) => plainHost.add1(n) },
  add1_native: { type: "int -> int", native: (_, n: number) => plainHost.add1(n) },
  hello: { type: "string -> string", run: (_, name: string) => plainHost.hello(name) },
});

async function importPlain<T>(file: string): Promise<T> {
  return (await import(pathToFileURL(pathOf(file)).href)) as T;
}

const callsOfOneRun = 100_000;

interface Options {
  readonly withPeers: boolean;
}

async function openPeers({
  withPeers,
}: Options): Promise<readonly { readonly name: string; readonly script: PeerScript }[]> {
  if (!withPeers) return [];
  return Promise.all(
    peers.map(async (peer) => ({
      name: peer.name,
      script: await peer.open(readText(`programs/peer-calls.${peer.language}`), { add1: plainHost.add1 }),
    })),
  );
}

/** A script that does nothing but call its host. */
export async function openScriptCallsHost({ withPeers }: Options): Promise<Comparison> {
  const plain = await importPlain<PlainScript>("programs/calls.js");
  const instances = openTiers();
  const others = await openPeers({ withPeers });
  for (const { instance } of instances) {
    const call = (name: string) => instance.call(name, [callsOfOneRun]);
    agree("run", call("run"), plain.run(plainHost, callsOfOneRun));
    agree("run_native", call("run_native"), plain.run(plainHost, callsOfOneRun));
    agree("greet", call("greet"), plain.greet(plainHost, callsOfOneRun));
  }
  return {
    title: "hostcall: a script calls its host",
    unit: "ns",
    operations: callsOfOneRun,
    rate: perSecond,
    cases: [
      { name: "plain JavaScript, int → int", run: () => plain.run(plainHost, callsOfOneRun) },
      ...instances.flatMap(({ tier, instance }): Case[] => {
        const call = (name: string) => instance.call(name, [callsOfOneRun]);
        return [
          { name: `${tier}: host function, int → int`, run: () => call("run") },
          { name: `${tier}: native function, int → int`, run: () => call("run_native") },
          { name: `${tier}: host function, string → string`, run: () => call("greet") },
        ];
      }),
      ...others.map(({ name, script }): Case => {
        const run = script.function("run");
        agree(name, run(callsOfOneRun), callsOfOneRun);
        return { name: `${name}, int → int`, run: () => run(callsOfOneRun) };
      }),
    ],
    close: () => closeAll(instances, others),
  };
}

/** A host that calls an exported function, on an instance of the virtual machine. */
export async function openHostCallsScript({ withPeers }: Options): Promise<Comparison> {
  const plain = await importPlain<PlainScript>("programs/calls.js");
  const instances = openTiers();
  for (const { instance } of instances) {
    agree("next", instance.call("next", [41]), 42);
    agree("on_event", instance.call("on_event", [7, "key"]), plain.onEvent(7, "key"));
  }
  const others = await openPeers({ withPeers });
  const calls = 10_000;
  const repeat = (once: (i: number) => unknown) => () => repeatSync(calls, once);
  return {
    title: "scriptcall: a host calls a script",
    unit: "ns",
    operations: calls,
    rate: perSecond,
    cases: [
      { name: "plain JavaScript, int → string → string", run: repeat((i) => plain.onEvent(i, "key")) },
      ...instances.flatMap(({ tier, instance }): Case[] => [
        { name: `${tier}: int → int`, run: repeat((i) => instance.call("next", [i])) },
        { name: `${tier}: int → string → string`, run: repeat((i) => instance.call("on_event", [i, "key"])) },
      ]),
      ...others.map(({ name, script }): Case => {
        const onEvent = script.function("on_event");
        agree(name, onEvent(7, "key"), plain.onEvent(7, "key"));
        return { name: `${name}, int → string → string`, run: repeat((i) => onEvent(i, "key")) };
      }),
    ],
    close: () => closeAll(instances, others),
  };
}

/** A host that calls a plugin which does a little work, through the runtime. */
export async function openHostCallsPlugin(): Promise<Comparison> {
  const plain = await importPlain<PlainPlugin>("plugin/plugin.js");
  const runtime = new PluginRuntime();
  const plugin = await runtime.loadManifest(pathOf("plugin/plugin.toml"));
  agree("on_event", plugin.callSync("on_event", [7, "key"]), plain.on_event(7, "key"));
  const calls = 1_000;
  return {
    title: "plugincall: a host calls on_event of a plugin with 50 lines",
    unit: "µs",
    operations: calls,
    rate: perSecond,
    cases: [
      { name: "plain JavaScript", run: () => repeatSync(calls, (i) => plain.on_event(i, "key")) },
      {
        name: "Plugin.callSync",
        run: () => repeatSync(calls, (i) => plugin.callSync("on_event", [i, "key"])),
      },
      {
        name: "PluginRuntime.callSync",
        run: () => repeatSync(calls, (i) => runtime.callSync("events", "on_event", [i, "key"])),
      },
      {
        name: "await PluginRuntime.call",
        run: async () => {
          for (let i = 0; i < calls; i++) await runtime.call("events", "on_event", [i, "key"]);
        },
      },
    ],
    close: () => runtime.dispose(),
  };
}

/** The same with an export that does nothing, so that all the time is that of the call itself. */
export async function openHostCallsTrivialExport(): Promise<Comparison> {
  const runtime = new PluginRuntime({ engine: jit() });
  const bytecode = bytecodeOf("let same (n: int) : int = n\n", "same.fsx");
  await runtime.registry.register(await runtime.loader.loadBytecode(bytecode, { name: "same" }));
  const plain = new Map([["same", { same: (n: number) => n }]]);
  const calls = 1_000;
  return {
    title: "emptycall: a host calls an export that gives its argument back, in the jit",
    unit: "ns",
    operations: calls,
    rate: perSecond,
    warmUpMs: 2_000,
    cases: [
      { name: "plain JavaScript, by names", run: () => repeatSync(calls, (i) => plain.get("same")?.same(i)) },
      {
        name: "PluginRuntime.callSync",
        run: () => repeatSync(calls, (i) => runtime.callSync("same", "same", [i])),
      },
      {
        name: "await PluginRuntime.call",
        run: async () => {
          for (let i = 0; i < calls; i++) await runtime.call("same", "same", [i]);
        },
      },
    ],
    close: () => runtime.dispose(),
  };
}

function openTiers(): readonly { readonly tier: Tier; readonly instance: Instance }[] {
  const bytecode = bytecodeOf(readText("programs/calls.fsx"), "calls.fsx", [host]);
  return tiers.map((tier) => ({ tier, instance: instanceOf(bytecode, { tier, hostModules: [host] }) }));
}

function closeAll(
  instances: readonly { readonly instance: Instance }[],
  others: readonly { readonly script: PeerScript }[],
): void {
  for (const { instance } of instances) instance.dispose();
  for (const { script } of others) script.close();
}

function repeatSync(calls: number, once: (i: number) => unknown): unknown {
  let last: unknown;
  for (let i = 0; i < calls; i++) last = once(i);
  return last;
}

function agree(name: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${name}: the script gives ${String(actual)}, plain JavaScript ${String(expected)}`);
}

function perSecond(milliseconds: number): string {
  return `${Math.round(1000 / milliseconds).toLocaleString("en")} calls/s`;
}
