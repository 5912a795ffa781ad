import type { Expr } from "./ast.js";

/** `x = e` where nobody takes the answer: usually meant to assign. */
export function isComparisonStatement(expr: Expr): expr is Extract<Expr, { kind: "binary" }> {
  if (expr.kind !== "binary" || expr.operator.text !== "=") return false;
  const { kind } = expr.left;
  return kind === "name" || kind === "member" || kind === "index";
}
