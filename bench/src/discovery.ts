/** What a host that starts waits for its plugins: a thousand of fifty lines, from their folders to all of them running, in a new process each time. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerOf } from "./child.js";
import { readText } from "./fusabi-program.js";
import { reportOfDiscovery } from "./report.js";

const plugins = 1_000;
const runs = 3;

/** The lines of the report. */
export async function measureDiscovery(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "fusabi-bench-"));
  try {
    const folder = join(root, "plugins");
    const cache = join(root, "cache");
    for (let i = 0; i < plugins; i++) await writePlugin(join(folder, `events-${i}`), `events-${i}`);
    const times = async (...where: readonly string[]) => {
      const milliseconds: number[] = [];
      for (let run = 0; run < runs; run++) milliseconds.push(await discovery(folder, ...where));
      return milliseconds.toSorted((a, b) => a - b);
    };
    const fromSource = await times();
    await discovery(folder, cache);
    return reportOfDiscovery({ plugins, fromSource, fromCache: await times(cache) });
  } finally {
    await rm(root, { recursive: true });
  }
}

function discovery(folder: string, ...cache: readonly string[]): Promise<number> {
  return answerOf("discovery-process.ts", [folder, String(plugins), ...cache]);
}

/** No two plugins have the same text. */
async function writePlugin(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "plugin.toml"),
    readText("plugin/plugin.toml").replace('name = "events"', `name = "${name}"`),
  );
  await writeFile(
    join(folder, "plugin.fsx"),
    readText("plugin/plugin.fsx").replace("no command", `no command for ${name}`),
  );
}
