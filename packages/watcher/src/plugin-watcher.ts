import { stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { ChangeWindow } from "./change-window.js";
import { type ListenerError, WatchError } from "./errors.js";
import type { FileEvent } from "./file-event.js";
import { Listeners, throwUncaught } from "./listeners.js";
import { type ResolvedWatcherOptions, resolveWatcherOptions, type WatcherOptions } from "./options.js";
import { PathFilter } from "./path-filter.js";
import { RetryPolicy } from "./retry-policy.js";
import { RootWatch } from "./root-watch.js";

/**
 * What a watcher tells, by name. `changes` has everything that settled together, the other file events are told one by one.
 *
 * @example
 * ```ts
 * watcher.on("renamed", (event: WatcherEvents["renamed"]) => report(event.from, event.path));
 * ```
 */
export interface WatcherEvents {
  readonly created: FileEvent & { readonly type: "created" };
  readonly modified: FileEvent & { readonly type: "modified" };
  readonly removed: FileEvent & { readonly type: "removed" };
  readonly renamed: FileEvent & { readonly type: "renamed" };
  readonly changes: readonly FileEvent[];
  /** Watching goes on, as far as it can. Without a listener it is thrown where nobody catches it. */
  readonly error: Error;
}

/**
 * Tells what becomes of the files of plugins, once they have come to rest: half-written files, the ways in which editors save, and bursts of changes
 * are waited out.
 *
 * Nothing is told before `start` or after `stop`. What changes while a path is being taken up is not told.
 *
 * @throws InvalidWatcherOptionError for options that make no sense.
 * @example
 * ```ts
 * await using watcher = new PluginWatcher({ debounce: 100 });
 * watcher.on("modified", ({ path }) => report(path));
 * await watcher.watch("plugins");
 * await watcher.start();
 * ```
 */
export class PluginWatcher implements AsyncDisposable {
  readonly #options: ResolvedWatcherOptions;
  readonly #retry: WatcherOptions;
  readonly #filter: PathFilter;
  readonly #listeners = new Listeners<WatcherEvents>();
  /** Watched paths; with the watcher of each, while this one runs. */
  readonly #roots = new Map<string, RootWatch | undefined>();
  #window: ChangeWindow | undefined;

  constructor(options: WatcherOptions = {}) {
    this.#options = resolveWatcherOptions(options);
    this.#retry = options;
    this.#filter = new PathFilter(this.#options.extensions, this.#options.exclude);
    // Bad settings are found out now, not at the first failure.
    this.retryPolicy();
  }

  /** Whether a host is to reload by itself when something changes. */
  get autoReload(): boolean {
    return this.#options.autoReload;
  }

  get isRunning(): boolean {
    return this.#window !== undefined;
  }

  /** The watched paths, absolute. */
  get watchedPaths(): readonly string[] {
    return [...this.#roots.keys()];
  }

  /** A new policy by the options `backoff` and `circuitBreaker`, for one thing that is reloaded when files change. */
  retryPolicy(): RetryPolicy {
    return new RetryPolicy(this.#retry);
  }

  /**
   * Watches a folder or a file; it is taken up when the promise is fulfilled, or at the next `start`. A path that is watched already stays so.
   *
   * @throws WatchError when there is nothing at the path, or it may not be read.
   */
  async watch(path: string): Promise<void> {
    const root = resolve(path);
    if (this.#roots.has(root)) return;
    try {
      await stat(root);
    } catch (error) {
      throw new WatchError(`cannot watch ${root}: ${messageOf(error)}`, root, { cause: error });
    }
    if (this.#roots.has(root)) return;
    this.#roots.set(root, undefined);
    if (this.#window !== undefined) await this.#takeUp(root, this.#window);
  }

  /**
   * Watches all the paths, or none of them.
   *
   * @throws WatchError as `watch` does.
   */
  async watchAll(paths: Iterable<string>): Promise<void> {
    const added: string[] = [];
    try {
      for (const path of paths) {
        if (this.#roots.has(resolve(path))) continue;
        await this.watch(path);
        added.push(path);
      }
    } catch (error) {
      for (const path of added) await this.unwatch(path);
      throw error;
    }
  }

  /** Ends the watching of a path that was given to `watch`; false when it was not watched. */
  async unwatch(path: string): Promise<boolean> {
    const root = resolve(path);
    if (!this.#roots.has(root)) return false;
    const watch = this.#roots.get(root);
    this.#roots.delete(root);
    await watch?.close();
    const others = this.watchedPaths;
    this.#window?.forget((file) => isWithin(file, root) && !others.some((other) => isWithin(file, other)));
    return true;
  }

  /** Begins to tell of changes; fulfilled when every path is taken up. Does nothing when it has begun already. */
  async start(): Promise<void> {
    if (this.#window !== undefined) return;
    const window = new ChangeWindow({
      debounce: this.#options.debounce,
      followSymlinks: this.#options.followSymlinks,
      settled: (events) => this.#tellChanges(events),
      failed: (error) => this.#fail(error),
    });
    this.#window = window;
    await Promise.all([...this.#roots.keys()].map((root) => this.#takeUp(root, window)));
  }

  /** Tells nothing from now on, and forgets what has not been told; the paths are kept for the next `start`. */
  async stop(): Promise<void> {
    this.#window?.close();
    this.#window = undefined;
    const watches = [...this.#roots.values()];
    for (const root of this.#roots.keys()) this.#roots.set(root, undefined);
    await Promise.all(watches.map((watch) => watch?.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.#roots.clear();
  }

  /** Calls `listener` with each event of the name, in order; gives a function that ends that. What a listener throws comes as an `error`. */
  on<Name extends keyof WatcherEvents>(
    name: Name,
    listener: (event: WatcherEvents[Name]) => void,
  ): () => void {
    return this.#listeners.add(name, listener);
  }

  async #takeUp(root: string, window: ChangeWindow): Promise<void> {
    const watch = new RootWatch(root, {
      recursive: this.#options.recursive,
      followSymlinks: this.#options.followSymlinks,
      filter: this.#filter,
      window,
      failed: (error) =>
        this.#fail(new WatchError(`watching ${root}: ${messageOf(error)}`, root, { cause: error })),
    });
    this.#roots.set(root, watch);
    await watch.ready;
  }

  #tellChanges(events: readonly FileEvent[]): void {
    const failed = (error: ListenerError) => this.#fail(error);
    for (const event of events) this.#listeners.call(event.type, event as never, failed);
    this.#listeners.call("changes", events, failed);
  }

  #fail(error: unknown): void {
    const failure =
      error instanceof Error ? error : new WatchError(String(error), undefined, { cause: error });
    if (this.#listeners.has("error")) this.#listeners.call("error", failure, throwUncaught);
    else throwUncaught(failure);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}
