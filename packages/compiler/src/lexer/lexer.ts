import { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Source, Span } from "../source/source.js";
import {
  isBlank,
  isDigit,
  isLineEnd,
  isOperatorUnit,
  nameEnd,
  showCharacter,
  startsName,
} from "./characters.js";
import { Columns } from "./columns.js";
import { evaluateCondition } from "./conditions.js";
import { scanEscape } from "./escapes.js";
import { scanNumber } from "./numbers.js";
import {
  BANG_KEYWORDS,
  CLOSER_OF,
  CLOSERS,
  KEYWORDS,
  SYMBOL_RUNS,
  type TemplatePart,
  type Token,
  type TokenKind,
  type Tokens,
  type TokenValue,
} from "./token.js";
import { markTypeArguments } from "./type-arguments.js";

/** Symbols that are always defined for `#if`. */
const DEFINED: readonly string[] = ["FUSABI", "INTERACTIVE"];
/** Interpolated strings in holes of interpolated strings; the layout filter and the parser recurse over them. */
const MAX_TEMPLATE_NESTING = 50;
const FORMAT_CODE = /^(?:[FNDXxEP]\d{0,2}|G|(?=[0#.,]*[0#])[0#.,]{1,64})$/;

/** What the text is read with: what `#if` knows, and which references of `#r` are allowed. */
export interface LexerOptions {
  /** Symbols for `#if`, beside `FUSABI` and `INTERACTIVE`. */
  readonly symbols?: ReadonlySet<string>;
  /** Whether the host takes a reference of `#r`; without it `#r` is an error. */
  readonly acceptsReference?: (reference: string) => boolean;
}

/**
 * Splits a source into tokens (language reference, section 1). Never throws: whatever the text holds, the result ends with an `eof` token, and what is wrong with
 * it is in `bag`.
 *
 * @example
 * const bag = new DiagnosticBag("lex");
 * tokenize(makeSource("plugin.fsx", "let x = 1"), bag).tokens.map(({ text }) => text); // ["let", "x", "=", "1", ""]
 */
export function tokenize(source: Source, bag: DiagnosticBag, options: LexerOptions = {}): Tokens {
  return new Lexer(source, bag, options).run();
}

/** More dollars before one string are a mistake. */
const MAX_DOLLARS = 16;
type TemplateMode = "regular" | "verbatim" | "triple";

class Lexer {
  readonly #source: Source;
  readonly #text: string;
  readonly #bag: DiagnosticBag;
  readonly #symbols: ReadonlySet<string>;
  readonly #acceptsReference: (reference: string) => boolean;
  readonly #columns: Columns;
  readonly #suppressed: string[] = [];
  readonly #conditions: { readonly start: number; inElse: boolean }[] = [];
  #tokens: Token[] = [];
  #pos = 0;
  /** Line on which the last token ended; a token on a later line is the first of its line. */
  #lastLine = -1;
  #lastEnd = -1;
  #attributes = 0;
  #templates = 0;
  #truncated = false;
  /** The first string that goes over several lines and probably should not: where it starts, and the tokens before it. */
  #longString: { readonly tokens: number; readonly start: number } | undefined;

  constructor(source: Source, bag: DiagnosticBag, options: LexerOptions) {
    this.#source = source;
    this.#text = source.text;
    this.#bag = bag;
    this.#symbols = new Set([...DEFINED, ...(options.symbols ?? [])]);
    this.#acceptsReference = options.acceptsReference ?? (() => false);
    if (this.#text.charCodeAt(0) === 0xfeff) this.#pos = 1;
    this.#columns = new Columns(source, this.#pos);
  }

  run(): Tokens {
    if (this.#text.startsWith("#!", this.#pos)) this.#skipLine();
    while (this.#skipTrivia()) this.#next();
    if (!this.#truncated) for (const open of this.#conditions) this.#unbalanced(open.start, open.start + 3);
    this.#add("eof", "", "", this.#text.length, this.#text.length);
    return {
      tokens: markTypeArguments(this.#tokens),
      suppressed: this.#suppressed,
      truncated: this.#truncated,
    };
  }

  // ------------------------------------------------------------------------------------------------- blanks and comments

  /** Moves to the next token; false at the end of the text. */
  #skipTrivia(): boolean {
    const text = this.#text;
    for (;;) {
      const unit = text.charCodeAt(this.#pos);
      if (isBlank(unit) || isLineEnd(unit)) this.#pos++;
      else if (unit === 47 && text.charCodeAt(this.#pos + 1) === 47) this.#skipLine();
      else if (unit === 40 && text.charCodeAt(this.#pos + 1) === 42 && text.charCodeAt(this.#pos + 2) !== 41)
        this.#skipComment();
      else return this.#pos < text.length;
    }
  }

  #skipLine(): void {
    while (this.#pos < this.#text.length && !isLineEnd(this.#text.charCodeAt(this.#pos))) this.#pos++;
  }

  #skipComment(): void {
    const text = this.#text;
    const start = this.#pos;
    let depth = 1;
    let at = start + 2;
    /** Up to here no quote has a partner on its line. */
    let lonelyUntil = 0;
    while (depth > 0) {
      if (at >= text.length) {
        this.#bag.error(
          "FUS0002",
          this.#span(start, start + 2),
          "This comment is never closed",
          "Add `*)`; comments nest",
        );
        this.#truncated = true;
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
        const end = this.#stringOnLine(at);
        if (end === undefined) lonelyUntil = this.#columns.lineEndAt(at);
        at = end ?? at + 1;
      } else at++;
    }
    this.#pos = Math.min(at, text.length);
  }

  /** The end of the string that opens at `at` and closes on the same line. */
  #stringOnLine(at: number): number | undefined {
    const text = this.#text;
    const lineEnd = this.#columns.lineEndAt(at);
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

  // ---------------------------------------------------------------------------------------------------------------- tokens

  #span(start: number, end: number): Span {
    return { source: this.#source, start, end };
  }

  #add(
    kind: TokenKind,
    word: string,
    text: string,
    start: number,
    end: number,
    prefix = false,
    value?: TokenValue,
  ): void {
    const line = this.#columns.lineAt(start);
    const bol = line > this.#lastLine;
    if (bol && kind !== "eof" && this.#columns.hasTabBefore(start)) this.#tabInIndentation(line, start);
    this.#tokens.push({
      kind,
      word,
      text,
      start,
      end,
      line,
      column: this.#columns.columnAt(start),
      bol,
      glued: start === this.#lastEnd,
      prefix,
      value,
    });
    this.#pos = end;
    this.#lastEnd = end;
    // Only strings can end on another line than they start on.
    this.#lastLine = kind === "string" ? this.#columns.lineAt(end - 1) : line;
  }

  #tabInIndentation(line: number, start: number): void {
    this.#bag.warning(
      "FUS0007",
      this.#span(this.#source.lineStarts[line] ?? 0, start),
      "Tab in indentation",
      "Use spaces; a tab counts to the next multiple of 4",
    );
  }

  #symbol(word: string): void {
    this.#add("symbol", word, word, this.#pos, this.#pos + word.length);
  }

  /** Reads one token at a position that holds neither blank nor comment. */
  #next(): void {
    const text = this.#text;
    const start = this.#pos;
    const unit = text.charCodeAt(start);
    if (startsName(text, start)) return this.#name(start);
    if (isDigit(unit)) return this.#number(start);
    const second = text.charCodeAt(start + 1);
    switch (unit) {
      case 34: // "
        return this.#string(start);
      case 39: // '
        return this.#quote(start);
      case 96: // `
        return this.#backticks(start);
      case 36: // $
        if (this.#opensTemplate(start)) return this.#template(start);
        break;
      case 64: // @
        if (this.#opensTemplate(start)) return this.#template(start);
        if (second === 34) return this.#string(start);
        break;
      case 35: // #
        if (this.#templates === 0 && this.#columns.lineAt(start) > this.#lastLine)
          return this.#directive(start);
        return this.#symbol("#");
      case 40:
        return this.#symbol("(");
      case 41:
        return this.#symbol(")");
      case 44:
        return this.#symbol(",");
      case 59:
        return this.#symbol(second === 59 ? ";;" : ";");
      case 91: // [
        if (second === 60) this.#attributes++;
        return this.#symbol(second === 60 ? "[<" : second === 124 ? "[|" : "[");
      case 93:
        return this.#symbol("]");
      case 123:
        return this.#symbol(second === 124 ? "{|" : "{");
      case 125:
        return this.#symbol("}");
      case 124: // |
        if (second === 93) return this.#symbol("|]");
        if (second === 125) return this.#symbol("|}");
        break;
      case 62: // >
        if (second === 93 && this.#attributes > 0) {
          this.#attributes--;
          return this.#symbol(">]");
        }
        break;
    }
    if (isOperatorUnit(unit)) return this.#operator(start);
    this.#unexpected(start);
  }

  #name(start: number): void {
    const end = nameEnd(this.#text, start);
    const text = this.#text.slice(start, end);
    if (text === "_") return this.#add("symbol", "_", "_", start, end);
    const keyword = KEYWORDS.get(text);
    const unit = this.#text.charCodeAt(end);
    if (unit === 33 && this.#text.charCodeAt(end + 1) !== 61) {
      const bang = BANG_KEYWORDS.get(text);
      if (bang !== undefined) return this.#add("keyword", bang, bang, start, end + 1);
    }
    const isLabel = keyword !== undefined && this.#tokens[this.#tokens.length - 1]?.word === ".";
    if (keyword !== undefined && !isLabel) this.#add("keyword", keyword, keyword, start, end);
    else this.#add("name", "", text, start, end);
  }

  #backticks(start: number): void {
    const lineEnd = this.#columns.lineEndAt(start);
    const close = this.#text.startsWith("``", start) ? this.#text.indexOf("``", start + 2) : -1;
    if (close === -1 || close >= lineEnd || close === start + 2) return this.#unexpected(start);
    this.#add("name", "", this.#text.slice(start + 2, close), start, close + 2);
  }

  #number(start: number): void {
    const previous = this.#tokens[this.#tokens.length - 1];
    const negated =
      previous !== undefined && previous.word === "-" && previous.prefix && previous.end === start;
    const { literal, end } = scanNumber(this.#source, start, negated, this.#bag);
    this.#add(
      literal.type === "float" ? "float" : "int",
      "",
      this.#text.slice(start, end),
      start,
      end,
      false,
      literal,
    );
  }

  #operator(start: number): void {
    const text = this.#text;
    const cut = this.#cutSymbol(start);
    if (cut !== undefined) return this.#symbol(cut);
    let end = start;
    while (isOperatorUnit(text.charCodeAt(end))) {
      const unit = text.charCodeAt(end);
      const next = text.charCodeAt(end + 1);
      if (unit === 47 && next === 47) break;
      if (unit === 124 && (next === 93 || next === 125)) break;
      if (unit === 62 && next === 93 && this.#attributes > 0) break;
      // In a row of `$` only the first can open an interpolated string.
      if (end > start && (unit === 36 || unit === 64) && text.charCodeAt(end - 1) !== 36) {
        if (next === 34 || this.#opensTemplate(end)) break;
      }
      end++;
    }
    const run = text.slice(start, end);
    const symbol = SYMBOL_RUNS.get(run);
    if (symbol !== undefined) return this.#add("symbol", symbol, symbol, start, end);
    this.#add("operator", run, run, start, end, this.#isPrefix(run, start, end));
  }

  /** Symbols that end where they end, whatever operator characters follow. */
  #cutSymbol(start: number): string | undefined {
    const text = this.#text;
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

  #isPrefix(run: string, start: number, end: number): boolean {
    if (run.startsWith("~") || (run.startsWith("!") && !run.startsWith("!="))) return true;
    if (run !== "-" && run !== "+") return false;
    const next = this.#text.charCodeAt(end);
    if (Number.isNaN(next) || isBlank(next) || isLineEnd(next)) return false;
    const previous = this.#tokens[this.#tokens.length - 1];
    if (previous === undefined || previous.end !== start) return true;
    if (previous.kind === "operator") return true;
    return (
      previous.kind === "symbol" &&
      !CLOSERS.has(previous.word) &&
      previous.word !== "_" &&
      previous.word !== "."
    );
  }

  #unexpected(start: number): void {
    const point = this.#text.codePointAt(start) ?? 0;
    let end = start + (point > 0xffff ? 2 : 1);
    // A run of one foreign character is one mistake.
    while (this.#text.codePointAt(end) === point) end += point > 0xffff ? 2 : 1;
    this.#bag.error(
      "FUS0001",
      this.#span(start, end),
      `Unexpected character '${showCharacter(point)}'`,
      "Remove it, or put it inside a string",
    );
    this.#pos = end;
  }

  // ------------------------------------------------------------------------------------------------ characters and strings

  /** A character literal or a type variable. */
  #quote(start: number): void {
    const text = this.#text;
    const unit = text.charCodeAt(start + 1);
    const point = text.codePointAt(start + 1) ?? 0;
    if (unit === 92) {
      const silent = new DiagnosticBag("lex");
      const { text: value, end } = scanEscape(this.#source, start + 1, silent);
      if (text.charCodeAt(end) === 39) {
        if (value.length !== 1 || silent.items.length > 0) this.#badCharacter(start, end + 1);
        return this.#character(start, end + 1, value.charAt(0));
      }
      this.#badCharacter(start, end);
      return this.#character(start, end, "");
    }
    if (text.charCodeAt(start + 2) === 39 && unit !== 39 && !isLineEnd(unit)) {
      return this.#character(start, start + 3, text.charAt(start + 1));
    }
    if (point > 0xffff && text.charCodeAt(start + 3) === 39) {
      this.#badCharacter(start, start + 4);
      return this.#character(start, start + 4, "");
    }
    if (startsName(text, start + 1)) {
      const end = nameEnd(text, start + 1);
      if (text.charCodeAt(end - 1) === 39) {
        this.#badCharacter(start, end);
        return this.#character(start, end, "");
      }
      return this.#add("type-variable", "", text.slice(start + 1, end), start, end);
    }
    const end = unit === 39 ? start + 2 : start + 1;
    this.#badCharacter(start, end);
    this.#character(start, end, "");
  }

  #character(start: number, end: number, value: string): void {
    this.#add("char", "", this.#text.slice(start, end), start, end, false, { type: "char", value });
    this.#rejectByteSuffix(start);
  }

  #badCharacter(start: number, end: number): void {
    this.#bag.error(
      "FUS0008",
      this.#span(start, end),
      "Bad character literal",
      "Write one character or escape between quotes; one outside the basic plane is a string",
    );
  }

  #rejectByteSuffix(start: number): void {
    if (this.#text.charCodeAt(this.#pos) !== 66 || nameEnd(this.#text, this.#pos) !== this.#pos + 1) return;
    this.#pos++;
    this.#bag.error("FUS0191", this.#span(start, this.#pos), "F# byte literal is not part of Fusabi");
  }

  #string(start: number): void {
    const { value, end } = this.#scanString(start);
    if (value.includes("\n") && this.#longString === undefined && this.#looksMisread(start, end)) {
      this.#longString = { tokens: this.#tokens.length, start };
    }
    this.#add("string", "", this.#text.slice(start, end), start, end, false, { type: "string", value });
    this.#rejectByteSuffix(start);
  }

  /** Reads the regular, verbatim or triple-quoted string at `start`. */
  #scanString(start: number): { value: string; end: number } {
    const text = this.#text;
    if (text.startsWith('"""', start)) {
      const close = text.indexOf('"""', start + 3);
      if (close === -1) return { value: text.slice(start + 3), end: this.#neverClosed(start, 3) };
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
        const escape = scanEscape(this.#source, at, this.#bag);
        value += text.slice(piece, at) + escape.text;
        at = escape.end;
        piece = at;
      } else if (at >= text.length) {
        return { value: value + text.slice(piece), end: this.#neverClosed(start, verbatim ? 2 : 1) };
      } else at++;
    }
  }

  /**
   * A regular string over several lines whose closing quote touches a word: the quote was probably meant to open a string, and the one
   * that should have closed this is missing.
   */
  #looksMisread(start: number, end: number): boolean {
    const text = this.#text;
    return (
      this.#templates === 0 &&
      text.charCodeAt(start) === 34 &&
      !text.startsWith('"""', start) &&
      /[\p{L}\p{Nd}%\\{]/u.test(text.charAt(end))
    );
  }

  #neverClosed(start: number, opening: number): number {
    this.#truncated = true;
    const misread = this.#templates === 0 ? this.#longString : undefined;
    const at = misread?.start ?? start;
    this.#bag.error(
      "FUS0004",
      this.#span(at, at + (misread === undefined ? opening : 1)),
      "This string is never closed",
      "Add the closing quote; check escapes before it",
    );
    // From there on, texts were read as program and the other way round.
    if (misread !== undefined) this.#tokens.length = misread.tokens;
    return this.#text.length;
  }

  // -------------------------------------------------------------------------------------------------- interpolated strings

  #opensTemplate(at: number): boolean {
    const text = this.#text;
    if (text.charCodeAt(at) === 36) {
      let end = at + 1;
      while (text.charCodeAt(end) === 36) end++;
      return text.charCodeAt(end) === 34 || (end === at + 1 && text.startsWith('@"', end));
    }
    return text.startsWith('@$"', at);
  }

  #template(start: number): void {
    const text = this.#text;
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
      this.#bag.error(
        "FUS0100",
        this.#span(start, at + 1),
        `Unexpected '${text.slice(start, Math.min(at + 1, start + MAX_DOLLARS))}', expected ${tooMany ? "fewer '$'" : "a string in triple quotes"}`,
        "Several `$` belong before three quotes",
      );
    }
    if (this.#templates >= MAX_TEMPLATE_NESTING) {
      this.#bag.error(
        "FUS0129",
        this.#span(start, at + 1),
        "Nested too deeply",
        "Bind the inner strings with `let`",
      );
      // Which quote ends which string is anybody's guess from here on.
      this.#truncated = true;
      const end = text.length;
      return this.#add("string", "", "", start, end, false, { type: "string", value: "" });
    }
    // The token starts here; its line and column must be known before those of the holes.
    const line = this.#columns.lineAt(start);
    const column = this.#columns.columnAt(start);
    const bol = line > this.#lastLine;
    const glued = start === this.#lastEnd;
    this.#pos = at + (mode === "triple" ? 3 : 1);
    this.#templates++;
    const parts =
      dollars > 1 && mode === "triple" && !tooMany
        ? this.#bracedTemplateParts(dollars, start, this.#pos)
        : this.#templateParts(mode, start, this.#pos);
    this.#templates--;
    const end = this.#pos;
    this.#tokens.push({
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
    this.#lastEnd = end;
    this.#lastLine = this.#columns.lineAt(end - 1);
  }

  #templateParts(mode: TemplateMode, start: number, contentStart: number): TemplatePart[] {
    const text = this.#text;
    const parts: TemplatePart[] = [];
    let literal = "";
    let piece = this.#pos;
    let specifier: string | undefined;
    const take = (end: number): void => {
      literal += text.slice(piece, end);
    };
    for (;;) {
      const at = this.#pos;
      if (at >= text.length) {
        take(at);
        if (!this.#truncated) this.#neverClosed(start, contentStart - start);
        break;
      }
      const unit = text.charCodeAt(at);
      const next = text.charCodeAt(at + 1);
      if (unit === 34 && (mode !== "triple" || text.startsWith('"""', at))) {
        take(at);
        if (mode === "verbatim" && next === 34) {
          literal += '"';
          this.#pos = piece = at + 2;
          continue;
        }
        this.#pos = at + (mode === "triple" ? 3 : 1);
        break;
      }
      if (unit === 92 && mode === "regular") {
        take(at);
        const escape = scanEscape(this.#source, at, this.#bag);
        literal += escape.text;
        this.#pos = piece = escape.end;
      } else if (unit === 123 && next === 123) {
        take(at + 1);
        this.#pos = piece = at + 2;
      } else if (unit === 125) {
        take(at + 1);
        if (next !== 125)
          this.#bag.error(
            "FUS0021",
            this.#span(at, at + 1),
            "Single '}' in interpolated string",
            "Write `}}`",
          );
        this.#pos = piece = at + (next === 125 ? 2 : 1);
      } else if (unit === 37) {
        take(at);
        const found = this.#specifierAt(at);
        if (next === 37) {
          literal += "%";
          this.#pos = piece = at + 2;
        } else if (found !== undefined) {
          specifier = found;
          this.#pos = piece = at + found.length;
        } else {
          this.#bag.warning(
            "FUS0430",
            this.#span(at, at + 1),
            "'%' starts no format specifier",
            "Write `%%`",
          );
          literal += "%";
          this.#pos = piece = at + 1;
        }
      } else if (unit === 123) {
        take(at);
        if (literal !== "") parts.push({ kind: "text", text: literal });
        literal = "";
        const hole = this.#hole(mode, specifier, 1);
        specifier = undefined;
        parts.push(hole.part);
        piece = this.#pos;
        if (!hole.closed) break;
      } else this.#pos++;
    }
    if (literal !== "") parts.push({ kind: "text", text: literal });
    return parts;
  }

  /** `$$"""…{{e}}…"""`: a hole stands between as many braces as there are dollars; fewer braces and percent signs are text. */
  #bracedTemplateParts(dollars: number, start: number, contentStart: number): TemplatePart[] {
    const text = this.#text;
    const parts: TemplatePart[] = [];
    const mark = new RegExp(
      `"""|(?<text>\\{*)\\{{${dollars}}(?!\\{)|(?<close>\\}{${dollars},})|%{${dollars}}(?<spec>[-0+ ]*\\d{0,3}(?:\\.\\d{1,3})?[A-Za-z])(?=\\{{${dollars}}(?!\\{))`,
      "gu",
    );
    let literal = "";
    let specifier: string | undefined;
    for (;;) {
      mark.lastIndex = this.#pos;
      const match = mark.exec(text);
      if (match === null) {
        literal += text.slice(this.#pos);
        this.#pos = text.length;
        if (!this.#truncated) this.#neverClosed(start, contentStart - start);
        break;
      }
      const end = match.index + match[0].length;
      literal += text.slice(this.#pos, match.index);
      this.#pos = end;
      const { text: braces, close, spec } = match.groups ?? {};
      if (spec !== undefined) {
        specifier = `%${spec}`;
        continue;
      }
      if (close !== undefined) {
        literal += close;
        this.#bag.error(
          "FUS0021",
          this.#span(match.index, end),
          `'${close}' without a hole that it closes`,
          "Write fewer braces, or start the string with more `$`",
        );
        continue;
      }
      if (braces === undefined) break;
      if (braces.length >= dollars) {
        this.#bag.error(
          "FUS0021",
          this.#span(match.index, end),
          `${match[0].length} braces are too many behind ${dollars} '$'`,
          "Start the string with more `$`",
        );
      }
      literal += braces;
      if (literal !== "") parts.push({ kind: "text", text: literal });
      literal = "";
      this.#pos = end - 1;
      const hole = this.#hole("triple", specifier, dollars);
      specifier = undefined;
      parts.push(hole.part);
      if (!hole.closed) break;
    }
    if (literal !== "") parts.push({ kind: "text", text: literal });
    return parts;
  }

  /** The printf specifier at `at`, if a hole follows it. */
  #specifierAt(at: number): string | undefined {
    const pattern = /%[-0+ ]*\d{0,3}(?:\.\d{1,3})?[A-Za-z](?=\{(?!\{))/y;
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0];
  }

  /**
   * Reads the hole whose (last) opening brace stands at the current position, with the ordinary lexer. `braces` of them close it.
   */
  #hole(
    mode: TemplateMode,
    specifier: string | undefined,
    braces: number,
  ): { part: TemplatePart; closed: boolean } {
    const text = this.#text;
    const start = this.#pos;
    const outer = this.#tokens;
    const attributes = this.#attributes;
    this.#tokens = [];
    this.#attributes = 0;
    this.#lastLine = this.#columns.lineAt(start);
    this.#pos = start + 1;
    const open: string[] = [];
    let width: number | undefined;
    let format: string | undefined;
    let closed = false;
    let unclosed = false;
    let contentEnd: number;
    for (;;) {
      const more = this.#skipTrivia();
      contentEnd = this.#pos;
      const unit = text.charCodeAt(this.#pos);
      if (!more || (mode !== "triple" && this.#isStrayQuote(mode))) {
        if (!this.#truncated) {
          this.#bag.error(
            "FUS0020",
            this.#span(start, start + 1),
            "A '{' of this interpolated string is never closed",
            "Add the `}`, or write `{{` for a brace",
          );
        }
        if (more) this.#pos++;
        else this.#truncated = true;
        unclosed = true;
        break;
      }
      if (unit === 125 && !open.includes("{")) {
        this.#pos++;
        closed = true;
        break;
      }
      if (open.length === 0 && unit === 44) {
        const match = this.#matchAt(/,\s*(-?\d{1,20})\s*(?=[:}])/y);
        if (match !== undefined) {
          width = Number(match[1]);
          if (Math.abs(width) > 9999)
            this.#badFormat(match[0].trim(), contentEnd, contentEnd + match[0].length);
          this.#pos += match[0].length;
          if (text.charCodeAt(this.#pos) === 125) {
            this.#pos++;
            closed = true;
            break;
          }
        }
      }
      if (open.length === 0 && text.charCodeAt(this.#pos) === 58 && !this.#isLongerColon()) {
        const from = this.#pos;
        const match = this.#matchAt(/:([^{}"\r\n]{0,80})\}/y);
        if (match !== undefined) {
          format = (match[1] ?? "").trim();
          this.#pos += match[0].length;
          if (!FORMAT_CODE.test(format)) this.#badFormat(format, from + 1, this.#pos - 1);
          closed = true;
          break;
        }
      }
      this.#next();
      const word = this.#tokens[this.#tokens.length - 1]?.word ?? "";
      if (CLOSER_OF.has(word)) open.push(word);
      else if (CLOSERS.has(word)) open.pop();
      if (this.#truncated) break;
    }
    if (this.#tokens.length === 0 && closed) {
      this.#bag.error(
        "FUS0022",
        this.#span(start, this.#pos),
        "Empty hole in interpolated string",
        "Put an expression between the braces",
      );
    }
    if (closed) this.#closeHole(start, braces);
    const after = this.#pos;
    const contentOffset = Math.min(contentEnd, text.length);
    this.#add("eof", "", "", Math.max(contentOffset, this.#tokens[this.#tokens.length - 1]?.end ?? 0), after);
    const tokens = markTypeArguments(this.#tokens);
    this.#tokens = outer;
    this.#attributes = attributes;
    this.#pos = after;
    // Of a hole that has no end, nobody knows what belongs to it: its tokens would only be misread.
    if (unclosed) return { part: { kind: "text", text: "" }, closed };
    return {
      part: { kind: "hole", tokens, width, format, specifier, span: this.#span(start, after) },
      closed,
    };
  }

  /** The closing braces of a hole behind the first one. */
  #closeHole(start: number, braces: number): void {
    const closing = "}".repeat(braces - 1);
    if (this.#text.startsWith(closing, this.#pos)) this.#pos += closing.length;
    else {
      this.#bag.error(
        "FUS0020",
        this.#span(start - braces + 1, start + 1),
        `This hole needs ${braces} closing braces`,
        `Close it with \`${closing}}\``,
      );
    }
  }

  /**
   * In a string that ends at a quote, a quote inside a hole usually opens an inner string. If that string would not end on this
   * line, the hole was left open and the quote is the end of the whole.
   */
  #isStrayQuote(mode: TemplateMode): boolean {
    const at = this.#pos;
    if (this.#text.charCodeAt(at) !== 34) return false;
    if (mode === "verbatim" && this.#text.charCodeAt(at + 1) === 34) return false;
    return this.#stringOnLine(at) === undefined;
  }

  #isLongerColon(): boolean {
    const next = this.#text.charAt(this.#pos + 1);
    return next === ":" || next === "=" || next === ">" || next === "?";
  }

  #matchAt(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#pos;
    return pattern.exec(this.#text) ?? undefined;
  }

  #badFormat(code: string, start: number, end: number): void {
    this.#bag.error(
      "FUS0024",
      this.#span(start, end),
      `Unknown format code '${code}'`,
      "Known: F N D X E P G and digit pictures",
    );
  }

  // ------------------------------------------------------------------------------------------------------------ directives

  #directive(start: number): void {
    const match = this.#matchAt(/#[ \t]*([A-Za-z]+|\d+)?/y);
    const word = match?.[1] ?? "";
    const end = start + (match?.[0].length ?? 1);
    const lineEnd = this.#columns.lineEndAt(start);
    this.#pos = end;
    switch (word) {
      case "if":
        return this.#openCondition(start, end, lineEnd);
      case "else":
      case "endif": {
        const open = this.#conditions[this.#conditions.length - 1];
        this.#pos = lineEnd;
        if (open === undefined || (word === "else" && open.inElse)) return this.#unbalanced(start, end);
        if (word === "endif") {
          this.#conditions.pop();
        } else {
          open.inElse = true;
          if (this.#skipText() === "endif") this.#conditions.pop();
        }
        return;
      }
      case "load":
        return this.#load(start, lineEnd);
      case "nowarn": {
        for (const code of this.#text.slice(end, lineEnd).match(/\bFUS\d{4}\b/g) ?? [])
          this.#suppressed.push(code);
        this.#pos = lineEnd;
        return;
      }
      case "r":
      case "I":
      case "reference": {
        this.#pos = lineEnd;
        const reference = /"([^"]*)"/.exec(this.#text.slice(end, lineEnd))?.[1] ?? "";
        if (word === "r" || word === "reference" ? this.#acceptsReference(reference) : false) return;
        this.#bag.error(
          "FUS0006",
          this.#span(start, end),
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
        this.#pos = lineEnd;
        this.#bag.info("FUS0013", this.#span(start, end), `Directive '#${word}' is ignored`, "Remove it");
        return;
      default:
        this.#pos = lineEnd;
        if (/^\d/.test(word)) {
          this.#bag.info("FUS0013", this.#span(start, end), "Directive '#line' is ignored", "Remove it");
          return;
        }
        this.#bag.error(
          "FUS0005",
          this.#span(start, end),
          `Unknown directive '#${word}'`,
          "Known: #load, #if, #else, #endif, #nowarn",
        );
    }
  }

  #openCondition(start: number, end: number, lineEnd: number): void {
    const text = this.#text.slice(end, lineEnd).replace(/\/\/.*$/, "");
    const value = evaluateCondition(text, this.#symbols);
    if (value === undefined) {
      this.#bag.error(
        "FUS0100",
        this.#span(start, lineEnd),
        "Unexpected text after '#if', expected a condition",
        "Write symbols with `&&`, `||`, `!` and parentheses",
      );
    }
    this.#pos = lineEnd;
    this.#conditions.push({ start, inElse: false });
    if (value === true) return;
    const stop = this.#skipText();
    if (stop === "endif") this.#conditions.pop();
    else if (stop === "else") {
      const open = this.#conditions[this.#conditions.length - 1];
      if (open !== undefined) open.inElse = true;
    }
  }

  /** Skips text that a condition leaves out, up to the `#else` or `#endif` that belongs to it. */
  #skipText(): "else" | "endif" | undefined {
    const mark = /^[ \t]*#[ \t]*(if|else|endif)\b[^\r\n]*/gm;
    mark.lastIndex = this.#pos;
    let depth = 0;
    for (let found = mark.exec(this.#text); found !== null; found = mark.exec(this.#text)) {
      const word = found[1];
      if (word === "if") depth++;
      else if (depth === 0) {
        this.#pos = mark.lastIndex;
        return word === "else" ? "else" : "endif";
      } else if (word === "endif") depth--;
    }
    this.#pos = this.#text.length;
    return undefined;
  }

  #unbalanced(start: number, end: number): void {
    this.#bag.error(
      "FUS0011",
      this.#span(start, end),
      "#if without #endif, or #else/#endif without #if",
      "Balance the directives",
    );
  }

  #load(start: number, lineEnd: number): void {
    const paths: { text: string; span: Span }[] = [];
    for (;;) {
      while (isBlank(this.#text.charCodeAt(this.#pos))) this.#pos++;
      const at = this.#pos;
      const isString = this.#text.charCodeAt(at) === 34 || this.#text.startsWith('@"', at);
      if (!isString || at >= lineEnd) break;
      const { value, end } = this.#scanString(at);
      paths.push({ text: value, span: this.#span(at, end) });
      this.#pos = end;
    }
    const end = this.#pos;
    if (paths.length === 0 || (end < lineEnd && !this.#text.startsWith("//", end))) {
      this.#bag.error(
        "FUS0100",
        this.#span(end, lineEnd),
        "Unexpected text after '#load', expected a path in quotes",
        'Write `#load "file.fsx"`',
      );
    }
    this.#add("directive", "#load", "#load", start, Math.max(end, start + 5), false, { type: "load", paths });
    this.#pos = Math.max(end, lineEnd);
  }
}
