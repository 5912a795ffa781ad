import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { LoaderFileError, ManifestFileError } from "./errors.js";
import { attempt, readHostText } from "./read-file.js";

/** The keyword in `package.json` that makes an npm package a plugin. */
const PLUGIN_KEYWORD = "fusabi-plugin";

/** What a manifest in the folder of a plugin may be called, in the order in which they are tried. */
const MANIFEST_NAMES: readonly string[] = ["plugin.toml", "fusabi.toml", "plugin.json"];

/**
 * npm packages that are plugins.
 *
 * @example
 * ```ts
 * const { manifests, failed } = findPluginPackages(".");
 * for (const path of manifests) await loader.loadFromManifest(path);
 * ```
 */
export interface PluginPackages {
  /** Paths of their manifests, in the order of the packages' names. */
  readonly manifests: readonly string[];
  /** By path of the package, those that say that they are plugins and are none, or cannot be read. */
  readonly failed: ReadonlyMap<string, Error>;
}

/**
 * Finds the plugins among the npm packages that are installed in a folder: those in its `node_modules`, scoped ones too, that
 * have the keyword `fusabi-plugin`. Throws {@link LoaderFileError} if `node_modules` is there and cannot be read.
 *
 * @example
 * ```ts
 * findPluginPackages("/srv/host").manifests; // ["/srv/host/node_modules/@acme/greeter/plugin.toml"]
 * ```
 */
export function findPluginPackages(folder: string): PluginPackages {
  const root = join(folder, "node_modules");
  const manifests: string[] = [];
  const failed = new Map<string, Error>();
  for (const path of packageFolders(root)) {
    try {
      if (isPlugin(path)) manifests.push(manifestIn(path));
    } catch (error) {
      if (!(error instanceof LoaderFileError)) throw error;
      failed.set(path, error);
    }
  }
  return { manifests, failed };
}

/**
 * The manifest in the folder of a plugin: `plugin.toml`, `fusabi.toml` or `plugin.json`. Throws {@link ManifestFileError} if
 * there is none.
 *
 * @example
 * ```ts
 * await loader.loadFromManifest(manifestIn("plugins/greeter"));
 * ```
 */
export function manifestIn(folder: string): string {
  const names = new Set(namesIn(folder));
  const name = MANIFEST_NAMES.find((each) => names.has(each));
  if (name !== undefined) return join(folder, name);
  throw new ManifestFileError(
    folder,
    `there is no ${MANIFEST_NAMES.slice(0, -1).join(", ")} or ${MANIFEST_NAMES.at(-1)} in it`,
  );
}

/** Where an npm package is, seen from a folder. Throws {@link ManifestFileError} for a name that is none, or is not there. */
export function packageFolder(name: string, from: string): string {
  if (!/^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/.test(name))
    throw new ManifestFileError(name, "not the name of an npm package");
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) throw new ManifestFileError(name, `no such package, seen from ${from}`);
  }
}

function* packageFolders(root: string): Iterable<string> {
  for (const name of namesIn(root, "may be missing")) {
    if (name.startsWith(".")) continue;
    const path = join(root, name);
    if (!name.startsWith("@")) yield path;
    else for (const inner of namesIn(path)) if (!inner.startsWith(".")) yield join(path, inner);
  }
}

function namesIn(folder: string, missing?: "may be missing"): readonly string[] {
  return attempt(folder, () => {
    try {
      return readdirSync(folder).sort();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "ENOENT" && missing !== undefined) return [];
      throw error;
    }
  });
}

function isPlugin(folder: string): boolean {
  const path = join(folder, "package.json");
  let text: string;
  try {
    text = readHostText(path);
  } catch (error) {
    // What has no package.json is no package: a cache of some tool, or a broken link.
    if (error instanceof LoaderFileError && error.problem === "no such file") return false;
    throw error;
  }
  // Most packages are none, and this is quicker than reading JSON.
  if (!text.includes(PLUGIN_KEYWORD)) return false;
  const { keywords } = parsePackage(path, text);
  return Array.isArray(keywords) && keywords.includes(PLUGIN_KEYWORD);
}

function parsePackage(path: string, text: string): { readonly keywords?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LoaderFileError(path, `not JSON: ${error.message}`, { cause: error });
  }
}
