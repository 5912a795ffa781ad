import type { Stats } from "node:fs";
import { lstat, stat } from "node:fs/promises";

/** What tells one content of a file from another without reading it, and a file from another under the same name. */
export interface FileState {
  /** Stays the same when the file is renamed, and is no other file's while it exists. */
  readonly identity: string;
  readonly size: number;
  readonly modifiedMs: number;
}

export function fileStateOf(stats: Stats): FileState {
  return {
    // A number of a removed file is soon given to a new one, which is born later.
    identity: `${stats.dev}:${stats.ino}:${stats.birthtimeMs}`,
    size: stats.size,
    modifiedMs: stats.mtimeMs,
  };
}

/** The state of a file now; undefined when there is no file. */
export async function currentState(path: string, followSymlinks: boolean): Promise<FileState | undefined> {
  try {
    const stats = await (followSymlinks ? stat(path) : lstat(path));
    return stats.isFile() ? fileStateOf(stats) : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

export function sameState(a: FileState, b: FileState): boolean {
  return a.identity === b.identity && hasSameContent(a, b);
}

/** As far as size and time tell. */
export function hasSameContent(a: FileState, b: FileState): boolean {
  return a.size === b.size && a.modifiedMs === b.modifiedMs;
}
