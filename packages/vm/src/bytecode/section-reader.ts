import { ByteReader } from "./byte-reader.js";

/** Reads a section: strings are numbers of the module's pool, and lists begin with their length. */
export class SectionReader extends ByteReader {
  readonly #strings: readonly string[];

  constructor(bytes: Uint8Array, base: number, strings: readonly string[]) {
    super(bytes, base);
    this.#strings = strings;
  }

  text(): string {
    const start = this.offset;
    return this.#string(this.unsigned(), start);
  }

  optionalText(): string | undefined {
    const start = this.offset;
    const number = this.optionalNumber();
    return number === undefined ? undefined : this.#string(number, start);
  }

  optionalNumber(): number | undefined {
    const number = this.unsigned();
    return number === 0 ? undefined : number - 1;
  }

  truth(): boolean {
    return this.below(2, "truth value") === 1;
  }

  /** `what` names the elements in errors. */
  list<T>(what: string, read: (reader: this) => T): T[] {
    const items: T[] = [];
    for (let left = this.count(what); left > 0; left -= 1) {
      items.push(read(this));
    }
    // As long as it is: what has grown keeps room for more.
    return items.slice();
  }

  #string(number: number, start: number): string {
    const text = this.#strings[number];
    if (text === undefined) {
      this.fail(`String ${number} is not in the pool of ${this.#strings.length}`, start);
    }
    return text;
  }
}
