import type { AccessPolicy } from "./access-policy.js";
import { decide, mapEntries } from "./access-policy.js";
import type { Decision } from "./decision.js";
import { denied } from "./decision.js";
import { InvalidPolicyError } from "./errors.js";

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

/** How paths are written: `/a/b`, or `C:\a\b` compared without regard to letter case. */
export type PathStyle = "posix" | "windows";

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
 * whatever the policy says.
 *
 * @example
 * ```ts
 * decidePath({ allow: ["/data"] }, "/data/a.txt").allowed; // true
 * decidePath({ allow: ["/data"] }, "/database").allowed; // false
 * ```
 */
export function decidePath(policy: PathPolicy, resolvedPath: string, style: PathStyle = "posix"): Decision {
  const path = splitPath(resolvedPath, style);
  if (typeof path === "string") return denied(path);
  return decide(policy, (root) => {
    const parts = splitPath(root, style);
    if (typeof parts === "string") throw new InvalidPolicyError(root, `root is not resolved: ${parts}`);
    return parts.length <= path.length && parts.every((part, index) => part === path[index]);
  });
}

/** The components of an absolute resolved path; a text says what keeps it from being one. */
function splitPath(path: string, style: PathStyle): readonly string[] | string {
  if (path.includes("\0")) return "a path cannot hold a NUL character";
  const parts = style === "posix" ? splitPosix(path) : splitWindows(path);
  if (typeof parts === "string") return parts;
  return parts.some((part) => part === "." || part === "..") ? "the path is not resolved" : parts;
}

function splitPosix(path: string): readonly string[] | string {
  if (!path.startsWith("/")) return "the path is not absolute";
  return path.split("/").filter((part) => part !== "");
}

function splitWindows(path: string): readonly string[] | string {
  const folded = path.toLowerCase().replaceAll("/", "\\");
  const volume = /^(?:[a-z]:\\|\\\\(?![.?]\\)[^\\:]+\\[^\\:]+(?:\\|$))/.exec(folded)?.[0];
  if (volume === undefined) return "the path is not absolute";
  const parts = folded
    .slice(volume.length)
    .split("\\")
    .filter((part) => part !== "");
  if (parts.some((part) => part.includes(":"))) return "the path names an alternate stream";
  if (parts.some((part) => WINDOWS_DEVICE.test(part))) return "the path names a device";
  if (parts.some((part) => /[. ]$/.test(part))) return "the path is not resolved";
  return [volume.replace(/\\$/, ""), ...parts];
}

/** Windows takes these for devices in every folder, with any extension and trailing blanks. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *(?:\..*)?)$/;
