/**
 * The library below can miss a file that is replaced again right after it was replaced, because it reads a folder only once in a while. So a file that has
 * changed is looked at again and again for some time.
 */

/** For so long, in milliseconds: longer than the library's pause between two readings of a folder. */
const DURATION_MS = 2_000;
const INTERVAL_MS = 25;

export class SecondLook {
  readonly #until = new Map<string, number>();
  readonly #look: (path: string) => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(look: (path: string) => Promise<void>, failed: (error: unknown) => void) {
    this.#look = look;
    this.#failed = failed;
  }

  /** The file has changed just now. */
  keepAnEyeOn(path: string): void {
    if (this.#closed) return;
    this.#until.set(path, Date.now() + DURATION_MS);
    this.#schedule();
  }

  forget(isForgotten: (path: string) => boolean): void {
    for (const path of this.#until.keys()) if (isForgotten(path)) this.#until.delete(path);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#until.clear();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#closed || this.#until.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#lookAtAll()
        .catch(this.#failed)
        .finally(() => {
          this.#timer = undefined;
          this.#schedule();
        });
    }, INTERVAL_MS);
  }

  async #lookAtAll(): Promise<void> {
    for (const [path, until] of this.#until) {
      if (Date.now() > until) this.#until.delete(path);
      // Others may have been forgotten while one was looked at.
      if (this.#until.has(path)) await this.#look(path);
    }
  }
}
