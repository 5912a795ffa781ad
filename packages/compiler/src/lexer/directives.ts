/** Directives: `#if` and what it leaves out, `#load`, `#nowarn`, and those of F# that mean nothing here. */
import type { Span } from "../source/source.js";
import { isBlank } from "./characters.js";
import { evaluateCondition } from "./conditions.js";
import type { Scanner } from "./scanner.js";
import { scanString } from "./strings.js";

export function readDirective(scan: Scanner, start: number): void {
  const match = scan.matchAt(/#[ \t]*([A-Za-z]+|\d+)?/y);
  const word = match?.[1] ?? "";
  const end = start + (match?.[0].length ?? 1);
  const lineEnd = scan.columns.lineEndAt(start);
  scan.pos = end;
  switch (word) {
    case "if":
      return openCondition(scan, start, end, lineEnd);
    case "else":
    case "endif": {
      const open = scan.conditions[scan.conditions.length - 1];
      scan.pos = lineEnd;
      if (open === undefined || (word === "else" && open.inElse)) return unbalanced(scan, start, end);
      if (word === "endif") {
        scan.conditions.pop();
      } else {
        open.inElse = true;
        if (skipText(scan) === "endif") scan.conditions.pop();
      }
      return;
    }
    case "load":
      return readLoad(scan, start, lineEnd);
    case "nowarn": {
      for (const code of scan.text.slice(end, lineEnd).match(/\bFUS\d{4}\b/g) ?? [])
        scan.suppressed.push(code);
      scan.pos = lineEnd;
      return;
    }
    case "r":
    case "I":
    case "reference": {
      scan.pos = lineEnd;
      const reference = /"([^"]*)"/.exec(scan.text.slice(end, lineEnd))?.[1] ?? "";
      if (word === "r" || word === "reference" ? scan.acceptsReference(reference) : false) return;
      scan.error(
        "FUS0006",
        start,
        end,
        `'#${word}' references are not available here`,
        "Use #load, or ask the host for the module",
      );
      return;
    }
    case "light":
    case "time":
    case "help":
    case "quit":
    case "line":
      scan.pos = lineEnd;
      scan.info("FUS0013", start, end, `Directive '#${word}' is ignored`, "Remove it");
      return;
    default:
      scan.pos = lineEnd;
      if (/^\d/.test(word)) {
        scan.info("FUS0013", start, end, "Directive '#line' is ignored", "Remove it");
        return;
      }
      scan.error(
        "FUS0005",
        start,
        end,
        `Unknown directive '#${word}'`,
        "Known: #load, #if, #else, #endif, #nowarn",
      );
  }
}

function openCondition(scan: Scanner, start: number, end: number, lineEnd: number): void {
  const text = scan.text.slice(end, lineEnd).replace(/\/\/.*$/, "");
  const value = evaluateCondition(text, scan.symbols);
  if (value === undefined) {
    scan.error(
      "FUS0100",
      start,
      lineEnd,
      "Unexpected text after '#if', expected a condition",
      "Write symbols with `&&`, `||`, `!` and parentheses",
    );
  }
  scan.pos = lineEnd;
  scan.conditions.push({ start, inElse: false });
  if (value === true) return;
  const stop = skipText(scan);
  if (stop === "endif") scan.conditions.pop();
  else if (stop === "else") {
    const open = scan.conditions[scan.conditions.length - 1];
    if (open !== undefined) open.inElse = true;
  }
}

/** Skips text that a condition leaves out, up to the `#else` or `#endif` that belongs to it. */
function skipText(scan: Scanner): "else" | "endif" | undefined {
  const mark = /^[ \t]*#[ \t]*(if|else|endif)\b[^\r\n]*/gm;
  mark.lastIndex = scan.pos;
  let depth = 0;
  for (let found = mark.exec(scan.text); found !== null; found = mark.exec(scan.text)) {
    const word = found[1];
    if (word === "if") depth++;
    else if (depth === 0) {
      scan.pos = mark.lastIndex;
      return word === "else" ? "else" : "endif";
    } else if (word === "endif") depth--;
  }
  scan.pos = scan.text.length;
  return undefined;
}

export function unbalanced(scan: Scanner, start: number, end: number): void {
  scan.error(
    "FUS0011",
    start,
    end,
    "#if without #endif, or #else/#endif without #if",
    "Balance the directives",
  );
}

function readLoad(scan: Scanner, start: number, lineEnd: number): void {
  const paths: { text: string; span: Span }[] = [];
  for (;;) {
    while (isBlank(scan.text.charCodeAt(scan.pos))) scan.pos++;
    const at = scan.pos;
    const isString = scan.text.charCodeAt(at) === 34 || scan.text.startsWith('@"', at);
    if (!isString || at >= lineEnd) break;
    const { value, end } = scanString(scan, at);
    paths.push({ text: value, span: scan.span(at, end) });
    scan.pos = end;
  }
  const end = scan.pos;
  if (paths.length === 0 || (end < lineEnd && !scan.text.startsWith("//", end))) {
    scan.error(
      "FUS0100",
      end,
      lineEnd,
      "Unexpected text after '#load', expected a path in quotes",
      'Write `#load "file.fsx"`',
    );
  }
  scan.add("directive", "#load", "#load", start, Math.max(end, start + 5), false, { type: "load", paths });
  scan.pos = Math.max(end, lineEnd);
}
