import { isNameOrConstant, type Token, TYPE_OPEN } from "../lexer/token.js";
import { appended } from "../short-list.js";
import type { Expr, InterpolationPart, Name } from "../syntax/ast.js";
import { blockOf } from "./block-node.js";
import { parseBrace, parseCollection, parseIndex, parseParentheses } from "./brackets.js";
import { AN_EXPRESSION, type Cursor } from "./cursor.js";
import { literalOf, signedLiteral } from "./literals.js";
import { parseTypeArguments } from "./types.js";

/** Name of the parameter that `_.Label` stands for; no source can write it. */
const PLACEHOLDER = "_.it";

const ARGUMENT_WORDS = new Set(["(", "[", "[|", "{", "{|", "begin", "true", "false", "null"]);

/** `postfix { argument }`; an argument in braces that is no record makes the whole before it a builder. */
export function parseApplication(c: Cursor): Expr {
  const { start } = c.token;
  let callee = c.at("{") || c.at("{|") ? parseLoneBrace(c) : parsePostfix(c);
  let height = c.height;
  let args: Expr[] = [];
  for (;;) {
    let argument = c.pendingArgument;
    if (argument !== undefined) c.pendingArgument = undefined;
    else if (c.at("{")) {
      const brace = parseBrace(c, true);
      if (brace.kind === "computation") {
        c.built(Math.max(height, c.height));
        height = c.height;
        callee = {
          kind: "computation",
          span: c.spanFrom(start),
          builder: applied(c, callee, args),
          body: brace.body,
        };
        c.built(height);
        callee = parsePostfixTail(c, callee);
        height = c.height;
        args = [];
        continue;
      }
      argument = parsePostfixTail(c, brace.record);
    } else if (startsArgument(c)) argument = parseArgument(c);
    else break;
    args = appended(args, argument);
    height = Math.max(height, c.height);
  }
  c.height = height;
  if (args.length > 0) c.built(height);
  return applied(c, callee, args);
}

function applied(c: Cursor, callee: Expr, args: readonly Expr[]): Expr {
  if (args.length === 0) return callee;
  const last = args[args.length - 1] as Expr;
  return {
    kind: "apply",
    span: { source: c.source, start: callee.span.start, end: last.span.end },
    callee,
    args,
    adjacent: false,
  };
}

/** A brace that no builder stands before. */
function parseLoneBrace(c: Cursor): Expr {
  const brace = parseBrace(c, false);
  return brace.kind === "record" ? parsePostfixTail(c, brace.record) : brace.body;
}

function startsArgument(c: Cursor): boolean {
  const { token } = c;
  if (isNameOrConstant(token)) return true;
  return token.kind === "operator"
    ? token.prefix
    : ARGUMENT_WORDS.has(token.word) || (token.word === "_" && c.peek(1).word === ".");
}

function parseArgument(c: Cursor): Expr {
  const { token } = c;
  if (token.kind !== "operator" || (token.word !== "-" && token.word !== "+")) {
    return c.at("{|") ? parseLoneBrace(c) : parsePostfix(c);
  }
  const literal = parseSignedNumber(c);
  if (literal !== undefined) return literal;
  c.advance();
  const operand = parsePostfix(c);
  c.built(c.height);
  return { kind: "prefix", span: c.spanFrom(token.start), operator: c.nameOf(token), operand };
}

/** A sign directly before a number. */
export function parseSignedNumber(c: Cursor): Expr | undefined {
  const { token } = c;
  const number = c.peek(1);
  if (number.start !== token.end) return undefined;
  const value = signedLiteral(token.word, number);
  if (value === undefined) return undefined;
  c.advance();
  c.advance();
  c.height = 1;
  return { kind: "literal", span: c.spanFrom(token.start), value };
}

/** An atom with what directly follows it: labels, indexes, adjacent arguments, type arguments. */
function parsePostfix(c: Cursor): Expr {
  if (c.token.kind === "operator") {
    const prefixes: Token[] = [];
    while (c.token.kind === "operator" && c.token.prefix && c.token.word !== "-" && c.token.word !== "+")
      prefixes.push(c.advance());
    if (prefixes.length === 0) return c.fail(AN_EXPRESSION);
    let operand = parsePostfix(c);
    for (let i = prefixes.length - 1; i >= 0; i--) {
      const operator = prefixes[i] as Token;
      c.built(c.height);
      operand = { kind: "prefix", span: c.spanFrom(operator.start), operator: c.nameOf(operator), operand };
    }
    return operand;
  }
  if (c.at("_") && c.peek(1).word === ".") return parsePlaceholder(c);
  return parsePostfixTail(c, parseAtom(c));
}

/** `_.Name`, short for `fun it -> it.Name`. */
function parsePlaceholder(c: Cursor): Expr {
  const span = c.spanOf(c.advance());
  const name = { text: PLACEHOLDER, span };
  c.height = 1;
  const body = parsePostfixTail(c, { kind: "name", span, name });
  c.built(c.height);
  return {
    kind: "lambda",
    span: c.spanFrom(span.start),
    params: [{ kind: "name", span, name: { parts: [name], span } }],
    body,
  };
}

/** Somebody is typing: what stands before the dot is read all the same. */
function missingLabel(c: Cursor): Name {
  c.complain(
    "a label",
    c.token.kind === "int" ? "Take a tuple apart with a pattern: `let (a, b) = pair`" : undefined,
  );
  return { text: "", span: { source: c.source, start: c.lastEnd, end: c.lastEnd } };
}

function parsePostfixTail(c: Cursor, atom: Expr): Expr {
  let expr = atom;
  for (;;) {
    const { token } = c;
    if (token.word === ".") {
      const next = c.peek(1);
      if (next.word === "[") {
        c.advance();
        expr = parseIndex(c, expr, c.height, true);
      } else {
        const height = c.height;
        c.advance();
        const label = c.token.kind === "name" ? c.nameOf(c.advance()) : missingLabel(c);
        c.built(height);
        expr = { kind: "member", span: c.spanFrom(expr.span.start), target: expr, label };
      }
    } else if (token.word === TYPE_OPEN) {
      if (expr.kind === "literal") c.absent("unit of measure");
      const height = c.height;
      const types = parseTypeArguments(c);
      c.built(Math.max(height, c.height));
      expr = { kind: "type-apply", span: c.spanFrom(expr.span.start), target: expr, types };
    } else if (token.word === "?") {
      c.absent("dynamic lookup '?'");
    } else if (!token.glued) {
      return expr;
    } else if (token.word === "(") {
      const height = c.height;
      const argument = parseParentheses(c);
      c.built(Math.max(height, c.height));
      expr = {
        kind: "apply",
        span: c.spanFrom(expr.span.start),
        callee: expr,
        args: [argument],
        adjacent: true,
      };
    } else if (token.word === "[") {
      expr = parseIndex(c, expr, c.height, false);
      if (c.pendingArgument !== undefined) return expr;
    } else return expr;
  }
}

function parseAtom(c: Cursor): Expr {
  const { token } = c;
  c.height = 1;
  switch (token.kind) {
    case "name": {
      c.advance();
      const name = c.nameOf(token);
      return { kind: "name", span: name.span, name };
    }
    case "int":
    case "float":
    case "char":
    case "string":
      return parseLiteral(c);
    case "interpolated":
      return parseInterpolated(c);
  }
  switch (token.word) {
    case "(":
    case "begin":
      return parseParentheses(c);
    case "[":
    case "[|":
      return parseCollection(c);
    case "true":
    case "false":
    case "null":
      return parseLiteral(c);
  }
  return c.fail(AN_EXPRESSION);
}

function parseLiteral(c: Cursor): Expr {
  const token = c.advance();
  const value = literalOf(token);
  const span = c.spanOf(token);
  return value === undefined ? { kind: "error", span } : { kind: "literal", span, value };
}

function parseInterpolated(c: Cursor): Expr {
  const token = c.advance();
  const parts: InterpolationPart[] = [];
  let height = 0;
  if (token.value?.type === "template") {
    for (const part of token.value.parts) {
      if (part.kind === "text") {
        parts.push(part);
        continue;
      }
      const { width, format, specifier, span } = part;
      const expr = c.within(part.tokens, () => parseHole(c));
      height = Math.max(height, c.height);
      parts.push({ kind: "hole", expr, width, format, specifier, span });
    }
  }
  c.built(height);
  return { kind: "interpolated", span: c.spanOf(token), parts };
}

function parseHole(c: Cursor): Expr {
  const { start } = c.token;
  c.height = 1;
  // The lexer has reported an empty hole.
  if (c.token.kind === "eof") return { kind: "error", span: c.spanOf(c.token) };
  c.enter();
  const outer = c.surround("plain", false);
  const items = c.grammar.items(c);
  const expr = blockOf(c, items, start, c.height);
  c.restore(outer);
  c.leave();
  return expr;
}
