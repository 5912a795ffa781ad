import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { printable } from "@fusabi/capabilities";
import { FindingsError, UsageError } from "../errors.js";
import { reason } from "../system-reason.js";

/** A file from the command line, by what it is. */
export type Input =
  | { readonly kind: "source"; readonly path: string; readonly text: string }
  | { readonly kind: "bytecode"; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: "manifest"; readonly path: string };

/** The names that a plugin folder's manifest may have, best first. */
export const manifestNames: readonly string[] = ["plugin.toml", "fusabi.toml", "plugin.json", "fusabi.json"];

/**
 * Reads what a path of the command line names: a source, a bytecode file, a manifest, or a folder with a manifest in it.
 *
 * @throws UsageError when there is nothing of the kind; FindingsError for a source that is no UTF-8
 */
export async function readInput(path: string): Promise<Input> {
  const info = accessing(path, () => statSync(path));
  if (info.isDirectory()) return { kind: "manifest", path: manifestIn(path) };
  if (/\.(toml|json)$/.test(path)) return { kind: "manifest", path };
  const bytes = accessing(path, () => readFileSync(path));
  return (await isBytecode(path, bytes))
    ? { kind: "bytecode", path, bytes }
    : { kind: "source", path, text: decodeSource(path, bytes) };
}

/** By the name, and where that says nothing, by the first bytes. */
async function isBytecode(path: string, bytes: Uint8Array): Promise<boolean> {
  if (path.endsWith(".fzb")) return true;
  if (path.endsWith(".fsx")) return false;
  const { bytecodeVersion } = await import("@fusabi/vm");
  return bytecodeVersion(bytes) !== undefined;
}

/** @throws UsageError with the system's reason when the file cannot be had */
export function accessing<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`cannot read ${printable(path === "" ? '""' : path)}: ${reason(error)}`, undefined, {
      cause: error,
    });
  }
}

function manifestIn(folder: string): string {
  for (const name of manifestNames) {
    const path = join(folder, name);
    if (accessing(path, () => statSync(path, { throwIfNoEntry: false }))?.isFile() === true) return path;
  }
  throw new UsageError(`${printable(folder)} holds no plugin`, `expected ${manifestNames.join(", ")} in it`);
}

/** @throws FindingsError */
export function decodeSource(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = "the file is not UTF-8 text";
    throw new FindingsError([
      { file: path, line: 0, column: 0, severity: "error", code: "ENCODING", message },
    ]);
  }
}
