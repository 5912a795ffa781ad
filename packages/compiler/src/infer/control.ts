/** Branches, matches, handlers and loops. */
import { checkCoverage, checkIrrefutable, checkRedundancy } from "../exhaustiveness/check.js";
import { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type {
  Expr,
  ForInExpr,
  ForToExpr,
  FunctionExpr,
  IfExpr,
  MatchExpr,
  Pattern,
  Rule,
  TryWithExpr,
} from "../syntax/ast.js";
import type { TypedExpr, TypedPattern, TypedRule } from "../typed/tree.js";
import { elementType } from "../types/bounds.js";
import { ANY, BOOL, EXN, functionType, INT, isAny, isConstructed, SEQ, UNIT } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { unparenthesised } from "./call.js";
import { type Checker, valueSpan } from "./checker.js";
import { bindAll, newBinder } from "./patterns.js";
import { inferRange } from "./ranges.js";

const BRANCH_HINT = "All branches need one type";

/** The type of several branches: what is expected, or what the first one has. */
class BranchType {
  #type: Type | undefined;

  constructor(
    readonly checker: Checker,
    expected: Type | undefined,
  ) {
    this.#type = expected;
  }

  get type(): Type {
    this.#type ??= this.checker.fresh();
    return this.#type;
  }

  infer(expr: Expr, scope: Scope): TypedExpr {
    if (this.#type !== undefined) return this.checker.check(expr, scope, this.#type, BRANCH_HINT);
    const node = this.checker.infer(expr, scope);
    this.#type = node.type;
    return node;
  }
}

export function inferIf(checker: Checker, expr: IfExpr, scope: Scope, expected: Type | undefined): TypedExpr {
  const { span } = expr;
  const branchType = new BranchType(checker, expr.otherwise === undefined ? undefined : expected);
  const branches = expr.branches.map((branch) => ({
    condition: checker.check(branch.condition, scope, BOOL),
    body:
      expr.otherwise === undefined
        ? unitBranch(checker, branch.body, new Scope(scope))
        : branchType.infer(branch.body, new Scope(scope)),
  }));
  let node: TypedExpr =
    expr.otherwise === undefined
      ? { kind: "unit", type: UNIT, span }
      : branchType.infer(expr.otherwise, new Scope(scope));
  // A branch whose value had no place (FUS0315) leaves it open what the whole gives.
  const isBroken = branches.some(({ body }) => isAny(prune(body.type)));
  const type = expr.otherwise !== undefined ? branchType.type : isBroken ? ANY : UNIT;
  for (const branch of branches.reverse()) {
    node = { kind: "if", condition: branch.condition, consequent: branch.body, otherwise: node, type, span };
  }
  return node;
}

/** Without `else` a branch has no value to give. */
function unitBranch(checker: Checker, body: Expr, scope: Scope): TypedExpr {
  const node = checker.infer(body, scope, UNIT);
  const type = prune(node.type);
  if (isConstructed(type, UNIT.constructor)) return node;
  if (type.kind === "variable" || isAny(type)) return checker.coerce(node, UNIT);
  checker.error(
    "FUS0315",
    valueSpan(node),
    `A branch without value where ${formatType(type)} is expected`,
    "Add an 'else'",
  );
  return { kind: "coerce", expr: node, type: ANY, span: node.span };
}

// --------------------------------------------------------------------------------------------------------------------- match

export function inferMatch(
  checker: Checker,
  expr: MatchExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const subject = checker.infer(expr.subject, scope);
  const branchType = new BranchType(checker, expected);
  const rules = inferRules(checker, expr.rules, subject.type, scope, subject.span, "match", (body, at) =>
    branchType.infer(body, at),
  );
  return { kind: "match", subject, rules, type: branchType.type, span: expr.span };
}

/** `function | …`: a function of one parameter that is matched at once. */
export function inferFunction(
  checker: Checker,
  expr: FunctionExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const { span } = expr;
  const wanted = expected === undefined ? undefined : prune(expected);
  const parameter = wanted?.kind === "function" ? wanted.parameter : checker.fresh();
  const variable = checker.variable("it", parameter, span);
  const branchType = new BranchType(checker, wanted?.kind === "function" ? wanted.result : undefined);
  const rules = inferRules(checker, expr.rules, parameter, scope, span, "match", (body, at) =>
    branchType.infer(body, at),
  );
  const body: TypedExpr = {
    kind: "match",
    subject: checker.use(variable, span),
    rules,
    type: branchType.type,
    span,
  };
  return {
    kind: "lambda",
    params: [{ kind: "variable", variable, type: parameter, span }],
    body,
    name: undefined,
    type: functionType(parameter, branchType.type),
    span,
  };
}

/** The rules of a match or a handler, and whether they cover what they match. */
export function inferRules(
  checker: Checker,
  rules: readonly Rule[],
  subject: Type,
  scope: Scope,
  span: Span,
  purpose: "match" | "handler",
  body: (expr: Expr, scope: Scope) => TypedExpr,
): readonly TypedRule[] {
  let broken = false;
  const typed = rules.map((rule): TypedRule => {
    const ruleScope = new Scope(scope);
    const binder = newBinder(ruleScope);
    const before = checker.errorCount;
    const pattern = checker.rules.pattern(checker, rule.pattern, subject, binder);
    broken ||= checker.errorCount > before;
    bindAll(binder, ruleScope);
    const guard = rule.guard === undefined ? undefined : checker.check(rule.guard, ruleScope, BOOL);
    return { pattern, guard, body: body(rule.body, ruleScope), span: rule.span };
  });
  // What a clause with a mistake in its pattern would cover is anybody's guess.
  if (broken) return typed;
  checker.later(() => {
    if (purpose === "match") checkCoverage(checker.bag, typed, span);
    else checkRedundancy(checker.bag, typed);
  });
  return typed;
}

export function inferTryWith(
  checker: Checker,
  expr: TryWithExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const branchType = new BranchType(checker, expected);
  const body = branchType.infer(expr.body, new Scope(scope));
  const rules = inferRules(checker, expr.rules, EXN, scope, expr.span, "handler", (part, at) =>
    branchType.infer(part, at),
  );
  return { kind: "try-with", body, rules, type: branchType.type, span: expr.span };
}

// --------------------------------------------------------------------------------------------------------------------- loops

export interface Enumerable {
  readonly node: TypedExpr;
  readonly item: Type;
}

/** Something that `for` and `yield!` can walk through. */
export function enumerable(checker: Checker, expr: Expr, scope: Scope, expectedItem?: Type): Enumerable {
  const inner = unparenthesised(expr);
  if (inner.kind === "collection" && inner.content.kind === "range") {
    const node = inferRange(checker, inner, inner.content, scope);
    const type = prune(node.type);
    return { node, item: type.kind === "constructed" ? (type.args[0] as Type) : ANY };
  }
  const node = checker.infer(
    expr,
    scope,
    expectedItem === undefined ? undefined : { kind: "constructed", constructor: SEQ, args: [expectedItem] },
  );
  const type = prune(node.type);
  if (isAny(type)) return { node, item: ANY };
  if (type.kind !== "variable") {
    const known = elementType(type);
    if (known !== undefined) return { node, item: known };
  }
  const item = checker.fresh();
  if (!checker.require(type, { kind: "elem", type: item, span: expr.span }, expr.span))
    return { node, item: ANY };
  return { node, item };
}

export function loopPattern(checker: Checker, pattern: Pattern, item: Type, scope: Scope): TypedPattern {
  const binder = newBinder(scope);
  const typed = checker.rules.pattern(checker, pattern, item, binder);
  bindAll(binder, scope);
  checker.later(() => checkIrrefutable(checker.bag, typed));
  return typed;
}

export function inferForIn(checker: Checker, expr: ForInExpr, scope: Scope): TypedExpr {
  const iterable = enumerable(checker, expr.iterable, scope);
  const bodyScope = new Scope(scope);
  const pattern = loopPattern(checker, expr.pattern, iterable.item, bodyScope);
  const body = checker.rules.statement(checker, expr.body, bodyScope);
  return { kind: "for-in", pattern, iterable: iterable.node, body, type: UNIT, span: expr.span };
}

export function inferForTo(
  checker: Checker,
  expr: ForToExpr,
  scope: Scope,
  body: (expr: Expr, scope: Scope) => TypedExpr,
): TypedExpr {
  const from = checker.check(expr.from, scope, INT);
  const to = checker.check(expr.to, scope, INT);
  const bodyScope = new Scope(scope);
  const variable = checker.variable(expr.name.text, INT, expr.name.span);
  if (expr.name.text !== "_") bodyScope.defineValue(expr.name.text, { kind: "variable", variable });
  return {
    kind: "for-to",
    variable,
    from,
    to,
    down: expr.down,
    body: body(expr.body, bodyScope),
    type: UNIT,
    span: expr.span,
  };
}
