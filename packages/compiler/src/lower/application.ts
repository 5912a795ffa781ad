/** Application: calls with the exact number of arguments where the callee is known, everything else by value. */
import type { Core, Item } from "../core/core.js";
import { CompilerBug } from "../errors.js";
import type { Span } from "../source/source.js";
import type { HostExpr, TypedExpr } from "../typed/tree.js";
import type { Argument } from "./argument.js";
import { argumentOf, keepInOrder } from "./arguments.js";
import { block, lowerAppliedLambda } from "./bindings.js";
import { givenStatics, hostArity } from "./given-statics.js";
import { importOf } from "./host-members.js";
import { inlineMember } from "./inline-members.js";
import { intrinsicArity, lowerIntrinsic } from "./intrinsics.js";
import type { Lowerer } from "./lowerer.js";
import { primitive } from "./operators.js";
import { meaningOf } from "./variable-use.js";

type Expr<K extends TypedExpr["kind"]> = Extract<TypedExpr, { kind: K }>;

export function lowerApply(lowerer: Lowerer, expr: Expr<"apply">): Core {
  return applyTo(
    lowerer,
    expr.callee,
    expr.args.map((arg) => argumentOf(lowerer, arg)),
    placeOf(expr),
  );
}

/** Where a call fails that fails: behind a pipe, at the stage and not at the start of all of it. */
function placeOf({ callee, span }: Expr<"apply">): Span {
  return callee.span.source === span.source
    ? { ...span, start: Math.max(span.start, callee.span.start) }
    : span;
}

export function applyTo(lowerer: Lowerer, callee: TypedExpr, args: readonly Argument[], span: Span): Core {
  if (args.length === 0) return lowerer.expression(callee);
  switch (callee.kind) {
    case "variable":
      return applyVariable(lowerer, callee, args, span);
    case "host": {
      const given = givenStatics(lowerer, callee);
      if (given === undefined) return applyHost(lowerer, callee, args, span);
      const statics = given.statics.map((one) => argumentOf(lowerer, one));
      return applyHost(lowerer, given.callee, [...statics, ...args], span);
    }
    case "intrinsic": {
      const arity = intrinsicArity(callee.name);
      if (args.length < arity) break;
      const result = (own: readonly Argument[]): Core => lowerIntrinsic(lowerer, callee, own, span);
      return args.length === arity ? result(args) : applyRest(lowerer, result, args, arity, span);
    }
    case "apply": {
      // `f a` with arguments still missing does nothing yet, so that `(f a) b` is `f a b`.
      const known = knownArity(lowerer, callee.callee);
      if (known > callee.args.length) {
        return applyTo(
          lowerer,
          callee.callee,
          [...callee.args.map((arg) => argumentOf(lowerer, arg)), ...args],
          span,
        );
      }
      break;
    }
    case "case-function":
    case "exception-function": {
      const [argument] = args;
      if (args.length !== 1 || argument === undefined) break;
      return construct(lowerer, callee, argument, span);
    }
    case "lambda":
      if (callee.params.length === args.length)
        return lowerAppliedLambda(
          lowerer,
          callee,
          args.map((arg) => arg.lower()),
          span,
        );
      break;
    default:
      break;
  }
  const value = lowerer.expression(callee);
  return { kind: "call", callee: value, args: args.map((arg) => arg.lower()), span };
}

/** Number of arguments without which nothing happens; 0 when it is not known. */
function knownArity(lowerer: Lowerer, callee: TypedExpr): number {
  switch (callee.kind) {
    case "variable": {
      const meaning = meaningOf(lowerer, callee);
      return meaning.kind === "function" ? meaning.fn.arity : 0;
    }
    case "host":
      return hostArity(lowerer, callee);
    case "intrinsic":
      return intrinsicArity(callee.name);
    default:
      return 0;
  }
}

function applyVariable(
  lowerer: Lowerer,
  callee: Expr<"variable">,
  args: readonly Argument[],
  span: Span,
): Core {
  const meaning = meaningOf(lowerer, callee);
  if (meaning.kind !== "function") {
    const value = lowerer.expression(callee);
    return { kind: "call", callee: value, args: args.map((arg) => arg.lower()), span };
  }
  const { fn } = meaning;
  return applyKnown(
    lowerer,
    fn.arity,
    (own) => lowerer.callKnown(fn, own, span),
    () => lowerer.functionValue(fn, callee.span),
    args,
    span,
  );
}

function applyHost(lowerer: Lowerer, callee: HostExpr, args: readonly Argument[], span: Span): Core {
  const inlined = inlineMember(lowerer, callee, args, span);
  if (inlined !== undefined) return inlined;
  const target = importOf(lowerer, callee);
  if (target.arity === 0) {
    const value = lowerer.importValue(target.index, callee.span);
    const { definition } = callee;
    const unitCall = "unitCallable" in definition && definition.unitCallable === true && args.length === 1;
    if (unitCall && args[0] !== undefined && lowerer.classOf(args[0].type) === "unit") {
      const argument = args[0].lower();
      return argument.kind === "unit" ? value : block([{ kind: "do", value: argument }], value, span);
    }
    return { kind: "call", callee: value, args: args.map((arg) => arg.lower()), span };
  }
  return applyKnown(
    lowerer,
    target.arity,
    (own) => lowerer.callImport(target.index, own, span),
    () => lowerer.importValue(target.index, callee.span),
    args,
    span,
  );
}

function applyKnown(
  lowerer: Lowerer,
  arity: number,
  call: (args: readonly Core[]) => Core,
  value: () => Core,
  args: readonly Argument[],
  span: Span,
): Core {
  if (args.length === arity) return call(args.map((arg) => arg.lower()));
  if (args.length < arity)
    return { kind: "call", callee: value(), args: args.map((arg) => arg.lower()), span };
  return applyRest(lowerer, (own) => call(own.map((arg) => arg.lower())), args, arity, span);
}

/** More arguments than parameters: all of them are evaluated before the first call. */
function applyRest(
  lowerer: Lowerer,
  call: (own: readonly Argument[]) => Core,
  args: readonly Argument[],
  arity: number,
  span: Span,
): Core {
  const items: Item[] = [];
  const kept = keepInOrder(lowerer, args, items);
  const callee = call(kept.slice(0, arity));
  return block(
    items,
    { kind: "call", callee, args: kept.slice(arity).map((arg) => arg.lower()), span },
    span,
  );
}

/** A case or an exception applied to its field, or to the tuple of its fields. */
function construct(
  lowerer: Lowerer,
  callee: Expr<"case-function"> | Expr<"exception-function">,
  argument: Argument,
  span: Span,
): Core {
  const fields = callee.kind === "case-function" ? callee.info.fields : callee.declaration.fields;
  const make = (values: readonly Core[]): Core => makeValue(lowerer, callee, values, span);
  if (fields.length === 1) return make([argument.lower()]);
  if (argument.expr?.kind === "tuple")
    return make(argument.expr.items.map((item) => lowerer.expression(item)));
  return lowerer.bound(argument.lower(), "fields", span, (read) =>
    make(fields.map((_, index) => primitive("field.get", [read()], span, [index]))),
  );
}

function makeValue(
  lowerer: Lowerer,
  callee: Expr<"case-function"> | Expr<"exception-function">,
  values: readonly Core[],
  span: Span,
): Core {
  if (callee.kind === "case-function") {
    return primitive("case.new", values, span, [
      lowerer.tables.definition(callee.info.union),
      callee.info.tag,
    ]);
  }
  return primitive("exn.new", values, span, [lowerer.tables.definition(callee.declaration)]);
}

/** A case or an exception as a function value. */
export function constructorFunction(
  lowerer: Lowerer,
  callee: Expr<"case-function"> | Expr<"exception-function">,
): Core {
  const { span } = callee;
  if (callee.kind === "case-function" && callee.info.fields.length === 1) {
    return primitive("load.case", [], span, [lowerer.tables.definition(callee.info.union), callee.info.tag]);
  }
  const definition = lowerer.tables.definition(
    callee.kind === "case-function" ? callee.info.union : callee.declaration,
  );
  const name = callee.kind === "case-function" ? callee.info.name : callee.declaration.name;
  const key =
    callee.kind === "case-function" ? `case ${definition} ${callee.info.tag}` : `exception ${definition}`;
  const fields = callee.kind === "case-function" ? callee.info.fields : callee.declaration.fields;
  const fn = lowerer.shared(key, name, span, ["fields"], ([argument]) => {
    if (argument === undefined) throw new CompilerBug("a constructor without parameter", span);
    const values =
      fields.length === 1
        ? [lowerer.read(argument, span)]
        : fields.map((_, index) => primitive("field.get", [lowerer.read(argument, span)], span, [index]));
    return makeValue(lowerer, callee, values, span);
  });
  return lowerer.functionValue(fn, span);
}
