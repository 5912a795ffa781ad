// A host whose plugin changes under its hands: calls go on, the count goes on, and a version that does not compile changes nothing. The
// plugin is copied to a folder of its own, where this program plays the author who edits it.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type HotReloadEvents, PluginRuntime } from "@fusabi/runtime";

const folder = await mkdtemp(join(tmpdir(), "hot-reload-"));
await cp(fileURLToPath(new URL("../plugin", import.meta.url)), folder, { recursive: true });
const source = join(folder, "main.fsx");

try {
  await using runtime = new PluginRuntime();
  await runtime.loadManifest(join(folder, "plugin.toml"));
  await using hotReload = await runtime.watch({ debounce: 50 });
  hotReload.on("after", (event) => {
    const outcome = event.ok ? "serves" : `does not load: ${firstLine(event.error)}`;
    console.log(`  the new version ${outcome}`);
  });

  const ticking = async (times: number) => {
    for (let i = 0; i < times; i++) console.log(await runtime.call("ticker", "tick"));
  };
  const edit = async (what: string, text: string) => {
    console.log(`\n${what}`);
    const after = new Promise<HotReloadEvents["after"]>((resolve) => hotReload.on("after", resolve));
    await writeFile(source, text);
    await after;
  };

  const original = await readFile(source, "utf8");
  await ticking(2);
  await edit("The author changes the words", original.replace('$"tick {ticks}"', '$"tock number {ticks}"'));
  await ticking(2);
  await edit("The author makes a mistake", original.replace("ticks + 1", 'ticks + "1"'));
  await ticking(1);
  await edit("The author puts it right", original.replace('$"tick {ticks}"', '$"and {ticks} it is"'));
  await ticking(1);
} finally {
  await rm(folder, { recursive: true });
}

/** Without the folder, which has another name each time. */
function firstLine(error: Error): string {
  return (error.message.split("\n")[0] ?? "").replaceAll(`${folder}/`, "");
}
