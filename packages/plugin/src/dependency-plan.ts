import type { Manifest } from "@fusabi/manifest";
import { compareVersions, versionSatisfies } from "@fusabi/manifest";
import { inDependencyOrder } from "./dependencies.js";
import { circles } from "./dependency-circles.js";
import type { RivalRequirement } from "./errors.js";
import { DependencyCycleError, DependencyError } from "./errors.js";

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
  /** What could be loaded beside. Of several versions of a plugin the newest that all agree on is taken. */
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
  const roots = [...wanted];
  const versions = candidatesByName(roots, available);
  const chosen = chooseVersions(roots, versions, loadedVersion);
  const refused = new Map<T, DependencyError | DependencyCycleError>();
  for (const [name, chain] of circles(dependenciesAmong(chosen))) {
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

/** All that a name could stand for, newest first; of the same version, what was asked for first. */
function candidatesByName<T extends { readonly manifest: Manifest }>(
  roots: readonly T[],
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
 * One plugin for each name that is asked for or needed: the newest version that fits everybody who needs it, else the
 * newest. A version brings needs of its own, so it is looked at again until nothing changes.
 */
function chooseVersions<T extends { readonly manifest: Manifest }>(
  roots: readonly T[],
  versions: ReadonlyMap<string, readonly T[]>,
  loadedVersion: (plugin: string) => string | undefined,
): ReadonlyMap<string, T> {
  const asked = new Set(roots);
  const askedNames = new Set(roots.map(({ manifest }) => manifest.name));
  let chosen: ReadonlyMap<string, T> = new Map();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const needers = requirements(chosen.values());
    const next = new Map<string, T>();
    const pending = [...askedNames];
    for (const name of pending) {
      if (next.has(name)) continue;
      const all = versions.get(name) ?? [];
      // What was asked for is not replaced by another version that happens to be there.
      const candidates = askedNames.has(name) ? all.filter((plugin) => asked.has(plugin)) : all;
      const ranges = needers.get(name) ?? [];
      const fitting = candidates.find(({ manifest }) =>
        ranges.every(({ range }) => versionSatisfies(manifest.version, range)),
      );
      const taken = fitting ?? candidates[0];
      if (taken === undefined) continue;
      next.set(name, taken);
      for (const dependency of taken.manifest.dependencies)
        if (loadedVersion(dependency.name) === undefined) pending.push(dependency.name);
    }
    const settled =
      next.size === chosen.size && [...next].every(([name, plugin]) => chosen.get(name) === plugin);
    chosen = next;
    if (settled) break;
  }
  return chosen;
}

/** For each plugin that is needed, who needs it, and in which versions. */
function requirements<T extends { readonly manifest: Manifest }>(
  plugins: Iterable<T>,
): ReadonlyMap<string, readonly RivalRequirement[]> {
  const needers = new Map<string, RivalRequirement[]>();
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
    readonly needers: ReadonlyMap<string, readonly RivalRequirement[]>;
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
    const rivals = (needers.get(name) ?? []).filter(({ plugin }) => plugin !== manifest.name);
    return new DependencyError(manifest.name, name, version, found, {
      chain: [...chainTo(manifest.name, cameBy), name],
      // Who else needs it says why it is another version.
      rivals: cause === undefined && found !== undefined ? rivals : [],
      ...(cause === undefined ? {} : { cause }),
    });
  }
  return undefined;
}

/** Who needs whom, of those that are there. */
function dependenciesAmong<T extends { readonly manifest: Manifest }>(
  plugins: ReadonlyMap<string, T>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...plugins].map(([plugin, { manifest }]) => [
      plugin,
      manifest.dependencies.map(({ name }) => name).filter((name) => plugins.has(name)),
    ]),
  );
}
