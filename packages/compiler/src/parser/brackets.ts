import type { Token } from "../lexer/token.js";
import type { CollectionExpr, Expr, Item, LongName } from "../syntax/ast.js";
import { blockOf } from "./block-node.js";
import { isComprehension } from "./comprehension.js";
import { type Cursor, SyntaxUnwind } from "./cursor.js";
import { isOperatorName } from "./patterns.js";
import { closeBlock, parseLongName } from "./types.js";

const RANGE = new Set([".."]);
const RANGE_OR_WITH = new Set(["..", "with"]);

/** An expression that is not an item of what surrounds it: a condition, a subject, a bound. */
export function parsePlain(c: Cursor): Expr {
  const outer = c.surround("plain", c.inLoop);
  const expr = c.grammar.expression(c);
  c.restore(outer);
  return expr;
}

// ------------------------------------------------------------------------------------------------------------- parentheses

/** `()`, `(e)`, `(a, b)`, `(a; b)`, `( + )`, `(|Even|Odd|)`, and `begin … end`. */
export function parseParentheses(c: Cursor): Expr {
  const opening = c.advance();
  const closer = opening.word === "(" ? ")" : "end";
  c.advance();
  if (c.is("end")) {
    closeBlock(c, closer);
    c.height = 1;
    return { kind: "unit", span: c.spanFrom(opening.start) };
  }
  if (closer === ")") {
    const name = parseOperatorName(c, opening);
    if (name !== undefined) return name;
  }
  c.enter();
  const start = c.token.start;
  const outer = c.surround("plain", c.inLoop);
  const items = c.grammar.items(c);
  const inner = blockOf(c, items, start, c.height);
  c.restore(outer);
  c.leave();
  closeBlock(c, closer);
  c.built(c.height);
  return { kind: "paren", span: c.spanFrom(opening.start), inner };
}

/** An operator or an active pattern used as a function; the position is behind the bracket's `begin`. */
function parseOperatorName(c: Cursor, opening: Token): Expr | undefined {
  let text: string;
  if (isOperatorName(c.token) && c.peek(1).kind === "end") {
    text = c.advance().text;
  } else if (c.at("|") && (c.peek(1).kind === "name" || c.peek(1).word === "_") && c.peek(2).word === "|") {
    text = "";
    while (!c.is("end")) {
      if (!c.at("|") && !c.at("_") && c.token.kind !== "name") c.fail("the name of an active pattern");
      text += c.advance().text;
    }
  } else return undefined;
  closeBlock(c, ")");
  c.height = 1;
  const span = c.spanFrom(opening.start);
  return { kind: "name", span, name: { text, span } };
}

// ---------------------------------------------------------------------------------------------------- lists, arrays, indexes

interface BracketBody {
  readonly start: number;
  readonly items: readonly Item[];
  /** Something separates items, or follows the last. */
  readonly separated: boolean;
  readonly range:
    | { readonly first: Expr | undefined; readonly step: Expr | undefined; readonly last: Expr | undefined }
    | undefined;
}

/** The content of `[ ]` or `[| |]`; the opening bracket is the current token, and the closing one is passed. */
function parseBracketBody(c: Cursor, closer: string): BracketBody {
  c.advance();
  c.advance();
  c.enter();
  const start = c.token.start;
  const outer = c.surround("collection", false);
  const items = c.at("..") ? [] : c.grammar.items(c, RANGE);
  if (items.length === 0) c.height = 1;
  const [first] = items;
  const previous = c.previous();
  const separated = items.length > 1 || previous.kind === "separator" || previous.word === ";";
  const range = c.at("..") ? parseRange(c, first?.kind === "expr" ? first.expr : undefined) : undefined;
  c.restore(outer);
  c.leave();
  closeBlock(c, closer);
  return { start, items, separated, range };
}

/** `.. e` or `.. e .. e` behind the first bound; a bound that is missing is undefined. */
export function parseRange(
  c: Cursor,
  first: Expr | undefined,
): { first: Expr | undefined; step: Expr | undefined; last: Expr | undefined } {
  let height = c.height;
  c.expect("..");
  let last: Expr | undefined;
  let step: Expr | undefined;
  if (!c.atItemEnd()) {
    last = parsePlain(c);
    height = Math.max(height, c.height);
    if (c.eat("..")) {
      step = last;
      last = parsePlain(c);
      height = Math.max(height, c.height);
    }
  }
  c.skipSeparators();
  c.height = height;
  return { first, step, last };
}

/** A list with a range as its content, from bounds that must be there. */
export function rangeList(
  c: Cursor,
  start: number,
  range: { first: Expr | undefined; step: Expr | undefined; last: Expr | undefined },
): CollectionExpr {
  const { first, step, last } = range;
  if (first === undefined || last === undefined) return c.fail("both bounds of the range");
  c.built(c.height);
  return {
    kind: "collection",
    span: c.spanFrom(start),
    shape: "list",
    content: { kind: "range", first, step, last },
  };
}

/** `[ … ]` or `[| … |]`. */
export function parseCollection(c: Cursor): Expr {
  const opening = c.token;
  return collectionOf(c, opening, parseBracketBody(c, opening.word === "[" ? "]" : "|]"));
}

function collectionOf(c: Cursor, opening: Token, body: BracketBody): Expr {
  const shape = opening.word === "[" ? "list" : "array";
  if (body.range !== undefined) {
    const { content } = rangeList(c, opening.start, body.range);
    return { kind: "collection", span: c.spanFrom(opening.start), shape, content };
  }
  const span = c.spanFrom(opening.start);
  if (!isComprehension(body.items)) {
    const items: Expr[] = [];
    for (const item of body.items) if (item.kind === "expr") items.push(item.expr);
    c.built(c.height);
    return { kind: "collection", span, shape, content: { kind: "items", items } };
  }
  const block = blockOf(c, body.items, body.start, c.height);
  c.built(c.height);
  return { kind: "collection", span, shape, content: { kind: "comprehension", body: block } };
}

/**
 * A bracket behind `target`, whose height is `targetHeight`: an index or a slice; without a point before it, a content that is empty
 * or has separators makes it an argument instead, which is left in `pendingArgument`.
 */
export function parseIndex(c: Cursor, target: Expr, targetHeight: number, pointed: boolean): Expr {
  const opening = c.token;
  const body = parseBracketBody(c, "]");
  const [only] = body.items;
  const { range } = body;
  if (range !== undefined && range.step === undefined) {
    if (range.first === undefined && range.last === undefined) c.fail("a bound of the slice");
    c.built(Math.max(c.height, targetHeight));
    return { kind: "slice", span: c.spanFrom(target.span.start), target, from: range.first, to: range.last };
  }
  if (
    only?.kind === "expr" &&
    !body.separated &&
    range === undefined &&
    (pointed || !isComprehension(body.items))
  ) {
    c.built(Math.max(c.height, targetHeight));
    return { kind: "index", span: c.spanFrom(target.span.start), target, index: only.expr };
  }
  if (pointed && only?.kind === "let" && range === undefined) {
    const index = blockOf(c, body.items, body.start, c.height);
    c.built(Math.max(c.height, targetHeight));
    return { kind: "index", span: c.spanFrom(target.span.start), target, index };
  }
  if (pointed) {
    c.bag.error(
      "FUS0100",
      c.spanFrom(opening.start),
      "Unexpected list, expected an index",
      "Write one index, or `from..to`",
    );
    c.unwind();
  }
  c.pendingArgument = collectionOf(c, opening, body);
  return target;
}

// ----------------------------------------------------------------------------------------------------------------- braces

export type Brace =
  | { readonly kind: "record"; readonly record: Expr }
  /** The body of a computation expression, which needs a builder before it. */
  | { readonly kind: "computation"; readonly body: Expr };

/** `{ … }` or `{| … |}`. `argument`: something stands before it that can be a builder. */
export function parseBrace(c: Cursor, argument: boolean): Brace {
  const opening = c.advance();
  const anonymous = opening.word === "{|";
  const closer = anonymous ? "|}" : "}";
  c.advance();
  c.skipSeparators();
  if (c.is("end")) {
    closeBlock(c, closer);
    c.height = 1;
    const span = c.spanFrom(opening.start);
    if (argument && !anonymous) return { kind: "computation", body: { kind: "unit", span } };
    return { kind: "record", record: { kind: "record", span, anonymous, base: undefined, fields: [] } };
  }
  if (startsField(c)) {
    const fields = parseFields(c);
    closeBlock(c, closer);
    c.built(c.height);
    return {
      kind: "record",
      record: { kind: "record", span: c.spanFrom(opening.start), anonymous, base: undefined, fields },
    };
  }
  if (
    c.token.kind === "name" &&
    (c.token.text === "new" || c.token.text === "inherit") &&
    c.peek(1).kind === "name"
  ) {
    c.absent("object expression");
  }
  c.enter();
  const start = c.token.start;
  const outer = c.surround("computation", false);
  const items = c.grammar.items(c, RANGE_OR_WITH);
  const [first] = items;
  const isRange = c.at("..") && first?.kind === "expr";
  const body = isRange ? rangeList(c, start, parseRange(c, first.expr)) : blockOf(c, items, start, c.height);
  c.restore(outer);
  c.leave();
  if (c.at("with")) {
    const base = body;
    const baseHeight = c.height;
    c.advance();
    c.expectKind("begin", "fields");
    const fields = parseFields(c);
    c.expectKind("end", "fields");
    closeBlock(c, closer);
    c.built(Math.max(c.height, baseHeight));
    return {
      kind: "record",
      record: { kind: "record", span: c.spanFrom(opening.start), anonymous, base, fields },
    };
  }
  closeBlock(c, closer);
  if (anonymous || !argument) {
    c.bag.error(
      "FUS0122",
      c.spanFrom(opening.start),
      "Bad record expression",
      "Write `{ Label = value; ... }`",
    );
    c.height = 1;
    return { kind: "record", record: { kind: "error", span: c.spanFrom(opening.start) } };
  }
  return { kind: "computation", body };
}

/** `long "="`; the layout filter opens the value's block there. */
function startsField(c: Cursor): boolean {
  let at = 0;
  while (c.peek(at).kind === "name" && c.peek(at + 1).word === "." && c.peek(at + 2).kind === "name") at += 2;
  return c.peek(at).kind === "name" && c.peek(at + 1).word === "=";
}

function parseFields(c: Cursor): { label: LongName; value: Expr }[] {
  const fields: { label: LongName; value: Expr }[] = [];
  let height = 0;
  for (c.skipSeparators(); !c.atBlockEnd(); c.skipSeparators()) {
    const bookmark = c.bookmark();
    try {
      if (!startsField(c)) badField(c);
      const label = parseLongName(c, "a label");
      c.expect("=");
      const outer = c.surround("plain", c.inLoop);
      const value = c.grammar.block(c, "=");
      c.restore(outer);
      height = Math.max(height, c.height);
      fields.push(...separatedByCommas(c, label, value));
      if (!c.atItemEnd()) c.fail("';', a new line or '}'");
    } catch (error) {
      if (!(error instanceof SyntaxUnwind)) throw error;
      c.recover(bookmark);
    }
  }
  c.height = height;
  return fields;
}

/** `{ A = 1, B = 2 }` is reported, and read as if there were semicolons. */
function separatedByCommas(c: Cursor, label: LongName, value: Expr): { label: LongName; value: Expr }[] {
  if (value.kind !== "tuple") return [{ label, value }];
  const [first, ...others] = value.items;
  const fields: { label: LongName; value: Expr }[] = [];
  for (const item of others) {
    if (item.kind !== "binary" || item.operator.text !== "=" || item.left.kind !== "name")
      return [{ label, value }];
    fields.push({ label: { parts: [item.left.name], span: item.left.span }, value: item.right });
  }
  if (first === undefined || fields[0] === undefined) return [{ label, value }];
  c.bag.error(
    "FUS0122",
    fields[0].label.span,
    "Bad record expression",
    "Write `;` between the fields, not `,`",
  );
  return [{ label, value: first }, ...fields];
}

function badField(c: Cursor): never {
  c.bag.error("FUS0122", c.spanOf(c.token), "Bad record expression", "Write `{ Label = value; ... }`");
  return c.unwind();
}
