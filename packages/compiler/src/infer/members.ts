/** `x.Label` and `x.M(args)` (language reference 3.5, 4.5, appendix B). */
import type { HostEntry } from "../names/entry.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { Name } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { ANY, isAny, isConstructed, REF, UNIT } from "../types/builtin.js";
import type { RecordDeclaration, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import {
  type Argument,
  applyFunction,
  applyToInferred,
  type CallSite,
  inferArgument,
  tupleComponents,
  typed,
  unparenthesised,
  written,
} from "./call.js";
import type { Checker } from "./checker.js";
import { dynamicMember, isDynamicMember } from "./dynamic-members.js";
import { applyOverloaded } from "./host-call.js";

/** An open type becomes the only declared record type with this label, if there is exactly one. */
function fixByLabel(checker: Checker, type: Type, label: Name, scope: Scope): void {
  if (type.kind !== "variable") return;
  const records = scope.recordsWith(label.text);
  if (records.length === 1)
    checker.unify(type, checker.members.freshType(records[0] as RecordDeclaration), label.span);
}

/** `target.label` without arguments. */
export function accessLabel(
  checker: Checker,
  target: TypedExpr,
  label: Name,
  scope: Scope,
  span: Span,
): TypedExpr {
  fixByLabel(checker, prune(target.type), label, scope);
  const type = prune(target.type);
  if (type.kind === "variable") {
    const result = checker.fresh();
    checker.require(type, { kind: "field", label: label.text, type: result, span: label.span }, label.span);
    const node: TypedExpr = { kind: "field", target, label: label.text, type: result, span };
    checker.pending.push({ node, settle: () => settledAccess(checker, target, label, result, span) });
    return node;
  }
  const known = knownAccess(checker, target, type, label, span);
  if (known !== undefined) return known;
  checker.members.reportMissing(type, label.text, label.span);
  return checker.broken(span, [target]);
}

/** Access on a type that is known; undefined: there is no such label. */
function knownAccess(
  checker: Checker,
  target: TypedExpr,
  type: Type,
  label: Name,
  span: Span,
): TypedExpr | undefined {
  if (isAny(type)) return dynamicProperty(checker, target, label, span);
  const field = checker.members.field(type, label.text);
  if (field !== undefined) return { kind: "field", target, label: label.text, type: field.type, span };
  const member = checker.members.declared(type, label.text);
  if (member !== undefined) {
    const use = checker.use(member.variable, label.span);
    return applyToInferred(checker, use, [target], span);
  }
  if (isConstructed(type, REF) && label.text === "Value") {
    const item = type.args[0] as Type;
    return {
      kind: "operator",
      operator: "!",
      operandType: type,
      left: target,
      right: undefined,
      type: item,
      span,
    };
  }
  const entry = checker.members.intrinsic(type, label.text);
  if (entry === undefined) return undefined;
  const forms = checker.host.forms(entry);
  const form = forms.find((item) => checker.host.scheme(item).arity === 1) ?? forms[0];
  if (form === undefined) return undefined;
  return applyToInferred(checker, checker.useHost(form, label.span), [target], span);
}

/** A label of something that only the running program knows. */
function dynamicProperty(checker: Checker, target: TypedExpr, label: Name, span: Span): TypedExpr {
  return dynamicMember(checker, target, label, undefined, (value) => ({
    kind: "field",
    target: value,
    label: label.text,
    type: ANY,
    span,
  }));
}

/** At the end: a label access whose target turned out to be a type with members. */
function settledAccess(
  checker: Checker,
  target: TypedExpr,
  label: Name,
  result: Type,
  span: Span,
): TypedExpr | undefined {
  const type = prune(target.type);
  if (type.kind === "variable" || checker.members.field(type, label.text) !== undefined) return undefined;
  const node = knownAccess(checker, target, type, label, span);
  if (node !== undefined) checker.unifier.unify(result, node.type);
  return node;
}

/** `target.label args`. */
export function callMember(checker: Checker, target: TypedExpr, label: Name, site: CallSite): TypedExpr {
  const { args, span, scope } = site;
  fixByLabel(checker, prune(target.type), label, scope);
  const type = prune(target.type);
  const first = args[0] as Argument;
  if (type.kind === "variable" || isAny(type)) {
    const isMethod = isAny(type) && args.length === 1 && isDynamicMember(checker, label.text);
    if (first.kind === "written" && (isMethodArgument(first) || isMethod)) {
      const call = openCall(checker, target, type, label, first, scope, span);
      return applyFunction(checker, call, { ...site, args: args.slice(1) });
    }
    return applyFunction(checker, accessLabel(checker, target, label, scope, span), site);
  }
  const field = checker.members.field(type, label.text);
  if (field !== undefined) {
    const node: TypedExpr = { kind: "field", target, label: label.text, type: field.type, span: label.span };
    return applyFunction(checker, node, site);
  }
  const member = checker.members.declared(type, label.text);
  if (member !== undefined) {
    return applyFunction(checker, checker.use(member.variable, label.span), {
      ...site,
      args: [typed(target), ...args],
    });
  }
  const entry = checker.members.intrinsic(type, label.text);
  if (entry !== undefined) return callIntrinsic(checker, entry, target, label, site);
  const parts = args.map((argument) => inferArgument(checker, argument, scope));
  checker.members.reportMissing(type, label.text, label.span);
  return checker.broken(span, [target, ...parts]);
}

/** `x.M(…)`: only parentheses make a method call of an open type. */
function isMethodArgument(argument: Argument): boolean {
  if (argument.kind !== "written" || !argument.adjacent) return false;
  return argument.expr.kind === "paren" || argument.expr.kind === "unit" || argument.expr.kind === "tuple";
}

function openCall(
  checker: Checker,
  target: TypedExpr,
  type: Type,
  label: Name,
  argument: Argument,
  scope: Scope,
  span: Span,
): TypedExpr {
  const components = tupleComponents(argument);
  const isUnit = argument.kind === "written" && unparenthesised(argument.expr).kind === "unit";
  const exprs: readonly Argument[] = isUnit ? [] : (components?.map((expr) => written(expr)) ?? [argument]);
  const args = exprs.map((expr) => inferArgument(checker, expr, scope));
  if (isAny(type)) {
    return dynamicCall(checker, target, label, args, span);
  }
  const result = checker.fresh();
  checker.require(
    type,
    { kind: "call", label: label.text, args: args.map((arg) => arg.type), result, span: label.span },
    label.span,
  );
  const passed: readonly TypedExpr[] = isUnit ? [{ kind: "unit", type: UNIT, span }] : args;
  const node: TypedExpr = { kind: "member", target, label: label.text, args: passed, type: result, span };
  checker.pending.push({
    node,
    settle: () => {
      const now = prune(target.type);
      if (now.kind === "variable") return undefined;
      if (isAny(now)) return dynamicCall(checker, target, label, args, span);
      const given = args.length === 0 ? [typed({ kind: "unit", type: UNIT, span })] : args.map(typed);
      const settled = settledCall(checker, target, now, label, given, span);
      if (settled !== undefined) checker.unifier.unify(result, settled.type);
      return settled;
    },
  });
  return node;
}

/** A method of something that only the running program knows. */
function dynamicCall(
  checker: Checker,
  target: TypedExpr,
  label: Name,
  args: readonly TypedExpr[],
  span: Span,
): TypedExpr {
  return dynamicMember(checker, target, label, args, (value, given) => ({
    kind: "member",
    target: value,
    label: label.text,
    args:
      given.length === 0
        ? [{ kind: "unit", type: UNIT, span }]
        : given.map((arg) => checker.coerce(arg, ANY)),
    type: ANY,
    span,
  }));
}

function settledCall(
  checker: Checker,
  target: TypedExpr,
  type: Type,
  label: Name,
  args: readonly Argument[],
  span: Span,
): TypedExpr | undefined {
  const scope = checker.emptyScope;
  const field = checker.members.field(type, label.text);
  const member = checker.members.declared(type, label.text);
  if (field !== undefined || member !== undefined) {
    const callee: TypedExpr =
      member !== undefined
        ? checker.use(member.variable, label.span)
        : { kind: "field", target, label: label.text, type: field?.type ?? ANY, span };
    const parameters = checker.members.argumentTypes(
      callee.type,
      args.map((arg) => (arg.kind === "typed" ? arg.node.type : ANY)),
    );
    const items = args.map((arg) => inferArgument(checker, arg, scope));
    const given: readonly Argument[] =
      parameters.length === 1 && args.length > 1
        ? [typed({ kind: "tuple", items, type: parameters[0] as Type, span })]
        : args;
    return applyFunction(checker, callee, {
      args: member !== undefined ? [typed(target), ...given] : given,
      span,
      scope,
      expected: undefined,
    });
  }
  const entry = checker.members.intrinsic(type, label.text);
  return entry === undefined
    ? undefined
    : callIntrinsic(checker, entry, target, label, { args, span, scope, expected: undefined });
}

/** A member of a built-in type: object first, then the arguments, curried. */
function callIntrinsic(
  checker: Checker,
  entry: HostEntry,
  target: TypedExpr,
  label: Name,
  site: CallSite,
): TypedExpr {
  const { args } = site;
  const components = args.length === 1 ? tupleComponents(args[0]) : undefined;
  const forms = checker.host.forms(entry);
  const arityOf = (form: HostEntry): number => checker.host.scheme(form).arity;
  const given = components?.map((component) => written(component)) ?? args;
  const fitting = forms.filter((form) => arityOf(form) === given.length + 1);
  const whole: readonly Argument[] = [typed(target), ...given];
  if (fitting.length === 1) {
    return applyFunction(checker, checker.useHost(fitting[0] as HostEntry, label.span), {
      ...site,
      args: whole,
    });
  }
  if (fitting.length > 1)
    return applyOverloaded(checker, entry, fitting, label.span, { ...site, args: whole });
  const properties = forms.filter((form) => arityOf(form) === 1);
  if (properties.length > 0) {
    const value = applyFunction(checker, checker.useHost(properties[0] as HostEntry, label.span), {
      ...site,
      args: [typed(target)],
      expected: undefined,
    });
    const only = args[0];
    const isUnit =
      args.length === 1 && only?.kind === "written" && unparenthesised(only.expr).kind === "unit";
    // `s.Trim()` and `s.ToString()` are complete; `cell.Value ()` calls the function in the cell.
    const { kind } = prune(value.type);
    if (isUnit && kind !== "function" && kind !== "variable") return value;
    return applyFunction(checker, value, site);
  }
  return applyOverloaded(checker, entry, forms, label.span, { ...site, args: whole });
}
