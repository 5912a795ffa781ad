/**
 * Labels and methods of values whose type was open when they were inferred: a specialised instance of the function knows the type, and what
 * the label is there may be a member of a declared type.
 */
import type { OperatorExpr, TypedExpr } from "../typed/tree.js";
import { functionType, tupleOf } from "../types/builtin.js";
import type { Scheme, Type, TypeVariable } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Lowerer } from "./lowerer.js";

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
  const overloads = owner.constructor.declaration?.operators.get(expr.operator);
  if (overloads === undefined) return undefined;
  const { span, type, left, right } = expr;
  const isOwn = (raw: Type): boolean => {
    const part = prune(raw);
    return part.kind === "constructed" && part.constructor === owner.constructor;
  };
  for (const { variable } of overloads) {
    const own = prune(variable.scheme.type);
    if (own.kind !== "function") continue;
    const parameter = prune(own.parameter);
    const operands = right !== undefined && parameter.kind === "tuple" ? parameter.items : [parameter];
    if (!operands.every(isOwn)) continue;
    const given = right === undefined ? owner : tupleOf([owner, owner]);
    const instantiation = instantiationFor(variable.scheme, given);
    const callee: TypedExpr = { kind: "variable", variable, instantiation, type: own, span };
    const argument: TypedExpr =
      right === undefined ? left : { kind: "tuple", items: [left, right], type: given, span };
    return { kind: "apply", callee, args: [argument], type, span };
  }
  return undefined;
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
  const type = prune(scheme.type);
  if (type.kind === "function") match(type.parameter, argument);
  return scheme.quantified.map((variable) => found.get(variable) ?? variable);
}
