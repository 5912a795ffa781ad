/**
 * From the many signs of change that a system gives to what became of each file. Signs are collected until the folder they are in has been quiet for the
 * time of the debounce; then each file is looked at once more and compared with how it was when last reported.
 */
import { dirname } from "node:path";
import type { FileEvent } from "./file-event.js";
import { currentState, type FileState, hasSameContent, sameState } from "./file-state.js";
import { DEFAULT_DEBOUNCE_MS, type Debounce } from "./options.js";
import { quietTime } from "./quiet-time.js";
import { SecondLook } from "./second-look.js";

interface Sign {
  /** When the first sign came. */
  readonly at: number;
  /** How the file was at the latest one, if that said. */
  state: FileState | undefined;
}

interface Folder {
  timer: NodeJS.Timeout | undefined;
  /** Signs since it was last quiet. */
  count: number;
}

export interface ChangeWindowOptions {
  readonly debounce: Debounce;
  readonly followSymlinks: boolean;
  /** Takes what became of the files, the first changed first. */
  readonly settled: (events: readonly FileEvent[]) => void;
  readonly failed: (error: unknown) => void;
}

export class ChangeWindow {
  readonly #options: ChangeWindowOptions;
  /** Files as they were when last reported. */
  readonly #known = new Map<string, FileState>();
  readonly #signs = new Map<string, Sign>();
  readonly #folders = new Map<string, Folder>();
  readonly #secondLook: SecondLook;
  /** Folders are settled one after the other. */
  #settling: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ChangeWindowOptions) {
    this.#options = options;
    this.#secondLook = new SecondLook((path) => this.#lookAgain(path), options.failed);
  }

  /** A file that was there before anything changed. */
  remember(path: string, state: FileState): void {
    this.#known.set(path, state);
  }

  /** Files that are no longer watched. */
  forget(isForgotten: (path: string) => boolean): void {
    this.#secondLook.forget(isForgotten);
    for (const paths of [this.#known, this.#signs]) {
      for (const path of paths.keys()) if (isForgotten(path)) paths.delete(path);
    }
  }

  /** A file came, went or changed; `state` is how it is, if known. */
  sign(path: string, state: FileState | undefined): void {
    const sign = this.#signs.get(path);
    if (sign === undefined) this.#signs.set(path, { at: Date.now(), state });
    else sign.state = state;
    this.#wait(dirname(path));
  }

  /** Nothing is reported from now on. */
  close(): void {
    this.#closed = true;
    this.#secondLook.close();
    for (const { timer } of this.#folders.values()) clearTimeout(timer);
    this.#folders.clear();
    this.#signs.clear();
  }

  #wait(path: string): void {
    let folder = this.#folders.get(path);
    if (folder === undefined) {
      folder = { timer: undefined, count: 0 };
      this.#folders.set(path, folder);
    }
    folder.count++;
    clearTimeout(folder.timer);
    folder.timer = setTimeout(
      () => {
        this.#folders.delete(path);
        this.#settling = this.#settling.then(() => this.#settle(path)).catch(this.#options.failed);
      },
      this.#quietTime(path, folder.count),
    );
  }

  #quietTime(folder: string, count: number): number {
    try {
      return quietTime(this.#options.debounce, () => this.#pendingIn(folder), count);
    } catch (error) {
      this.#options.failed(error);
      return DEFAULT_DEBOUNCE_MS;
    }
  }

  /** What the signs look like so far. */
  #pendingIn(folder: string): FileEvent[] {
    return this.#signsIn(folder).map(([path, { at, state }]): FileEvent => {
      if (state === undefined) return { type: "removed", path, at };
      return { type: this.#known.has(path) ? "modified" : "created", path, at };
    });
  }

  #signsIn(folder: string): [string, Sign][] {
    return [...this.#signs].filter(([path]) => dirname(path) === folder);
  }

  async #settle(folder: string): Promise<void> {
    const signs = this.#signsIn(folder);
    for (const [path] of signs) {
      this.#signs.delete(path);
      this.#secondLook.keepAnEyeOn(path);
    }
    const events: FileEvent[] = [];
    for (const [path, sign] of signs) {
      const now = await this.#stateOf(path);
      if (this.#closed) return;
      if (now !== undefined && sign.state !== undefined && !hasSameContent(now, sign.state)) {
        // Somebody still writes.
        this.#signs.set(path, { at: sign.at, state: now });
        this.#wait(folder);
        continue;
      }
      const event = await this.#eventOf(path, now, sign.at);
      if (event !== undefined) events.push(event);
    }
    if (!this.#closed && events.length > 0) this.#options.settled(events);
  }

  /** A sign of our own, when the file is not as it was last reported and no other sign has come. */
  async #lookAgain(path: string): Promise<void> {
    if (this.#signs.has(path)) return;
    const now = await this.#stateOf(path);
    const known = this.#known.get(path);
    const isSame = now === undefined || known === undefined ? now === known : sameState(now, known);
    if (!isSame && !this.#signs.has(path) && !this.#closed) this.sign(path, now);
  }

  async #eventOf(path: string, now: FileState | undefined, at: number): Promise<FileEvent | undefined> {
    const before = this.#known.get(path);
    if (now === undefined) {
      if (before === undefined) return undefined;
      this.#known.delete(path);
      return (await this.#renamedTo(path, before, at)) ?? { type: "removed", path, at };
    }
    this.#known.set(path, now);
    if (before !== undefined) return sameState(before, now) ? undefined : { type: "modified", path, at };
    const from = await this.#formerPath(path, now);
    return from === undefined ? { type: "created", path, at } : { type: "renamed", path, from, at };
  }

  /** The path that a new file had before. */
  async #formerPath(path: string, state: FileState): Promise<string | undefined> {
    for (const [other, { identity }] of this.#known) {
      if (other === path || identity !== state.identity) continue;
      // A hard link is another name of a file that keeps its first one.
      if ((await this.#stateOf(other)) !== undefined) continue;
      this.#known.delete(other);
      this.#signs.delete(other);
      return other;
    }
    return undefined;
  }

  /** The removed file has come up under a name in a folder that has not settled yet. */
  async #renamedTo(from: string, before: FileState, at: number): Promise<FileEvent | undefined> {
    for (const [path, { state }] of this.#signs) {
      if (state?.identity !== before.identity || this.#known.has(path)) continue;
      const now = await this.#stateOf(path);
      if (now?.identity !== before.identity) continue;
      this.#signs.delete(path);
      this.#known.set(path, now);
      return { type: "renamed", path, from, at };
    }
    return undefined;
  }

  #stateOf(path: string): Promise<FileState | undefined> {
    return currentState(path, this.#options.followSymlinks);
  }
}
