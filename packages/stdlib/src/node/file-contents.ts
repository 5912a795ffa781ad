/** Reading and writing whole files inside pinned folders, metered as it goes. */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type NativeContext, STRING_BYTES, UNIT_BYTES } from "@fusabi/vm";
import { FileKindError } from "./errors.js";
import { PinnedFolder } from "./pinned-folder.js";
import { mayAccess } from "./sandbox.js";
import { hasCode } from "./system-words.js";

const CHUNK = 256 * 1024;
/** Bytes that cost a unit of fuel. */
const BYTES_A_UNIT = 64;

/** Text that is no UTF-8 is refused; a byte-order mark is a character like others. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A file opened for reading: a regular one, of a size that is allowed. */
export class SourceFile implements Disposable {
  readonly #folder: PinnedFolder;
  readonly #descriptor: number;
  readonly #context: NativeContext;
  readonly stats: Stats;
  #read = 0;

  constructor(context: NativeContext, path: string) {
    const { folder, name } = PinnedFolder.around(path);
    this.#folder = folder;
    this.#context = context;
    let descriptor: number | undefined;
    try {
      descriptor = folder.open(name, constants.O_RDONLY);
      this.stats = fstatSync(descriptor);
      context.countFileBytes(this.stats.size);
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
      folder[Symbol.dispose]();
      throw error;
    }
    this.#descriptor = descriptor;
  }

  /** The next bytes; none at the end. The buffer is used again by the next call. */
  *chunks(): Generator<Uint8Array, void, undefined> {
    if (!this.stats.isFile())
      throw new FileKindError(this.stats.isDirectory() ? "Is a directory" : "Not a regular file");
    const buffer = new Uint8Array(CHUNK);
    for (;;) {
      const length = readSync(this.#descriptor, buffer, 0, CHUNK, null);
      if (length === 0) return;
      this.#read += length;
      this.#context.charge(Math.ceil(length / BYTES_A_UNIT));
      // The size is what it was when the file was opened; some files have none and yet contents.
      this.#context.countFileBytes(this.#read);
      yield buffer.subarray(0, length);
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
    this.#folder[Symbol.dispose]();
  }
}

/** All text of a file. Throws a TypeError when it is no UTF-8. */
export function readText(context: NativeContext, path: string): string {
  const file = new SourceFile(context, path);
  try {
    context.allocate(STRING_BYTES + file.stats.size * UNIT_BYTES);
    const parts: Uint8Array[] = [];
    let length = 0;
    for (const chunk of file.chunks()) {
      if (length + chunk.length > file.stats.size)
        context.allocate((length + chunk.length - Math.max(length, file.stats.size)) * UNIT_BYTES);
      parts.push(chunk.slice());
      length += chunk.length;
    }
    return decoder.decode(Buffer.concat(parts, length));
  } finally {
    file[Symbol.dispose]();
  }
}

/** Replaces a file by what `write` puts into it: whoever reads meanwhile sees the old contents or the new, never half of them. */
export function replaceFile(context: NativeContext, path: string, write: (descriptor: number) => void): void {
  const { folder, name } = PinnedFolder.around(path);
  try {
    const old = existing(folder, name);
    if (old !== undefined) requireReplaceable(folder, name, old);
    const temporary = `.${crypto.randomUUID()}.tmp`;
    // A policy may allow the file and not its folder: then there is no place for the new contents beside the old ones.
    const beside = mayAccess(context, "write", join(dirname(path), temporary))
      ? createBeside(folder, temporary)
      : undefined;
    if (beside === undefined) writeInPlace(folder, name, write);
    else replaceBy(folder, temporary, beside, name, old, write);
  } finally {
    folder[Symbol.dispose]();
  }
}

/** The descriptor of a new file; undefined where files exist that may be written but none may be made. */
function createBeside(folder: PinnedFolder, temporary: string): number | undefined {
  try {
    return folder.open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  } catch (error) {
    if (hasCode(error, "EACCES", "EPERM", "EROFS")) return undefined;
    throw error;
  }
}

function replaceBy(
  folder: PinnedFolder,
  temporary: string,
  descriptor: number,
  name: string,
  old: Stats | undefined,
  write: (descriptor: number) => void,
): void {
  try {
    try {
      if (old !== undefined) fchmodSync(descriptor, old.mode & 0o7777);
      write(descriptor);
      // The name must not point to contents that a power failure could still lose.
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(folder.at(temporary), folder.at(name));
  } catch (error) {
    rmSync(folder.at(temporary), { force: true });
    throw error;
  }
}

function writeInPlace(folder: PinnedFolder, name: string, write: (descriptor: number) => void): void {
  const descriptor = folder.open(name, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC);
  try {
    write(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Adds to the end of a file, which is made when it is not there. */
export function appendToFile(context: NativeContext, path: string, bytes: Uint8Array): void {
  const { folder, name } = PinnedFolder.around(path);
  try {
    const old = existing(folder, name);
    if (old !== undefined) requireFile(old);
    context.countFileBytes((old?.size ?? 0) + bytes.length);
    const descriptor = folder.open(name, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
    try {
      writeAll(context, descriptor, bytes);
    } finally {
      closeSync(descriptor);
    }
  } finally {
    folder[Symbol.dispose]();
  }
}

/** Writes every byte: the system may take fewer than it is given. */
export function writeAll(context: NativeContext, descriptor: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) {
    const length = writeSync(descriptor, bytes, from, Math.min(bytes.length - from, CHUNK));
    context.charge(Math.ceil(length / BYTES_A_UNIT));
    from += length;
  }
}

function existing(folder: PinnedFolder, name: string): Stats | undefined {
  return lstatSync(folder.at(name), { throwIfNoEntry: false });
}

/** Renaming over a file asks for no right to write to it; we do. */
function requireReplaceable(folder: PinnedFolder, name: string, old: Stats): void {
  requireFile(old);
  accessSync(folder.at(name), constants.W_OK);
}

function requireFile(stats: Stats): void {
  if (stats.isDirectory()) throw new FileKindError("Is a directory");
  if (stats.isSymbolicLink()) throw new FileKindError("Too many levels of symbolic links");
  if (!stats.isFile()) throw new FileKindError("Not a regular file");
}
