/** Application of a function whose type is known or becomes known: its parameters and arguments (language reference 4.10). */
import { counted } from "../diagnostics/counted.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { Expr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { elementType } from "../types/bounds.js";
import { ANY, FLOAT, functionType, INT, isAny, isCollection, isConstructed, SEQ } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import type { UnifyFailure } from "../types/unify.js";
import type { Checker } from "./checker.js";

/** An argument as written, or one that has been inferred already (the left side of a pipe). */
export type Argument =
  | { readonly kind: "written"; readonly expr: Expr; readonly adjacent: boolean }
  | { readonly kind: "typed"; readonly node: TypedExpr };

/** Where something is applied, and to what. */
export interface CallSite {
  readonly args: readonly Argument[];
  /** The whole application. */
  readonly span: Span;
  readonly scope: Scope;
  /** What its result is expected to be. */
  readonly expected: Type | undefined;
}

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
export function applyFunction(checker: Checker, callee: TypedExpr, site: CallSite): TypedExpr {
  const { args, span, scope, expected } = site;
  if (args.length === 0) return callee;
  const parameters = new Array<Type>(args.length);
  /** Bounds that piped arguments break: once the parameter has their type, nobody else finds out. */
  let refused: Map<number, UnifyFailure> | undefined;
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
      parameters[i] = rest.parameter;
      rest = prune(rest.result);
      // A piped argument is known first (4.2): it fixes its parameter before the others are inferred.
      const argument = args[i] as Argument;
      if (argument.kind === "typed") {
        const failure = narrow(checker, parameters[i] as Type, argument.node.type);
        if (failure !== undefined) {
          refused ??= new Map();
          refused.set(i, failure);
        }
      }
    } else if (isAny(rest)) {
      parameters[i] = ANY;
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
  const given = swappedArguments(checker, callee, args, parameters, scope);
  if (given === undefined) return checker.broken(span, [callee]);
  const nodes = new Array<TypedExpr>(given.length);
  const order = inferenceOrder(checker, given);
  for (let at = 0; at < given.length; at++) {
    const i = order?.[at] ?? at;
    const parameter = parameters[i] as Type;
    const errors = checker.errorCount;
    const node = checkArgument(checker, given[i] as Argument, scope, parameter, separate);
    const failure = refused?.get(i);
    if (failure !== undefined && checker.errorCount === errors)
      checker.reportFailure(failure, parameter, node.type, callee.span);
    nodes[i] = node;
  }
  let target = callee;
  if (isAny(prune(callee.type))) {
    const type = parameters.reduceRight<Type>((result, parameter) => functionType(parameter, result), ANY);
    target = { kind: "coerce", expr: callee, type, span: callee.span };
  }
  return { kind: "apply", callee: target, args: nodes, type: rest, span };
}

/** Applies a function to what has been inferred already. */
export function applyToInferred(
  checker: Checker,
  callee: TypedExpr,
  nodes: readonly TypedExpr[],
  span: Span,
): TypedExpr {
  return applyFunction(checker, callee, {
    args: nodes.map(typed),
    span,
    scope: checker.emptyScope,
    expected: undefined,
  });
}

/**
 * `List.map xs f`, a collection where the function belongs, which comes next: one error says so instead of one for each argument, and there
 * is no result. Otherwise the arguments, with what has been inferred to find out.
 */
function swappedArguments(
  checker: Checker,
  callee: TypedExpr,
  args: readonly Argument[],
  parameters: readonly Type[],
  scope: Scope,
): readonly Argument[] | undefined {
  const [first, second] = args;
  if (first?.kind !== "written" || second?.kind !== "written" || isLambda(first)) return args;
  const wanted = prune(parameters[0] as Type);
  if (wanted.kind !== "function" || !hasElements(prune(parameters[1] as Type))) return args;
  const node = checker.infer(first.expr, scope, wanted);
  const given = prune(node.type);
  if (!hasElements(given)) return [typed(node), ...args.slice(1)];
  const next = checker.infer(second.expr, scope);
  if (prune(next.type).kind !== "function") return [typed(node), typed(next), ...args.slice(2)];
  const example = callee.kind === "host" ? `: \`${callee.module}.${callee.member} f xs\`` : "";
  checker.reportMismatch(wanted, given, node.span, `The function comes first${example}`);
  return undefined;
}

/** A list, an array, an option, a map … */
function hasElements(type: Type): boolean {
  return type.kind === "constructed" && type.args.length > 0;
}

/**
 * From left to right (undefined); but where a type of the program has operators, lambdas last: in `List.sumBy (fun v -> v * 2.0) vs`, what
 * `*` is depends on what `vs` holds, and F# waits for it.
 */
function inferenceOrder(checker: Checker, args: readonly Argument[]): readonly number[] | undefined {
  if (args.length < 2 || !args.some(isLambda)) return undefined;
  if (!checker.declarations.some(({ operators }) => operators.size > 0)) return undefined;
  const all = [...args.keys()];
  const waits = (i: number): boolean => isLambda(args[i] as Argument);
  return [...all.filter((i) => !waits(i)), ...all.filter(waits)];
}

function isLambda(argument: Argument): boolean {
  if (argument.kind !== "written") return false;
  const { kind } = unparenthesised(argument.expr);
  return kind === "lambda" || kind === "function";
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

/**
 * Lets an argument's type decide an open parameter. The argument is checked again in its turn, so that other types are no failure yet; what
 * breaks a bound is.
 */
function narrow(checker: Checker, parameter: Type, actual: Type): UnifyFailure | undefined {
  const wanted = prune(parameter);
  const got = prune(actual);
  if (isConvertible(wanted, got)) {
    const element = elementType(got);
    if (isConstructed(wanted, SEQ) && element !== undefined && !isConstructed(got, SEQ)) {
      return brokenBound(checker, wanted.args[0] as Type, element);
    }
    return undefined;
  }
  return brokenBound(checker, wanted, got);
}

function brokenBound({ unifier }: Checker, wanted: Type, got: Type): UnifyFailure | undefined {
  if (unifier.unify(wanted, got)) return undefined;
  return unifier.failure?.kind === "bound" ? unifier.failure : undefined;
}

/** Lets the type that is expected of a call guide its arguments where no conversion can be meant. */
export function propagate(checker: Checker, result: Type, expected: Type): void {
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
  return isConstructed(expected, SEQ) && isCollection(actual);
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
