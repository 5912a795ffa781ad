import type { Position, Source } from "./source.js";
import { lineIndexAt } from "./source.js";

/** Positions of many offsets of one source, each in logarithmic time however long the lines are. */
export class PositionFinder {
  /** Number of code points before each offset; undefined when every code point is one unit. */
  readonly #codePoints: Uint32Array | undefined;
  readonly #known = new Map<number, Position>();

  constructor(readonly source: Source) {
    this.#codePoints = /[\ud800-\udfff]/.test(source.text) ? countCodePoints(source.text) : undefined;
  }

  at(offset: number): Position {
    const known = this.#known.get(offset);
    if (known !== undefined) return known;
    const index = lineIndexAt(this.source, offset);
    const start = this.source.lineStarts[index] ?? 0;
    const column = this.#count(offset) - this.#count(start) + 1;
    const position = { line: index + 1, column };
    this.#known.set(offset, position);
    return position;
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
