/** Application of a function whose type is known or becomes known: parameters, arguments, overload sets, cases (language reference 3.10, 4.10). */
import { counted } from "../diagnostics/counted.js";
import type { HostEntry } from "../names/entry.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { BinaryExpr, Expr, NameExpr } from "../syntax/ast.js";
import type { HostExpr, Statement, TypedExpr } from "../typed/tree.js";
import { elementType } from "../types/bounds.js";
import {
  ANY,
  ARRAY,
  constructed,
  FLOAT,
  functionType,
  INT,
  isAny,
  isConstructed,
  LIST,
  MAP,
  SEQ,
  SET,
  STRING,
  tupleOf,
} from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { trialCopy } from "../types/scheme.js";
import type { CaseInfo, ExceptionDeclaration, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Checker } from "./checker.js";

/** An argument as written, or one that has been inferred already (the left side of a pipe). */
export type Argument =
  | { readonly kind: "written"; readonly expr: Expr; readonly adjacent: boolean }
  | { readonly kind: "typed"; readonly node: TypedExpr };

export function written(expr: Expr, adjacent = false): Argument {
  return { kind: "written", expr, adjacent };
}
export function typed(node: TypedExpr): Argument {
  return { kind: "typed", node };
}

/** The expression inside parentheses. */
export function unparenthesised(expr: Expr): Expr {
  let at = expr;
  while (at.kind === "paren") at = at.inner;
  return at;
}

/** Components of an argument written as a tuple. */
export function tupleComponents(argument: Argument | undefined): readonly Expr[] | undefined {
  if (argument?.kind !== "written") return undefined;
  const expr = unparenthesised(argument.expr);
  return expr.kind === "tuple" ? expr.items : undefined;
}

export function argumentSpan(argument: Argument): Span {
  return argument.kind === "written" ? argument.expr.span : argument.node.span;
}

/** An argument against the type that it should have. */
export function checkArgument(
  checker: Checker,
  argument: Argument,
  scope: Scope,
  parameter: Type,
  hint?: string,
): TypedExpr {
  return argument.kind === "written"
    ? checker.check(argument.expr, scope, parameter, hint)
    : checker.coerce(argument.node, parameter, hint);
}

export function inferArgument(checker: Checker, argument: Argument, scope: Scope): TypedExpr {
  return argument.kind === "written" ? checker.infer(argument.expr, scope) : argument.node;
}

/** Applies a function value to curried arguments. */
export function applyFunction(
  checker: Checker,
  callee: TypedExpr,
  args: readonly Argument[],
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  if (args.length === 0) return callee;
  const parameters: Type[] = [];
  let rest = prune(callee.type);
  if (args.length > 1 && takesTupleOf(args.length, rest))
    return notAFunction(checker, callee, args.slice(1), 1, rest, args, scope, span);
  for (let i = 0; i < args.length; i++) {
    if (rest.kind === "variable" && !isArithmetic(rest)) {
      const next = functionType(checker.fresh(), checker.fresh());
      checker.unify(rest, next, callee.span);
      rest = next;
    }
    if (rest.kind === "function") {
      parameters.push(rest.parameter);
      rest = prune(rest.result);
      // A piped argument is known first (4.2): it fixes its parameter before the others are inferred.
      const argument = args[i] as Argument;
      if (argument.kind === "typed") narrow(checker, parameters[i] as Type, argument.node.type);
    } else if (isAny(rest)) {
      parameters.push(ANY);
    } else {
      return notAFunction(checker, callee, args.slice(i), i, rest, args, scope, span);
    }
  }
  if (expected !== undefined) propagate(checker, rest, prune(expected));
  const separate = args.length === 1 ? givenTuple(args[0] as Argument, callee) : undefined;
  if (separate !== undefined && isArithmetic(parameters[0] as Type)) {
    const node = inferArgument(checker, args[0] as Argument, scope);
    checker.reportMismatch(parameters[0] as Type, node.type, node.span, separate);
    return checker.broken(span, [callee, node]);
  }
  const nodes = args.map((argument, i) =>
    checkArgument(checker, argument, scope, parameters[i] as Type, separate),
  );
  let target = callee;
  if (isAny(prune(callee.type))) {
    const type = parameters.reduceRight<Type>((result, parameter) => functionType(parameter, result), ANY);
    target = { kind: "coerce", expr: callee, type, span: callee.span };
  }
  return { kind: "apply", callee: target, args: nodes, type: rest, span };
}

/** `f (1, 2)` where `f` takes its arguments one by one: the hint to write them so. */
function givenTuple(argument: Argument, callee: TypedExpr): string | undefined {
  const expr = argument.kind === "written" ? unparenthesised(argument.expr) : undefined;
  if (expr?.kind !== "tuple") return undefined;
  let type = prune(callee.type);
  for (let i = 0; i < expr.items.length; i++) {
    if (type.kind !== "function") return undefined;
    type = prune(type.result);
  }
  return "The function takes its arguments one by one: write `f a b` and not `f (a, b)`";
}

/** An open type that only numbers and texts have. */
function isArithmetic(type: Type): boolean {
  const known = prune(type);
  return (
    known.kind === "variable" &&
    known.bounds.some(({ kind }) => kind === "add" || kind === "num" || kind === "bits")
  );
}

/** A function of one tuple with so many parts, which gives no further function. */
function takesTupleOf(count: number, type: Type): boolean {
  if (type.kind !== "function") return false;
  const parameter = prune(type.parameter);
  if (parameter.kind !== "tuple" || parameter.items.length !== count) return false;
  const result = prune(type.result);
  return result.kind === "variable" ? result.bounds.length > 0 : result.kind !== "function" && !isAny(result);
}

/** Lets an argument's type decide an open parameter, without complaint: the argument is checked again in its turn. */
function narrow(checker: Checker, parameter: Type, actual: Type): void {
  const wanted = prune(parameter);
  const got = prune(actual);
  if (isConvertible(wanted, got)) {
    const element = elementType(got);
    if (isConstructed(wanted, SEQ) && element !== undefined && !isConstructed(got, SEQ)) {
      checker.unifier.unify(wanted.args[0] as Type, element);
    }
    return;
  }
  checker.unifier.unify(wanted, got);
}

/** Lets the type that is expected of a call guide its arguments where no conversion can be meant. */
function propagate(checker: Checker, result: Type, expected: Type): void {
  if (result.kind === "function" && expected.kind === "function") {
    const parameter = prune(result.parameter);
    const given = prune(expected.parameter);
    if (parameter.kind === "variable" || (!isConvertible(parameter, given) && sameHead(parameter, given))) {
      checker.unifier.unify(parameter, given);
    }
    propagate(checker, prune(result.result), prune(expected.result));
    return;
  }
  if (
    result.kind !== "constructed" ||
    expected.kind !== "constructed" ||
    result.constructor !== expected.constructor
  )
    return;
  for (let i = 0; i < result.args.length; i++) {
    const mine = prune(result.args[i] as Type);
    const wanted = prune(expected.args[i] as Type);
    if (mine.kind === "variable" && wanted.kind !== "variable") checker.unifier.unify(mine, wanted);
    else propagate(checker, mine, wanted);
  }
}

function sameHead(a: Type, b: Type): boolean {
  if (b.kind === "variable") return false;
  if (a.kind !== b.kind) return false;
  return a.kind !== "constructed" || b.kind !== "constructed" || a.constructor === b.constructor;
}

/** Would 4.6 convert an expression of type `actual` where `expected` is expected? */
export function isConvertible(expected: Type, actual: Type): boolean {
  if (expected.kind === "variable" || actual.kind === "variable") return false;
  if (isAny(expected) || isAny(actual)) return true;
  if (isConstructed(expected, FLOAT.constructor)) return isConstructed(actual, INT.constructor);
  if (!isConstructed(expected, SEQ) || actual.kind !== "constructed") return false;
  return [LIST, ARRAY, SET, MAP, STRING.constructor].includes(actual.constructor);
}

function notAFunction(
  checker: Checker,
  callee: TypedExpr,
  surplus: readonly Argument[],
  taken: number,
  type: Type,
  args: readonly Argument[],
  scope: Scope,
  span: Span,
): TypedExpr {
  const first = surplus[0] as Argument;
  const minus =
    first.kind === "written" && first.expr.kind === "prefix" && first.expr.operator.text === "-"
      ? first.expr
      : undefined;
  const negative = first.kind === "written" && first.expr.kind === "literal" ? first.expr.value : undefined;
  const isNumber = isConstructed(type, INT.constructor) || isConstructed(type, FLOAT.constructor);
  if (taken === 0 && surplus.length === 1 && isNumber && first.kind === "written") {
    let right: TypedExpr | undefined;
    if (minus !== undefined) right = checker.check(minus.operand, scope, type);
    else if (negative?.type === "int" && negative.value < 0n) {
      right = checker.coerce({ kind: "int", value: -negative.value, type: INT, span: first.expr.span }, type);
    } else if (negative?.type === "float" && negative.value < 0) {
      right = checker.coerce(
        { kind: "float", value: -negative.value, type: FLOAT, span: first.expr.span },
        type,
      );
    }
    if (right !== undefined) {
      checker.bag.warning("FUS0425", span, "Read as subtraction", "Write `a - b` with blanks on both sides");
      return { kind: "operator", operator: "-", operandType: type, left: callee, right, type, span };
    }
  }
  const parts = args.map((argument) => inferArgument(checker, argument, scope));
  checker.error(
    "FUS0311",
    callee.span,
    taken === 0
      ? `This is not a function; it cannot take ${counted(surplus.length, "argument")}`
      : `This function takes ${counted(taken, "argument")}, not ${args.length}`,
    takesTupleOf(args.length, prune(callee.type))
      ? `It is ${formatType(callee.type)}, which takes one tuple: write the arguments as \`(a, b)\``
      : taken === 0
        ? `It is ${formatType(callee.type)}. Missing operator, comma, \`;\` or line break?`
        : `It is ${formatType(callee.type)}. Too many arguments, or a missing operator, comma, \`;\` or line break?`,
  );
  return checker.broken(span, [callee, ...parts]);
}

// -------------------------------------------------------------------------------------------------------------- host members

/** Applies a host member: spread tuples, constants called with unit, overload sets. */
export function applyHost(
  checker: Checker,
  entry: HostEntry,
  args: readonly Argument[],
  nameSpan: Span,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const forms = checker.host.forms(entry);
  if (forms.length !== 1)
    return applyOverloaded(checker, entry, forms, args, nameSpan, span, scope, expected);
  const form = forms[0] as HostEntry;
  if (isOneParameterMap(form, args)) {
    const wrong = oneParameterMap(checker, args, scope, span);
    if (wrong !== undefined) return wrong;
  }
  if (isUnitCall(form, args)) return checker.useHost(form, nameSpan);
  return applyFunction(
    checker,
    checker.useHost(form, nameSpan),
    spread(checker, form, args),
    span,
    scope,
    expected,
  );
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
  args: readonly Argument[],
  nameSpan: Span,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
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
    return applyFunction(
      checker,
      checker.useHost(candidate.form, nameSpan),
      candidate.args,
      span,
      scope,
      expected,
    );
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

// --------------------------------------------------------------------------------------------------------------------- cases

interface Fields {
  readonly name: string;
  readonly labels: readonly (string | undefined)[];
  readonly types: readonly Type[];
  readonly result: Type;
  build(args: readonly TypedExpr[], span: Span): TypedExpr;
  asFunction(type: Type, span: Span): TypedExpr;
}

export function fieldsOfCase(checker: Checker, info: CaseInfo): Fields {
  const result = constructed(
    info.union.constructor,
    info.union.params.map((param) => checker.fresh(param.name)),
  );
  return {
    name: info.name,
    labels: info.fields.map((field) => field.label),
    types: info.fields.map((field) => checker.members.typeFor(result, info.union, field.type)),
    result,
    build: (args, span) => ({ kind: "case", info, args, type: result, span }),
    asFunction: (type, span) => ({ kind: "case-function", info, type, span }),
  };
}

export function fieldsOfException(declaration: ExceptionDeclaration, exn: Type): Fields {
  return {
    name: declaration.name,
    labels: declaration.fields.map((field) => field.label),
    types: declaration.fields.map((field) => field.type),
    result: exn,
    build: (args, span) => ({ kind: "exception", declaration, args, type: exn, span }),
    asFunction: (type, span) => ({ kind: "exception-function", declaration, type, span }),
  };
}

/** A case without arguments: the value, or a function of its fields. */
export function caseValue(fields: Fields, span: Span): TypedExpr {
  if (fields.types.length === 0) return fields.build([], span);
  const parameter = fields.types.length === 1 ? (fields.types[0] as Type) : tupleOf(fields.types);
  return fields.asFunction(functionType(parameter, fields.result), span);
}

/** A case applied to its fields: one tuple of them, or each as an argument of its own. */
export function applyCase(
  checker: Checker,
  fields: Fields,
  args: readonly Argument[],
  nameSpan: Span,
  span: Span,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const count = fields.types.length;
  if (expected !== undefined) propagate(checker, fields.result, prune(expected));
  const components =
    args.length === 1 ? (tupleComponents(args[0]) ?? namedField(fields, args[0])) : undefined;
  const named = components === undefined ? undefined : fieldsByLabel(checker, fields, components, span);
  if (named === "wrong") {
    const values = components?.map((item) => checker.infer(isNamed(item) ? item.right : item, scope));
    return checker.coerce(checker.broken(span, values), fields.result);
  }
  if (named !== undefined) {
    return fields.build(
      named.map((value, i) => checker.check(value, scope, fields.types[i] as Type)),
      span,
    );
  }
  if (count === 0) {
    const only = args[0];
    if (
      fields.name === "None" &&
      args.length === 1 &&
      only?.kind === "written" &&
      unparenthesised(only.expr).kind === "unit"
    ) {
      return fields.build([], span);
    }
  } else if (count === 1 && args.length === 1 && !isSurplusTuple(fields, components)) {
    return fields.build([checkArgument(checker, args[0] as Argument, scope, fields.types[0] as Type)], span);
  } else if (components !== undefined && components.length === count) {
    return fields.build(
      components.map((component, i) => checker.check(component, scope, fields.types[i] as Type)),
      span,
    );
  } else if (args.length === count && count > 1) {
    return fields.build(
      args.map((argument, i) => checkArgument(checker, argument, scope, fields.types[i] as Type)),
      span,
    );
  } else if (args.length === 1 && components === undefined) {
    const node = inferArgument(checker, args[0] as Argument, scope);
    const type = prune(node.type);
    if (type.kind === "variable" || isAny(type) || (type.kind === "tuple" && type.items.length === count)) {
      return applyFunction(checker, caseValue(fields, nameSpan), [typed(node)], span, scope, expected);
    }
  }
  const given = components?.length ?? args.length;
  for (const argument of args) inferArgument(checker, argument, scope);
  reportFieldCount(checker, fields, given, span);
  return checker.coerce(checker.broken(span), fields.result);
}

function reportFieldCount(checker: Checker, fields: Fields, given: number, span: Span): void {
  checker.error(
    "FUS0312",
    span,
    `Case '${fields.name}' takes ${counted(fields.types.length, "field")}, not ${given}`,
    declaredAs(fields),
  );
}

function declaredAs({ name, types, labels }: Fields): string {
  return fieldsHint(
    name,
    types.map((type, i) => ({ label: labels[i], type })),
  );
}

/** What the declaration says of the fields of a case. */
export function fieldsHint(
  name: string,
  fields: readonly { readonly label: string | undefined; readonly type: Type }[],
): string {
  if (fields.length === 0) return `Write \`${name}\` alone`;
  const types = fields.map(({ label, type }) =>
    label === undefined ? formatType(type) : `${label}: ${formatType(type)}`,
  );
  return `It is declared as \`${name} of ${types.join(" * ")}\``;
}

/** `Circle (1, 2)` where the only field is known to be no tuple: more fields than there are, and not one of a wrong type. */
function isSurplusTuple(fields: Fields, components: readonly Expr[] | undefined): boolean {
  if (components === undefined || components.length < 2) return false;
  const type = prune(fields.types[0] as Type);
  return type.kind !== "variable" && type.kind !== "tuple" && !isAny(type);
}

/** `Case (label = e)`: a single argument that may be a comparison, unless the case has a field of this name. */
function namedField(fields: Fields, argument: Argument | undefined): readonly Expr[] | undefined {
  if (argument?.kind !== "written") return undefined;
  const expr = unparenthesised(argument.expr);
  return isLabelled(fields, expr) ? [expr] : undefined;
}

/** `label = e`, written as an equation. */
interface NamedValue extends BinaryExpr {
  readonly left: NameExpr;
}

function isNamed(expr: Expr): expr is NamedValue {
  return expr.kind === "binary" && expr.operator.text === "=" && expr.left.kind === "name";
}

function isLabelled(fields: Fields, expr: Expr): boolean {
  return isNamed(expr) && fields.labels.includes(expr.left.name.text);
}

/** The values of `Case (a, y = b)` in the order of the fields, those without a label first; undefined: there is no label. */
function fieldsByLabel(
  checker: Checker,
  fields: Fields,
  components: readonly Expr[],
  span: Span,
): readonly Expr[] | "wrong" | undefined {
  const first = components.findIndex((component) => isLabelled(fields, component));
  if (first < 0) return undefined;
  const named = components.slice(components.findIndex(isNamed)).filter(isNamed);
  const positional = components.slice(0, components.length - named.length);
  if (positional.some(isNamed)) return undefined;
  const values: (Expr | undefined)[] = fields.labels.map((_, i) => positional[i]);
  let wrong = false;
  for (const { left, right } of named) {
    const label = left.name.text;
    const index = fields.labels.indexOf(label);
    if (index < 0) {
      wrong = true;
      checker.error(
        "FUS0304",
        left.span,
        `${fields.name} has no label or member '${label}'`,
        declaredAs(fields),
      );
    } else if (values[index] !== undefined) {
      wrong = true;
      checker.error("FUS0310", left.span, `Label '${label}' is given twice`);
    } else values[index] = right;
  }
  if (!wrong && values.every((value): value is Expr => value !== undefined)) return values;
  if (!wrong) reportFieldCount(checker, fields, components.length, span);
  return "wrong";
}

// --------------------------------------------------------------------------------------------------------- order of evaluation

/** Can this be evaluated at any time, with the same result and no effect? */
export function isSimple(node: TypedExpr): boolean {
  switch (node.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "unit":
    case "null":
    case "host":
    case "intrinsic":
    case "lambda":
    case "case-function":
    case "exception-function":
      return true;
    case "variable":
      return !node.variable.mutable;
    case "coerce":
      return isSimple(node.expr) && !isAny(prune(node.expr.type));
    case "case":
    case "exception":
      return node.args.every(isSimple);
    case "tuple":
    case "list":
      return node.items.every(isSimple);
    case "apply":
      return isPartial(node.callee, node.args.length) && isSimple(node.callee) && node.args.every(isSimple);
    default:
      return false;
  }
}

/** A host function with too few arguments does nothing yet. */
function isPartial(callee: TypedExpr, given: number): boolean {
  if (callee.kind !== "host") return false;
  let arity = 0;
  for (let type = prune(callee.type); type.kind === "function"; type = prune(type.result)) arity++;
  const result = arity - given;
  return result > 0 && isFunctionMember(callee);
}

function isFunctionMember(callee: HostExpr): boolean {
  return !("value" in callee.definition);
}

/** `x |> f a`: x is evaluated before f and a, although it is passed last. */
export function pipedLast(
  checker: Checker,
  piped: TypedExpr,
  apply: (node: TypedExpr) => TypedExpr,
): TypedExpr {
  if (isSimple(piped)) return apply(piped);
  const node = apply(piped);
  if (!mentionsDirectly(node, piped)) return node;
  if (othersAreSimple(node, piped)) return node;
  const statements: Statement[] = [];
  const held = checker.bindTemporary(piped, statements);
  return {
    kind: "block",
    statements,
    result: replaceOperand(node, piped, held),
    type: node.type,
    span: node.span,
  };
}

function mentionsDirectly(node: TypedExpr, operand: TypedExpr): boolean {
  return (
    (node.kind === "apply" || node.kind === "case") &&
    node.args.some((arg) => arg === operand || (arg.kind === "coerce" && arg.expr === operand))
  );
}

function othersAreSimple(node: TypedExpr, operand: TypedExpr): boolean {
  if (node.kind !== "apply") return true;
  const others = node.args.filter(
    (arg) => arg !== operand && !(arg.kind === "coerce" && arg.expr === operand),
  );
  return isSimple(node.callee) && others.every(isSimple);
}

function replaceOperand(node: TypedExpr, operand: TypedExpr, replacement: TypedExpr): TypedExpr {
  if (node.kind !== "apply" && node.kind !== "case") return node;
  const args = node.args.map((arg) => {
    if (arg === operand) return replacement;
    return arg.kind === "coerce" && arg.expr === operand ? { ...arg, expr: replacement } : arg;
  });
  return { ...node, args };
}
