import type { CapabilityName } from "./names.js";

/**
 * One use of a capability, allowed or not, written when it is over; or what kept a plugin from being loaded. It never holds what was read or sent: no value of a
 * variable, no header, no body, and of an address neither user name, password, query nor fragment.
 *
 * @example
 * ```ts
 * const record: AuditRecord = {
 *   at: 1_700_000_000_000, plugin: "logs", capability: "fs:read", operation: "File.read",
 *   target: "/var/log/syslog", decision: "allowed", durationMs: 0.2,
 * };
 * ```
 */
export interface AuditRecord {
  /** When it was over, in milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly plugin: string;
  readonly capability: CapabilityName;
  /** The function that was called, such as `File.read`; `load` when a manifest wants what it may not have. */
  readonly operation: string;
  /** The path, host, name or command, as checked. */
  readonly target?: string;
  readonly decision: "allowed" | "denied";
  /** Why it was denied. */
  readonly reason?: string;
  /** Milliseconds from the start of the function to its end. The records of one function that uses several capabilities share it. */
  readonly durationMs: number;
  /** The code with which the function failed, such as `FUS0517`; `abandoned` if the call from the host ended before it did. */
  readonly failure?: string;
  /** It was rehearsed: nothing outside was changed. */
  readonly rehearsed?: true;
}

/**
 * Takes each audit record as it happens. A sink that throws fails the operation that it was to record.
 *
 * @example
 * ```ts
 * const sink: AuditSink = (record) => { if (record.decision === "denied") alert(record); };
 * ```
 */
export type AuditSink = (record: AuditRecord) => void;

/**
 * How much is recorded. `every`: each use of each capability. `privileged`: allowed uses of the safe defaults (output,
 * time, randomness, log, JSON) are left out, everything else and every denial is recorded.
 *
 * @example
 * ```ts
 * const level: AuditLevel = profiles.orchestration.audit; // "every"
 * ```
 */
export type AuditLevel = "every" | "privileged";

const LONGEST_TARGET = 1_024;

/**
 * A target as audit records keep it: an address without user name, password, query and fragment, which may hold
 * secrets, and no text longer than 1,024 characters.
 *
 * @example
 * ```ts
 * auditTarget("https://ada:secret@example.com/a?token=1#x"); // "https://example.com/a"
 * ```
 */
export function auditTarget(target: string): string {
  const bare = target.replace(ADDRESS, (_, scheme: string, rest: string) => scheme + withoutSecrets(rest));
  return bare.length > LONGEST_TARGET ? `${bare.slice(0, LONGEST_TARGET)}…` : bare;
}

const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/is;

function withoutSecrets(rest: string): string {
  const path = rest.replace(/[?#].*$/s, "");
  const slash = path.search(/[/\\]/);
  const authority = slash < 0 ? path : path.slice(0, slash);
  return authority.slice(authority.lastIndexOf("@") + 1) + path.slice(authority.length);
}

/**
 * A record as one line of JSON, with the line's end; `at` is written as a time of ISO 8601. Control characters are
 * escaped by JSON, so that nothing in a target can forge a line.
 *
 * @example
 * ```ts
 * const sink: AuditSink = (record) => process.stderr.write(auditLine(record));
 * ```
 */
export function auditLine(record: AuditRecord): string {
  const { at, plugin, capability, operation, target, decision, reason, durationMs, failure, rehearsed } =
    record;
  const rounded = Math.round(durationMs * 1_000) / 1_000;
  const time = new Date(at).toISOString();
  return `${JSON.stringify({ at: time, plugin, capability, operation, target, decision, reason, durationMs: rounded, failure, rehearsed })}\n`;
}
