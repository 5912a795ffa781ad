/** The parts of typed nodes, for whoever walks through a typed tree. */
import type { Statement, TypedExpr, TypedPattern, TypedRule } from "./tree.js";

export type TypedNode = TypedExpr | TypedPattern;

/** Expressions and patterns directly inside an expression, in the order of the text as far as there is one. */
export function partsOfExpr(node: TypedExpr): readonly TypedNode[] {
  switch (node.kind) {
    case "operator":
      return node.right === undefined ? [node.left] : [node.left, node.right];
    case "and":
    case "or":
      return [node.left, node.right];
    case "apply":
      return [node.callee, ...node.args];
    case "lambda":
      return [...node.params, node.body];
    case "block":
      return [...node.statements.flatMap(partsOfStatement), node.result];
    case "if":
      return [node.condition, node.consequent, node.otherwise];
    case "match":
      return [node.subject, ...node.rules.flatMap(partsOfRule)];
    case "tuple":
    case "list":
    case "array":
      return node.items;
    case "range":
      return node.step === undefined ? [node.first, node.last] : [node.first, node.step, node.last];
    case "comprehension":
    case "lazy":
      return [node.body];
    case "continued":
      return [node.rest.body];
    case "yield":
      return [node.value];
    case "record":
      return node.fields.map((field) => field.value);
    case "update":
      return [node.base, ...node.fields.map((field) => field.value)];
    case "case":
    case "exception":
      return node.args;
    case "field":
      return [node.target];
    case "member":
      return [node.target, ...(node.args ?? [])];
    case "index":
      return [node.target, node.index];
    case "slice":
      return [node.target, node.from, node.to].filter((part) => part !== undefined);
    case "assign-variable":
      return [node.value];
    case "assign-field":
      return [node.target, node.value];
    case "assign-index":
      return [node.target, node.index, node.value];
    case "while":
      return [node.condition, node.body];
    case "for-to":
      return [node.from, node.to, node.body];
    case "for-in":
      return [node.pattern, node.iterable, node.body];
    case "try-with":
      return [node.body, ...node.rules.flatMap(partsOfRule)];
    case "try-finally":
      return [node.body, node.cleanup];
    case "coerce":
    case "downcast":
    case "type-test":
      return [node.expr];
    case "interpolation":
      return node.parts.flatMap((part) => (typeof part === "string" ? [] : [part.value]));
    case "assert":
      return [node.condition];
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "unit":
    case "null":
    case "variable":
    case "host":
    case "intrinsic":
    case "case-function":
    case "exception-function":
    case "break":
    case "continue":
      return [];
  }
}

export function partsOfStatement(statement: Statement): readonly TypedNode[] {
  switch (statement.kind) {
    case "let":
      return [statement.pattern, statement.value];
    case "use":
      return [statement.value];
    case "let-rec":
      return statement.bindings.map((binding) => binding.value);
    case "do":
      return [statement.expr];
  }
}

function partsOfRule(rule: TypedRule): readonly TypedNode[] {
  return rule.guard === undefined ? [rule.pattern, rule.body] : [rule.pattern, rule.guard, rule.body];
}

/** Patterns and expressions directly inside a pattern. */
export function partsOfPattern(pattern: TypedPattern): readonly TypedNode[] {
  switch (pattern.kind) {
    case "tuple":
    case "array":
      return pattern.items;
    case "cons":
      return [pattern.head, pattern.tail];
    case "record":
      return pattern.fields.map((field) => field.pattern);
    case "case":
    case "exception":
      return pattern.args;
    case "or":
    case "and":
      return [pattern.left, pattern.right];
    case "as":
      return [pattern.pattern];
    case "active":
      return pattern.argument === undefined ? [pattern.recognise] : [pattern.recognise, pattern.argument];
    case "wildcard":
    case "variable":
    case "literal":
    case "unit":
    case "nil":
    case "type-test":
      return [];
  }
}
