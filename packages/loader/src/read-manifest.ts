import { extname } from "node:path";
import type { Manifest, ManifestDocument, ValidationOptions } from "@fusabi/manifest";
import { parseManifestDocument } from "@fusabi/manifest";
import { LoaderFileError, ManifestFileError } from "./errors.js";
import { readHostText } from "./read-file.js";

/**
 * Reads a manifest file: JSON if its name ends in `.json`, else TOML. It lives here and not in `@fusabi/manifest` because
 * that package runs where there are no files. Throws {@link ManifestFileError} if the file cannot be read, `ManifestError`
 * with every problem if it is no manifest.
 *
 * @example
 * ```ts
 * const manifest = await readManifest("plugins/greeter/plugin.toml");
 * manifest.capabilities; // ["fs:read"]
 * ```
 */
export async function readManifest(path: string, options?: ValidationOptions): Promise<Manifest> {
  return (await readManifestDocument(path, options)).manifest;
}

/**
 * As {@link readManifest}, and keeps warnings and positions.
 *
 * @example
 * ```ts
 * const { problems } = await readManifestDocument("plugins/greeter/plugin.toml");
 * ```
 */
export async function readManifestDocument(
  path: string,
  options: ValidationOptions = {},
): Promise<ManifestDocument> {
  const format = extname(path).toLowerCase() === ".json" ? "json" : "toml";
  return parseManifestDocument(manifestText(path), format, { ...options, fileName: path });
}

function manifestText(path: string): string {
  try {
    return readHostText(path);
  } catch (error) {
    if (error instanceof LoaderFileError) throw new ManifestFileError(path, error.problem, { cause: error });
    throw error;
  }
}
