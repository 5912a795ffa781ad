import type { Comparison, Measurement, Unit } from "./measure.js";

const perMillisecond: Readonly<Record<Unit, number>> = { ns: 1e6, µs: 1e3, ms: 1 };

/** The lines that show the measurements of a comparison. */
export function reportOf(
  comparison: Pick<Comparison, "title" | "unit" | "rate">,
  measurements: readonly Measurement[],
): string {
  const { unit, rate } = comparison;
  const shown = (milliseconds: number) => significant(milliseconds * perMillisecond[unit]);
  const lines = measurements.map(({ name, median, fastest, slowest, ratio }) =>
    [
      `  ${name.padEnd(36)} ${shown(median).padStart(8)} ${unit}`,
      `${significant(ratio)}×`.padStart(9),
      `   (${shown(fastest)} … ${shown(slowest)})`,
      rate === undefined ? "" : `   ${rate(median)}`,
    ].join(""),
  );
  return [comparison.title, ...lines].join("\n");
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Kibibytes of one live instance, of each run in ascending order. */
export interface RunnerMemory {
  readonly name: string;
  readonly kibibytes: readonly number[];
}

export function reportOfMemory(runners: readonly RunnerMemory[]): string {
  const lines = runners.map(({ name, kibibytes }) => {
    const median = kibibytes[Math.floor(kibibytes.length / 2)] ?? Number.NaN;
    return `  ${name.padEnd(36)} ${significant(median).padStart(8)} KiB   (${kibibytes.map(significant).join(" … ")})`;
  });
  return ["memory: a live instance of the plugin of 50 lines", ...lines].join("\n");
}

export interface ReloadTimes {
  readonly debounceMs: number;
  /** Milliseconds. */
  readonly times: readonly number[];
}

export function reportOfReloads({ debounceMs, times }: ReloadTimes): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return [
    `reload: from saving a plugin of 50 lines to the answer of the new version, ${times.length} times, debounce ${debounceMs} ms`,
    `  p50 ${significant(at(0.5))} ms, p95 ${significant(at(0.95))} ms   (${significant(at(0))} … ${significant(at(1))})`,
  ].join("\n");
}

/** Milliseconds of each run, in ascending order. */
export interface DiscoveryTimes {
  readonly plugins: number;
  readonly fromSource: readonly number[];
  readonly fromCache: readonly number[];
}

export function reportOfDiscovery({ plugins, fromSource, fromCache }: DiscoveryTimes): string {
  const line = (name: string, times: readonly number[]) => {
    const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
    return `  ${name.padEnd(36)} ${significant(median).padStart(8)} ms   (${times.map(significant).join(" … ")})`;
  };
  return [
    `discover: ${plugins.toLocaleString("en")} plugins of 50 lines discovered and started by a new process`,
    line("from source", fromSource),
    line("from the compile cache", fromCache),
  ].join("\n");
}

export interface RegisteredMemory {
  readonly plugins: number;
  /** Of each plugin. */
  readonly bytes: number;
}

export function reportOfRegistered({ plugins, bytes }: RegisteredMemory): string {
  return [
    `registered: ${plugins.toLocaleString("en")} plugins of one line in a runtime`,
    `  ${significant(bytes / 1000)} kB each`,
  ].join("\n");
}
