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

/**
 * The manifests of a folder, sorted by path. A pattern without a slash is looked for in the folder and in the folders
 * directly inside, one with a slash where it leads. In each folder only what fits the first pattern that anything fits is a
 * manifest: other TOML files beside a `plugin.toml` are none. Hidden folders are left out. Throws what the file system
 * throws for a folder that cannot be read.
 */
export async function findManifests(folder: string, patterns: readonly string[]): Promise<readonly string[]> {
  const listing = new Listing();
  await listing.of(folder);
  const byFolder = new Map<string, readonly string[]>();
  for (const pattern of patterns) {
    const places = pattern.includes("/") ? [pattern] : [pattern, `*/${pattern}`];
    const found = new Map<string, string[]>();
    for (const place of places) {
      for await (const [inside, name] of matches(folder, place.split("/").filter(Boolean), listing)) {
        const names = found.get(inside);
        if (names === undefined) found.set(inside, [name]);
        else names.push(name);
      }
    }
    for (const [inside, names] of found) if (!byFolder.has(inside)) byFolder.set(inside, names);
  }
  const folders = [...byFolder].sort(([a], [b]) => (a < b ? -1 : 1));
  return folders.flatMap(([inside, names]) => [...new Set(names)].sort().map((name) => join(inside, name)));
}

/** The files, as folder and name, to which the parts of a pattern lead. */
async function* matches(
  folder: string,
  [part, ...rest]: readonly string[],
  listing: Listing,
): AsyncIterable<readonly [string, string]> {
  if (part === undefined) return;
  const { files, folders } = await listing.of(folder);
  if (part === "**") {
    yield* matches(folder, rest, listing);
    // Links are not followed: they could lead in a circle.
    for (const { name, link } of folders)
      if (!link) yield* matches(join(folder, name), [part, ...rest], listing);
    return;
  }
  const fits = matcher(part);
  if (rest.length === 0) {
    for (const name of files) if (fits(name)) yield [folder, name];
    return;
  }
  for (const { name } of folders) if (fits(name)) yield* matches(join(folder, name), rest, listing);
}

interface FolderContent {
  readonly files: readonly string[];
  /** Without hidden ones. */
  readonly folders: readonly { readonly name: string; readonly link: boolean }[];
}

/** What is in folders, read once for all patterns. */
class Listing {
  readonly #contents = new Map<string, Promise<FolderContent>>();

  of(folder: string): Promise<FolderContent> {
    let content = this.#contents.get(folder);
    if (content === undefined) {
      content = contentOf(folder);
      this.#contents.set(folder, content);
    }
    return content;
  }
}

async function contentOf(folder: string): Promise<FolderContent> {
  const files: string[] = [];
  const folders: { name: string; link: boolean }[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const { name } = entry;
    const link = entry.isSymbolicLink();
    const inside = entry.isDirectory() || (link && (await leadsToFolder(join(folder, name))));
    if (!inside) files.push(name);
    else if (!name.startsWith(".")) folders.push({ name, link });
  }
  return { files: files.sort(), folders: folders.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** A link that leads nowhere is no folder; loading it says what is wrong. */
async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ELOOP" || code === "EACCES") return false;
    throw error;
  }
}

/** A pattern of a name, `*` for any text. Matched part by part, since no regular expression stays fast for each. */
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
