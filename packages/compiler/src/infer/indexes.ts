import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { IndexExpr, Name, SliceExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { indexTypes } from "../types/bounds.js";
import { ANY, INT, isAny } from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { markCopy } from "./assignments.js";
import { written } from "./call.js";
import type { Checker } from "./checker.js";
import { callMember } from "./members.js";

export function inferIndex(checker: Checker, expr: IndexExpr, scope: Scope): TypedExpr {
  markCopy(checker, expr.target);
  const target = checker.infer(expr.target, scope);
  if (checker.members.declared(prune(target.type), "Item") !== undefined) {
    const item: Name = { text: "Item", span: expr.span };
    return callMember(checker, target, item, {
      args: [written(expr.index)],
      span: expr.span,
      scope,
      expected: undefined,
    });
  }
  const { key, value } = entryTypes(checker, target, expr.target.span);
  const index = checker.check(expr.index, scope, key);
  return { kind: "index", target, index, type: value, span: expr.span };
}

/** Key and value types of an indexed value. */
function entryTypes(
  checker: Checker,
  target: TypedExpr,
  span: Span,
): { readonly key: Type; readonly value: Type } {
  const type = prune(target.type);
  if (isAny(type)) return { key: ANY, value: ANY };
  if (type.kind !== "variable") {
    const known = indexTypes(type);
    if (known !== undefined) return known;
  }
  const key = checker.fresh();
  const value = checker.fresh();
  if (!checker.require(type, { kind: "index", key, value, span }, span)) return { key: ANY, value: ANY };
  return { key, value };
}

export function inferSlice(checker: Checker, expr: SliceExpr, scope: Scope): TypedExpr {
  markCopy(checker, expr.target);
  const target = checker.infer(expr.target, scope);
  const from = expr.from === undefined ? undefined : checker.check(expr.from, scope, INT);
  const to = expr.to === undefined ? undefined : checker.check(expr.to, scope, INT);
  const type = prune(target.type);
  if (!isAny(type)) {
    const value = checker.fresh();
    checker.require(type, { kind: "index", key: INT, value, span: expr.target.span }, expr.target.span);
  }
  return { kind: "slice", target, from, to, type: target.type, span: expr.span };
}
