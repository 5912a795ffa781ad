/** What only the compiler can provide: in place when all arguments are there, otherwise as a small function. */
import type { Core, Item } from "../core/core.js";
import type { Span } from "../source/source.js";
import type { IntrinsicExpr, IntrinsicName, TypedExpr } from "../typed/tree.js";
import { ANY, FAILURE_DECLARATION } from "../types/builtin.js";
import type { Argument } from "./argument.js";
import { keepInOrder } from "./arguments.js";
import { block } from "./bindings.js";
import { hostArity } from "./given-statics.js";
import type { Lowerer } from "./lowerer.js";
import { primitive } from "./operators.js";
import { textOf } from "./text.js";
import { meaningOf } from "./variable-use.js";

const TWO_PARAMETERS: ReadonlySet<IntrinsicName> = new Set<IntrinsicName>([
  "compare",
  "compose",
  "compose-back",
  "pipe",
  "pipe-back",
  "append",
]);

export function intrinsicArity(name: IntrinsicName): number {
  return TWO_PARAMETERS.has(name) ? 2 : 1;
}

/** An intrinsic with exactly its arguments. */
export function lowerIntrinsic(
  lowerer: Lowerer,
  callee: IntrinsicExpr,
  args: readonly Argument[],
  span: Span,
): Core {
  const [first, second] = args as readonly [Argument, Argument];
  switch (callee.name) {
    case "raise":
      return primitive("raise", [first.lower()], span);
    case "reraise":
      return lowerReraise(lowerer, first.lower(), span);
    case "failwith":
      return failWith(lowerer, first.lower(), span);
    case "ref":
      return primitive("cell.new", [first.lower()], span);
    case "not":
      return negated(first.lower(), span);
    case "ignore":
      return block([{ kind: "do", value: first.lower() }], { kind: "unit", span }, span);
    case "id":
      return first.lower();
    case "fst":
      return primitive("field.get", [first.lower()], span, [0]);
    case "snd":
      return primitive("field.get", [first.lower()], span, [1]);
    case "string":
      return textOf(lowerer, first.lower(), first.type, span);
    case "compare":
      return primitive("compare", [first.lower(), second.lower()], span);
    case "append":
      return primitive("list.append", [first.lower(), second.lower()], span);
    case "compose":
      return compose(lowerer, first, second, first, second, span);
    case "compose-back":
      return compose(lowerer, first, second, second, first, span);
    case "pipe":
      return lowerPipe(lowerer, first, second, span);
    case "pipe-back": {
      if (first.expr !== undefined) return lowerer.apply(first.expr, [second], span);
      return { kind: "call", callee: first.lower(), args: [second.lower()], span };
    }
  }
}

/** An intrinsic as a function value. */
export function intrinsicFunction(lowerer: Lowerer, expr: IntrinsicExpr): Core {
  const { name, span } = expr;
  if (name === "reraise") {
    const fn = lowerer.function(name, 1, undefined, span);
    lowerer.inside(fn, () => {
      fn.params = [lowerer.local("()")];
      fn.body = lowerReraise(lowerer, { kind: "unit", span }, span);
    });
    return lowerer.functionValue(fn, span);
  }
  const names = intrinsicArity(name) === 2 ? ["first", "second"] : ["value"];
  const fn = lowerer.shared(`intrinsic ${name}`, name, span, names, (params) =>
    lowerIntrinsic(
      lowerer,
      expr,
      params.map(
        (param): Argument => ({ type: ANY, lower: () => lowerer.read(param, span), expr: undefined }),
      ),
      span,
    ),
  );
  return lowerer.functionValue(fn, span);
}

function lowerReraise(lowerer: Lowerer, argument: Core, span: Span): Core {
  const { exception } = lowerer.context;
  const again: Core =
    exception === undefined
      ? primitive("fail", [], span, [
          lowerer.tables.string("FUS0517"),
          lowerer.tables.string("reraise: no exception is being handled"),
        ])
      : primitive("reraise", [lowerer.read(exception, span)], span);
  return argument.kind === "unit" ? again : block([{ kind: "do", value: argument }], again, span);
}

function failWith(lowerer: Lowerer, message: Core, span: Span): Core {
  const failure = primitive("exn.new", [message], span, [lowerer.tables.definition(FAILURE_DECLARATION)]);
  return primitive("raise", [failure], span);
}

function negated(value: Core, span: Span): Core {
  if (value.kind === "bool") return { kind: "bool", value: !value.value, span };
  return primitive("not", [value], span);
}

type Callable = (argument: Argument, span: Span) => Core;

/** `x |> f`: x is evaluated first, even where f is an expression that must be evaluated too. */
function lowerPipe(lowerer: Lowerer, value: Argument, callee: Argument, span: Span): Core {
  const ofCallee: Item[] = [];
  const call = callable(lowerer, callee, ofCallee);
  if (ofCallee.length === 0) return call(value, span);
  const ofValue: Item[] = [];
  const [kept] = keepInOrder(lowerer, [value], ofValue);
  return block([...ofValue, ...ofCallee], call(kept ?? value, span), span);
}

/** A function that applies `inner` and then `outer`; `first` and `second` are the two in textual order. */
function compose(
  lowerer: Lowerer,
  first: Argument,
  second: Argument,
  inner: Argument,
  outer: Argument,
  span: Span,
): Core {
  const items: Item[] = [];
  const calls = new Map<Argument, Callable>();
  calls.set(first, callable(lowerer, first, items));
  if (second !== first) calls.set(second, callable(lowerer, second, items));
  const callInner = calls.get(inner);
  const callOuter = calls.get(outer);
  const fn = lowerer.function("<lambda>", 1, undefined, span);
  lowerer.inside(fn, () => {
    const param = lowerer.local("value");
    fn.params = [param];
    const argument: Argument = { type: ANY, lower: () => lowerer.read(param, span), expr: undefined };
    const middle: Argument = {
      type: ANY,
      lower: () => callInner?.(argument, span) ?? argument.lower(),
      expr: undefined,
    };
    fn.body = callOuter?.(middle, span) ?? middle.lower();
  });
  return block(items, lowerer.functionValue(fn, span), span);
}

/**
 * A function expression split into what is evaluated now, once (into `items`), and the call, which may happen elsewhere. Known functions are
 * called as such.
 */
function callable(lowerer: Lowerer, callee: Argument, items: Item[]): Callable {
  const { expr } = callee;
  if (expr !== undefined) {
    if (isKnown(lowerer, expr)) return (argument, span) => lowerer.apply(expr, [argument], span);
    if (expr.kind === "apply" && missingArguments(lowerer, expr) > 0) {
      const args = expr.args.map(
        (arg): Argument => ({ type: arg.type, lower: () => lowerer.expression(arg), expr: arg }),
      );
      const kept = keepInOrder(lowerer, args, items);
      return (argument, span) => lowerer.apply(expr.callee, [...kept, argument], span);
    }
  }
  const [kept] = keepInOrder(lowerer, [callee], items);
  return (argument, span) => ({
    kind: "call",
    callee: (kept ?? callee).lower(),
    args: [argument.lower()],
    span,
  });
}

function isKnown(lowerer: Lowerer, expr: TypedExpr): boolean {
  switch (expr.kind) {
    case "host":
    case "intrinsic":
    case "case-function":
    case "exception-function":
      return true;
    case "lambda":
      return expr.params.length === 1;
    case "variable":
      return meaningOf(lowerer, expr).kind === "function";
    default:
      return false;
  }
}

/** How many arguments a known function still waits for. */
function missingArguments(lowerer: Lowerer, expr: Extract<TypedExpr, { kind: "apply" }>): number {
  const { callee } = expr;
  if (callee.kind === "host") return hostArity(lowerer, callee) - expr.args.length;
  if (callee.kind === "intrinsic") return intrinsicArity(callee.name) - expr.args.length;
  if (callee.kind !== "variable") return 0;
  const meaning = meaningOf(lowerer, callee);
  return meaning.kind === "function" ? meaning.fn.arity - expr.args.length : 0;
}
