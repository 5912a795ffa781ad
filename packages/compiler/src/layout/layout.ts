/**
 * The layout filter (language reference, section 2): inserts `begin`, `end` and `separator` tokens, so that the parser never looks
 * at columns. Its output is balanced whatever the input: every `begin` has its `end`, every opening bracket its closing one; what
 * was missing in the text has been reported and put in, a closing bracket without partner has been reported and left out.
 */
import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import { CLOSERS, isQuoted, type Token, type Tokens } from "../lexer/token.js";
import type { Source } from "../source/source.js";
import { abandonDoomed, closeBracket, closeByForce, openBracket } from "./brackets.js";
import { makeBlock, makeContext, makeFileBlock, type Opener } from "./context.js";
import { applyKeyword } from "./keywords.js";
import { startLine } from "./lines.js";
import { LayoutState } from "./state.js";
import { applySymbol } from "./symbols.js";

/** Steps that searches without result may take, a fixed number and some for every token; only text made to be slow gets there. */
const SEARCH_BUDGET = 20_000_000;
const SEARCH_BUDGET_PER_TOKEN = 100;
const MEMBER_WORDS = new Set([
  "member",
  "static",
  "override",
  "abstract",
  "default",
  "val",
  "new",
  "interface",
  "inherit",
]);
/** Keywords that a pattern can start with. */
const PATTERN_KEYWORDS = new Set(["true", "false", "null"]);
/** What F# encloses the members of some types in, up to `end`. */
const FOREIGN_BRACKETS = new Set(["class", "struct", "interface"]);
const LABEL_BEFORE = new Set(["{", "{|", ";", "with", "mutable"]);

/**
 * The layout filter. The input ends with an `eof` token, and so does the result; holes of interpolated strings are filtered on their own. Never throws, whatever
 * the tokens are: what is missing is reported to `bag` and put in.
 *
 * @example
 * const bag = new DiagnosticBag("parse");
 * const filtered = layout(source, tokenize(source, bag), bag);
 */
export function layout(source: Source, input: Tokens, bag: DiagnosticBag): readonly Token[] {
  return filter(source, input.tokens, input.truncated, bag);
}

function filter(
  source: Source,
  tokens: readonly Token[],
  truncated: boolean,
  bag: DiagnosticBag,
): readonly Token[] {
  let run = runLayout(new LayoutState(source, tokens, undefined));
  // A bracket that is never closed has swallowed the rest of the file. Now that it is known, end it where the indentation says
  // that its construct was over, so that the items behind it are read as what they are.
  if (run.hasBracketErrors && !truncated) run = runLayout(new LayoutState(source, tokens, run.unclosed));
  run.report(bag, truncated);
  const { output } = run;
  for (let i = 0; i < output.length; i++) {
    const token = output[i] as Token;
    if (token.kind === "interpolated") output[i] = filterHoles(source, token, truncated, bag);
  }
  return output;
}

function filterHoles(source: Source, token: Token, truncated: boolean, bag: DiagnosticBag): Token {
  if (token.value?.type !== "template") return token;
  const parts = token.value.parts.map((part) =>
    part.kind === "text" ? part : { ...part, tokens: filter(source, part.tokens, truncated, bag) },
  );
  return { ...token, value: { type: "template", parts } };
}

function runLayout(state: LayoutState): LayoutState {
  const tokens = state.tokens;
  const first = tokens[0];
  const eof = tokens[tokens.length - 1];
  if (first === undefined || eof === undefined) return state;
  const budget = SEARCH_BUDGET + SEARCH_BUDGET_PER_TOKEN * tokens.length;
  state.indent = first.column;
  state.push(makeFileBlock(first));
  for (let i = 0; i < tokens.length - 1; i++) {
    let token = tokens[i];
    const next = tokens[i + 1];
    if (token === undefined || next === undefined) break;
    if (token.bol) state.indent = token.column;
    if (token.kind === "keyword") {
      if (token.word === "else" && next.word === "if" && !next.bol) {
        token = { ...token, word: "elif", text: "elif", end: next.end };
        i++;
      } else if ((next.word === "=" || next.word === ":") && isLabel(state, token, tokens[i - 1])) {
        token = { ...token, kind: "name", word: "" };
      }
    }
    takeToken(state, token, i + 1);
    if (state.searched > budget) {
      state.find("FUS0129", token, "Nested too deeply", "Split the expression into functions or bindings");
      break;
    }
  }
  finish(state, eof);
  return state;
}

function finish(state: LayoutState, eof: Token): void {
  if (state.opener !== undefined) state.emptyBlock(eof);
  for (let top = state.top(); state.stack.length > 1; top = state.top()) {
    if (top.bracket !== undefined) {
      state.unclosed.add(top.bracket);
      closeByForce(state, top.bracket, eof, true);
    } else state.pop();
  }
  state.output.push(eof);
}

function takeToken(state: LayoutState, token: Token, next: number): void {
  let opened = false;
  if (state.rulesAfter !== undefined) {
    const bar = token.word === "|";
    // A line that starts with a keyword is no clause: there are none, and the line is something else.
    const missing = token.bol && token.kind === "keyword" && !PATTERN_KEYWORDS.has(token.word);
    if (!missing)
      state.push(
        makeContext(
          "rules",
          bar ? token.column : token.column - 2,
          token.bol ? token.column : state.indent,
          token.line,
          state.rulesAfter.word,
        ),
      );
    state.rulesAfter = undefined;
  } else if (state.opener !== undefined) {
    opened = openBlock(state, state.opener, token);
  }
  const closes = CLOSERS.has(token.word);
  if (token.bol && !opened && !closes && token.word !== ";;") {
    if (state.doomed !== undefined) abandonDoomed(state, token, state.doomed);
    startLine(state, token);
  }
  applyToken(state, token, next, closes);
}

/** Section 2.3: the first token behind an opener. */
function openBlock(state: LayoutState, opener: Opener, token: Token): boolean {
  const bracket = opener.owner === "bracket";
  const bar = token.word === "|" && token.column === opener.anchor;
  if (!bracket && (CLOSERS.has(token.word) || (token.bol && !bar && !satisfies(state, opener, token)))) {
    state.emptyBlock(token);
    return false;
  }
  state.opener = undefined;
  state.virtual("begin", token);
  state.push(makeBlock(opener, token, bar && token.bol && !bracket));
  return true;
}

function satisfies(state: LayoutState, opener: Opener, token: Token): boolean {
  switch (opener.requirement) {
    case "anything":
      return true;
    case "not-left":
      return token.column >= opener.anchor;
    case "deeper":
      return token.column > opener.anchor;
    case "deeper-or-bracketed":
      return token.column > opener.anchor || state.boundary().owner === "bracket";
  }
}

function applyToken(state: LayoutState, token: Token, next: number, closes: boolean): void {
  if (closes) return closeBracket(state, token);
  switch (token.kind) {
    case "keyword":
      return applyKeyword(state, token);
    case "symbol":
      return applySymbol(state, token, next);
    case "name":
      if (FOREIGN_BRACKETS.has(token.text) && startsForeignBody(state, token, next)) {
        state.output.push(token);
        return openBracket(state, { ...token, word: "begin" });
      }
      if (MEMBER_WORDS.has(token.text) && startsMember(state, token)) {
        state.output.push(token);
        return state.pushLet(token, "member");
      }
  }
  state.output.push(token);
}

/** A reserved word that is a label here (language reference 1.5). */
function isLabel(state: LayoutState, token: Token, previous: Token | undefined): boolean {
  if (previous === undefined || !(token.bol || LABEL_BEFORE.has(previous.word))) return false;
  const boundary = state.boundary();
  // An opening brace directly before has not pushed its block yet.
  return boundary.fields || previous.word === "{" || previous.word === "{|";
}

/** `type T = class … end` and its kin: no Fusabi, but to be refused as a whole. */
function startsForeignBody(state: LayoutState, token: Token, next: number): boolean {
  if (isQuoted(token) || state.top().owner !== "type" || state.last()?.kind !== "begin") return false;
  const following = state.tokens[next];
  return following?.word === "end" || (following?.bol === true && following.column > state.top().anchor);
}

function startsMember(state: LayoutState, token: Token): boolean {
  if (isQuoted(token)) return false;
  const last = state.last();
  const first = token.bol || last?.kind === "begin" || last?.kind === "separator" || last?.word === ">]";
  if (!first) return false;
  const { owner } = state.top();
  return owner === "type" || owner === "members";
}
