import type { Span } from "../source/source.js";
import type { Literal } from "../syntax/ast.js";

export type TokenKind =
  | "name"
  | "keyword"
  | "symbol"
  | "operator"
  | "type-variable"
  | "int"
  | "float"
  | "char"
  | "string"
  | "interpolated"
  | "directive"
  /** The virtual tokens of the layout filter. */
  | "begin"
  | "end"
  | "separator"
  | "eof";

export interface Token {
  readonly kind: TokenKind;
  /** The text of a keyword, symbol, operator or directive; the empty string for every other token, so that one comparison decides. */
  readonly word: string;
  /** What stands in the source; for names without back-ticks, for type variables without the quote. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Line and column from 0; the column counts code points, tabs go to the next multiple of 4. */
  readonly line: number;
  readonly column: number;
  /** First token on its line. */
  readonly bol: boolean;
  /** Nothing between the previous token and this one. */
  readonly glued: boolean;
  /** A prefix operator, or a sign that is one by its surroundings (language reference 1.9). */
  readonly prefix: boolean;
  readonly value: TokenValue | undefined;
}

export type TokenValue =
  | Literal
  | { readonly type: "template"; readonly parts: readonly TemplatePart[] }
  | { readonly type: "load"; readonly paths: readonly { readonly text: string; readonly span: Span }[] };

/** A piece of an interpolated string; the tokens of a hole end with an `eof` token at its closing brace. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "hole";
      readonly tokens: readonly Token[];
      readonly width: number | undefined;
      readonly format: string | undefined;
      readonly specifier: string | undefined;
      readonly span: Span;
    };

/** What the lexer makes of a source. */
export interface Tokens {
  /** Ends with an `eof` token. */
  readonly tokens: readonly Token[];
  /** Codes named by `#nowarn`. */
  readonly suppressed: readonly string[];
  /** A string, comment or hole ran to the end of the file: what later stages find missing there is a consequence of that. */
  readonly truncated: boolean;
}

/** The angle brackets of type arguments, as the word of their tokens; the comparison operators are `<` and `>`. */
export const TYPE_OPEN = "‹";
export const TYPE_CLOSE = "›";

/**
 * Reserved words. Each is a literal, so that the engine knows one text of it, and tells whether a token is that word by looking at where
 * the text is and not at what it says; the parts of a text that was split would be other texts.
 */
export const KEYWORDS: ReadonlyMap<string, string> = named([
  "and",
  "as",
  "assert",
  "begin",
  "break",
  "continue",
  "do",
  "done",
  "downto",
  "elif",
  "else",
  "end",
  "exception",
  "false",
  "finally",
  "for",
  "fun",
  "function",
  "if",
  "in",
  "lazy",
  "let",
  "match",
  "module",
  "mutable",
  "null",
  "of",
  "open",
  "rec",
  "return",
  "then",
  "to",
  "true",
  "try",
  "type",
  "upcast",
  "downcast",
  "use",
  "when",
  "while",
  "with",
  "yield",
  "let!",
  "use!",
  "and!",
  "do!",
  "return!",
  "yield!",
  "match!",
  "while!",
]);

/** Operator runs that are symbols of their own, beside those that start with `:` or `..`. */
export const SYMBOL_RUNS: ReadonlyMap<string, string> = named(["->", "<-", "|", "=", "."]);

/** The closing partner of every opening bracket. */
export const CLOSER_OF: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["[|", "|]"],
  ["{", "}"],
  ["{|", "|}"],
  ["[<", ">]"],
  ["begin", "end"],
]);

export const CLOSERS: ReadonlySet<string> = new Set(CLOSER_OF.values());

/** True of a name written between back-ticks, which is never a word with a special meaning. */
export function isQuoted(token: Token): boolean {
  return token.end - token.start !== token.text.length;
}

/** A token that is a name or a constant as a whole, in an expression as in a pattern. */
export function isNameOrConstant(token: Token): boolean {
  switch (token.kind) {
    case "name":
      return token.text !== "or" || isQuoted(token);
    case "int":
    case "float":
    case "char":
    case "string":
    case "interpolated":
      return true;
    default:
      return false;
  }
}

/** A token that no character of the source stands for, placed at `place`. */
export function virtualToken(kind: "begin" | "end" | "separator", offset: number, place: Token): Token {
  return {
    kind,
    word: "",
    text: "",
    start: offset,
    end: offset,
    line: place.line,
    column: place.column,
    bol: false,
    glued: false,
    prefix: false,
    value: undefined,
  };
}

function named(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(words.map((word) => [word, word]));
}
