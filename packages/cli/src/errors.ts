import type { ExitCode } from "./exit-code.js";
import { exitCodes } from "./exit-code.js";
import type { Finding } from "./report/finding.js";
import { reason } from "./system-reason.js";

/** The command line makes no sense, or names a file that cannot be used. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
  /** What to do about it, as one line. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** A source, a manifest or a program cannot be used; `findings` is all that was found, warnings included. */
export class FindingsError extends Error {
  override readonly name = "FindingsError";
  readonly code = "FINDINGS";
  readonly findings: readonly Finding[];
  readonly exitCode: ExitCode;

  constructor(findings: readonly Finding[], exitCode: ExitCode = exitCodes.invalid, options?: ErrorOptions) {
    super(findings.map(({ message }) => message).join("\n"), options);
    this.findings = findings;
    this.exitCode = exitCode;
  }
}

/** Standard output or standard error takes no more: a full disk, for example. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  readonly code = "OUTPUT";

  constructor(stream: "stdout" | "stderr", cause: unknown) {
    super(`cannot write to ${stream}: ${reason(cause)}`, { cause });
  }
}
