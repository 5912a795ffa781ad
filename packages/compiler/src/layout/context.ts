import type { Token } from "../lexer/token.js";

type ContextKind = "block" | "let" | "if" | "match" | "rules" | "loop" | "fun";

/** What opened a block; `(` `[` `{` … for bracket blocks, `file` for the outermost. */
export type Owner =
  | "file"
  | "bracket"
  | "let"
  | "type"
  | "module"
  | "field"
  | "fields"
  | "members"
  | "then"
  | "else"
  | "do"
  | "try"
  | "finally"
  | "fun"
  | "arm"
  | "in"
  | "assign";

/** How far the construct of an entry has been read. */
type Progress =
  /** `let` before its `=`. */
  | "pending"
  /** `if` before `then`, `match`/`try` before `with`, a loop before `do`, `fun` before `->`. */
  | "header"
  /** `if` between `then` and `else`. */
  | "then"
  | "complete";

/** Where the first token of a block may stand. */
export type Requirement = "deeper" | "deeper-or-bracketed" | "not-left" | "anything";

/** A token behind which a block starts. */
export interface Opener {
  readonly owner: Owner;
  readonly token: Token;
  readonly anchor: number;
  readonly requirement: Requirement;
  readonly fields: boolean;
}

/** An entry of the context stack (language reference 2.2). */
export interface Context {
  readonly kind: ContextKind;
  column: number;
  anchor: number;
  progress: Progress;
  /** Line of the token that pushed the entry. */
  readonly line: number;
  /** The keyword that pushed the entry; for a block, the text of its opener. */
  readonly word: string;
  readonly owner: Owner | undefined;
  /** The opening bracket of a bracket block. */
  readonly bracket: Token | undefined;
  /** `indent` of the line of the opening bracket. */
  readonly bracketIndent: number;
  /** Holds labels with `=`: a brace block, or the block after `with` in braces. */
  readonly fields: boolean;
  /** The first token stood on the line of the opener. */
  readonly inline: boolean;
  /** The first token was a `|` in the column of the anchor. */
  readonly bars: boolean;
  /** Of a `for`: still before its `in`. */
  awaitsIn: boolean;
}

/** An entry that is no block. */
export function makeContext(
  kind: Exclude<ContextKind, "block">,
  column: number,
  anchor: number,
  line: number,
  word: string,
): Context {
  return {
    kind,
    column,
    anchor,
    progress: "header",
    line,
    word,
    owner: undefined,
    bracket: undefined,
    bracketIndent: 0,
    fields: false,
    inline: false,
    bars: false,
    awaitsIn: false,
  };
}

/** The block behind an opener, whose first token is `first`. */
export function makeBlock(opener: Opener, first: Token, bars: boolean): Context {
  const { owner, token, anchor, fields } = opener;
  return {
    kind: "block",
    column: first.column,
    anchor,
    progress: "header",
    line: first.line,
    word: token.word,
    owner,
    bracket: owner === "bracket" ? token : undefined,
    bracketIndent: anchor,
    fields,
    inline: !first.bol,
    bars,
    awaitsIn: false,
  };
}

/** The outermost block. */
export function makeFileBlock(first: Token): Context {
  return {
    kind: "block",
    column: first.column,
    anchor: 0,
    progress: "header",
    line: first.line,
    word: "",
    owner: "file",
    bracket: undefined,
    bracketIndent: 0,
    fields: false,
    inline: false,
    bars: false,
    awaitsIn: false,
  };
}

/** Bracket blocks and the file block end every search. */
export function isBoundary(context: Context): boolean {
  return context.owner === "bracket" || context.owner === "file";
}
