/** Brackets: every opening one has its partner in the output, whatever the text says. */
import { CLOSER_OF, type Token, virtualToken } from "../lexer/token.js";
import type { Context } from "./context.js";
import { CONTINUATION, isInfix } from "./lines.js";
import type { LayoutState } from "./state.js";

const MAX_PILE = 3;
const DECLARATION_WORDS = new Set(["let", "type", "module", "open", "exception"]);

export function openBracket(state: LayoutState, token: Token): void {
  state.openAfter(token, "bracket", state.indent, "anything", token.word === "{" || token.word === "{|");
}

export function closeBracket(state: LayoutState, token: Token): void {
  let boundary = state.boundary();
  if (boundary.bracket !== undefined && CLOSER_OF.get(boundary.bracket.word) !== token.word) {
    if (!isPartner(state, token)) return dropCloser(state, token);
    while (boundary.bracket !== undefined && CLOSER_OF.get(boundary.bracket.word) !== token.word) {
      state.popTo(boundary);
      closeByForce(state, boundary.bracket, token, false);
      boundary = state.boundary();
    }
  }
  if (boundary.bracket === undefined) return dropCloser(state, token);
  state.popTo(boundary);
  state.pop();
  state.output.push(token);
}

/** Ends the bracket block on top, for which no closing bracket is there. */
export function closeByForce(state: LayoutState, bracket: Token, before: Token, atEnd: boolean): void {
  const hint = `The partner is expected before line ${before.line + 1}`;
  // Of a pile of brackets that are open at one place, the innermost say enough.
  const pile = state.findings.slice(-MAX_PILE).filter((finding) => finding.hint === hint).length;
  if (pile < MAX_PILE) state.find("FUS0101", bracket, `'${bracket.word}' is not closed`, hint, atEnd);
  state.pop();
  const closer = CLOSER_OF.get(bracket.word) ?? ")";
  const last = state.last() ?? before;
  state.output.push({
    ...virtualToken("end", last.end, last),
    kind: closer === "end" ? "keyword" : "symbol",
    word: closer,
    text: closer,
  });
}

/** In the second run: ends unclosed brackets whose construct the indentation says is over. */
export function abandonDoomed(state: LayoutState, token: Token, doomed: ReadonlySet<Token>): void {
  for (;;) {
    const boundary = state.boundary();
    const { bracket } = boundary;
    if (bracket === undefined || token.column > boundary.bracketIndent) return;
    // Closing brackets may have gone to the wrong partners, so a declaration ends every bracket that began at its left.
    if (!doomed.has(bracket) && !DECLARATION_WORDS.has(token.word)) return;
    if (isInfix(token) || CONTINUATION.has(token.word)) return;
    state.popTo(boundary);
    closeByForce(state, bracket, token, true);
  }
}

/** Leaves a closing bracket out; a row of them is one mistake. */
function dropCloser(state: LayoutState, token: Token): void {
  const row = state.dropped !== undefined && state.dropped.end === token.start;
  state.dropped = token;
  if (row) return;
  state.find("FUS0101", token, `'${token.word}' has no partner`, "Remove it, or write its partner before it");
}

/** Whether some open bracket, not necessarily the innermost, waits for this closing one. */
function isPartner(state: LayoutState, token: Token): boolean {
  for (let i = state.stack.length - 1; i >= 0; i--) {
    const { bracket } = state.stack[i] as Context;
    if (bracket !== undefined && CLOSER_OF.get(bracket.word) === token.word) return true;
  }
  state.searched += state.stack.length;
  return false;
}
