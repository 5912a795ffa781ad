import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Source, Span } from "../source/source.js";
import { Columns } from "./columns.js";
import type { Token, TokenKind, TokenValue } from "./token.js";

/** Symbols that are always defined for `#if`. */
const DEFINED: readonly string[] = ["FUSABI", "INTERACTIVE"];

/** What the text is read with: what `#if` knows, and which references of `#r` are allowed. */
export interface LexerOptions {
  /** Symbols for `#if`, beside `FUSABI` and `INTERACTIVE`. */
  readonly symbols?: ReadonlySet<string>;
  /** Whether the host takes a reference of `#r`; without it `#r` is an error. */
  readonly acceptsReference?: (reference: string) => boolean;
}

/** Where the lexer stands, and what it has made of the text so far. */
export class Scanner {
  readonly text: string;
  readonly symbols: ReadonlySet<string>;
  readonly acceptsReference: (reference: string) => boolean;
  readonly columns: Columns;
  /** Codes named by `#nowarn`. */
  readonly suppressed: string[] = [];
  /** `#if` that are open. */
  readonly conditions: { readonly start: number; inElse: boolean }[] = [];
  tokens: Token[] = [];
  pos = 0;
  /** Line on which the last token ended; a token on a later line is the first of its line. */
  lastLine = -1;
  lastEnd = -1;
  /** Attribute brackets that are open. */
  attributes = 0;
  /** Interpolated strings that are open. */
  templates = 0;
  /** A string, comment or hole ran to the end of the text. */
  truncated = false;
  /** The first string that goes over several lines and probably should not: where it starts, and the tokens before it. */
  longString: { readonly tokens: number; readonly start: number } | undefined;

  /** `readToken` reads one token at the current position: a hole of a string holds tokens again. */
  constructor(
    readonly source: Source,
    readonly bag: DiagnosticBag,
    options: LexerOptions,
    readonly readToken: (scan: Scanner) => void,
  ) {
    this.text = source.text;
    this.symbols = new Set([...DEFINED, ...(options.symbols ?? [])]);
    this.acceptsReference = options.acceptsReference ?? (() => false);
    if (this.text.charCodeAt(0) === 0xfeff) this.pos = 1;
    this.columns = new Columns(source, this.pos);
  }

  span(start: number, end: number): Span {
    return { source: this.source, start, end };
  }

  /** Adds the token between two offsets, and goes on behind it. */
  add(
    kind: TokenKind,
    word: string,
    text: string,
    start: number,
    end: number,
    prefix = false,
    value?: TokenValue,
  ): void {
    const line = this.columns.lineAt(start);
    const bol = line > this.lastLine;
    if (bol && kind !== "eof" && this.columns.hasTabBefore(start)) this.#tabInIndentation(line, start);
    this.tokens.push({
      kind,
      word,
      text,
      start,
      end,
      line,
      column: this.columns.columnAt(start),
      bol,
      glued: start === this.lastEnd,
      prefix,
      value,
    });
    this.pos = end;
    this.lastEnd = end;
    // Only strings can end on another line than they start on.
    this.lastLine = kind === "string" ? this.columns.lineAt(end - 1) : line;
  }

  #tabInIndentation(line: number, start: number): void {
    this.bag.warning(
      "FUS0007",
      this.span(this.source.lineStarts[line] ?? 0, start),
      "Tab in indentation",
      "Use spaces; a tab counts to the next multiple of 4",
    );
  }

  /** Adds the symbol that stands at the current position. */
  symbol(word: string): void {
    this.add("symbol", word, word, this.pos, this.pos + word.length);
  }

  /** Matches a sticky pattern at the current position. */
  matchAt(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.pos;
    return pattern.exec(this.text) ?? undefined;
  }

  error(code: string, start: number, end: number, message: string, hint?: string): void {
    this.bag.error(code, this.span(start, end), message, hint);
  }

  warning(code: string, start: number, end: number, message: string, hint?: string): void {
    this.bag.warning(code, this.span(start, end), message, hint);
  }

  info(code: string, start: number, end: number, message: string, hint?: string): void {
    this.bag.info(code, this.span(start, end), message, hint);
  }
}
