/** A source text with its name; every position of the compiler carries the source that it belongs to. */
export interface Source {
  /** Name as diagnostics show it, usually the path of the file. */
  readonly name: string;
  readonly text: string;
  /** Offsets (UTF-16 units) at which each line starts; the first is 0. */
  readonly lineStarts: readonly number[];
  /** Offsets of the second halves of surrogate pairs: two units, one character. */
  readonly secondHalves: readonly number[];
}

/** Half-open range of UTF-16 offsets in one source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both from 1; the column counts code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A source with its line starts found: a line ends at LF, CR or CR LF.
 *
 * @example
 * makeSource("plugin.fsx", "let x =\n  1").lineStarts; // [0, 8]
 */
export function makeSource(name: string, text: string): Source {
  const lineStarts = [0];
  const secondHalves: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 13 && text.charCodeAt(i + 1) === 10) i++;
    if (unit === 10 || unit === 13) lineStarts.push(i + 1);
    else if (unit >= 0xdc00 && unit <= 0xdfff) secondHalves.push(i);
  }
  return { name, text, lineStarts, secondHalves };
}

/** Index (from 0) of the line that holds `offset`. */
export function lineIndexAt(source: Source, offset: number): number {
  return Math.max(0, countBelow(source.lineStarts, offset + 1) - 1);
}

/** How many of some ascending numbers are less than `limit`. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Line and column of an offset in UTF-16 units.
 *
 * @example
 * positionAt(makeSource("plugin.fsx", "let x =\n  1"), 10); // { line: 2, column: 3 }
 */
export function positionAt(source: Source, offset: number): Position {
  return positionInLine(source, lineIndexAt(source, offset), offset);
}

/** Line and column of an offset whose line is known, by its index. */
export function positionInLine(source: Source, line: number, offset: number): Position {
  const { text, lineStarts, secondHalves } = source;
  const start = lineStarts[line] ?? 0;
  const end = Math.max(start, Math.min(offset, text.length));
  const halves =
    secondHalves.length === 0 ? 0 : countBelow(secondHalves, end) - countBelow(secondHalves, start);
  return { line: line + 1, column: end - start - halves + 1 };
}

/** Offset of a line and column, both from 1; outside of the text, the nearest place in it. */
export function offsetAt(source: Source, line: number, column: number): number {
  const index = Math.min(Math.max(Math.trunc(line) - 1, 0), source.lineStarts.length - 1);
  const end = source.lineStarts[index + 1] ?? source.text.length;
  let offset = source.lineStarts[index] ?? 0;
  for (let left = Math.trunc(column) - 1; left > 0 && offset < end; left--) {
    const unit = source.text.charCodeAt(offset);
    offset += unit >= 0xd800 && unit <= 0xdbff && offset + 1 < end ? 2 : 1;
  }
  return offset;
}
