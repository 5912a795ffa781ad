import type { CapabilityName, GrantAnswer, GrantRequest, GrantStore } from "@fusabi/capabilities";
import { Capabilities, MemoryGrantStore } from "@fusabi/capabilities";

/** When a host is asked for what it has not granted. */
export type AskOccasion = "load" | "call";

/** How a host is asked. */
export interface Asking {
  readonly onRequest: ((request: GrantRequest) => GrantAnswer | Promise<GrantAnswer>) | undefined;
  readonly occasion: AskOccasion;
  readonly store: GrantStore;
}

/** What the host grants to every plugin at the moment: it may change while plugins run, and counts from the next use on. */
export class HostGrant {
  readonly asking: Asking;
  #granted: Capabilities;
  /** What the host has taken back: no answer grants it until the host does. */
  #barred: Capabilities = Capabilities.none();
  #version = 0;

  constructor(granted: Capabilities, asking: Partial<Asking> = {}) {
    this.#granted = granted;
    const { onRequest, occasion = "load", store = new MemoryGrantStore() } = asking;
    this.asking = { onRequest, occasion, store };
  }

  /** Counts the changes. */
  get version(): number {
    return this.#version;
  }

  get granted(): Capabilities {
    return this.#granted;
  }

  /** Whether an answer to a question may grant it. */
  admits(capability: CapabilityName): boolean {
    return !this.#barred.has(capability);
  }

  grant(capabilities: readonly string[]): void {
    this.#granted = this.#granted.with(...capabilities);
    this.#barred = this.#barred.without(...capabilities);
    this.#version++;
  }

  revoke(capabilities: readonly string[]): void {
    this.#granted = this.#granted.without(...capabilities);
    this.#barred = this.#barred.with(...capabilities);
    this.#version++;
  }
}
