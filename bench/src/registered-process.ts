/** Run as a process of its own by `registered.ts`: takes ten thousand plugins into a runtime and sends how many bytes each of them keeps. */
import { PluginRuntime } from "@fusabi/runtime";
import { bytecodeOf } from "./fusabi-program.js";

const count = Number(process.argv[2]);
/** What the first ones set up is shared by all. */
const warmUp = 50;

const bytecode = bytecodeOf("let run (n: int) = n + 1\n", "plugin.fsx");
const runtime = new PluginRuntime({ maxPlugins: count + warmUp });
const register = async (from: number, to: number) => {
  for (let i = from; i < to; i++) {
    const plugin = await runtime.loader.loadBytecode(bytecode, { name: `plugin-${i}`, autoStart: false });
    await runtime.registry.register(plugin);
  }
};
await register(0, warmUp);
const before = settledBytes();
await register(warmUp, warmUp + count);
process.send?.((settledBytes() - before) / count);
await runtime.dispose();
process.disconnect?.();

function settledBytes(): number {
  for (let i = 0; i < 2; i++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
