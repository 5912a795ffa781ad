/** Keys and indexes from the top of a manifest down to a value, such as `["dependencies", 0, "version"]`. */
export type ManifestPath = readonly (string | number)[];

/** A place in a manifest text: both count from 1, columns in UTF-16 units. */
export interface ManifestPosition {
  readonly line: number;
  readonly column: number;
}

/** What kind of problem it is; stable. */
export type ManifestProblemCode =
  | "SYNTAX"
  | "MISSING_FIELD"
  | "WRONG_TYPE"
  | "INVALID_VALUE"
  | "UNKNOWN_CAPABILITY"
  | "OLD_API_VERSION"
  | "CONFLICTING_FIELDS"
  | "UNKNOWN_KEY"
  | "DUPLICATE_ENTRY"
  | "MISPLACED_FIELD"
  | "CAPABILITY_ALIAS"
  | "CONVENTION";

/**
 * One thing that is wrong or doubtful in a manifest. Errors keep it from being used; warnings and hints do not.
 *
 * @example
 * ```ts
 * for (const { severity, message, line, column } of problems) console.error(`${line}:${column}: ${severity}: ${message}`);
 * ```
 */
export interface ManifestProblem {
  readonly severity: "error" | "warning" | "hint";
  readonly code: ManifestProblemCode;
  /** One sentence: what is wrong and what to do, without the place. */
  readonly message: string;
  readonly path: ManifestPath;
  /** Known if the manifest came from a text; counts from 1. */
  readonly line?: number;
  /** Known if the manifest came from a text; counts from 1, in UTF-16 units. */
  readonly column?: number;
}

/**
 * A path as people write it.
 *
 * @example
 * ```ts
 * formatManifestPath(["dependencies", 0, "version"]); // "dependencies[0].version"
 * ```
 */
export function formatManifestPath(path: ManifestPath): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
