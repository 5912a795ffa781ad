/** How `fus` ends; one of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * The exit codes of `fus`, by meaning.
 *
 * @example
 * ```ts
 * if (await main(["check", "main.fsx"]) === exitCodes.invalid) process.exitCode = 1;
 * ```
 */
export const exitCodes: {
  /** Everything went well. */
  readonly fine: 0;
  /** The program ran and failed. */
  readonly failed: 1;
  /** The command line makes no sense, or names a file that cannot be read. */
  readonly usage: 2;
  /** A source, manifest or bytecode file does not compile or validate, or wants another API version. */
  readonly invalid: 3;
  /** A capability or a policy denied something, at load, link or call. */
  readonly denied: 4;
  /** A limit was exceeded. */
  readonly limit: 5;
  /** `fus` itself is at fault. */
  readonly internal: 70;
} = Object.freeze({ fine: 0, failed: 1, usage: 2, invalid: 3, denied: 4, limit: 5, internal: 70 });
