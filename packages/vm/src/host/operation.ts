/** One call of a function that needs a capability: what it asked for, what was decided, how it ended. */
import { AbortError, LimitError } from "../errors.js";
import { ExceptionValue } from "../values/value.js";
import type { AuditEntry, AuditOutcome } from "./context.js";
import type { Rehearsal } from "./rehearsal.js";
import { ScriptError } from "./script-error.js";

/** Who watches the uses of capabilities. */
export interface Observer {
  /** A use has been decided; if it is allowed, it is not done yet. */
  readonly decided: ((entry: AuditEntry) => void) | undefined;
  /** The use is over. Comes once for each entry. */
  readonly ended: ((entry: AuditEntry, outcome: AuditOutcome) => void) | undefined;
  readonly rehearsal: Rehearsal | undefined;
}

/** Undefined when nobody watches, so that nothing is paid for watching. */
export function observerOf(options: {
  readonly audit?: Observer["decided"];
  readonly audited?: Observer["ended"];
  readonly rehearsal?: Rehearsal | undefined;
}): Observer | undefined {
  const { audit, audited, rehearsal } = options;
  if (audit === undefined && audited === undefined && rehearsal === undefined) return undefined;
  return { decided: audit, ended: audited, rehearsal };
}

/** The entries of one call of a host function, which share its duration. */
export class Operation {
  readonly #started = performance.now();
  readonly #entries: AuditEntry[] = [];
  /** Reasons of entries that were allowed first and turned out to be denied while they were done. */
  #revised: Map<AuditEntry, string> | undefined;
  #over = false;

  constructor(
    readonly observer: Observer,
    readonly name: string,
    readonly capability: string,
    /** In the middle of which this one happens, through a function that it calls. */
    readonly outer: Operation | undefined,
  ) {}

  /** What the first use that has one was to work on. */
  get target(): string | undefined {
    return this.#entries.find((entry) => entry.target !== undefined)?.target;
  }

  /** A decision about a use of a capability by this call. */
  note(entry: AuditEntry): void {
    if (entry.decision === "denied") {
      const allowed = this.#entries.findLast(
        (one) =>
          one.decision === "allowed" && one.capability === entry.capability && one.target === entry.target,
      );
      if (allowed !== undefined) {
        this.#revised ??= new Map();
        this.#revised.set(allowed, entry.reason ?? "denied");
        return;
      }
    }
    this.#entries.push(entry);
    this.observer.decided?.(entry);
  }

  succeed(): void {
    this.#end(undefined, { decision: "allowed" });
  }

  fail(error: unknown): void {
    const failure = codeOf(error);
    // A limit that is met before anything is noted has kept the function from doing anything.
    if (error instanceof LimitError) this.#end(failure, { decision: "denied", reason: error.message });
    else if (failure === "FUS0520" || failure === "FUS0521")
      this.#end(failure, { decision: "denied", reason: "not allowed" });
    else this.#end(failure, { decision: "allowed" });
  }

  /** The call from the host has ended and does not wait for this any more. */
  abandon(): void {
    this.#end("abandoned", { decision: "allowed" });
  }

  #end(failure: string | undefined, otherwise: Pick<AuditEntry, "decision" | "reason">): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#entries.length === 0)
      this.note({ capability: this.capability, operation: this.name, ...otherwise });
    const { ended } = this.observer;
    if (ended === undefined) return;
    const durationMs = performance.now() - this.#started;
    for (const entry of this.#entries) {
      const denied = this.#revised?.get(entry);
      ended(entry, {
        durationMs,
        ...(failure === undefined ? {} : { failure }),
        ...(denied === undefined ? {} : { denied }),
      });
    }
  }
}

/** A decision that belongs to no call of a function: its grant was refused before it could begin. */
export function noteAlone(observer: Observer, entry: AuditEntry): void {
  observer.decided?.(entry);
  observer.ended?.(entry, { durationMs: 0, ...(entry.decision === "denied" ? { failure: "FUS0520" } : {}) });
}

/** The code under which a failure is known; never its text, which may hold what nobody should read. */
function codeOf(error: unknown): string {
  if (error instanceof ScriptError || error instanceof ExceptionValue) return error.code;
  if (error instanceof LimitError || error instanceof AbortError) return error.code;
  return "FUS0517";
}
