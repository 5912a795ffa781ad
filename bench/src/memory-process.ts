/** Run as a process of its own by `memory.ts`: starts a thousand instances and sends how much the process grew, in KiB an instance. */
import { setTimeout as sleep } from "node:timers/promises";
import { standardLibrary } from "@fusabi/stdlib";
import { decodeModule, instantiate } from "@fusabi/vm";
import { bytecodeOf, readText } from "./fusabi-program.js";
import { peers } from "./peers.js";

const instances = 1_000;
/** What the first ones set up is shared by all. */
const warmUp = 10;

const runner = process.argv[2];
const start = runner === "fusabi" ? startInstance() : await startPeer();

const live: unknown[] = [];
for (let i = 0; i < warmUp; i++) live.push(await start());
const before = await settledBytes();
for (let i = 0; i < instances; i++) live.push(await start());
const after = await settledBytes();
process.send?.((after - before) / 1024 / instances);
// Looked at only now, so that they are alive until here.
if (live.length !== warmUp + instances) throw new Error("instances were lost");
process.disconnect();

function startInstance(): () => unknown {
  const library = standardLibrary();
  const module = decodeModule(bytecodeOf(readText("plugin/plugin.fsx"), "plugin.fsx"));
  return () => {
    const instance = instantiate(module, { imports: library });
    instance.call("on_event", [1, "key"]);
    return instance;
  };
}

async function startPeer(): Promise<() => Promise<unknown>> {
  const peer = peers.find((each) => each.name === runner);
  if (peer === undefined) throw new Error(`no peer ${runner}`);
  const source = readText(`plugin/plugin.${peer.language}`);
  return async () => {
    const script = await peer.open(source);
    script.function("on_event")(1, "key");
    return script;
  };
}

/** Bytes of the process once everything that can be collected is. */
async function settledBytes(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.();
    await sleep(50);
  }
  return process.memoryUsage.rss();
}
