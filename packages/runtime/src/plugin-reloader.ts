import type { Plugin } from "@fusabi/plugin";
import { PluginError, ReloadError } from "@fusabi/plugin";
import { CircuitOpenError, type RetryPolicy } from "@fusabi/watcher";
import { contentDigest } from "./content-digest.js";
import type { HotReloadEvents, ReloadReason } from "./hot-reload-events.js";

/** Where a reloader tells what it does. */
export type TellHotReload = <Name extends keyof HotReloadEvents>(
  name: Name,
  event: HotReloadEvents[Name],
) => void;

/**
 * Brings one plugin to the newest state of its files: one try at a time, again for what changed meanwhile, with retries in between for a version that
 * does not load. Each such version is told once.
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
    this.#next = combined(this.#next, reason);
    this.#policy.reset();
    this.#newer.abort();
    this.#run ??= this.#work().finally(() => {
      this.#run = undefined;
    });
  }

  /** No try begins from now on. Fulfilled when the last one has ended. */
  async end(): Promise<void> {
    this.#ended.abort();
    this.#newer.abort();
    await this.#run;
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
      // It has been told when it failed; or there is something newer already.
      if (this.#newer.signal.aborted || error instanceof CircuitOpenError || error === this.#failure) return;
      throw error;
    }
  }

  async #attempt(end: () => { plugin: string; at: number; durationMs: number }): Promise<void> {
    for (;;) {
      const before = await this.#digest();
      try {
        await this.#plugin.reload();
        return;
      } catch (error) {
        // Files that changed under the loader's eyes say nothing about any version: the new ones are tried.
        if ((await this.#digest()) !== before && !this.#ended.signal.aborted) continue;
        this.#failure = asError(error);
        if (this.#toldDigest !== before) {
          this.#toldDigest = before;
          this.#tell("after", { ...end(), ok: false, error: this.#failure });
        }
        throw this.#failure;
      }
    }
  }

  #digest(): Promise<string> {
    return contentDigest(new Set([...this.#plugin.info.files, ...this.#suspects]));
  }
}

/** Of two reasons for one reload: the files of both count, and what is not about files weighs more. */
function combined(earlier: ReloadReason | undefined, later: ReloadReason): ReloadReason {
  if (earlier === undefined) return later;
  if (earlier.kind === "files" && later.kind === "files")
    return { kind: "files", files: [...new Set([...earlier.files, ...later.files])] };
  return earlier.kind === "files" ? later : earlier;
}

/** Whether the same files may load later: something in the surroundings was at fault, or a file was only half there. */
function isWorthRetry(error: unknown): boolean {
  const cause = error instanceof ReloadError ? error.cause : error;
  return !(cause instanceof PluginError) || cause.worthReload;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
