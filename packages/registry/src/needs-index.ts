import type { Plugin } from "@fusabi/plugin";

/** Which plugins have a plugin among their dependencies, without a look at each of them. */
export class NeedsIndex {
  readonly #byDependency = new Map<string, Set<Plugin>>();
  /** What each plugin is entered for: its manifest may be another one after a reload. */
  readonly #entered = new Map<Plugin, readonly string[]>();

  /** Those that name it in their manifests, optional or not, in the order in which they came. */
  needing(dependency: string): Iterable<Plugin> {
    return this.#byDependency.get(dependency) ?? [];
  }

  isNeeded(dependency: string): boolean {
    return this.#byDependency.has(dependency);
  }

  /** Takes a plugin in, or notes what its manifest says now. */
  enter(plugin: Plugin): void {
    this.remove(plugin);
    const names = plugin.manifest.dependencies.map(({ name }) => name);
    if (names.length === 0) return;
    this.#entered.set(plugin, names);
    for (const name of names) {
      const needing = this.#byDependency.get(name);
      if (needing === undefined) this.#byDependency.set(name, new Set([plugin]));
      else needing.add(plugin);
    }
  }

  remove(plugin: Plugin): void {
    for (const name of this.#entered.get(plugin) ?? []) {
      const needing = this.#byDependency.get(name);
      needing?.delete(plugin);
      if (needing?.size === 0) this.#byDependency.delete(name);
    }
    this.#entered.delete(plugin);
  }
}
