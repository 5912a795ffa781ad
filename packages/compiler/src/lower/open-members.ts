/**
 * Labels and methods of values whose type was open when they were inferred: a specialised instance of the function knows the type, and what
 * the label is there may be a member of a declared type.
 */
import type { TypedExpr } from "../typed/tree.js";
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

/** Arguments written in parentheses, as the function takes them: one tuple, or one by one. */
function grouped(raw: Type, args: readonly TypedExpr[], span: TypedExpr["span"]): readonly TypedExpr[] {
  const type = prune(raw);
  const parameter = type.kind === "function" ? prune(type.parameter) : type;
  if (args.length < 2 || parameter.kind !== "tuple" || parameter.items.length !== args.length) return args;
  return [{ kind: "tuple", items: args, type: tupleOf(args.map((arg) => arg.type)), span }];
}

/** What the quantified variables of a member stand for when its object has this type. */
function instantiationFor(scheme: Scheme, owner: Type): readonly Type[] {
  const found = new Map<TypeVariable, Type>();
  const match = (raw: Type, actual: Type): void => {
    const pattern = prune(raw);
    if (pattern.kind === "variable") found.set(pattern, actual);
    else if (pattern.kind === "constructed" && actual.kind === "constructed") {
      pattern.args.forEach((arg, i) => {
        match(arg, prune(actual.args[i] as Type));
      });
    }
  };
  const type = prune(scheme.type);
  if (type.kind === "function") match(type.parameter, owner);
  return scheme.quantified.map((variable) => found.get(variable) ?? variable);
}
