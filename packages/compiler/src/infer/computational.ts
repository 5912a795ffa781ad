/** What the parts of a computation expression are to its translation: whether they hold operations of the builder, yield, or match everything. */
import type { CollectionExpr, Expr, Pattern } from "../syntax/ast.js";
import type { Operation } from "./computations.js";

export type RangeContent = CollectionExpr["content"] & { readonly kind: "range" };

/** The body of `seq { 1 .. 3 }`; in `seq { [1 .. 3] }` there is a list. */
export function isBareRange(body: Expr): body is CollectionExpr & { readonly content: RangeContent } {
  return (
    body.kind === "collection" &&
    body.content.kind === "range" &&
    body.span.source.text[body.span.start] !== "["
  );
}

/** Patterns that match everything, as far as their form alone shows it. */
export function isTotal(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "wildcard":
    case "unit":
      return true;
    case "name":
      return pattern.name.parts.length === 1 && !/^\p{Lu}/u.test(pattern.name.parts[0]?.text ?? "");
    case "as":
    case "annotate":
      return isTotal(pattern.pattern);
    case "paren":
      return isTotal(pattern.inner);
    case "tuple":
      return pattern.items.every(isTotal);
    default:
      return false;
  }
}

/** What holds items, each of which may yield. */
export function generates(expr: Expr): boolean {
  switch (expr.kind) {
    case "block":
    case "if":
    case "for-in":
    case "for-to":
    case "while":
    case "try-with":
    case "try-finally":
      return true;
    case "match":
      return !expr.bang;
    default:
      return false;
  }
}

/** What the parts of a body that hold other parts need to be translated. */
export const STRUCTURES: ReadonlyMap<Expr["kind"], readonly Operation[]> = new Map<
  Expr["kind"],
  readonly Operation[]
>([
  ["if", ["Zero", "Combine"]],
  ["match", ["Zero", "Combine"]],
  ["for-in", ["For", "Zero", "Combine"]],
  ["for-to", ["For", "Zero", "Combine"]],
  ["while", ["While", "Delay", "Zero", "Combine"]],
  ["try-with", ["TryWith", "Delay", "Zero", "Combine"]],
  ["try-finally", ["TryFinally", "Delay", "Zero", "Combine"]],
]);

/** Does a body say itself what it gives? */
export function returns(expr: Expr): boolean {
  switch (expr.kind) {
    case "yield":
      return expr.word === "return" || expr.word === "return!";
    case "paren":
      return returns(expr.inner);
    case "block":
      return expr.items.some((item) => item.kind === "expr" && returns(item.expr));
    case "if":
      return (
        expr.branches.some((branch) => returns(branch.body)) ||
        (expr.otherwise !== undefined && returns(expr.otherwise))
      );
    case "match":
      return expr.rules.some((rule) => returns(rule.body));
    case "for-in":
    case "for-to":
    case "while":
    case "try-finally":
      return returns(expr.body);
    case "try-with":
      return returns(expr.body) || expr.rules.some((rule) => returns(rule.body));
    default:
      return false;
  }
}

/** Does an expression contain operations of the builder around it? */
export function isComputational(expr: Expr): boolean {
  switch (expr.kind) {
    case "yield":
      return true;
    case "paren":
      return isComputational(expr.inner);
    case "block":
      return expr.items.some((item) => (item.kind === "let" ? item.bang : isComputational(item.expr)));
    case "if":
      return (
        expr.branches.some((branch) => isComputational(branch.body)) ||
        (expr.otherwise !== undefined && isComputational(expr.otherwise))
      );
    case "match":
      return expr.bang || expr.rules.some((rule) => isComputational(rule.body));
    case "for-in":
      return expr.arrow || isComputational(expr.body);
    case "for-to":
    case "while":
      return isComputational(expr.body);
    case "try-with":
      return isComputational(expr.body) || expr.rules.some((rule) => isComputational(rule.body));
    case "try-finally":
      return isComputational(expr.body);
    default:
      return false;
  }
}
