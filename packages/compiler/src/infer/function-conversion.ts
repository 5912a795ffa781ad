/**
 * Function values whose parameters and results need a conversion where they are used as functions of another type: they are wrapped in a function of
 * that type.
 */

import type { Statement, TypedExpr } from "../typed/tree.js";
import { ANY, isAny } from "../types/builtin.js";
import { type FunctionType, prune, type Type } from "../types/type.js";
import type { Checker } from "./checker.js";

/** The function as one of the expected type, when the two have unified and `any` met another type in them. */
export function convertFunction(checker: Checker, node: TypedExpr, expected: FunctionType): TypedExpr {
  const parameters = parametersOf(expected);
  return wrap(checker, node, expected, parameters.length);
}

/** A value of type `any` as a function: what it gives is checked at each call. */
export function functionOfAny(checker: Checker, node: TypedExpr, expected: FunctionType): TypedExpr {
  const parameters = parametersOf(expected);
  const dynamic = parameters.reduceRight(
    (result): Type => ({ kind: "function", parameter: ANY, result }),
    ANY,
  );
  const target: TypedExpr = { kind: "coerce", expr: node, type: dynamic, span: node.span };
  if (parameters.every(isAny) && isAny(resultAfter(expected, parameters.length))) return target;
  return wrap(checker, target, expected, parameters.length);
}

/** A function as a value of type `any`: what it is given is checked at each call, and what it gives is a value of `any`, too. */
export function anyOfFunction(checker: Checker, node: TypedExpr, type: FunctionType): TypedExpr {
  const parameters = parametersOf(type);
  const isOpen = (part: Type): boolean => isAny(part) || part.kind === "variable";
  if (parameters.every(isOpen) && isOpen(resultAfter(type, parameters.length))) return node;
  return wrap(checker, node, dynamicFunction(parameters.length), parameters.length);
}

/** `any -> … -> any` */
function dynamicFunction(arity: number): FunctionType {
  let type: FunctionType = { kind: "function", parameter: ANY, result: ANY };
  for (let i = 1; i < arity; i++) type = { kind: "function", parameter: ANY, result: type };
  return type;
}

/** A function over seq where one over a list, array, … is expected: its argument is converted, as F# does for function values. */
export function convertFirstParameter(checker: Checker, node: TypedExpr, expected: FunctionType): TypedExpr {
  return wrap(checker, node, expected, 1);
}

/** `fun a b … -> node a b …` with conversions on the way; the function itself is evaluated once, before. */
function wrap(checker: Checker, node: TypedExpr, expected: FunctionType, arity: number): TypedExpr {
  const { span } = node;
  const statements: Statement[] = [];
  const target = node.kind === "variable" ? node : checker.bindTemporary(node, statements);
  const variables = parametersOf(expected)
    .slice(0, arity)
    .map((type) => checker.variable("argument", type, span));
  let actual: Type = prune(node.type);
  const args: TypedExpr[] = [];
  for (const variable of variables) {
    if (actual.kind !== "function") break;
    args.push(checker.coerce(checker.use(variable, span), actual.parameter));
    actual = prune(actual.result);
  }
  const body: TypedExpr = { kind: "apply", callee: target, args, type: actual, span };
  const result = checker.coerce(body, resultAfter(expected, args.length));
  const lambda: TypedExpr = {
    kind: "lambda",
    params: variables
      .slice(0, args.length)
      .map((variable) => ({ kind: "variable", variable, type: variable.scheme.type, span })),
    body: result,
    name: undefined,
    type: expected,
    span,
  };
  return statements.length === 0
    ? lambda
    : { kind: "block", statements, result: lambda, type: expected, span };
}

function parametersOf(type: FunctionType): Type[] {
  const parameters: Type[] = [];
  for (let at: Type = type; at.kind === "function"; at = prune(at.result))
    parameters.push(prune(at.parameter));
  return parameters;
}

function resultAfter(type: FunctionType, count: number): Type {
  let at: Type = type;
  for (let i = 0; i < count && at.kind === "function"; i++) at = prune(at.result);
  return at;
}
