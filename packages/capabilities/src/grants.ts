import type { CapabilityInfo, CapabilityName } from "./names.js";

/**
 * What a host answers when a plugin asks for a capability that is not granted yet. `grant` and `deny` are remembered;
 * `once` counts for what was asked: while the plugin is loaded if it was asked at load, for one call if before a call.
 *
 * @example
 * ```ts
 * const answer: GrantAnswer = (await confirm("Let it read files?")) ? "grant" : "deny";
 * ```
 */
export type GrantAnswer = "grant" | "deny" | "once";

/** An answer that outlives the plugin that it was given for. */
export type RememberedAnswer = Exclude<GrantAnswer, "once">;

/**
 * Who asks. Answers are remembered for the name and the origin together, so that a stranger's plugin that takes the name
 * of a trusted one does not inherit its grants.
 *
 * @example
 * ```ts
 * const who: PluginIdentity = { name: "logs", origin: "/home/ada/plugins/logs/plugin.toml" };
 * ```
 */
export interface PluginIdentity {
  readonly name: string;
  /** The absolute path of the manifest or the bare file; `sha256:…` of bytecode that came from memory. */
  readonly origin: string;
}

/**
 * A plugin needs a capability that its host has not granted: what the host needs to know to decide, or to ask a person.
 *
 * @example
 * ```ts
 * const onRequest = async ({ plugin, info, uses }: GrantRequest): Promise<GrantAnswer> =>
 *   (await confirm(`${plugin.name} wants to ${info.summary} (${uses.join(", ")})`)) ? "grant" : "deny";
 * ```
 */
export interface GrantRequest {
  readonly plugin: PluginIdentity;
  /** Version that the manifest states. */
  readonly version: string;
  readonly capability: CapabilityName;
  /** What it allows and how dangerous that is. */
  readonly info: CapabilityInfo;
  /** `load`: the manifest declares it. `call`: a function is called that can reach it. */
  readonly occasion: "load" | "call";
  /** The function that is called. */
  readonly fn?: string;
  /** Where the program uses it, as `File.read at main.fsx:3:5`; a few places, empty if the program does not say. */
  readonly uses: readonly string[];
}

/** An answer in a store. */
export interface StoredGrant {
  readonly plugin: PluginIdentity;
  readonly capability: CapabilityName;
  readonly answer: RememberedAnswer;
  /** When it was given, in milliseconds since 1970-01-01 UTC. */
  readonly at: number;
}

/**
 * Where answers are remembered. Methods may answer at once or by a promise; what they throw fails the load or the call
 * that asked.
 *
 * @example
 * ```ts
 * const store: GrantStore = new MemoryGrantStore();
 * await store.remember({ name: "logs", origin: "/plugins/logs/plugin.toml" }, "fs:read", "grant");
 * ```
 */
export interface GrantStore {
  /** All answers for one plugin. */
  answers(
    plugin: PluginIdentity,
  ): ReadonlyMap<CapabilityName, RememberedAnswer> | Promise<ReadonlyMap<CapabilityName, RememberedAnswer>>;
  remember(
    plugin: PluginIdentity,
    capability: CapabilityName,
    answer: RememberedAnswer,
  ): void | Promise<void>;
  /** As if it had never been asked. */
  forget(plugin: PluginIdentity, capability: CapabilityName): void | Promise<void>;
  /** Everything that is remembered, for a host that shows it to its user. */
  list(): readonly StoredGrant[] | Promise<readonly StoredGrant[]>;
}

/**
 * Remembers answers as long as the process lives.
 *
 * @example
 * ```ts
 * const store = new MemoryGrantStore();
 * const runtime = new PluginRuntime({ onRequest: ask, grantStore: store });
 * ```
 */
export class MemoryGrantStore implements GrantStore {
  readonly #grants = new Map<string, StoredGrant>();
  readonly #now: () => number;

  /** The grants that it starts with, and the clock, in milliseconds since 1970-01-01 UTC. */
  constructor({
    grants = [],
    now = Date.now,
  }: { readonly grants?: readonly StoredGrant[]; readonly now?: () => number } = {}) {
    this.#now = now;
    for (const grant of grants) this.#grants.set(keyOf(grant.plugin, grant.capability), grant);
  }

  answers(plugin: PluginIdentity): ReadonlyMap<CapabilityName, RememberedAnswer> {
    const own = this.list().filter(
      (one) => one.plugin.name === plugin.name && one.plugin.origin === plugin.origin,
    );
    return new Map(own.map(({ capability, answer }) => [capability, answer]));
  }

  remember({ name, origin }: PluginIdentity, capability: CapabilityName, answer: RememberedAnswer): void {
    const plugin = { name, origin };
    this.#grants.set(keyOf(plugin, capability), { plugin, capability, answer, at: this.#now() });
  }

  forget(plugin: PluginIdentity, capability: CapabilityName): void {
    this.#grants.delete(keyOf(plugin, capability));
  }

  list(): readonly StoredGrant[] {
    return [...this.#grants.values()];
  }
}

function keyOf({ name, origin }: PluginIdentity, capability: CapabilityName): string {
  return JSON.stringify([name, origin, capability]);
}
