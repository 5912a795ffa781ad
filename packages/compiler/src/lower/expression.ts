/** Typed expressions to Core. */
import { mayHoldFunction } from "../capabilities/function-holding.js";
import type { Core } from "../core/core.js";
import { CompilerBug } from "../errors.js";
import { typeTestOf } from "../match/pattern.js";
import type { Test } from "../match/plan.js";
import type { Span } from "../source/source.js";
import { positionAt } from "../source/source.js";
import type { TypedExpr } from "../typed/tree.js";
import { ANY, arrayOf, OPTION_DECLARATION } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { constructorFunction, lowerApply } from "./application.js";
import { block, lowerBlock, lowerFunction } from "./bindings.js";
import { givenStatics } from "./given-statics.js";
import { callMember, importOf } from "./host-members.js";
import { instructionFor } from "./inline-members.js";
import { intrinsicFunction } from "./intrinsics.js";
import { lowerComprehension, lowerForIn, lowerForTo, lowerRange, lowerYield } from "./loops.js";
import type { Lowerer } from "./lowerer.js";
import { lowerRules } from "./matches.js";
import { declaredAccess } from "./open-members.js";
import { boxed, convert, intConstant, lowerOperator, primitive } from "./operators.js";
import { lowerAssignField, lowerField, lowerRecord, lowerUpdate } from "./records.js";
import { lowerInterpolation } from "./text.js";
import type { TypeClass } from "./type-class.js";
import { meaningOf } from "./variable-use.js";

type Expr<K extends TypedExpr["kind"]> = Extract<TypedExpr, { kind: K }>;

export function lowerExpression(lowerer: Lowerer, expr: TypedExpr): Core {
  const { span } = expr;
  switch (expr.kind) {
    case "int":
      return intConstant(expr.value, span);
    case "float":
      return { kind: "float", value: expr.value, span };
    case "bool":
      return { kind: "bool", value: expr.value, span };
    case "string":
    case "char":
      return { kind: "string", value: expr.value, span };
    case "unit":
    case "null":
      return { kind: expr.kind, span };
    case "variable":
      return lowerVariable(lowerer, expr);
    case "host": {
      const given = givenStatics(lowerer, expr);
      if (given !== undefined)
        return lowerer.expression({
          kind: "apply",
          callee: given.callee,
          args: given.statics,
          type: expr.type,
          span,
        });
      const target = importOf(lowerer, expr);
      return lowerer.importValue(target.index, span);
    }
    case "intrinsic":
      return intrinsicFunction(lowerer, expr);
    case "operator":
      return lowerOperator(lowerer, expr);
    case "and":
    case "or":
      return {
        kind: expr.kind,
        left: lowerer.expression(expr.left),
        right: lowerer.expression(expr.right),
        span,
      };
    case "apply":
      return lowerApply(lowerer, expr);
    case "lambda": {
      const fn = lowerer.function(expr.name ?? "<lambda>", expr.params.length, undefined, span);
      lowerFunction(lowerer, fn, expr);
      return lowerer.functionValue(fn, span);
    }
    case "continued":
      return lowerContinued(lowerer, expr);
    case "block":
      return lowerBlock(lowerer, expr.statements, expr.result, span);
    case "if":
      return lowerIf(lowerer, expr);
    case "match": {
      const subject = lowerer.local("subject");
      return lowerRules(
        lowerer,
        subject,
        lowerer.expression(expr.subject),
        expr.rules,
        lowerer.classOf(expr.subject.type) === "any",
        "match-failure",
        span,
      );
    }
    case "tuple":
      return primitive("tuple.new", lowerer.expressions(expr.items), span);
    case "list":
      return expr.items.length === 0
        ? { kind: "nil", span }
        : primitive("list.new", lowerer.expressions(expr.items), span);
    case "array":
      return primitive("array.new", lowerer.expressions(expr.items), span);
    case "range":
      return lowerRange(lowerer, expr);
    case "comprehension":
      return lowerComprehension(lowerer, expr);
    case "yield":
      return lowerYield(lowerer, expr);
    case "record":
      return lowerRecord(lowerer, expr);
    case "update":
      return lowerUpdate(lowerer, expr);
    case "case":
      return primitive("case.new", lowerer.expressions(expr.args), span, [
        lowerer.tables.definition(expr.info.union),
        expr.info.tag,
      ]);
    case "exception":
      return primitive("exn.new", lowerer.expressions(expr.args), span, [
        lowerer.tables.definition(expr.declaration),
      ]);
    case "case-function":
    case "exception-function":
      return constructorFunction(lowerer, expr);
    case "field":
      return lowerOpenField(lowerer, expr);
    case "member":
      return lowerMember(lowerer, expr);
    case "index":
      return lowerIndex(lowerer, expr);
    case "slice":
      return lowerSlice(lowerer, expr);
    case "assign-variable":
      return lowerAssignVariable(lowerer, expr);
    case "assign-field":
      return lowerAssignField(lowerer, expr);
    case "assign-index": {
      lowerer.noteStore(expr.value.type, "inside");
      const args = [
        arrayTarget(lowerer, expr.target),
        lowerer.expression(expr.index),
        lowerer.expression(expr.value),
      ];
      return primitive(expr.copy ? "array.with" : "array.set", args, span);
    }
    case "while":
      lowerer.context.fn.hasLoop = true;
      return {
        kind: "while",
        condition: lowerer.expression(expr.condition),
        body: lowerer.expression(expr.body),
        span,
      };
    case "for-to":
      return lowerForTo(lowerer, expr);
    case "for-in":
      return lowerForIn(lowerer, expr);
    case "break":
    case "continue":
      return { kind: expr.kind, span };
    case "try-with":
      return lowerTryWith(lowerer, expr);
    case "try-finally":
      return {
        kind: "try-finally",
        body: lowerer.expression(expr.body),
        cleanup: lowerer.expression(expr.cleanup),
        span,
      };
    case "coerce":
      return convert(lowerer, lowerer.expression(expr.expr), expr.expr.type, expr.type, span);
    case "downcast":
      return lowerDowncast(lowerer, expr);
    case "type-test":
      return lowerTypeTest(lowerer, expr);
    case "interpolation":
      return lowerInterpolation(lowerer, expr);
    case "lazy": {
      const fn = lowerer.function("<lazy>", 1, undefined, span);
      lowerer.inside(fn, () => {
        fn.params = [lowerer.local("()")];
        fn.body = lowerer.expression(expr.body);
      });
      return callMember(lowerer, "", "lazy", [lowerer.functionValue(fn, span)], span);
    }
    case "assert":
      return lowerAssert(lowerer, expr);
  }
}

function lowerContinued(lowerer: Lowerer, { rest, span }: Expr<"continued">): Core {
  const fn = lowerer.function("<lambda>", 1, lowerer.local("continuation"), span);
  lowerer.later(() =>
    lowerer.inside(fn, () => {
      fn.params = [lowerer.local("()")];
      fn.body = lowerer.expression(rest.body);
    }),
  );
  const call = lowerer.callKnown(fn, [{ kind: "unit", span }], span);
  return block([{ kind: "functions", functions: [fn], span }], call, span);
}

function lowerVariable(lowerer: Lowerer, expr: Expr<"variable">): Core {
  const { span } = expr;
  const meaning = meaningOf(lowerer, expr);
  switch (meaning.kind) {
    case "local":
      if (meaning.local.mutable) lowerer.noteStoredRead(expr.type);
      return lowerer.read(meaning.local, span);
    case "global":
      // What was made when the program was loaded and holds no function needs nothing any more.
      if (mayHoldFunction(lowerer.resolve(expr.type))) lowerer.context.references.addGlobal(meaning.global);
      return { kind: "global", global: meaning.global, span };
    case "function":
      return lowerer.functionValue(meaning.fn, span);
    case "constant":
      return { ...meaning.value, span };
  }
}

function lowerAssignVariable(lowerer: Lowerer, expr: Expr<"assign-variable">): Core {
  const { span } = expr;
  const meaning = lowerer.meaning(expr.variable);
  lowerer.noteStore(expr.value.type, "variable");
  if (meaning.kind === "global") {
    meaning.global.references.addOther(lowerer.stored);
    return { kind: "assign-global", global: meaning.global, value: lowerer.expression(expr.value), span };
  }
  if (meaning.kind !== "local") throw new CompilerBug(`'${expr.variable.name}' cannot be assigned`, span);
  return lowerer.assign(meaning.local, lowerer.expression(expr.value), span);
}

/** Ladders of `elif` are followed in a loop: their length is no depth. */
function lowerIf(lowerer: Lowerer, expr: Expr<"if">): Core {
  const branches: { readonly condition: Core; readonly body: Core }[] = [];
  let at: TypedExpr = expr;
  while (at.kind === "if") {
    branches.push({ condition: lowerer.expression(at.condition), body: lowerer.expression(at.consequent) });
    at = at.otherwise;
  }
  return { kind: "if", branches, otherwise: lowerer.expression(at), span: expr.span };
}

/** Host module that holds the members of a built-in type. */
function moduleOf(kind: TypeClass): string {
  switch (kind) {
    case "string":
    case "list":
    case "array":
    case "option":
    case "map":
    case "set":
    case "exn":
    case "ref":
      return `<${kind}>`;
    default:
      return "<any>";
  }
}

/** A label of a record or, where the type was open in the source and is known here, a member. */
function lowerOpenField(lowerer: Lowerer, expr: Expr<"field">): Core {
  const kind = lowerer.classOf(expr.target.type);
  const isBuiltin = kind !== "ref" && moduleOf(kind) !== "<any>";
  if (isBuiltin) return lowerMember(lowerer, { ...expr, kind: "member", args: undefined });
  const declared = kind === "other" ? declaredAccess(lowerer, expr) : undefined;
  return declared === undefined ? lowerField(lowerer, expr) : lowerer.expression(declared);
}

function lowerMember(lowerer: Lowerer, expr: Expr<"member">): Core {
  const { label, span } = expr;
  const declared = declaredAccess(lowerer, expr);
  if (declared !== undefined) return lowerer.expression(declared);
  const module = moduleOf(lowerer.classOf(expr.target.type));
  const target = lowerer.expression(expr.target);
  const args = (expr.args ?? []).map((arg) => lowerer.expression(arg));
  const op = args.length === 0 ? instructionFor(module, label) : undefined;
  if (op !== undefined) return primitive(op, [target], span);
  if (module !== "<any>" || lowerer.hosts.find(module, label) !== undefined)
    return callMember(lowerer, module, label, [target, ...args], span);
  // A value whose type is not known has the label, or raises.
  const value = primitive("field.named", [target], span, [lowerer.tables.string(label)]);
  return args.length === 0 ? value : { kind: "call", callee: value, args, span };
}

function lowerIndex(lowerer: Lowerer, expr: Expr<"index">): Core {
  const { span, target, index, type } = expr;
  const indexer = declaredAccess(lowerer, {
    kind: "member",
    target,
    label: "Item",
    args: [index],
    type,
    span,
  });
  if (indexer !== undefined) return lowerer.expression(indexer);
  const args = [lowerer.expression(target), lowerer.expression(index)];
  const kind = lowerer.classOf(expr.target.type);
  if (kind === "array") return primitive("array.get", args, span);
  if (kind === "string") return primitive("string.get", args, span);
  return callMember(lowerer, moduleOf(kind), "Item", args, span);
}

function lowerSlice(lowerer: Lowerer, expr: Expr<"slice">): Core {
  const { span } = expr;
  const option = lowerer.tables.definition(OPTION_DECLARATION);
  const bound = (value: TypedExpr | undefined): Core =>
    value === undefined
      ? primitive("case.new", [], span, [option, 0])
      : primitive("case.new", [lowerer.expression(value)], span, [option, 1]);
  const args = [lowerer.expression(expr.target), bound(expr.from), bound(expr.to)];
  return callMember(lowerer, moduleOf(lowerer.classOf(expr.target.type)), "slice", args, span);
}

function arrayTarget(lowerer: Lowerer, target: TypedExpr): Core {
  const value = lowerer.expression(target);
  if (lowerer.classOf(target.type) !== "any") return value;
  return primitive("cast", [value], target.span, [lowerer.tables.type(arrayOf(ANY))]);
}

function lowerTryWith(lowerer: Lowerer, expr: Expr<"try-with">): Core {
  const { span } = expr;
  const body = lowerer.expression(expr.body);
  const exception = lowerer.local("exception");
  const handler = lowerer.within({ ...lowerer.context, exception }, () =>
    lowerRules(lowerer, exception, undefined, expr.rules, false, "reraise", span),
  );
  return { kind: "try-with", body, exception, handler, span };
}

function lowerDowncast(lowerer: Lowerer, expr: Expr<"downcast">): Core {
  const { span } = expr;
  const value = lowerer.expression(expr.expr);
  const from = lowerer.classOf(expr.expr.type);
  const to = lowerer.classOf(expr.type);
  if (to === "any") return boxed(value, from, span);
  if (to === "open" || (from === to && from !== "other")) return value;
  const type = lowerer.typeIndex(expr.type);
  const name = formatType(lowerer.resolve(expr.type));
  return lowerer.bound(boxed(value, from, span), "value", span, (read) => ({
    kind: "if",
    branches: [
      {
        condition: primitive("type.test", [read()], span, [type]),
        body: primitive("cast", [read()], span, [type]),
      },
    ],
    otherwise: callMember(
      lowerer,
      "<any>",
      "castFailure",
      [read(), { kind: "string", value: name, span }],
      span,
    ),
    span,
  }));
}

function lowerTypeTest(lowerer: Lowerer, expr: Expr<"type-test">): Core {
  const { span } = expr;
  const test = typeTestOf(lowerer, expr.target);
  const value = boxed(lowerer.expression(expr.expr), lowerer.classOf(expr.expr.type), span);
  if (test === undefined) return block([{ kind: "do", value }], { kind: "bool", value: true, span }, span);
  return testResult(lowerer, test, value, span);
}

function testResult(lowerer: Lowerer, test: Test, value: Core, span: Span): Core {
  switch (test.kind) {
    case "type":
      return primitive("type.test", [value], span, [test.type]);
    case "exception-class":
      return primitive("exn.test", [value], span, [lowerer.tables.string(test.name)]);
    default: {
      const subject = lowerer.local("subject");
      const leaf = { variables: [], body: { kind: "bool", value: true, span } as const, span, references: 1 };
      const otherwise = {
        variables: [],
        body: { kind: "bool", value: false, span } as const,
        span,
        references: 1,
      };
      const rows = [
        {
          operations: [{ kind: "test", on: lowerer.mention(subject), test, span } as const],
          guard: undefined,
          leaf,
        },
        { operations: [], guard: undefined, leaf: otherwise },
      ];
      return {
        kind: "match",
        subject,
        value,
        components: [],
        plan: { kind: "rows", rows },
        failure: "match-failure",
        span,
      };
    }
  }
}

function lowerAssert(lowerer: Lowerer, expr: Expr<"assert">): Core {
  const { span } = expr;
  const condition = lowerer.expression(expr.condition);
  const { line } = positionAt(span.source, span.start);
  const message = lowerer.tables.string(`Assertion failed at line ${line}`);
  const fail = primitive("fail", [], span, [lowerer.tables.string("FUS0511"), message]);
  return { kind: "if", branches: [{ condition, body: { kind: "unit", span } }], otherwise: fail, span };
}
