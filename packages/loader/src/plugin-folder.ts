import { lstatSync, realpathSync as resolveLinks } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { PluginFileError } from "@fusabi/plugin";
import { LoaderFileError } from "./errors.js";
import { attempt, readFile, readText } from "./read-file.js";

/** The system's own: one call instead of one for each folder on the way. */
const realpathSync = resolveLinks.native;

/**
 * The folder of a plugin, and the only place that its files are read from: neither `..` nor a symbolic link leads out of
 * it. Files are named as messages show them, which is relative to where the host named the plugin from.
 */
export class PluginFolder {
  /** The folder with every link resolved. */
  readonly root: string;
  readonly #plugin: string;
  readonly #path: string;
  /** Where the files that were read really are, by the names that messages show. */
  readonly #read = new Map<string, string>();

  /** Throws `PluginFileError` if there is no such folder. */
  constructor(plugin: string, path: string) {
    this.#plugin = plugin;
    this.#path = path;
    this.root = this.#attempt(path, () => realpathSync(path));
  }

  /** Every file that was read, links resolved. */
  get filesRead(): readonly string[] {
    return [...new Set(this.#read.values())];
  }

  /** A file of this folder, as messages show it. */
  fileName(path: string): string {
    return join(this.#path, path);
  }

  /** Where a file of this folder really is. Throws `PluginFileError` for one that is missing or not in it. */
  resolve(fileName: string): string {
    return this.#read.get(fileName) ?? this.#attempt(fileName, () => this.#resolve(fileName));
  }

  /** Where a file of this folder that the host has named really is: it may be a link that leads out. */
  hostFile(fileName: string): string {
    return this.#attempt(fileName, () => this.#direct(fileName) ?? realpathSync(fileName));
  }

  readBytes(fileName: string): Uint8Array {
    return this.#attempt(fileName, () => this.#reading(fileName, readFile));
  }

  readText(fileName: string): string {
    return this.#attempt(fileName, () => this.#reading(fileName, readText));
  }

  /** The text that `#load "path"` in the file `from` means. What it throws has the code `ENOENT` if there is no such file. */
  readLoaded(path: string, from: string): string {
    const fileName = isAbsolute(path) ? path : join(dirname(from), path);
    return this.#reading(fileName, readText);
  }

  #resolve(fileName: string): string {
    const real = this.#direct(fileName) ?? realpathSync(resolve(fileName));
    if (!isWithin(this.root, real)) {
      throw new LoaderFileError(fileName, `leads out of the plugin's folder ${this.#path}, to ${real}`);
    }
    return real;
  }

  /** For a file that is no link and in this folder itself, as most are: one question to the system instead of one for each folder on the way. */
  #direct(fileName: string): string | undefined {
    const name = relative(this.#path, fileName);
    if (name === "" || name === ".." || name !== basename(name)) return undefined;
    const path = join(this.root, name);
    return lstatSync(path).isSymbolicLink() ? undefined : path;
  }

  #reading<T>(fileName: string, read: (path: string, name: string) => T): T {
    const path = this.#resolve(fileName);
    const content = read(path, fileName);
    // A folder on the way may have become a link between the look at the path and the reading.
    const real = realpathSync(path);
    if (!isWithin(this.root, real)) throw new LoaderFileError(fileName, "was moved while it was being read");
    this.#read.set(fileName, real);
    return content;
  }

  #attempt<T>(fileName: string, operation: () => T): T {
    try {
      return attempt(fileName, operation);
    } catch (error) {
      if (error instanceof LoaderFileError) {
        throw new PluginFileError(this.#plugin, fileName, error.problem, { cause: error });
      }
      throw error;
    }
  }
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
