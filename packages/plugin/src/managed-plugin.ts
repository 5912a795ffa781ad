import type {
  AuditRecord,
  AuditTotals,
  AuditTrail,
  Capabilities,
  CapabilityName,
  EffectTrail,
  PlannedEffect,
} from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import {
  ExecutionError,
  InitializationError,
  InvalidProgramError,
  PluginCrashedError,
  PluginUnloadedError,
  ReloadError,
} from "./errors.js";
import type { LifecycleEvent, LifecycleListener } from "./events.js";
import { LifecycleEvents } from "./events.js";
import { Generation, NO_OPTIONS } from "./generation.js";
import type { LifecycleOperation, LifecycleState } from "./lifecycle.js";
import { LifecycleMachine } from "./lifecycle.js";
import type {
  CallOptions,
  Plugin,
  PluginExport,
  PluginFailure,
  PluginInfo,
  PluginUsage,
  StopOptions,
} from "./plugin.js";
import type { PluginProgram } from "./program.js";
import type { StateStore } from "./state-store.js";
import { addUsage, noUsage } from "./usage.js";

/** What {@link ManagedPlugin} is made of. */
export interface ManagedPluginOptions {
  /** The program, loaded for the first time. */
  readonly program: PluginProgram;
  /** Loads it again, for a reload: from the same place, with the same checks. */
  readonly reload: () => Promise<PluginProgram>;
  readonly id: string;
  readonly manifestPath?: string;
  readonly entryPath?: string;
  /** Filled by the program's host functions. */
  readonly audit?: AuditTrail;
  /** Filled by them in a dry run. */
  readonly effects?: EffectTrail;
  /** Keeps the state of the plugin from a stop to the next start, if it exports `save_state` and `restore_state`. */
  readonly stateStore?: StateStore;
  /** Hears every event, `created` included. */
  readonly onEvent?: (event: LifecycleEvent) => void;
  /** Clock, in milliseconds since 1970-01-01 UTC. */
  readonly now?: () => number;
}

/** How long a hand-over of state waits for the calls in flight, in milliseconds. */
const HAND_OVER_WAIT_MS = 1_000;

/**
 * A plugin made of a program: keeps the lifecycle's rules, runs the hooks `init` and `cleanup`, counts, tells the
 * listeners, and reloads without losing a call.
 *
 * @example
 * ```ts
 * const plugin = new ManagedPlugin({ program, reload: () => loadAgain(), id: "1" });
 * await plugin.initialize();
 * await plugin.start();
 * ```
 */
export class ManagedPlugin implements Plugin {
  readonly id: string;
  readonly name: string;
  readonly #options: ManagedPluginOptions;
  readonly #now: () => number;
  readonly #machine: LifecycleMachine;
  readonly #events = new LifecycleEvents();
  readonly #loadedAt: number;
  /** Old generations that wait for their last calls, and when they are gone. */
  readonly #leaving = new Map<Generation, Promise<void>>();
  #generation: Generation;
  #lastOperation: Promise<void> = Promise.resolve();
  /** State is being handed over: calls that come now wait for its end. */
  #handOver: Promise<void> | undefined;
  #pastUsage: PluginUsage = noUsage;
  #lastReload: number | undefined;
  #reloadCount = 0;
  #invocationCount = 0;
  #lastError: PluginFailure | undefined;
  #lastCallFailed = false;

  constructor(options: ManagedPluginOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.id = options.id;
    this.name = options.program.manifest.name;
    this.#machine = new LifecycleMachine(this.name);
    this.#generation = new Generation(this.name, options.program);
    this.#loadedAt = this.#now();
    if (options.onEvent !== undefined) this.#events.on("*", options.onEvent);
    this.#tell("created");
  }

  get version(): string {
    return this.manifest.version;
  }

  get manifest(): Manifest {
    return this.#generation.program.manifest;
  }

  get state(): LifecycleState {
    return this.#machine.state;
  }

  get failure(): Error | undefined {
    return this.#machine.failure;
  }

  get lastError(): PluginFailure | undefined {
    return this.#lastError;
  }

  get isHealthy(): boolean {
    return this.state === "running" && !this.#lastCallFailed;
  }

  get exports(): ReadonlyMap<string, PluginExport> {
    return this.#generation.program.exports;
  }

  get capabilities(): Capabilities {
    return this.#generation.program.capabilities;
  }

  get usage(): PluginUsage {
    return addUsage(this.#pastUsage, this.#generation.usage);
  }

  get audit(): readonly AuditRecord[] {
    return this.#options.audit?.records() ?? [];
  }

  get capabilityUses(): ReadonlyMap<CapabilityName, AuditTotals> {
    return this.#options.audit?.totals() ?? new Map();
  }

  get effects(): readonly PlannedEffect[] {
    return this.#options.effects?.effects() ?? [];
  }

  get info(): PluginInfo {
    return {
      id: this.id,
      name: this.name,
      version: this.version,
      manifestPath: this.#options.manifestPath,
      entryPath: this.#options.entryPath,
      files: this.#generation.program.files ?? [],
      loadedAt: this.#loadedAt,
      lastReload: this.#lastReload,
      reloadCount: this.#reloadCount,
      invocationCount: this.#invocationCount,
      state: this.state,
    };
  }

  on<T extends LifecycleEvent["type"] | "*">(type: T, listener: LifecycleListener<T>): () => void {
    return this.#events.on(type, listener);
  }

  initialize(): Promise<void> {
    return this.#inTurn("initialize", async () => {
      await this.#orFail("initialize", () => this.#generation.open());
      this.#machine.complete("initialize");
      this.#lastCallFailed = false;
      this.#tell("initialized");
    });
  }

  start(): Promise<void> {
    return this.#inTurn("start", async () => {
      await this.#orFail("start", async () => {
        await this.#generation.callHook("init");
        await this.#restoreKept(this.#generation);
      });
      this.#machine.complete("start");
      this.#tell("started");
    });
  }

  stop({ graceMs }: StopOptions = {}): Promise<void> {
    return this.#inTurn("stop", async () => {
      // The state changes first, so that no call slips in behind the clean-up.
      this.#machine.complete("stop");
      await this.#retire(this.#generation, { cleanup: true, keepState: true, graceMs });
      this.#tell("stopped");
    });
  }

  unload({ graceMs }: StopOptions = {}): Promise<void> {
    return this.#inTurn("unload", async () => {
      const wasRunning = this.state === "running";
      this.#machine.complete("unload");
      for (const generation of this.#leaving.keys()) void generation.drain(graceMs);
      await this.#retire(this.#generation, { cleanup: wasRunning, keepState: wasRunning, graceMs });
      await Promise.all(this.#leaving.values());
      this.#tell("unloaded");
    });
  }

  reload(): Promise<void> {
    return this.#inTurn("reload", async () => {
      const old = this.#generation;
      const fresh = await this.#replacement(this.#machine.reloadTarget);
      const cleanup = this.state === "running";
      await this.#switchTo(fresh);
      const retired = this.#retire(old, { cleanup, keepState: false, graceMs: undefined });
      // A reload that was asked for from within a call must not wait for that call.
      if (!old.busy) await retired;
    });
  }

  async call(fn: string, args: readonly unknown[] = [], options: CallOptions = NO_OPTIONS): Promise<unknown> {
    while (this.#handOver !== undefined) await this.#handOver;
    const generation = this.#enter();
    try {
      const result = await generation.call(fn, args, options);
      this.#lastCallFailed = false;
      return result;
    } catch (error) {
      throw this.#noteFailure(generation, error);
    }
  }

  callSync(fn: string, args: readonly unknown[] = [], options: CallOptions = NO_OPTIONS): unknown {
    const generation = this.#enter();
    try {
      const result = generation.callSync(fn, args, options);
      this.#lastCallFailed = false;
      return result;
    } catch (error) {
      throw this.#noteFailure(generation, error);
    }
  }

  /** Unloads the plugin, if that has not happened. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.unload();
    } catch (error) {
      if (!(error instanceof PluginUnloadedError)) throw error;
    }
  }

  #enter(): Generation {
    this.#machine.check("call");
    this.#invocationCount++;
    return this.#generation;
  }

  /** A crash of the generation that serves puts the plugin into the state `error`; other failures leave it usable. */
  #noteFailure(generation: Generation, error: unknown): unknown {
    // Wrong arguments, a wrong name or a change of mind are the caller's.
    if (error instanceof ExecutionError || error instanceof PluginCrashedError) {
      this.#lastCallFailed = true;
      this.#lastError = { error, at: this.#now() };
    }
    if (error instanceof PluginCrashedError && generation === this.#generation && this.state === "running") {
      this.#fail("call", error);
    }
    return error;
  }

  /** A new generation, brought to the state that the old one is in. Nothing has changed if this throws. */
  async #replacement(target: LifecycleState): Promise<Generation> {
    let fresh: Generation | undefined;
    try {
      const program = await this.#options.reload();
      if (program.manifest.name !== this.name) {
        throw new InvalidProgramError(
          this.name,
          `its manifest names it ${program.manifest.name} now; unload it and load it under its new name`,
        );
      }
      fresh = new Generation(this.name, program);
      if (target === "initialized" || target === "running") await fresh.open();
      if (target === "running") await fresh.callHook("init");
      if (target === "running" && this.state === "error") await this.#restoreKept(fresh);
      return fresh;
    } catch (error) {
      throw await this.#reloadFailure(error, fresh);
    }
  }

  async #reloadFailure(error: unknown, fresh: Generation | undefined): Promise<ReloadError> {
    const failure = new ReloadError(this.name, asError(error));
    this.#report(failure);
    if (fresh !== undefined) await this.#close(fresh);
    return failure;
  }

  /** The new version serves from here on, with the state of the old one where both know how. */
  async #switchTo(fresh: Generation): Promise<void> {
    const old = this.#generation;
    const handsOver =
      this.state === "running" &&
      old.program.exports.has("save_state") &&
      fresh.program.exports.has("restore_state");
    if (!handsOver) {
      this.#serve(fresh);
      return;
    }
    let end: () => void = nothing;
    this.#handOver = new Promise((resolve) => {
      end = resolve;
    });
    let saved: unknown;
    try {
      await old.drainWithin(HAND_OVER_WAIT_MS);
      // From here to the switch nothing else can run in this thread, so that no change gets lost between the two.
      saved = old.callHookSync("save_state");
      fresh.callHookSync("restore_state", saved);
      this.#serve(fresh);
    } catch (error) {
      throw await this.#reloadFailure(error, fresh);
    } finally {
      this.#handOver = undefined;
      end();
    }
    await this.#orReport(async () => this.#options.stateStore?.save(this.name, saved));
  }

  #serve(fresh: Generation): void {
    this.#machine.complete("reload");
    this.#generation = fresh;
    this.#lastCallFailed = false;
    this.#reloadCount++;
    this.#lastReload = this.#now();
    this.#tellEvent({
      type: "reloaded",
      plugin: this.name,
      at: this.#lastReload,
      count: this.#reloadCount,
    });
  }

  /** Gives a generation that begins the state that was kept. */
  async #restoreKept(generation: Generation): Promise<void> {
    if (!generation.program.exports.has("restore_state")) return;
    const kept = await this.#options.stateStore?.load(this.name);
    if (kept !== undefined) await generation.callHook("restore_state", kept.state);
  }

  async #keepState(generation: Generation): Promise<void> {
    const { stateStore } = this.#options;
    if (stateStore === undefined || !generation.program.exports.has("save_state")) return;
    await stateStore.save(this.name, await generation.callHook("save_state"));
  }

  /** Ends a generation once its calls have ended. What fails in it is reported and stops nothing. */
  #retire(generation: Generation, { cleanup, keepState, graceMs }: Retirement): Promise<void> {
    const retired = (async () => {
      await generation.drain(graceMs);
      if (keepState) await this.#orReport(() => this.#keepState(generation));
      if (cleanup) await this.#orReport(() => generation.callHook("cleanup"));
      await this.#close(generation);
    })();
    this.#leaving.set(generation, retired);
    return retired.finally(() => this.#leaving.delete(generation));
  }

  async #close(generation: Generation): Promise<void> {
    await this.#orReport(async () => {
      this.#pastUsage = addUsage(this.#pastUsage, await generation.close());
    });
  }

  /** One lifecycle operation at a time, each checked when its turn comes. */
  #inTurn(operation: LifecycleOperation, run: () => Promise<void>): Promise<void> {
    const turn = this.#lastOperation.then(() => {
      this.#machine.check(operation);
      return run();
    });
    // The next one waits for this one's end; whether it failed is the caller's matter.
    this.#lastOperation = turn.then(nothing, nothing);
    return turn;
  }

  async #orFail(operation: "initialize" | "start", run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      const failure = new InitializationError(this.name, asError(error));
      this.#fail(operation, failure);
      throw failure;
    }
  }

  async #orReport(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#report(asError(error));
    }
  }

  #fail(operation: LifecycleOperation, failure: Error): void {
    this.#machine.fail(operation, failure);
    this.#report(failure);
  }

  #report(error: Error): void {
    const at = this.#now();
    this.#lastError = { error, at };
    this.#tellEvent({ type: "error", plugin: this.name, at, message: error.message, error });
  }

  #tell(type: "created" | "initialized" | "started" | "stopped" | "unloaded"): void {
    this.#tellEvent({ type, plugin: this.name, at: this.#now() });
  }

  #tellEvent(event: LifecycleEvent): void {
    this.#events.emit(event);
  }
}

/** What happens to a generation whose calls have ended, and how long they have for it. */
interface Retirement {
  readonly cleanup: boolean;
  readonly keepState: boolean;
  readonly graceMs: number | undefined;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}

function nothing(): void {}
