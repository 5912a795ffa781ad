// A host that watches. Daemons collect at the intervals that their manifests ask for; what they measure becomes metrics; who cannot do
// its work, or says that something is wrong, is noticed. A second of the plugins is 20 milliseconds here, so that the show is short.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { PluginRuntime } from "@fusabi/runtime";
import { collect } from "./collecting.js";
import { Measurements } from "./measurements.js";
import { heading, table } from "./screen.js";

const SECOND = 20;
const here = (path: string): string => relative("", fileURLToPath(new URL(path, import.meta.url)));

const data = await mkdtemp(join(tmpdir(), "observed-"));
await cp(here("../data"), data, { recursive: true });
const measurements = new Measurements();

try {
  // Reading, measuring, logging: more the profile does not grant, and of the disk the policy shows the data alone.
  await using runtime = new PluginRuntime({
    profile: "observability",
    sandbox: { workingDir: data, read: { allow: [data] } },
    pluginDirs: [here("../plugins")],
    library: {
      metrics: measurements,
      log: ({ level, plugin, text }) => console.log(`  ${level} ${plugin}: ${text}`),
    },
  });

  const { loaded, failed } = await runtime.discover();
  for (const [path, error] of failed) console.error(`${path}: ${error.message}`);
  const daemons = loaded.filter(({ manifest }) => manifest.metadata["category"] === "daemon");

  heading("Daemons, and how often they collect");
  table(
    ["daemon", "seconds", "may"],
    daemons.map(({ name, manifest, capabilities }) => [
      name,
      manifest.metadata["interval"] ?? "60",
      capabilities.names().join(" "),
    ]),
  );

  /** Six seconds: each daemon at its interval, side by side. Answers the first thing that went wrong for each. */
  const sixSeconds = async (): Promise<ReadonlyMap<string, Error>> => {
    const failures = new Map<string, Error>();
    await Promise.all(
      daemons.map(({ name, manifest }) => {
        const interval = Number(manifest.metadata["interval"] ?? "60");
        const onFailure = (error: Error) => failures.set(name, failures.get(name) ?? error);
        return collect(runtime, name, {
          everyMs: interval * SECOND,
          times: Math.floor(6 / interval),
          onFailure,
        });
      }),
    );
    return failures;
  };

  /** How each daemon is doing: its health check says so, of itself and of what it watches. */
  const showHealth = async (): Promise<void> => {
    const rows = daemons.map(async ({ name }) => {
      const { healthy, answer, lastError } = await runtime.checkHealth(name);
      return [name, healthy ? "fine" : "trouble", finding(answer), lastError ? "yes" : "no"];
    });
    table(["daemon", "is", "because", "has failed"], await Promise.all(rows));
  };

  heading("Six seconds later");
  for (const [name, error] of await sixSeconds()) console.log(`  ${name}: ${withoutFolder(error)}`);
  await showHealth();

  heading("What was missing is put there, and the queue is worked off");
  await writeFile(join(data, "certificates.txt"), "example.com 80\nexample.org 21\n");
  await rm(join(data, "queue/0001.job"));
  for (const [name, error] of await sixSeconds()) console.log(`  ${name}: ${withoutFolder(error)}`);
  await showHealth();

  heading("What they measured");
  for (const line of measurements.lines()) console.log(`  ${line}`);

  heading("What they read, of all that they could have asked for");
  table(
    ["daemon", "capability", "allowed", "denied"],
    daemons.flatMap(({ name, capabilityUses }) =>
      [...capabilityUses]
        .filter(([capability]) => capability === "fs:read")
        .map(([capability, { allowed, denied }]) => [name, capability, String(allowed), String(denied)]),
    ),
  );

  heading("A daemon that would do more than watch does not load");
  await runtime.loadManifest(here("../refused/cleaner/plugin.toml")).then(
    () => console.log("  it loaded, which should not have happened"),
    (error: unknown) => console.log(`  ${error instanceof Error ? withoutFolder(error) : String(error)}`),
  );

  heading("The end: what each has to say when it is stopped");
} finally {
  await rm(data, { recursive: true });
}

/** What a health check found: these answer `Result<string, string>`. */
function finding(answer: unknown): string {
  if (answer instanceof Error) return withoutFolder(answer);
  const result = answer as
    | { readonly ok: true; readonly value: string }
    | { readonly ok: false; readonly error: string };
  return result.ok ? result.value : result.error;
}

/** The first line, without the folder, which has another name each time. */
function withoutFolder(error: Error): string {
  return (error.message.split("\n")[0] ?? "").replaceAll(`${data}/`, "");
}
