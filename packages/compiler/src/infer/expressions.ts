/** Every form of expression, each handed to the rule that knows it. */
import { Scope } from "../names/scope.js";
import type {
  AnnotateExpr,
  BlockExpr,
  CastExpr,
  Expr,
  InterpolatedExpr,
  LambdaExpr,
  LiteralExpr,
  TupleExpr,
} from "../syntax/ast.js";
import { isComparisonStatement } from "../syntax/comparison-statement.js";
import type { FormattedHole, Statement, TypedExpr } from "../typed/tree.js";
import {
  ANY,
  BOOL,
  CHAR,
  EXN,
  FLOAT,
  INT,
  isAny,
  isConstructed,
  lazyOf,
  STRING,
  tupleOf,
  UNIT,
} from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { applyExpression, inferApply } from "./application.js";
import { inferAssign, markCopy } from "./assignments.js";
import { inferLambda, inferLet } from "./bindings.js";
import { unparenthesised } from "./call.js";
import type { Checker } from "./checker.js";
import { inferCollection } from "./collections.js";
import { inferComputation } from "./computations.js";
import { inferForIn, inferForTo, inferFunction, inferIf, inferMatch, inferTryWith } from "./control.js";
import { formatOperand } from "./formats.js";
import { inferIndex, inferSlice } from "./indexes.js";
import { inferBinary, inferPrefix } from "./operators.js";
import { inferRecord } from "./records.js";
import { inferTypeApply } from "./type-arguments.js";
import { requireTestable, testTarget } from "./type-tests.js";

export function inferExpression(
  checker: Checker,
  expr: Expr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const { span } = expr;
  switch (expr.kind) {
    case "literal":
      return literal(checker, expr, expected);
    case "unit":
      return { kind: "unit", type: UNIT, span };
    case "name":
    case "member":
      return applyExpression(checker, expr, { args: [], span, scope, expected });
    case "binary":
      return inferBinary(checker, expr, scope, expected);
    case "prefix":
      return inferPrefix(checker, expr, scope);
    case "apply":
      return inferApply(checker, expr, scope, expected);
    case "index":
      return inferIndex(checker, expr, scope);
    case "slice":
      return inferSlice(checker, expr, scope);
    case "type-apply":
      return inferTypeApply(checker, expr, scope);
    case "paren":
      return inferExpression(checker, expr.inner, scope, expected);
    case "tuple":
      return inferTuple(checker, expr, scope, expected);
    case "collection":
      return inferCollection(checker, expr, scope, expected);
    case "record":
      return inferRecord(checker, expr, scope, expected);
    case "computation":
      return inferComputation(checker, expr, scope, expected);
    case "interpolated":
      return inferInterpolated(checker, expr, scope);
    case "block":
      return inferBlock(checker, expr, scope, expected);
    case "if":
      return inferIf(checker, expr, scope, expected);
    case "match":
      if (expr.bang) {
        checker.bag.error(
          "FUS0120",
          span,
          "'match!' is only allowed in a computation expression",
          "Wrap it: `async { ... }`",
        );
        return checker.broken(span);
      }
      return inferMatch(checker, expr, scope, expected);
    case "function":
      return inferFunction(checker, expr, scope, expected);
    case "lambda":
      return lambda(checker, expr, scope, expected);
    case "try-with":
      return inferTryWith(checker, expr, scope, expected);
    case "try-finally": {
      const body = checker.infer(expr.body, new Scope(scope), expected);
      const cleanup = inferStatement(checker, expr.cleanup, new Scope(scope));
      return { kind: "try-finally", body, cleanup, type: body.type, span };
    }
    case "while": {
      const condition = checker.check(expr.condition, scope, BOOL);
      return {
        kind: "while",
        condition,
        body: inferStatement(checker, expr.body, new Scope(scope)),
        type: UNIT,
        span,
      };
    }
    case "for-in":
      return inferForIn(checker, expr, scope);
    case "for-to":
      return inferForTo(checker, expr, scope, (body, at) => inferStatement(checker, body, at));
    case "annotate":
      return annotate(checker, expr, scope);
    case "cast":
      return cast(checker, expr, scope, expected);
    case "assign":
      return inferAssign(checker, expr, scope);
    case "lazy": {
      const body = checker.infer(expr.body, scope);
      return { kind: "lazy", body, type: lazyOf(body.type), span };
    }
    case "assert":
      return { kind: "assert", condition: checker.check(expr.condition, scope, BOOL), type: UNIT, span };
    case "jump":
      return { kind: expr.word, type: checker.fresh(), span };
    case "yield":
      checker.bag.error(
        "FUS0120",
        span,
        `'${expr.word}' is only allowed in a computation expression`,
        "Wrap it: `async { ... }`",
      );
      checker.infer(expr.value, scope);
      return checker.broken(span);
    case "error":
      return checker.broken(span);
  }
}

/** An expression whose value nobody looks at. */
export function inferStatement(checker: Checker, expr: Expr, scope: Scope): TypedExpr {
  const before = checker.errorCount;
  const node = checker.infer(expr, scope, undefined);
  // FUS0127 or an error inside has told what is wrong with it.
  const known = isComparisonStatement(expr) || (!checker.lenient && checker.errorCount > before);
  return known ? node : checker.discard(node);
}

function literal(checker: Checker, expr: LiteralExpr, expected: Type | undefined): TypedExpr {
  const { value, span } = expr;
  switch (value.type) {
    case "int":
      return { kind: "int", value: value.value, type: INT, span };
    case "float":
      return { kind: "float", value: value.value, type: FLOAT, span };
    case "bool":
      return { kind: "bool", value: value.value, type: BOOL, span };
    case "char":
      return { kind: "char", value: value.value, type: CHAR, span };
    case "string":
      return { kind: "string", value: value.value, type: STRING, span };
    case "null": {
      const wanted = expected === undefined ? undefined : prune(expected);
      if (wanted === undefined || wanted.kind === "variable" || isAny(wanted))
        return { kind: "null", type: ANY, span };
      if (wanted.kind === "constructed" && wanted.constructor.host)
        return { kind: "null", type: wanted, span };
      checker.error("FUS0326", span, "'null' needs a host object type or `any`", "Use an option");
      return checker.broken(span);
    }
  }
}

function inferTuple(checker: Checker, expr: TupleExpr, scope: Scope, expected: Type | undefined): TypedExpr {
  const wanted = expected === undefined ? undefined : prune(expected);
  const items = expr.items.map((item, i) => {
    markCopy(checker, item);
    if (wanted === undefined) return checker.infer(item, scope);
    if (isAny(wanted)) return checker.check(item, scope, ANY);
    const part =
      wanted.kind === "tuple" && wanted.items.length === expr.items.length ? wanted.items[i] : undefined;
    return part === undefined ? checker.infer(item, scope) : checker.check(item, scope, part);
  });
  return { kind: "tuple", items, type: tupleOf(items.map((item) => item.type)), span: expr.span };
}

function inferBlock(checker: Checker, expr: BlockExpr, outer: Scope, expected: Type | undefined): TypedExpr {
  const scope = new Scope(outer);
  const statements: Statement[] = [];
  const { items } = expr;
  for (const [i, item] of items.entries()) {
    if (item.kind === "let") statements.push(...inferLet(checker, item, scope, false));
    else if (i === items.length - 1) {
      const result = checker.infer(item.expr, scope, expected);
      if (statements.length === 0) return result;
      return { kind: "block", statements, result, type: result.type, span: expr.span };
    } else statements.push({ kind: "do", expr: inferStatement(checker, item.expr, scope), span: item.span });
  }
  // The parser has reported a block that ends with a binding, where that is not allowed.
  return {
    kind: "block",
    statements,
    result: { kind: "unit", type: UNIT, span: expr.span },
    type: UNIT,
    span: expr.span,
  };
}

function lambda(checker: Checker, expr: LambdaExpr, scope: Scope, expected: Type | undefined): TypedExpr {
  return inferLambda(checker, expr.params, scope, undefined, expected, expr.span, (bodyScope, result) =>
    result === undefined || result.kind === "variable"
      ? checker.infer(expr.body, bodyScope)
      : checker.check(expr.body, bodyScope, result),
  ).lambda;
}

// ---------------------------------------------------------------------------------------------------------- annotations, casts

function annotate(checker: Checker, expr: AnnotateExpr, scope: Scope): TypedExpr {
  return checker.check(expr.expr, scope, checker.rules.type(checker, expr.type, scope));
}

function cast(checker: Checker, expr: CastExpr, scope: Scope, expected: Type | undefined): TypedExpr {
  const { span } = expr;
  if (expr.operator === "test" && expr.type !== undefined) {
    const value = checker.infer(expr.expr, scope);
    const target = testTarget(checker, expr.type, scope);
    requireTestable(checker, value.type, target, span);
    if (target.kind !== "exception-class" && isConstructed(target, EXN.constructor)) {
      return {
        kind: "block",
        statements: [{ kind: "do", expr: value, span }],
        result: { kind: "bool", value: true, type: BOOL, span },
        type: BOOL,
        span,
      };
    }
    return { kind: "type-test", expr: value, target, type: BOOL, span };
  }
  const target =
    expr.type === undefined ? (expected ?? checker.fresh()) : checker.rules.type(checker, expr.type, scope);
  if (expr.operator === "upcast") return checker.check(expr.expr, scope, target);
  const value = checker.infer(expr.expr, scope);
  const from = prune(value.type);
  if (isAny(from)) return { kind: "downcast", expr: value, type: target, span };
  if (from.kind !== "variable" && !(from.kind === "constructed" && from.constructor.host)) {
    if (checker.unifier.unify(target, from)) return value;
    checker.error(
      "FUS0321",
      span,
      `Cannot cast ${formatType(from)} to ${formatType(target)}`,
      castHint(target),
    );
    return checker.viaAny(value, target);
  }
  if (from.kind === "variable") checker.unifier.unify(from, ANY);
  return { kind: "downcast", expr: value, type: target, span };
}

function castHint(raw: Type): string {
  const target = prune(raw);
  for (const [type, name] of CONVERSIONS) {
    if (isConstructed(target, type.constructor)) return `To convert a value, call \`${name}\``;
  }
  return "A cast changes no value: it only tells what an `any` or an exception is";
}

const CONVERSIONS = [
  [INT, "int"],
  [FLOAT, "float"],
  [STRING, "string"],
] as const;

// ------------------------------------------------------------------------------------------------------- interpolated strings

function inferInterpolated(checker: Checker, expr: InterpolatedExpr, scope: Scope): TypedExpr {
  const parts = expr.parts.map((part): string | FormattedHole => {
    if (part.kind === "text") return part.text;
    const { width } = part;
    if (part.specifier !== undefined) {
      const specifier = part.specifier.charAt(part.specifier.length - 1);
      const value = formatOperand(checker, specifier, checker.infer(part.expr, scope));
      if (specifier === "O") return { value, format: { kind: "text" }, width };
      return { value, format: { kind: "specifier", text: part.specifier, listForm: false }, width };
    }
    const value = checker.infer(part.expr, scope);
    if (part.format === undefined) return { value, format: { kind: "text" }, width };
    checker.require(value.type, { kind: "variant", span: part.span }, part.span);
    return { value, format: { kind: "code", text: part.format }, width };
  });
  const only = parts[0];
  if (parts.length === 0) return { kind: "string", value: "", type: STRING, span: expr.span };
  if (parts.length === 1 && typeof only === "string")
    return { kind: "string", value: only, type: STRING, span: expr.span };
  return { kind: "interpolation", parts, type: STRING, span: expr.span };
}

/** The last expression of a script: an array update there assigns in place and has the array as its value (5.10). */
export function inferScriptResult(checker: Checker, expr: Expr, scope: Scope): TypedExpr {
  const node = checker.infer(expr, scope);
  if (node.kind !== "assign-index" || node.copy || unparenthesised(expr).kind !== "assign") return node;
  const statements: Statement[] = [];
  const array = checker.bindTemporary(node.target, statements);
  statements.push({ kind: "do", expr: { ...node, target: array }, span: node.span });
  return { kind: "block", statements, result: array, type: array.type, span: node.span };
}
