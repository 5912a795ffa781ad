/** The value restriction: what is generalised (language reference 4.4). */
import type { Scope } from "../names/scope.js";
import type { Expr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { declarationOf } from "../types/builtin.js";
import { prune } from "../types/type.js";

/** Is it an expression that only makes a value, and does nothing else? */
export function isValue(expr: Expr, scope: Scope): boolean {
  switch (expr.kind) {
    case "literal":
    case "unit":
    case "lambda":
    case "function":
    case "name":
      return true;
    case "member":
      return isPath(expr);
    case "paren":
      return isValue(expr.inner, scope);
    case "annotate":
      return isValue(expr.expr, scope);
    case "type-apply":
      return isValue(expr.target, scope);
    case "tuple":
      return expr.items.every((item) => isValue(item, scope));
    case "collection":
      return expr.content.kind === "items" && expr.content.items.every((item) => isValue(item, scope));
    case "record":
      return expr.base === undefined && expr.fields.every((field) => isValue(field.value, scope));
    case "apply": {
      if (!expr.args.every((arg) => isValue(arg, scope))) return false;
      const { callee } = expr;
      if (callee.kind === "name") return scope.value(callee.name.text)?.kind === "case";
      return false;
    }
    case "block":
      return expr.items.every((item, i) => {
        if (item.kind === "expr") return i === expr.items.length - 1 && isValue(item.expr, scope);
        return item.bindings.every(
          (binding) =>
            binding.head.kind === "function" || (!binding.head.mutable && isValue(binding.body, scope)),
        );
      });
    default:
      return false;
  }
}

/** Would the value have places that the program can change? What is put there must fit everybody who reads it. */
export function makesPlaces(node: TypedExpr): boolean {
  switch (node.kind) {
    case "array":
      return node.items.length > 0;
    case "record": {
      const declaration = declarationOf(prune(node.type));
      const fields = declaration?.kind === "record" ? declaration.fields : [];
      return fields.some(({ mutable }) => mutable) || node.fields.some(({ value }) => makesPlaces(value));
    }
    case "tuple":
    case "list":
      return node.items.some(makesPlaces);
    case "case":
    case "apply":
      return node.args.some(makesPlaces);
    case "coerce":
      return makesPlaces(node.expr);
    case "block":
      return (
        makesPlaces(node.result) ||
        node.statements.some((statement) => statement.kind === "let" && makesPlaces(statement.value))
      );
    default:
      return false;
  }
}

function isPath(expr: Expr): boolean {
  return expr.kind === "name" || (expr.kind === "member" && isPath(expr.target));
}
