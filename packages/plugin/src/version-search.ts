import type { Manifest } from "@fusabi/manifest";
import { versionSatisfies } from "@fusabi/manifest";
import { circles } from "./dependency-circles.js";

/** Among what versions are looked for. */
export interface VersionSpace<T> {
  /** What a name could stand for, the best first. */
  readonly candidates: (plugin: string) => readonly T[];
  /** The version of a plugin that is loaded; it stays what it is. */
  readonly loadedVersion: (plugin: string) => string | undefined;
  /** How many decisions may still be tried, over all searches: versions can be at odds in more ways than anybody can wait for. */
  decisionsLeft: number;
}

/** What is in the way of a decision: whoever needs a plugin, and in which versions. */
interface Need {
  readonly range: string;
  readonly optional: boolean;
}

interface Decision<T> {
  readonly name: string;
  /** What has not been tried; undefined stands for doing without. */
  readonly alternatives: (T | undefined)[];
  /** How long the agenda was before, and where in it the decision was found. */
  readonly agenda: number;
  readonly cursor: number;
}

/**
 * One version for each of the names and for all that they need, so that each finds what it needs and nobody needs himself: by trying, the best version
 * first, and back to the last decision where it does not go on. Undefined if there is no such choice, or none is found in time.
 */
export function satisfyingVersions<T extends { readonly manifest: Manifest }>(
  names: Iterable<string>,
  space: VersionSpace<T>,
): ReadonlyMap<string, T> | undefined {
  return new VersionSearch(names, space).run();
}

class VersionSearch<T extends { readonly manifest: Manifest }> {
  readonly #space: VersionSpace<T>;
  readonly #chosen = new Map<string, T | undefined>();
  readonly #needs = new Map<string, Need[]>();
  /** Names in the order in which they were first needed; some of them may be decided. */
  readonly #agenda: string[] = [];
  /** What is before this and cannot be done without is decided. */
  #cursor = 0;
  readonly #decisions: Decision<T>[] = [];

  constructor(names: Iterable<string>, space: VersionSpace<T>) {
    this.#space = space;
    for (const name of names) this.#need(name, { range: "*", optional: false });
  }

  run(): ReadonlyMap<string, T> | undefined {
    while (this.#space.decisionsLeft-- > 0) {
      const name = this.#undecided();
      if (name === undefined) {
        const found = this.#found();
        if (circles(needsAmong(found)).size === 0) return found;
        // As good as a conflict of the last decision.
        if (!this.#goBack()) return undefined;
        continue;
      }
      this.#decisions.push({
        name,
        alternatives: this.#alternatives(name),
        agenda: this.#agenda.length,
        cursor: this.#cursor,
      });
      if (!this.#goOn() && !this.#goBack()) return undefined;
    }
    return undefined;
  }

  #found(): ReadonlyMap<string, T> {
    const found = new Map<string, T>();
    for (const [name, plugin] of this.#chosen) if (plugin !== undefined) found.set(name, plugin);
    return found;
  }

  /** What somebody cannot do without comes first, so that the rest can be left out for it. */
  #undecided(): string | undefined {
    for (; this.#cursor < this.#agenda.length; this.#cursor++) {
      const name = this.#agenda[this.#cursor];
      if (name !== undefined && !this.#chosen.has(name) && this.#isNeeded(name)) return name;
    }
    return this.#agenda.find((name) => !this.#chosen.has(name));
  }

  #isNeeded(name: string): boolean {
    return this.#needs.get(name)?.some(({ optional }) => !optional) === true;
  }

  #alternatives(name: string): (T | undefined)[] {
    const fitting: (T | undefined)[] = this.#space.candidates(name).filter((plugin) => this.#fits(plugin));
    if (!this.#isNeeded(name)) fitting.push(undefined);
    return fitting;
  }

  /** Whether it suits those that need it, and finds what it needs as far as that is decided. */
  #fits({ manifest: { name, version, dependencies } }: T): boolean {
    if (!(this.#needs.get(name) ?? []).every(({ range }) => versionSatisfies(version, range))) return false;
    return dependencies.every((dependency) => {
      const decided = this.#chosen.get(dependency.name);
      const found = this.#space.loadedVersion(dependency.name) ?? decided?.manifest.version;
      if (found !== undefined) return versionSatisfies(found, dependency.version);
      return dependency.optional || !this.#chosen.has(dependency.name);
    });
  }

  /** Takes the next alternative of the last decision; false if it has none. */
  #goOn(): boolean {
    const decision = this.#decisions.at(-1);
    if (decision === undefined || decision.alternatives.length === 0) return false;
    const plugin = decision.alternatives.shift();
    this.#chosen.set(decision.name, plugin);
    for (const { name, version: range, optional } of plugin?.manifest.dependencies ?? [])
      if (this.#space.loadedVersion(name) === undefined) this.#need(name, { range, optional });
    return true;
  }

  /** To the last decision that has another alternative; false if there is none. */
  #goBack(): boolean {
    for (let decision = this.#decisions.at(-1); decision !== undefined; decision = this.#decisions.at(-1)) {
      this.#undo(decision);
      if (this.#goOn()) return true;
      this.#decisions.pop();
    }
    return false;
  }

  #undo({ name, agenda, cursor }: Decision<T>): void {
    this.#cursor = cursor;
    for (const needed of this.#agenda.splice(agenda)) this.#needs.get(needed)?.pop();
    this.#chosen.delete(name);
  }

  #need(name: string, need: Need): void {
    this.#agenda.push(name);
    const needs = this.#needs.get(name);
    if (needs === undefined) this.#needs.set(name, [need]);
    else needs.push(need);
  }
}

/** Who needs whom, of those that are there. */
export function needsAmong<T extends { readonly manifest: Manifest }>(
  plugins: ReadonlyMap<string, T>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...plugins].map(([plugin, { manifest }]) => [
      plugin,
      manifest.dependencies.map(({ name }) => name).filter((name) => plugins.has(name)),
    ]),
  );
}
