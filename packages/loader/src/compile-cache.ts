import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HostModule } from "@fusabi/vm";
import { compilerIdentity } from "./compiler-identity.js";
import { LoaderFileError } from "./errors.js";
import type { LoadWarning } from "./loader-options.js";
import { readFile } from "./read-file.js";
import { signatureDigest } from "./signature-digest.js";

/** What a compilation starts from, apart from the files that the source loads. */
export interface CompileRequest {
  readonly plugin: string;
  readonly text: string;
  readonly fileName: string;
  readonly hostModules: readonly HostModule[];
  readonly mode: "strict" | "lenient";
}

/** A file that the source, or a file that it loads, names by `#load`. */
export interface LoadedSource {
  readonly path: string;
  /** The file that names it. */
  readonly from: string;
  readonly text: string;
}

/** What a compilation gives. */
export interface Compilation {
  readonly bytecode: Uint8Array;
  readonly warnings: readonly LoadWarning[];
}

/**
 * Compiled programs in a folder, by the digest of everything that they were made of: compiler, options, signatures of the
 * host's functions, and the sources of the whole `#load` graph. Nothing in it is trusted: each entry carries a digest, the
 * bytecode is verified like any other, and what does not hold is compiled again. Many processes may use one folder: an
 * entry is written beside and renamed, so that whoever reads sees all of it or none.
 *
 * What a source loads is known only once it is compiled. So its own digest leads to the list of what it loaded when it was
 * compiled last, and that list, with the texts that the files have now, to the program.
 */
export class CompileCache {
  readonly #folder: string;
  #prepared = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The compiled program, if it is there. `load` reads a file that the source loads. Throws {@link BrokenEntryError}. */
  find(request: CompileRequest, load: (path: string, from: string) => string): Compilation | undefined {
    const key = keyOf(request);
    const entry = this.#read(key);
    if (entry === undefined || entry.loads.length === 0) return entry;
    const loaded: LoadedSource[] = [];
    for (const [path, from] of entry.loads) {
      try {
        loaded.push({ path, from, text: load(path, from) });
      } catch (error) {
        // A file that is gone, or that may not be read: the compiler will say so if it still matters.
        if (error instanceof LoaderFileError || isSystemError(error)) return undefined;
        throw error;
      }
    }
    return this.#read(graphKey(key, loaded));
  }

  /** Keeps a compiled program. Throws what the file system throws. */
  store(request: CompileRequest, loaded: readonly LoadedSource[], compilation: Compilation): void {
    this.#prepare();
    const key = keyOf(request);
    if (loaded.length === 0) {
      this.#write(key, { ...compilation, loads: [] });
      return;
    }
    this.#write(graphKey(key, loaded), { ...compilation, loads: [] });
    const loads = loaded.map(({ path, from }) => [path, from] as const);
    this.#write(key, { bytecode: new Uint8Array(), warnings: [], loads });
  }

  #read(key: string): Entry | undefined {
    const path = this.#path(key);
    let bytes: Uint8Array;
    try {
      bytes = readFile(path, path);
    } catch (error) {
      if (error instanceof LoaderFileError && isSystemError(error.cause, "ENOENT")) return undefined;
      const problem = error instanceof LoaderFileError ? error.problem : String(error);
      throw new BrokenEntryError(path, problem, { cause: error });
    }
    return decodeEntry(path, key, bytes);
  }

  #write(key: string, entry: Entry): void {
    const path = this.#path(key);
    const beside = `${path}.${randomUUID()}${UNFINISHED}`;
    try {
      writeFileSync(beside, encodeEntry(key, entry), { flag: "wx", mode: 0o600 });
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  }

  #path(key: string): string {
    return join(this.#folder, `${key}${EXTENSION}`);
  }

  /** Makes the folder, and keeps it from growing without end: once per process is often enough. */
  #prepare(): void {
    if (this.#prepared) return;
    this.#prepared = true;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const now = Date.now();
    const names = readdirSync(this.#folder);
    for (const name of names) {
      if (name.endsWith(UNFINISHED) && now - this.#changedAt(name) > ABANDONED_MS) this.#remove(name);
    }
    const entries = names.filter((name) => name.endsWith(EXTENSION));
    if (entries.length <= MOST_ENTRIES) return;
    const byAge = entries
      .map((name) => ({ name, at: this.#changedAt(name) }))
      .sort((one, other) => other.at - one.at);
    for (const { name } of byAge.slice(MOST_ENTRIES / 2)) this.#remove(name);
  }

  /** Another process may have removed it in the meantime. */
  #changedAt(name: string): number {
    return statSync(join(this.#folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  #remove(name: string): void {
    rmSync(join(this.#folder, name), { force: true });
  }
}

/** An entry that is not what it should be: damaged, forged, or not readable. */
export class BrokenEntryError extends LoaderFileError {
  override readonly name = "BrokenEntryError";
  override readonly code = "CACHE_ENTRY";
}

interface Entry extends Compilation {
  /** If there are any, this is the list of what the source loads, and no program. */
  readonly loads: readonly (readonly [path: string, from: string])[];
}

const EXTENSION = ".fusabi-cache";
const UNFINISHED = ".tmp";
const ABANDONED_MS = 3_600_000;
const MOST_ENTRIES = 20_000;

/** Counts up when entries are laid out differently. */
const LAYOUT = "fusabi compile cache 1";

function keyOf({ text, fileName, hostModules, mode }: CompileRequest): string {
  return digest([LAYOUT, compilerIdentity(), signatureDigest(hostModules), mode, fileName, text]);
}

function graphKey(key: string, loaded: readonly LoadedSource[]): string {
  return digest([key, ...loaded.flatMap(({ path, from, text }) => [path, from, text])]);
}

/** Each part with its length, so that no two lists of parts look the same. */
function digest(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

/** A line with the digest of all that follows, a line of JSON, and the bytecode. */
function encodeEntry(key: string, { bytecode, warnings, loads }: Entry): Uint8Array {
  const content = Buffer.concat([Buffer.from(`${JSON.stringify({ key, warnings, loads })}\n`), bytecode]);
  return Buffer.concat([Buffer.from(`${digest([content])}\n`), content]);
}

function decodeEntry(path: string, key: string, bytes: Uint8Array): Entry {
  const first = bytes.indexOf(NEWLINE);
  const content = bytes.subarray(first + 1);
  const stated = Buffer.from(bytes.subarray(0, Math.max(first, 0))).toString("latin1");
  if (stated !== digest([content])) throw new BrokenEntryError(path, "the digest is not that of the content");
  const second = content.indexOf(NEWLINE);
  const head = parseHead(Buffer.from(content.subarray(0, Math.max(second, 0))).toString("utf8"));
  if (head === undefined || head.key !== key)
    throw new BrokenEntryError(path, "it is not the entry of its name");
  return { ...head, bytecode: content.subarray(second + 1) };
}

const NEWLINE = 10;

interface EntryHead extends Omit<Entry, "bytecode"> {
  readonly key: string;
}

function parseHead(text: string): EntryHead | undefined {
  let head: unknown;
  try {
    head = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return isHead(head) ? head : undefined;
}

function isHead(value: unknown): value is EntryHead {
  if (value === null || typeof value !== "object") return false;
  const { key, warnings, loads } = value as Partial<Record<keyof EntryHead, unknown>>;
  return (
    typeof key === "string" &&
    Array.isArray(loads) &&
    loads.every((load) => Array.isArray(load) && load.length === 2 && load.every(isText)) &&
    Array.isArray(warnings) &&
    warnings.every(isWarning)
  );
}

function isWarning(value: unknown): value is LoadWarning {
  if (value === null || typeof value !== "object") return false;
  const { plugin, code, message, place } = value as Partial<Record<keyof LoadWarning, unknown>>;
  return [plugin, code, message, place].every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isSystemError(error: unknown, code?: string): boolean {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return false;
  return code === undefined || error.code === code;
}
