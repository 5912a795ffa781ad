import { realpathSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import type { LifecycleEvents, Plugin } from "@fusabi/plugin";
import { PluginNotFoundError } from "@fusabi/plugin";
import type { PluginRegistry } from "@fusabi/registry";
import {
  type FileEvent,
  Listeners,
  PluginWatcher,
  throwUncaught,
  type WatcherOptions,
} from "@fusabi/watcher";
import type { HotReloadEvents } from "./hot-reload-events.js";
import { PluginReloader } from "./plugin-reloader.js";

/**
 * Reloads plugins when their files change: the manifest, the entry, what that loads, and the plugins that it depends on. `PluginRuntime.watch` makes it.
 *
 * A new version is made ready beside the old one and takes over with its state; one that does not load leaves the old one serving.
 *
 * @example
 * ```ts
 * await using hotReload = await runtime.watch({ debounce: 100 });
 * hotReload.on("after", (event) => console.log(event.plugin, event.ok ? event.version : event.error.message));
 * ```
 */
export class HotReload implements AsyncDisposable {
  readonly #registry: PluginRegistry;
  readonly #watcher: PluginWatcher;
  readonly #reloaders = new Map<Plugin, PluginReloader>();
  readonly #listeners = new Listeners<HotReloadEvents>();
  readonly #offs: (() => void)[] = [];
  /** Changes to what is watched happen one after the other. */
  #watching: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  /** For `PluginRuntime.watch`. Throws `InvalidWatcherOptionError`. */
  constructor(registry: PluginRegistry, events: LifecycleEvents, options: WatcherOptions) {
    this.#registry = registry;
    this.#watcher = new PluginWatcher(options);
    this.#watcher.on("changes", (changes) => this.#onChanges(changes));
    this.#watcher.on("error", (error) => this.#tell("error", error));
    // Where the files of a plugin are does not change while it lives.
    const refresh = () => void this.refresh();
    this.#offs.push(events.on("started", refresh), events.on("unloaded", refresh));
  }

  /** The folders that are watched: those of the plugins. */
  get watchedPaths(): readonly string[] {
    return this.#watcher.watchedPaths;
  }

  /** The plugins whose files, as they are, do not load, with the reason. An older version of each serves. */
  get failures(): ReadonlyMap<string, Error> {
    const failures = new Map<string, Error>();
    for (const [{ name }, { failure }] of this.#reloaders)
      if (failure !== undefined) failures.set(name, failure);
    return failures;
  }

  /** Begins to watch the plugins that are loaded; those that come later are watched as they come. */
  async start(): Promise<void> {
    await this.refresh();
    await this.#watcher.start();
  }

  /**
   * Reloads a plugin as if its files had changed: for hosts without `autoReload`, and to try a version again that did not load.
   *
   * @throws PluginNotFoundError
   */
  async reload(name: string): Promise<void> {
    const plugin = this.#registry.find(name);
    if (plugin === undefined) throw new PluginNotFoundError(name, this.#registry.names());
    const reloader = this.#reloaderOf(plugin);
    reloader.request({ kind: "request" });
    await reloader.settled;
  }

  /** Waits until no reload is going on. A version that does not load is waited for as long as it is retried. */
  async settled(): Promise<void> {
    await this.#watching;
    for (;;) {
      const going = [...this.#reloaders.values()].map(({ settled }) => settled);
      await Promise.all(going);
      await Promise.resolve();
      if ([...this.#reloaders.values()].every((reloader) => !reloader.isBusy)) return;
    }
  }

  /** Calls `listener` with each event of the name, in order; gives a function that ends that. What a listener throws comes as an `error`. */
  on<Name extends keyof HotReloadEvents>(
    name: Name,
    listener: (event: HotReloadEvents[Name]) => void,
  ): () => void {
    return this.#listeners.add(name, listener);
  }

  /** Stops to watch; fulfilled when no reload is going on any more. A second time does nothing more. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    for (const off of this.#offs) off();
    await this.#watching;
    await this.#watcher.stop();
    await Promise.all([...this.#reloaders.values()].map((reloader) => reloader.end()));
  }

  /** Watches the folders of the plugins that there are now, and no others. */
  refresh(): Promise<void> {
    this.#watching = this.#watching.then(async () => {
      if (this.#stopped !== undefined) return;
      const plugins = this.#registry.all();
      for (const [plugin, reloader] of this.#reloaders) {
        if (plugins.includes(plugin)) continue;
        this.#reloaders.delete(plugin);
        await reloader.end();
      }
      const folders = new Set(plugins.flatMap(foldersOf));
      for (const path of this.watchedPaths) if (!folders.has(path)) await this.#watcher.unwatch(path);
      for (const folder of folders) {
        try {
          await this.#watcher.watch(folder);
        } catch (error) {
          this.#tell("error", error instanceof Error ? error : new Error(String(error), { cause: error }));
        }
      }
    });
    return this.#watching;
  }

  #onChanges(changes: readonly FileEvent[]): void {
    const files = new Set(
      changes.flatMap((change) => (change.type === "renamed" ? [change.from, change.path] : [change.path])),
    );
    for (const plugin of this.#registry.all()) {
      const own = new Set(plugin.info.files);
      const hasFailed = this.#reloaders.get(plugin)?.failure !== undefined;
      const concerned = [...files].filter(
        // What a version that does not load is made of is not known; it is somewhere in the folder.
        (file) => own.has(file) || (hasFailed && foldersOf(plugin).some((folder) => isWithin(file, folder))),
      );
      if (concerned.length === 0) continue;
      this.#tell("changed", { plugin: plugin.name, at: Date.now(), files: concerned });
      if (this.#watcher.autoReload) this.#reloaderOf(plugin).request({ kind: "files", files: concerned });
    }
  }

  #reloaderOf(plugin: Plugin): PluginReloader {
    let reloader = this.#reloaders.get(plugin);
    if (reloader === undefined) {
      reloader = new PluginReloader(plugin, this.#watcher.retryPolicy(), (name, event) => {
        this.#tell(name, event);
        if (name === "after" && (event as HotReloadEvents["after"]).ok) this.#reloadUsers(plugin.name);
      });
      this.#reloaders.set(plugin, reloader);
    }
    return reloader;
  }

  /** Those that depend on a plugin were compiled against its former signatures. */
  #reloadUsers(dependency: string): void {
    if (!this.#watcher.autoReload) return;
    for (const plugin of this.#registry.all()) {
      if (plugin.manifest.dependencies.some(({ name }) => name === dependency))
        this.#reloaderOf(plugin).request({ kind: "dependency", dependency });
    }
  }

  #tell<Name extends keyof HotReloadEvents>(name: Name, event: HotReloadEvents[Name]): void {
    if (name === "error" && !this.#listeners.has("error")) throwUncaught(event as Error);
    this.#listeners.call(name, event, (failure) => {
      if (name === "error") throwUncaught(failure);
      else this.#tell("error", failure);
    });
  }
}

/** The folders that the files of a plugin may be in: they cannot leave them. */
function foldersOf({ info }: Plugin): readonly string[] {
  const known = [info.manifestPath, info.entryPath].filter((path) => path !== undefined);
  const folders = new Set<string>();
  for (const path of known) {
    try {
      folders.add(realpathSync(dirname(path)));
    } catch (error) {
      // The folder has been removed; there is nothing to watch in it.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return [...folders].filter(
    (folder) => ![...folders].some((other) => other !== folder && isWithin(folder, other)),
  );
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`);
}
