import { type AbsentFeature, reportAbsent } from "../diagnostics/absent-features.js";
import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Token, TokenKind } from "../lexer/token.js";
import type { Source, Span } from "../source/source.js";
import type { Declaration, Expr, Item, Name } from "../syntax/ast.js";

/** Height that a tree may have: the stages behind the parser recurse over it. */
const MAX_HEIGHT = 400;

/** Leaves the construct that cannot be read; whoever reads a list of items catches it and goes on behind the next separator. */
export class SyntaxUnwind extends Error {
  override readonly name = "SyntaxUnwind";
}

/** Leaves everything up to the top-level item: the program is nested too deeply. */
export class DepthUnwind extends Error {
  override readonly name = "DepthUnwind";
}

// They carry nothing and are thrown often when a text is no program, so they are made once.
const UNWIND = new SyntaxUnwind();
const TOO_DEEP = new DepthUnwind();

/** What kind of sequence an item belongs to; decides where `yield`, `return` and `let!` may stand. */
export type Surroundings = "plain" | "collection" | "computation";

/**
 * The parts of the grammar that contain one another. The files of the parser reach them through the cursor, because an expression
 * holds blocks, a block items, and an item expressions again.
 */
export interface Grammar {
  /** An expression with its operators. */
  expression(c: Cursor): Expr;
  /** `BEGIN items END`; `opener` is the word before it. */
  block(c: Cursor, opener: string): Expr;
  /** Items up to the end of the block, or up to one of `stops` behind the first item. */
  items(c: Cursor, stops?: ReadonlySet<string>): Item[];
  /** A declaration of a type, module or exception. */
  declaration(c: Cursor): Declaration | undefined;
}

/** What a recovery restores. */
export interface Bookmark {
  readonly nesting: number;
  readonly depth: number;
  readonly surroundings: Surroundings;
  readonly inLoop: boolean;
}

/** The position in the filtered tokens, and what the parser knows about where it is. */
export class Cursor {
  readonly source: Source;
  readonly bag: DiagnosticBag;
  readonly grammar: Grammar;
  /** The current token; never beyond the `eof`. */
  token: Token;
  surroundings: Surroundings = "plain";
  /** Declarations that stand inside of an expression, which was reported. They are read as if they stood before it. */
  readonly misplaced: Declaration[] = [];
  inLoop = false;
  /** Height of the node that was built last. */
  height = 0;
  /** End and line of the last token of the text that was passed. */
  lastEnd = 0;
  lastLine = 0;
  /** Virtual blocks that are open. */
  depth = 0;
  /** Line of the first token of the innermost item, for messages about what was not finished. */
  itemLine = 0;
  /** An adjacent bracket that turned out to be a list argument and waits for the application around. */
  pendingArgument: Expr | undefined;
  #tokens: readonly Token[];
  #at = 0;
  #nesting = 0;
  #lastError = -1;
  readonly #truncated: boolean;
  /** Reads a hole of an interpolated string, where the `eof` token is its closing brace. */
  #inHole = false;
  #definesArrow: boolean | undefined;

  constructor(
    source: Source,
    tokens: readonly Token[],
    bag: DiagnosticBag,
    truncated: boolean,
    grammar: Grammar,
  ) {
    this.grammar = grammar;
    this.source = source;
    this.bag = bag;
    this.#tokens = tokens;
    this.#truncated = truncated;
    this.token = tokenAt(tokens, 0);
    this.lastEnd = this.token.start;
  }

  // ---------------------------------------------------------------------------------------------------------------- moving

  /** Passes the current token. */
  advance(): Token {
    const token = this.token;
    switch (token.kind) {
      case "begin":
        this.depth++;
        break;
      case "end":
        this.depth--;
        break;
      case "separator":
        break;
      case "eof":
        return token;
      default:
        this.lastEnd = token.end;
        this.lastLine = token.line;
    }
    this.token = tokenAt(this.#tokens, ++this.#at);
    return token;
  }

  /** The token before the current one, virtual or not. */
  previous(): Token {
    return tokenAt(this.#tokens, Math.max(0, this.#at - 1));
  }

  peek(distance: number): Token {
    return tokenAt(this.#tokens, this.#at + distance);
  }

  at(word: string): boolean {
    return this.token.word === word;
  }

  /** Passes the current token if it is this word. */
  eat(word: string): boolean {
    if (this.token.word !== word) return false;
    this.advance();
    return true;
  }

  expect(word: string, hint?: string): Token {
    if (this.token.word !== word) this.fail(`'${word}'`, hint);
    return this.advance();
  }

  /** Passes `word`, which belongs to `opener`. Where it is missing and the line of `opener` is over, that line is the place to mend. */
  expectPartner(word: string, opener: Token): Token {
    if (this.token.word === word) return this.advance();
    if (this.#nextReal().line === opener.line || this.#truncated || this.#inHole)
      return this.fail(`'${word}'`, PARTNER_HINTS.get(opener.word));
    this.#error(
      "FUS0121",
      this.spanOf(opener),
      `'${opener.word}' without matching '${word}'`,
      // A block in braces has been read as a record.
      (this.#closesBraces() ? PARTNER_HINTS.get(opener.word) : undefined) ??
        `Write '${word}' at the end of the line, before the block`,
    );
    throw UNWIND;
  }

  /** The last token of the text that was passed is a closing brace. */
  #closesBraces(): boolean {
    let at = this.#at - 1;
    while (this.#tokens[at]?.kind === "end") at--;
    return this.#tokens[at]?.word === "}";
  }

  /** The file defines the operator `=>` itself, as F# allows. */
  get definesArrow(): boolean {
    this.#definesArrow ??= /\(\s*=>\s*\)/.test(this.source.text);
    return this.#definesArrow;
  }

  is(kind: TokenKind): boolean {
    return this.token.kind === kind;
  }

  /** Passes the current token, which must be of this kind. */
  expectKind(kind: TokenKind, expected: string): Token {
    if (this.token.kind !== kind) this.fail(expected);
    return this.advance();
  }

  atSeparator(): boolean {
    return this.token.kind === "separator" || this.token.word === ";";
  }

  skipSeparators(): void {
    while (this.atSeparator()) this.advance();
  }

  /** At the end of the innermost block, or of the file. */
  atBlockEnd(): boolean {
    return this.token.kind === "end" || this.token.kind === "eof";
  }

  atItemEnd(): boolean {
    return this.atSeparator() || this.atBlockEnd();
  }

  /** Runs `parse` over other tokens (a hole of an interpolated string) and comes back. */
  within<T>(tokens: readonly Token[], parse: () => T): T {
    const { token, lastEnd, lastLine, depth } = this;
    const outer = this.#tokens;
    const at = this.#at;
    const inHole = this.#inHole;
    this.#inHole = true;
    this.#tokens = tokens;
    this.#at = 0;
    this.token = tokenAt(tokens, 0);
    this.depth = 0;
    try {
      return parse();
    } finally {
      this.#tokens = outer;
      this.#at = at;
      this.token = token;
      this.lastEnd = lastEnd;
      this.lastLine = lastLine;
      this.depth = depth;
      this.#inHole = inHole;
    }
  }

  /** The place to come back to when a reading turns out wrong. */
  mark(): { readonly at: number; readonly lastEnd: number; readonly depth: number } {
    return { at: this.#at, lastEnd: this.lastEnd, depth: this.depth };
  }

  reset(mark: { readonly at: number; readonly lastEnd: number; readonly depth: number }): void {
    this.#at = mark.at;
    this.token = tokenAt(this.#tokens, mark.at);
    this.lastEnd = mark.lastEnd;
    this.depth = mark.depth;
  }

  // --------------------------------------------------------------------------------------------------------- surroundings

  /** Changes the surroundings; the result restores them. An error on the way restores them by the bookmark of the recovery. */
  surround(surroundings: Surroundings, inLoop: boolean): Pick<Bookmark, "surroundings" | "inLoop"> {
    const outer = { surroundings: this.surroundings, inLoop: this.inLoop };
    this.surroundings = surroundings;
    this.inLoop = inLoop;
    return outer;
  }

  restore(outer: Pick<Bookmark, "surroundings" | "inLoop">): void {
    this.surroundings = outer.surroundings;
    this.inLoop = outer.inLoop;
  }

  // --------------------------------------------------------------------------------------------------------------- spans

  /** From `start` to the last token that was passed. */
  spanFrom(start: number): Span {
    return { source: this.source, start, end: Math.max(start, this.lastEnd) };
  }

  spanOf(token: Token): Span {
    return { source: this.source, start: token.start, end: token.end };
  }

  nameOf(token: Token): Name {
    return { text: token.text, span: this.spanOf(token) };
  }

  // -------------------------------------------------------------------------------------------------------------- nesting

  /** Enters a construct that can contain itself. */
  enter(): void {
    if (++this.#nesting > MAX_HEIGHT) this.tooDeep();
  }

  leave(): void {
    this.#nesting--;
  }

  /** Notes that a node was built over parts of at most this height. */
  built(partHeight: number): void {
    this.height = partHeight + 1;
    if (this.height > MAX_HEIGHT) this.tooDeep();
  }

  tooDeep(): never {
    this.bag.error(
      "FUS0129",
      this.spanOf(this.token),
      "Nested too deeply",
      `Bind inner parts with \`let\` or move them into functions; at most ${MAX_HEIGHT} levels are read`,
    );
    throw TOO_DEEP;
  }

  bookmark(): Bookmark {
    return {
      nesting: this.#nesting,
      depth: this.depth,
      surroundings: this.surroundings,
      inLoop: this.inLoop,
    };
  }

  /** After an error: takes up the state of `bookmark` and skips to the next separator, the end of its block, or `stop`. */
  recover(bookmark: Bookmark, stop?: string): void {
    this.#nesting = bookmark.nesting;
    this.surroundings = bookmark.surroundings;
    this.inLoop = bookmark.inLoop;
    this.pendingArgument = undefined;
    this.height = 1;
    while (this.token.kind !== "eof") {
      if (this.depth < bookmark.depth) return;
      if (this.depth === bookmark.depth && (this.atItemEnd() || (stop !== undefined && this.at(stop))))
        return;
      this.advance();
    }
  }

  // --------------------------------------------------------------------------------------------------------------- errors

  /** Reports that something else was expected here, and gives the construct up. */
  fail(expected: string, hint?: string): never {
    this.complain(expected, hint);
    throw UNWIND;
  }

  /** Reports a form of other languages, of which `word` is a part, and gives the construct up. */
  foreign(word: Token, fusabi: string): never {
    this.#error(
      "FUS0128",
      this.spanOf(word),
      `Looks like another language: '${word.text}'`,
      `Fusabi writes ${fusabi}`,
    );
    throw UNWIND;
  }

  /** Reports what F# has and Fusabi has not, and gives the construct up. */
  absent(feature: AbsentFeature, token: Token = this.token): never {
    reportAbsent(this.bag, this.spanOf(token), feature);
    throw UNWIND;
  }

  /** Gives the construct up after a report of its own. */
  unwind(): never {
    throw UNWIND;
  }

  /** Reports that something else was expected here. */
  complain(expected: string, hint?: string): void {
    const next = this.#nextReal();
    if (next.kind === "eof" && !this.#inHole) {
      // What is missing at the end is no news if the lexer swallowed the rest.
      if (this.#truncated) return;
      this.#error(
        "FUS0110",
        { source: this.source, start: Math.max(0, this.lastEnd - 1), end: this.lastEnd },
        `Unexpected end of file, expected ${expected}`,
        `The construct starts at line ${this.itemLine + 1}`,
      );
    } else if (next.kind === "eof") {
      if (!this.#truncated) this.#error("FUS0100", this.spanOf(next), `Unexpected '}', expected ${expected}`);
    } else if (next !== this.token && next.bol) {
      this.#error(
        "FUS0100",
        { source: this.source, start: Math.max(0, this.lastEnd - 1), end: this.lastEnd },
        `Unexpected end of line, expected ${expected}`,
        hint,
      );
    } else {
      const opener = OPENER_OF.get(next.word);
      if (opener !== undefined && !expected.includes(`'${next.word}'`) && EXPRESSION_ENDS.has(expected)) {
        this.#error("FUS0121", this.spanOf(next), `'${next.word}' without matching '${opener}'`);
      } else {
        this.#error(
          "FUS0100",
          this.spanOf(next),
          `Unexpected ${describe(next)}, expected ${expected}`,
          hint ??
            (expected === END_OF_ITEM ? this.#strayHint(next) : undefined) ??
            this.#reservedHint(expected),
        );
      }
    }
  }

  #strayHint({ word, start }: Token): string | undefined {
    const line = this.source.text.slice(this.source.text.lastIndexOf("\n", start) + 1, start);
    const signature = word === "->" ? /^\s*(\w+)\s*::/.exec(line) : null;
    return signature === null
      ? STRAY_HINTS.get(word)
      : `Types stand where the function is defined: \`let ${signature[1]} (x: int) : int = ...\``;
  }

  /** Where a name should stand, a reserved word is probably meant as one. */
  #reservedHint(expected: string): string | undefined {
    if (!NAME_PLACES.has(expected)) return undefined;
    const { token } = this;
    const word = token.kind === "keyword" || token.word !== "=" ? token : this.previous();
    if (word.kind !== "keyword" || !/^[a-z]+$/.test(word.word) || word.word === "let") return undefined;
    return `'${word.word}' is a reserved word; choose another name`;
  }

  /** Reports that the block behind `opener` is empty; call it at the end of that block. */
  missingBlock(opener: string): void {
    const next = this.#nextReal();
    if (next.kind === "eof" && this.#truncated) return;
    const span =
      next.kind === "eof"
        ? { source: this.source, start: Math.max(0, this.lastEnd - 1), end: this.lastEnd }
        : this.spanOf(next);
    this.#error(
      "FUS0111",
      span,
      `Expected an indented block after '${opener}'`,
      `Indent the next line further than line ${this.lastLine + 1}`,
    );
  }

  #error(code: string, span: Span, message: string, hint?: string): void {
    // A second complaint about one place is a consequence of the first.
    if (span.start === this.#lastError) return;
    this.#lastError = span.start;
    this.bag.error(code, span, message, hint);
  }

  /** The current token, or the first behind it that stands in the text. */
  #nextReal(): Token {
    for (let distance = 0; ; distance++) {
      const token = this.peek(distance);
      if (token.kind !== "begin" && token.kind !== "end" && token.kind !== "separator") return token;
    }
  }
}

/** What stood where an expression had to go on or to end: there, a word such as `else` has lost its partner. */
export const END_OF_ITEM = "an operator, ';' or a new line";
export const AN_EXPRESSION = "an expression";
/** How a construct is written as a whole. */
const PARTNER_HINTS: ReadonlyMap<string, string> = new Map([
  ["if", "Write `if condition then ... else ...`, without braces"],
  ["elif", "Write `elif condition then ...`, without braces"],
  ["while", "Write `while condition do ...`, without braces"],
  ["for", "Write `for x in items do ...`, or `for i = 1 to n do ...`"],
]);

/** What is meant by a word where an expression had to go on or to end. */
const STRAY_HINTS: ReadonlyMap<string, string> = new Map([
  ["->", "A function without a name is written `fun x -> ...`"],
  ["of", "Write `match x with | pattern -> ...`"],
]);

/** What is expected where a program can give a name of its own. */
const NAME_PLACES: ReadonlySet<string> = new Set(["a pattern", "a name", "a label", "a parameter", "a type"]);
const EXPRESSION_ENDS: ReadonlySet<string> = new Set([END_OF_ITEM, AN_EXPRESSION]);

const OPENER_OF: ReadonlyMap<string, string> = new Map([
  ["then", "if"],
  ["else", "if"],
  ["elif", "if"],
  ["with", "match"],
  ["finally", "try"],
  ["in", "let"],
  ["done", "do"],
  ["and", "let rec"],
]);

function tokenAt(tokens: readonly Token[], at: number): Token {
  const token = tokens[Math.min(at, tokens.length - 1)];
  if (token === undefined) throw new RangeError("A token stream ends with an eof token");
  return token;
}

function describe(token: Token): string {
  switch (token.kind) {
    case "string":
    case "interpolated":
      return "string";
    case "char":
      return "character";
    case "type-variable":
      return `''${token.text}'`;
    default:
      return token.text.length <= 40 ? `'${token.text}'` : `'${token.text.slice(0, 37)}...'`;
  }
}
