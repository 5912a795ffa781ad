/** Operators (language reference 4.8): built-in ones typed here, user-defined ones applied as the functions that they are. */
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { BinaryExpr, Expr, Name, PrefixExpr } from "../syntax/ast.js";
import type { BuiltinOperator, Statement, TypedExpr } from "../typed/tree.js";
import {
  ANY,
  BOOL,
  FLOAT,
  functionType,
  INT,
  isAny,
  isConstructed,
  LIST,
  listOf,
  REF,
  refOf,
  STRING,
  UNIT,
} from "../types/builtin.js";
import type { Bound, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { applyExpression } from "./application.js";
import { type Argument, typed, unparenthesised, written } from "./call.js";
import type { Checker } from "./checker.js";
import { isSimple, pipedLast } from "./evaluation-order.js";
import { fixByOperator, memberOperator } from "./member-operators.js";
import { intrinsic } from "./values.js";

export function inferBinary(
  checker: Checker,
  expr: BinaryExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const { operator, left, right, span } = expr;
  const own = scope.value(operator.text);
  if (own !== undefined) {
    return applyExpression(
      checker,
      { kind: "name", name: operator, span: operator.span },
      { args: [written(left), written(right)], span, scope, expected },
    );
  }
  switch (operator.text) {
    case "|>":
      return pipe(checker, left, right, span, scope, expected);
    case "||>":
    case "|||>":
      return pipeMany(checker, operator.text.length - 1, left, right, span, scope, expected);
    case "<|":
      return applyPiped(checker, left, [written(right)], span, scope, expected);
    case "<||":
      return pipeManyBack(checker, left, right, span, scope, expected);
    case ">>":
    case "<<":
      return compose(checker, operator.text, left, right, span, scope, expected);
    case "&&":
    case "&":
      return logical(checker, "and", left, right, span, scope);
    case "||":
    case "or":
      return logical(checker, "or", left, right, span, scope);
    case "::":
      return cons(checker, left, right, span, scope, expected);
    case "@":
      return append(checker, left, right, span, scope, expected);
    case ":=":
      return assignCell(checker, left, right, span, scope);
    case "+":
      return arithmetic(checker, "+", expr, scope);
    case "-":
    case "*":
    case "/":
    case "%":
      return arithmetic(checker, operator.text, expr, scope);
    case "++":
      return fixed(checker, "+", STRING, expr, scope);
    case "**":
      return fixed(checker, "**", FLOAT, expr, scope);
    case "&&&":
    case "|||":
    case "^^^":
    case "<<<":
    case ">>>":
      return fixed(checker, operator.text, INT, expr, scope);
    case "=":
    case "==":
      return comparison(checker, "=", "eq", expr, scope);
    case "<>":
    case "!=":
      return comparison(checker, "<>", "eq", expr, scope);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(checker, operator.text, "ord", expr, scope);
    default:
      return onlyMember(
        checker,
        operator,
        [checker.infer(left, scope), checker.infer(right, scope)],
        span,
        "Define it: `let (op) a b = ...`",
      );
  }
}

/** An operator that the language does not know: a static member of the type of an operand, or nothing at all. */
function onlyMember(
  checker: Checker,
  operator: Name,
  operands: readonly TypedExpr[],
  span: Span,
  hint: string,
): TypedExpr {
  fixByOperator(checker, operator, operands);
  const applied = memberOperator(checker, operator, operator.text, operands, span);
  if (applied !== undefined) return applied;
  checker.error("FUS0201", operator.span, `'${operator.text}' is not defined`, hint);
  return checker.broken(span, operands);
}

// --------------------------------------------------------------------------------------------------------------------- pipes

function pipe(
  checker: Checker,
  left: Expr,
  right: Expr,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const piped = checker.infer(left, scope);
  return pipedLast(checker, piped, (node) =>
    applyPiped(checker, right, [typed(node)], span, scope, expected),
  );
}

/** Applies the right side of a pipe, looking through `f a`, so that the call is saturated. */
function applyPiped(
  checker: Checker,
  callee: Expr,
  piped: readonly Argument[],
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const inner = unparenthesised(callee);
  if (inner.kind === "apply") {
    const args = inner.args.map((arg) => written(arg, inner.adjacent));
    return applyExpression(checker, inner.callee, { args: [...args, ...piped], span, scope, expected });
  }
  return applyExpression(checker, inner, { args: piped, span, scope, expected });
}

function pipeMany(
  checker: Checker,
  count: number,
  left: Expr,
  right: Expr,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const tuple = unparenthesised(left);
  if (tuple.kind === "tuple" && tuple.items.length === count) {
    const statements: Statement[] = [];
    const items = tuple.items.map((item) => {
      const node = checker.infer(item, scope);
      return isSimple(node) ? node : checker.bindTemporary(node, statements);
    });
    const result = applyPiped(checker, right, items.map(typed), span, scope, expected);
    return statements.length === 0 ? result : { kind: "block", statements, result, type: result.type, span };
  }
  const value = checker.infer(left, scope);
  const types = Array.from({ length: count }, () => checker.fresh());
  checker.unify({ kind: "tuple", items: types }, value.type, left.span);
  const variables = types.map((type, i) => checker.variable(`p${i}`, type, left.span));
  const result = applyPiped(
    checker,
    right,
    variables.map((variable) => typed(checker.use(variable, left.span))),
    span,
    scope,
    expected,
  );
  return {
    kind: "block",
    statements: [
      {
        kind: "let",
        pattern: {
          kind: "tuple",
          items: variables.map((variable) => ({
            kind: "variable",
            variable,
            type: variable.scheme.type,
            span: left.span,
          })),
          type: value.type,
          span: left.span,
        },
        value,
        span: left.span,
      },
    ],
    result,
    type: result.type,
    span,
  };
}

function pipeManyBack(
  checker: Checker,
  left: Expr,
  right: Expr,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const tuple = unparenthesised(right);
  if (tuple.kind === "tuple") {
    return applyExpression(checker, left, {
      args: tuple.items.map((item) => written(item)),
      span,
      scope,
      expected,
    });
  }
  return pipeMany(checker, 2, right, left, span, scope, expected);
}

function compose(
  checker: Checker,
  operator: ">>" | "<<",
  left: Expr,
  right: Expr,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const source = checker.fresh();
  const middle = checker.fresh();
  const target = checker.fresh();
  const whole = functionType(source, target);
  const wanted = expected === undefined ? undefined : prune(expected);
  if (wanted?.kind === "function") checker.unifier.unify(source, wanted.parameter);
  const first = functionType(source, middle);
  const second = functionType(middle, target);
  const a = checker.check(left, scope, operator === ">>" ? first : second);
  const b = checker.check(right, scope, operator === ">>" ? second : first);
  const name = operator === ">>" ? "compose" : "compose-back";
  const callee: TypedExpr = {
    ...intrinsic(checker, name, span),
    type: functionType(a.type, functionType(b.type, whole)),
  };
  return { kind: "apply", callee, args: [a, b], type: whole, span };
}

// --------------------------------------------------------------------------------------------------------------- logic, lists

function logical(
  checker: Checker,
  kind: "and" | "or",
  left: Expr,
  right: Expr,
  span: Span,
  scope: Scope,
): TypedExpr {
  return {
    kind,
    left: checker.check(left, scope, BOOL),
    right: checker.check(right, scope, BOOL),
    type: BOOL,
    span,
  };
}

function cons(
  checker: Checker,
  left: Expr,
  right: Expr,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const wanted = expected === undefined ? undefined : prune(expected);
  const item = wanted !== undefined && isConstructed(wanted, LIST) ? (wanted.args[0] as Type) : undefined;
  let head = item === undefined ? checker.infer(left, scope) : checker.check(left, scope, item);
  let tail = checker.infer(right, scope, listOf(item ?? head.type));
  const type = prune(tail.type);
  if (isConstructed(type, LIST)) head = checker.coerce(head, type.args[0] as Type);
  else tail = checker.coerce(tail, listOf(head.type));
  return {
    kind: "operator",
    operator: "::",
    operandType: head.type,
    left: head,
    right: tail,
    type: tail.type,
    span,
  };
}

function append(
  checker: Checker,
  left: Expr,
  right: Expr,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const wanted = expected === undefined ? undefined : prune(expected);
  const hint = wanted !== undefined && isConstructed(wanted, LIST) ? wanted : listOf(checker.fresh());
  const a = checker.check(left, scope, hint);
  const b = checker.check(right, scope, a.type);
  return { kind: "operator", operator: "@", operandType: a.type, left: a, right: b, type: a.type, span };
}

function assignCell(checker: Checker, left: Expr, right: Expr, span: Span, scope: Scope): TypedExpr {
  const item = checker.fresh();
  const cell = checker.check(
    left,
    scope,
    refOf(item),
    "`:=` gives a reference a value; for a mutable name write `<-`",
  );
  const value = checker.check(right, scope, item);
  return {
    kind: "operator",
    operator: ":=",
    operandType: cell.type,
    left: cell,
    right: value,
    type: UNIT,
    span,
  };
}

// --------------------------------------------------------------------------------------------------- arithmetic and comparison

function fixed(
  checker: Checker,
  operator: BuiltinOperator,
  type: Type,
  expr: BinaryExpr,
  scope: Scope,
): TypedExpr {
  const a = checker.infer(expr.left, scope, type);
  const b = checker.infer(expr.right, scope, type);
  const member = memberOperator(checker, expr.operator, expr.operator.text, [a, b], expr.span);
  if (member !== undefined) return member;
  const left = checker.coerce(a, type);
  const right = checker.coerce(b, type);
  return { kind: "operator", operator, operandType: type, left, right, type, span: expr.span };
}

function arithmetic(
  checker: Checker,
  operator: "+" | "-" | "*" | "/" | "%",
  expr: BinaryExpr,
  scope: Scope,
): TypedExpr {
  let left = checker.infer(expr.left, scope);
  let right = checker.infer(expr.right, scope);
  const member = memberOperator(checker, expr.operator, operator, [left, right], expr.span);
  if (member !== undefined) return member;
  const a = prune(left.type);
  const b = prune(right.type);
  let type = a;
  if (isAny(a) && b.kind !== "variable") {
    type = b;
    left = checker.coerce(left, type);
  } else if (isAny(b) && a.kind !== "variable") right = checker.coerce(right, type);
  else if (a !== b && !unifyOperands(checker, a, b, right.span)) {
    type = ANY;
    left = checker.viaAny(left, ANY);
    right = checker.viaAny(right, ANY);
  }
  const { span } = expr.operator;
  const bound: Bound = { kind: operator === "+" ? "add" : "num", operator, span };
  if (!checker.require(type, bound, span)) type = ANY;
  return { kind: "operator", operator, operandType: type, left, right, type, span: expr.span };
}

function comparison(
  checker: Checker,
  operator: BuiltinOperator,
  bound: "eq" | "ord",
  expr: BinaryExpr,
  scope: Scope,
): TypedExpr {
  let left = checker.infer(expr.left, scope);
  let right = checker.infer(expr.right, scope, left.type);
  const a = prune(left.type);
  const b = prune(right.type);
  let type = a;
  if (isAny(a) || isAny(b)) {
    type = ANY;
    left = checker.coerce(left, ANY);
    right = checker.coerce(right, ANY);
  } else if (a !== b && !unifyOperands(checker, a, b, right.span)) {
    type = ANY;
    left = checker.viaAny(left, ANY);
    right = checker.viaAny(right, ANY);
  }
  checker.require(type, { kind: bound, span: expr.operator.span }, expr.operator.span);
  return { kind: "operator", operator, operandType: type, left, right, type: BOOL, span: expr.span };
}

/** Both operands have one type; operators do not widen (4.6). */
function unifyOperands(checker: Checker, left: Type, right: Type, span: Span): boolean {
  return checker.unify(left, right, span);
}

export function inferPrefix(checker: Checker, expr: PrefixExpr, scope: Scope): TypedExpr {
  const { operator, operand, span } = expr;
  const name = /^(?:[+-]\.?|%%?|&&?)$/.test(operator.text)
    ? { ...operator, text: `~${operator.text}` }
    : operator;
  if (scope.value(name.text) !== undefined) {
    return applyExpression(
      checker,
      { kind: "name", name, span: operator.span },
      { args: [written(operand)], span, scope, expected: undefined },
    );
  }
  switch (operator.text) {
    case "-":
    case "~-":
    case "+":
    case "~+": {
      const value = checker.infer(operand, scope);
      const negative = operator.text.endsWith("-");
      if (negative && value.kind === "int") return { ...value, value: BigInt.asIntN(64, -value.value), span };
      if (negative && value.kind === "float") return { ...value, value: -value.value, span };
      const sign = negative ? "~-" : "~+";
      const member = memberOperator(checker, operator, sign, [value], span);
      if (member !== undefined) return member;
      checker.require(
        value.type,
        { kind: "num", ...(negative ? { operator: sign } : {}), span: operator.span },
        operator.span,
      );
      return negative
        ? {
            kind: "operator",
            operator: "~-",
            operandType: value.type,
            left: value,
            right: undefined,
            type: value.type,
            span,
          }
        : value;
    }
    case "!": {
      const cell = checker.infer(operand, scope);
      const type = prune(cell.type);
      const item = isConstructed(type, REF) ? (type.args[0] as Type) : checker.fresh();
      const target = isConstructed(type, REF) ? cell : checker.coerce(cell, refOf(item));
      return {
        kind: "operator",
        operator: "!",
        operandType: target.type,
        left: target,
        right: undefined,
        type: item,
        span,
      };
    }
    case "~~~": {
      const inferred = checker.infer(operand, scope, INT);
      const member = memberOperator(checker, operator, "~~~", [inferred], span);
      if (member !== undefined) return member;
      const value = checker.coerce(inferred, INT);
      return {
        kind: "operator",
        operator: "~~~",
        operandType: INT,
        left: value,
        right: undefined,
        type: INT,
        span,
      };
    }
    default:
      return onlyMember(
        checker,
        name,
        [checker.infer(operand, scope)],
        span,
        "Define it: `let (op) a = ...`",
      );
  }
}
