import type {
  LifecycleEvent,
  LifecycleListener,
  LifecycleState,
  Plugin,
  PluginInfo,
  StopOptions,
} from "@fusabi/plugin";
import {
  DependencyCycleError,
  DependencyError,
  dependencyCircle,
  InvalidStateError,
  inDependencyOrder,
  LifecycleEvents,
  lifecycle,
  PluginAlreadyLoadedError,
  PluginNotFoundError,
  PluginUnloadedError,
  RegistryFullError,
  unmetDependencies,
  usersOf,
} from "@fusabi/plugin";
import { KeyedTurns } from "./keyed-turns.js";
import { NeedsIndex } from "./needs-index.js";

/** Settings of a {@link PluginRegistry}. */
export interface RegistryOptions {
  /** How many plugins it holds at most. Default 100. */
  readonly maxPlugins?: number;
  /** Default false: registering a name twice is an error. True: the old plugin is unloaded first. */
  readonly allowOverwrite?: boolean;
  /** Default false. True: `cleanup` also unloads and removes stopped plugins. */
  readonly autoUnloadStopped?: boolean;
}

/** How many plugins are in which state. */
export interface RegistryStats extends Readonly<Record<LifecycleState, number>> {
  readonly total: number;
}

/** What an operation on several plugins did: one that fails does not keep the others from it. */
export interface BatchOutcome {
  /** Names of the plugins on which it was done, in that order. */
  readonly done: readonly string[];
  readonly failed: ReadonlyMap<string, Error>;
}

/**
 * Holds plugins by name. Safe under concurrent use: what concerns one name happens one after the other, in the order in
 * which it was asked for, and capacity counts what is still on its way in.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry({ maxPlugins: 50 });
 * await registry.register(plugin);
 * registry.get("greeter").state; // "running"
 * await registry.unloadAll();
 * ```
 */
export class PluginRegistry {
  readonly #options: Required<RegistryOptions>;
  readonly #entries = new Map<string, Entry>();
  readonly #needs = new NeedsIndex();
  readonly #turns = new KeyedTurns();
  readonly #events = new LifecycleEvents();
  /** What is starting at the moment. */
  readonly #starts = new Map<Plugin, Promise<void>>();
  /** Names that are on their way in. */
  readonly #arriving = new Map<string, number>();

  /** Throws `RangeError` unless `maxPlugins` is a whole number of at least 1. */
  constructor({ maxPlugins = 100, allowOverwrite = false, autoUnloadStopped = false }: RegistryOptions = {}) {
    if (!Number.isSafeInteger(maxPlugins) || maxPlugins < 1) {
      throw new RangeError(`maxPlugins must be a whole number of at least 1, not ${String(maxPlugins)}`);
    }
    this.#options = { maxPlugins, allowOverwrite, autoUnloadStopped };
  }

  /** How many plugins it holds. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Takes a plugin in. Throws `PluginAlreadyLoadedError`, `RegistryFullError`, and `DependencyError` if what it needs is not
   * registered in a fitting version, or if plugins that are registered need another version of it; it is then left as it is.
   */
  async register(plugin: Plugin): Promise<void> {
    const { name } = plugin;
    this.#checkCapacity(name);
    this.#arriving.set(name, (this.#arriving.get(name) ?? 0) + 1);
    await this.#turns.take(name, async () => {
      try {
        await this.#admit(plugin);
      } finally {
        const others = (this.#arriving.get(name) ?? 1) - 1;
        if (others === 0) this.#arriving.delete(name);
        else this.#arriving.set(name, others);
      }
    });
  }

  /** Unloads a plugin and lets go of it, once those that cannot do without it are stopped. Throws `PluginNotFoundError`. */
  unregister(name: string): Promise<void> {
    return this.#turns.take(name, async () => {
      const plugin = this.get(name);
      await this.#endWithUsers(name, () => this.#remove(plugin));
    });
  }

  /**
   * Starts a plugin that does not run, once what it depends on runs. Throws `PluginNotFoundError`, `DependencyError` with
   * the cause if a dependency cannot run, and what `Plugin.initialize` and `Plugin.start` throw. Who asks while it happens
   * shares it.
   */
  async start(name: string): Promise<void> {
    await this.#start(this.get(name));
  }

  /** Stops a plugin, once those that cannot do without it are stopped. Throws `PluginNotFoundError`, `InvalidStateError`. */
  async stop(name: string): Promise<void> {
    const plugin = this.get(name);
    await this.#endWithUsers(name, () => plugin.stop());
  }

  /** The plugin of a name. Throws `PluginNotFoundError`, with the nearest name that there is. */
  get(name: string): Plugin {
    const plugin = this.find(name);
    if (plugin === undefined) throw new PluginNotFoundError(name, this.#entries.keys());
    return plugin;
  }

  /** The plugin of a name, if there is one. */
  find(name: string): Plugin | undefined {
    return this.#entries.get(name)?.plugin;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** All names, in the order of registration. */
  names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** All plugins, in the order of registration. */
  all(): readonly Plugin[] {
    return [...this.#entries.values()].map(({ plugin }) => plugin);
  }

  byState(state: LifecycleState): readonly Plugin[] {
    return this.all().filter((plugin) => plugin.state === state);
  }

  running(): readonly Plugin[] {
    return this.byState("running");
  }

  /** Facts about every plugin. */
  info(): readonly PluginInfo[] {
    return this.all().map(({ info }) => info);
  }

  stats(): RegistryStats {
    const stats = {
      total: this.size,
      created: 0,
      initialized: 0,
      running: 0,
      stopped: 0,
      unloaded: 0,
      error: 0,
    };
    for (const { state } of this.all()) stats[state]++;
    return stats;
  }

  /** Plugins whose manifest has the tag. */
  findByTag(tag: string): readonly Plugin[] {
    return this.all().filter(({ manifest }) => manifest.tags.includes(tag));
  }

  /** Plugins that may use the capability (a name or an alias). Throws `UnknownCapabilityError`. */
  findByCapability(capability: string): readonly Plugin[] {
    return this.all().filter(({ capabilities }) => capabilities.has(capability));
  }

  /** Starts, dependencies first, every plugin that is created, initialized or stopped. */
  startAll(): Promise<BatchOutcome> {
    const startable = this.all().filter(
      ({ state }) => state === "created" || state === "initialized" || state === "stopped",
    );
    return this.#each(inDependencyOrder(startable), (plugin) => this.#start(plugin));
  }

  /** Stops every plugin that runs, dependencies last. */
  stopAll(): Promise<BatchOutcome> {
    return this.#each([...inDependencyOrder(this.running())].reverse(), (plugin) =>
      this.#endWithUsers(plugin.name, () => plugin.stop()),
    );
  }

  /** Unloads every plugin, dependencies last, and lets go of them. */
  unloadAll(options: StopOptions = {}): Promise<BatchOutcome> {
    return this.#each([...inDependencyOrder(this.all())].reverse(), (plugin) =>
      this.#endWithUsers(plugin.name, () => this.#remove(plugin, options)),
    );
  }

  /** Reloads a plugin. Throws `PluginNotFoundError`, and `ReloadError` when the old version stays. */
  async reload(name: string): Promise<void> {
    await this.get(name).reload();
  }

  /** Reloads every plugin that is not created or unloaded, dependencies first. */
  reloadAll(): Promise<BatchOutcome> {
    const reloadable = this.all().filter(({ state }) => state !== "created" && state !== "unloaded");
    return this.#each(inDependencyOrder(reloadable), (plugin) => plugin.reload());
  }

  /**
   * Lets go of plugins that are unloaded and, with `autoUnloadStopped`, of stopped ones too, which are unloaded first.
   */
  cleanup(): Promise<BatchOutcome> {
    const finished = this.all().filter(
      ({ state }) => state === "unloaded" || (state === "stopped" && this.#options.autoUnloadStopped),
    );
    return this.#each(finished, (plugin) => this.#remove(plugin));
  }

  /** Listens to the events of all plugins in it, of one type, or of all by `"*"`; the answer ends it. */
  on<T extends LifecycleEvent["type"] | "*">(type: T, listener: LifecycleListener<T>): () => void {
    return this.#events.on(type, listener);
  }

  #checkCapacity(name: string): void {
    if (this.#entries.has(name) || this.#arriving.has(name)) return;
    const arriving = [...this.#arriving.keys()].filter((each) => !this.#entries.has(each));
    if (this.#entries.size + arriving.length >= this.#options.maxPlugins) {
      throw new RegistryFullError(name, this.#options.maxPlugins);
    }
  }

  async #admit(plugin: Plugin): Promise<void> {
    const { name, manifest } = plugin;
    const old = this.find(name);
    if (old !== undefined && (old === plugin || !this.#options.allowOverwrite))
      throw new PluginAlreadyLoadedError(name);
    const [unmet] = unmetDependencies(manifest, (dependency) => this.find(dependency)?.version);
    if (unmet !== undefined) throw unmet;
    this.#checkUsers(plugin);
    if (old !== undefined) await this.#remove(old);
    const forget = plugin.on("*", (event) => {
      if (event.type === "reloaded") this.#needs.enter(plugin);
      this.#events.emit(event);
    });
    this.#entries.set(name, { plugin, forget });
    this.#needs.enter(plugin);
  }

  /** Those that are there already keep what they need. */
  #checkUsers({ name, version }: Plugin): void {
    const versionOf = (dependency: string): string | undefined =>
      dependency === name ? version : this.find(dependency)?.version;
    for (const { manifest } of this.#needs.needing(name)) {
      const unmet = unmetDependencies(manifest, versionOf).find(({ dependency }) => dependency === name);
      if (unmet !== undefined) throw unmet;
    }
  }

  #start(plugin: Plugin): Promise<void> {
    let start = this.#starts.get(plugin);
    if (start === undefined) {
      start = this.#startWithDependencies(plugin).finally(() => this.#starts.delete(plugin));
      this.#starts.set(plugin, start);
    }
    return start;
  }

  async #startWithDependencies(plugin: Plugin): Promise<void> {
    // In a circle each would wait for the others.
    const circle = dependencyCircle(plugin.name, (name) => this.#needsOf(name));
    if (circle !== undefined) throw new DependencyCycleError(plugin.name, circle);
    for (const { name, version, optional } of plugin.manifest.dependencies) {
      const dependency = this.find(name);
      if (dependency?.state === "running" || (dependency === undefined && optional)) continue;
      if (dependency === undefined) throw new DependencyError(plugin.name, name, version, undefined);
      try {
        await this.#start(dependency);
      } catch (error) {
        // It has told so itself, and who can do without it does.
        if (optional) continue;
        throw new DependencyError(plugin.name, name, version, dependency.version, {
          cause: dependency.failure ?? asError(error),
        });
      }
    }
    if (plugin.state === "created" || plugin.state === "stopped") await plugin.initialize();
    await plugin.start();
    await this.#keepOnlyWithDependencies(plugin);
  }

  /** What it depends on may have been stopped while it started. */
  async #keepOnlyWithDependencies(plugin: Plugin): Promise<void> {
    for (const { name, version, optional } of plugin.manifest.dependencies) {
      const dependency = this.find(name);
      if (optional || dependency?.state === "running") continue;
      if (plugin.state === "running") await plugin.stop();
      throw new DependencyError(plugin.name, name, version, dependency?.version, {
        ...(dependency === undefined
          ? {}
          : { cause: new InvalidStateError(name, "call", lifecycle.call.from, dependency.state) }),
      });
    }
  }

  #needsOf(name: string): readonly string[] {
    return this.find(name)?.manifest.dependencies.map((dependency) => dependency.name) ?? [];
  }

  /** Stops those that cannot do without a plugin before its end, and those that have come to run meanwhile after it. */
  async #endWithUsers(name: string, end: () => Promise<void>): Promise<void> {
    await this.#stopUsers(name);
    await end();
    await this.#stopUsers(name);
  }

  async #stopUsers(name: string): Promise<void> {
    // Most have none, and to look for them is to look at all that run.
    if (!this.#needs.isNeeded(name)) return;
    for (const user of usersOf(name, this.running())) {
      // It may have been stopped by somebody else while the one before it was stopping.
      if (user.state === "running") await user.stop();
    }
  }

  async #remove(plugin: Plugin, options: StopOptions = {}): Promise<void> {
    try {
      await plugin.unload(options);
    } catch (error) {
      if (!(error instanceof PluginUnloadedError)) throw error;
    }
    const entry = this.#entries.get(plugin.name);
    // Another plugin may have taken the name while this one was unloading.
    if (entry?.plugin !== plugin) return;
    entry.forget();
    this.#entries.delete(plugin.name);
    this.#needs.remove(plugin);
  }

  async #each(plugins: readonly Plugin[], run: (plugin: Plugin) => Promise<void>): Promise<BatchOutcome> {
    const done: string[] = [];
    const failed = new Map<string, Error>();
    for (const plugin of plugins) {
      try {
        await run(plugin);
        done.push(plugin.name);
      } catch (error) {
        failed.set(plugin.name, asError(error));
      }
    }
    return { done, failed };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}

interface Entry {
  readonly plugin: Plugin;
  /** Ends the forwarding of its events. */
  readonly forget: () => void;
}
