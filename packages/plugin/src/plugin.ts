import type {
  AuditRecord,
  AuditTotals,
  Capabilities,
  CapabilityName,
  Limits,
  PlannedEffect,
} from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import type { LifecycleEvent, LifecycleListener } from "./events.js";
import type { LifecycleState } from "./lifecycle.js";

/**
 * A plugin as everybody sees it, wherever it runs. Lifecycle operations on one plugin happen one after the other, in the
 * order in which they were asked for; each throws `InvalidStateError` from a state that does not allow it.
 *
 * @example
 * ```ts
 * const plugin: Plugin = await loader.loadFromManifest("plugins/greeter/plugin.toml");
 * await plugin.call("greet", ["Ada"]);
 * await plugin.unload();
 * ```
 */
export interface Plugin extends AsyncDisposable {
  /** Unique in this process, never used again. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** For a plugin that came without a manifest: one that states what was found. */
  readonly manifest: Manifest;
  readonly state: LifecycleState;
  /** Why the plugin is in the state `error`. */
  readonly failure: Error | undefined;
  /** The latest failure of a call, a hook or a reload. */
  readonly lastError: PluginFailure | undefined;
  /** Whether it takes calls and the latest one did not fail. */
  readonly isHealthy: boolean;
  readonly info: PluginInfo;
  /** The functions that may be called. */
  readonly exports: ReadonlyMap<string, PluginExport>;
  /** (declared ∪ safe defaults) ∩ granted. */
  readonly capabilities: Capabilities;
  /** What all calls so far used. */
  readonly usage: PluginUsage;
  /** The latest uses of capabilities, oldest first. */
  readonly audit: readonly AuditRecord[];
  /** How often each capability was used, uses that left no record included. */
  readonly capabilityUses: ReadonlyMap<CapabilityName, AuditTotals>;
  /** In a dry run: what the plugin would have done outside, oldest first; else empty. */
  readonly effects: readonly PlannedEffect[];

  /** Runs the top level of the program. */
  initialize(): Promise<void>;
  /** Runs `init` if it is exported; then calls are accepted. */
  start(): Promise<void>;
  /** Takes no more calls, lets those in flight finish, runs `cleanup` if it is exported. */
  stop(options?: StopOptions): Promise<void>;
  /** As {@link stop} if it runs; then the plugin is gone for good. */
  unload(options?: StopOptions): Promise<void>;
  /**
   * Loads the program anew beside the old one and switches when the new one is ready; throws `ReloadError` and keeps the
   * old one serving when it is not. Calls in flight finish on the version that they started on. If the old version exports
   * `save_state` and the new one `restore_state`, what the one gives is handed to the other inside the switch: calls that
   * come meanwhile wait for it, and those in flight get a second to end, because what they change later is lost. Neither
   * function may wait.
   */
  reload(): Promise<void>;

  /** Calls an export. Throws `FunctionNotFoundError`, `InvalidStateError`, `ExecutionError` and its subclasses. */
  call(fn: string, args?: readonly unknown[], options?: CallOptions): Promise<unknown>;
  /** As {@link call}, at once: host functions that wait raise. */
  callSync(fn: string, args?: readonly unknown[], options?: CallOptions): unknown;

  /** Listens to one type of event, or to all by `"*"`; the answer ends it. */
  on<T extends LifecycleEvent["type"] | "*">(type: T, listener: LifecycleListener<T>): () => void;
}

/** What bounds one call, beside the plugin's own limits: the tighter of both counts. */
export interface CallOptions {
  /** Ends the call with `CallAbortedError`. */
  readonly signal?: AbortSignal;
  /** Milliseconds. */
  readonly timeoutMs?: number;
  readonly limits?: Partial<Limits>;
  /** Hears what the call used, when it has ended; nothing, if it did not begin. */
  readonly onUsage?: (usage: PluginUsage) => void;
}

/** How long a plugin may take to end. */
export interface StopOptions {
  /**
   * Milliseconds that calls in flight may still take; then they are ended with `CallAbortedError`. Default: as long as
   * their limits let them.
   */
  readonly graceMs?: number;
}

/**
 * The latest thing that went wrong with a plugin. `at` is milliseconds since 1970-01-01 UTC.
 *
 * @example
 * ```ts
 * const failure = plugin.lastError;
 * if (failure !== undefined) report(new Date(failure.at), failure.error.message);
 * ```
 */
export interface PluginFailure {
  readonly error: Error;
  readonly at: number;
}

/** A function that a plugin offers. */
export interface PluginExport {
  readonly name: string;
  /** Number of curried parameters; 0 for a value. */
  readonly arity: number;
  /** Type in the language's syntax, such as `string -> int`. */
  readonly type: string;
  /**
   * The same for another program, which knows nothing of this one's own types: records are spelt out, unions are `any`.
   * Absent if functions are part of it, which cannot cross from plugin to plugin.
   */
  readonly dataType?: string;
  readonly doc?: string;
}

/** Facts about a plugin at one moment. Times are milliseconds since 1970-01-01 UTC. */
export interface PluginInfo {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly manifestPath: string | undefined;
  readonly entryPath: string | undefined;
  /** The files that the program was made of: manifest, entry and what that loads; absolute paths, links resolved. */
  readonly files: readonly string[];
  readonly loadedAt: number;
  readonly lastReload: number | undefined;
  readonly reloadCount: number;
  readonly invocationCount: number;
  readonly state: LifecycleState;
}

/** What a call, or all calls so far, used. */
export interface PluginUsage {
  readonly instructions: number;
  readonly allocatedBytes: number;
  readonly outputBytes: number;
  readonly fsOps: number;
  readonly netOps: number;
  readonly durationMs: number;
  /** Deepest nesting of calls. */
  readonly maxDepth: number;
}

/**
 * The end of a call that was one of several: of a broadcast, for example.
 *
 * @example
 * ```ts
 * for (const [name, result] of await runtime.broadcast("refresh")) if (!result.ok) report(name, result.error);
 * ```
 */
export type CallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: Error };
