import type { LoaderOptions } from "@fusabi/loader";
import type { RegistryOptions } from "@fusabi/registry";
import type { Logger } from "./logger.js";

/**
 * Options of a runtime: those of its loader, of its registry, and its own.
 *
 * @example
 * ```ts
 * const options: RuntimeOptions = { capabilities: ["fs:read"], pluginDirs: ["plugins"], callTimeoutMs: 5_000 };
 * ```
 */
export interface RuntimeOptions extends Omit<LoaderOptions, "peers">, RegistryOptions {
  /** Folders that `discover` looks into: at their manifests, and at those of the folders directly inside. */
  readonly pluginDirs?: readonly string[];
  /** Folders in whose `node_modules` `discover` looks for packages with the keyword `fusabi-plugin`. */
  readonly packageDirs?: readonly string[];
  /**
   * Patterns of manifests, `*` for any text: one without a slash is a file name, looked for in a folder and in those inside;
   * one with slashes leads from the folder to where it fits, `**` for folders as deep as they go. In each folder only what fits
   * the first pattern that fits anything counts. Default: `plugin.toml`, `fusabi.toml`, `plugin.json`, `*.toml`.
   */
  readonly patterns?: readonly string[];
  /** Default false. True: `discover` begins at once; `ready` says when it has ended, and calls wait for it. */
  readonly autoDiscover?: boolean;
  /** Milliseconds that a call may take, waiting for its turn included. Default: what the limits say. */
  readonly callTimeoutMs?: number;
  /**
   * How many asynchronous calls run at one time; further ones wait, and plugins take turns. A call from one plugin to
   * another runs in the place of the one that makes it; a call that a host function makes by way of the runtime takes a
   * place of its own. Default 100.
   */
  readonly maxConcurrentCalls?: number;
  /** How many calls may wait for their turn. Default 10,000. */
  readonly maxQueuedCalls?: number;
  /** How many messages of other plugins may wait for a plugin; `Plugin.send` fails beyond. Default 1,000. */
  readonly maxQueuedMessages?: number;
  /** How many plugins are loaded at one time. Default 8. */
  readonly maxConcurrentLoads?: number;
  /** Milliseconds that calls in flight have at the end; then they are ended. Default 10,000. */
  readonly shutdownGraceMs?: number;
  /** Takes what happens: events, failures, warnings, and what plugins log. Default: none. */
  readonly logger?: Logger;
}
