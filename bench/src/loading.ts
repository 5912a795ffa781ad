import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { PluginLoader } from "@fusabi/loader";
import { bytecodeOf, readText } from "./fusabi-program.js";
import type { Comparison } from "./measure.js";

const pluginsOnDisk = 1000;

/** Loads a thousand plugins of fifty lines, each from its folder, and leaves them running. */
export async function openLoading(): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), "fusabi-bench-"));
  const plugins = await Promise.all(
    Array.from({ length: pluginsOnDisk }, (_, i) => writePlugin(folder, `events-${i}`)),
  );
  const loader = new PluginLoader();
  const loadAll = async (manifestOf: (plugin: string) => string) => {
    for (const plugin of plugins) {
      const loaded = await loader.loadFromManifest(manifestOf(plugin));
      if (loaded.state !== "running") throw new Error(`${loaded.name} is ${loaded.state}`);
      await loaded.unload();
    }
  };
  return {
    title: `load: ${pluginsOnDisk.toLocaleString("en")} plugins of 50 lines from disk, one after the other`,
    unit: "ms",
    rate: (milliseconds) => `${((milliseconds * 1000) / pluginsOnDisk).toFixed(0)} µs each`,
    cases: [
      {
        name: "plain JavaScript",
        run: async () => {
          for (const plugin of plugins) await loadPlain(plugin);
        },
      },
      { name: "from source", run: () => loadAll((plugin) => join(plugin, "plugin.toml")) },
      { name: "from bytecode", run: () => loadAll((plugin) => join(plugin, "compiled.toml")) },
    ],
    close: () => rm(folder, { recursive: true }),
  };
}

/** A folder with the plugin as source, as bytecode and in JavaScript. No two plugins have the same text. */
async function writePlugin(folder: string, name: string): Promise<string> {
  const plugin = join(folder, name);
  const manifest = readText("plugin/plugin.toml").replace('name = "events"', `name = "${name}"`);
  const source = readText("plugin/plugin.fsx").replace("no command", `no command for ${name}`);
  const javaScript = readText("plugin/plugin.js")
    .replaceAll("export function", "function")
    .replace("unknown command", `unknown command of ${name}`);
  await mkdir(plugin);
  await Promise.all([
    writeFile(join(plugin, "plugin.toml"), manifest),
    writeFile(join(plugin, "plugin.fsx"), source),
    writeFile(
      join(plugin, "compiled.toml"),
      manifest.replace('source = "plugin.fsx"', 'bytecode = "plugin.fzb"'),
    ),
    writeFile(join(plugin, "plugin.fzb"), bytecodeOf(source, "plugin.fsx")),
    writeFile(join(plugin, "plugin.json"), JSON.stringify({ name, exports: ["on_command", "on_event"] })),
    writeFile(join(plugin, "plugin.js"), `(() => {\n${javaScript}\nreturn { on_command, on_event };\n})()`),
  ]);
  return plugin;
}

/** The least that a host of JavaScript plugins does: no checks, no limits, no capabilities. */
async function loadPlain(plugin: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(plugin, "plugin.json"), "utf8")) as { exports: string[] };
  const text = await readFile(join(plugin, "plugin.js"), "utf8");
  const exported = new Script(text).runInThisContext() as Record<string, unknown>;
  for (const name of manifest.exports)
    if (typeof exported[name] !== "function") throw new Error(`${plugin} exports no '${name}'`);
}
