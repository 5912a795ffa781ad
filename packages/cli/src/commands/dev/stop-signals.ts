const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Ctrl-C and a request to terminate, as one abort. A second one ends the process at once. */
export class StopSignals implements Disposable {
  readonly #stop = new AbortController();
  readonly #onSignal = (): void => {
    this.#mute();
    this.#stop.abort();
  };

  constructor() {
    this.#hear();
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort();
  }

  /**
   * Begins work that may compute for long without a pause. Until it has paused once, the signals end the process as if nobody heard
   * them: nobody would.
   */
  async around<T>(begin: () => Promise<T>): Promise<T> {
    this.#mute();
    const paused = setImmediate(() => this.#hear());
    try {
      return await begin();
    } finally {
      clearImmediate(paused);
      this.#hear();
    }
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#mute();
  }

  #hear(): void {
    this.#mute();
    if (!this.#stop.signal.aborted) for (const name of SIGNALS) process.on(name, this.#onSignal);
  }

  #mute(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
  }
}
