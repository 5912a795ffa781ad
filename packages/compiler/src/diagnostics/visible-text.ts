/**
 * Text for a terminal: what would move the cursor, colour the screen or reorder the line is shown as a visible stand-in, so that a
 * hostile source cannot write anything into the report about it.
 */

const TAB_WIDTH = 4;

/** One character as it is shown. */
export interface Cell {
  readonly text: string;
  /** Columns that it takes on the screen. */
  readonly width: number;
  /** Offset of the character, and of the next one, in the text. */
  readonly start: number;
  readonly end: number;
}

// The classes are made where they are used first: each takes half a millisecond, and most programs are in ASCII.

/** Format characters (bidirectional marks, joiners, the byte-order mark), separators of lines, unassigned and private characters. */
function isInvisible(char: string): boolean {
  return /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]$/u.test(char);
}

/** Takes two columns. */
function isWide(char: string): boolean {
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]$/u.test(
    char,
  );
}

function isCombining(char: string): boolean {
  return /^[\p{Mn}\p{Me}]$/u.test(char);
}

/** A character that is not safe to print, made visible: `␛` for the escape character, `<U+202E>` for others. */
function standIn(point: number): string {
  if (point < 32) return String.fromCodePoint(0x2400 + point);
  if (point === 127) return "\u2421";
  return `<U+${point.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** A message on one line of a terminal. */
export function visible(text: string): string {
  let result = "";
  for (const char of text) result += isInvisible(char) ? standIn(char.codePointAt(0) ?? 0) : char;
  return result;
}

/** The characters of `text` between two offsets; tabs become blanks up to the next multiple of four. */
export function cellsOf(text: string, from: number, to: number): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (let at = from; at < to; ) {
    const point = text.codePointAt(at) ?? 0;
    const end = Math.min(to, at + (point > 0xffff ? 2 : 1));
    const char = String.fromCodePoint(point);
    let shown = char;
    let width = 1;
    if (point === 9) {
      width = TAB_WIDTH - (column % TAB_WIDTH);
      shown = " ".repeat(width);
    } else if (point < 32 || (point > 126 && isInvisible(char))) {
      shown = standIn(point);
      width = shown.length;
    } else if (point > 126) {
      width = isCombining(char) ? 0 : isWide(char) ? 2 : 1;
    }
    cells.push({ text: shown, width, start: at, end });
    column += width;
    at = end;
  }
  return cells;
}
