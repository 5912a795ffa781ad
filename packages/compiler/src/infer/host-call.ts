/** Calls of host members: overload sets, units, tuples given for several arguments (language reference 3.10). */
import type { HostEntry } from "../names/entry.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { Expr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { elementType } from "../types/bounds.js";
import { ANY, isAny, isConstructed, SEQ } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { trialCopy } from "../types/scheme.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import {
  type Argument,
  applyFunction,
  argumentSpan,
  type CallSite,
  inferArgument,
  isConvertible,
  tupleComponents,
  typed,
  unparenthesised,
  written,
} from "./call.js";
import type { Checker } from "./checker.js";

/** Applies a host member: spread tuples, constants called with unit, overload sets. */
export function applyHost(checker: Checker, entry: HostEntry, nameSpan: Span, site: CallSite): TypedExpr {
  const { args, span, scope } = site;
  const forms = checker.host.forms(entry);
  if (forms.length !== 1) return applyOverloaded(checker, entry, forms, nameSpan, site);
  const form = forms[0] as HostEntry;
  if (isOneParameterMap(form, args)) {
    const wrong = oneParameterMap(checker, args, scope, span);
    if (wrong !== undefined) return wrong;
  }
  if (isUnitCall(form, args)) return checker.useHost(form, nameSpan);
  return applyFunction(checker, checker.useHost(form, nameSpan), {
    ...site,
    args: spread(checker, form, args),
  });
}

/** `Map.map (fun v -> …)` is what upstream writes for `Map.mapValues`. */
function isOneParameterMap(form: HostEntry, args: readonly Argument[]): boolean {
  const first = args[0];
  if (form.module !== "Map" || form.member !== "map" || first?.kind !== "written") return false;
  const expr = unparenthesised(first.expr);
  return expr.kind === "lambda" && expr.params.length === 1;
}

/** The note, and one error if the function gives no function; undefined: it does. */
function oneParameterMap(
  checker: Checker,
  args: readonly Argument[],
  scope: Scope,
  span: Span,
): TypedExpr | undefined {
  const [first] = args as readonly [Argument];
  const at = argumentSpan(first);
  checker.bag.info(
    "FUS0426",
    at,
    "`Map.map` passes key and value to its function",
    "Use `Map.mapValues`, or write `fun key value -> ...`",
  );
  const expr = first.kind === "written" ? unparenthesised(first.expr) : undefined;
  if (expr?.kind !== "lambda" || givesFunction(expr.body)) return undefined;
  const nodes = args.map((argument) => inferArgument(checker, argument, scope));
  const type = prune(nodes[0]?.type ?? ANY);
  const result = type.kind === "function" ? prune(type.result) : type;
  if (result.kind === "function" || result.kind === "variable" || isAny(result)) return undefined;
  checker.error(
    "FUS0301",
    at,
    `Expected a function of key and value, got ${formatType(type)}`,
    "Use `Map.mapValues`, or write `fun key value -> ...`",
  );
  return checker.broken(span, nodes);
}

function givesFunction(body: Expr): boolean {
  const expr = unparenthesised(body);
  return expr.kind === "lambda" || expr.kind === "function" || expr.kind === "name" || expr.kind === "member";
}

function isUnitCall(form: HostEntry, args: readonly Argument[]): boolean {
  const only = args[0];
  return (
    "unitCallable" in form.definition &&
    form.definition.unitCallable === true &&
    args.length === 1 &&
    only?.kind === "written" &&
    unparenthesised(only.expr).kind === "unit"
  );
}

/** `f(a, b)` of a native function of two parameters passes both (3.10). */
function spread(checker: Checker, form: HostEntry, args: readonly Argument[]): readonly Argument[] {
  const only = args[0];
  if (args.length !== 1 || only?.kind !== "written" || !only.adjacent) return args;
  const components = tupleComponents(only);
  const scheme = checker.host.scheme(form);
  if (components === undefined || components.length !== scheme.arity || scheme.arity < 2) return args;
  const type = prune(scheme.type);
  if (type.kind === "function" && prune(type.parameter).kind === "tuple") return args;
  return components.map((component) => written(component));
}

/** The first form that fits the argument types known at the call. */
export function applyOverloaded(
  checker: Checker,
  entry: HostEntry,
  forms: readonly HostEntry[],
  nameSpan: Span,
  site: CallSite,
): TypedExpr {
  const { args, span, scope } = site;
  const unitForm = forms.find((form) => isUnitCall(form, args));
  if (unitForm !== undefined) return checker.useHost(unitForm, nameSpan);
  const candidates: { readonly form: HostEntry; readonly args: readonly Argument[] }[] = [];
  const known = args.map((argument) => knownArgument(checker, argument, scope));
  for (const form of forms) {
    const given = spread(checker, form, args);
    if (given === args) candidates.push({ form, args: known });
    else candidates.push({ form, args: given.map((argument) => knownArgument(checker, argument, scope)) });
  }
  for (const candidate of candidates) {
    if (!fits(checker, candidate.form, candidate.args)) continue;
    return applyFunction(checker, checker.useHost(candidate.form, nameSpan), {
      ...site,
      args: candidate.args,
    });
  }
  const types = known
    .map((argument) => (argument.kind === "typed" ? formatType(argument.node.type) : "…"))
    .join(", ");
  const signatures = forms.map((form) => formatType(checker.host.scheme(form).type)).join("; ");
  const name =
    entry.module === "" || entry.module.startsWith("<") ? entry.member : `${entry.module}.${entry.member}`;
  checker.error("FUS0320", span, `No form of '${name}' takes (${types})`, `Forms: ${signatures}`);
  return checker.broken(span);
}

/** Infers an argument for the choice of a form, unless it is a lambda: those wait for their parameter's type. */
function knownArgument(checker: Checker, argument: Argument, scope: Scope): Argument {
  if (argument.kind === "typed") return argument;
  const expr = unparenthesised(argument.expr);
  if (expr.kind === "lambda" || expr.kind === "function") return argument;
  return typed(checker.infer(argument.expr, scope));
}

/** Could a form of an overload set take these arguments? */
export function fits(checker: Checker, form: HostEntry, args: readonly Argument[]): boolean {
  const copies = new Map<Type, Type>();
  let rest = prune(checker.instantiate(checker.host.scheme(form)).type);
  for (const argument of args) {
    if (rest.kind !== "function") return false;
    const parameter = prune(rest.parameter);
    if (argument.kind === "typed") {
      const actual = prune(trialCopy(argument.node.type, checker.unifier, copies));
      if (!fitsParameter(checker, parameter, actual)) return false;
    } else if (parameter.kind !== "function" && parameter.kind !== "variable" && !isAny(parameter))
      return false;
    rest = prune(rest.result);
  }
  return true;
}

function fitsParameter(checker: Checker, parameter: Type, actual: Type): boolean {
  if (!isConvertible(parameter, actual)) return checker.unifier.unify(parameter, actual);
  const element = elementType(actual);
  if (isConstructed(parameter, SEQ) && element !== undefined) {
    return checker.unifier.unify(parameter.args[0] as Type, element);
  }
  return true;
}
