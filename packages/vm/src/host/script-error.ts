import type { ExceptionValue } from "../values/value.js";

/**
 * Carries an exception of the script through JavaScript code: what `context.fail` makes, for a host function to throw. A script can catch it.
 *
 * @example
 * hostModule("Settings", {
 *   get: {
 *     type: "string -> string",
 *     run: (context, name: string) => {
 *       const value = settings.get(name);
 *       if (value === undefined) throw context.fail("FUS0505", `no setting '${name}'`);
 *       return value;
 *     },
 *   },
 * });
 */
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
