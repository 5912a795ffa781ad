/** Runs tasks of the same key one after the other, in the order of asking; those of different keys side by side. */
export class KeyedTurns {
  readonly #last = new Map<string, Promise<void>>();

  take<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(task);
    const ended: Promise<void> = turn.then(nothing, nothing).then(() => {
      if (this.#last.get(key) === ended) this.#last.delete(key);
    });
    this.#last.set(key, ended);
    return turn;
  }
}

function nothing(): void {}
