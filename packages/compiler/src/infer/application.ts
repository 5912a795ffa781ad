import type { ValueEntry } from "../names/entry.js";
import { type PathTarget, resolveModule, resolveType, resolveValue } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { ApplyExpr, Expr, MemberExpr, Name, NameExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { EXN, functionType, isAny, isConstructed, STRING } from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { givePayload } from "./active-patterns.js";
import { markCopy } from "./assignments.js";
import {
  type Argument,
  applyFunction,
  type CallSite,
  inferArgument,
  typed,
  unparenthesised,
  written,
} from "./call.js";
import { applyCase, fieldsOfCase, fieldsOfException } from "./cases.js";
import type { Checker } from "./checker.js";
import { applyFormat } from "./formats.js";
import { applyHost } from "./host-call.js";
import { accessLabel, callMember } from "./members.js";
import { applyMember, applyOfType, inferTypeApply } from "./type-arguments.js";
import { reportUnresolved } from "./unresolved-names.js";
import { operatorFunction, valueOf } from "./values.js";

export function inferApply(
  checker: Checker,
  expr: ApplyExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  return applyExpression(checker, expr.callee, {
    args: expr.args.map((arg) => written(arg, expr.adjacent)),
    span: expr.span,
    scope,
    expected,
  });
}

/** Applies an expression to arguments; no arguments: the expression itself. */
export function applyExpression(checker: Checker, callee: Expr, site: CallSite): TypedExpr {
  const { args, span, scope } = site;
  switch (callee.kind) {
    case "paren": {
      const inner = unparenthesised(callee);
      if (inner.kind === "name" || inner.kind === "member" || inner.kind === "lambda") {
        return applyExpression(checker, inner, site);
      }
      return applyFunction(checker, checker.infer(inner, scope), site);
    }
    case "apply": {
      const inner = callee.args.map((arg) => written(arg, callee.adjacent));
      return applyExpression(checker, callee.callee, { ...site, args: [...inner, ...args] });
    }
    case "name":
      return applyPath(checker, callee, [callee.name], site);
    case "member": {
      const names = pathOf(callee);
      if (names !== undefined) return applyPath(checker, callee, names, site);
      const ofType = applyOfType(checker, callee, site);
      if (ofType !== undefined) return ofType;
      markCopy(checker, callee.target);
      const target = checker.infer(callee.target, scope);
      return args.length === 0
        ? accessLabel(checker, target, callee.label, scope, span)
        : callMember(checker, target, callee.label, site);
    }
    case "type-apply":
      return applyFunction(checker, inferTypeApply(checker, callee, scope), site);
    case "lambda":
    case "function":
    case "binary": {
      // What is applied at once, as after a pipe, learns its parameter from the argument.
      const only = args.length === 1 ? args[0] : undefined;
      const hint = only?.kind === "typed" ? functionType(only.node.type, checker.fresh()) : undefined;
      return applyFunction(checker, checker.infer(callee, scope, hint), site);
    }
    default:
      return applyFunction(checker, checker.infer(callee, scope), site);
  }
}

/** The names of `a.b.c`, if it is made of names only. */
function pathOf(expr: MemberExpr): readonly Name[] | undefined {
  const names: Name[] = [];
  let at: Expr = expr;
  while (at.kind === "member") {
    names.push(at.label);
    at = at.target;
  }
  if (at.kind !== "name") return undefined;
  names.push(at.name);
  return names.reverse();
}

/** A name, with labels of its value behind it if there are any: the last one is what is applied. */
function applyPath(
  checker: Checker,
  callee: NameExpr | MemberExpr,
  names: readonly Name[],
  site: CallSite,
): TypedExpr {
  const { args, scope } = site;
  const found = resolveValue(names, scope, checker.host);
  if (found.kind !== "entry" && found.kind !== "static") {
    return unresolved(checker, callee, names, found, site);
  }
  const labels = names.slice(found.used);
  const nameSpan = spanOf(names.slice(0, found.used));
  if (labels.length === 0) {
    if (found.kind === "static") return applyStatic(checker, found, nameSpan, site);
    return args.length === 0
      ? valueOf(checker, found.entry, nameSpan)
      : applyEntry(checker, found.entry, nameSpan, site);
  }
  let node =
    found.kind === "static"
      ? applyStatic(checker, found, nameSpan, { args: [], span: nameSpan, scope, expected: undefined })
      : valueOf(checker, found.entry, nameSpan);
  for (const [i, label] of labels.entries()) {
    const isLast = i === labels.length - 1;
    const at = isLast ? callee.span : spanOf(names.slice(0, found.used + i + 1));
    node =
      isLast && args.length > 0
        ? callMember(checker, node, label, site)
        : accessLabel(checker, node, label, scope, at);
  }
  return node;
}

function spanOf(names: readonly Name[]): Span {
  const first = names[0] as Name;
  const last = names[names.length - 1] as Name;
  return names.length === 1
    ? first.span
    : { source: first.span.source, start: first.span.start, end: last.span.end };
}

/** A static member: properties are evaluated at every access. */
function applyStatic(
  checker: Checker,
  found: PathTarget<ValueEntry> & { readonly kind: "static" },
  nameSpan: Span,
  site: CallSite,
): TypedExpr {
  const use = checker.use(found.member.variable, nameSpan);
  return applyMember(checker, found.member, use, site);
}

function applyEntry(checker: Checker, entry: ValueEntry, nameSpan: Span, site: CallSite): TypedExpr {
  const { args, span, scope } = site;
  switch (entry.kind) {
    case "host":
      return applyHost(checker, entry, nameSpan, site);
    case "format":
      return applyFormat(checker, entry.name, nameSpan, site);
    case "case":
      return applyCase(checker, fieldsOfCase(checker, entry.info), nameSpan, site);
    case "exception":
      return applyCase(checker, fieldsOfException(entry.declaration, EXN), nameSpan, site);
    case "active-case": {
      givePayload(entry.info);
      return applyCase(checker, fieldsOfCase(checker, entry.info), nameSpan, site);
    }
    case "operation":
      return entry.builder.apply(checker, entry.operation, site);
    case "intrinsic": {
      if (entry.name === "raise" && args.length > 0) {
        const node = inferArgument(checker, args[0] as Argument, scope);
        const type = prune(node.type);
        const isException = type.kind === "variable" || isAny(type) || isConstructed(type, EXN.constructor);
        if (!isException) {
          checker.error("FUS0327", node.span, "'exn' expected after raise", "Use `failwith` for a message");
          return checker.broken(span);
        }
        return applyFunction(checker, valueOf(checker, entry, nameSpan), {
          ...site,
          args: [typed(node), ...args.slice(1)],
        });
      }
      return applyFunction(checker, valueOf(checker, entry, nameSpan), site);
    }
    default:
      return applyFunction(checker, valueOf(checker, entry, nameSpan), site);
  }
}

/** A path that leads to no value: some mean something all the same, of the others it is said what is wrong. */
function unresolved(
  checker: Checker,
  callee: NameExpr | MemberExpr,
  names: readonly Name[],
  found: PathTarget<ValueEntry>,
  site: CallSite,
): TypedExpr {
  const { args, span, scope } = site;
  const first = names[0] as Name;
  if (found.kind === "unknown" && names.length === 1) {
    const named = first.text === "nameof" ? nameOf(checker, site) : undefined;
    if (named !== undefined) return named;
    const operator = operatorFunction(checker, first.text, first.span);
    if (operator !== undefined) return applyFunction(checker, operator, { ...site, expected: undefined });
  }
  // `Map [ … ]` and `Set [ … ]`: their types are constructed from what has elements.
  const isCollection = found.kind === "module" && names.length === 1 && /^(?:Map|Set)$/.test(first.text);
  const construct = isCollection ? checker.host.member(first.text, "ofSeq") : undefined;
  if (construct !== undefined)
    return applyHost(checker, construct, first.span, { ...site, expected: undefined });
  const result = reportUnresolved(checker, callee, names, found, site);
  if (result !== undefined) return result;
  return checker.broken(
    span,
    args.map((argument) => inferArgument(checker, argument, scope)),
  );
}

/** `nameof x`: the last name of what is written, which must mean something. */
function nameOf(checker: Checker, { args, scope, span }: CallSite): TypedExpr | undefined {
  const [only] = args;
  const expr = args.length === 1 && only?.kind === "written" ? unparenthesised(only.expr) : undefined;
  if (expr?.kind !== "name" && expr?.kind !== "member") return undefined;
  const label = expr.kind === "name" ? expr.name : expr.label;
  const path = expr.kind === "name" ? [expr.name] : pathOf(expr);
  const isType = path !== undefined && resolveType(path, scope, checker.host) !== undefined;
  const isModule = path !== undefined && resolveModule(path, scope, checker.host) !== undefined;
  if (!isType && !isModule) checker.infer(expr, scope);
  return { kind: "string", value: label.text, type: STRING, span };
}
