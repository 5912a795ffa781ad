import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Source } from "../source/source.js";
import { isBlank, isDigit, isHexDigit, isLineEnd, showCharacter } from "./characters.js";

export interface EscapeScan {
  readonly text: string;
  readonly end: number;
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["a", "\x07"],
  ["f", "\f"],
  ["v", "\v"],
  ["\\", "\\"],
  ['"', '"'],
  ["'", "'"],
]);

/** Reads the escape whose backslash stands at `at` (language reference 1.7). An unknown one stays as it is, with FUS0009. */
export function scanEscape(source: Source, at: number, bag: DiagnosticBag): EscapeScan {
  const { text } = source;
  const char = text.charAt(at + 1);
  const simple = SIMPLE.get(char);
  if (simple !== undefined) return { text: simple, end: at + 2 };
  const unit = text.charCodeAt(at + 1);
  if (isDigit(unit) && isDigit(text.charCodeAt(at + 2)) && isDigit(text.charCodeAt(at + 3))) {
    const value = Number(text.slice(at + 1, at + 4));
    return value <= 255 ? { text: String.fromCharCode(value), end: at + 4 } : outOfRange(at + 4);
  }
  if (char === "x" || char === "u" || char === "U") {
    const length = { x: 2, u: 4, U: 8 }[char];
    let end = at + 2;
    while (end < at + 2 + length && isHexDigit(text.charCodeAt(end))) end++;
    if (end === at + 2 + length) {
      const value = Number.parseInt(text.slice(at + 2, end), 16);
      if (value > 0x10ffff) return outOfRange(end);
      return { text: value > 0xffff ? String.fromCodePoint(value) : String.fromCharCode(value), end };
    }
    // F# keeps `\x`, `\u` without enough digits; a string that tries is a mistake all the same.
    if (char !== "x") return outOfRange(end);
  }
  if (isLineEnd(unit)) {
    let end = at + 2;
    if (unit === 13 && text.charCodeAt(end) === 10) end++;
    while (isBlank(text.charCodeAt(end))) end++;
    return { text: "", end };
  }
  const point = text.codePointAt(at + 1);
  if (point === undefined) return { text: "\\", end: at + 1 };
  const end = at + (point > 0xffff ? 3 : 2);
  bag.warning(
    "FUS0009",
    { source, start: at, end },
    `'\\${showCharacter(point)}' is not an escape; the backslash is kept`,
    "Write `\\\\` for a backslash",
  );
  return { text: text.slice(at, end), end };

  function outOfRange(end: number): EscapeScan {
    bag.error(
      "FUS0010",
      { source, start: at, end },
      "Escape out of range",
      "Use `\\u` with four or `\\U` with eight hex digits",
    );
    return { text: "\ufffd", end };
  }
}
