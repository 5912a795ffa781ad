import { Capabilities } from "@fusabi/capabilities";

/** What the host grants at the moment: it may change while plugins run, and counts from the next use on. */
export class HostGrant {
  #granted: Capabilities;

  constructor(granted: Capabilities) {
    this.#granted = granted;
  }

  get granted(): Capabilities {
    return this.#granted;
  }

  set granted(granted: Capabilities) {
    this.#granted = granted;
  }
}

/** What one plugin may do at the moment: (declared ∪ safe defaults) ∩ granted. */
export class EffectiveCapabilities {
  readonly declared: Capabilities;
  readonly #grant: HostGrant;
  #granted: Capabilities;
  #current: Capabilities;

  constructor(declared: Iterable<string>, grant: HostGrant) {
    this.declared = Capabilities.safeDefaults().with(...declared);
    this.#grant = grant;
    this.#granted = grant.granted;
    this.#current = this.declared.intersect(this.#granted);
  }

  get current(): Capabilities {
    if (this.#grant.granted !== this.#granted) {
      this.#granted = this.#grant.granted;
      this.#current = this.declared.intersect(this.#granted);
    }
    return this.#current;
  }

  has(name: string): boolean {
    return this.current.has(name);
  }
}
