import { isNameOrConstant, type Token } from "../lexer/token.js";
import { appended } from "../short-list.js";
import type { LongName, Name, Pattern } from "../syntax/ast.js";
import type { Cursor } from "./cursor.js";
import { literalOf, signedLiteral } from "./literals.js";
import { closeBlock, parseAppType, parseLongName, parseName, parseType } from "./types.js";

const A_PATTERN = "a pattern";

/** `pattern = or_pat { "as" name { "," and_pat } }`, without parentheses around it: as in F#, `p as n, q` is a pair. */
export function parsePattern(c: Cursor): Pattern {
  c.enter();
  const pattern = parsePatternInside(c, false);
  c.leave();
  if (c.token.kind === "operator" && !c.at("=>")) badPattern(c, c.token);
  return pattern;
}

/** In parentheses, `annotated`, every component may have a type: `(a: int, b: string)`. */
function parsePatternInside(c: Cursor, annotated: boolean): Pattern {
  const start = c.token.start;
  let pattern = parseOrPattern(c, annotated);
  let height = c.height;
  while (c.eat("as")) {
    const name = parseName(c, "a name");
    c.built(height);
    height = c.height;
    pattern = { kind: "as", span: c.spanFrom(start), pattern, name };
    if (annotated && c.at(":")) {
      pattern = annotate(c, pattern);
      height = c.height;
    }
    if (c.at(",")) {
      pattern = tupleFrom(c, pattern, annotated);
      height = c.height;
    }
  }
  c.height = height;
  return pattern;
}

/** The alternatives make a balanced tree, so that a long list of them is not a high one. */
function parseOrPattern(c: Cursor, annotated: boolean): Pattern {
  const first = parseTuplePattern(c, annotated);
  if (!c.at("|")) return first;
  const alternatives = [first];
  let height = c.height;
  while (c.eat("|")) {
    alternatives.push(parseTuplePattern(c, annotated));
    height = Math.max(height, c.height);
  }
  c.built(height + Math.ceil(Math.log2(alternatives.length)) - 1);
  return balanced(alternatives, 0, alternatives.length);

  function balanced(patterns: readonly Pattern[], from: number, to: number): Pattern {
    if (to - from === 1) return patterns[from] as Pattern;
    const middle = (from + to + 1) >> 1;
    const left = balanced(patterns, from, middle);
    const right = balanced(patterns, middle, to);
    return {
      kind: "or",
      span: { source: c.source, start: left.span.start, end: right.span.end },
      left,
      right,
    };
  }
}

function parseTuplePattern(c: Cursor, annotated: boolean): Pattern {
  const first = parseAndPattern(c, annotated);
  return c.at(",") ? tupleFrom(c, first, annotated) : first;
}

/** The tuple that starts with this pattern, at the comma behind it. */
function tupleFrom(c: Cursor, first: Pattern, annotated: boolean): Pattern {
  const { start } = first.span;
  const items = [first];
  let height = c.height;
  while (c.eat(",")) {
    items.push(parseAndPattern(c, annotated));
    height = Math.max(height, c.height);
  }
  c.built(height);
  return { kind: "tuple", span: c.spanFrom(start), items };
}

function parseAndPattern(c: Cursor, annotated: boolean): Pattern {
  let left = parseConsPattern(c);
  while (c.eat("&")) {
    const height = c.height;
    const right = parseConsPattern(c);
    c.built(Math.max(height, c.height));
    left = { kind: "and", span: c.spanFrom(left.span.start), left, right };
  }
  return annotated && c.at(":") ? annotate(c, left) : left;
}

function annotate(c: Cursor, pattern: Pattern): Pattern {
  const height = c.height;
  c.expect(":");
  const type = parseType(c);
  c.built(Math.max(height, c.height));
  return { kind: "annotate", span: c.spanFrom(pattern.span.start), pattern, type };
}

function parseConsPattern(c: Cursor): Pattern {
  const first = parseAppPattern(c);
  if (!c.at("::")) return first;
  const items = [first];
  const heights = [c.height];
  while (c.eat("::")) {
    items.push(parseAppPattern(c));
    heights.push(c.height);
  }
  let tail = items[items.length - 1] as Pattern;
  let height = heights[heights.length - 1] ?? 1;
  for (let i = items.length - 2; i >= 0; i--) {
    const head = items[i] as Pattern;
    c.built(Math.max(height, heights[i] ?? 1));
    height = c.height;
    tail = {
      kind: "cons",
      span: { source: c.source, start: head.span.start, end: tail.span.end },
      head,
      tail,
    };
  }
  return tail;
}

/** A case with its arguments, a type test, or an atomic pattern. */
function parseAppPattern(c: Cursor): Pattern {
  const { token } = c;
  if (token.word === ":?") {
    c.advance();
    const type = parseAppType(c);
    c.built(c.height);
    return { kind: "type-test", span: c.spanFrom(token.start), type };
  }
  if (token.kind !== "name") return parseAtomicPattern(c);
  const name = parseLongName(c, A_PATTERN);
  c.height = 1;
  if (!startsAtomicPattern(c.token)) return { kind: "name", span: name.span, name };
  if (c.at("(") && c.peek(2).kind === "name" && c.peek(3).word === "=") return parseFieldPatterns(c, name);
  let args: Pattern[] = [];
  let height = 0;
  while (startsAtomicPattern(c.token)) {
    args = appended(args, parseAtomicPattern(c));
    height = Math.max(height, c.height);
  }
  c.built(height);
  return { kind: "case", span: c.spanFrom(token.start), name, args, fields: undefined };
}

/** `Case (x = p; y = q)`. */
function parseFieldPatterns(c: Cursor, name: LongName): Pattern {
  c.advance();
  c.advance();
  const fields: { label: Name; pattern: Pattern }[] = [];
  let height = 0;
  for (;;) {
    c.skipSeparators();
    if (c.atBlockEnd()) break;
    const label = parseName(c, "a field name");
    c.expect("=");
    c.enter();
    // The comma separates the fields, so a tuple needs its parentheses.
    const pattern = parseAndPattern(c, false);
    c.leave();
    height = Math.max(height, c.height);
    fields.push({ label, pattern });
    if (!c.eat(",") && !c.atItemEnd()) c.fail("',' or ')'");
  }
  closeBlock(c, ")");
  c.built(height);
  return { kind: "case", span: c.spanFrom(name.span.start), name, args: [], fields };
}

/** Patterns side by side, as parameters are. */
export function parseAtomicPatterns(c: Cursor): Pattern[] {
  let patterns: Pattern[] = [];
  let height = 0;
  while (startsAtomicPattern(c.token)) {
    patterns = appended(patterns, parseAtomicPattern(c));
    height = Math.max(height, c.height);
  }
  c.height = height;
  return patterns;
}

export function startsAtomicPattern(token: Token): boolean {
  if (isNameOrConstant(token)) return true;
  return token.kind === "operator"
    ? token.prefix && (token.word === "-" || token.word === "+")
    : ATOM_WORDS.has(token.word);
}

const ATOM_WORDS = new Set(["_", "(", "[", "[|", "{", "{|", "true", "false", "null"]);

export function parseAtomicPattern(c: Cursor): Pattern {
  const { token } = c;
  c.height = 1;
  switch (token.kind) {
    case "name": {
      const name = parseLongName(c, A_PATTERN);
      return { kind: "name", span: name.span, name };
    }
    case "int":
    case "float":
    case "char":
    case "string":
      return literalPattern(c);
    case "interpolated":
      c.bag.error(
        "FUS0123",
        c.spanOf(token),
        "Bad pattern",
        "Expressions are not patterns; use a 'when' guard",
      );
      c.advance();
      return { kind: "error", span: c.spanOf(token) };
    case "operator": {
      const literal = signedLiteral(token.word, c.peek(1));
      if (
        (token.word === "-" || token.word === "+") &&
        literal !== undefined &&
        c.peek(1).start === token.end
      ) {
        c.advance();
        c.advance();
        return { kind: "literal", span: c.spanFrom(token.start), value: literal };
      }
      return token.text === "?" ? c.absent("optional parameter") : badPattern(c, token);
    }
  }
  switch (token.word) {
    case "true":
    case "false":
    case "null":
      return literalPattern(c);
    case "_":
      c.advance();
      return { kind: "wildcard", span: c.spanOf(token) };
    case "(":
      return parseParenPattern(c);
    case "[":
    case "[|":
      return parseCollectionPattern(c);
    case "{":
    case "{|":
      return parseRecordPattern(c);
  }
  return c.fail(A_PATTERN);
}

function literalPattern(c: Cursor): Pattern {
  const token = c.advance();
  const value = literalOf(token);
  return value === undefined
    ? { kind: "error", span: c.spanOf(token) }
    : { kind: "literal", span: c.spanOf(token), value };
}

function badPattern(c: Cursor, token: Token): never {
  c.bag.error("FUS0123", c.spanOf(token), "Bad pattern", "Expressions are not patterns; use a 'when' guard");
  return c.unwind();
}

function parseParenPattern(c: Cursor): Pattern {
  const start = c.advance().start;
  c.advance();
  if (c.is("end")) {
    closeBlock(c, ")");
    c.height = 1;
    return { kind: "unit", span: c.spanFrom(start) };
  }
  // An operator as a parameter: `fun (+) a b -> a + b`.
  if (isOperatorName(c.token) && c.peek(1).kind === "end") {
    const name = c.nameOf(c.advance());
    closeBlock(c, ")");
    c.height = 1;
    return { kind: "name", span: c.spanFrom(start), name: { parts: [name], span: name.span } };
  }
  c.enter();
  const inner = parsePatternInside(c, true);
  c.leave();
  if (c.token.kind === "operator") badPattern(c, c.token);
  const height = c.height;
  c.skipSeparators();
  closeBlock(c, ")");
  c.built(height);
  return { kind: "paren", span: c.spanFrom(start), inner };
}

/** An operator that can stand in parentheses as a name. */
export function isOperatorName(token: Token): boolean {
  return token.kind === "operator" || token.word === "=" || token.word === "::" || token.word === ":=";
}

function parseCollectionPattern(c: Cursor): Pattern {
  const opening = c.advance();
  c.advance();
  const items: Pattern[] = [];
  let height = 0;
  for (c.skipSeparators(); !c.atBlockEnd(); c.skipSeparators()) {
    items.push(parsePattern(c));
    height = Math.max(height, c.height);
    if (!c.atItemEnd()) c.fail(opening.word === "[" ? "';' or ']'" : "';' or '|]'");
  }
  closeBlock(c, opening.word === "[" ? "]" : "|]");
  c.built(height);
  return {
    kind: "collection",
    span: c.spanFrom(opening.start),
    shape: opening.word === "[" ? "list" : "array",
    items,
  };
}

function parseRecordPattern(c: Cursor): Pattern {
  const opening = c.advance();
  c.advance();
  const closer = opening.word === "{" ? "}" : "|}";
  const fields: { label: LongName; pattern: Pattern }[] = [];
  let height = 0;
  for (c.skipSeparators(); !c.atBlockEnd(); c.skipSeparators()) {
    const label = parseLongName(c, "a label");
    c.expect("=");
    c.expectKind("begin", A_PATTERN);
    const pattern = parsePattern(c);
    height = Math.max(height, c.height);
    fields.push({ label, pattern });
    c.skipSeparators();
    if (!c.is("end")) c.fail(`';' or '${closer}'`);
    c.advance();
    if (!c.atItemEnd()) c.fail(`';' or '${closer}'`);
  }
  closeBlock(c, closer);
  c.built(height);
  return { kind: "record", span: c.spanFrom(opening.start), anonymous: opening.word === "{|", fields };
}
