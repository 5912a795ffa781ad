/** Interpolated strings: their text and where their holes are. */

import { scanEscape } from "./escapes.js";
import { readHole, type TemplateMode } from "./holes.js";
import type { Scanner } from "./scanner.js";
import { neverClosed } from "./strings.js";
import type { TemplatePart } from "./token.js";

/** Interpolated strings in holes of interpolated strings; the layout filter and the parser recurse over them. */
const MAX_TEMPLATE_NESTING = 50;
/** More dollars before one string are a mistake. */
const MAX_DOLLARS = 16;

export function opensTemplate(scan: Scanner, at: number): boolean {
  const text = scan.text;
  if (text.charCodeAt(at) === 36) {
    let end = at + 1;
    while (text.charCodeAt(end) === 36) end++;
    return text.charCodeAt(end) === 34 || (end === at + 1 && text.startsWith('@"', end));
  }
  return text.startsWith('@$"', at);
}

export function readTemplate(scan: Scanner, start: number): void {
  const text = scan.text;
  let at = start;
  let dollars = 0;
  let verbatim = false;
  for (; text.charCodeAt(at) !== 34; at++) {
    if (text.charCodeAt(at) === 36) dollars++;
    else verbatim = true;
  }
  const mode: TemplateMode =
    !verbatim && text.startsWith('"""', at) ? "triple" : verbatim ? "verbatim" : "regular";
  const tooMany = dollars > MAX_DOLLARS;
  if (tooMany || (dollars > 1 && mode !== "triple")) {
    scan.error(
      "FUS0100",
      start,
      at + 1,
      `Unexpected '${text.slice(start, Math.min(at + 1, start + MAX_DOLLARS))}', expected ${tooMany ? "fewer '$'" : "a string in triple quotes"}`,
      "Several `$` belong before three quotes",
    );
  }
  if (scan.templates >= MAX_TEMPLATE_NESTING) {
    scan.error("FUS0129", start, at + 1, "Nested too deeply", "Bind the inner strings with `let`");
    // Which quote ends which string is anybody's guess from here on.
    scan.truncated = true;
    const end = text.length;
    return scan.add("string", "", "", start, end, false, { type: "string", value: "" });
  }
  // The token starts here; its line and column must be known before those of the holes.
  const line = scan.columns.lineAt(start);
  const column = scan.columns.columnAt(start);
  const bol = line > scan.lastLine;
  const glued = start === scan.lastEnd;
  scan.pos = at + (mode === "triple" ? 3 : 1);
  scan.templates++;
  const parts =
    dollars > 1 && mode === "triple" && !tooMany
      ? readBracedParts(scan, dollars, start, scan.pos)
      : readParts(scan, mode, start, scan.pos);
  scan.templates--;
  const end = scan.pos;
  scan.tokens.push({
    kind: "interpolated",
    word: "",
    text: text.slice(start, end),
    start,
    end,
    line,
    column,
    bol,
    glued,
    prefix: false,
    value: { type: "template", parts },
  });
  scan.lastEnd = end;
  scan.lastLine = scan.columns.lineAt(end - 1);
}

function readParts(scan: Scanner, mode: TemplateMode, start: number, contentStart: number): TemplatePart[] {
  const text = scan.text;
  const parts: TemplatePart[] = [];
  let literal = "";
  let piece = scan.pos;
  let specifier: string | undefined;
  const take = (end: number): void => {
    literal += text.slice(piece, end);
  };
  for (;;) {
    const at = scan.pos;
    if (at >= text.length) {
      take(at);
      if (!scan.truncated) neverClosed(scan, start, contentStart - start);
      break;
    }
    const unit = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (unit === 34 && (mode !== "triple" || text.startsWith('"""', at))) {
      take(at);
      if (mode === "verbatim" && next === 34) {
        literal += '"';
        scan.pos = piece = at + 2;
        continue;
      }
      scan.pos = at + (mode === "triple" ? 3 : 1);
      break;
    }
    if (unit === 92 && mode === "regular") {
      take(at);
      const escape = scanEscape(scan.source, at, scan.bag);
      literal += escape.text;
      scan.pos = piece = escape.end;
    } else if (unit === 123 && next === 123) {
      take(at + 1);
      scan.pos = piece = at + 2;
    } else if (unit === 125) {
      take(at + 1);
      if (next !== 125) scan.error("FUS0021", at, at + 1, "Single '}' in interpolated string", "Write `}}`");
      scan.pos = piece = at + (next === 125 ? 2 : 1);
    } else if (unit === 37) {
      take(at);
      const found = specifierAt(scan, at);
      if (next === 37) {
        literal += "%";
        scan.pos = piece = at + 2;
      } else if (found !== undefined) {
        specifier = found;
        scan.pos = piece = at + found.length;
      } else {
        scan.warning("FUS0430", at, at + 1, "'%' starts no format specifier", "Write `%%`");
        literal += "%";
        scan.pos = piece = at + 1;
      }
    } else if (unit === 123) {
      take(at);
      if (literal !== "") parts.push({ kind: "text", text: literal });
      literal = "";
      const hole = readHole(scan, mode, specifier, 1);
      specifier = undefined;
      parts.push(hole.part);
      piece = scan.pos;
      if (!hole.closed) break;
    } else scan.pos++;
  }
  if (literal !== "") parts.push({ kind: "text", text: literal });
  return parts;
}

/** `$$"""…{{e}}…"""`: a hole stands between as many braces as there are dollars; fewer braces and percent signs are text. */
function readBracedParts(
  scan: Scanner,
  dollars: number,
  start: number,
  contentStart: number,
): TemplatePart[] {
  const text = scan.text;
  const parts: TemplatePart[] = [];
  const mark = new RegExp(
    `"""|(?<text>\\{*)\\{{${dollars}}(?!\\{)|(?<close>\\}{${dollars},})|%{${dollars}}(?<spec>[-0+ ]*\\d{0,3}(?:\\.\\d{1,3})?[A-Za-z])(?=\\{{${dollars}}(?!\\{))`,
    "gu",
  );
  let literal = "";
  let specifier: string | undefined;
  for (;;) {
    mark.lastIndex = scan.pos;
    const match = mark.exec(text);
    if (match === null) {
      literal += text.slice(scan.pos);
      scan.pos = text.length;
      if (!scan.truncated) neverClosed(scan, start, contentStart - start);
      break;
    }
    const end = match.index + match[0].length;
    literal += text.slice(scan.pos, match.index);
    scan.pos = end;
    const { text: braces, close, spec } = match.groups ?? {};
    if (spec !== undefined) {
      specifier = `%${spec}`;
      continue;
    }
    if (close !== undefined) {
      literal += close;
      scan.error(
        "FUS0021",
        match.index,
        end,
        `'${close}' without a hole that it closes`,
        "Write fewer braces, or start the string with more `$`",
      );
      continue;
    }
    if (braces === undefined) break;
    if (braces.length >= dollars) {
      scan.error(
        "FUS0021",
        match.index,
        end,
        `${match[0].length} braces are too many behind ${dollars} '$'`,
        "Start the string with more `$`",
      );
    }
    literal += braces;
    if (literal !== "") parts.push({ kind: "text", text: literal });
    literal = "";
    scan.pos = end - 1;
    const hole = readHole(scan, "triple", specifier, dollars);
    specifier = undefined;
    parts.push(hole.part);
    if (!hole.closed) break;
  }
  if (literal !== "") parts.push({ kind: "text", text: literal });
  return parts;
}

/** The printf specifier at `at`, if a hole follows it. */
function specifierAt(scan: Scanner, at: number): string | undefined {
  const pattern = /%[-0+ ]*\d{0,3}(?:\.\d{1,3})?[A-Za-z](?=\{(?!\{))/y;
  pattern.lastIndex = at;
  return pattern.exec(scan.text)?.[0];
}
