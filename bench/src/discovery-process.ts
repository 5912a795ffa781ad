/** Run as a process of its own by `discovery.ts`: a host that discovers the plugins of a folder, from nothing to all of them running. Sends the milliseconds. */
import { PluginRuntime } from "@fusabi/runtime";

const [folder = "", count = "0", cache] = process.argv.slice(2);

const started = performance.now();
const runtime = new PluginRuntime({
  pluginDirs: [folder],
  maxPlugins: Number(count),
  ...(cache === undefined ? {} : { cache }),
});
const { failed } = await runtime.discover();
const milliseconds = performance.now() - started;
const { running } = runtime.registry.stats();
if (failed.size > 0 || running !== Number(count))
  throw new Error(`${running} of ${count} plugins run, ${failed.size} failed`);
process.send?.(milliseconds);
await runtime.dispose();
process.disconnect?.();
