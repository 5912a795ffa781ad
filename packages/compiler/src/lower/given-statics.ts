/** Library functions that work on every declared type with certain static members, and are given them: `List.sum`, of (+) and Zero. */
import { CompilerBug } from "../errors.js";
import type { HostExpr, TypedExpr } from "../typed/tree.js";
import { importOf } from "./host-members.js";
import type { Lowerer } from "./lowerer.js";
import { staticMember } from "./open-members.js";

/** A use of a library function as the variant for declared types and what that is given first. */
export interface GivenStatics {
  readonly callee: HostExpr;
  readonly statics: readonly TypedExpr[];
}

/** undefined: the function needs no static members at its type. */
export function givenStatics(lowerer: Lowerer, expr: HostExpr): GivenStatics | undefined {
  const { definition, chooser, module, span } = expr;
  if (chooser === undefined || !("variants" in definition) || definition.statics === undefined)
    return undefined;
  const owner = lowerer.resolve(chooser);
  if (owner.kind !== "constructed" || owner.constructor.declaration === undefined) return undefined;
  const member = definition.variants.other ?? "";
  const variant = lowerer.hosts.find(module, member);
  if (variant === undefined)
    throw new CompilerBug(`'${module}.${expr.member}' has no variant for declared types`, span);
  const statics = definition.statics.map((name) => {
    const found = staticMember(owner, name, span);
    if (found === undefined) throw new CompilerBug(`no static member '${name}'`, span);
    return found;
  });
  return { callee: { ...expr, member, definition: variant, chooser: undefined }, statics };
}

/** Number of arguments without which a library function does nothing. */
export function hostArity(lowerer: Lowerer, expr: HostExpr): number {
  const given = givenStatics(lowerer, expr);
  return given === undefined
    ? importOf(lowerer, expr).arity
    : importOf(lowerer, given.callee).arity - given.statics.length;
}
