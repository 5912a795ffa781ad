/** The file system of the host, as the rules for paths ask it. */
import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import {
  InvalidPolicyError,
  type PathStyle,
  type PathSystem,
  resolveParent,
  resolvePath,
} from "@fusabi/capabilities";
import { hasCode } from "./system-words.js";

export const pathStyle: PathStyle =
  process.platform === "win32" ? "windows" : process.platform === "darwin" ? "macos" : "posix";

export const pathSystem: PathSystem = {
  style: pathStyle,
  realPath: (path) => orUndefined(() => realpathSync.native(path)),
  linkTarget: (path) =>
    orUndefined(() => (lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined)),
};

/** Undefined for what is not there, or closed. */
function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "ELOOP", "EINVAL", "ENAMETOOLONG")) return undefined;
    throw error;
  }
}

/** A folder of the host's own choice, resolved. Throws `InvalidPolicyError` for what is no path. */
export function resolveRoot(workingDir: string, path: string): string {
  const found = resolvePath(pathSystem, workingDir, path);
  if ("refused" in found) throw new InvalidPolicyError(path, found.refused);
  return found.path;
}

/** The file that a command means, a link at its end not followed; undefined for what is no path. */
export function resolveFile(workingDir: string, path: string): string | undefined {
  const found = resolveParent(pathSystem, workingDir, path);
  return "refused" in found ? undefined : found.path;
}
