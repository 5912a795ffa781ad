/** Measures what was asked for, or everything: `npm run bench -- fib load --samples 15`, `npm run bench -- --no-peers`. */
import { parseArgs } from "node:util";
import {
  openHostCallsPlugin,
  openHostCallsScript,
  openHostCallsTrivialExport,
  openScriptCallsHost,
} from "./calls.js";
import { openGuardedFunction, openGuardedVariable } from "./capability-check.js";
import { openColdStart } from "./cold-start.js";
import { measureCompilation } from "./compilation.js";
import { measureDiscovery } from "./discovery.js";
import { openFuel } from "./fuel.js";
import { openLoading } from "./loading.js";
import { type Comparison, measure } from "./measure.js";
import { measureMemory } from "./memory.js";
import { openProgram, programNames } from "./programs.js";
import { measureRegistered } from "./registered.js";
import { measureReloads } from "./reload.js";
import { reportOf } from "./report.js";

type Open = (options: { readonly withPeers: boolean }) => Comparison | Promise<Comparison>;

const benchmarks = new Map<string, readonly Open[]>([
  ...programNames.map((name): [string, readonly Open[]] => [name, [(options) => openProgram(name, options)]]),
  ["hostcall", [openScriptCallsHost]],
  ["scriptcall", [openHostCallsScript]],
  ["plugincall", [openHostCallsPlugin]],
  ["emptycall", [openHostCallsTrivialExport]],
  ["capability", [openGuardedFunction, openGuardedVariable]],
  ["fuel", ["fib", "loopsum", "conslist"].map((name) => () => openFuel(name))],
  ["coldstart", [openColdStart]],
  ["load", [openLoading]],
]);

type Report = (options: { readonly withPeers: boolean; readonly samples: number }) => Promise<string>;

/** What is measured in processes of its own. */
const reports = new Map<string, Report>([
  ["compile", measureCompilation],
  ["memory", measureMemory],
  ["reload", measureReloads],
  ["discover", measureDiscovery],
  ["registered", measureRegistered],
]);

/** Fewer say little about the median. */
const leastSamples = 7;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    samples: { type: "string", default: "9" },
    peers: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const samples = Number(values.samples);
const names = [...benchmarks.keys(), ...reports.keys()];
const unknown = positionals.filter((name) => !names.includes(name));
if (!Number.isInteger(samples) || samples < leastSamples) {
  console.error(`--samples takes a number from ${leastSamples}`);
  process.exitCode = 2;
} else if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(", ")}; there are: ${names.join(" ")}`);
  process.exitCode = 2;
} else {
  const chosen = positionals.length === 0 ? names : positionals;
  console.log(
    `Node ${process.version}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}; median of ${samples} samples, × plain JavaScript (fastest … slowest)`,
  );
  for (const name of chosen) {
    const report = await reports.get(name)?.({ withPeers: values.peers, samples });
    if (report !== undefined) console.log(`\n${report}`);
    for (const open of benchmarks.get(name) ?? []) {
      const comparison = await open({ withPeers: values.peers });
      const measurements = await measure(comparison, { samples, warmUpMs: 400, sampleMs: 40 });
      await comparison.close?.();
      console.log(`\n${reportOf(comparison, measurements)}`);
    }
  }
}
