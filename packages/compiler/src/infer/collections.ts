/** Lists, arrays, ranges and comprehensions (language reference 3.6, 4.7). */
import { Scope } from "../names/scope.js";
import type { BlockExpr, CollectionExpr, Expr, Item } from "../syntax/ast.js";
import type { Statement, TypedExpr, TypedRule } from "../typed/tree.js";
import {
  ANY,
  ARRAY,
  arrayOf,
  BOOL,
  EXN,
  isAny,
  isConstructed,
  LIST,
  listOf,
  SEQ,
  tupleOf,
  UNIT,
} from "../types/builtin.js";
import { trialCopy } from "../types/scheme.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { markCopy } from "./assignments.js";
import { inferLet } from "./bindings.js";
import { isConvertible } from "./call.js";
import type { Checker } from "./checker.js";
import { enumerable, inferForTo, inferRules, loopPattern } from "./control.js";
import { inferRange } from "./ranges.js";

export function inferCollection(
  checker: Checker,
  expr: CollectionExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const item = expectedItem(expr, expected);
  switch (expr.content.kind) {
    case "items":
      return itemsLiteral(checker, expr, expr.content.items, scope, item);
    case "range":
      return inferRange(checker, expr, expr.content, scope);
    case "comprehension": {
      const element = item ?? checker.fresh();
      const explicit = hasYield(expr.content.body);
      const body = yielding(checker, expr.content.body, scope, element, explicit);
      return {
        kind: "comprehension",
        shape: expr.shape,
        body,
        type: collectionOf(expr, element),
        span: expr.span,
      };
    }
  }
}

function collectionOf(expr: CollectionExpr, item: Type): Type {
  return expr.shape === "list" ? listOf(item) : arrayOf(item);
}

function expectedItem(expr: CollectionExpr, expected: Type | undefined): Type | undefined {
  if (expected === undefined) return undefined;
  const type = prune(expected);
  if (isAny(type)) return ANY;
  if (isConstructed(type, expr.shape === "list" ? LIST : ARRAY) || isConstructed(type, SEQ))
    return type.args[0];
  return undefined;
}

function itemsLiteral(
  checker: Checker,
  expr: CollectionExpr,
  items: readonly Expr[],
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const only = items[0];
  // Where tuples are wanted, nobody means several elements.
  const wantsTuples = expected !== undefined && prune(expected).kind === "tuple";
  if (items.length === 1 && only?.kind === "tuple" && !wantsTuples) {
    checker.bag.warning(
      "FUS0423",
      expr.span,
      `This ${expr.shape} has one element, a tuple`,
      "Write `;` between elements, or put the tuple in parentheses",
    );
  }
  for (const item of items) markCopy(checker, item);
  if (checker.lenient) return lenientItems(checker, expr, items, scope, expected);
  const element = expected ?? checker.fresh();
  const hint =
    expected === undefined
      ? `All elements of ${expr.shape === "list" ? "a list" : "an array"} need one type`
      : undefined;
  const nodes = items.map((item) => checker.check(item, scope, element, hint));
  return { kind: expr.shape, items: nodes, type: collectionOf(expr, element), span: expr.span };
}

/** Lenient mode: elements of different types make the element type `any`, componentwise for tuples of one size. */
function lenientItems(
  checker: Checker,
  expr: CollectionExpr,
  items: readonly Expr[],
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const nodes = items.map((item) => checker.infer(item, scope, expected));
  let element = expected ?? nodes[0]?.type ?? checker.fresh();
  let mixed = false;
  for (const node of nodes) {
    if (fits(checker, element, node.type)) {
      if (!isConvertible(prune(element), prune(node.type))) checker.unifier.unify(element, node.type);
      continue;
    }
    mixed = true;
    element = generalElement(checker, prune(element), prune(node.type));
  }
  if (mixed) {
    checker.bag.warning(
      "FUS0424",
      expr.span,
      "Elements of different types; the element type is `any`",
      "Use a tuple or a union",
    );
  }
  const converted = nodes.map((node) => convertElement(checker, node, element));
  return { kind: expr.shape, items: converted, type: collectionOf(expr, element), span: expr.span };
}

function fits(checker: Checker, wanted: Type, actual: Type): boolean {
  const copies = new Map<Type, Type>();
  const a = prune(trialCopy(wanted, checker.unifier, copies));
  const b = prune(trialCopy(actual, checker.unifier, copies));
  return isConvertible(a, b) || checker.unifier.unify(a, b);
}

function generalElement(checker: Checker, a: Type, b: Type): Type {
  if (a.kind !== "tuple" || b.kind !== "tuple" || a.items.length !== b.items.length) return ANY;
  return tupleOf(
    a.items.map((item, i) => {
      const other = b.items[i] as Type;
      if (!fits(checker, item, other)) return ANY;
      checker.unifier.unify(item, other);
      return item;
    }),
  );
}

function convertElement(checker: Checker, node: TypedExpr, element: Type): TypedExpr {
  const type = prune(element);
  if (type.kind === "tuple" && node.kind === "tuple" && node.items.length === type.items.length) {
    return { ...node, items: node.items.map((item, i) => checker.coerce(item, type.items[i] as Type)), type };
  }
  return checker.coerce(node, element);
}

// ------------------------------------------------------------------------------------------------------------ comprehensions

/** Does an explicit `yield` belong to this comprehension? Then only explicit ones count. */
export function hasYield(expr: Expr): boolean {
  switch (expr.kind) {
    case "yield":
      return expr.word === "yield" || expr.word === "yield!";
    case "for-in":
      return expr.arrow || hasYield(expr.body);
    case "for-to":
    case "while":
      return hasYield(expr.body);
    case "block":
      return expr.items.some((item) => item.kind === "expr" && hasYield(item.expr));
    case "if":
      return (
        expr.branches.some((branch) => hasYield(branch.body)) ||
        (expr.otherwise !== undefined && hasYield(expr.otherwise))
      );
    case "match":
      return expr.rules.some((rule) => hasYield(rule.body));
    case "try-with":
      return hasYield(expr.body) || expr.rules.some((rule) => hasYield(rule.body));
    case "try-finally":
      return hasYield(expr.body);
    default:
      return false;
  }
}

/** The body of a comprehension as a statement with `yield` nodes in it. */
function yielding(checker: Checker, expr: Expr, scope: Scope, element: Type, explicit: boolean): TypedExpr {
  const { span } = expr;
  const inside = (part: Expr, at: Scope): TypedExpr => yielding(checker, part, at, element, explicit);
  switch (expr.kind) {
    case "block":
      return yieldingBlock(checker, expr, scope, inside);
    case "if": {
      let node: TypedExpr =
        expr.otherwise === undefined ? { kind: "unit", type: UNIT, span } : inside(expr.otherwise, scope);
      const branches = expr.branches.map((branch) => ({
        condition: checker.check(branch.condition, scope, BOOL),
        body: inside(branch.body, new Scope(scope)),
      }));
      for (const branch of [...branches].reverse()) {
        node = {
          kind: "if",
          condition: branch.condition,
          consequent: branch.body,
          otherwise: node,
          type: UNIT,
          span,
        };
      }
      return node;
    }
    case "match": {
      if (expr.bang) break;
      const subject = checker.infer(expr.subject, scope);
      const rules: readonly TypedRule[] = inferRules(
        checker,
        expr.rules,
        subject.type,
        scope,
        span,
        "match",
        inside,
      );
      return { kind: "match", subject, rules, type: UNIT, span };
    }
    case "for-in": {
      const iterable = enumerable(checker, expr.iterable, scope);
      const bodyScope = new Scope(scope);
      const pattern = loopPattern(checker, expr.pattern, iterable.item, bodyScope);
      const body = expr.arrow
        ? yieldNode(checker, expr.body, bodyScope, element)
        : inside(expr.body, bodyScope);
      return { kind: "for-in", pattern, iterable: iterable.node, body, type: UNIT, span };
    }
    case "for-to":
      return inferForTo(checker, expr, scope, inside);
    case "while":
      return {
        kind: "while",
        condition: checker.check(expr.condition, scope, BOOL),
        body: inside(expr.body, new Scope(scope)),
        type: UNIT,
        span,
      };
    case "try-with": {
      const body = inside(expr.body, scope);
      const rules = inferRules(checker, expr.rules, EXN, scope, span, "handler", inside);
      return { kind: "try-with", body, rules, type: UNIT, span };
    }
    case "try-finally":
      return {
        kind: "try-finally",
        body: inside(expr.body, scope),
        cleanup: checker.rules.statement(checker, expr.cleanup, scope),
        type: UNIT,
        span,
      };
    case "yield":
      if (expr.word === "yield") return yieldNode(checker, expr.value, scope, element);
      if (expr.word === "yield!") return yieldMany(checker, expr.value, scope, element, span);
      break;
    default:
      break;
  }
  if (explicit) return checker.rules.statement(checker, expr, scope);
  const node = checker.infer(expr, scope, element);
  if (isConstructed(prune(node.type), UNIT.constructor)) return node;
  return { kind: "yield", value: checker.coerce(node, element), many: false, type: UNIT, span };
}

function yieldNode(checker: Checker, expr: Expr, scope: Scope, element: Type): TypedExpr {
  return {
    kind: "yield",
    value: checker.check(expr, scope, element),
    many: false,
    type: UNIT,
    span: expr.span,
  };
}

function yieldMany(checker: Checker, expr: Expr, scope: Scope, element: Type, span: Expr["span"]): TypedExpr {
  const { node, item } = enumerable(checker, expr, scope, element);
  checker.unify(element, item, expr.span);
  return { kind: "yield", value: node, many: true, type: UNIT, span };
}

function yieldingBlock(
  checker: Checker,
  expr: BlockExpr,
  outer: Scope,
  inside: (part: Expr, at: Scope) => TypedExpr,
): TypedExpr {
  const scope = new Scope(outer);
  const statements: Statement[] = [];
  for (const item of expr.items as readonly Item[]) {
    if (item.kind === "let") statements.push(...inferLet(checker, item, scope, false));
    else statements.push({ kind: "do", expr: inside(item.expr, scope), span: item.span });
  }
  return {
    kind: "block",
    statements,
    result: { kind: "unit", type: UNIT, span: expr.span },
    type: UNIT,
    span: expr.span,
  };
}
