import type { LoaderOptions } from "@fusabi/loader";
import type { RegistryOptions } from "@fusabi/registry";

/**
 * Options of a runtime: those of its loader, of its registry, and its own.
 *
 * @example
 * ```ts
 * const options: RuntimeOptions = { capabilities: ["fs:read"], pluginDirs: ["plugins"], callTimeoutMs: 5_000 };
 * ```
 */
export interface RuntimeOptions extends LoaderOptions, RegistryOptions {
  /** Folders that `discover` looks into: at their manifests, and at those of the folders directly inside. */
  readonly pluginDirs?: readonly string[];
  /**
   * File names of manifests, `*` for any text. In each folder the first one that fits anything counts. Default:
   * `plugin.toml`, `fusabi.toml`, `plugin.json`, `*.toml`.
   */
  readonly patterns?: readonly string[];
  /** Default false. True: `discover` begins at once; `ready` says when it has ended, and calls wait for it. */
  readonly autoDiscover?: boolean;
  /** Milliseconds that a call may take, waiting for its turn included. Default: what the limits say. */
  readonly callTimeoutMs?: number;
  /**
   * How many asynchronous calls run at one time; further ones wait, and plugins take turns. A call that a host function
   * makes counts too, so that a chain of calls between plugins takes as many places as it is long. Default 100.
   */
  readonly maxConcurrentCalls?: number;
  /** How many calls may wait for their turn. Default 10,000. */
  readonly maxQueuedCalls?: number;
}
