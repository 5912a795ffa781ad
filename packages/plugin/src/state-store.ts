/**
 * Keeps the states of plugins, by name: what `save_state` gave when the plugin stopped or was reloaded, for the `restore_state`
 * of its next start. A state is what the function's result is to the host: numbers, strings, arrays, plain objects,
 * maps, sets.
 *
 * @example
 * ```ts
 * class RemoteStates implements StateStore {
 *   async load(plugin: string) { return decode(await database.get(plugin)); }
 *   async save(plugin: string, state: unknown) { await database.put(plugin, encode(state)); }
 *   async delete(plugin: string) { await database.remove(plugin); }
 * }
 * ```
 */
export interface StateStore {
  /** The state that was saved last; undefined when there is none. */
  load(plugin: string): Promise<{ readonly state: unknown } | undefined>;
  /** Replaces the state of a plugin as a whole, or throws and leaves the old one. */
  save(plugin: string, state: unknown): Promise<void>;
  /** Forgets the state of a plugin, if there is one. */
  delete(plugin: string): Promise<void>;
}
