import type { ManifestProblem } from "./problem.js";

/**
 * A manifest that cannot be used. It lists every problem that was found, warnings included, in the order of the text.
 *
 * @example
 * ```ts
 * try { parseManifest(text, "toml"); }
 * catch (error) { if (error instanceof ManifestError) for (const problem of error.problems) show(problem); }
 * ```
 */
export class ManifestError extends Error {
  override readonly name: string = "ManifestError";
  readonly code: "INVALID_MANIFEST" | "MANIFEST_SYNTAX" = "INVALID_MANIFEST";
  readonly problems: readonly ManifestProblem[];
  /** The file that the manifest came from, if it is known. */
  readonly fileName: string | undefined;

  constructor(problems: readonly ManifestProblem[], fileName?: string, options?: ErrorOptions) {
    super(describe(problems, fileName), options);
    this.problems = problems;
    this.fileName = fileName;
  }
}

/**
 * A text that is no TOML or no JSON at all. Its problems say where it makes no sense; behind a mistake that leaves no doubt
 * about what follows, the search goes on.
 *
 * @example
 * ```ts
 * parseManifest("name = ", "toml"); // throws: invalid manifest: 1:8: not a value; texts stand in double quotes
 * ```
 */
export class ManifestSyntaxError extends ManifestError {
  override readonly name = "ManifestSyntaxError";
  override readonly code = "MANIFEST_SYNTAX";
}

function describe(problems: readonly ManifestProblem[], fileName: string | undefined): string {
  const errors = problems.filter(({ severity }) => severity === "error");
  const lines = errors.map((problem) => `${place(problem, fileName)}${problem.message}`);
  if (lines.length === 1) return `invalid manifest: ${lines[0]}`;
  return [`invalid manifest: ${lines.length} problems`, ...lines.map((line) => `  ${line}`)].join("\n");
}

function place({ line, column }: ManifestProblem, fileName: string | undefined): string {
  const parts = [fileName, line, column].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : `${parts.join(":")}: `;
}
