import { printable } from "../printable.js";

/**
 * A file of remembered answers that cannot be read, written or understood. Nothing is granted from it.
 *
 * @example
 * ```ts
 * try { await new FileGrantStore("grants.json").list(); }
 * catch (error) { if (error instanceof GrantFileError) report(error.path, error.problem); }
 * ```
 */
export class GrantFileError extends Error {
  override readonly name = "GrantFileError";
  readonly code = "GRANT_FILE";
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`remembered answers in ${printable(path)}: ${problem}`, options);
    this.path = path;
    this.problem = problem;
  }
}

/**
 * An audit log that cannot be written. The operation that was to be recorded fails with it.
 *
 * @example
 * ```ts
 * try { log.sink(record); }
 * catch (error) { if (error instanceof AuditLogError) stopTheHost(error.path); }
 * ```
 */
export class AuditLogError extends Error {
  override readonly name = "AuditLogError";
  readonly code = "AUDIT_LOG";
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`audit log ${printable(path)}: ${problem}`, options);
    this.path = path;
  }
}
