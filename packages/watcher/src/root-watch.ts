import type { Stats } from "node:fs";
import { type FSWatcher, watch } from "chokidar";
import type { ChangeWindow } from "./change-window.js";
import { fileStateOf } from "./file-state.js";
import type { PathFilter } from "./path-filter.js";

export interface RootWatchOptions {
  readonly recursive: boolean;
  readonly followSymlinks: boolean;
  readonly filter: PathFilter;
  readonly window: ChangeWindow;
  readonly failed: (error: unknown) => void;
}

/** Signs of change from one watched folder or file, for the window. */
export class RootWatch {
  /** Fulfilled when everything that is there has been seen, or the watch has been closed. */
  readonly ready: Promise<void>;
  readonly #watcher: FSWatcher;
  #becomeReady: () => void = () => {};

  constructor(root: string, { recursive, followSymlinks, filter, window, failed }: RootWatchOptions) {
    this.ready = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
    const isIgnored = (path: string, stats?: Stats): boolean => {
      if (path === root) return false;
      return filter.isExcluded(path, root) || (stats?.isFile() === true && !filter.hasExtension(path));
    };
    let isReady = false;
    this.#watcher = watch(root, {
      alwaysStat: true,
      followSymlinks,
      ignored: isIgnored,
      ...(recursive ? {} : { depth: 0 }),
    })
      .on("add", (path, stats) => {
        const state = stats === undefined ? undefined : fileStateOf(stats);
        if (!isReady && state !== undefined) window.remember(path, state);
        else window.sign(path, state);
      })
      .on("change", (path, stats) => window.sign(path, stats === undefined ? undefined : fileStateOf(stats)))
      .on("unlink", (path) => window.sign(path, undefined))
      .on("error", failed)
      .once("ready", () => {
        isReady = true;
        this.#becomeReady();
      });
  }

  async close(): Promise<void> {
    this.#becomeReady();
    await this.#watcher.close();
  }
}
