/** Application by what is applied: names, members, cases, host functions, formats (language reference 3.5, 3.10). */
import { reportAbsent } from "../diagnostics/absent-features.js";
import type { ValueEntry } from "../names/entry.js";
import { type PathTarget, resolveModule, resolveType, resolveValue } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import { knownNames, NOT_PROVIDED } from "../names/suggest.js";
import type { Span } from "../source/source.js";
import type { ApplyExpr, Expr, MemberExpr, Name, NameExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { ANY, EXN, functionType, isAny, isConstructed, STRING } from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { markCopy } from "./assignments.js";
import {
  type Argument,
  applyFunction,
  checkArgument,
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
import { startsUpperCase } from "./patterns.js";
import { applyMember, applyOfType, inferTypeApply } from "./type-arguments.js";
import { untypedCase } from "./untyped-cases.js";
import { operatorFunction, valueOf } from "./values.js";

export function inferApply(
  checker: Checker,
  expr: ApplyExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  return applyExpression(
    checker,
    expr.callee,
    expr.args.map((arg) => written(arg, expr.adjacent)),
    expr.span,
    scope,
    expected,
  );
}

/** Applies an expression to arguments; no arguments: the expression itself. */
export function applyExpression(
  checker: Checker,
  callee: Expr,
  args: readonly Argument[],
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  switch (callee.kind) {
    case "paren": {
      const inner = unparenthesised(callee);
      if (inner.kind === "name" || inner.kind === "member" || inner.kind === "lambda") {
        return applyExpression(checker, inner, args, span, scope, expected);
      }
      return applyFunction(checker, checker.infer(inner, scope), args, span, scope, expected);
    }
    case "apply": {
      const inner = callee.args.map((arg) => written(arg, callee.adjacent));
      return applyExpression(checker, callee.callee, [...inner, ...args], span, scope, expected);
    }
    case "name":
      return applyPath(checker, callee, [callee.name], args, span, scope, expected);
    case "member": {
      const names = pathOf(callee);
      if (names !== undefined) return applyPath(checker, callee, names, args, span, scope, expected);
      const ofType = applyOfType(checker, callee, args, span, scope, expected);
      if (ofType !== undefined) return ofType;
      markCopy(checker, callee.target);
      const target = checker.infer(callee.target, scope);
      return args.length === 0
        ? accessLabel(checker, target, callee.label, scope, span)
        : callMember(checker, target, callee.label, args, scope, span, expected);
    }
    case "type-apply":
      return applyFunction(checker, inferTypeApply(checker, callee, scope), args, span, scope, expected);
    case "lambda":
    case "function":
    case "binary": {
      // What is applied at once, as after a pipe, learns its parameter from the argument.
      const only = args.length === 1 ? args[0] : undefined;
      const hint = only?.kind === "typed" ? functionType(only.node.type, checker.fresh()) : undefined;
      return applyFunction(checker, checker.infer(callee, scope, hint), args, span, scope, expected);
    }
    default:
      return applyFunction(checker, checker.infer(callee, scope), args, span, scope, expected);
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

function applyPath(
  checker: Checker,
  callee: NameExpr | MemberExpr,
  names: readonly Name[],
  args: readonly Argument[],
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const found = resolveValue(names, scope, checker.host);
  if (found.kind !== "entry" && found.kind !== "static") {
    return unresolved(checker, callee, names, found, args, span, scope);
  }
  if (found.used === names.length && found.kind === "entry") {
    const at = spanOf(names);
    return args.length === 0
      ? valueOf(checker, found.entry, at)
      : applyEntry(checker, found.entry, args, at, span, scope, expected);
  }
  const labels = names.slice(found.used);
  const nameSpan = spanOf(names.slice(0, found.used));
  const applied = labels.length === 0 ? args : [];
  let node: TypedExpr;
  if (found.kind === "static")
    node = applyStatic(
      checker,
      found,
      applied,
      nameSpan,
      labels.length === 0 ? span : nameSpan,
      scope,
      expected,
    );
  else if (applied.length === 0) node = valueOf(checker, found.entry, nameSpan);
  else return applyEntry(checker, found.entry, applied, nameSpan, span, scope, expected);
  if (labels.length === 0) return node;
  for (const [i, label] of labels.entries()) {
    const isLast = i === labels.length - 1;
    const at = isLast ? callee.span : spanOf(names.slice(0, found.used + i + 1));
    node =
      isLast && args.length > 0
        ? callMember(checker, node, label, args, scope, span, expected)
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
  args: readonly Argument[],
  nameSpan: Span,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const use = checker.use(found.member.variable, nameSpan);
  return applyMember(checker, found.member, use, args, span, scope, expected);
}

function applyEntry(
  checker: Checker,
  entry: ValueEntry,
  args: readonly Argument[],
  nameSpan: Span,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  switch (entry.kind) {
    case "host":
      return applyHost(checker, entry, args, nameSpan, span, scope, expected);
    case "format":
      return applyFormat(checker, entry.name, args, nameSpan, span, scope, expected);
    case "case":
      return applyCase(checker, fieldsOfCase(checker, entry.info), args, nameSpan, span, scope, expected);
    case "exception":
      return applyCase(
        checker,
        fieldsOfException(entry.declaration, EXN),
        args,
        nameSpan,
        span,
        scope,
        expected,
      );
    case "active-case": {
      entry.giveField();
      return applyCase(checker, fieldsOfCase(checker, entry.info), args, nameSpan, span, scope, expected);
    }
    case "operation":
      return entry.builder.apply(checker, entry.operation, args, span, scope, expected);
    case "intrinsic": {
      if (entry.name === "raise" && args.length > 0) {
        const node = inferArgument(checker, args[0] as Argument, scope);
        const type = prune(node.type);
        const isException = type.kind === "variable" || isAny(type) || isConstructed(type, EXN.constructor);
        if (!isException) {
          checker.error("FUS0327", node.span, "'exn' expected after raise", "Use `failwith` for a message");
          return checker.broken(span);
        }
        return applyFunction(
          checker,
          valueOf(checker, entry, nameSpan),
          [typed(node), ...args.slice(1)],
          span,
          scope,
          expected,
        );
      }
      return applyFunction(checker, valueOf(checker, entry, nameSpan), args, span, scope, expected);
    }
    default:
      return applyFunction(checker, valueOf(checker, entry, nameSpan), args, span, scope, expected);
  }
}

// ------------------------------------------------------------------------------------------------------------ names that fail

function unresolved(
  checker: Checker,
  callee: NameExpr | MemberExpr,
  names: readonly Name[],
  found: PathTarget<ValueEntry>,
  args: readonly Argument[],
  span: Span,
  scope: Scope,
): TypedExpr {
  const first = names[0] as Name;
  if (found.kind === "unknown" && names.length === 1) {
    const named = first.text === "nameof" ? nameOf(checker, args, scope, span) : undefined;
    if (named !== undefined) return named;
    const operator = operatorFunction(checker, first.text, first.span);
    if (operator !== undefined) return applyFunction(checker, operator, args, span, scope, undefined);
  }
  // `Map [ … ]` and `Set [ … ]`: their types are constructed from what has elements.
  const isCollection = found.kind === "module" && names.length === 1 && /^(?:Map|Set)$/.test(first.text);
  const construct = isCollection ? checker.host.member(first.text, "ofSeq") : undefined;
  if (construct !== undefined) return applyHost(checker, construct, args, first.span, span, scope, undefined);
  const result = reportUnresolved(checker, callee, names, found, args, span, scope);
  if (result !== undefined) return result;
  return checker.broken(
    span,
    args.map((argument) => inferArgument(checker, argument, scope)),
  );
}

/** `nameof x`: the last name of what is written, which must mean something. */
function nameOf(
  checker: Checker,
  args: readonly Argument[],
  scope: Scope,
  span: Span,
): TypedExpr | undefined {
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

function reportUnresolved(
  checker: Checker,
  callee: NameExpr | MemberExpr,
  names: readonly Name[],
  found: PathTarget<ValueEntry>,
  args: readonly Argument[],
  span: Span,
  scope: Scope,
): TypedExpr | undefined {
  const first = names[0] as Name;
  const probed = checker.probe?.in(names) ?? -1;
  if (found.kind === "no-member" && found.at === probed) {
    const { module, type } = found;
    const hidden = module !== undefined && scope.isInside(module);
    checker.probe?.found({ kind: "within", module, type, hidden });
  } else if (found.kind === "unknown" && probed === 0) checker.probe?.foundValue(scope);
  switch (found.kind) {
    case "module":
      checker.error(
        "FUS0209",
        callee.span,
        `'${names.map((name) => name.text).join(".")}' is a module, not a value`,
        "Name one of its members",
      );
      return undefined;
    case "hidden": {
      const name = names[found.at] as Name;
      checker.error("FUS0207", name.span, `'${name.text}' is private to module '${found.module.name}'`);
      return undefined;
    }
    case "provider":
      checker.error(
        "FUS0196",
        first.span,
        `'${found.name}' comes from a type provider, which is not supported`,
        "Declare the type",
      );
      return undefined;
    case "no-member": {
      const name = names[found.at] as Name;
      const owner = names
        .slice(0, found.at)
        .map((part) => part.text)
        .join(".");
      const candidates = memberNames(found);
      checker.error(
        "FUS0205",
        name.span,
        `'${owner}' has no member '${name.text}'`,
        checker.suggestions.didYouMean(name.text, candidates) ?? knownNames(candidates),
      );
      return undefined;
    }
    default:
      return reportUnknown(checker, names, args, span, scope);
  }
}

function memberNames(found: PathTarget<ValueEntry> & { readonly kind: "no-member" }): readonly string[] {
  const names: string[] = [];
  if (found.module !== undefined) {
    names.push(...found.module.values.keys(), ...found.module.modules.keys());
    if (found.module.host !== undefined) names.push(...found.module.host.names());
  }
  if (found.type?.kind === "declared") {
    const { declaration } = found.type;
    if (declaration.kind === "union") names.push(...declaration.cases.map((item) => item.name));
    for (const member of declaration.members.values()) if (member.isStatic) names.push(member.name);
  }
  return names;
}

/** First names of what F# programs take from .NET. */
const DOTNET: ReadonlySet<string> = new Set(["System", "Microsoft", "FSharp"]);
/** Words by which other languages declare something. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["var", "`let name = value`, or `let mutable name = value` for what changes"],
  ["const", "`let name = value`"],
  ["val", "`let name = value`"],
  ["def", "`let name parameter = body`"],
  ["fn", "`let name parameter = body`"],
  ["func", "`let name parameter = body`"],
  ["import", "`open Module`"],
  ["class", "`type Name = { Label: type }`"],
  ["lambda", "`fun x -> ...`"],
  ["await", "`let! name = ...` inside `async { ... }`"],
]);
/** Words that are written wrong more often than others. */
const KEYWORDS: readonly string[] = [
  "else",
  "elif",
  "then",
  "match",
  "with",
  "true",
  "false",
  "function",
  "while",
];

function reportUnknown(
  checker: Checker,
  names: readonly Name[],
  args: readonly Argument[],
  span: Span,
  scope: Scope,
): TypedExpr | undefined {
  const first = names[0] as Name;
  const later = checker.definedLater(first.text, first.span);
  const hintLater = later === undefined ? undefined : `It is defined later, at line ${later}`;
  const qualified = scope.qualifierOf(first.text);
  if (names.length === 1 && qualified !== undefined) {
    checker.error("FUS0208", first.span, `'${first.text}' must be qualified`, `Write '${qualified}'`);
    return undefined;
  }
  if (checker.missingModules.has(first.text) && names.length > 1) return undefined;
  if (startsUpperCase(first.text)) {
    if (names.length > 1) {
      const modules = [...scope.names("module"), ...scope.names("type"), ...checker.host.moduleNames()];
      const hint =
        checker.suggestions.didYouMean(first.text, modules) ??
        (DOTNET.has(first.text)
          ? ".NET does not exist here; the standard library has modules such as List, String and Math"
          : NOT_PROVIDED);
      checker.error("FUS0204", first.span, `Module '${first.text}' is not defined`, hintLater ?? hint);
      return undefined;
    }
    const hint =
      checker.suggestions.didYouMean(first.text, scope.names("value")) ?? "Declare a union with this case";
    checker.error("FUS0202", first.span, `Constructor '${first.text}' is not defined`, hintLater ?? hint);
    return checker.lenient ? untypedValue(checker, first, args, span, scope) : undefined;
  }
  if (first.text === "new" && args.length > 0) {
    reportAbsent(checker.bag, first.span, "'new'");
    return checker.broken(span);
  }
  if (first.text === "struct" && args.length > 0) {
    reportAbsent(checker.bag, first.span, "struct tuple");
    return checker.broken(span);
  }
  const meaning = args.length > 0 ? FOREIGN.get(first.text) : undefined;
  if (meaning !== undefined) {
    checker.error(
      "FUS0128",
      first.span,
      `Looks like another language: '${first.text}'`,
      `Fusabi writes ${meaning}`,
    );
    // What follows are no arguments.
    return checker.broken(span);
  }
  checker.error(
    "FUS0201",
    first.span,
    `'${first.text}' is not defined`,
    hintLater ??
      checker.suggestions.didYouMean(first.text, scope.names("value")) ??
      checker.suggestions.didYouMean(first.text, KEYWORDS),
  );
  return undefined;
}

/** Lenient mode: an undefined constructor builds an untyped union value. */
function untypedValue(
  checker: Checker,
  name: Name,
  args: readonly Argument[],
  span: Span,
  scope: Scope,
): TypedExpr {
  const only = args.length === 1 ? args[0] : undefined;
  const tuple = only?.kind === "written" ? unparenthesised(only.expr) : undefined;
  const given =
    tuple?.kind === "tuple" ? tuple.items.map((item) => written(item)) : tuple?.kind === "unit" ? [] : args;
  const fields = given.map((argument) => checkArgument(checker, argument, scope, ANY));
  return {
    kind: "case",
    info: untypedCase(checker, name.text, fields.length),
    args: fields,
    type: ANY,
    span,
  };
}
