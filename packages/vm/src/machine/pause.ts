import { AbortError } from "../errors.js";

/** Whether an instance takes calls at the moment, and how many run. */
export class Pause {
  #paused = false;
  #running = 0;
  #whenIdle: (() => void)[] = [];
  #whenOver: (() => void)[] = [];

  get active(): boolean {
    return this.#paused;
  }

  /** A call begins, or work that goes on after its call. */
  enter(): void {
    this.#running++;
  }

  leave(): void {
    if (--this.#running === 0 && this.#whenIdle.length > 0) callAll(this.#whenIdle.splice(0));
  }

  /** Takes no more calls; settles when none runs any more. */
  begin(): Promise<void> {
    this.#paused = true;
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  end(): void {
    this.#paused = false;
    callAll(this.#whenOver.splice(0));
  }

  /**
   * Settles when calls are taken again.
   *
   * @throws (as a rejection) AbortError when the signal is aborted before.
   */
  over(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#whenOver = this.#whenOver.filter((one) => one !== go);
        reject(new AbortError(signal?.reason));
      };
      const go = (): void => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      if (signal?.aborted === true) return onAbort();
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#whenOver.push(go);
    });
  }
}

function callAll(callbacks: readonly (() => void)[]): void {
  for (const callback of callbacks) callback();
}
