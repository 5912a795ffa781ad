/** Where a path really leads: absolute, without `.`, `..` and links, as far as it exists. */
import {
  mayBeShort,
  type PathParts,
  type PathStyle,
  partsOf,
  pathOf,
  type RefusedPath,
  separatorOf,
} from "./path-style.js";

/**
 * What resolving a path asks of the file system. Both answer `undefined` for what is not there or cannot be looked at.
 *
 * @example
 * ```ts
 * const system: PathSystem = { style: "posix", realPath: (path) => known.get(path), linkTarget: () => undefined };
 * ```
 */
export interface PathSystem {
  readonly style: PathStyle;
  /** The path of what is there, all links followed, spelt as the system spells it. */
  realPath(path: string): string | undefined;
  /** Where the link at the path leads, as it is written; `undefined` for what is no link. */
  linkTarget(path: string): string | undefined;
}

/**
 * A path that a policy can decide over, or why no policy can.
 *
 * @example
 * ```ts
 * const found: ResolvedPath = resolvePath(system, "/srv", "../etc");
 * if ("refused" in found) throw new SandboxViolationError("read", "../etc", found.refused);
 * ```
 */
export type ResolvedPath = { readonly path: string } | { readonly refused: string };

/** Links that are followed in one path, as in Linux. */
const MOST_LINKS = 40;

/**
 * A path as a program writes it, made absolute from a folder by its text alone: nothing is looked at. What means something else to the system than it says (the folder
 * of a drive, `C:a`; devices, `\\.\a` and `NUL`; alternate streams, trailing points) is refused.
 *
 * @example
 * ```ts
 * absolutePath("C:\\srv", "..\\data/a.txt", "windows"); // { path: "C:\\data\\a.txt" }
 * absolutePath("C:\\srv", "D:a.txt", "windows"); // { refused: "the path starts in the folder of a drive" }
 * ```
 */
export function absolutePath(workingDir: string, path: string, style: PathStyle): ResolvedPath {
  const parts = absoluteParts(workingDir, path, style);
  return "refused" in parts ? parts : { path: pathOf(parts, style) };
}

/**
 * Resolves a path as far as it exists and appends the rest. Links whose target is missing are followed, too: writing to them would make the target.
 *
 * @example
 * ```ts
 * resolvePath(system, "/srv", "link/new.txt"); // { path: "/elsewhere/new.txt" }
 * ```
 */
export function resolvePath(system: PathSystem, workingDir: string, path: string): ResolvedPath {
  const absolute = absolutePath(workingDir, path, system.style);
  if ("refused" in absolute) return absolute;
  const real = system.realPath(absolute.path);
  return real === undefined ? resolveStepwise(system, absolute.path) : { path: real };
}

/**
 * As {@link resolvePath}, but a link at the end stays: it is what is removed or moved.
 *
 * @example
 * ```ts
 * resolveParent(system, "/srv", "link"); // { path: "/srv/link" }
 * ```
 */
export function resolveParent(system: PathSystem, workingDir: string, path: string): ResolvedPath {
  const { style } = system;
  const parts = absoluteParts(workingDir, path, style);
  if ("refused" in parts) return parts;
  const name = parts.names.at(-1);
  if (name === undefined) return { path: parts.volume };
  const parent = resolvePath(system, parts.volume, pathOf(withoutLast(parts), style));
  return "refused" in parent ? parent : withNames(system, parent.path, [name]);
}

/** Goes down from the volume, step by step; behind the first thing that is missing or closed, the steps are taken as they are written. */
function resolveStepwise(system: PathSystem, absolute: string): ResolvedPath {
  const { style } = system;
  const start = partsOf(absolute, style);
  if ("refused" in start) return start;
  let here: PathParts = { volume: start.volume, names: [] };
  let pending = start.names.toReversed();
  let links = 0;
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === "..") {
      here = withoutLast(here);
      continue;
    }
    const next: PathParts = { volume: here.volume, names: [...here.names, name] };
    const target = system.linkTarget(pathOf(next, style));
    if (target === undefined) {
      here = next;
      continue;
    }
    links++;
    // A circle of links leads nowhere; opening the path says so.
    if (links > MOST_LINKS) return { path: absolute };
    const link = partsFrom(here, target, style);
    if ("refused" in link) return link;
    here = { volume: link.volume, names: [] };
    pending = [...pending, ...link.names.toReversed()];
  }
  return canonicalPrefix(system, here);
}

/** The path with what exists of it spelt as the system spells it: some systems find a name in other letter case, and under a short form. */
function canonicalPrefix(system: PathSystem, path: PathParts): ResolvedPath {
  for (let count = path.names.length; count > 0; count--) {
    const real = system.realPath(
      pathOf({ volume: path.volume, names: path.names.slice(0, count) }, system.style),
    );
    if (real !== undefined) return withNames(system, real, path.names.slice(count));
  }
  return withNames(system, path.volume, path.names);
}

/** Names below a folder that is resolved, which are not, or not to be. */
function withNames({ style }: PathSystem, folder: string, names: readonly string[]): ResolvedPath {
  if (names.some((name) => mayBeShort(name, style)))
    return { refused: "the path may name something else in short" };
  const separator = separatorOf(style);
  const lead = folder.endsWith(separator) ? folder : folder + separator;
  return { path: names.length === 0 ? folder : lead + names.join(separator) };
}

function withoutLast({ volume, names }: PathParts): PathParts {
  return { volume, names: names.slice(0, -1) };
}

/** The parts of a path, `.` and `..` resolved by its text. */
function absoluteParts(workingDir: string, path: string, style: PathStyle): PathParts | RefusedPath {
  if (path.includes("\0")) return { refused: "a path cannot hold a NUL character" };
  const folder = partsOf(workingDir, style);
  if ("refused" in folder) return folder;
  const parts = partsFrom(folder, path, style);
  if ("refused" in parts) return parts;
  const names: string[] = [];
  for (const name of parts.names) {
    if (name === "..") names.pop();
    else if (name !== ".") names.push(name);
  }
  return { volume: parts.volume, names };
}

/** The parts of a path that starts in a folder, unless it is absolute; `.` and `..` as they are written. */
function partsFrom(folder: PathParts, path: string, style: PathStyle): PathParts | RefusedPath {
  if (style !== "windows")
    return partsOf(path.startsWith("/") ? path : `${pathOf(folder, style)}/${path}`, style);
  const written = path.replaceAll("/", "\\");
  if (/^[a-z]:\\/i.test(written) || /^\\\\|^\\\?\?/.test(written)) return partsOf(written, style);
  if (/^[a-z]:/i.test(written)) return { refused: "the path starts in the folder of a drive" };
  if (written.startsWith("\\")) return partsOf(folder.volume + written.slice(1), style);
  return partsOf(`${pathOf(folder, style)}\\${written}`, style);
}
