import { realpathSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import type { Discovery } from "@fusabi/runtime";
import { type FileEvent, PluginWatcher } from "@fusabi/watcher";
import { manifestNames } from "../../inputs/input.js";
import type { Journal } from "./journal.js";

/** Where plugins come from. */
export interface Arrival {
  /** Everything that is watched is in it. */
  readonly folder: string;
  /** Loads what is not loaded yet. */
  readonly load: () => Promise<Discovery>;
}

/**
 * Loads plugins, and those that come later: a plugin that did not load is tried again when files have changed, and a new manifest is a
 * new plugin. What is loaded is no matter of this any more.
 */
export class Arrivals implements AsyncDisposable {
  readonly #arrival: Arrival;
  readonly #journal: Journal;
  readonly #watcher: PluginWatcher;
  #failed: ReadonlyMap<string, Error> = new Map();
  #turn: Promise<void> = Promise.resolve();

  constructor(arrival: Arrival, journal: Journal, debounce: number) {
    this.#arrival = arrival;
    this.#journal = journal;
    this.#watcher = new PluginWatcher({ debounce });
    this.#watcher.on("error", (error) => journal.failure(error));
    this.#watcher.on("changes", (changes) => this.#onChanges(changes));
  }

  /** Begins to watch, and loads what there is; the answer is how many plugins were found, whether they load or not. */
  async start(): Promise<number> {
    await this.#watcher.watch(this.#arrival.folder);
    await this.#watcher.start();
    let found = 0;
    this.#inTurn(async () => {
      found = await this.#load([]);
    });
    await this.#turn;
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watcher.stop();
    await this.#turn;
  }

  #onChanges(changes: readonly FileEvent[]): void {
    const files = changes.map(({ path }) => path);
    this.#inTurn(async () => {
      if (this.#failed.size > 0 || files.some((file) => manifestNames.includes(basename(file))))
        await this.#load(files);
    });
  }

  #inTurn(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch((error: unknown) => this.#journal.failure(error));
  }

  async #load(changed: readonly string[]): Promise<number> {
    const { loaded, failed } = await this.#arrival.load();
    for (const plugin of loaded) this.#journal.offer(plugin);
    for (const [path, error] of failed) {
      const known = this.#failed.get(path)?.message === error.message;
      if (!known || changed.some((file) => isBeside(file, path))) this.#journal.refusal(path, error);
    }
    this.#failed = failed;
    return loaded.length + failed.size;
  }
}

/** Whether a file is in the folder of another, or below. */
function isBeside(file: string, other: string): boolean {
  const way = relative(realFolder(other), file);
  return way !== ".." && !way.startsWith(`..${sep}`);
}

function realFolder(path: string): string {
  const folder = resolve(dirname(path));
  try {
    return realpathSync(folder);
  } catch {
    // It has gone meanwhile, and nothing is in it.
    return folder;
  }
}
