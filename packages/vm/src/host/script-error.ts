import type { ExceptionValue } from "../values/value.js";

/** Carries an exception of the script through JavaScript code: what `context.fail` makes, and what a host function sees when a callback raised. */
export class ScriptError extends Error {
  constructor(readonly exception: ExceptionValue) {
    super(exception.message, exception.cause === undefined ? undefined : { cause: exception.cause });
    this.name = "ScriptError";
  }

  /** FUS code of the exception. */
  get code(): string {
    return this.exception.code;
  }
}
