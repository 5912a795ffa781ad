/** What keywords open, continue and close (language reference 2.5). */
import type { Token } from "../lexer/token.js";
import { openBracket } from "./brackets.js";
import type { Context } from "./context.js";
import type { LayoutState } from "./state.js";

export function applyKeyword(state: LayoutState, token: Token): void {
  switch (token.word) {
    case "let":
    case "use":
    case "let!":
    case "use!":
    case "and!":
    case "exception":
    case "module":
      state.output.push(token);
      return state.pushLet(token, token.word);
    case "type": {
      const afterOpen = state.last()?.word === "open";
      state.output.push(token);
      if (!afterOpen) state.pushLet(token, "type");
      return;
    }
    case "and": {
      const target =
        (token.bol
          ? state.search((entry) => entry.kind === "let" && entry.column <= token.column)
          : undefined) ?? state.search((entry) => entry.kind === "let");
      if (target !== undefined) {
        state.popTo(target);
        target.progress = "pending";
        target.anchor = token.column;
      }
      break;
    }
    case "if":
      state.output.push(token);
      return state.pushConstruct("if", token);
    case "match":
    case "match!":
      state.output.push(token);
      return state.pushConstruct("match", token);
    case "try":
      state.output.push(token);
      state.pushConstruct("match", token);
      return state.openAfter(token, "try", state.indent, "deeper-or-bracketed");
    case "for":
    case "while":
    case "while!":
      state.output.push(token);
      state.pushConstruct("loop", token);
      state.top().awaitsIn = token.word === "for";
      return;
    case "fun":
      state.output.push(token);
      return state.pushConstruct("fun", token);
    case "function":
      state.rulesAfter = token;
      break;
    case "begin":
      state.output.push(token);
      return openBracket(state, token);
    case "then": {
      const target = state.search((entry) => entry.kind === "if" && entry.progress === "header");
      if (target === undefined) break;
      state.popTo(target);
      target.progress = "then";
      state.output.push(token);
      return state.openAfter(token, "then", target.anchor, "deeper-or-bracketed");
    }
    case "else":
    case "elif": {
      const waits = (entry: Context): boolean => entry.kind === "if" && entry.progress === "then";
      const target =
        (token.bol ? state.search((entry) => waits(entry) && entry.column <= token.column) : undefined) ??
        state.search(waits);
      if (target === undefined) break;
      state.popTo(target);
      target.progress = token.word === "else" ? "complete" : "header";
      state.output.push(token);
      if (token.word === "else") state.openAfter(token, "else", target.anchor, "not-left");
      return;
    }
    case "with":
      return applyWith(state, token);
    case "finally": {
      const target = state.search(
        (entry) => entry.word === "try" && entry.kind === "match" && entry.progress === "header",
      );
      if (target === undefined) break;
      state.popTo(target);
      target.progress = "complete";
      state.output.push(token);
      return state.openAfter(token, "finally", target.anchor, "deeper-or-bracketed");
    }
    case "in":
      return applyIn(state, token);
    case "do": {
      const target = state.search((entry) => entry.kind === "loop" && entry.progress === "header");
      if (target !== undefined) {
        state.popTo(target);
        target.progress = "complete";
      }
      state.output.push(token);
      return state.openAfter(token, "do", target?.anchor ?? state.indent, "not-left");
    }
    case "done": {
      const target = state.search((entry) => entry.kind === "loop");
      if (target !== undefined) {
        state.popTo(target);
        state.stack.pop();
      }
      break;
    }
  }
  state.output.push(token);
}

function applyWith(state: LayoutState, token: Token): void {
  const target = state.search(
    (entry) =>
      (entry.kind === "match" && entry.progress === "header") ||
      (entry.owner === "bracket" && entry.fields) ||
      (entry.kind === "let" && (entry.word === "type" || entry.word === "member")),
  );
  // `member P with get …` and `member val P = … with get, set` have their own `with`, which opens nothing.
  if (target === undefined || target.word === "member") {
    state.output.push(token);
    return;
  }
  state.popTo(target);
  state.output.push(token);
  if (target.kind === "match") {
    target.progress = "complete";
    state.rulesAfter = token;
  } else if (target.kind === "let") {
    target.progress = "complete";
    state.openAfter(token, "members", target.anchor, "deeper");
  } else state.openAfter(token, "fields", state.indent, "anything", true);
}

function applyIn(state: LayoutState, token: Token): void {
  const target = state.search(
    (entry) => (entry.kind === "loop" && entry.awaitsIn && entry.progress === "header") || isBinding(entry),
  );
  if (target !== undefined) state.popTo(target);
  state.output.push(token);
  if (target?.kind === "loop") target.awaitsIn = false;
  else if (target !== undefined) {
    state.stack.pop();
    state.openAfter(token, "in", target.anchor, "anything");
  }
}

function isBinding(entry: Context): boolean {
  return (
    entry.kind === "let" &&
    (entry.word === "let" || entry.word === "use" || entry.word === "let!" || entry.word === "use!")
  );
}
