/** Where a line starts: what its first token closes, continues or begins anew (language reference 2.4). */
import { CLOSERS, isQuoted, type Token } from "../lexer/token.js";
import { type Context, isBoundary, type Owner } from "./context.js";
import type { LayoutState } from "./state.js";

/** Words at the start of a line that go on with a `let` above. */
const LET_ENDS: ReadonlySet<string> = new Set(["in", "and", "with"]);
/** Words and symbols that cannot start an item: they go on with what is before them. */
export const CONTINUATION: ReadonlySet<string> = new Set([
  ..."then else elif with finally do done in and of end when as to downto -> <- = : , ; |".split(" "),
  ...CLOSERS,
]);
/** Symbols that are binary operators. */
const INFIX_SYMBOLS = new Set(["=", "::", ":=", ":>", ":?", ":?>"]);
const ENDING_KEYWORDS = new Set(["true", "false", "null", "done", "end", "break", "continue"]);
const ENDING_SYMBOLS = new Set([")", "]", "}", "|]", "|}", ">]", "_", "›"]);

/** Section 2.4: what a token at the start of a line closes. */
export function startLine(state: LayoutState, token: Token): void {
  for (;;) {
    const top = state.top();
    switch (top.kind) {
      case "block": {
        if (isBoundary(top)) {
          if (token.column < top.column && top.word !== "(" && top.word !== "begin")
            top.column = token.column;
          if (token.column === top.column) separate(state, token);
          return;
        }
        if (token.column < top.column || (top.bars && token.column === top.column && token.word !== "|")) {
          if (continuesBlock(state, token, top)) return;
          if (fitsNoBlock(state, token, top)) {
            // It is read as the next line of the block: what follows it is probably in the same column.
            top.column = token.column;
            separate(state, token);
            return;
          }
          state.pop();
          continue;
        }
        if (token.column === top.column) separate(state, token);
        return;
      }
      case "rules":
        if (token.word === "|" ? token.column >= top.column : token.column > top.column) return;
        break;
      case "let":
        if (LET_ENDS.has(token.word)) return;
        if (top.progress === "pending" && (token.word === "=" || token.column > top.column)) return;
        if (token.column > top.column) {
          state.find(
            "FUS0112",
            token,
            "This line fits no open block",
            `It is left of column ${closedColumn(state, top) + 1} but right of the '${top.word}' at line ${top.line + 1}`,
          );
          state.stack.pop();
          state.virtual("separator", token);
          return;
        }
        break;
      default:
        if (awaits(top, token.word)) return;
        if (top.progress === "header" && token.column > top.column) return;
    }
    state.stack.pop();
  }
}

/** Column of the block that has just been closed above a `let`. */
function closedColumn(state: LayoutState, entry: Context): number {
  for (let i = state.output.length - 1, depth = 0; i >= 0; i--) {
    const token = state.output[i];
    if (token?.kind === "end") depth++;
    else if (token?.kind === "begin" && --depth === 0) return token.column;
  }
  return entry.column;
}

/** Left of a block, but right of the `let` that owns it: FUS0112. */
function fitsNoBlock(state: LayoutState, token: Token, block: Context): boolean {
  const owner = state.stack[state.stack.length - 2];
  if (block.owner !== "let" || owner?.kind !== "let" || owner.progress === "pending") return false;
  if (token.column <= owner.column || LET_ENDS.has(token.word)) return false;
  state.find(
    "FUS0112",
    token,
    "This line fits no open block",
    `It is left of column ${block.column + 1} but right of the '${owner.word}' at line ${owner.line + 1}`,
  );
  return true;
}

/** The rules of 2.4 by which a token left of a block still belongs to it. */
function continuesBlock(state: LayoutState, token: Token, block: Context): boolean {
  const { owner } = block;
  const infix = isInfix(token);
  if (infix) {
    if (token.column >= block.column - token.text.length - 1) return true;
    if (isContinued(owner) && token.column > block.anchor) return true;
  }
  if (!infix && !CONTINUATION.has(token.word) && block.inline && token.column > block.anchor) {
    if (isContinued(owner) || owner === "fun") return true;
  }
  if (token.word === "|") {
    return barTarget(state, token) !== undefined || state.search(isBarTarget) === undefined;
  }
  return false;
}

function separate(state: LayoutState, token: Token): void {
  const last = state.last();
  if (last === undefined || last.kind === "begin" || last.kind === "separator") return;
  // `do` waits for no loop when it gets here, so it starts an item; a label never does.
  if (token.word === "." || isInfix(token) || (CONTINUATION.has(token.word) && token.word !== "do")) return;
  if (!canEndItem(last)) return;
  state.virtual("separator", token);
}

/** What a bar starts a clause or a case of; nothing for one between the alternatives of a pattern that `for` or `let` binds. */
export function barTarget(state: LayoutState, bar: Token): Context | undefined {
  const { kind, progress, awaitsIn } = state.top();
  if (!bar.bol && (awaitsIn || (kind === "let" && progress === "pending"))) return undefined;
  return state.search(
    (entry) => isBarTarget(entry) && (!bar.bol || entry.kind === "block" || entry.column <= bar.column),
  );
}

export function isInfix(token: Token): boolean {
  if (token.kind === "operator") return !token.prefix && token.word !== "?";
  if (token.kind === "symbol") return INFIX_SYMBOLS.has(token.word);
  return token.kind === "name" && token.text === "or" && !isQuoted(token);
}

function canEndItem(token: Token): boolean {
  switch (token.kind) {
    case "operator":
      return false;
    case "keyword":
      return ENDING_KEYWORDS.has(token.word);
    case "symbol":
      return ENDING_SYMBOLS.has(token.word);
    default:
      return true;
  }
}

/** Owners whose block an operator left of it may continue. */
function isContinued(owner: Owner | undefined): boolean {
  return owner === "let" || owner === "type" || owner === "field" || owner === "arm" || owner === "assign";
}

function isBarTarget(entry: Context): boolean {
  return entry.kind === "rules" || entry.owner === "type";
}

/** Whether the entry waits for this word (the last line of 2.4). */
function awaits(entry: Context, word: string): boolean {
  switch (entry.kind) {
    case "if":
      return entry.progress === "header"
        ? word === "then"
        : entry.progress === "then" && (word === "else" || word === "elif");
    case "match":
      return entry.progress === "header" && (word === "with" || (word === "finally" && entry.word === "try"));
    case "loop":
      return (
        word === "done" || (entry.progress === "header" && (word === "do" || word === "in" || word === "->"))
      );
    default:
      return entry.progress === "header" && word === "->";
  }
}
