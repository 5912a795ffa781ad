/** `first .. step .. last` (language reference 3.6). */
import type { Scope } from "../names/scope.js";
import type { CollectionExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { arrayOf, INT, isAny, listOf } from "../types/builtin.js";
import { prune } from "../types/type.js";
import type { Checker } from "./checker.js";

type RangeContent = CollectionExpr["content"] & { readonly kind: "range" };

export function inferRange(
  checker: Checker,
  expr: CollectionExpr,
  content: RangeContent,
  scope: Scope,
): TypedExpr {
  let first = checker.infer(content.first, scope);
  if (isAny(prune(first.type))) first = checker.coerce(first, INT);
  const step = content.step === undefined ? undefined : checker.check(content.step, scope, first.type);
  const last = checker.check(content.last, scope, first.type);
  const item = prune(first.type);
  if (item.kind === "variable") checker.unify(INT, item, expr.span);
  else if (item.kind !== "constructed" || !/^(?:int|float|char)$/.test(item.constructor.name)) {
    checker.reportBound({ kind: "num", span: expr.span }, item, content.first.span);
  }
  return {
    kind: "range",
    shape: expr.shape,
    first,
    step,
    last,
    type: expr.shape === "list" ? listOf(first.type) : arrayOf(first.type),
    span: expr.span,
  };
}
