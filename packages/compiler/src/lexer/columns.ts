import type { Source } from "../source/source.js";

const TAB_WIDTH = 4;

/** Computes lines and columns of offsets that are asked for in ascending order, in one pass over the text. */
export class Columns {
  readonly #source: Source;
  /** Neither tabs nor surrogate pairs: a column is a difference of offsets. */
  readonly #plain: boolean;
  #line = 0;
  #lineStart = 0;
  #offset = 0;
  #column = 0;

  /** `origin`: where the first line begins, behind a byte-order mark. */
  constructor(source: Source, origin: number) {
    this.#source = source;
    this.#plain = !/[\t\ud800-\udbff]/.test(source.text);
    this.#lineStart = origin;
    this.#offset = origin;
  }

  /** The line of `offset`, from 0. */
  lineAt(offset: number): number {
    const starts = this.#source.lineStarts;
    let next = starts[this.#line + 1];
    while (next !== undefined && next <= offset) {
      this.#line++;
      this.#lineStart = next;
      this.#offset = next;
      this.#column = 0;
      next = starts[this.#line + 1];
    }
    return this.#line;
  }

  /** The column of `offset`, from 0; ask for its line first. */
  columnAt(offset: number): number {
    if (this.#plain) return Math.max(0, offset - this.#lineStart);
    const text = this.#source.text;
    while (this.#offset < offset) {
      const unit = text.charCodeAt(this.#offset++);
      if (unit === 9) this.#column += TAB_WIDTH - (this.#column % TAB_WIDTH);
      else if (unit < 0xdc00 || unit > 0xdfff) this.#column++;
    }
    return this.#column;
  }

  /** True if there is a tab between the start of the line of `offset` and `offset`. */
  hasTabBefore(offset: number): boolean {
    if (this.#plain) return false;
    const { text } = this.#source;
    for (let at = this.#lineStart; at < offset; at++) if (text.charCodeAt(at) === 9) return true;
    return false;
  }

  /** Where the line of `offset` ends, without its line break. */
  lineEndAt(offset: number): number {
    const line = this.lineAt(offset);
    const { text, lineStarts } = this.#source;
    let end = lineStarts[line + 1];
    if (end === undefined) return text.length;
    end--;
    if (text.charCodeAt(end) === 10 && end > offset && text.charCodeAt(end - 1) === 13) end--;
    return Math.max(end, offset);
  }
}
