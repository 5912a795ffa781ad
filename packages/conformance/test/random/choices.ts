/**
 * Decisions of a generator, read from a tape of numbers. When the tape is at its end every decision is the first one, which is the simplest
 * by convention: so a shorter tape and smaller numbers make a simpler program, and fast-check shrinks programs by shrinking tapes.
 */
export class Choices {
  readonly #tape: readonly number[];
  #next = 0;

  constructor(tape: readonly number[]) {
    this.#tape = tape;
  }

  get exhausted(): boolean {
    return this.#next >= this.#tape.length;
  }

  /** 0 … count - 1. */
  below(count: number): number {
    const number = this.#tape[this.#next++] ?? 0;
    return number % count;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === times - 1;
  }

  one<T>(options: readonly T[]): T {
    const option = options[this.below(options.length)];
    if (option === undefined) throw new Error("nothing to choose from");
    return option;
  }

  many<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, index) => make(index));
  }
}
