/** Strings without holes: regular, verbatim and triple-quoted. */
import { reportAbsent } from "../diagnostics/absent-features.js";
import { nameEnd } from "./characters.js";
import { scanEscape } from "./escapes.js";
import type { Scanner } from "./scanner.js";

export function readString(scan: Scanner, start: number): void {
  const { value, end } = scanString(scan, start);
  if (value.includes("\n") && scan.longString === undefined && looksMisread(scan, start, end)) {
    scan.longString = { tokens: scan.tokens.length, start };
  }
  scan.add("string", "", scan.text.slice(start, end), start, end, false, { type: "string", value });
  rejectByteSuffix(scan, start);
}

/** Reads the regular, verbatim or triple-quoted string at `start`. */
export function scanString(scan: Scanner, start: number): { value: string; end: number } {
  const text = scan.text;
  if (text.startsWith('"""', start)) {
    const close = text.indexOf('"""', start + 3);
    if (close === -1) return { value: text.slice(start + 3), end: neverClosed(scan, start, 3) };
    return { value: text.slice(start + 3, close), end: close + 3 };
  }
  const verbatim = text.charCodeAt(start) === 64;
  let at = start + (verbatim ? 2 : 1);
  let piece = at;
  let value = "";
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit === 34) {
      value += text.slice(piece, at);
      if (!verbatim || text.charCodeAt(at + 1) !== 34) return { value, end: at + 1 };
      piece = at + 1;
      at += 2;
    } else if (unit === 92 && !verbatim) {
      const escape = scanEscape(scan.source, at, scan.bag);
      value += text.slice(piece, at) + escape.text;
      at = escape.end;
      piece = at;
    } else if (at >= text.length) {
      return { value: value + text.slice(piece), end: neverClosed(scan, start, verbatim ? 2 : 1) };
    } else at++;
  }
}

/**
 * A regular string over several lines whose closing quote touches a word: the quote was probably meant to open a string, and the one
 * that should have closed this is missing.
 */
function looksMisread(scan: Scanner, start: number, end: number): boolean {
  const text = scan.text;
  return (
    scan.templates === 0 &&
    text.charCodeAt(start) === 34 &&
    !text.startsWith('"""', start) &&
    /[\p{L}\p{Nd}%\\{]/u.test(text.charAt(end))
  );
}

export function neverClosed(scan: Scanner, start: number, opening: number): number {
  scan.truncated = true;
  const misread = scan.templates === 0 ? scan.longString : undefined;
  const at = misread?.start ?? start;
  scan.error(
    "FUS0004",
    at,
    at + (misread === undefined ? opening : 1),
    "This string is never closed",
    "Add the closing quote; check escapes before it",
  );
  // From there on, texts were read as program and the other way round.
  if (misread !== undefined) scan.tokens.length = misread.tokens;
  return scan.text.length;
}

export function rejectByteSuffix(scan: Scanner, start: number): void {
  if (scan.text.charCodeAt(scan.pos) !== 66 || nameEnd(scan.text, scan.pos) !== scan.pos + 1) return;
  scan.pos++;
  reportAbsent(scan.bag, scan.span(start, scan.pos), "byte literal");
}
