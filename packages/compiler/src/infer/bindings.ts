/** `let`, `use`, functions, recursive groups and active patterns (language reference 3.1, 4.4). */
import { checkIrrefutable } from "../exhaustiveness/check.js";
import { Scope } from "../names/scope.js";
import { appended } from "../short-list.js";
import type { Attribute, Binding, Expr, LetItem, Name, Pattern } from "../syntax/ast.js";
import type { Statement, TypedExpr, TypedPattern, Variable } from "../typed/tree.js";
import { curried } from "../types/builtin.js";
import { monomorphic, quantify, replaceVariables, variablesOf } from "../types/scheme.js";
import type { CaseInfo, Type, TypeVariable, UnionDeclaration } from "../types/type.js";
import { GENERIC_LEVEL, prune } from "../types/type.js";
import { activeUnion, defineActiveCases, defineActivePattern, givePayload } from "./active-patterns.js";
import { markCopy } from "./assignments.js";
import { fieldsOfCase } from "./cases.js";
import type { Checker, PolymorphicUse, RecursiveGroup } from "./checker.js";
import { type GroupMember, inferInParts } from "./group-parts.js";
import { bindAll, newBinder } from "./patterns.js";
import { announcedType } from "./type-expressions.js";
import { isValue, makesPlaces } from "./value-restriction.js";

type FunctionHead = Binding["head"] & { readonly kind: "function" };
type PatternHead = Binding["head"] & { readonly kind: "pattern" };

/** A `let` in a block or, with `global`, at top level or in a module: its statements; its names are added to the scope. */
export function inferLet(
  checker: Checker,
  item: LetItem,
  scope: Scope,
  global: boolean,
): readonly Statement[] {
  if (item.recursive) return inferRecursive(checker, item, scope, global);
  return item.bindings.map((binding) => inferBinding(checker, item, binding, scope, global));
}

function inferBinding(
  checker: Checker,
  item: LetItem,
  binding: Binding,
  scope: Scope,
  global: boolean,
): Statement {
  if (binding.head.kind === "function") return functionBinding(checker, binding, binding.head, scope, global);
  if (item.word === "use") return useBinding(checker, binding, binding.head, scope, global);
  return patternBinding(checker, item, binding, binding.head, scope, global);
}

// ----------------------------------------------------------------------------------------------------------------- functions

interface TypedFunction {
  readonly lambda: TypedExpr;
  readonly type: Type;
}

/** A lambda from parameters and a body; the parameters' patterns are matched when all arguments are there. */
export function inferLambda(
  checker: Checker,
  params: readonly Pattern[],
  scope: Scope,
  name: string | undefined,
  expected: Type | undefined,
  span: Expr["span"],
  body: (scope: Scope, result: Type | undefined) => TypedExpr,
): TypedFunction {
  const bodyScope = new Scope(scope);
  const binder = newBinder(bodyScope);
  let wanted = expected === undefined ? undefined : prune(expected);
  let patterns: TypedPattern[] = [];
  for (const param of params) {
    const type = wanted?.kind === "function" ? wanted.parameter : checker.fresh();
    patterns = appended(patterns, checker.rules.pattern(checker, param, type, binder));
    wanted = wanted?.kind === "function" ? prune(wanted.result) : undefined;
  }
  bindAll(binder, bodyScope);
  const result = body(bodyScope, wanted);
  if (patterns.some(({ kind }) => kind !== "variable"))
    checker.later(() => {
      for (const pattern of patterns) if (pattern.kind !== "variable") checkIrrefutable(checker.bag, pattern);
    });
  const type = curried(
    patterns.map((pattern) => pattern.type),
    result.type,
  );
  return { lambda: { kind: "lambda", params: patterns, body: result, name, type, span }, type };
}

function inferFunctionBody(
  checker: Checker,
  binding: Binding,
  params: readonly Pattern[],
  scope: Scope,
  name: string,
  expected: Type | undefined,
  union: UnionDeclaration | undefined,
): TypedFunction {
  const only = union?.cases.length === 1 ? union.cases[0] : undefined;
  return inferLambda(checker, params, scope, name, expected, binding.span, (bodyScope, result) => {
    if (only !== undefined) return singleCase(checker, only, checker.infer(binding.body, bodyScope));
    if (binding.type !== undefined) {
      const annotated = checker.rules.type(checker, binding.type, bodyScope);
      return checker.check(binding.body, bodyScope, annotated);
    }
    return result === undefined || result.kind === "variable"
      ? checker.infer(binding.body, bodyScope, undefined)
      : checker.check(binding.body, bodyScope, result);
  });
}

/** An active pattern of one case: its body gives what the case holds. */
function singleCase(checker: Checker, info: CaseInfo, body: TypedExpr): TypedExpr {
  const isCase = body.kind === "case" && body.info === info;
  if (isCase) return body;
  givePayload(info);
  const fields = fieldsOfCase(checker, info);
  checker.unify(fields.types[0] as Type, body.type, body.span);
  return fields.build([body], body.span);
}

function functionBinding(
  checker: Checker,
  binding: Binding,
  head: FunctionHead,
  scope: Scope,
  global: boolean,
): Statement {
  const name = head.name.text;
  const qualified = global ? checker.file.prefix + name : name;
  const inner = new Scope(scope);
  const variable = checker.variable(qualified, checker.fresh(), head.name.span, { global });
  const union = activeUnion(checker, head, scope);
  if (union !== undefined) defineActiveCases(inner, union);
  const isNew = scope.value(name) === undefined;
  const group: RecursiveGroup = { variables: new Set([variable]), uses: [] };
  const typed = checker.deeper(() => {
    if (!isNew) return inferFunctionBody(checker, binding, head.params, inner, qualified, undefined, union);
    // A name that is not known yet, mentioned in its own body, means the function itself (3.1).
    const own = checker.fresh();
    variable.scheme = monomorphic(own);
    inner.defineValue(name, { kind: "variable", variable });
    return inGroup(checker, group, () => {
      const result = inferFunctionBody(checker, binding, head.params, inner, qualified, undefined, union);
      if (group.uses.length > 0) checker.unify(own, result.type, head.name.span);
      return result;
    });
  });
  const quantified = checker.generalise([typed.type], scope, () => true);
  settle(variable, quantified, typed.type, group);
  declare(checker, variable, name, binding, scope, global);
  if (head.active !== undefined) defineActivePattern(scope, head, variable, union);
  if (group.uses.length > 0) {
    checker.bag.info(
      "FUS0421",
      head.name.span,
      `'${name}' refers to itself; treated as \`rec\``,
      "Write `let rec`",
    );
    return { kind: "let-rec", bindings: [{ variable, value: typed.lambda }], span: binding.span };
  }
  return letVariable(variable, typed.lambda, binding);
}

function inGroup<T>(checker: Checker, group: RecursiveGroup, body: () => T): T {
  checker.groups.push(group);
  try {
    return body();
  } finally {
    checker.groups.pop();
  }
}

/** Gives a variable its scheme, and the uses inside its own group their instantiation: the group's own variables. */
function settle(
  variable: Variable,
  quantified: readonly TypeVariable[],
  type: Type,
  group: RecursiveGroup | undefined,
): void {
  variable.scheme = { quantified, type };
  for (const use of group?.uses ?? []) use.instantiation = quantified;
}

function letVariable(variable: Variable, value: TypedExpr, binding: Binding): Statement {
  return {
    kind: "let",
    pattern: { kind: "variable", variable, type: variable.scheme.type, span: variable.span },
    value,
    span: binding.span,
  };
}

/** Makes a variable visible, and hides it outside of its module if it is private. */
function declare(
  checker: Checker,
  variable: Variable,
  name: string,
  binding: Binding,
  scope: Scope,
  global: boolean,
): void {
  scope.defineValue(name, { kind: "variable", variable });
  if (!global) return;
  checker.globals.push(variable);
  if (scope.module === undefined) return;
  // The cases of an active pattern are as private as its function.
  const cases = binding.head.kind === "function" ? (binding.head.active?.cases ?? []) : [];
  for (const one of [name, ...cases.map(({ text }) => text)])
    if (binding.access === "private") scope.module.hidden.add(one);
    else scope.module.hidden.delete(one);
  if (binding.head.kind === "function")
    checker.parameterNames.set(variable, binding.head.params.map(parameterName));
}

function parameterName(pattern: Pattern, index: number): string {
  switch (pattern.kind) {
    case "name": {
      const only = pattern.name.parts.length === 1 ? (pattern.name.parts[0] as Name) : undefined;
      return only?.text ?? `arg${index + 1}`;
    }
    case "paren":
      return parameterName(pattern.inner, index);
    case "annotate":
      return parameterName(pattern.pattern, index);
    case "as":
      return pattern.name.text;
    default:
      return `arg${index + 1}`;
  }
}

// ---------------------------------------------------------------------------------------------------------- recursive groups

function inferRecursive(
  checker: Checker,
  item: LetItem,
  scope: Scope,
  global: boolean,
): readonly Statement[] {
  const names = item.bindings.map((binding) => nameOf(binding));
  const polymorphic: PolymorphicUse[] = [];
  const group: RecursiveGroup = { variables: new Set(), uses: [], polymorphic };
  const variables: Variable[] = [];
  const unions = item.bindings.map(({ head }) =>
    head.kind === "function" ? activeUnion(checker, head, scope) : undefined,
  );
  const annotated: AnnotatedFunction[] = [];
  const { parts, rest } = checker.deeper(() => {
    for (const [i, binding] of item.bindings.entries()) {
      const name = names[i];
      const text = name?.text ?? `binding${i + 1}`;
      const variable = checker.variable(
        global ? checker.file.prefix + text : text,
        checker.fresh(),
        name?.span ?? binding.span,
        { global },
      );
      variables.push(variable);
      group.variables.add(variable);
      if (name === undefined)
        checker.bag.error(
          "FUS0115",
          binding.span,
          "'let rec' must bind functions",
          "Add a parameter, or drop 'rec'",
        );
      else scope.defineValue(name.text, { kind: "variable", variable });
      if (binding.head.kind === "function") defineActivePattern(scope, binding.head, variable, unions[i]);
    }
    for (const [i, binding] of item.bindings.entries()) {
      const known = annotatedFunction(checker, binding, scope, variables[i] as Variable);
      if (known !== undefined) annotated.push(known);
    }
    const members = item.bindings.map((binding, i): GroupMember => {
      const variable = variables[i] as Variable;
      const known = annotated.find((one) => one.variable === variable);
      const infer = (): TypedExpr => {
        const value = recursiveValue(checker, binding, scope, variable, known?.type, unions[i]);
        checker.unify(known?.type ?? variable.scheme.type, value.type, variable.span);
        return value;
      };
      return { variable, infer };
    });
    return inGroup(checker, group, () => inferInParts(checker, group, members, scope, () => []));
  });
  for (const { variable, type } of annotated) variable.scheme = monomorphic(type);
  const types = rest.map(({ variable }) => variable.scheme.type);
  const quantified = checker.generalise(types, scope, () => true);
  for (const [i, { variable }] of rest.entries()) settle(variable, quantified, types[i] as Type, undefined);
  for (const [i, variable] of variables.entries()) {
    const name = names[i];
    const binding = item.bindings[i] as Binding;
    if (name !== undefined) declare(checker, variable, name.text, binding, scope, global);
  }
  const left = new Set(rest.map(({ variable }) => variable));
  for (const use of group.uses) if (left.has(use.variable)) use.instantiation = quantified;
  settlePolymorphic(
    checker,
    polymorphic.filter((use) => left.has(use.variable)),
    annotated,
    quantified,
  );
  return [...parts.map(({ bindings }) => bindings), rest].map((bindings) => ({
    kind: "let-rec",
    bindings,
    span: item.span,
  }));
}

/** A function of a recursive group whose annotations tell its whole type: calls inside the group may use it at several types (4.2). */
interface AnnotatedFunction {
  readonly variable: Variable;
  readonly type: Type;
  /** The variables of the type; those of the scheme that stands for it meanwhile are parallel to them. */
  readonly open: readonly TypeVariable[];
}

function annotatedFunction(
  checker: Checker,
  binding: Binding,
  scope: Scope,
  variable: Variable,
): AnnotatedFunction | undefined {
  const { head } = binding;
  if (head.kind !== "function" || head.active !== undefined || binding.type === undefined) return undefined;
  if (!head.params.every(isAnnotated)) return undefined;
  const parameters = head.params.map((param) => announcedType(checker, param, scope));
  const type = curried(parameters, checker.rules.type(checker, binding.type, scope));
  const open = variablesOf(type).filter((one) => one.level > checker.level - 1 && one.bounds.length === 0);
  if (open.length === 0) return undefined;
  const quantified = open.map((one) => ({ ...checker.unifier.fresh(GENERIC_LEVEL), name: one.name }));
  variable.scheme = {
    quantified,
    type: replaceVariables(type, new Map(open.map((one, i) => [one, quantified[i] as Type])), 0),
  };
  return { variable, type, open };
}

function isAnnotated(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "paren":
      return isAnnotated(pattern.inner);
    case "tuple":
      return pattern.items.every(isAnnotated);
    case "annotate":
    case "unit":
      return true;
    default:
      return false;
  }
}

/** What the annotations leave open may have turned out to be something after all; every use must agree with it. */
function settlePolymorphic(
  checker: Checker,
  uses: readonly PolymorphicUse[],
  annotated: readonly AnnotatedFunction[],
  quantified: readonly TypeVariable[],
): void {
  for (const use of uses) {
    const open = annotated.find(({ variable }) => variable === use.variable)?.open ?? [];
    const given = use.instantiation;
    const actual = open.map(prune);
    actual.forEach((type, i) => {
      const own = given[i] as Type;
      const first = actual.indexOf(type);
      if (type.kind === "variable" && quantified.includes(type)) {
        for (const bound of type.bounds) checker.require(own, bound, use.span);
        if (first < i) checker.unify(given[first] as Type, own, use.span);
      } else checker.unify(type, own, use.span);
    });
    use.instantiation = quantified.map((variable) => given[actual.indexOf(variable)] ?? variable);
  }
}

function recursiveValue(
  checker: Checker,
  binding: Binding,
  scope: Scope,
  variable: Variable,
  known: Type | undefined,
  union: UnionDeclaration | undefined,
): TypedExpr {
  const { head } = binding;
  if (head.kind === "function") {
    const inner = new Scope(scope);
    if (union !== undefined) defineActiveCases(inner, union);
    return inferFunctionBody(
      checker,
      binding,
      head.params,
      inner,
      variable.name,
      known ?? expectedOfAnnotated(checker, binding, head, inner, variable),
      union,
    ).lambda;
  }
  const value =
    binding.type === undefined
      ? checker.infer(binding.body, scope)
      : checker.check(binding.body, scope, checker.rules.type(checker, binding.type, scope));
  return value.kind === "lambda" ? { ...value, name: variable.name } : value;
}

/** What annotations say about a function of a group is known to the bodies before it, too. */
function expectedOfAnnotated(
  checker: Checker,
  binding: Binding,
  head: FunctionHead,
  scope: Scope,
  variable: Variable,
): Type | undefined {
  const own = prune(variable.scheme.type);
  if (own.kind !== "variable") return own;
  const parameters = head.params.map(() => checker.fresh());
  const result =
    binding.type === undefined ? checker.fresh() : checker.rules.type(checker, binding.type, scope);
  const type = curried(parameters, result);
  checker.unify(own, type, variable.span);
  return type;
}

function nameOf(binding: Binding): Name | undefined {
  return binding.head.kind === "function" ? binding.head.name : patternName(binding.head.pattern);
}

/** The name, if a pattern is just one. */
function patternName(pattern: Pattern): Name | undefined {
  switch (pattern.kind) {
    case "name":
      return pattern.name.parts.length === 1 ? pattern.name.parts[0] : undefined;
    case "paren":
      return patternName(pattern.inner);
    case "annotate":
      return patternName(pattern.pattern);
    default:
      return undefined;
  }
}

// -------------------------------------------------------------------------------------------------------------------- values

function patternBinding(
  checker: Checker,
  item: LetItem,
  binding: Binding,
  head: PatternHead,
  scope: Scope,
  global: boolean,
): Statement {
  if (patternName(head.pattern) !== undefined) markCopy(checker, binding.body);
  const binder = newBinder(scope, {
    global,
    mutable: head.mutable,
    defines: patternName(head.pattern) !== undefined,
  });
  const { pattern, value } = checker.deeper(() => {
    const annotation = binding.type ?? annotationOf(head.pattern);
    const expected = annotation === undefined ? undefined : checker.rules.type(checker, annotation, scope);
    const node =
      expected === undefined
        ? checker.infer(binding.body, scope)
        : checker.check(binding.body, scope, expected);
    const bound = checker.rules.pattern(checker, head.pattern, expected ?? node.type, binder);
    return { pattern: bound, value: node };
  });
  const named =
    value.kind === "lambda" && pattern.kind === "variable"
      ? { ...value, name: pattern.variable.name }
      : value;
  const variables = [...binder.variables.values()];
  const types = variables.map((variable) => variable.scheme.type);
  const generalises =
    !head.mutable && (value.kind === "host" || (isValue(binding.body, scope) && !makesPlaces(value)));
  const isFunction = named.kind === "lambda";
  const quantified = generalises
    ? checker.generalise(types, scope, (variable) => isFunction || !specialises(variable))
    : NONE_QUANTIFIED;
  if (!generalises) quantify([...types, value.type], checker.level, () => false);
  for (const [i, variable] of variables.entries()) variable.scheme = { quantified, type: types[i] as Type };
  for (const [name, variable] of binder.variables) declare(checker, variable, name, binding, scope, global);
  if (isLiteralConstant([...item.attributes, ...binding.attributes]))
    defineConstant(checker, head.pattern, named, scope);
  if (pattern.kind !== "variable") checker.later(() => checkIrrefutable(checker.bag, pattern));
  return { kind: "let", pattern, value: named, span: binding.span };
}

const NONE_QUANTIFIED: readonly TypeVariable[] = [];

/** The annotation inside a pattern, `(x: t)`, decides before the value is inferred. */
function annotationOf(pattern: Pattern): (Pattern & { readonly kind: "annotate" })["type"] | undefined {
  if (pattern.kind === "paren") return annotationOf(pattern.inner);
  return pattern.kind === "annotate" ? pattern.type : undefined;
}

/** Would a use of this variable need an implementation of its own per type? Only functions are compiled per type. */
function specialises(variable: TypeVariable): boolean {
  return variable.bounds.some((bound) => bound.kind !== "eq" && bound.kind !== "ord");
}

function useBinding(
  checker: Checker,
  binding: Binding,
  head: PatternHead,
  scope: Scope,
  global: boolean,
): Statement {
  const binder = newBinder(scope, { global });
  const expected = binding.type === undefined ? undefined : checker.rules.type(checker, binding.type, scope);
  const value =
    expected === undefined
      ? checker.infer(binding.body, scope)
      : checker.check(binding.body, scope, expected);
  const pattern = checker.rules.pattern(checker, head.pattern, expected ?? value.type, binder);
  for (const [name, variable] of binder.variables) declare(checker, variable, name, binding, scope, global);
  const variable =
    pattern.kind === "variable"
      ? pattern.variable
      : checker.variable("_", value.type, head.pattern.span, { global });
  return { kind: "use", variable, value, span: binding.span };
}

function isLiteralConstant(attributes: readonly Attribute[]): boolean {
  return attributes.some(
    (attribute) => attribute.name.parts[attribute.name.parts.length - 1]?.text === "Literal",
  );
}

/** A `[<Literal>]` can be used as a pattern. */
function defineConstant(checker: Checker, pattern: Pattern, value: TypedExpr, scope: Scope): void {
  const name = patternName(pattern);
  if (name === undefined) return;
  switch (value.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
      scope.definePattern(name.text, { kind: "constant", value: value.value, type: value.type });
      return;
    default:
      checker.error(
        "FUS0123",
        value.span,
        "Bad pattern",
        "A literal constant is a number, string, char or bool",
      );
  }
}
