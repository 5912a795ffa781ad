import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "@fusabi/plugin";

/**
 * What was found in folders of plugins. A plugin that does not load does not stop the others.
 *
 * @example
 * ```ts
 * const { loaded, failed } = await runtime.discover();
 * for (const [path, error] of failed) console.error(`${path}: ${error.message}`);
 * ```
 */
export interface Discovery {
  /** In the order of loading: dependencies first. */
  readonly loaded: readonly Plugin[];
  /** By path of the manifest, or of a folder that cannot be read. */
  readonly failed: ReadonlyMap<string, Error>;
}

/** In the order in which they are tried. */
export const MANIFEST_PATTERNS: readonly string[] = ["plugin.toml", "fusabi.toml", "plugin.json", "*.toml"];

/** The manifests of a folder and of the folders directly inside, sorted by path. Hidden folders are left out. */
export async function findManifests(folder: string, patterns: readonly string[]): Promise<readonly string[]> {
  const fits = patterns.map(matcher);
  const names = (await readdir(folder)).sort();
  const manifests = await manifestsAmong(folder, names, fits);
  for (const name of names) {
    const path = join(folder, name);
    if (name.startsWith(".") || !(await isFolder(path))) continue;
    manifests.push(...(await manifestsAmong(path, (await readdir(path)).sort(), fits)));
  }
  return manifests;
}

/** What fits the first pattern that anything fits: other TOML files beside a `plugin.toml` are no manifests. */
async function manifestsAmong(
  folder: string,
  names: readonly string[],
  fits: readonly ((name: string) => boolean)[],
): Promise<string[]> {
  for (const fit of fits) {
    const found: string[] = [];
    for (const name of names.filter(fit)) {
      const path = join(folder, name);
      if (!(await isFolder(path))) found.push(path);
    }
    if (found.length > 0) return found;
  }
  return [];
}

/** A link that leads nowhere is no folder; loading it says what is wrong. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ELOOP" || code === "EACCES") return false;
    throw error;
  }
}

/** A pattern of a file name, `*` for any text. Matched part by part, since no regular expression stays fast for each. */
function matcher(pattern: string): (name: string) => boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
      return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  };
}
