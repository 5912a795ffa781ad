/** From the moment that a file is saved to the first answer of the new version. */
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { PluginRuntime } from "@fusabi/runtime";
import { pathOf } from "./fusabi-program.js";
import { reportOfReloads } from "./report.js";

const debounceMs = 50;
const reloads = 60;
/** Longer than what the library below may miss. */
const pauseMs = 150;

/** The lines of the report. */
export async function measureReloads(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fusabi-bench-"));
  try {
    await cp(pathOf("plugin"), folder, { recursive: true });
    const times = await reloadTimes(folder);
    return reportOfReloads({ debounceMs, times });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function reloadTimes(folder: string): Promise<readonly number[]> {
  const path = join(folder, "plugin.fsx");
  const source = await readFile(path, "utf8");
  await using runtime = new PluginRuntime();
  await runtime.loadManifest(join(folder, "plugin.toml"));
  await using _hotReload = await runtime.watch({ debounce: debounceMs });
  const times: number[] = [];
  for (let version = 1; version <= reloads; version++) {
    await writeFile(`${path}.tmp`, source.replaceAll("unknown command", `unknown command ${version}:`));
    const saved = performance.now();
    await rename(`${path}.tmp`, path);
    while (runtime.callSync("events", "on_command", ["x"]) !== `unknown command ${version}: x`)
      await setImmediate();
    times.push(performance.now() - saved);
    await sleep(pauseMs);
  }
  return times;
}
