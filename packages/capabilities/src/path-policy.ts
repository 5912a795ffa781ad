import type { AccessPolicy } from "./access-policy.js";
import { decide, mapEntries } from "./access-policy.js";
import type { Decision } from "./decision.js";
import { ALLOWED, denied } from "./decision.js";
import { InvalidPolicyError } from "./errors.js";
import {
  alikeName,
  isShare,
  type PathParts,
  type PathStyle,
  partsOf,
  type RefusedPath,
  sameName,
} from "./path-style.js";

/**
 * Which paths. An entry is a root and covers itself and everything below it, by whole path components. Relative roots
 * count from the sandbox's working directory.
 *
 * @example
 * ```ts
 * const policy: PathPolicy = { allow: ["/data"], deny: ["/data/keys"] };
 * ```
 */
export type PathPolicy = AccessPolicy;

/**
 * The same policy over resolved roots. Whoever checks paths calls this once, with a function that makes a root absolute
 * and resolves its links, and hands the result to {@link decidePath}.
 *
 * @example
 * ```ts
 * const resolved = resolveRoots({ allow: ["."] }, (root) => realpathSync(root));
 * ```
 */
export function resolveRoots(policy: PathPolicy, resolve: (root: string) => string): PathPolicy {
  return mapEntries(policy, resolve);
}

/**
 * Decides over a path that is already absolute and resolved (no `.`, `..` or links left), against roots that are
 * resolved too. A path that is not is denied rather than guessed at; a root that is not is an
 * {@link InvalidPolicyError}. A NUL character and, in windows style, device names and alternate streams are denied
 * whatever the policy says. Where names in other letters may mean the same file, a denied root covers all of them, an allowed
 * one only those that surely do; a share is never covered by what a policy only leaves open, when it denies anything.
 *
 * @example
 * ```ts
 * decidePath({ allow: ["/data"] }, "/data/a.txt").allowed; // true
 * decidePath({ allow: ["/data"] }, "/database").allowed; // false
 * ```
 */
export function decidePath(policy: PathPolicy, resolvedPath: string, style: PathStyle = "posix"): Decision {
  const path = resolvedParts(resolvedPath, style);
  if ("refused" in path) return denied(path.refused);
  const covers =
    (fold: typeof sameName) =>
    (root: string): boolean => {
      const parts = resolvedParts(root, style);
      if ("refused" in parts) throw new InvalidPolicyError(root, `root is not resolved: ${parts.refused}`);
      return isBelow(path, parts, (name) => fold(name, style));
    };
  const decision = decide(policy, covers(sameName), covers(alikeName));
  if (decision.allowed && isShare(path) && typeof policy === "object" && !("allow" in policy))
    return denied("a share may be another name of what the policy denies");
  return decision;
}

/**
 * Decides whether the file system may be asked about a path at all, which is absolute by its text and not resolved yet. Nothing is lost by looking at the machine's own
 * files; but a server that is asked for a share learns who asks, so that a share has to be covered as it is written.
 *
 * @example
 * ```ts
 * decideLooking({ allow: ["C:\\data"] }, "\\\\server\\share\\a", "windows").allowed; // false
 * ```
 */
export function decideLooking(policy: PathPolicy, absolute: string, style: PathStyle): Decision {
  const parts = partsOf(absolute, style);
  if ("refused" in parts) return denied(parts.refused);
  return isShare(parts) ? decidePath(policy, absolute, style) : ALLOWED;
}

function resolvedParts(path: string, style: PathStyle): PathParts | RefusedPath {
  const parts = partsOf(path, style);
  if ("refused" in parts || !parts.names.some((name) => name === "." || name === "..")) return parts;
  return { refused: "the path is not resolved" };
}

function isBelow(path: PathParts, root: PathParts, fold: (name: string) => string): boolean {
  return (
    root.names.length <= path.names.length &&
    fold(root.volume) === fold(path.volume) &&
    root.names.every((name, index) => fold(name) === fold(path.names[index] ?? ""))
  );
}
