/**
 * Tells the angle brackets of type arguments from comparisons (language reference 3.5): `name<...>` without a blank is a type
 * application if a balanced list of types follows, and behind it something that cannot be the right side of a comparison, or an
 * argument after a blank, as in F#. It is decided here, before layout, because a closing `>` may end an item and a comparison cannot.
 */
import { isNameOrConstant, type Token, TYPE_CLOSE, TYPE_OPEN } from "./token.js";

/** Longer or deeper lists are read as comparisons; the bounds keep a file full of `<` linear. */
const MAX_TOKENS = 400;
const MAX_DEPTH = 24;

const FOLLOWERS = new Set([
  "(",
  ")",
  "]",
  "}",
  ",",
  ";",
  ";;",
  ".",
  "|]",
  "|}",
  ">]",
  "=",
  ":",
  ":>",
  ":?",
  ":?>",
  "->",
  "|",
  "::",
  "..",
  "then",
  "else",
  "elif",
  "with",
  "do",
  "done",
  "in",
  "of",
  "end",
  "when",
  "as",
  "to",
  "downto",
  "and",
]);
const ARGUMENT_WORDS = new Set(["[", "[|", "{", "{|", "true", "false", "null", "begin"]);
const INSIDE_TYPES: ReadonlySet<string> = new Set([
  ".",
  ",",
  "*",
  "->",
  "_",
  "#",
  "(",
  ")",
  "[",
  "]",
  "{|",
  "|}",
  ":",
  ";",
]);
const INSIDE_UNITS: ReadonlySet<string> = new Set(["*", "/", "^", "_", "(", ")"]);

export function markTypeArguments(tokens: readonly Token[]): readonly Token[] {
  const edits = new Map<number, readonly Token[]>();
  for (let i = 1; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.word !== "<" || !token.glued || edits.has(i)) continue;
    const before = tokens[i - 1]?.kind;
    // Behind a number stands a unit of measure, which the parser refuses.
    if (before === "name") mark(tokens, i, INSIDE_TYPES, edits);
    else if (before === "int" || before === "float") mark(tokens, i, INSIDE_UNITS, edits);
  }
  if (edits.size === 0) return tokens;
  const result: Token[] = [];
  let from = 0;
  for (const at of [...edits.keys()].sort((a, b) => a - b)) {
    for (let i = from; i < at; i++) result.push(tokens[i] as Token);
    for (const token of edits.get(at) ?? []) result.push(token);
    from = at + 1;
  }
  for (let i = from; i < tokens.length; i++) result.push(tokens[i] as Token);
  return result;
}

/** Where the list that starts at `opening` ends, or -1 if it is no list of types. */
function closingOf(tokens: readonly Token[], opening: number, inside: ReadonlySet<string>): number {
  let depth = 0;
  let brackets = 0;
  const limit = Math.min(tokens.length, opening + MAX_TOKENS);
  for (let i = opening; i < limit; i++) {
    const token = tokens[i] as Token;
    if (token.word === "<") {
      if (++depth > MAX_DEPTH) return -1;
    } else if (token.kind === "operator" && token.word.startsWith(">")) {
      const closing = closers(token);
      const rest = token.word.slice(closing);
      if (closing > depth || (rest !== "" && (rest !== "." || closing !== depth))) return -1;
      depth -= closing;
      if (depth === 0) return brackets === 0 && (rest === "." || mayFollow(tokens[i + 1])) ? i : -1;
    } else if (token.kind !== "name" && token.kind !== "type-variable" && token.kind !== "string") {
      if (!inside.has(token.word)) return -1;
      if (token.word === "(" || token.word === "[" || token.word === "{|") brackets++;
      else if ((token.word === ")" || token.word === "]" || token.word === "|}") && --brackets < 0) return -1;
    }
  }
  return -1;
}

/** How many lists the token closes. */
function closers(token: Token): number {
  return /^>+/.exec(token.word)?.[0].length ?? 0;
}

function mark(
  tokens: readonly Token[],
  opening: number,
  inside: ReadonlySet<string>,
  edits: Map<number, readonly Token[]>,
): void {
  const closing = closingOf(tokens, opening, inside);
  for (let i = opening; i <= closing; i++) {
    const token = tokens[i] as Token;
    if (token.word === "<") edits.set(i, [{ ...token, kind: "symbol", word: TYPE_OPEN }]);
    else if (token.kind === "operator" && token.word.startsWith(">")) {
      const pieces: Token[] = [];
      for (let k = 0; k < closers(token); k++) pieces.push(piece(token, TYPE_CLOSE, ">", k));
      if (token.word.endsWith(".")) pieces.push(piece(token, ".", ".", pieces.length));
      edits.set(i, pieces);
    }
  }
}

function mayFollow(token: Token | undefined): boolean {
  if (token === undefined || token.kind === "eof" || token.bol) return true;
  if (token.kind === "operator") return !token.prefix || !token.glued;
  return FOLLOWERS.has(token.word) || (!token.glued && startsArgument(token));
}

function startsArgument(token: Token): boolean {
  return isNameOrConstant(token) || ARGUMENT_WORDS.has(token.word);
}

function piece(token: Token, word: string, text: string, at: number): Token {
  return {
    ...token,
    kind: "symbol",
    word,
    text,
    start: token.start + at,
    end: token.start + at + 1,
    column: token.column + at,
    bol: token.bol && at === 0,
    glued: token.glued || at > 0,
    prefix: false,
  };
}
