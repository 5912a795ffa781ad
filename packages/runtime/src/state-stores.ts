import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { StateStore } from "@fusabi/plugin";
import { StateFileError } from "./errors.js";

/**
 * Keeps states as long as it lives.
 *
 * @example
 * ```ts
 * const runtime = new PluginRuntime({ stateStore: new MemoryStateStore() });
 * ```
 */
export class MemoryStateStore implements StateStore {
  readonly #states = new Map<string, Uint8Array>();

  async load(plugin: string): Promise<{ readonly state: unknown } | undefined> {
    const bytes = this.#states.get(plugin);
    return bytes === undefined ? undefined : { state: deserialize(bytes) };
  }

  /** Throws `DataCloneError` for a state with a function in it. */
  async save(plugin: string, state: unknown): Promise<void> {
    // As bytes, so that nobody changes it from outside.
    this.#states.set(plugin, serialize(state));
  }

  async delete(plugin: string): Promise<void> {
    this.#states.delete(plugin);
  }
}

/** In front of each file, with the digest of what follows. */
const HEADER = Buffer.from("fusabi state 1\n");
const DIGEST_BYTES = 32;

/**
 * Keeps states in the files `NAME.state` of a folder, which is made when it is needed: they survive the host. A file is replaced as a whole, so
 * that a crash leaves the old state or the new one. The folder is the host's alone: a state is trusted as what the plugin saved.
 *
 * @example
 * ```ts
 * const runtime = new PluginRuntime({ stateStore: new FileStateStore("/var/lib/my-host/states") });
 * ```
 */
export class FileStateStore implements StateStore {
  readonly #folder: string;
  #saves = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws {@link StateFileError} for a file that is damaged, and what the system says when it cannot be read. */
  async load(plugin: string): Promise<{ readonly state: unknown } | undefined> {
    const path = this.#path(plugin);
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    const body = bytes.subarray(HEADER.length + DIGEST_BYTES);
    const digest = bytes.subarray(HEADER.length, HEADER.length + DIGEST_BYTES);
    if (!bytes.subarray(0, HEADER.length).equals(HEADER) || !digest.equals(digestOf(body)))
      throw new StateFileError(plugin, path);
    try {
      return { state: deserialize(body) };
    } catch (error) {
      throw new StateFileError(plugin, path, { cause: error });
    }
  }

  /** Throws `DataCloneError` for a state with a function in it, and what the system says when it cannot be written. */
  async save(plugin: string, state: unknown): Promise<void> {
    const body = serialize(state);
    const path = this.#path(plugin);
    await mkdir(this.#folder, { recursive: true });
    const beside = `${path}.${process.pid}-${this.#saves++}.tmp`;
    try {
      const file = await open(beside, "wx", 0o600);
      try {
        await file.writeFile(Buffer.concat([HEADER, digestOf(body), body]));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  async delete(plugin: string): Promise<void> {
    await rm(this.#path(plugin), { force: true });
  }

  #path(plugin: string): string {
    // Names of plugins are checked when they are loaded; this is for whoever asks with another one.
    if (!/^[a-z0-9][a-z0-9-]*$/.test(plugin))
      throw new RangeError(`${JSON.stringify(plugin)} is no name of a plugin`);
    return join(this.#folder, `${plugin}.state`);
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
