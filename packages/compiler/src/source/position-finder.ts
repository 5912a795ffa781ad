import type { Position, Source } from "./source.js";
import { lineIndexAt } from "./source.js";

/** Positions of many offsets of one source, each in logarithmic time however long the lines are. */
export class PositionFinder {
  /** Number of code points before each offset; undefined when every code point is one unit. */
  readonly #codePoints: Uint32Array | undefined;
  /** The last answer: neighbouring instructions often have the same place. */
  #offset = -1;
  #position: Position = { line: 1, column: 1 };

  constructor(readonly source: Source) {
    this.#codePoints = /[\ud800-\udfff]/.test(source.text) ? countCodePoints(source.text) : undefined;
  }

  at(offset: number): Position {
    if (offset === this.#offset) return this.#position;
    const index = this.#lineIndex(offset);
    const start = this.source.lineStarts[index] ?? 0;
    const column =
      this.#codePoints === undefined ? offset - start + 1 : this.#count(offset) - this.#count(start) + 1;
    this.#offset = offset;
    this.#position = { line: index + 1, column };
    return this.#position;
  }

  /** Most questions are about the line of the last one or the next. */
  #lineIndex(offset: number): number {
    const { lineStarts } = this.source;
    const last = this.#position.line - 1;
    for (let index = last; index < last + 3; index++) {
      const start = lineStarts[index];
      if (start === undefined || start > offset) break;
      if (offset < (lineStarts[index + 1] ?? Number.POSITIVE_INFINITY)) return index;
    }
    return lineIndexAt(this.source, offset);
  }

  #count(offset: number): number {
    return this.#codePoints?.[offset] ?? offset;
  }
}

function countCodePoints(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    counts[i] = count;
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  counts[text.length] = count;
  return counts;
}
