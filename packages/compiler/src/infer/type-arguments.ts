/** Types that are written behind a name: `f<int>`, and `T<int>.Member` behind that of a type. */
import { resolveType, resolveValue } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { MemberExpr, Name, TypeApplyExpr, TypeExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { isAny, UNIT } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { variablesOf } from "../types/scheme.js";
import type { MemberInfo, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { applyFunction, type CallSite, typed } from "./call.js";
import type { Checker } from "./checker.js";
import { valueOf } from "./values.js";

/** `f<int>`: the types annotate the variables of the function, in the order of their first appearance. */
export function inferTypeApply(checker: Checker, expr: TypeApplyExpr, scope: Scope): TypedExpr {
  const node = checker.infer(expr.target, scope);
  const types = expr.types.map((type) => checker.rules.type(checker, type, scope));
  const variables = variablesOf(node.type);
  if (isAny(node.type)) return node;
  if (variables.length < types.length) {
    checker.error("FUS0324", expr.span, `Type '${formatType(node.type)}' has no type argument`);
    return node;
  }
  types.forEach((type, i) => {
    checker.unify(type, variables[i] as Type, expr.span);
  });
  return node;
}

/** `T<int>.Member` and `T<int>.Case`; undefined: what stands before the dot is no type with arguments. */
export function applyOfType(
  checker: Checker,
  { target, label }: MemberExpr,
  site: CallSite,
): TypedExpr | undefined {
  const { span, scope } = site;
  const path = target.kind === "type-apply" ? namesOf(target.target) : undefined;
  if (target.kind !== "type-apply" || path === undefined) return undefined;
  const entry = resolveType(path, scope, checker.host);
  if (entry === undefined || entry === "hidden" || entry.kind !== "declared") return undefined;
  const found = resolveValue([...path, label], scope, checker.host);
  const written: TypeExpr = {
    kind: "named",
    name: { parts: path, span: target.target.span },
    args: target.types,
    span: target.span,
  };
  const owner = prune(checker.rules.type(checker, written, scope));
  const types = owner.kind === "constructed" ? owner.args : [];
  const at = { ...span, start: target.span.start, end: label.span.end };
  if (found.kind === "static") {
    const { variable } = found.member;
    const use = checker.use(variable, at);
    const { params } = found.declaration;
    params.forEach((param, i) => {
      const index = variable.scheme.quantified.indexOf(param);
      const chosen = use.kind === "variable" ? use.instantiation[index] : undefined;
      if (chosen !== undefined) checker.unify(types[i] as Type, chosen, target.span);
    });
    return applyMember(checker, found.member, use, site);
  }
  if (found.kind !== "entry" || found.entry.kind !== "case") return undefined;
  const node = valueOf(checker, found.entry, at);
  let result = prune(node.type);
  while (result.kind === "function") result = prune(result.result);
  checker.unify(owner, result, target.span);
  return applyFunction(checker, node, site);
}

/** A static member: properties are evaluated at every access. */
export function applyMember(checker: Checker, member: MemberInfo, use: TypedExpr, site: CallSite): TypedExpr {
  const { args } = site;
  if (!member.isProperty) return applyFunction(checker, use, site);
  const unit = typed({ kind: "unit", type: UNIT, span: use.span });
  return applyFunction(checker, use, { ...site, args: [unit, ...args] });
}

function namesOf(expr: TypeApplyExpr["target"]): readonly Name[] | undefined {
  if (expr.kind === "name") return [expr.name];
  if (expr.kind !== "member") return undefined;
  const before = namesOf(expr.target);
  return before === undefined ? undefined : [...before, expr.label];
}
