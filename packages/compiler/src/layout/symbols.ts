/** What symbols open, continue and close (language reference 2.5). */
import { type Token, virtualToken } from "../lexer/token.js";
import { closeByForce, openBracket } from "./brackets.js";
import { barTarget } from "./lines.js";
import type { LayoutState } from "./state.js";

const INLINE_ASSIGN = new Set(["if", "match", "try", "let", "for", "while"]);

export function applySymbol(state: LayoutState, token: Token, next: number): void {
  switch (token.word) {
    case "(":
    case "[":
    case "[|":
    case "{":
    case "{|":
    case "[<":
      state.output.push(token);
      return openBracket(state, token);
    case "->":
      return applyArrow(state, token);
    case "|": {
      const target = barTarget(state, token);
      if (target !== undefined) {
        state.popTo(target);
        // The anchor of the clause that starts here.
        if (target.kind === "rules") target.anchor = token.bol ? token.column : state.indent;
      }
      break;
    }
    case "=":
      return applyEquals(state, token);
    case "<-":
    case ":=": {
      state.output.push(token);
      const following = state.tokens[next];
      if (following !== undefined && (following.bol || INLINE_ASSIGN.has(following.word))) {
        state.openAfter(token, "assign", state.indent, "deeper");
      }
      return;
    }
    case ";":
      applySemicolon(state, token, next);
      break;
    case ";;": {
      for (let top = state.top(); state.stack.length > 1; top = state.top()) {
        if (top.bracket !== undefined) closeByForce(state, top.bracket, token, false);
        else state.pop();
      }
      state.output.push(virtualToken("separator", token.start, token));
      return;
    }
  }
  state.output.push(token);
}

function applyArrow(state: LayoutState, token: Token): void {
  const top = state.top();
  state.output.push(token);
  if (top.kind === "fun" && top.progress === "header") {
    top.progress = "complete";
    state.openAfter(token, "fun", top.anchor, "deeper-or-bracketed");
  } else if (top.kind === "rules") {
    state.openAfter(token, "arm", top.anchor, "not-left");
  } else if (top.kind === "loop" && top.word === "for" && top.progress === "header") {
    top.progress = "complete";
    state.openAfter(token, "do", top.anchor, "not-left");
  }
}

function applyEquals(state: LayoutState, token: Token): void {
  const top = state.top();
  if (top.kind === "let" && top.progress === "pending") {
    top.progress = "complete";
    state.output.push(token);
    const owner = top.word === "type" ? "type" : top.word === "module" ? "module" : "let";
    return state.openAfter(token, owner, top.anchor, "deeper");
  }
  const label = top.fields ? labelBefore(state) : undefined;
  state.output.push(token);
  if (label !== undefined) state.openAfter(token, "field", label.column, "deeper");
}

/** The first name of `A.b`, if that is all there is since the last separator. */
function labelBefore(state: LayoutState): Token | undefined {
  let at = state.output.length - 1;
  for (;;) {
    const name = state.output[at];
    if (name?.kind !== "name") return undefined;
    const before = state.output[at - 1];
    if (before === undefined || before.kind === "begin" || before.kind === "separator" || before.word === ";")
      return name;
    if (before.word !== ".") return undefined;
    at -= 2;
  }
}

function applySemicolon(state: LayoutState, token: Token, next: number): void {
  const boundary = state.boundary();
  if (boundary.word === "{" || boundary.word === "{|") {
    if (labelFollows(state, next)) {
      const fields = state.search((entry) => entry.fields);
      if (fields !== undefined) state.popTo(fields);
    } else if (state.top().owner === "field") state.pop();
  } else if (boundary.word === "[" || boundary.word === "[|") {
    const whole = state.search(
      (entry) => entry.kind === "if" && entry.progress === "complete" && entry.line === token.line,
    );
    const following = state.tokens[next];
    if (whole !== undefined) {
      state.popTo(whole);
      state.stack.pop();
    } else if (following?.word === "fun" && !following.bol) state.popTo(boundary);
  }
}

function labelFollows(state: LayoutState, next: number): boolean {
  for (let at = next; ; at += 2) {
    const name = state.tokens[at];
    const behind = state.tokens[at + 1];
    if (name === undefined || behind === undefined) return false;
    const isWord =
      name.kind === "name" || (name.kind === "keyword" && (behind.word === "=" || behind.word === ":"));
    if (!isWord) return false;
    if (behind.word === "=" || behind.word === ":") return true;
    if (behind.word !== ".") return false;
  }
}
