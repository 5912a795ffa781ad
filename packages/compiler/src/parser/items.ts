import { appended } from "../short-list.js";
import type { Expr, ExprItem, Item, LetItem } from "../syntax/ast.js";
import { parseAttributes } from "./attributes.js";
import { parseLet } from "./bindings.js";
import { blockOf } from "./block-node.js";
import { AN_EXPRESSION, type Bookmark, type Cursor, END_OF_ITEM, SyntaxUnwind } from "./cursor.js";
import { parseOperand, parseOperators } from "./expressions.js";

/** `BEGIN items END` behind the word `opener`. */
export function parseBlock(c: Cursor, opener: string): Expr {
  c.expectKind("begin", AN_EXPRESSION);
  const { start } = c.token;
  c.enter();
  const items = parseItems(c);
  const height = c.height;
  if (items.length === 0) c.missingBlock(opener);
  if (c.is("end")) c.advance();
  c.leave();
  if (items.length === 0) {
    c.height = 1;
    return { kind: "error", span: { source: c.source, start, end: start } };
  }
  return blockOf(c, items, start, height);
}

/**
 * The items of one block, or of the body of an `in`, which the layout filter makes a block of its own. A file may consist of
 * `let … in` lines, each body holding all that follows, so these bodies are read in one loop and become one list again.
 */
interface Frame {
  /** Of the body of an `in`: the block around. */
  readonly around: Frame | undefined;
  /** Where a broken item is given up. */
  readonly bookmark: Bookmark;
  items: Item[];
  height: number;
  /** The items of inner bodies that ended where this one does, the innermost first. */
  after: Item[][] | undefined;
}

/** Items up to the end of the block. Broken ones are reported and become `error` expressions. */
export function parseItems(c: Cursor, stops?: ReadonlySet<string>): Item[] {
  const outerLine = c.itemLine;
  const outermost = newFrame(c, undefined);
  let frame = outermost;
  for (;;) {
    c.skipSeparators();
    const { start } = c.token;
    if (c.atBlockEnd()) {
      if (frame.around === undefined || c.token.kind === "eof") break;
      const body = frame;
      frame = frame.around;
      if (closeBody(c, body, frame)) continue;
    } else {
      c.itemLine = c.token.line;
      try {
        const item = parseItem(c);
        frame.items = appended(frame.items, item);
        frame.height = Math.max(frame.height, c.height);
        if (item.kind === "let" && c.eat("in")) {
          c.expectKind("begin", AN_EXPRESSION);
          frame = newFrame(c, frame);
          continue;
        }
      } catch (error) {
        if (!(error instanceof SyntaxUnwind)) throw error;
        c.recover(frame.bookmark);
        frame.items = appended(frame.items, errorItem(c, start));
        continue;
      }
      if (stops?.has(c.token.word) === true && frame.around === undefined && frame.items.length === 1) break;
    }
    if (!c.atItemEnd()) {
      c.complain(END_OF_ITEM);
      c.recover(frame.bookmark);
    }
  }
  c.itemLine = outerLine;
  c.height = outermost.height;
  return withAfter(outermost);
}

function newFrame(c: Cursor, around: Frame | undefined): Frame {
  return { around, bookmark: c.bookmark(), items: [], height: 0, after: undefined };
}

function withAfter(frame: Frame): Item[] {
  const { items, after = [] } = frame;
  for (let i = after.length - 1; i >= 0; i--) for (const item of after[i] ?? []) items.push(item);
  return items;
}

/**
 * At the end of the body of an `in`. If the block around ends here, too, the body's items become the block's (true); otherwise
 * binding and body are an expression, which may go on with an operator.
 */
function closeBody(c: Cursor, body: Frame, parent: Frame): boolean {
  if (body.items.length === 0) {
    c.missingBlock("in");
    body.items.push(errorItem(c, c.token.start));
  }
  c.advance();
  if (c.atBlockEnd()) {
    parent.after = body.after ?? [];
    parent.after.push(body.items);
    parent.height = Math.max(parent.height, body.height);
    return true;
  }
  const binding = parent.items.pop() as LetItem;
  const block = blockOf(
    c,
    [binding, ...withAfter(body)],
    binding.span.start,
    Math.max(parent.height, body.height),
  );
  const expr = parseOperators(c, block);
  parent.items.push({ kind: "expr", span: expr.span, expr, explicitDo: false });
  parent.height = Math.max(parent.height, c.height);
  return false;
}

export function errorItem(c: Cursor, start: number): ExprItem {
  const span = c.spanFrom(start);
  c.height = 1;
  return { kind: "expr", span, expr: { kind: "error", span }, explicitDo: false };
}

/** Reads a declaration that has no place here, so that what it declares is known. */
function misplacedDeclaration(c: Cursor, start: number): Item {
  const declaration = c.grammar.declaration(c);
  if (declaration !== undefined) c.misplaced.push(declaration);
  const { span } = errorItem(c, start);
  return { kind: "expr", span, expr: { kind: "error", span }, explicitDo: true };
}

/** A binding without its `in`, or an expression. */
export function parseItem(c: Cursor): Item {
  const { start } = c.token;
  const attributes = c.at("[<") ? parseAttributes(c) : [];
  const { token } = c;
  switch (token.word) {
    case "let":
    case "use":
    case "let!":
    case "use!":
      return parseLet(c, attributes);
    case "do": {
      c.advance();
      const expr = c.grammar.block(c, "do");
      return { kind: "expr", span: c.spanFrom(start), expr, explicitDo: true };
    }
    case "type":
    case "module":
    case "exception":
    case "open":
    case "#load":
      c.bag.error(
        "FUS0114",
        c.spanOf(token),
        `Declarations of '${token.word}' are only allowed at top level or in modules`,
        "Move it out of the expression",
      );
      return misplacedDeclaration(c, start);
  }
  const expr = parseOperators(c, parseOperand(c));
  return { kind: "expr", span: expr.span, expr, explicitDo: false };
}
