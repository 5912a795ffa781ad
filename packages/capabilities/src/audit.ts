import type { CapabilityName } from "./names.js";

/**
 * One use of a capability, allowed or not.
 *
 * @example
 * ```ts
 * const record: AuditRecord = {
 *   at: 1_700_000_000_000, plugin: "logs", capability: "fs:read", operation: "File.read",
 *   target: "/var/log/syslog", decision: "allowed",
 * };
 * ```
 */
export interface AuditRecord {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly plugin: string;
  readonly capability: CapabilityName;
  /** The function that was called, such as `File.read`. */
  readonly operation: string;
  /** The path, host, name or command, as checked. */
  readonly target?: string;
  readonly decision: "allowed" | "denied";
  readonly reason?: string;
}

/** Takes each audit record as it happens. A sink that throws fails the operation that it was to record. */
export type AuditSink = (record: AuditRecord) => void;

/**
 * Keeps the latest audit records in memory, oldest first; what is older than `capacity` records is counted and dropped.
 *
 * @example
 * ```ts
 * const trail = new AuditTrail({ capacity: 100 });
 * trail.sink({ at: 0, plugin: "p", capability: "random", operation: "Random.next", decision: "allowed" });
 * trail.records().length; // 1
 * ```
 */
export class AuditTrail {
  readonly #capacity: number;
  #records: AuditRecord[] = [];
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
    this.#total++;
    this.#records.push(Object.freeze({ ...record }));
    // Cut rarely and by half, so that recording stays cheap however long the plugin lives.
    if (this.#records.length >= 2 * this.#capacity) this.#records = this.#records.slice(-this.#capacity);
  };

  /** How many uses were recorded in all, dropped ones included. */
  get total(): number {
    return this.#total;
  }

  /** The latest records, oldest first. */
  records(): readonly AuditRecord[] {
    return this.#records.slice(-this.#capacity);
  }
}
