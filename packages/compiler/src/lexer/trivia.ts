/** What stands between tokens: blanks, line ends and comments, which nest. */
import { isBlank, isLineEnd } from "./characters.js";
import type { Scanner } from "./scanner.js";

/** Moves to the next token; false at the end of the text. */
export function skipTrivia(scan: Scanner): boolean {
  const text = scan.text;
  for (;;) {
    const unit = text.charCodeAt(scan.pos);
    if (isBlank(unit) || isLineEnd(unit)) scan.pos++;
    else if (unit === 47 && text.charCodeAt(scan.pos + 1) === 47) skipLine(scan);
    else if (unit === 40 && text.charCodeAt(scan.pos + 1) === 42 && text.charCodeAt(scan.pos + 2) !== 41)
      skipComment(scan);
    else return scan.pos < text.length;
  }
}

export function skipLine(scan: Scanner): void {
  while (scan.pos < scan.text.length && !isLineEnd(scan.text.charCodeAt(scan.pos))) scan.pos++;
}

function skipComment(scan: Scanner): void {
  const text = scan.text;
  const start = scan.pos;
  let depth = 1;
  let at = start + 2;
  /** Up to here no quote has a partner on its line. */
  let lonelyUntil = 0;
  while (depth > 0) {
    if (at >= text.length) {
      scan.error("FUS0002", start, start + 2, "This comment is never closed", "Add `*)`; comments nest");
      scan.truncated = true;
      break;
    }
    const unit = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (unit === 42 && next === 41) {
      depth--;
      at += 2;
    } else if (unit === 40 && next === 42) {
      if (text.charCodeAt(at + 2) === 41) at += 3;
      else {
        depth++;
        at += 2;
      }
    } else if (unit === 39 && next === 34 && text.charCodeAt(at + 2) === 39) {
      at += 3;
    } else if (unit === 34 && at >= lonelyUntil) {
      const end = stringOnLine(scan, at);
      if (end === undefined) lonelyUntil = scan.columns.lineEndAt(at);
      at = end ?? at + 1;
    } else at++;
  }
  scan.pos = Math.min(at, text.length);
}

/** The end of the string that opens at `at` and closes on the same line. */
export function stringOnLine(scan: Scanner, at: number): number | undefined {
  const text = scan.text;
  const lineEnd = scan.columns.lineEndAt(at);
  if (text.startsWith('"""', at)) {
    for (let i = at + 3; i + 3 <= lineEnd; i++) if (text.startsWith('"""', i)) return i + 3;
  }
  for (let i = at + 1; i < lineEnd; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 92) i++;
    else if (unit === 34) return i + 1;
  }
  return undefined;
}
