/**
 * Labels and methods of values whose type was open when they were inferred: a specialised instance of the function knows the type, and what
 * the label is there may be a member of a declared type.
 */

import type { Span } from "../source/source.js";
import type { OperatorExpr, TypedExpr } from "../typed/tree.js";
import { functionType, INT, tupleOf, UNIT } from "../types/builtin.js";
import type { Scheme, Type, TypeVariable } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Lowerer } from "./lowerer.js";

type ConstructedType = Extract<Type, { readonly kind: "constructed" }>;
type Access = Extract<TypedExpr, { readonly kind: "field" | "member" }>;

/** The access as an application of what the declared type of the target has under this label; undefined: nothing. */
export function declaredAccess(lowerer: Lowerer, access: Access): TypedExpr | undefined {
  const owner = lowerer.resolve(access.target.type);
  if (owner.kind !== "constructed") return undefined;
  const { declaration } = owner.constructor;
  const args = access.kind === "member" ? (access.args ?? []) : [];
  const member = declaration?.members.get(access.label);
  const { span, type } = access;
  if (member !== undefined && !member.isStatic) {
    const { variable } = member;
    const { scheme } = variable;
    const instantiation = instantiationFor(scheme, owner);
    const callee: TypedExpr = { kind: "variable", variable, instantiation, type: scheme.type, span };
    const rest = prune(scheme.type);
    const given = grouped(rest.kind === "function" ? rest.result : rest, args, span);
    return { kind: "apply", callee, args: [access.target, ...given], type, span };
  }
  if (access.kind !== "member" || declaration?.kind !== "record") return undefined;
  const field = declaration.fields.find((item) => item.label === access.label);
  if (field === undefined) return undefined;
  const { target, label } = access;
  const callee: TypedExpr = {
    kind: "field",
    target,
    label,
    type: args.reduceRight<Type>((result, arg) => functionType(arg.type, result), type),
    span,
  };
  return args.length === 0
    ? callee
    : { kind: "apply", callee, args: grouped(field.type, args, span), type, span };
}

/** A built-in operator on values of a declared type as an application of its static member; undefined: it has none. */
export function declaredOperator(lowerer: Lowerer, expr: OperatorExpr): TypedExpr | undefined {
  const owner = lowerer.resolve(expr.operandType);
  if (owner.kind !== "constructed") return undefined;
  const { span, type, left, right } = expr;
  const callee = ownOperator(owner, expr.operator, right !== undefined, span);
  if (callee === undefined) return undefined;
  const argument: TypedExpr =
    right === undefined ? left : { kind: "tuple", items: [left, right], type: tupleOf([owner, owner]), span };
  return { kind: "apply", callee, args: [argument], type, span };
}

/** The operator of a declared type whose operands are values of the type. */
function ownOperator(
  owner: ConstructedType,
  operator: string,
  isBinary: boolean,
  span: Span,
): TypedExpr | undefined {
  const isOwn = (raw: Type): boolean => {
    const part = prune(raw);
    return part.kind === "constructed" && part.constructor === owner.constructor;
  };
  for (const { variable } of owner.constructor.declaration?.operators.get(operator) ?? []) {
    const own = prune(variable.scheme.type);
    if (own.kind !== "function") continue;
    const parameter = prune(own.parameter);
    const operands = isBinary && parameter.kind === "tuple" ? parameter.items : [parameter];
    if (!operands.every(isOwn)) continue;
    const instantiation = instantiationFor(variable.scheme, isBinary ? tupleOf([owner, owner]) : owner);
    return { kind: "variable", variable, instantiation, type: own, span };
  }
  return undefined;
}

/** An operator of a declared type as a function of a pair, or another static member of it; a property by its value. */
export function staticMember(owner: ConstructedType, name: string, span: Span): TypedExpr | undefined {
  const member = owner.constructor.declaration?.members.get(name);
  if (member === undefined) return ownOperator(owner, name, true, span);
  const { variable } = member;
  const own = prune(variable.scheme.type);
  if (own.kind !== "function") return undefined;
  const parameter = prune(own.parameter);
  const isProperty = parameter.kind === "constructed" && parameter.constructor === UNIT.constructor;
  const instantiation = isProperty
    ? instantiationOf(variable.scheme, own.result, owner)
    : instantiationFor(variable.scheme, tupleOf([owner, INT]));
  const callee: TypedExpr = { kind: "variable", variable, instantiation, type: own, span };
  if (!isProperty) return callee;
  const unit: TypedExpr = { kind: "unit", type: UNIT, span };
  return { kind: "apply", callee, args: [unit], type: owner, span };
}

/** Arguments written in parentheses, as the function takes them: one tuple, or one by one. */
function grouped(raw: Type, args: readonly TypedExpr[], span: TypedExpr["span"]): readonly TypedExpr[] {
  const type = prune(raw);
  const parameter = type.kind === "function" ? prune(type.parameter) : type;
  if (args.length < 2 || parameter.kind !== "tuple" || parameter.items.length !== args.length) return args;
  return [{ kind: "tuple", items: args, type: tupleOf(args.map((arg) => arg.type)), span }];
}

/** What the quantified variables of a member stand for when its first argument has this type. */
function instantiationFor(scheme: Scheme, argument: Type): readonly Type[] {
  const type = prune(scheme.type);
  return instantiationOf(scheme, type.kind === "function" ? type.parameter : type, argument);
}

/** What the quantified variables of a scheme stand for when a part of its type is this type. */
function instantiationOf(scheme: Scheme, part: Type, known: Type): readonly Type[] {
  const found = new Map<TypeVariable, Type>();
  const match = (raw: Type, actual: Type): void => {
    const pattern = prune(raw);
    if (pattern.kind === "variable") found.set(pattern, actual);
    else if (pattern.kind === "constructed" && actual.kind === "constructed") {
      pattern.args.forEach((arg, i) => {
        match(arg, prune(actual.args[i] as Type));
      });
    } else if (pattern.kind === "tuple" && actual.kind === "tuple") {
      pattern.items.forEach((item, i) => {
        match(item, prune(actual.items[i] as Type));
      });
    }
  };
  match(part, known);
  return scheme.quantified.map((variable) => found.get(variable) ?? variable);
}
