import { setImmediate } from "node:timers/promises";
import type { Manifest, ManifestDocument } from "@fusabi/manifest";
import type { Plugin } from "@fusabi/plugin";
import { DependencyError, PluginAlreadyLoadedError, planDependencies } from "@fusabi/plugin";
import type { Discovery } from "./discovery.js";

/** A manifest file that was read. */
export interface Candidate {
  readonly path: string;
  readonly document: ManifestDocument;
  readonly manifest: Manifest;
}

/** What an intake works with. */
export interface IntakeParts {
  /** The version of a plugin that is loaded. */
  readonly loadedVersion: (plugin: string) => string | undefined;
  /** Loads, takes in and starts one. */
  readonly load: (candidate: Candidate) => Promise<Plugin>;
  /** What could be loaded beside what is asked for. */
  readonly available: () => Promise<readonly Candidate[]>;
  /** How many are loaded at one time. */
  readonly maxConcurrentLoads: number;
}

/** A plugin that is on its way in. */
interface Arrival {
  readonly version: string;
  readonly plugin: Promise<Plugin>;
}

/** Loads plugins so that each finds its dependencies running: those first, and as many at one time as may be. */
export class PluginIntake {
  readonly #parts: IntakeParts;
  readonly #arrivals = new Map<string, Arrival>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Loads one, and before it what it needs and is not loaded yet. Throws what keeps any of them out. */
  async loadOne(candidate: Candidate): Promise<Plugin> {
    const { manifest } = candidate;
    const lacks = manifest.dependencies.some(({ name }) => this.#versionOf(name) === undefined);
    const available = lacks ? await this.#parts.available() : [];
    const { order, refused } = planDependencies([candidate], {
      loadedVersion: (name) => this.#versionOf(name),
      available,
    });
    const refusal = refused.get(candidate);
    if (refusal !== undefined) throw refusal;
    const { failed, arrivals } = this.#begin(order);
    const arrival = arrivals.get(candidate);
    if (arrival === undefined) throw failed.get(candidate) ?? new PluginAlreadyLoadedError(manifest.name);
    return arrival;
  }

  /** Loads as many of them as can be. */
  async loadAll(candidates: readonly Candidate[]): Promise<Discovery> {
    const { order, refused } = planDependencies(candidates, {
      loadedVersion: (name) => this.#versionOf(name),
    });
    const failed = new Map<string, Error>();
    for (const [{ path }, error] of refused) failed.set(path, error);
    const { arrivals } = this.#begin(order);
    for (const candidate of candidates) {
      // Another one of its name was taken.
      if (!refused.has(candidate) && !arrivals.has(candidate))
        failed.set(candidate.path, new PluginAlreadyLoadedError(candidate.manifest.name));
    }
    const loaded: Plugin[] = [];
    for (const [{ path }, arrival] of arrivals) {
      try {
        loaded.push(await arrival);
      } catch (error) {
        failed.set(path, asError(error));
      }
    }
    return { loaded, failed };
  }

  #versionOf(name: string): string | undefined {
    return this.#parts.loadedVersion(name) ?? this.#arrivals.get(name)?.version;
  }

  /** Begins to load them, each after those that it needs. */
  #begin(order: readonly Candidate[]): {
    readonly arrivals: ReadonlyMap<Candidate, Promise<Plugin>>;
    readonly failed: ReadonlyMap<Candidate, Error>;
  } {
    const slots = new Slots(this.#parts.maxConcurrentLoads);
    const arrivals = new Map<Candidate, Promise<Plugin>>();
    const failed = new Map<Candidate, Error>();
    for (const candidate of order) {
      const { name, version } = candidate.manifest;
      if (this.#arrivals.has(name)) {
        failed.set(candidate, new PluginAlreadyLoadedError(name));
        continue;
      }
      const plugin = this.#arrive(candidate, slots);
      // Whoever asked hears of a failure; those that only wait for it go on.
      plugin.catch(() => undefined);
      arrivals.set(candidate, plugin);
      this.#arrivals.set(name, { version, plugin });
    }
    return { arrivals, failed };
  }

  async #arrive(candidate: Candidate, slots: Slots): Promise<Plugin> {
    const { manifest } = candidate;
    try {
      await this.#dependenciesOf(manifest);
      await slots.take();
      try {
        // The host's own work goes on between two plugins.
        await setImmediate();
        return await this.#parts.load(candidate);
      } finally {
        slots.giveBack();
      }
    } finally {
      this.#arrivals.delete(manifest.name);
    }
  }

  async #dependenciesOf({ name: user, dependencies }: Manifest): Promise<void> {
    for (const { name, version, optional } of dependencies) {
      const arrival = this.#arrivals.get(name);
      try {
        await arrival?.plugin;
      } catch (error) {
        if (!optional)
          throw new DependencyError(user, name, version, arrival?.version, { cause: asError(error) });
      }
    }
  }
}

/** So many at one time; the others wait in their order. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
