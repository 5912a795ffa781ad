/** `for`, ranges and comprehensions. */
import { type Core, type Item, isAtom } from "../core/core.js";
import type { Local } from "../core/local.js";
import { CompilerBug } from "../errors.js";
import type { Span } from "../source/source.js";
import type { TypedExpr, TypedPattern } from "../typed/tree.js";
import { block } from "./bindings.js";
import { callMember, callVariant } from "./host-members.js";
import type { Lowerer } from "./lowerer.js";
import { lowerIfMatches } from "./matches.js";
import { primitive } from "./operators.js";

type Expr<K extends TypedExpr["kind"]> = Extract<TypedExpr, { kind: K }>;

/** What runs for every element, which `element` holds. */
type Round = (element: Local) => Core;

export function lowerForTo(lowerer: Lowerer, expr: Expr<"for-to">): Core {
  const { span } = expr;
  const from = lowerer.expression(expr.from);
  const to = lowerer.expression(expr.to);
  const local = lowerer.declare(expr.variable);
  return {
    kind: "count",
    local,
    from,
    to,
    step: expr.down ? -1 : 1,
    body: loopBody(lowerer, expr.body),
    span,
  };
}

function loopBody(lowerer: Lowerer, body: TypedExpr): Core {
  lowerer.context.fn.hasLoop = true;
  return lowerer.expression(body);
}

export function lowerForIn(lowerer: Lowerer, expr: Expr<"for-in">): Core {
  const { iterable, pattern, span } = expr;
  const kind = lowerer.classOf(iterable.type);
  const plain = pattern.kind === "variable" || pattern.kind === "wildcard";
  const dynamic = kind === "any" || (!plain && lowerer.classOf(pattern.type) === "any");
  return forEach(
    lowerer,
    iterable,
    elementLocal(lowerer, pattern, dynamic),
    (element) => {
      if (
        pattern.kind === "wildcard" ||
        (pattern.kind === "variable" && !(dynamic && needsCast(lowerer, pattern)))
      )
        return loopBody(lowerer, expr.body);
      return lowerIfMatches(lowerer, element, pattern, dynamic, () => loopBody(lowerer, expr.body), span);
    },
    span,
  );
}

function needsCast(lowerer: Lowerer, pattern: Extract<TypedPattern, { kind: "variable" }>): boolean {
  const kind = lowerer.classOf(pattern.variable.scheme.type);
  return kind !== "any" && kind !== "open";
}

function elementLocal(lowerer: Lowerer, pattern: TypedPattern, dynamic: boolean): Local {
  return pattern.kind === "variable" && !(dynamic && needsCast(lowerer, pattern))
    ? lowerer.declare(pattern.variable)
    : lowerer.local("element");
}

/** A loop over any enumerable value; a range is counted and not built. */
function forEach(lowerer: Lowerer, iterable: TypedExpr, element: Local, round: Round, span: Span): Core {
  lowerer.context.fn.hasLoop = true;
  const step =
    iterable.kind === "range" && lowerer.classOf(iterable.first.type) === "int"
      ? constantStep(iterable)
      : undefined;
  if (iterable.kind === "range" && step !== undefined) {
    const from = lowerer.expression(iterable.first);
    const to = lowerer.expression(iterable.last);
    return { kind: "count", local: element, from, to, step, body: round(element), span };
  }
  const collection = lowerer.expression(iterable);
  const kind = lowerer.classOf(iterable.type);
  switch (kind) {
    case "list":
    case "array":
    case "string":
      return { kind: "each", over: kind, local: element, collection, body: round(element), span };
    case "set":
    case "map": {
      const list = primitive("list.of", [collection], span);
      return { kind: "each", over: "list", local: element, collection: list, body: round(element), span };
    }
    default:
      return traverse(lowerer, collection, element, round, span);
  }
}

/**
 * What may be lazy gives one element after the other: `while (step <- next true; step is Some element) do …`. However the loop ends, `next false` says that
 * it has.
 */
function traverse(lowerer: Lowerer, collection: Core, element: Local, round: Round, span: Span): Core {
  const next = lowerer.local("next");
  const step = lowerer.local("step", true);
  const items: Item[] = [
    { kind: "let", local: next, value: callMember(lowerer, "", "enumerate", [collection], span), span },
    { kind: "let", local: step, value: { kind: "unit", span }, span },
  ];
  const ask = (going: boolean): Core => ({
    kind: "call",
    callee: lowerer.read(next, span),
    args: [{ kind: "bool", value: going, span }],
    span,
  });
  const advance: Item = { kind: "do", value: lowerer.assign(step, ask(true), span) };
  const isSome: Core = {
    kind: "compare",
    operator: "=",
    mode: "int",
    left: primitive("tag.get", [lowerer.read(step, span)], span),
    right: { kind: "int", value: 1, span },
    span,
  };
  const value = primitive("field.get", [lowerer.read(step, span)], span, [0]);
  const body = block([{ kind: "let", local: element, value, span }], round(element), span);
  const loop: Core = { kind: "while", condition: block([advance], isSome, span), body, span };
  return block(items, { kind: "try-finally", body: loop, cleanup: ask(false), span }, span);
}

/** Steps beyond this are left to the general loop, which minds overflow. */
const MAX_STEP = 0x7fffffff;

function constantStep(range: Expr<"range">): number | undefined {
  const { step } = range;
  if (step === undefined) return 1;
  if (step.kind !== "int" || step.value === 0n) return undefined;
  const value = Number(step.value);
  return Math.abs(value) <= MAX_STEP ? value : undefined;
}

// ------------------------------------------------------------------------------------------------------------------ ranges

export function lowerRange(lowerer: Lowerer, expr: Expr<"range">): Core {
  const { span } = expr;
  const kind = lowerer.classOf(expr.first.type);
  if (kind === "char") return lowerCharRange(lowerer, expr);
  const element: "int" | "float" = kind === "float" ? "float" : "int";
  const items: Item[] = [];
  const kept = (value: Core, name: string): Core => {
    if (isAtom(value)) return value;
    const local = lowerer.local(name);
    items.push({ kind: "let", local, value, span });
    return lowerer.read(local, span);
  };
  const first = kept(lowerer.expression(expr.first), "first");
  const step =
    expr.step === undefined ? numberConstant(element, 1, span) : kept(lowerer.expression(expr.step), "step");
  const last = kept(lowerer.expression(expr.last), "last");
  if (expr.step !== undefined && !isNonZero(step)) {
    const { span: at } = expr.step;
    const right = numberConstant(element, 0, at);
    const isZero: Core = { kind: "compare", operator: "=", mode: element, left: step, right, span: at };
    const fail = primitive("fail", [], at, [
      lowerer.tables.string("FUS0513"),
      lowerer.tables.string("Range step is zero"),
    ]);
    const branches = [{ condition: isZero, body: fail }];
    const otherwise: Core = { kind: "unit", span: at };
    items.push({ kind: "do", value: { kind: "if", branches, otherwise, span: at } });
  }
  const list = lowerer.callKnown(rangeFunction(lowerer, element, span), [first, step, last], span);
  return block(items, expr.shape === "list" ? list : primitive("array.of.list", [list], span), span);
}

/** A step that the source shows not to be zero. */
function isNonZero(step: Core): boolean {
  return (step.kind === "int" && Number(step.value) !== 0) || (step.kind === "float" && step.value !== 0);
}

function numberConstant(kind: "int" | "float", value: number, span: Span): Core {
  return { kind, value, span };
}

/** Counts over the codes of the chars, and turns them back. */
function lowerCharRange(lowerer: Lowerer, expr: Expr<"range">): Core {
  const { span } = expr;
  const accumulator = lowerer.local("chars", true);
  const items: Item[] = [];
  const code = (value: TypedExpr): Core =>
    callVariant(lowerer, "int", "char", lowerer.expression(value), span);
  const first = code(expr.first);
  const last = code(expr.last);
  items.push({ kind: "let", local: accumulator, value: { kind: "nil", span }, span });
  const element = lowerer.local("code");
  lowerer.context.fn.hasLoop = true;
  const char = callVariant(lowerer, "char", "int", lowerer.read(element, span), span);
  const body = lowerer.assign(
    accumulator,
    primitive("list.cons", [char, lowerer.read(accumulator, span)], span),
    span,
  );
  items.push({
    kind: "do",
    value: { kind: "count", local: element, from: first, to: last, step: 1, body, span },
  });
  return block(items, collected(lowerer, accumulator, expr.shape, span), span);
}

/**
 * The list of `first`, `first + step`, … up to `last`; the step is not zero. An int that would wrap past the end stops the loop; a float is summed up, as in F#.
 */
function rangeFunction(lowerer: Lowerer, kind: "int" | "float", span: Span): ReturnType<Lowerer["shared"]> {
  return lowerer.shared(
    `range ${kind}`,
    "<range>",
    span,
    ["first", "step", "last"],
    ([first, step, last]) => {
      if (first === undefined || step === undefined || last === undefined)
        throw new CompilerBug("a range without bounds", span);
      lowerer.context.fn.hasLoop = true;
      const zero = numberConstant(kind, 0, span);
      const at = lowerer.local("at", true);
      const result = lowerer.local("result", true);
      const going = lowerer.local("going", true);
      const read = (local: Local): Core => lowerer.read(local, span);
      const compare = (operator: "<" | "<=", left: Core, right: Core): Core => ({
        kind: "compare",
        operator,
        mode: kind,
        left,
        right,
        span,
      });
      const add = primitive(kind === "int" ? "int.add" : "float.add", [read(at), read(step)], span);
      const next = lowerer.local("next");
      const loop = (inside: () => Core, forward: (from: Core, to: Core) => Core): Core => ({
        kind: "while",
        condition: { kind: "and", left: read(going), right: inside(), span },
        body: block(
          [
            {
              kind: "do",
              value: lowerer.assign(result, primitive("list.cons", [read(at), read(result)], span), span),
            },
            { kind: "let", local: next, value: add, span },
            // False once the sum has wrapped around.
            { kind: "do", value: lowerer.assign(going, forward(read(at), read(next)), span) },
          ],
          lowerer.assign(at, read(next), span),
          span,
        ),
        span,
      });
      const up = loop(
        () => compare("<=", read(at), read(last)),
        (from, to) => compare("<", from, to),
      );
      const down = loop(
        () => compare("<=", read(last), read(at)),
        (from, to) => compare("<", to, from),
      );
      const branches = [{ condition: compare("<", zero, read(step)), body: up }];
      return block(
        [
          { kind: "let", local: at, value: read(first), span },
          { kind: "let", local: result, value: { kind: "nil", span }, span },
          { kind: "let", local: going, value: { kind: "bool", value: true, span }, span },
          { kind: "do", value: { kind: "if", branches, otherwise: down, span } },
        ],
        primitive("list.reverse", [read(result)], span),
        span,
      );
    },
  );
}

// ---------------------------------------------------------------------------------------------------------- comprehensions

export function lowerComprehension(lowerer: Lowerer, expr: Expr<"comprehension">): Core {
  const { span } = expr;
  const accumulator = lowerer.local("yielded", true);
  const body = lowerer.within({ ...lowerer.context, accumulator }, () => lowerer.expression(expr.body));
  const items: Item[] = [
    { kind: "let", local: accumulator, value: { kind: "nil", span }, span },
    { kind: "do", value: body },
  ];
  return block(items, collected(lowerer, accumulator, expr.shape, span), span);
}

function collected(lowerer: Lowerer, accumulator: Local, shape: "list" | "array", span: Span): Core {
  const list = primitive("list.reverse", [lowerer.read(accumulator, span)], span);
  return shape === "list" ? list : primitive("array.of.list", [list], span);
}

export function lowerYield(lowerer: Lowerer, expr: Expr<"yield">): Core {
  const { span } = expr;
  const { accumulator } = lowerer.context;
  if (accumulator === undefined) throw new CompilerBug("'yield' outside a comprehension", span);
  const push = (value: Core): Core =>
    lowerer.assign(accumulator, primitive("list.cons", [value, lowerer.read(accumulator, span)], span), span);
  if (!expr.many) return push(lowerer.expression(expr.value));
  return forEach(
    lowerer,
    expr.value,
    lowerer.local("element"),
    (element) => push(lowerer.read(element, span)),
    span,
  );
}
