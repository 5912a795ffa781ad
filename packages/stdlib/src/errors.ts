import { AbortError } from "@fusabi/vm";

/**
 * A format of `Time.format` that cannot be written, or a time outside the calendar. Inside the library; programs see an exception with this message.
 */
export class BadTimeFormat extends Error {
  override readonly name = "BadTimeFormat";
  readonly code = "FUS0514";
}

/** Text that is no JSON. Line from 1; column is that of the last character read, 0 before the first. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly code = "FUS0516";

  constructor(
    /** What was found or expected, such as `trailing comma`. */
    readonly what: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`JSON parse error: ${what} at line ${line} column ${column}`);
  }
}

/**
 * A program has called `exit`. It ends the call of the host and nothing else: like a cancellation it cannot be caught by the program, and the instance stays usable.
 *
 * @example
 * ```ts
 * try { instance.call("main", []); }
 * catch (error) { if (error instanceof ProgramExit) console.log(error.status); }
 * ```
 */
export class ProgramExit extends AbortError {
  /** What the program gave to `exit`. */
  readonly status: number | bigint;

  constructor(status: number | bigint) {
    super(undefined);
    this.name = "ProgramExit";
    this.message = `exit ${status}`;
    this.status = status;
  }
}
