import { CapabilityDeniedError, UnknownCapabilityError } from "./errors.js";
import type { CapabilityName } from "./names.js";
import { capabilityNames, describeCapability, expandCapability } from "./names.js";

/**
 * An immutable set of capabilities. Every method that takes names accepts aliases and throws
 * {@link UnknownCapabilityError} for a name that is neither; everything that comes out is canonical and sorted.
 *
 * @example
 * ```ts
 * const granted = Capabilities.safeDefaults().with("fs:read");
 * granted.has("fs:read"); // true
 * granted.missing(["fs:write", "time:read"]); // ["fs:write"]
 * ```
 */
export class Capabilities implements Iterable<CapabilityName> {
  /** The set that is asked for by every plugin. */
  static #safeDefaults: Capabilities | undefined;
  readonly #names: ReadonlySet<CapabilityName>;

  private constructor(names: Iterable<CapabilityName>) {
    this.#names = new Set([...names].sort());
  }

  /** The empty set. */
  static none(): Capabilities {
    return new Capabilities([]);
  }

  /** All 24. For trusted code only. */
  static all(): Capabilities {
    return new Capabilities(capabilityNames);
  }

  /** The six that guard nothing of the host's: time, randomness, output, log, serialisation. */
  static safeDefaults(): Capabilities {
    Capabilities.#safeDefaults ??= new Capabilities(
      capabilityNames.filter((name) => describeCapability(name).safeDefault),
    );
    return Capabilities.#safeDefaults;
  }

  /** The set of the given names. */
  static of(...names: string[]): Capabilities {
    return new Capabilities(names.flatMap(canonical));
  }

  /** How many capabilities are in the set. */
  get size(): number {
    return this.#names.size;
  }

  /** This set and the given names. */
  with(...names: string[]): Capabilities {
    const added = names.flatMap(canonical).filter((name) => !this.#names.has(name));
    return added.length === 0 ? this : new Capabilities([...this.#names, ...added]);
  }

  /** This set less the given names. */
  without(...names: string[]): Capabilities {
    const removed = new Set(names.flatMap(canonical));
    return new Capabilities([...this.#names].filter((name) => !removed.has(name)));
  }

  /** What is in this set or in the other. */
  union(other: Capabilities): Capabilities {
    return new Capabilities([...this.#names, ...other.#names]);
  }

  /** What is in both sets. */
  intersect(other: Capabilities): Capabilities {
    return new Capabilities([...this.#names].filter((name) => other.#names.has(name)));
  }

  /** Whether the capability (for `fs:execute`: both that it stands for) is in the set. */
  has(name: string): boolean {
    return canonical(name).every((each) => this.#names.has(each));
  }

  /** Throws {@link CapabilityDeniedError} unless the capability is in the set. */
  require(name: string): void {
    for (const each of canonical(name)) {
      if (!this.#names.has(each)) throw new CapabilityDeniedError(each);
    }
  }

  /** Which of the required capabilities are not in the set: sorted, each once. */
  missing(required: Iterable<string>): readonly CapabilityName[] {
    const wanted = new Set([...required].flatMap(canonical));
    return [...wanted].filter((name) => !this.#names.has(name)).sort();
  }

  /** Whether a host should have a person confirm this set. */
  hasDangerous(): boolean {
    return [...this.#names].some((name) => describeCapability(name).dangerous);
  }

  /** Whether both sets have the same members. */
  equals(other: Capabilities): boolean {
    return this.size === other.size && this.missing(other).length === 0 && other.missing(this).length === 0;
  }

  /** The canonical names, sorted. */
  names(): readonly CapabilityName[] {
    return [...this.#names];
  }

  [Symbol.iterator](): Iterator<CapabilityName> {
    return this.#names.values();
  }

  /** The names as JSON writes them. */
  toJSON(): readonly CapabilityName[] {
    return this.names();
  }

  toString(): string {
    return `{${this.names().join(", ")}}`;
  }
}

function canonical(name: string): readonly CapabilityName[] {
  const names = expandCapability(name);
  if (names.length === 0) throw new UnknownCapabilityError(String(name));
  return names;
}
