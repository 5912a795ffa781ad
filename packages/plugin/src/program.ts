import type { Capabilities } from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import type { CallOptions, PluginExport, PluginUsage } from "./plugin.js";

/**
 * A program that was loaded, checked and linked, and has not run yet. What runs plugins (inline, in a worker, in a
 * process) implements this and {@link ProgramInstance}; {@link ManagedPlugin} makes a plugin of it.
 *
 * @example
 * ```ts
 * const program: PluginProgram = { manifest, exports: new Map(), capabilities: Capabilities.none(), open: async () => instance };
 * ```
 */
export interface PluginProgram {
  readonly manifest: Manifest;
  /** What the program offers to the host: the exports that the manifest lists, and `main`. */
  readonly exports: ReadonlyMap<string, PluginExport>;
  /** What the program may do. */
  readonly capabilities: Capabilities;
  /** The files that it was made of: manifest, entry and what that loads; absolute paths, links resolved. Default: none. */
  readonly files?: readonly string[];
  /** Runs the top level and answers the instance that it leaves behind. May be called again: each is a fresh start. */
  open(): Promise<ProgramInstance>;
}

/** A program that runs. Its errors are those of `Plugin.call`; a `PluginCrashedError` says that it is beyond use. */
export interface ProgramInstance {
  readonly usage: PluginUsage;
  /** A function of one unit parameter may be called without arguments. */
  call(fn: string, args: readonly unknown[], options: CallOptions): Promise<unknown>;
  callSync(fn: string, args: readonly unknown[], options: CallOptions): unknown;
  /** Gives back what the instance holds. No call is made during or after it. */
  close(): Promise<void>;
}
