import type { CapabilityName } from "./names.js";

/**
 * What a plugin would have done in a dry run.
 *
 * @example
 * ```ts
 * for (const { operation, target } of plugin.effects) show(`would ${operation} ${target ?? ""}`);
 * ```
 */
export interface PlannedEffect {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly plugin: string;
  /** Undefined for a function of the host that needs none. */
  readonly capability: CapabilityName | undefined;
  /** The function that was rehearsed, such as `File.write`. */
  readonly operation: string;
  /** The path, host, name or command, as checked. */
  readonly target: string | undefined;
  /** The arguments as the host sees them; `undefined` once the trail holds as many characters as it keeps. */
  readonly args: readonly unknown[] | undefined;
}

/** Characters of arguments that a trail keeps in all. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/**
 * Keeps the first planned effects of a plugin, in their order. What comes when it is full is counted and dropped; of
 * what it keeps, arguments are kept up to 16 Mi characters of text.
 *
 * @example
 * ```ts
 * const trail = new EffectTrail({ capacity: 100 });
 * trail.effects().length; // 0
 * ```
 */
export class EffectTrail {
  readonly #capacity: number;
  readonly #effects: PlannedEffect[] = [];
  #characters = 0;
  #total = 0;

  constructor({ capacity = 1_000 }: { readonly capacity?: number } = {}) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(
        `effect trail capacity must be a whole number of at least 1, not ${String(capacity)}`,
      );
    }
    this.#capacity = capacity;
  }

  record(effect: PlannedEffect): void {
    this.#total++;
    if (this.#effects.length >= this.#capacity) return;
    const characters = (effect.args ?? []).reduce((sum: number, arg) => sum + charactersOf(arg), 0);
    const fits = this.#characters + characters <= MOST_CHARACTERS;
    if (fits) this.#characters += characters;
    this.#effects.push(Object.freeze(fits ? { ...effect } : { ...effect, args: undefined }));
  }

  /** How many effects there were in all, dropped ones included. */
  get total(): number {
    return this.#total;
  }

  /** The effects, in their order. */
  effects(): readonly PlannedEffect[] {
    return [...this.#effects];
  }
}

/** An estimate that is never far below: what is no text counts by its parts. Values from a program are trees of bounded depth. */
function charactersOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const parts =
    value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value);
  return parts.reduce((sum: number, part) => sum + charactersOf(part), 8);
}
