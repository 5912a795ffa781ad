import { satisfies } from "semver";

/**
 * Whether a version is in a range as dependencies state it. A version or range that is malformed is in none.
 *
 * @example
 * ```ts
 * versionSatisfies("1.4.0", "^1.0"); // true
 * ```
 */
export function versionSatisfies(version: string, range: string): boolean {
  return satisfies(version, range);
}
