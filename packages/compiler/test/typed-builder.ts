/** Typed trees by hand, for tests of the stages behind inference. */
import { makeSource, type Span } from "../src/source/source.js";
import type {
  Statement,
  TypedExpr,
  TypedPattern,
  TypedProgram,
  TypedRule,
  Variable,
} from "../src/typed/tree.js";
import { curried, INT, listOf, tupleOf, UNIT } from "../src/types/builtin.js";
import type { CaseInfo, Type } from "../src/types/type.js";

export const SPAN: Span = { source: makeSource("hand.fsx", ""), start: 0, end: 0 };

let lastId = 0;

export function variable(
  name: string,
  type: Type,
  more: { global?: boolean; mutable?: boolean } = {},
): Variable {
  return {
    id: ++lastId,
    name,
    scheme: { quantified: [], type },
    mutable: more.mutable ?? false,
    global: more.global ?? false,
    span: SPAN,
  };
}

export function int(value: number): TypedExpr {
  return { kind: "int", value: BigInt(value), type: INT, span: SPAN };
}

export function use(of: Variable): TypedExpr {
  return { kind: "variable", variable: of, instantiation: [], type: of.scheme.type, span: SPAN };
}

export function operator(
  name: "+" | "-" | "*" | "/" | "%" | "=" | "<" | "<=" | ">" | "::",
  left: TypedExpr,
  right: TypedExpr,
  type: Type = left.type,
): TypedExpr {
  return { kind: "operator", operator: name, operandType: left.type, left, right, type, span: SPAN };
}

export function apply(callee: TypedExpr, args: readonly TypedExpr[], type: Type): TypedExpr {
  return { kind: "apply", callee, args, type, span: SPAN };
}

export function lambda(params: readonly TypedPattern[], body: TypedExpr, name?: string): TypedExpr {
  return {
    kind: "lambda",
    params,
    body,
    name,
    type: curried(
      params.map((p) => p.type),
      body.type,
    ),
    span: SPAN,
  };
}

export function choose(condition: TypedExpr, then: TypedExpr, otherwise: TypedExpr): TypedExpr {
  return { kind: "if", condition, then, otherwise, type: then.type, span: SPAN };
}

export function match(subject: TypedExpr, rules: readonly TypedRule[]): TypedExpr {
  return { kind: "match", subject, rules, type: rules[0]?.body.type ?? UNIT, span: SPAN };
}

export function rule(pattern: TypedPattern, body: TypedExpr, guard?: TypedExpr): TypedRule {
  return { pattern, guard, body, span: SPAN };
}

export function block(statements: readonly Statement[], result: TypedExpr): TypedExpr {
  return { kind: "block", statements, result, type: result.type, span: SPAN };
}

export function bind(of: Variable, value: TypedExpr): Statement {
  return { kind: "let", pattern: pattern.variable(of), value, span: SPAN };
}

export function bindRec(
  bindings: readonly { readonly variable: Variable; readonly value: TypedExpr }[],
): Statement {
  return { kind: "let-rec", bindings, span: SPAN };
}

export const pattern = {
  any: (type: Type): TypedPattern => ({ kind: "wildcard", type, span: SPAN }),
  variable: (of: Variable): TypedPattern => ({
    kind: "variable",
    variable: of,
    type: of.scheme.type,
    span: SPAN,
  }),
  int: (value: number): TypedPattern => ({ kind: "literal", value: BigInt(value), type: INT, span: SPAN }),
  tuple: (...items: readonly TypedPattern[]): TypedPattern => ({
    kind: "tuple",
    items,
    type: tupleOf(items.map((i) => i.type)),
    span: SPAN,
  }),
  nil: (item: Type): TypedPattern => ({ kind: "nil", type: listOf(item), span: SPAN }),
  cons: (head: TypedPattern, tail: TypedPattern): TypedPattern => ({
    kind: "cons",
    head,
    tail,
    type: tail.type,
    span: SPAN,
  }),
  or: (left: TypedPattern, right: TypedPattern): TypedPattern => ({
    kind: "or",
    left,
    right,
    type: left.type,
    span: SPAN,
  }),
  case: (info: CaseInfo, args: readonly TypedPattern[], type: Type): TypedPattern => ({
    kind: "case",
    info,
    args,
    type,
    span: SPAN,
  }),
};

export function program(statements: readonly Statement[], result?: TypedExpr): TypedProgram {
  return { name: "hand", statements, result, exports: [], declarations: [] };
}
