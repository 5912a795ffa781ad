import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Source } from "../source/source.js";
import { isDigit, isOperatorUnit, nameEnd, showCharacter, startsName } from "./characters.js";
import { readDirective, unbalanced } from "./directives.js";
import { scanNumber } from "./numbers.js";
import { readOperator } from "./operators.js";
import { readQuote } from "./quotes.js";
import { type LexerOptions, Scanner } from "./scanner.js";
import { readString } from "./strings.js";
import { opensTemplate, readTemplate } from "./templates.js";
import { KEYWORDS, type Tokens } from "./token.js";
import { skipLine, skipTrivia } from "./trivia.js";
import { markTypeArguments } from "./type-arguments.js";

/**
 * Splits a source into tokens (language reference, section 1). Never throws: whatever the text holds, the result ends with an `eof` token, and what is wrong with
 * it is in `bag`.
 *
 * @example
 * const bag = new DiagnosticBag("lex");
 * tokenize(makeSource("plugin.fsx", "let x = 1"), bag).tokens.map(({ text }) => text); // ["let", "x", "=", "1", ""]
 */
export function tokenize(source: Source, bag: DiagnosticBag, options: LexerOptions = {}): Tokens {
  const scan = new Scanner(source, bag, options, readToken);
  if (scan.text.startsWith("#!", scan.pos)) skipLine(scan);
  readTokens(scan);
  if (!scan.truncated) for (const open of scan.conditions) unbalanced(scan, open.start, open.start + 3);
  scan.add("eof", "", "", scan.text.length, scan.text.length);
  return {
    tokens: markTypeArguments(scan.tokens),
    suppressed: scan.suppressed,
    truncated: scan.truncated,
  };
}

/** All that the text holds: a loop of its own, which the engine translates while it runs without knowing what comes behind it. */
function readTokens(scan: Scanner): void {
  while (skipTrivia(scan)) readToken(scan);
}

/** Reads one token at a position that holds neither blank nor comment. */
function readToken(scan: Scanner): void {
  const text = scan.text;
  const start = scan.pos;
  const unit = text.charCodeAt(start);
  if (startsName(text, start)) return readName(scan, start);
  if (isDigit(unit)) return readNumber(scan, start);
  const second = text.charCodeAt(start + 1);
  switch (unit) {
    case 34: // "
      return readString(scan, start);
    case 39: // '
      return readQuote(scan, start);
    case 92: // \
      if (startsName(text, start + 1) || second === 40) return readForeignLambda(scan, start);
      break;
    case 96: // `
      return readBackticks(scan, start);
    case 36: // $
      if (opensTemplate(scan, start)) return readTemplate(scan, start);
      break;
    case 64: // @
      if (opensTemplate(scan, start)) return readTemplate(scan, start);
      if (second === 34) return readString(scan, start);
      break;
    case 35: // #
      if (scan.templates === 0 && scan.columns.lineAt(start) > scan.lastLine)
        return readDirective(scan, start);
      return scan.symbol("#");
    case 40:
      return scan.symbol("(");
    case 41:
      return scan.symbol(")");
    case 44:
      return scan.symbol(",");
    case 59:
      return scan.symbol(second === 59 ? ";;" : ";");
    case 91: // [
      if (second === 60) scan.attributes++;
      return scan.symbol(second === 60 ? "[<" : second === 124 ? "[|" : "[");
    case 93:
      return scan.symbol("]");
    case 123:
      return scan.symbol(second === 124 ? "{|" : "{");
    case 125:
      return scan.symbol("}");
    case 124: // |
      if (second === 93) return scan.symbol("|]");
      if (second === 125) return scan.symbol("|}");
      break;
    case 62: // >
      if (second === 93 && scan.attributes > 0) {
        scan.attributes--;
        return scan.symbol(">]");
      }
      break;
  }
  if (isOperatorUnit(unit)) return readOperator(scan, start);
  skipUnexpected(scan, start);
}

function readName(scan: Scanner, start: number): void {
  const end = nameEnd(scan.text, start);
  const text = scan.text.slice(start, end);
  if (text === "_") return scan.add("symbol", "_", "_", start, end);
  const keyword = KEYWORDS.get(text);
  const unit = scan.text.charCodeAt(end);
  if (unit === 33 && scan.text.charCodeAt(end + 1) !== 61) {
    const bang = KEYWORDS.get(`${text}!`);
    if (bang !== undefined) return scan.add("keyword", bang, bang, start, end + 1);
  }
  const isLabel = keyword !== undefined && scan.tokens[scan.tokens.length - 1]?.word === ".";
  if (keyword !== undefined && !isLabel) scan.add("keyword", keyword, keyword, start, end);
  else scan.add("name", "", text, start, end);
}

function readBackticks(scan: Scanner, start: number): void {
  const lineEnd = scan.columns.lineEndAt(start);
  const close = scan.text.startsWith("``", start) ? scan.text.indexOf("``", start + 2) : -1;
  if (close === -1 || close >= lineEnd || close === start + 2) return skipUnexpected(scan, start);
  scan.add("name", "", scan.text.slice(start + 2, close), start, close + 2);
}

function readNumber(scan: Scanner, start: number): void {
  const previous = scan.tokens[scan.tokens.length - 1];
  const negated =
    previous !== undefined && previous.word === "-" && previous.prefix && previous.end === start;
  const { literal, end } = scanNumber(scan.source, start, negated, scan.bag);
  scan.add(
    literal.type === "float" ? "float" : "int",
    "",
    scan.text.slice(start, end),
    start,
    end,
    false,
    literal,
  );
}

/** `\x -> x`, with which other languages begin a function; it is read as one. */
function readForeignLambda(scan: Scanner, start: number): void {
  scan.error(
    "FUS0128",
    start,
    start + 1,
    "Looks like another language: '\\'",
    "Fusabi writes `fun x -> ...`",
  );
  scan.add("keyword", "fun", "fun", start, start + 1);
}

function skipUnexpected(scan: Scanner, start: number): void {
  const point = scan.text.codePointAt(start) ?? 0;
  let end = start + (point > 0xffff ? 2 : 1);
  // A run of one foreign character is one mistake.
  while (scan.text.codePointAt(end) === point) end += point > 0xffff ? 2 : 1;
  scan.error(
    "FUS0001",
    start,
    end,
    `Unexpected character '${showCharacter(point)}'`,
    "Remove it, or put it inside a string",
  );
  scan.pos = end;
}
