/** `x.Label`, `x.M(args)`, indexes, slices and assignments (language reference 3.5, 4.5, appendix B). */
import type { HostEntry } from "../names/entry.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
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
import type { CaseInfo, RecordDeclaration, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import {
  type Argument,
  applyFunction,
  inferArgument,
  tupleComponents,
  typed,
  unparenthesised,
  written,
} from "./call.js";
import type { Checker } from "./checker.js";
import { dynamicMember, isDynamicMember } from "./dynamic-members.js";
import { applyHost, applyOverloaded } from "./host-call.js";

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
    return applyFunction(checker, use, [typed(target)], span, checker.emptyScope, undefined);
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
  return applyFunction(
    checker,
    checker.useHost(form, label.span),
    [typed(target)],
    span,
    checker.emptyScope,
    undefined,
  );
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
export function callMember(
  checker: Checker,
  target: TypedExpr,
  label: Name,
  args: readonly Argument[],
  scope: Scope,
  span: Span,
  expected: Type | undefined,
): TypedExpr {
  fixByLabel(checker, prune(target.type), label, scope);
  const type = prune(target.type);
  const first = args[0] as Argument;
  if (type.kind === "variable" || isAny(type)) {
    const isMethod = isAny(type) && args.length === 1 && isDynamicMember(checker, label.text);
    if (first.kind === "written" && (isMethodArgument(first) || isMethod)) {
      const call = openCall(checker, target, type, label, first, scope, span);
      return applyFunction(checker, call, args.slice(1), span, scope, expected);
    }
    return applyFunction(
      checker,
      accessLabel(checker, target, label, scope, span),
      args,
      span,
      scope,
      expected,
    );
  }
  const field = checker.members.field(type, label.text);
  if (field !== undefined) {
    const node: TypedExpr = { kind: "field", target, label: label.text, type: field.type, span: label.span };
    return applyFunction(checker, node, args, span, scope, expected);
  }
  const member = checker.members.declared(type, label.text);
  if (member !== undefined) {
    return applyFunction(
      checker,
      checker.use(member.variable, label.span),
      [typed(target), ...args],
      span,
      scope,
      expected,
    );
  }
  const entry = checker.members.intrinsic(type, label.text);
  if (entry !== undefined) return callIntrinsic(checker, entry, target, label, args, scope, span, expected);
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
    return applyFunction(
      checker,
      callee,
      member !== undefined ? [typed(target), ...given] : given,
      span,
      scope,
      undefined,
    );
  }
  const entry = checker.members.intrinsic(type, label.text);
  return entry === undefined
    ? undefined
    : callIntrinsic(checker, entry, target, label, args, scope, span, undefined);
}

/** A member of a built-in type: object first, then the arguments, curried. */
function callIntrinsic(
  checker: Checker,
  entry: HostEntry,
  target: TypedExpr,
  label: Name,
  args: readonly Argument[],
  scope: Scope,
  span: Span,
  expected: Type | undefined,
): TypedExpr {
  const components = args.length === 1 ? tupleComponents(args[0]) : undefined;
  const forms = checker.host.forms(entry);
  const arityOf = (form: HostEntry): number => checker.host.scheme(form).arity;
  const given = components?.map((component) => written(component)) ?? args;
  const fitting = forms.filter((form) => arityOf(form) === given.length + 1);
  const whole: readonly Argument[] = [typed(target), ...given];
  if (fitting.length === 1) {
    return applyFunction(
      checker,
      checker.useHost(fitting[0] as HostEntry, label.span),
      whole,
      span,
      scope,
      expected,
    );
  }
  if (fitting.length > 1)
    return applyOverloaded(checker, entry, fitting, whole, label.span, span, scope, expected);
  const properties = forms.filter((form) => arityOf(form) === 1);
  if (properties.length > 0) {
    const value = applyFunction(
      checker,
      checker.useHost(properties[0] as HostEntry, label.span),
      [typed(target)],
      span,
      scope,
      undefined,
    );
    const only = args[0];
    const isUnit =
      args.length === 1 && only?.kind === "written" && unparenthesised(only.expr).kind === "unit";
    // `s.Trim()` and `s.ToString()` are complete; `cell.Value ()` calls the function in the cell.
    const { kind } = prune(value.type);
    if (isUnit && kind !== "function" && kind !== "variable") return value;
    return applyFunction(checker, value, args, span, scope, expected);
  }
  return applyOverloaded(checker, entry, forms, whole, label.span, span, scope, expected);
}

// ------------------------------------------------------------------------------------------------------------ indexes, slices

export function inferIndex(checker: Checker, expr: IndexExpr, scope: Scope): TypedExpr {
  markCopy(checker, expr.target);
  const target = checker.infer(expr.target, scope);
  if (checker.members.declared(prune(target.type), "Item") !== undefined) {
    const item: Name = { text: "Item", span: expr.span };
    return callMember(checker, target, item, [written(expr.index)], scope, expr.span, undefined);
  }
  const { key, value } = entryTypes(checker, target, expr.target.span);
  const index = checker.check(expr.index, scope, key);
  return { kind: "index", target, index, type: value, span: expr.span };
}

/** Key and value types of an indexed value. */
function entryTypes(
  checker: Checker,
  target: TypedExpr,
  span: Span,
): { readonly key: Type; readonly value: Type } {
  const type = prune(target.type);
  if (isAny(type)) return { key: ANY, value: ANY };
  if (type.kind !== "variable") {
    const known = indexTypes(type);
    if (known !== undefined) return known;
  }
  const key = checker.fresh();
  const value = checker.fresh();
  if (!checker.require(type, { kind: "index", key, value, span }, span)) return { key: ANY, value: ANY };
  return { key, value };
}

export function inferSlice(checker: Checker, expr: SliceExpr, scope: Scope): TypedExpr {
  markCopy(checker, expr.target);
  const target = checker.infer(expr.target, scope);
  const from = expr.from === undefined ? undefined : checker.check(expr.from, scope, INT);
  const to = expr.to === undefined ? undefined : checker.check(expr.to, scope, INT);
  const type = prune(target.type);
  if (!isAny(type)) {
    const value = checker.fresh();
    checker.require(type, { kind: "index", key: INT, value, span: expr.target.span }, expr.target.span);
  }
  return { kind: "slice", target, from, to, type: target.type, span: expr.span };
}

// ---------------------------------------------------------------------------------------------------------------- assignment

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
  return applyHost(checker, setter, args, span, expr.span, scope, undefined);
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
    return applyFunction(checker, use, args, expr.span, scope, undefined);
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
        : {
            kind: "field",
            target: checker.use(entry.self, name.span),
            label: entry.label,
            type: entry.type,
            span: name.span,
          };
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
  return applyFunction(checker, use, [typed(owner), written(expr.value)], expr.span, scope, undefined);
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
