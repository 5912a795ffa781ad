import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { LoaderFileError } from "./errors.js";

/** Far above any manifest or program; more is an attack or a mistake. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** Not waiting for the other end of a pipe, where the platform knows that. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Not following a final link either. */
const READ_NO_LINK = READ | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads a regular file whose path has been resolved. Synchronous, because the compiler asks for `#load`ed files in the
 * middle of its work, and compiling takes longer than reading. `name` stands in messages.
 */
export function readFile(resolvedPath: string, name: string): Uint8Array {
  return read(resolvedPath, name, READ_NO_LINK);
}

/** As {@link readFile}, for text in UTF-8; a byte order mark is dropped. */
export function readText(resolvedPath: string, name: string): string {
  return textOf(readFile(resolvedPath, name), name);
}

/** As {@link readText}, for a file that the host names: links in it are the host's own. */
export function readHostText(path: string): string {
  return textOf(read(path, path, READ), path);
}

function read(path: string, name: string, flags: number): Uint8Array {
  return attempt(name, () => {
    const file = openSync(path, flags);
    try {
      const { size } = regularFile(file, name);
      const bytes = new Uint8Array(size);
      let length = 0;
      while (length < size) {
        const read = readSync(file, bytes, length, size - length, null);
        if (read === 0) break;
        length += read;
      }
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  });
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new LoaderFileError(name, "not a text in UTF-8", { cause: error });
  }
}

/** Runs an operation on files and words its failure. */
export function attempt<T>(name: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (error instanceof LoaderFileError) throw error;
    throw new LoaderFileError(name, problemOf(error), { cause: error });
  }
}

function regularFile(file: number, name: string): { readonly size: number } {
  const stats = fstatSync(file);
  if (!stats.isFile()) throw new LoaderFileError(name, "not a regular file");
  if (stats.size > LARGEST_FILE) {
    throw new LoaderFileError(name, `has ${stats.size} bytes, and at most ${LARGEST_FILE} are read`);
  }
  return stats;
}

const PROBLEMS: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "no such file"],
  ["ENOTDIR", "no such file"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "not a regular file"],
  ["ELOOP", "a link that leads in circles, or was put there while the file was being read"],
  ["ENAMETOOLONG", "the path is too long"],
  ["ERR_INVALID_ARG_VALUE", "the path holds a character that no path has"],
]);

function problemOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return PROBLEMS.get(code) ?? (error instanceof Error ? error.message : String(error));
}
