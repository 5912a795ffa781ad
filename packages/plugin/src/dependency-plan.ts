import type { Manifest } from "@fusabi/manifest";
import { compareVersions, versionSatisfies } from "@fusabi/manifest";
import { inDependencyOrder } from "./dependencies.js";
import { circles } from "./dependency-circles.js";
import type { RivalRequirement } from "./errors.js";
import { DependencyCycleError, DependencyError } from "./errors.js";
import { needsAmong, satisfyingVersions } from "./version-search.js";

/** Which plugins to load, and which cannot be. */
export interface DependencyPlan<T> {
  /** What was asked for and what that needs, dependencies first. What is loaded already is not in it. */
  readonly order: readonly T[];
  /** What cannot be loaded, and why; of what was asked for and what that needs. */
  readonly refused: ReadonlyMap<T, DependencyError | DependencyCycleError>;
}

/** What a plan is made from. */
export interface PlanSituation<T> {
  /** The version of a plugin that is loaded; it stays what it is. */
  readonly loadedVersion: (plugin: string) => string | undefined;
  /** What could be loaded beside. Of several versions of a plugin one is taken that all agree on, the newest if it can be. */
  readonly available?: Iterable<T>;
}

/**
 * Finds out in which order plugins have to be loaded so that each finds what it needs, and which versions of their
 * dependencies. One that cannot be satisfied does not keep the others out; who needs it cannot be loaded either, unless
 * the dependency is optional.
 *
 * @example
 * ```ts
 * const { order, refused } = planDependencies([app], { loadedVersion: (name) => registry.find(name)?.version, available: found });
 * ```
 */
export function planDependencies<T extends { readonly manifest: Manifest }>(
  wanted: Iterable<T>,
  { loadedVersion, available = [] }: PlanSituation<T>,
): DependencyPlan<T> {
  const choice: Choice<T> = {
    roots: [...new Set(wanted)],
    versions: candidatesByName(wanted, available),
    loadedVersion,
  };
  const usual = planOf(chooseVersions(choice, new Map()), choice);
  if (usual.refused.size === 0) return usual;
  const found = searchVersions(choice, usual);
  if (found.size === 0) return usual;
  const searched = planOf(chooseVersions(choice, found), choice);
  const refusedRoots = ({ refused }: DependencyPlan<T>) =>
    choice.roots.filter((root) => refused.has(root)).length;
  return refusedRoots(searched) < refusedRoots(usual) ? searched : usual;
}

/** What versions are chosen for, and among what. */
interface Choice<T> {
  readonly roots: readonly T[];
  /** By name, the best first. */
  readonly versions: ReadonlyMap<string, readonly T[]>;
  readonly loadedVersion: (plugin: string) => string | undefined;
}

/** The plan for these versions: whatever does not find what it needs among them is refused. */
function planOf<T extends { readonly manifest: Manifest }>(
  chosen: ReadonlyMap<string, T>,
  { roots, loadedVersion }: Choice<T>,
): DependencyPlan<T> {
  const refused = new Map<T, DependencyError | DependencyCycleError>();
  for (const [name, chain] of circles(needsAmong(chosen))) {
    const plugin = chosen.get(name);
    if (plugin !== undefined) refused.set(plugin, new DependencyCycleError(name, chain));
  }
  const needers = requirements(chosen.values());
  const cameBy = firstNeeders(roots, chosen);
  for (const plugin of inDependencyOrder(chosen.values())) {
    if (refused.has(plugin)) continue;
    const error = obstacle(plugin, { chosen, refused, loadedVersion, needers, cameBy });
    if (error !== undefined) refused.set(plugin, error);
  }
  const order = inDependencyOrder(chosen.values()).filter((plugin) => !refused.has(plugin));
  return { order, refused };
}

/** In a search for versions. Far above what plugins need that anybody has written. */
const MOST_DECISIONS = 20_000;

/** Versions that satisfy as much of what was asked for as can be: what had no trouble, and of the rest one after the other what goes with that. */
function searchVersions<T extends { readonly manifest: Manifest }>(
  choice: Choice<T>,
  { refused }: DependencyPlan<T>,
): ReadonlyMap<string, T> {
  const { roots, loadedVersion } = choice;
  const space = { candidates: candidatesOf(choice), loadedVersion, decisionsLeft: MOST_DECISIONS };
  const names = new Set(roots.map(({ manifest }) => manifest.name));
  const all = satisfyingVersions(names, space);
  if (all !== undefined) return all;
  const troubled = new Set([...refused.keys()].map(({ manifest }) => manifest.name));
  const accepted = [...names].filter((name) => !troubled.has(name));
  let found: ReadonlyMap<string, T> = new Map();
  for (const name of names) {
    if (!troubled.has(name) || space.decisionsLeft <= 0) continue;
    const versions = satisfyingVersions([...accepted, name], space);
    if (versions === undefined) continue;
    found = versions;
    accepted.push(name);
  }
  return found;
}

/** What was asked for is not replaced by another version that happens to be there. */
function candidatesOf<T extends { readonly manifest: Manifest }>({
  roots,
  versions,
}: Choice<T>): (name: string) => readonly T[] {
  const asked = new Set(roots);
  const askedNames = new Set(roots.map(({ manifest }) => manifest.name));
  return (name) => {
    const all = versions.get(name) ?? [];
    return askedNames.has(name) ? all.filter((plugin) => asked.has(plugin)) : all;
  };
}

/** All that a name could stand for, newest first; of the same version, what was asked for first. */
function candidatesByName<T extends { readonly manifest: Manifest }>(
  roots: Iterable<T>,
  available: Iterable<T>,
): ReadonlyMap<string, readonly T[]> {
  const byName = new Map<string, T[]>();
  for (const plugin of new Set([...roots, ...available])) {
    const { name } = plugin.manifest;
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [plugin]);
    else known.push(plugin);
  }
  for (const plugins of byName.values())
    plugins.sort((a, b) => compareVersions(b.manifest.version, a.manifest.version));
  return byName;
}

/** Rounds after which versions that push each other around are left as they are; the check that follows says what is wrong. */
const MOST_ROUNDS = 50;

/**
 * One plugin for each name that is asked for or needed: the one that is settled, else the newest version that fits everybody who needs it, else the
 * newest. A version brings needs of its own, so it is looked at again until nothing changes.
 */
function chooseVersions<T extends { readonly manifest: Manifest }>(
  choice: Choice<T>,
  settled: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  const { roots, loadedVersion } = choice;
  const candidates = candidatesOf(choice);
  let chosen: ReadonlyMap<string, T> = new Map();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const needers = requirements(chosen.values());
    const next = new Map<string, T>();
    const pending = [...new Set(roots.map(({ manifest }) => manifest.name))];
    for (const name of pending) {
      if (next.has(name)) continue;
      const ranges = needers.get(name) ?? [];
      const fitting = candidates(name).find(({ manifest }) =>
        ranges.every(({ range }) => versionSatisfies(manifest.version, range)),
      );
      const taken = settled.get(name) ?? fitting ?? candidates(name)[0];
      if (taken === undefined) continue;
      next.set(name, taken);
      for (const dependency of taken.manifest.dependencies) {
        // What is settled has all that it needs; what it can do without was left out.
        if (settled.has(name) && !settled.has(dependency.name)) continue;
        if (loadedVersion(dependency.name) === undefined) pending.push(dependency.name);
      }
    }
    const isStable =
      next.size === chosen.size && [...next].every(([name, plugin]) => chosen.get(name) === plugin);
    chosen = next;
    if (isStable) break;
  }
  return chosen;
}

type Requirement = Omit<RivalRequirement, "chain">;

/** For each plugin that is needed, who needs it, and in which versions. */
function requirements<T extends { readonly manifest: Manifest }>(
  plugins: Iterable<T>,
): ReadonlyMap<string, readonly Requirement[]> {
  const needers = new Map<string, Requirement[]>();
  for (const { manifest } of plugins) {
    for (const { name, version } of manifest.dependencies) {
      const requirement = { plugin: manifest.name, range: version };
      const known = needers.get(name);
      if (known === undefined) needers.set(name, [requirement]);
      else known.push(requirement);
    }
  }
  return needers;
}

/** For each plugin that nobody asked for, the one that brought it in. */
function firstNeeders<T extends { readonly manifest: Manifest }>(
  roots: readonly T[],
  chosen: ReadonlyMap<string, T>,
): ReadonlyMap<string, string> {
  const cameBy = new Map<string, string>();
  const reached = new Set(roots.map(({ manifest }) => manifest.name));
  // Breadth first: the chain that is told is the shortest.
  const pending = [...reached];
  for (const name of pending) {
    for (const dependency of chosen.get(name)?.manifest.dependencies ?? []) {
      if (reached.has(dependency.name)) continue;
      reached.add(dependency.name);
      cameBy.set(dependency.name, name);
      pending.push(dependency.name);
    }
  }
  return cameBy;
}

function chainTo(plugin: string, cameBy: ReadonlyMap<string, string>): readonly string[] {
  const chain = [plugin];
  for (let by = cameBy.get(plugin); by !== undefined; by = cameBy.get(by)) chain.unshift(by);
  return chain;
}

/** The first dependency that a plugin lacks. */
function obstacle<T extends { readonly manifest: Manifest }>(
  { manifest }: T,
  {
    chosen,
    refused,
    loadedVersion,
    needers,
    cameBy,
  }: {
    readonly chosen: ReadonlyMap<string, T>;
    readonly refused: ReadonlyMap<T, DependencyError | DependencyCycleError>;
    readonly loadedVersion: (plugin: string) => string | undefined;
    readonly needers: ReadonlyMap<string, readonly Requirement[]>;
    readonly cameBy: ReadonlyMap<string, string>;
  },
): DependencyError | undefined {
  for (const { name, version, optional } of manifest.dependencies) {
    const other = chosen.get(name);
    const cause = other && refused.get(other);
    if (cause !== undefined && optional) continue;
    const found = loadedVersion(name) ?? other?.manifest.version;
    const fits = found === undefined ? optional : versionSatisfies(found, version);
    if (fits && cause === undefined) continue;
    const rivals = (needers.get(name) ?? [])
      .filter(({ plugin }) => plugin !== manifest.name)
      .map((rival) => ({ ...rival, chain: [...chainTo(rival.plugin, cameBy), name] }));
    return new DependencyError(manifest.name, name, version, found, {
      chain: [...chainTo(manifest.name, cameBy), name],
      // Who else needs it says why it is another version.
      rivals: cause === undefined && found !== undefined ? rivals : [],
      ...(cause === undefined ? {} : { cause }),
    });
  }
  return undefined;
}
