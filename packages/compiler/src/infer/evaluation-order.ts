/** What may be evaluated earlier or later than it is written, and what must be kept in its place (language reference 5.1). */
import type { HostExpr, Statement, TypedExpr } from "../typed/tree.js";
import { isAny } from "../types/builtin.js";
import { prune } from "../types/type.js";
import type { Checker } from "./checker.js";

/** Can this be evaluated at any time, with the same result and no effect? */
export function isSimple(node: TypedExpr): boolean {
  switch (node.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "unit":
    case "null":
    case "host":
    case "intrinsic":
    case "lambda":
    case "case-function":
    case "exception-function":
      return true;
    case "variable":
      return !node.variable.mutable;
    case "coerce":
      return isSimple(node.expr) && !isAny(prune(node.expr.type));
    case "case":
    case "exception":
      return node.args.every(isSimple);
    case "tuple":
    case "list":
      return node.items.every(isSimple);
    case "apply":
      return isPartial(node.callee, node.args.length) && isSimple(node.callee) && node.args.every(isSimple);
    default:
      return false;
  }
}

/** A host function with too few arguments does nothing yet. */
function isPartial(callee: TypedExpr, given: number): boolean {
  if (callee.kind !== "host") return false;
  let arity = 0;
  for (let type = prune(callee.type); type.kind === "function"; type = prune(type.result)) arity++;
  const result = arity - given;
  return result > 0 && isFunctionMember(callee);
}

function isFunctionMember(callee: HostExpr): boolean {
  return !("value" in callee.definition);
}

/** `x |> f a`: x is evaluated before f and a, although it is passed last. */
export function pipedLast(
  checker: Checker,
  piped: TypedExpr,
  apply: (node: TypedExpr) => TypedExpr,
): TypedExpr {
  if (isSimple(piped)) return apply(piped);
  const node = apply(piped);
  if (!mentionsDirectly(node, piped)) return node;
  if (othersAreSimple(node, piped)) return node;
  const statements: Statement[] = [];
  const held = checker.bindTemporary(piped, statements);
  return {
    kind: "block",
    statements,
    result: replaceOperand(node, piped, held),
    type: node.type,
    span: node.span,
  };
}

function mentionsDirectly(node: TypedExpr, operand: TypedExpr): boolean {
  return (
    (node.kind === "apply" || node.kind === "case") &&
    node.args.some((arg) => arg === operand || (arg.kind === "coerce" && arg.expr === operand))
  );
}

function othersAreSimple(node: TypedExpr, operand: TypedExpr): boolean {
  if (node.kind !== "apply") return true;
  const others = node.args.filter(
    (arg) => arg !== operand && !(arg.kind === "coerce" && arg.expr === operand),
  );
  return isSimple(node.callee) && others.every(isSimple);
}

function replaceOperand(node: TypedExpr, operand: TypedExpr, replacement: TypedExpr): TypedExpr {
  if (node.kind !== "apply" && node.kind !== "case") return node;
  const args = node.args.map((arg) => {
    if (arg === operand) return replacement;
    return arg.kind === "coerce" && arg.expr === operand ? { ...arg, expr: replacement } : arg;
  });
  return { ...node, args };
}
