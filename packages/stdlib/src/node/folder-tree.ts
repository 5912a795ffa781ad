/** Making, listing and removing folders, never through a link. */
import { lstatSync, mkdirSync, opendirSync, renameSync, rmdirSync, type Stats, unlinkSync } from "node:fs";
import { dirname, parse, sep } from "node:path";
import { CONS_BYTES, type NativeContext, STRING_BYTES, UNIT_BYTES } from "@fusabi/vm";
import { FileKindError } from "./errors.js";
import { PinnedFolder } from "./pinned-folder.js";
import { hasCode } from "./system-words.js";

/** The names in a folder, by UTF-16 units. */
export function listFolder(context: NativeContext, path: string): string[] {
  const folder = new PinnedFolder(path);
  try {
    return namesIn(context, folder).sort();
  } finally {
    folder[Symbol.dispose]();
  }
}

function namesIn(context: NativeContext, folder: PinnedFolder): string[] {
  const names: string[] = [];
  const entries = opendirSync(folder.at(""));
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      context.charge(1);
      context.allocate(CONS_BYTES + STRING_BYTES + entry.name.length * UNIT_BYTES);
      names.push(entry.name);
    }
  } finally {
    entries.closeSync();
  }
  return names;
}

/** What is at a path, a link not followed; undefined when nothing is. */
export function entryAt(path: string): Stats | undefined {
  try {
    const { folder, name } = PinnedFolder.around(path);
    try {
      return lstatSync(folder.at(name), { throwIfNoEntry: false });
    } finally {
      folder[Symbol.dispose]();
    }
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG")) return undefined;
    throw error;
  }
}

/** Makes a folder and those above it; one that is there already is fine. */
export function makeFolders(path: string): void {
  const { root } = parse(path);
  const steps = path
    .slice(root.length)
    .split(sep)
    .filter((step) => step !== "");
  let here = root;
  for (const step of steps) {
    const next = here.endsWith(sep) ? here + step : here + sep + step;
    if (entryAt(next)?.isDirectory() !== true) makeFolder(here, step);
    here = next;
  }
}

function makeFolder(parent: string, name: string): void {
  const folder = new PinnedFolder(parent);
  try {
    mkdirSync(folder.at(name));
  } catch (error) {
    // Somebody else has made it in the meantime, or it is no folder.
    if (!hasCode(error, "EEXIST")) throw error;
    if (!lstatSync(folder.at(name)).isDirectory()) throw error;
  } finally {
    folder[Symbol.dispose]();
  }
}

/** Removes a file, a link, or a folder with everything in it. `each` is called before every entry but the first goes. */
export function removeTree(context: NativeContext, path: string, each: (path: string) => void): void {
  if (dirname(path) === path) throw new FileKindError("Device or resource busy");
  const { folder, name } = PinnedFolder.around(path);
  try {
    if (!lstatSync(folder.at(name)).isDirectory()) {
      unlinkSync(folder.at(name));
      return;
    }
    for (const entry of listFolder(context, path)) {
      const below = path + sep + entry;
      each(below);
      removeTree(context, below, each);
    }
    rmdirSync(folder.at(name));
  } finally {
    folder[Symbol.dispose]();
  }
}

/** Gives what is at one path another one; what is there is replaced. */
export function moveEntry(from: string, to: string): void {
  const source = PinnedFolder.around(from);
  try {
    const target = PinnedFolder.around(to);
    try {
      renameSync(source.folder.at(source.name), target.folder.at(target.name));
    } finally {
      target.folder[Symbol.dispose]();
    }
  } finally {
    source.folder[Symbol.dispose]();
  }
}

/** What a path that is resolved leads to. Throws the system's error when there is nothing. */
export function statOf(path: string): Stats {
  if (dirname(path) === path) return lstatSync(path);
  const { folder, name } = PinnedFolder.around(path);
  try {
    return lstatSync(folder.at(name));
  } finally {
    folder[Symbol.dispose]();
  }
}
