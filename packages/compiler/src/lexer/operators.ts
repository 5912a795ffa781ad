/** Runs of operator characters: where they end, and which of them are symbols, prefixes or signs (language reference 1.9). */

import { isBlank, isLineEnd, isOperatorUnit } from "./characters.js";
import type { Scanner } from "./scanner.js";
import { opensTemplate } from "./templates.js";
import { CLOSERS, SYMBOL_RUNS } from "./token.js";

export function readOperator(scan: Scanner, start: number): void {
  const text = scan.text;
  const cut = cutSymbol(scan, start);
  if (cut !== undefined) return scan.symbol(cut);
  let end = start;
  while (isOperatorUnit(text.charCodeAt(end))) {
    const unit = text.charCodeAt(end);
    const next = text.charCodeAt(end + 1);
    if (unit === 47 && next === 47) break;
    if (unit === 124 && (next === 93 || next === 125)) break;
    if (unit === 62 && next === 93 && scan.attributes > 0) break;
    // In a row of `$` only the first can open an interpolated string.
    if (end > start && (unit === 36 || unit === 64) && text.charCodeAt(end - 1) !== 36) {
      if (next === 34 || opensTemplate(scan, end)) break;
    }
    end++;
  }
  const run = text.slice(start, end);
  const symbol = SYMBOL_RUNS.get(run);
  if (symbol !== undefined) return scan.add("symbol", symbol, symbol, start, end);
  scan.add("operator", run, run, start, end, isPrefix(scan, run, start, end));
}

/** Symbols that end where they end, whatever operator characters follow. */
function cutSymbol(scan: Scanner, start: number): string | undefined {
  const text = scan.text;
  const second = text.charCodeAt(start + 1);
  const third = text.charCodeAt(start + 2);
  switch (text.charCodeAt(start)) {
    case 58: // :
      if (second === 63) return third === 62 ? ":?>" : ":?";
      return second === 58 ? "::" : second === 61 ? ":=" : second === 62 ? ":>" : ":";
    case 46: // .
      if (second !== 46) return undefined;
      // Before a sign, too, so that `[n..-1..0]` is a range.
      return third === 46 || third === 45 || third === 43 || !isOperatorUnit(third) ? ".." : undefined;
    default:
      return undefined;
  }
}

function isPrefix(scan: Scanner, run: string, start: number, end: number): boolean {
  if (run.startsWith("~") || (run.startsWith("!") && !run.startsWith("!="))) return true;
  if (run !== "-" && run !== "+") return false;
  const next = scan.text.charCodeAt(end);
  if (Number.isNaN(next) || isBlank(next) || isLineEnd(next)) return false;
  const previous = scan.tokens[scan.tokens.length - 1];
  if (previous === undefined || previous.end !== start) return true;
  if (previous.kind === "operator") return true;
  return (
    previous.kind === "symbol" &&
    !CLOSERS.has(previous.word) &&
    previous.word !== "_" &&
    previous.word !== "."
  );
}
