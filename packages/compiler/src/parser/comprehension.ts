import type { Expr, Item } from "../syntax/ast.js";

/** Whether the items of a list or array literal make it a comprehension (language reference 3.6). */
export function isComprehension(items: readonly Item[]): boolean {
  return items.some((item) => item.kind === "let" || generates(item.expr));
}

function generates(expr: Expr): boolean {
  switch (expr.kind) {
    case "for-in":
    case "for-to":
    case "while":
    case "match":
      return true;
    case "yield":
      return expr.word === "yield" || expr.word === "yield!";
    case "if":
      return (
        expr.otherwise === undefined ||
        isBranching(expr.otherwise) ||
        expr.branches.some(({ body }) => isBranching(body))
      );
    case "try-with":
      return isBranching(expr.body) || expr.rules.some(({ body }) => isBranching(body));
    case "try-finally":
      return isBranching(expr.body);
    case "block":
      return isComprehension(expr.items);
    default:
      return false;
  }
}

/** A branch that is itself a sequence, or holds something that generates. */
function isBranching(branch: Expr): boolean {
  return branch.kind === "block" || generates(branch);
}
