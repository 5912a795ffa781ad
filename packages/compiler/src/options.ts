import type { HostModule } from "@fusabi/vm";

/**
 * How a script is compiled.
 *
 * @example
 * compile(text, { fileName: "main.fsx", hostModules: standardLibrary() });
 */
export interface CompileOptions {
  /** Name for diagnostics and traces, and the place that `#load` paths are relative to. Default `script.fsx`. */
  readonly fileName?: string;
  /** What the program may call: the standard library and the host's own modules. */
  readonly hostModules?: readonly HostModule[];
  /**
   * Gives the text of a `#load` path seen from a file; with a name of its own if the joined path does not tell files apart. A thrown
   * error with the code `ENOENT` means that there is no such file (FUS0213), any other that it is not allowed (FUS0215). Without this option `#load` is an error.
   */
  readonly load?: (
    path: string,
    from: string,
  ) => string | { readonly fileName: string; readonly text: string };
  /** Whether the host provides what `#r` refers to. Without this option `#r` is an error. */
  readonly resolve?: (reference: string, from: string) => boolean;
  /** `lenient` turns the type errors of old dynamic scripts into warnings. Default `strict`. */
  readonly mode?: "strict" | "lenient";
  /** Parameters and local names that nothing reads are warnings (FUS0412). Default false. */
  readonly unusedNames?: boolean;
  /** Source positions in the bytecode, for traces. Default true. */
  readonly debugInfo?: boolean;
  /** Any warning keeps the program from being compiled. Default false. */
  readonly warningsAsErrors?: boolean;
  /** Symbols for `#if`, beside `FUSABI` and `INTERACTIVE`. */
  readonly symbols?: Iterable<string>;
}

export const DEFAULT_FILE_NAME = "script.fsx";
