import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { SourceTexts } from "../report/finding.js";

/** Where a file really is, if that is in a folder or below it, links resolved; undefined if not, or if it is not there. */
export function pathBelow(folder: string, file: string): string | undefined {
  try {
    const path = realpathSync(resolve(file));
    const way = relative(realpathSync(folder), path);
    const outside = way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
    return outside || !statSync(path).isFile() ? undefined : path;
  } catch {
    // Not there, or not to be seen: for the caller that is the same.
    return undefined;
  }
}

/**
 * The texts of the files in a folder, for code frames. Of those files only: the names come from programs, and a bytecode file
 * can claim to be made of any file.
 */
export function textsBelow(folder: string): SourceTexts {
  return (file) => {
    const path = pathBelow(folder, file);
    return path === undefined ? undefined : readFileSync(path, "utf8");
  };
}
