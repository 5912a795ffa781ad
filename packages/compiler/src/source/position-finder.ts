import { lineIndexAt, type Position, positionInLine, type Source } from "./source.js";

/** Positions of many offsets of one source, of which neighbours are often in the same line or the next. */
export class PositionFinder {
  /** The last answer: neighbouring instructions often have the same place. */
  #offset = -1;
  #position: Position = { line: 1, column: 1 };

  constructor(readonly source: Source) {}

  at(offset: number): Position {
    if (offset === this.#offset) return this.#position;
    this.#offset = offset;
    this.#position = positionInLine(this.source, this.#lineIndex(offset), offset);
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
}
