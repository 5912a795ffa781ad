import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { GrantStore, PluginIdentity, RememberedAnswer, StoredGrant } from "../grants.js";
import { MemoryGrantStore } from "../grants.js";
import type { CapabilityName } from "../names.js";
import { parseCapability } from "../names.js";
import { GrantFileError } from "./errors.js";

/** More than this is no list of answers. */
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * Remembers answers in a JSON file that only its owner can read. The file is read anew at each question, so that what a
 * person or another process takes out of it is gone at the next load, and is replaced as a whole, so that it is never
 * half written. Throws {@link GrantFileError} for a file that it does not understand: a damaged file grants nothing.
 *
 * @example
 * ```ts
 * const runtime = new PluginRuntime({ onRequest: ask, grantStore: new FileGrantStore("/home/ada/.config/host/grants.json") });
 * ```
 */
export class FileGrantStore implements GrantStore {
  readonly path: string;
  /** Changes happen one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  async answers(plugin: PluginIdentity): Promise<ReadonlyMap<CapabilityName, RememberedAnswer>> {
    return new MemoryGrantStore({ grants: await this.list() }).answers(plugin);
  }

  async list(): Promise<readonly StoredGrant[]> {
    await this.#last;
    return this.#read();
  }

  remember(plugin: PluginIdentity, capability: CapabilityName, answer: RememberedAnswer): Promise<void> {
    return this.#change((store) => store.remember(plugin, capability, answer));
  }

  forget(plugin: PluginIdentity, capability: CapabilityName): Promise<void> {
    return this.#change((store) => store.forget(plugin, capability));
  }

  #change(change: (store: MemoryGrantStore) => void): Promise<void> {
    const changed = this.#last.then(async () => {
      const store = new MemoryGrantStore({ grants: await this.#read() });
      change(store);
      await this.#write(store.list());
    });
    // The next change waits for this one's end; whether it failed is this one's caller's matter.
    this.#last = changed.then(
      () => undefined,
      () => undefined,
    );
    return changed;
  }

  async #read(): Promise<readonly StoredGrant[]> {
    let text: string;
    try {
      text = await readFile(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw this.#problem(error);
    }
    if (text.length > LARGEST_FILE)
      throw new GrantFileError(this.path, "is too large to be a list of answers");
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw this.#problem(error);
    }
    return this.#grants(value);
  }

  async #write(grants: readonly StoredGrant[]): Promise<void> {
    const temporary = `${this.path}.${randomUUID()}`;
    try {
      await writeFile(temporary, `${JSON.stringify({ version: 1, grants }, undefined, 2)}\n`, {
        mode: 0o600,
        flag: "wx",
      });
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw this.#problem(error);
    }
  }

  #grants(value: unknown): readonly StoredGrant[] {
    const { version, grants } = fields(value);
    if (version !== 1 || !Array.isArray(grants))
      throw new GrantFileError(this.path, "is no list of answers of version 1");
    return grants.map((one: unknown, index) => {
      const { plugin, capability, answer, at } = fields(one);
      const { name, origin } = fields(plugin);
      const known = typeof capability === "string" ? parseCapability(capability) : undefined;
      if (
        typeof name !== "string" ||
        typeof origin !== "string" ||
        known === undefined ||
        (answer !== "grant" && answer !== "deny") ||
        typeof at !== "number"
      ) {
        throw new GrantFileError(
          this.path,
          `grants[${index}] is no answer: it needs plugin.name, plugin.origin, a known capability, grant or deny, and a time`,
        );
      }
      return { plugin: { name, origin }, capability: known, answer, at };
    });
  }

  #problem(error: unknown): GrantFileError {
    return new GrantFileError(this.path, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
