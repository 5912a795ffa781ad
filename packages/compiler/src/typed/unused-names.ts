/** Names of parameters, patterns and local bindings that nothing reads. */
import { nodesOf } from "./lookup.js";
import type { TypedExpr, TypedPattern, TypedProgram, Variable } from "./tree.js";

/** In no particular order. What starts with `_` is meant to be unused; what a program or module defines, others may read. */
export function unusedNames(program: TypedProgram): readonly Variable[] {
  const bound = new Set<Variable>();
  const read = new Set<Variable>();
  for (const { node, isPattern } of nodesOf(program)) {
    if (isPattern) bindPattern(node as TypedPattern, bound);
    else readExpr(node as TypedExpr, bound, read);
  }
  return [...bound].filter((variable) => !read.has(variable) && !variable.global && isWritten(variable));
}

function bindPattern(pattern: TypedPattern, bound: Set<Variable>): void {
  if (pattern.kind === "variable" || pattern.kind === "as") bound.add(pattern.variable);
}

function readExpr(expr: TypedExpr, bound: Set<Variable>, read: Set<Variable>): void {
  if (expr.kind === "variable") read.add(expr.variable);
  if (expr.kind !== "block") return;
  for (const statement of expr.statements) {
    if (statement.kind === "let-rec") for (const { variable } of statement.bindings) bound.add(variable);
  }
}

/** Stands in the source under its own name, and is not the object that a member is called on. */
function isWritten({ name, span }: Variable): boolean {
  const { text } = span.source;
  return !name.startsWith("_") && text.slice(span.start, span.end) === name && text[span.end] !== ".";
}
