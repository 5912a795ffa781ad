// A small host for a terminal: loads three plugins, shows what they declared and were granted, lets them work, and
// shows what happens to a plugin that asks for too much and to one that never comes back.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { PluginRuntime } from "@fusabi/runtime";
import type { Problem, Summary } from "./answers.js";
import { bar, heading, refused, tableWith } from "./screen.js";

/** Paths as the person in front of the terminal would type them. */
function folder(path: string): string {
  return relative("", fileURLToPath(new URL(path, import.meta.url)));
}
const plugins = folder("../../plugins");
const troublemakers = folder("../plugins");

await using runtime = new PluginRuntime({
  capabilities: ["fs:read"],
  sandbox: { read: { allow: [fileURLToPath(new URL("../../plugins", import.meta.url))] } },
  limits: { maxInstructions: 5_000_000 },
});

const { loaded, failed } = await runtime.loadDirectory(plugins);
for (const [path, error] of failed) console.error(`${path}: ${error.message}`);
const table = tableWith(runtime);

heading("Three plugins, checked, compiled and started");
await table({
  header: ["plugin", "declares", "granted", "offers"],
  rows: loaded.flatMap(({ name, version, manifest, capabilities, exports }) => {
    const declared = manifest.capabilities;
    const first = [
      `${name} ${version}`,
      declared.join(", ") || "nothing",
      declared.filter((one) => capabilities.has(one)).join(", ") || "safe defaults",
    ];
    return [...exports.values()].map((one, index) => [
      ...(index === 0 ? first : ["", "", ""]),
      `${one.name} : ${one.type}`,
    ]);
  }),
});

heading("log-summary reads app.log, which is below the folder that it may read");
const summary = (await runtime.call("log-summary", "summarise", ["app.log", 3])) as Summary;
await table({
  header: ["level", "lines", ""],
  rows: summary.levels.map(([level, count]) => [level, String(count), bar(count, summary.lines)]),
});
console.log();
await table({
  header: ["slowest request", "ms"],
  rows: summary.slowest.map(({ path, ms }) => [path, String(ms)]),
});
console.log();
await table({
  header: ["error", "times", "codes"],
  rows: summary.errors.map(({ message, count, codes }) => [message, String(count), codes.join(" ")]),
});

heading("config-check says what is wrong in server.ini");
const text = await readFile(`${plugins}/config-check/server.ini`, "utf8");
const problems = (await runtime.call("config-check", "check", [text])) as readonly Problem[];
await table({
  header: ["line", "problem"],
  rows: problems.map(({ line, message }) => [line === 0 ? "" : String(line), message]),
});

heading("A plugin that asks for more than this host grants does not load");
await refused(() => runtime.loadManifest(`${troublemakers}/over-reaching/plugin.toml`));

heading("A granted capability ends where the policy does");
await refused(() => runtime.call("log-summary", "summarise", ["../../../package.json", 3]));

heading("A call that never comes back is stopped");
await runtime.loadManifest(`${troublemakers}/endless/plugin.toml`);
await refused(() => runtime.call("endless", "count"));

const { calls } = runtime.stats();
heading(`${calls.total} calls: ${calls.succeeded} answered, ${calls.failed} stopped, and the host goes on`);
