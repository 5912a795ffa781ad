import { dirname, join } from "node:path";
import { printable } from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import { FindingsError } from "../errors.js";
import { pathBelow } from "./below.js";
import { type Input, readInput } from "./input.js";

/** The program of a plugin. Throws FindingsError when it is not there, or is a link to elsewhere. */
export async function entryOf(manifest: Manifest, manifestPath: string): Promise<Input> {
  const folder = dirname(manifestPath);
  const path = join(folder, manifest.entry.path);
  if (pathBelow(folder, path) !== undefined) return await readInput(path);
  const message = `the plugin's folder holds no file ${printable(manifest.entry.path)}`;
  throw new FindingsError([
    { file: manifestPath, line: 0, column: 0, severity: "error", code: "PLUGIN_FILE", message },
  ]);
}
