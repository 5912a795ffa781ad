import { resolve } from "node:path";
import type { LoadOptions, LoadWarning } from "@fusabi/loader";
import { findPluginPackages, PluginLoader, readManifestDocument } from "@fusabi/loader";
import type { CallOptions, CallResult, LifecycleEvent, LifecycleListener, Plugin } from "@fusabi/plugin";
import { LifecycleEvents } from "@fusabi/plugin";
import { PluginRegistry } from "@fusabi/registry";
import { CommandRegistry, type DeliveryFailure, EventHub } from "@fusabi/stdlib";
import type { NodeLibraryOptions } from "@fusabi/stdlib/node";
import type { WatcherOptions } from "@fusabi/watcher";
import { CallGate } from "./call-gate.js";
import type { Discovery } from "./discovery.js";
import { findManifests, MANIFEST_PATTERNS } from "./discovery.js";
import { RuntimeDisposalError, RuntimeDisposedError } from "./errors.js";
import type { PluginHealth } from "./health.js";
import { healthOf } from "./health.js";
import { HotReload } from "./hot-reload.js";
import type { Logger } from "./logger.js";
import { logEvent } from "./logger.js";
import type { Candidate } from "./plugin-intake.js";
import { PluginIntake } from "./plugin-intake.js";
import { RuntimeNetwork } from "./plugin-network.js";
import type { RuntimeOptions } from "./runtime-options.js";
import type { RuntimeStats } from "./runtime-stats.js";

/**
 * Loads plugins, holds them by name, calls them, and shuts them down: a loader and a registry, and what they do
 * together. Nothing is granted but the safe defaults, unless the options say so.
 *
 * @example
 * ```ts
 * await using runtime = new PluginRuntime({ capabilities: ["fs:read"], sandbox: { read: { allow: ["/srv/data"] } } });
 * await runtime.loadManifest("plugins/greeter/plugin.toml");
 * await runtime.call("greeter", "greet", ["Ada"]); // "Hello, Ada"
 * ```
 */
export class PluginRuntime implements AsyncDisposable {
  readonly loader: PluginLoader;
  readonly registry: PluginRegistry;
  /** What programs emit, events for them, and messages between them. */
  readonly events: EventHub;
  /** What programs offer to be called by name. */
  readonly commands: CommandRegistry;
  /** What `autoDiscover` found; at once and empty without it. Never rejects. */
  readonly ready: Promise<Discovery>;
  readonly #options: RuntimeOptions;
  readonly #gate: CallGate;
  readonly #network: RuntimeNetwork;
  readonly #intake: PluginIntake;
  readonly #events = new LifecycleEvents();
  readonly #hotReloads = new Set<HotReload>();
  readonly #restarts = new Map<string, Promise<void>>();
  /** What is on its way, which a shutdown waits for. */
  readonly #pending = new Set<Promise<unknown>>();
  #lastDiscovery: Promise<unknown> = Promise.resolve();
  #discovering = false;
  #disposal: Promise<void> | undefined;
  #succeeded = 0;
  #failed = 0;

  /** Throws `RangeError` for numbers that count nothing, and what {@link PluginLoader} throws for its options. */
  constructor(options: RuntimeOptions = {}) {
    const { maxConcurrentCalls = 100, maxQueuedCalls = 10_000, callTimeoutMs } = options;
    const { maxQueuedMessages = 1_000, maxConcurrentLoads = 8, shutdownGraceMs } = options;
    checkWhole("maxConcurrentCalls", maxConcurrentCalls, 1);
    checkWhole("maxQueuedCalls", maxQueuedCalls, 0);
    checkWhole("maxQueuedMessages", maxQueuedMessages, 1);
    checkWhole("maxConcurrentLoads", maxConcurrentLoads, 1);
    if (callTimeoutMs !== undefined) checkWhole("callTimeoutMs", callTimeoutMs, 0);
    if (shutdownGraceMs !== undefined) checkWhole("shutdownGraceMs", shutdownGraceMs, 0);
    this.#options = options;
    this.events = options.library?.events ?? new EventHub({ maxQueuedMessages });
    this.commands = options.library?.commands ?? new CommandRegistry();
    this.registry = new PluginRegistry(options);
    const { logger, library = {} } = options;
    const { events, commands } = this;
    this.#network = new RuntimeNetwork({
      registry: this.registry,
      events,
      maxQueuedMessages,
      report: (failure) => this.#reportDelivery(failure),
    });
    this.loader = new PluginLoader({
      ...options,
      peers: this.registry,
      library: { plugins: this.#network, ...loggedTo(logger), ...library, events, commands },
      onWarning: (warning) => this.#warn(warning),
      onEvent: (event) => this.#hear(event),
    });
    this.#intake = new PluginIntake({
      loadedVersion: (name) => this.registry.find(name)?.version,
      load: ({ path, document }) =>
        this.#take(() => this.loader.loadFromManifest(path, { ...CREATED_ONLY, document })),
      available: () => this.#available(),
      maxConcurrentLoads,
    });
    this.#gate = new CallGate(maxConcurrentCalls, maxQueuedCalls);
    this.ready = options.autoDiscover === true ? this.#discoverFirst() : Promise.resolve(NOTHING_FOUND);
  }

  /**
   * Loads a plugin from its manifest file, takes it in and starts it. What it depends on and is not loaded is looked for
   * where `discover` looks, and loaded before it. Throws what the loader and the registry throw.
   */
  async loadManifest(path: string): Promise<Plugin> {
    this.#checkOpen();
    const { basePath, strictValidation: strict = true } = this.#options;
    const located = basePath === undefined ? path : resolve(basePath, path);
    const document = await readManifestDocument(located, { strict });
    return this.#intake.loadOne({ path: located, document, manifest: document.manifest });
  }

  /** As {@link loadManifest}, for a source file without a manifest. */
  loadSource(path: string): Promise<Plugin> {
    return this.#take(() => this.loader.loadSource(path, CREATED_ONLY));
  }

  /** As {@link loadManifest}, for a bytecode file without a manifest. */
  loadBytecode(path: string): Promise<Plugin> {
    return this.#take(() => this.loader.loadBytecodeFile(path, CREATED_ONLY));
  }

  /**
   * Loads the plugins of a folder: of the manifests in it, and in the folders directly inside, dependencies first. Those
   * that are loaded already are left alone.
   */
  loadDirectory(folder: string): Promise<Discovery> {
    return this.#inDiscoveryTurn(() => this.#discoverIn([folder]));
  }

  /** Loads the plugins of all `pluginDirs`, as {@link loadDirectory} does, and those among the packages of `packageDirs`. */
  discover(): Promise<Discovery> {
    const { pluginDirs = [], packageDirs = [] } = this.#options;
    return this.#inDiscoveryTurn(() => this.#discoverIn(pluginDirs, packageDirs));
  }

  /** Unloads a plugin and lets go of it; those that cannot do without it are stopped first. Throws `PluginNotFoundError`. */
  async unload(name: string): Promise<void> {
    this.#checkOpen();
    await this.registry.unregister(name);
  }

  /** Starts a plugin that does not run, and before it what it depends on; initializes them first where that is needed. */
  async start(name: string): Promise<void> {
    this.#checkOpen();
    await this.registry.start(name);
  }

  /** Takes no more calls for a plugin, lets those in flight finish, and stops it; before it those that cannot do without it. */
  async stop(name: string): Promise<void> {
    this.#checkOpen();
    await this.registry.stop(name);
  }

  /** Loads a plugin anew beside the old version and switches; throws `ReloadError` and keeps the old one if that fails. */
  async reload(name: string): Promise<void> {
    this.#checkOpen();
    await this.registry.reload(name);
  }

  /**
   * Begins a plugin's life anew with the program that it has: stops it if it runs, runs its top level, starts it. One that
   * is in the state `error` is reloaded. Who asks while it happens shares it.
   */
  async restart(name: string): Promise<void> {
    this.#checkOpen();
    const plugin = this.registry.get(name);
    const running = this.#restarts.get(name);
    if (running !== undefined) return running;
    const restart = this.#restart(plugin).finally(() => this.#restarts.delete(name));
    this.#restarts.set(name, restart);
    return restart;
  }

  /**
   * Calls an export of a plugin. Throws `PluginNotFoundError`, {@link CallQueueFullError}, {@link CallQueueTimeoutError}
   * and what `Plugin.call` throws.
   */
  async call(
    plugin: string,
    fn: string,
    args: readonly unknown[] = [],
    options: CallOptions = {},
  ): Promise<unknown> {
    this.#checkOpen();
    if (this.#discovering && !this.registry.has(plugin)) await this.ready;
    return this.#call(this.registry.get(plugin), fn, args, options);
  }

  /**
   * As {@link call}, at once. It takes no turn: nothing else can run in this thread meanwhile. Host functions that wait
   * raise.
   */
  callSync(plugin: string, fn: string, args: readonly unknown[] = [], options: CallOptions = {}): unknown {
    this.#checkOpen();
    const found = this.registry.get(plugin);
    try {
      const result = found.callSync(fn, args, this.#bounded(options));
      this.#succeeded++;
      return result;
    } catch (error) {
      this.#failed++;
      throw error;
    }
  }

  /** Calls an export of every running plugin that has it, side by side. One that fails does not touch the others. */
  async broadcast(
    fn: string,
    args: readonly unknown[] = [],
    options: CallOptions = {},
  ): Promise<ReadonlyMap<string, CallResult>> {
    this.#checkOpen();
    const plugins = this.registry.running().filter(({ exports }) => exports.has(fn));
    const results = await Promise.all(
      plugins.map(async (plugin): Promise<CallResult> => {
        try {
          return { ok: true, value: await this.#call(plugin, fn, args, options) };
        } catch (error) {
          return { ok: false, error: asError(error) };
        }
      }),
    );
    return new Map(results.map((result, index) => [plugins[index]?.name ?? "", result]));
  }

  /**
   * Reloads plugins when their files change, from now until the answer is stopped or the runtime is disposed. Throws
   * `InvalidWatcherOptionError`.
   */
  async watch(options: WatcherOptions = {}): Promise<HotReload> {
    this.#checkOpen();
    const hotReload = new HotReload(this.registry, this.#events, options);
    this.#hotReloads.add(hotReload);
    await hotReload.start();
    return hotReload;
  }

  /** Asks a plugin how it is. Throws `PluginNotFoundError`. */
  async checkHealth(name: string): Promise<PluginHealth> {
    this.#checkOpen();
    return healthOf(this.registry.get(name), this.#options.callTimeoutMs ?? HEALTH_TIMEOUT_MS);
  }

  /** A plugin failed over a message, and nobody waits for that: a line in the log, or on its standard error. */
  #reportDelivery({ plugin, topic, error }: DeliveryFailure): void {
    const { library: { log } = {}, logger, onOutput } = this.#options;
    const text = `a handler of messages failed on '${topic}': ${asError(error).message}`;
    logger?.warn(text, { plugin, topic, error });
    if (log !== undefined) log({ level: "error", text, plugin, place: undefined });
    else if (logger !== undefined) return;
    else if (onOutput !== undefined) onOutput(`${plugin}: ${text}\n`, "stderr", plugin);
    else process.stderr.write(`${plugin}: ${text}\n`);
  }

  /** What it holds and has done. */
  stats(): RuntimeStats {
    const { running, waiting } = this.#gate;
    return {
      plugins: this.registry.stats(),
      calls: {
        total: this.#succeeded + this.#failed + running,
        succeeded: this.#succeeded,
        failed: this.#failed,
        running,
        queued: waiting,
      },
      messagesWaiting: this.#network.waiting,
    };
  }

  /** Listens to one type of event of all plugins, or to all by `"*"`; the answer ends it. */
  on<T extends LifecycleEvent["type"] | "*">(type: T, listener: LifecycleListener<T>): () => void {
    return this.#events.on(type, listener);
  }

  /**
   * Takes nothing new, refuses the calls that wait for their turn, lets those in flight finish for `shutdownGraceMs`, ends
   * those that have not, and unloads every plugin, dependencies last. Throws {@link RuntimeDisposalError} if some could not
   * be unloaded. A second time does nothing more.
   */
  dispose(): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #dispose(): Promise<void> {
    this.#gate.close();
    for (const hotReload of this.#hotReloads) await hotReload.stop();
    this.#network.close();
    await Promise.allSettled(this.#pending);
    const { shutdownGraceMs: graceMs = SHUTDOWN_GRACE_MS, logger } = this.#options;
    const { running } = this.#gate;
    if (running > 0)
      logger?.info(`shutting down; ${running} calls have ${graceMs} ms to end`, { running, graceMs });
    const { failed } = await this.registry.unloadAll({ graceMs });
    if (failed.size > 0) throw new RuntimeDisposalError(failed);
  }

  #checkOpen(): void {
    if (this.#disposal !== undefined) throw new RuntimeDisposedError();
  }

  #hear(event: LifecycleEvent): void {
    const { logger, onEvent } = this.#options;
    if (logger !== undefined) logEvent(logger, event);
    this.#events.emit(event);
    onEvent?.(event);
  }

  #warn(warning: LoadWarning): void {
    const { logger, onWarning } = this.#options;
    const { plugin, code, message, place } = warning;
    logger?.warn(message, { plugin, code, place });
    onWarning?.(warning);
  }

  /** Loads a plugin, takes it in, and starts it; if any of that fails, nothing of it is left. */
  async #take(load: () => Promise<Plugin>): Promise<Plugin> {
    this.#checkOpen();
    const taken = this.#taken(load);
    this.#pending.add(taken);
    try {
      return await taken;
    } finally {
      this.#pending.delete(taken);
    }
  }

  async #taken(load: () => Promise<Plugin>): Promise<Plugin> {
    const plugin = await load();
    try {
      this.#checkOpen();
      await this.registry.register(plugin);
    } catch (error) {
      await plugin[Symbol.asyncDispose]();
      throw error;
    }
    if (this.#options.autoStart === false) return plugin;
    try {
      await this.registry.start(plugin.name);
    } catch (error) {
      if (this.registry.find(plugin.name) === plugin) await this.registry.unregister(plugin.name);
      throw error;
    }
    return plugin;
  }

  async #discoverFirst(): Promise<Discovery> {
    this.#discovering = true;
    try {
      return await this.discover();
    } catch (error) {
      if (error instanceof RuntimeDisposedError) return NOTHING_FOUND;
      throw error;
    } finally {
      this.#discovering = false;
    }
  }

  /** One discovery at a time, so that no two of them load the same plugin. */
  #inDiscoveryTurn(run: () => Promise<Discovery>): Promise<Discovery> {
    const turn = this.#lastDiscovery.then(() => {
      this.#checkOpen();
      return run();
    });
    this.#lastDiscovery = turn.catch(() => undefined);
    return turn;
  }

  async #discoverIn(folders: readonly string[], packageFolders: readonly string[] = []): Promise<Discovery> {
    const broken = new Map<string, Error>();
    const known = new Set(this.registry.info().map(({ manifestPath }) => manifestPath));
    const candidates = await this.#candidates({ folders, packageFolders, broken, known });
    const { loaded, failed } = await this.#intake.loadAll(candidates);
    const outcome = { loaded, failed: new Map([...broken, ...failed]) };
    for (const [path, error] of outcome.failed)
      this.#options.logger?.warn(`a plugin was not loaded: ${error.message}`, { path, error });
    return outcome;
  }

  /** What `discover` would find, for a plugin that needs it. What is broken there is not its matter. */
  #available(): Promise<readonly Candidate[]> {
    const { pluginDirs: folders = [], packageDirs: packageFolders = [] } = this.#options;
    return this.#candidates({ folders, packageFolders, broken: new Map(), known: new Set() });
  }

  /** The plugins of folders that are not known yet. */
  async #candidates({
    folders,
    packageFolders,
    broken,
    known,
  }: {
    readonly folders: readonly string[];
    readonly packageFolders: readonly string[];
    readonly broken: Map<string, Error>;
    readonly known: Set<string | undefined>;
  }): Promise<readonly Candidate[]> {
    const { basePath, strictValidation: strict = true } = this.#options;
    const candidates: Candidate[] = [];
    const add = async (path: string): Promise<void> => {
      const absolute = resolve(path);
      if (known.has(absolute)) return;
      known.add(absolute);
      try {
        const document = await readManifestDocument(path, { strict });
        candidates.push({ path, document, manifest: document.manifest });
      } catch (error) {
        broken.set(path, asError(error));
      }
    };
    for (const folder of folders) {
      const located = basePath === undefined ? folder : resolve(basePath, folder);
      try {
        for (const path of await findManifests(located, this.#options.patterns ?? MANIFEST_PATTERNS))
          await add(path);
      } catch (error) {
        broken.set(located, asError(error));
      }
    }
    for (const folder of packageFolders) {
      const located = basePath === undefined ? folder : resolve(basePath, folder);
      try {
        const { manifests, failed } = findPluginPackages(located);
        for (const [path, error] of failed) broken.set(path, error);
        for (const path of manifests) await add(path);
      } catch (error) {
        broken.set(located, asError(error));
      }
    }
    return candidates;
  }

  async #restart(plugin: Plugin): Promise<void> {
    if (plugin.state === "error") return plugin.reload();
    if (plugin.state === "running") await plugin.stop();
    await this.registry.start(plugin.name);
  }

  async #call(plugin: Plugin, fn: string, args: readonly unknown[], options: CallOptions): Promise<unknown> {
    if (this.#gate.tryEnter()) return this.#callAndLeave(plugin, fn, args, this.#bounded(options));
    const timeoutMs = tighter(
      tighter(options.timeoutMs, this.#options.callTimeoutMs),
      tighter(options.limits?.timeoutMs, this.loader.limits.timeoutMs),
    );
    const began = performance.now();
    await this.#gate.enter(plugin.name, fn, { timeoutMs, signal: options.signal });
    const left = timeoutMs && Math.max(0, Math.ceil(timeoutMs - (performance.now() - began)));
    const rest = left === null ? options : { ...options, timeoutMs: left };
    // Another plugin may have the name now.
    const current = this.registry.find(plugin.name) ?? plugin;
    return this.#callAndLeave(current, fn, args, rest);
  }

  async #callAndLeave(
    plugin: Plugin,
    fn: string,
    args: readonly unknown[],
    options: CallOptions,
  ): Promise<unknown> {
    try {
      const result = await plugin.call(fn, args, options);
      this.#succeeded++;
      return result;
    } catch (error) {
      this.#failed++;
      throw error;
    } finally {
      this.#gate.leave();
    }
  }

  #bounded(options: CallOptions): CallOptions {
    const { callTimeoutMs } = this.#options;
    const timeoutMs = tighter(options.timeoutMs, callTimeoutMs);
    return callTimeoutMs === undefined || timeoutMs === null ? options : { ...options, timeoutMs };
  }
}

const NOTHING_FOUND: Discovery = { loaded: [], failed: new Map() };

/** A runtime takes a plugin in before it starts it, so that one that is refused has never run. */
const CREATED_ONLY: LoadOptions = { autoStart: false };

const HEALTH_TIMEOUT_MS = 5_000;
const SHUTDOWN_GRACE_MS = 10_000;

/** What plugins log goes where the runtime logs, unless the host has said where. */
function loggedTo(logger: Logger | undefined): Pick<NodeLibraryOptions, "log"> {
  if (logger === undefined) return {};
  return {
    log: ({ level, text, plugin, place }) =>
      logger[level === "trace" ? "debug" : level](text, {
        plugin,
        level,
        ...(place === undefined ? {} : { place }),
      }),
  };
}

/** The smaller of two limits, of which each may be none. */
function tighter(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null ? (b ?? null) : b == null ? a : Math.min(a, b);
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number of at least ${least}, not ${String(value)}`);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
