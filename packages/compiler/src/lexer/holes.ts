/** Holes of interpolated strings: tokens up to the closing brace, with a width and a format. */
import type { Scanner } from "./scanner.js";
import { CLOSER_OF, CLOSERS, type TemplatePart } from "./token.js";
import { skipTrivia, stringOnLine } from "./trivia.js";
import { markTypeArguments } from "./type-arguments.js";

const FORMAT_CODE = /^(?:[FNDXxEP]\d{0,2}|G|(?=[0#.,]*[0#])[0#.,]{1,64})$/;

/** How an interpolated string is quoted. */
export type TemplateMode = "regular" | "verbatim" | "triple";

/**
 * Reads the hole whose (last) opening brace stands at the current position, with the ordinary lexer. `braces` of them close it.
 */
export function readHole(
  scan: Scanner,
  mode: TemplateMode,
  specifier: string | undefined,
  braces: number,
): { part: TemplatePart; closed: boolean } {
  const text = scan.text;
  const start = scan.pos;
  const outer = scan.tokens;
  const attributes = scan.attributes;
  scan.tokens = [];
  scan.attributes = 0;
  scan.lastLine = scan.columns.lineAt(start);
  scan.pos = start + 1;
  const open: string[] = [];
  let width: number | undefined;
  let format: string | undefined;
  let closed = false;
  let unclosed = false;
  let contentEnd: number;
  for (;;) {
    const more = skipTrivia(scan);
    contentEnd = scan.pos;
    const unit = text.charCodeAt(scan.pos);
    if (!more || (mode !== "triple" && isStrayQuote(scan, mode))) {
      if (!scan.truncated) {
        scan.error(
          "FUS0020",
          start,
          start + 1,
          "A '{' of this interpolated string is never closed",
          "Add the `}`, or write `{{` for a brace",
        );
      }
      if (more) scan.pos++;
      else scan.truncated = true;
      unclosed = true;
      break;
    }
    if (unit === 125 && !open.includes("{")) {
      scan.pos++;
      closed = true;
      break;
    }
    if (open.length === 0 && unit === 44) {
      const match = scan.matchAt(/,\s*(-?\d{1,20})\s*(?=[:}])/y);
      if (match !== undefined) {
        width = Number(match[1]);
        if (Math.abs(width) > 9999)
          badFormat(scan, match[0].trim(), contentEnd, contentEnd + match[0].length);
        scan.pos += match[0].length;
        if (text.charCodeAt(scan.pos) === 125) {
          scan.pos++;
          closed = true;
          break;
        }
      }
    }
    if (open.length === 0 && text.charCodeAt(scan.pos) === 58 && !isLongerColon(scan)) {
      const from = scan.pos;
      const match = scan.matchAt(/:([^{}"\r\n]{0,80})\}/y);
      if (match !== undefined) {
        format = (match[1] ?? "").trim();
        scan.pos += match[0].length;
        if (!FORMAT_CODE.test(format)) badFormat(scan, format, from + 1, scan.pos - 1);
        closed = true;
        break;
      }
    }
    scan.readToken(scan);
    const word = scan.tokens[scan.tokens.length - 1]?.word ?? "";
    if (CLOSER_OF.has(word)) open.push(word);
    else if (CLOSERS.has(word)) open.pop();
    if (scan.truncated) break;
  }
  if (scan.tokens.length === 0 && closed) {
    scan.error(
      "FUS0022",
      start,
      scan.pos,
      "Empty hole in interpolated string",
      "Put an expression between the braces",
    );
  }
  if (closed) closeHole(scan, start, braces);
  const after = scan.pos;
  const contentOffset = Math.min(contentEnd, text.length);
  scan.add("eof", "", "", Math.max(contentOffset, scan.tokens[scan.tokens.length - 1]?.end ?? 0), after);
  const tokens = markTypeArguments(scan.tokens);
  scan.tokens = outer;
  scan.attributes = attributes;
  scan.pos = after;
  // Of a hole that has no end, nobody knows what belongs to it: its tokens would only be misread.
  if (unclosed) return { part: { kind: "text", text: "" }, closed };
  return {
    part: { kind: "hole", tokens, width, format, specifier, span: scan.span(start, after) },
    closed,
  };
}

/** The closing braces of a hole behind the first one. */
function closeHole(scan: Scanner, start: number, braces: number): void {
  const closing = "}".repeat(braces - 1);
  if (scan.text.startsWith(closing, scan.pos)) scan.pos += closing.length;
  else {
    scan.error(
      "FUS0020",
      start - braces + 1,
      start + 1,
      `This hole needs ${braces} closing braces`,
      `Close it with \`${closing}}\``,
    );
  }
}

/**
 * In a string that ends at a quote, a quote inside a hole usually opens an inner string. If that string would not end on this
 * line, the hole was left open and the quote is the end of the whole.
 */
function isStrayQuote(scan: Scanner, mode: TemplateMode): boolean {
  const at = scan.pos;
  if (scan.text.charCodeAt(at) !== 34) return false;
  if (mode === "verbatim" && scan.text.charCodeAt(at + 1) === 34) return false;
  return stringOnLine(scan, at) === undefined;
}

function isLongerColon(scan: Scanner): boolean {
  const next = scan.text.charAt(scan.pos + 1);
  return next === ":" || next === "=" || next === ">" || next === "?";
}

function badFormat(scan: Scanner, code: string, start: number, end: number): void {
  scan.error(
    "FUS0024",
    start,
    end,
    `Unknown format code '${code}'`,
    "Known: F N D X E P G and digit pictures",
  );
}
