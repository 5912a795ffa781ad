/**
 * Timing on a machine that others use, too: every case is warmed up, then all are sampled in turn, round after round, so that noise falls
 * on all of them alike, or one is measured with nothing beside it. A ratio is the median of the ratios of each round, not the ratio of two medians.
 */

/** One way to do the work that is compared. A promise that `run` gives is waited for. */
export interface Case {
  readonly name: string;
  readonly run: () => unknown;
}

/** What is measured side by side; the first case is what the others are compared with. */
export interface Comparison {
  readonly title: string;
  readonly cases: readonly Case[];
  /** How many operations one `run` makes; times are given for one of them. Default 1. */
  readonly operations?: number;
  readonly unit: Unit;
  /** More columns, from the milliseconds of one operation. */
  readonly rate?: (milliseconds: number) => string;
  /** As in `Sampling`, where the usual time is too short for the engine to have translated the case. */
  readonly warmUpMs?: number;
  /** Gives back what the cases hold. */
  readonly close?: () => void | Promise<void>;
}

export type Unit = "ns" | "µs" | "ms";

/** Milliseconds of one operation of a case. */
export interface Measurement {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** Times the first case; of each round, the median. */
  readonly ratio: number;
}

export interface Sampling {
  /** Samples of each case. */
  readonly samples: number;
  /** How much of the processor a case has before anything counts: on a busy machine, that takes longer by the clock. */
  readonly warmUpMs: number;
  /** A sample calls a fast case as often as fits into this time. */
  readonly sampleMs: number;
}

/** What a case took in each round, in milliseconds of one operation. */
export interface CaseTimes {
  readonly name: string;
  readonly times: readonly number[];
}

export async function measure(comparison: Comparison, sampling: Sampling): Promise<readonly Measurement[]> {
  const operations = comparison.operations ?? 1;
  const entries: { readonly each: Case; readonly repetitions: number; readonly times: number[] }[] = [];
  for (const each of comparison.cases) {
    const warmUpMs = comparison.warmUpMs ?? sampling.warmUpMs;
    entries.push({ each, repetitions: await prepared(each, { ...sampling, warmUpMs }), times: [] });
  }
  for (let round = 0; round < sampling.samples; round++) {
    for (const { each, repetitions, times } of entries)
      times.push((await sample(each, repetitions)) / operations);
  }
  return measurementsOf(entries.map(({ each, times }) => ({ name: each.name, times })));
}

/** The times of one case with nothing beside it. */
export async function timesOf(each: Case, sampling: Sampling): Promise<readonly number[]> {
  const repetitions = await prepared(each, sampling);
  const times: number[] = [];
  for (let round = 0; round < sampling.samples; round++) times.push(await sample(each, repetitions));
  return times;
}

/** Warms the case up; the calls that make a sample. */
async function prepared(each: Case, { warmUpMs, sampleMs }: Sampling): Promise<number> {
  const milliseconds = await warmUp(each, warmUpMs);
  return Math.max(1, Math.min(100_000, Math.ceil(sampleMs / milliseconds)));
}

export function measurementsOf(cases: readonly CaseTimes[]): readonly Measurement[] {
  const base = cases[0]?.times ?? [];
  return cases.map(({ name, times }) => ({
    name,
    median: median(times),
    fastest: Math.min(...times),
    slowest: Math.max(...times),
    ratio: median(times.map((time, round) => time / (base[round] ?? Number.NaN))),
  }));
}

/** By the clock, a warm-up takes at most this many times what it may have of the processor: some cases do little but wait. */
const PATIENCE = 10;

/** Milliseconds of the last call. */
async function warmUp(each: Case, milliseconds: number): Promise<number> {
  const started = performance.now();
  const before = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  let last: number;
  do last = await sample(each, 1);
  while (used() < milliseconds && performance.now() - started < milliseconds * PATIENCE);
  return last;
}

async function sample(each: Case, repetitions: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < repetitions; i++) {
    const given = each.run();
    if (given instanceof Promise) await given;
  }
  return (performance.now() - started) / repetitions;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
