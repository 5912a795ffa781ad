/** What starts with a single quote: character literals and type variables. */
import { DiagnosticBag } from "../diagnostics/diagnostic.js";
import { isLineEnd, nameEnd, startsName } from "./characters.js";
import { scanEscape } from "./escapes.js";
import type { Scanner } from "./scanner.js";
import { rejectByteSuffix } from "./strings.js";

/** A character literal or a type variable. */
export function readQuote(scan: Scanner, start: number): void {
  const text = scan.text;
  const unit = text.charCodeAt(start + 1);
  const point = text.codePointAt(start + 1) ?? 0;
  if (unit === 92) {
    const silent = new DiagnosticBag("lex");
    const { text: value, end } = scanEscape(scan.source, start + 1, silent);
    if (text.charCodeAt(end) === 39) {
      if (value.length !== 1 || silent.items.length > 0) badCharacter(scan, start, end + 1);
      return addCharacter(scan, start, end + 1, value.charAt(0));
    }
    badCharacter(scan, start, end);
    return addCharacter(scan, start, end, "");
  }
  if (text.charCodeAt(start + 2) === 39 && unit !== 39 && !isLineEnd(unit)) {
    return addCharacter(scan, start, start + 3, text.charAt(start + 1));
  }
  if (point > 0xffff && text.charCodeAt(start + 3) === 39) {
    badCharacter(scan, start, start + 4);
    return addCharacter(scan, start, start + 4, "");
  }
  if (startsName(text, start + 1)) {
    const end = nameEnd(text, start + 1);
    if (text.charCodeAt(end - 1) === 39) {
      badCharacter(scan, start, end);
      return addCharacter(scan, start, end, "");
    }
    return scan.add("type-variable", "", text.slice(start + 1, end), start, end);
  }
  const end = unit === 39 ? start + 2 : start + 1;
  badCharacter(scan, start, end);
  addCharacter(scan, start, end, "");
}

function addCharacter(scan: Scanner, start: number, end: number, value: string): void {
  scan.add("char", "", scan.text.slice(start, end), start, end, false, { type: "char", value });
  rejectByteSuffix(scan, start);
}

function badCharacter(scan: Scanner, start: number, end: number): void {
  scan.error(
    "FUS0008",
    start,
    end,
    "Bad character literal",
    end - start > 4 && scan.text[start + 1] !== "\\"
      ? `Text stands between double quotes: "..."`
      : "Write one character or escape between quotes; one outside the basic plane is a string",
  );
}
