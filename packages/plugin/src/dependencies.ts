import type { Manifest } from "@fusabi/manifest";
import { versionSatisfies } from "@fusabi/manifest";
import { DependencyError } from "./errors.js";

/**
 * The dependencies of a plugin that are not satisfied: missing, or there in a version outside the range. An optional
 * one may be missing, but not wrong.
 *
 * @example
 * ```ts
 * unmetDependencies(manifest, (name) => registry.find(name)?.version)[0]?.message;
 * ```
 */
export function unmetDependencies(
  manifest: Manifest,
  versionOf: (plugin: string) => string | undefined,
): readonly DependencyError[] {
  return manifest.dependencies.flatMap(({ name, version, optional }) => {
    const found = versionOf(name);
    const met = found === undefined ? optional : versionSatisfies(found, version);
    return met ? [] : [new DependencyError(manifest.name, name, version, found)];
  });
}

/**
 * The plugins in an order in which each comes after those that it depends on; what depends on nothing keeps its place.
 * Plugins that depend on each other in a circle stay in the order in which they were given.
 *
 * @example
 * ```ts
 * inDependencyOrder([app, library]).map(({ name }) => name); // ["library", "app"]
 * ```
 */
export function inDependencyOrder<T extends { readonly manifest: Manifest }>(
  plugins: Iterable<T>,
): readonly T[] {
  const all = new Map<string, T>();
  for (const plugin of plugins) all.set(plugin.manifest.name, plugin);
  const ordered = new Set<T>();
  const entered = new Set<T>();
  // By hand instead of by recursion: the chain of dependencies is as long as the plugins want it to be.
  for (const first of all.values()) {
    const path: T[] = [first];
    for (let plugin = path.at(-1); plugin !== undefined; plugin = path.at(-1)) {
      entered.add(plugin);
      const next = plugin.manifest.dependencies
        .map(({ name }) => all.get(name))
        .find((dependency) => dependency !== undefined && !entered.has(dependency));
      if (next !== undefined) {
        path.push(next);
      } else {
        ordered.add(plugin);
        path.pop();
      }
    }
  }
  return [...ordered];
}

/**
 * The plugins that cannot do without the one of this name, directly or by way of others: users of a plugin before the
 * plugin, so that they can be stopped in this order. Who could do without (an optional dependency) is no user.
 *
 * @example
 * ```ts
 * for (const user of usersOf("text-utils", registry.running())) await user.stop();
 * ```
 */
export function usersOf<T extends { readonly manifest: Manifest }>(
  name: string,
  plugins: Iterable<T>,
): readonly T[] {
  const all = [...plugins];
  const needed = new Set([name]);
  const users = new Set<T>();
  for (let before = -1; before !== users.size; ) {
    before = users.size;
    for (const plugin of all) {
      const { manifest } = plugin;
      if (users.has(plugin) || manifest.name === name) continue;
      if (!manifest.dependencies.some((dependency) => !dependency.optional && needed.has(dependency.name)))
        continue;
      users.add(plugin);
      needed.add(manifest.name);
    }
  }
  return [...inDependencyOrder(users)].reverse();
}
