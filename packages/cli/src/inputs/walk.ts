import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { printable } from "@fusabi/capabilities";
import { UsageError } from "../errors.js";
import { accessing, manifestNames } from "./input.js";

/** Folders of tools and of what they make. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", "dist", "target", "coverage"]);

/**
 * The files that paths of the command line stand for: a file for itself, a folder for every script and manifest in it and below,
 * in the order of their names. Hidden folders, `node_modules` and the like, and symbolic links are left out.
 *
 * @throws UsageError for a path that is not there and for a folder without anything to check
 */
export function filesIn(paths: readonly string[]): readonly string[] {
  const files = new Set<string>();
  for (const path of paths) {
    const info = accessing(path, () => statSync(path));
    const found = info.isDirectory() ? filesBelow(path) : [path];
    if (found.length === 0) throw new UsageError(`${printable(path)} holds no script and no manifest`);
    for (const file of found) files.add(file);
  }
  return [...files];
}

function filesBelow(folder: string): readonly string[] {
  const entries = accessing(folder, () => readdirSync(folder, { withFileTypes: true }));
  const files: string[] = [];
  for (const entry of entries.sort(byName)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".") && !SKIPPED.has(entry.name)) {
      files.push(...filesBelow(path));
    } else if (entry.isFile() && (entry.name.endsWith(".fsx") || manifestNames.includes(entry.name))) {
      files.push(path);
    }
  }
  return files;
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
