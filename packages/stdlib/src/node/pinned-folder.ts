import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { RedirectedPathError } from "./errors.js";
import { hasCode } from "./system-words.js";

/** Of Linux; Node has no name for it. The folder need not be readable to be gone through. */
const O_PATH = 0o10000000;
const FOLDER_FLAGS =
  (process.platform === "linux" ? O_PATH : constants.O_RDONLY) |
  (constants.O_DIRECTORY ?? 0) |
  (constants.O_NOFOLLOW ?? 0);

/**
 * A folder held open, so that what happens in it happens in that very folder, whatever becomes of the path that led to it. Where the system gives no way into an
 * open folder (anything but Linux with `/proc`), names are joined to the path, and what was opened is compared afterwards.
 */
export class PinnedFolder implements Disposable {
  readonly #path: string;
  readonly #descriptor: number | undefined;
  /** How the open folder is reached; undefined where it cannot be. */
  readonly #entrance: string | undefined;

  /** Throws the system's error, or {@link RedirectedPathError} when the path is not where it was. */
  constructor(path: string) {
    this.#path = path;
    if (process.platform === "win32") {
      this.#descriptor = undefined;
      this.#entrance = undefined;
      requireUnchanged(path);
      return;
    }
    const descriptor = openSync(path, FOLDER_FLAGS);
    try {
      this.#entrance = entranceOf(descriptor, path);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    this.#descriptor = descriptor;
  }

  /** The folder that holds a path, and the path's last name. */
  static around(path: string): { readonly folder: PinnedFolder; readonly name: string } {
    return { folder: new PinnedFolder(dirname(path)), name: basename(path) };
  }

  /** A path for the system that leads to a name in this folder. */
  at(name: string): string {
    return join(this.#entrance ?? this.#path, name === "" ? "." : name);
  }

  /** Opens a file in this folder without following a link. Throws the system's error, or {@link RedirectedPathError}. */
  open(name: string, flags: number, mode: number = 0o666): number {
    // A pipe without a writer must not stop the program.
    const descriptor = openSync(
      this.at(name),
      flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
      mode,
    );
    if (this.#entrance !== undefined) return descriptor;
    try {
      requireSameFile(descriptor, join(this.#path, name));
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    return descriptor;
  }

  [Symbol.dispose](): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}

/** The way into an open folder, after making sure that it is the one that was meant. */
function entranceOf(descriptor: number, path: string): string | undefined {
  const entrance = `/proc/self/fd/${descriptor}`;
  let real: string;
  try {
    real = readlinkSync(entrance);
  } catch (error) {
    if (!hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "EINVAL")) throw error;
    requireUnchanged(path);
    requireSameFile(descriptor, path);
    return undefined;
  }
  if (real !== path) throw new RedirectedPathError(path);
  return entrance;
}

function requireUnchanged(path: string): void {
  if (realpathSync.native(path) !== path) throw new RedirectedPathError(path);
}

function requireSameFile(descriptor: number, path: string): void {
  const [opened, named] = [fstatSync(descriptor, { bigint: true }), lstatSync(path, { bigint: true })];
  if (opened.ino !== named.ino || opened.dev !== named.dev) throw new RedirectedPathError(path);
  requireUnchanged(dirname(path));
}
