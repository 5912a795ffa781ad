import type { Expr, Item } from "../syntax/ast.js";
import { isComparisonStatement } from "../syntax/comparison-statement.js";
import type { Cursor } from "./cursor.js";

/**
 * The expression that a sequence of items is: one expression stands for itself, everything else is a block. `partHeight` is the
 * height of the highest item. Reports what is wrong with the sequence as such.
 */
export function blockOf(c: Cursor, items: readonly Item[], start: number, partHeight: number): Expr {
  const [only] = items;
  if (items.length === 1 && only?.kind === "expr") {
    c.height = partHeight;
    return only.expr;
  }
  const last = items[items.length - 1];
  if (last?.kind === "let" && c.surroundings !== "computation") {
    endsWithBinding(c, last);
    // What the block was to produce is unknown, which is not the same as nothing.
    const { span } = last;
    return blockOf(
      c,
      [...items, { kind: "expr", span, expr: { kind: "error", span }, explicitDo: false }],
      start,
      partHeight,
    );
  }
  for (const item of items) if (item !== last && item.kind === "expr") warnOfComparison(c, item.expr);
  c.built(partHeight);
  return {
    kind: "block",
    span: { source: c.source, start, end: Math.max(start, last?.span.end ?? start) },
    items,
  };
}

export function endsWithBinding(c: Cursor, item: Item): void {
  // Where the binding itself could not be read, what follows it may be missing for that.
  const { start } = item.span;
  if (
    c.bag.items.some(
      ({ severity, span }) => severity === "error" && span.start >= start && span.start <= c.lastEnd,
    )
  )
    return;
  c.bag.error(
    "FUS0113",
    item.span,
    "This block ends with a binding",
    "Add the expression that the block should produce",
  );
}

/** `binding in body`: one block, into which a block of the body dissolves. */
export function letIn(c: Cursor, binding: Item, bindingHeight: number, body: Expr): Expr {
  const rest: readonly Item[] =
    body.kind === "block" ? body.items : [{ kind: "expr", span: body.span, expr: body, explicitDo: false }];
  // A block that dissolves has given its own level away.
  const height = Math.max(bindingHeight, body.kind === "block" ? c.height - 1 : c.height);
  c.built(height);
  return { kind: "block", span: c.spanFrom(binding.span.start), items: [binding, ...rest] };
}

/** `x = e` where its value goes nowhere is usually meant to assign. */
export function warnOfComparison(c: Cursor, expr: Expr): void {
  if (!isComparisonStatement(expr)) return;
  c.bag.report("warning", "FUS0127", expr.operator.span, "'=' in statement position compares and discards", {
    hint: "Use `<-` to assign",
    fix: { span: expr.operator.span, replacement: "<-" },
  });
}
