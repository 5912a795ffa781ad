import type { AuditRecord, AuditSink } from "./audit.js";
import type { CapabilityName } from "./names.js";
import { capabilityNames, describeCapability } from "./names.js";

/**
 * How often a capability was used.
 *
 * @example
 * ```ts
 * const { allowed, denied }: AuditTotals = trail.totals().get("fs:read") ?? { allowed: 0, denied: 0 };
 * ```
 */
export interface AuditTotals {
  readonly allowed: number;
  readonly denied: number;
}

interface Numbered {
  readonly number: number;
  readonly record: AuditRecord;
}

/**
 * Keeps the latest audit records in memory, oldest first. Denials, uses of the safe defaults and all other uses are kept
 * apart, `capacity` records of each, so that a plugin cannot push what it did out of the trail by printing or by asking
 * for what it may not have. What is older is counted and dropped.
 *
 * @example
 * ```ts
 * const trail = new AuditTrail({ capacity: 100 });
 * trail.sink({ at: 0, plugin: "p", capability: "random", operation: "Random.int", decision: "allowed", durationMs: 0 });
 * trail.records().length; // 1
 * ```
 */
export class AuditTrail {
  readonly #capacity: number;
  readonly #lanes: Record<"denied" | "safe" | "privileged", Numbered[]> = {
    denied: [],
    safe: [],
    privileged: [],
  };
  readonly #totals = new Map<CapabilityName, { allowed: number; denied: number }>();
  #total = 0;

  constructor({ capacity = 1_000 }: { readonly capacity?: number } = {}) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(
        `audit trail capacity must be a whole number of at least 1, not ${String(capacity)}`,
      );
    }
    this.#capacity = capacity;
  }

  /** Records one use. Bound, so that it can be handed over as an {@link AuditSink}. */
  readonly sink: AuditSink = (record) => {
    this.count(record);
    const lane = laneOf(record);
    const kept = this.#lanes[lane];
    kept.push({ number: this.#total, record: { ...record } });
    // Cut rarely and by half, so that recording stays cheap however long the plugin lives.
    if (kept.length >= 2 * this.#capacity) this.#lanes[lane] = kept.slice(-this.#capacity);
  };

  /** Counts one use without keeping a record of it. */
  count({ capability, decision }: Pick<AuditRecord, "capability" | "decision">): void {
    this.#total++;
    let totals = this.#totals.get(capability);
    if (totals === undefined) {
      totals = { allowed: 0, denied: 0 };
      this.#totals.set(capability, totals);
    }
    totals[decision]++;
  }

  /** How many uses there were in all, dropped and merely counted ones included. */
  get total(): number {
    return this.#total;
  }

  /** How often each capability was used, for those that were; dropped and merely counted uses included. */
  totals(): ReadonlyMap<CapabilityName, AuditTotals> {
    return new Map([...this.#totals].map(([name, totals]) => [name, { ...totals }]));
  }

  /** The latest records, oldest first. */
  records(): readonly AuditRecord[] {
    return Object.values(this.#lanes)
      .flatMap((lane) => lane.slice(-this.#capacity))
      .sort((a, b) => a.number - b.number)
      .map(({ record }) => Object.freeze({ ...record }));
  }
}

const SAFE: ReadonlySet<CapabilityName> = new Set(
  capabilityNames.filter((name) => describeCapability(name).safeDefault),
);

function laneOf({ capability, decision }: AuditRecord): "denied" | "safe" | "privileged" {
  if (decision === "denied") return "denied";
  return SAFE.has(capability) ? "safe" : "privileged";
}
