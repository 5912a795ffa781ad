// A host that automates. A plugin plans a rollout with the help of two others; the host rehearses the plan, does it, takes back what was
// done when a step fails, and shows who did what: the profile orchestration-constrained records every use of a capability.
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { PluginRuntime, type RuntimeOptions } from "@fusabi/runtime";
import { heading, table } from "./screen.js";
import { run, type Step } from "./workflow.js";

const here = (path: string): string => relative("", fileURLToPath(new URL(path, import.meta.url)));

const data = await mkdtemp(join(tmpdir(), "servers-"));
await cp(here("../data"), data, { recursive: true });

/** High privileges, but no further than the data: everything that the sandbox does not name stays shut. */
const options: RuntimeOptions = {
  profile: "orchestration-constrained",
  sandbox: { workingDir: data, read: { allow: [data] }, write: { allow: [join(data, "servers")] } },
  pluginDirs: [here("../plugins")],
};

try {
  await using runtime = new PluginRuntime(options);
  const { loaded, failed } = await runtime.discover();
  for (const [path, error] of failed) console.error(`${path}: ${error.message}`);

  heading("Four plugins, those first that others need");
  table(
    ["plugin", "needs", "may"],
    loaded.map(({ name, manifest }) => [
      name,
      manifest.dependencies.map((one) => one.name).join(", "),
      manifest.capabilities.join(" "),
    ]),
  );

  const plan = async (version: string) =>
    (await runtime.call("rollout", "plan", ["web", version])) as readonly Step[];

  heading("The plan for 2.4.0, rehearsed: what it would change, and nothing has changed");
  await rehearse((await plan("2.4.0")).slice(0, 4));
  await showVersions();

  heading("2.4.0, for real");
  await roll(runtime, await plan("2.4.0"));
  await showVersions();

  heading("3.0.0, which one of the servers may not run");
  await roll(runtime, await plan("3.0.0"));
  await showVersions();

  heading("A step that leaves the servers is denied, whoever planned it");
  const stray = { plugin: "installer", action: "install", args: ["../elsewhere", "3.0.0"] };
  await roll(runtime, [{ title: "install beside the servers", call: stray, undo: null }]);

  heading("Who did what, by the audit");
  table(
    ["plugin", "capability", "allowed", "denied"],
    loaded.flatMap(({ name, capabilityUses }) =>
      [...capabilityUses].map(([capability, { allowed, denied }]) => [
        name,
        capability,
        String(allowed),
        String(denied),
      ]),
    ),
  );

  heading("And what was denied");
  for (const { plugin, operation, target = "", reason = "" } of loaded.flatMap(({ audit }) =>
    audit.filter(({ decision }) => decision === "denied"),
  ))
    console.log(`  ${plugin}: ${operation} ${brief(target)}: ${brief(reason)}`);
} finally {
  await rm(data, { recursive: true });
}

/** Does the steps that change something in a dry run, with plugins of their own, and shows what they would have done. */
async function rehearse(steps: readonly Step[]): Promise<void> {
  await using rehearsal = new PluginRuntime({
    ...options,
    dryRun: true,
    onEffect: ({ plugin, operation, target = "" }) =>
      console.log(`  ${plugin}: ${operation} ${brief(target)}`),
  });
  await rehearsal.discover();
  await run(
    rehearsal,
    steps.filter(({ undo }) => undo !== null),
    () => undefined,
  );
}

/** Does the steps, and shows how it goes. */
async function roll(runtime: PluginRuntime, steps: readonly Step[]): Promise<void> {
  const outcome = await run(runtime, steps, (what, { title }) =>
    console.log(`  ${what.padEnd(10)}  ${title}`),
  );
  if (outcome.ok) return;
  console.log(`  because: ${brief(outcome.error.message)}`);
  for (const { title } of outcome.notUndone) console.error(`  by hand: undo "${title}"`);
}

async function showVersions(): Promise<void> {
  const versions = await Promise.all(
    ["web-1", "web-2", "web-3"].map(async (server) => {
      const version = await readFile(join(data, "servers", server, "version"), "utf8");
      return `${server} ${version.trim()}`;
    }),
  );
  console.log(`  ${versions.join(", ")}`);
}

/** The first line, without the folder, which has another name each time. */
function brief(text: string): string {
  return (text.split("\n")[0] ?? "").replaceAll(data, "DATA");
}
