/** What a name's entry is as an expression. */
import type { CapturedEntry, FormatFunction, HostEntry, ValueEntry } from "../names/entry.js";
import type { Span } from "../source/source.js";
import type { BuiltinOperator, HostExpr, IntrinsicName, TypedExpr, TypedPattern } from "../typed/tree.js";
import {
  ANY,
  BOOL,
  curried,
  EXN,
  FLOAT,
  functionType,
  INT,
  listOf,
  refOf,
  STRING,
  tupleOf,
  UNIT,
} from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { caseValue, fieldsOfCase, fieldsOfException } from "./cases.js";
import type { Checker } from "./checker.js";

export function valueOf(checker: Checker, entry: ValueEntry, span: Span): TypedExpr {
  switch (entry.kind) {
    case "variable":
      return checker.use(entry.variable, span);
    case "host":
      return hostValue(checker, entry, span);
    case "intrinsic":
      return intrinsic(checker, entry.name, span);
    case "format":
      return formatValue(checker, entry.name, span);
    case "dynamic":
      return dynamicConversion(checker, entry.name, span);
    case "case":
      return caseValue(fieldsOfCase(checker, entry.info), span);
    case "exception":
      return caseValue(fieldsOfException(entry.declaration, EXN), span);
    case "active-case":
      return caseValue(fieldsOfCase(checker, entry.info), span);
    case "class":
      return checker.use(entry.create, span);
    case "captured": {
      const field = capturedField(checker, entry, span);
      return entry.cell ? contents(checker, field) : field;
    }
    case "cell":
      return contents(checker, checker.use(entry.variable, span));
    case "operation":
      return checker.broken(span);
  }
}

/** What a class has captured, as the field of the object that holds it. */
export function capturedField(checker: Checker, entry: CapturedEntry, span: Span): TypedExpr {
  const { type } = checker.instantiate(entry.scheme);
  return { kind: "field", target: checker.use(entry.self, span), label: entry.label, type, span };
}

/** `box` and `unbox` are the conversions to and from `any`, as functions. */
function dynamicConversion(checker: Checker, name: "box" | "unbox", span: Span): TypedExpr {
  const [from, to] = name === "box" ? [checker.fresh(), ANY] : [ANY, checker.fresh()];
  const variable = checker.variable("value", from, span);
  const expr = checker.use(variable, span);
  return {
    kind: "lambda",
    params: [{ kind: "variable", variable, type: from, span }],
    body: { kind: name === "box" ? "coerce" : "downcast", expr, type: to, span },
    name: undefined,
    type: functionType(from, to),
    span,
  };
}

/** What a reference cell holds. */
function contents(checker: Checker, cell: TypedExpr): TypedExpr {
  const item = checker.fresh();
  checker.unify(refOf(item), cell.type, cell.span);
  return {
    kind: "operator",
    operator: "!",
    operandType: cell.type,
    left: cell,
    right: undefined,
    type: item,
    span: cell.span,
  };
}

function hostValue(checker: Checker, entry: HostEntry, span: Span): TypedExpr {
  const form = checker.host.forms(entry)[0];
  return form === undefined ? checker.broken(span) : checker.useHost(form, span);
}

/** A format function that is used as a value takes one value (C1, C2 of the library reference). */
function formatValue(checker: Checker, name: FormatFunction, span: Span): TypedExpr {
  if (name === "failwithf") return intrinsic(checker, "failwith", span);
  return coreMember(checker, plainName(name), span);
}

/** The core member that writes one value. */
export function plainName(name: FormatFunction): string {
  if (name === "printf") return "print";
  if (name === "eprintf") return "eprint";
  return name;
}

/** A member of the core module that the compiler itself relies on. */
export function coreMember(checker: Checker, name: string, span: Span): HostExpr | TypedExpr {
  const entry = checker.host.member("", name);
  if (entry === undefined) {
    checker.bag.error(
      "FUS0201",
      span,
      `'${name}' is not defined`,
      "The host does not provide the core functions",
    );
    return checker.broken(span);
  }
  return checker.useHost(checker.host.forms(entry)[0] ?? entry, span);
}

export function intrinsic(checker: Checker, name: IntrinsicName, span: Span): TypedExpr {
  return { kind: "intrinsic", name, type: intrinsicType(checker, name, span), span };
}

function intrinsicType(checker: Checker, name: IntrinsicName, span: Span): Type {
  const a = checker.fresh();
  switch (name) {
    case "raise":
      return functionType(EXN, a);
    case "reraise":
      return functionType(UNIT, a);
    case "failwith":
      return functionType(STRING, a);
    case "ref":
      return functionType(a, refOf(a));
    case "not":
      return functionType(BOOL, BOOL);
    case "ignore":
      return functionType(a, UNIT);
    case "id":
      return functionType(a, a);
    case "fst":
      return functionType(tupleOf([a, checker.fresh()]), a);
    case "snd":
      return functionType(tupleOf([checker.fresh(), a]), a);
    case "string":
      return functionType(a, STRING);
    case "compare": {
      checker.require(a, { kind: "ord", span }, span);
      return curried([a, a], INT);
    }
    case "compose": {
      const b = checker.fresh();
      const c = checker.fresh();
      return curried([functionType(a, b), functionType(b, c), a], c);
    }
    case "compose-back": {
      const b = checker.fresh();
      const c = checker.fresh();
      return curried([functionType(b, c), functionType(a, b), a], c);
    }
    case "pipe": {
      const b = checker.fresh();
      return curried([a, functionType(a, b)], b);
    }
    case "pipe-back": {
      const b = checker.fresh();
      return curried([functionType(a, b), a], b);
    }
    case "append":
      return curried([listOf(a), listOf(a)], listOf(a));
  }
}

const OPERATOR_INTRINSICS: ReadonlyMap<string, IntrinsicName> = new Map<string, IntrinsicName>([
  ["|>", "pipe"],
  ["<|", "pipe-back"],
  [">>", "compose"],
  ["<<", "compose-back"],
  ["@", "append"],
]);

/** A built-in operator as a function, `( + )`; undefined: there is no such operator. */
export function operatorFunction(checker: Checker, text: string, span: Span): TypedExpr | undefined {
  const known = OPERATOR_INTRINSICS.get(text);
  if (known !== undefined) return intrinsic(checker, known, span);
  const item = checker.fresh();
  const bounded = (kind: "add" | "num" | "eq" | "ord"): Type => {
    checker.require(
      item,
      kind === "eq" || kind === "ord" ? { kind, span } : { kind, operator: text, span },
      span,
    );
    return item;
  };
  switch (text) {
    case "+":
      return binaryFunction(checker, "+", bounded("add"), item, item, span);
    case "-":
    case "*":
    case "/":
    case "%":
      return binaryFunction(checker, text, bounded("num"), item, item, span);
    case "**":
      return binaryFunction(checker, "**", FLOAT, FLOAT, FLOAT, span);
    case "++":
      return binaryFunction(checker, "+", STRING, STRING, STRING, span);
    case "=":
    case "==":
      return binaryFunction(checker, "=", bounded("eq"), item, BOOL, span);
    case "<>":
    case "!=":
      return binaryFunction(checker, "<>", bounded("eq"), item, BOOL, span);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return binaryFunction(checker, text, bounded("ord"), item, BOOL, span);
    case "&&&":
    case "|||":
    case "^^^":
    case "<<<":
    case ">>>":
      return binaryFunction(checker, text, INT, INT, INT, span);
    case "::":
      return binaryFunction(checker, "::", item, listOf(item), listOf(item), span);
    case ":=":
      return binaryFunction(checker, ":=", refOf(item), item, UNIT, span);
    case "&&":
    case "||":
      return lambdaOf(checker, [BOOL, BOOL], span, ([left, right]) => ({
        kind: text === "&&" ? "and" : "or",
        left: left as TypedExpr,
        right: right as TypedExpr,
        type: BOOL,
        span,
      }));
    case "~-":
      return unaryFunction(checker, "~-", bounded("num"), item, span);
    case "~+":
      return lambdaOf(checker, [bounded("num")], span, ([value]) => value as TypedExpr);
    case "~~~":
      return unaryFunction(checker, "~~~", INT, INT, span);
    case "!":
      return unaryFunction(checker, "!", refOf(item), item, span);
    default:
      return undefined;
  }
}

function binaryFunction(
  checker: Checker,
  operator: BuiltinOperator,
  left: Type,
  right: Type,
  type: Type,
  span: Span,
): TypedExpr {
  return lambdaOf(checker, [left, right], span, ([a, b]) => ({
    kind: "operator",
    operator,
    operandType: left,
    left: a as TypedExpr,
    right: b as TypedExpr,
    type,
    span,
  }));
}

function unaryFunction(
  checker: Checker,
  operator: BuiltinOperator,
  operand: Type,
  type: Type,
  span: Span,
): TypedExpr {
  return lambdaOf(checker, [operand], span, ([a]) => ({
    kind: "operator",
    operator,
    operandType: operand,
    left: a as TypedExpr,
    right: undefined,
    type,
    span,
  }));
}

/** A function written by the compiler. */
function lambdaOf(
  checker: Checker,
  parameters: readonly Type[],
  span: Span,
  body: (args: readonly TypedExpr[]) => TypedExpr,
): TypedExpr {
  const names = ["a", "b", "c", "d"];
  const variables = parameters.map((type, i) => checker.variable(names[i] ?? `p${i}`, type, span));
  const params = variables.map(
    (variable): TypedPattern => ({ kind: "variable", variable, type: variable.scheme.type, span }),
  );
  const result = body(variables.map((variable) => checker.use(variable, span)));
  return {
    kind: "lambda",
    params,
    body: result,
    name: undefined,
    type: curried(parameters, result.type),
    span,
  };
}
