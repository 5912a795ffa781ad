import type { Scope } from "../names/scope.js";
import type { AssignExpr, Expr, IndexExpr, Name, SliceExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { indexTypes } from "../types/bounds.js";
import {
  ANY,
  ARRAY,
  constructed,
  declarationOf,
  INT,
  isAny,
  isConstructed,
  OPTION,
  OPTION_DECLARATION,
  REF,
  UNIT,
} from "../types/builtin.js";
import type { CaseInfo, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { applyFunction, typed, unparenthesised, written } from "./call.js";
import type { Checker } from "./checker.js";
import { applyHost } from "./host-call.js";
import { capturedField } from "./values.js";

/** Marks an array update that stands in a value position (5.10): it yields a changed copy. */
export function markCopy(checker: Checker, expr: Expr): void {
  let at = expr;
  while (at.kind === "paren" || at.kind === "annotate") at = at.kind === "paren" ? at.inner : at.expr;
  if (at.kind === "assign" && unparenthesised(at.target).kind === "index") checker.copies.add(at);
}

export function inferAssign(checker: Checker, expr: AssignExpr, scope: Scope): TypedExpr {
  const target = unparenthesised(expr.target);
  const { span } = expr;
  switch (target.kind) {
    case "index":
      return assignIndex(checker, expr, target, scope);
    case "slice":
      return assignSlice(checker, expr, target, scope);
    case "name":
      return assignName(checker, expr, target.name, scope);
    case "member":
      return assignMember(checker, expr, target, scope);
    default:
      checker.error(
        "FUS0126",
        target.span,
        "Only names, fields, array elements can be assigned",
        "Use `=` to compare",
      );
      checker.infer(expr.value, scope);
      return { kind: "unit", type: UNIT, span };
  }
}

/** `a.[from..to] <- items`, of an array. */
function assignSlice(checker: Checker, expr: AssignExpr, target: SliceExpr, scope: Scope): TypedExpr {
  const { span } = target;
  const setter = checker.host.member("<array>", "setSlice");
  if (setter === undefined) return checker.broken(span);
  const [none, some] = OPTION_DECLARATION.cases;
  const bound = (end: Expr | undefined): TypedExpr => ({
    kind: "case",
    info: (end === undefined ? none : some) as CaseInfo,
    args: end === undefined ? [] : [checker.check(end, scope, INT)],
    type: constructed(OPTION, [INT]),
    span: end?.span ?? span,
  });
  const args = [
    written(target.target),
    typed(bound(target.from)),
    typed(bound(target.to)),
    written(expr.value),
  ];
  return applyHost(checker, setter, span, { args, span: expr.span, scope, expected: undefined });
}

function assignIndex(checker: Checker, expr: AssignExpr, target: IndexExpr, scope: Scope): TypedExpr {
  const copy = checker.copies.has(expr);
  markCopy(checker, target.target);
  const array = checker.infer(target.target, scope);
  const type = prune(array.type);
  const setter = checker.members.setter(type, "Item");
  if (setter !== undefined) {
    const args = [typed(array), written(target.index), written(expr.value)];
    const use = checker.use(setter.variable, target.span);
    return applyFunction(checker, use, { args, span: expr.span, scope, expected: undefined });
  }
  let item: Type = ANY;
  if (type.kind === "variable") {
    item = checker.fresh();
    checker.unify(type, { kind: "constructed", constructor: ARRAY, args: [item] }, target.target.span);
  } else if (isConstructed(type, ARRAY)) item = type.args[0] as Type;
  else if (!isAny(type)) {
    const known = indexTypes(type);
    if (known === undefined)
      checker.reportBound(
        { kind: "index", key: ANY, value: ANY, span: target.span },
        type,
        target.target.span,
      );
    else
      checker.error(
        "FUS0126",
        target.span,
        "Only names, fields, array elements can be assigned",
        "Only arrays change; build a new value instead",
      );
  }
  const index = checker.check(
    target.index,
    scope,
    INT,
    "Arrays are indexed by ints; `Map.add key value map` gives a map that has the key",
  );
  const value = checker.check(expr.value, scope, item);
  if (copy) {
    checker.bag.info(
      "FUS0420",
      expr.span,
      "This array update yields a new array",
      "Write it as a statement to assign in place",
    );
  }
  return {
    kind: "assign-index",
    target: array,
    index,
    value,
    copy,
    type: copy ? array.type : UNIT,
    span: expr.span,
  };
}

function assignName(checker: Checker, expr: AssignExpr, name: Name, scope: Scope): TypedExpr {
  const entry = scope.value(name.text);
  const { span } = expr;
  if (entry?.kind === "variable" && entry.variable.mutable) {
    const { variable } = entry;
    return {
      kind: "assign-variable",
      variable,
      value: checker.check(expr.value, scope, variable.scheme.type),
      type: UNIT,
      span,
    };
  }
  if (entry?.kind === "cell" || (entry?.kind === "captured" && entry.cell)) {
    const cell: TypedExpr =
      entry.kind === "cell"
        ? checker.use(entry.variable, name.span)
        : capturedField(checker, entry, name.span);
    return assignCell(checker, cell, expr, scope);
  }
  checker.infer(expr.value, scope);
  if (entry === undefined) checker.infer(expr.target, scope);
  else
    checker.error(
      "FUS0314",
      name.span,
      `'${name.text}' is not mutable`,
      `Declare \`let mutable ${name.text}\``,
    );
  return { kind: "unit", type: UNIT, span };
}

function assignCell(checker: Checker, cell: TypedExpr, expr: AssignExpr, scope: Scope): TypedExpr {
  const type = prune(cell.type);
  const item = isConstructed(type, REF) ? (type.args[0] as Type) : ANY;
  const right = checker.check(expr.value, scope, item);
  return {
    kind: "operator",
    operator: ":=",
    operandType: type,
    left: cell,
    right,
    type: UNIT,
    span: expr.span,
  };
}

/** `x.Property <- v`, where the type of `x` declares how the property is set. */
function setProperty(
  checker: Checker,
  expr: AssignExpr,
  member: Expr & { readonly kind: "member" },
  scope: Scope,
): TypedExpr | undefined {
  const { target, label } = member;
  const declared = checker.declarations.some(({ setters }) => setters.has(label.text));
  if (!declared || !isValue(target, scope)) return undefined;
  const owner = checker.infer(target, scope);
  const setter = checker.members.setter(prune(owner.type), label.text);
  if (setter === undefined) return undefined;
  const use = checker.use(setter.variable, label.span);
  return applyFunction(checker, use, {
    args: [typed(owner), written(expr.value)],
    span: expr.span,
    scope,
    expected: undefined,
  });
}

/** Something with a type, and not a module or a type. */
function isValue(expr: Expr, scope: Scope): boolean {
  let at = expr;
  while (at.kind === "member") at = at.target;
  return at.kind !== "name" || scope.value(at.name.text) !== undefined;
}

function assignMember(
  checker: Checker,
  expr: AssignExpr,
  member: Expr & { readonly kind: "member" },
  scope: Scope,
): TypedExpr {
  const { span } = expr;
  markCopy(checker, member.target);
  const set = setProperty(checker, expr, member, scope);
  if (set !== undefined) return set;
  const path = checker.infer(member, scope);
  if (path.kind === "variable" && path.variable.mutable) {
    return {
      kind: "assign-variable",
      variable: path.variable,
      value: checker.check(expr.value, scope, path.type),
      type: UNIT,
      span,
    };
  }
  if (path.kind === "operator" && path.operator === "!") return assignCell(checker, path.left, expr, scope);
  if (path.kind !== "field") {
    checker.infer(expr.value, scope);
    if (path.kind !== "null") {
      checker.error(
        "FUS0313",
        member.label.span,
        `Label '${member.label.text}' is not mutable`,
        `Declare \`mutable ${member.label.text}\``,
      );
    }
    return { kind: "unit", type: UNIT, span };
  }
  const owner = prune(path.target.type);
  const value = checker.check(expr.value, scope, path.type);
  const label = member.label.text;
  const declaration = declarationOf(owner);
  const mutable =
    isAny(owner) || (declaration !== undefined && checker.members.field(owner, label)?.mutable === true);
  if (!mutable) {
    checker.error(
      "FUS0313",
      member.label.span,
      `Label '${label}' is not mutable`,
      `Declare \`mutable ${label}\`, or use \`{ r with ${label} = ... }\``,
    );
  }
  return { kind: "assign-field", target: path.target, label, value, type: UNIT, span };
}
