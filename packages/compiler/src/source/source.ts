/** A source text with its name; every position of the compiler carries the source that it belongs to. */
export interface Source {
  /** Name as diagnostics show it, usually the path of the file. */
  readonly name: string;
  readonly text: string;
  /** Offsets (UTF-16 units) at which each line starts; the first is 0. */
  readonly lineStarts: readonly number[];
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
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 13 && text.charCodeAt(i + 1) === 10) i++;
    if (unit === 10 || unit === 13) lineStarts.push(i + 1);
  }
  return { name, text, lineStarts };
}

/** Index (from 0) of the line that holds `offset`. */
export function lineIndexAt(source: Source, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
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
  const index = lineIndexAt(source, offset);
  const start = source.lineStarts[index] ?? 0;
  let column = 1;
  for (let i = start; i < offset && i < source.text.length; i++) {
    const unit = source.text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) column++;
  }
  return { line: index + 1, column };
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
