import { compare, satisfies } from "semver";

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

/**
 * Which of two versions of manifests is the newer one: below 0 if the first is older, above 0 if it is newer.
 *
 * @example
 * ```ts
 * ["1.10.0", "1.9.0"].sort(compareVersions); // ["1.9.0", "1.10.0"]
 * ```
 */
export function compareVersions(a: string, b: string): number {
  return compare(a, b);
}
