import { ManifestError } from "@fusabi/manifest";
import type { Plugin } from "@fusabi/plugin";
import { CompilationError, PluginError, ReloadError } from "@fusabi/plugin";
import { CircuitOpenError, type RetryPolicy } from "@fusabi/watcher";
import { contentDigest } from "./content-digest.js";
import type { HotReloadEvents, ReloadReason } from "./hot-reload-events.js";

/** Where a reloader tells what it does. */
export type TellHotReload = <Name extends keyof HotReloadEvents>(
  name: Name,
  event: HotReloadEvents[Name],
) => void;

/**
 * Brings one plugin to the newest state of its files: one try at a time, again for what changed meanwhile. A version that does not load is told once, and
 * tried again if something else than its files can be at fault.
 */
export class PluginReloader {
  readonly #plugin: Plugin;
  readonly #policy: RetryPolicy;
  readonly #tell: TellHotReload;
  readonly #ended = new AbortController();
  /** Files that changed since the plugin loaded last, beside those that it was made of. */
  readonly #suspects = new Set<string>();
  #next: ReloadReason | undefined;
  #run: Promise<void> | undefined;
  /** Ends the waiting for a retry: there is something newer. */
  #newer = new AbortController();
  #failure: Error | undefined;
  /** The contents that were told not to load. */
  #toldDigest: string | undefined;
  /** The contents of which another try would say nothing new: they serve, or do not load whenever they are tried. */
  #judgedDigest: string | undefined;
  /** Tries again when the circuit lets it. */
  #later: NodeJS.Timeout | undefined;

  constructor(plugin: Plugin, policy: RetryPolicy, tell: TellHotReload) {
    this.#plugin = plugin;
    this.#policy = policy;
    this.#tell = tell;
    const { name } = plugin;
    policy.on("retry", ({ attempt, delayMs, error }) =>
      tell("retry", { plugin: name, at: Date.now(), attempt, delayMs, error: asError(error) }),
    );
    policy.on("circuit-opened", ({ retryAt }) =>
      tell("circuit-opened", { plugin: name, at: Date.now(), retryAt }),
    );
    policy.on("circuit-closed", () => tell("circuit-closed", { plugin: name, at: Date.now() }));
  }

  /** Why the files, as they were tried last, do not load. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  get isBusy(): boolean {
    return this.#run !== undefined;
  }

  /** The reload that is going on, with whatever follows from it. */
  get settled(): Promise<void> {
    return this.#run ?? Promise.resolve();
  }

  /** Reloads the plugin, now or once the try that is going on has ended. */
  request(reason: ReloadReason): void {
    if (this.#ended.signal.aborted) return;
    if (reason.kind === "files") for (const file of reason.files) this.#suspects.add(file);
    clearTimeout(this.#later);
    this.#policy.reset();
    this.#newer.abort();
    this.#begin(reason);
  }

  /** No try begins from now on. Fulfilled when the last one has ended. */
  async end(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#later);
    this.#newer.abort();
    await this.#run;
  }

  #begin(reason: ReloadReason): void {
    this.#next = combined(this.#next, reason);
    this.#run ??= this.#work().finally(() => {
      this.#run = undefined;
    });
  }

  async #work(): Promise<void> {
    for (let reason = this.#take(); reason !== undefined; reason = this.#take())
      await this.#bringUpToDate(reason);
  }

  #take(): ReloadReason | undefined {
    const reason = this.#ended.signal.aborted ? undefined : this.#next;
    this.#next = undefined;
    this.#newer = new AbortController();
    return reason;
  }

  async #bringUpToDate(reason: ReloadReason): Promise<void> {
    if (reason.kind === "files" && (await this.#isJudged())) return;
    const { name } = this.#plugin;
    const began = performance.now();
    this.#tell("before", { plugin: name, at: Date.now(), reason });
    const end = () => ({ plugin: name, at: Date.now(), durationMs: performance.now() - began });
    try {
      await this.#policy.run(() => this.#attempt(end), {
        signal: this.#newer.signal,
        isWorthRetry,
      });
      this.#failure = undefined;
      this.#toldDigest = undefined;
      this.#suspects.clear();
      this.#tell("after", { ...end(), ok: true, version: this.#plugin.version });
    } catch (error) {
      // There is something newer already.
      if (this.#newer.signal.aborted) return;
      if (error instanceof CircuitOpenError) this.#tryAgain(error.retryAt, reason);
      // It has been told when it failed.
      else if (error !== this.#failure) throw error;
    }
  }

  /** The files may be as they were at the last try: it came after they had changed, and before that was told. */
  async #isJudged(): Promise<boolean> {
    if (this.#judgedDigest === undefined || this.#plugin.state === "error") return false;
    return this.#judgedDigest === (await contentDigest(this.#files));
  }

  async #attempt(end: () => { plugin: string; at: number; durationMs: number }): Promise<void> {
    for (;;) {
      const files = this.#files;
      const before = await contentDigest(files);
      let failure: Error | undefined;
      try {
        await this.#plugin.reload();
      } catch (error) {
        failure = asError(error);
      }
      // What changed under the loader's eyes says nothing about any version: the new one is tried.
      if ((await contentDigest(files)) !== before && !this.#ended.signal.aborted) continue;
      if (failure === undefined) {
        // What came in with this version was not looked at before it.
        this.#judgedDigest = this.#plugin.info.files.every((file) => files.has(file)) ? before : undefined;
        return;
      }
      this.#failure = failure;
      this.#judgedDigest = isWorthRetry(failure) ? undefined : before;
      if (this.#toldDigest !== before) {
        this.#toldDigest = before;
        this.#tell("after", { ...end(), ok: false, error: failure });
      }
      throw failure;
    }
  }

  #tryAgain(at: number, reason: ReloadReason): void {
    this.#later = setTimeout(() => this.#begin(reason), Math.max(0, at - Date.now()));
  }

  /** What may be part of it, now or in the version that is tried. */
  get #files(): ReadonlySet<string> {
    return new Set([...this.#plugin.info.files, ...this.#suspects]);
  }
}

/** Of two reasons for one reload: the files of both count, and what is not about files weighs more. */
function combined(earlier: ReloadReason | undefined, later: ReloadReason): ReloadReason {
  if (earlier === undefined) return later;
  if (earlier.kind === "files" && later.kind === "files")
    return { kind: "files", files: [...new Set([...earlier.files, ...later.files])] };
  return earlier.kind === "files" ? later : earlier;
}

/** Whether the same files may load later: something around them was at fault. What they say themselves stays until they change, which is told. */
function isWorthRetry(error: unknown): boolean {
  const cause = error instanceof ReloadError ? error.cause : error;
  if (cause instanceof CompilationError || cause instanceof ManifestError) return false;
  return !(cause instanceof PluginError) || cause.worthReload;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
