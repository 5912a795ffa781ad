import type { Plugin } from "@fusabi/plugin";

/**
 * The plugins that a loader's plugins can depend on, as a `PluginRegistry` has them.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry();
 * const loader = new PluginLoader({ peers: registry });
 * ```
 */
export interface PluginPeers {
  /** The plugin of a name, if there is one at the moment. */
  find(name: string): Plugin | undefined;
}
