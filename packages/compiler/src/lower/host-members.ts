import type { HostMember, HostModule, OpcodeName, VariantKind, VariantMember } from "@fusabi/vm";
import { signatureOf } from "@fusabi/vm";
import type { Core } from "../core/core.js";
import { CompilerBug } from "../errors.js";
import type { Span } from "../source/source.js";
import type { HostExpr } from "../typed/tree.js";
import { ARRAY, REF, UNIT } from "../types/builtin.js";
import type { Type } from "../types/type.js";
import type { Lowerer } from "./lowerer.js";
import type { TypeClass } from "./type-class.js";

/** The host modules that the program may call. */
export class HostMembers {
  readonly #modules = new Map<string, HostModule[]>();

  constructor(modules: readonly HostModule[]) {
    for (const module of modules) {
      const same = this.#modules.get(module.name);
      if (same === undefined) this.#modules.set(module.name, [module]);
      else same.push(module);
    }
  }

  /** Of several modules with one name, the last that has the member. */
  find(module: string, member: string): HostMember | undefined {
    const modules = this.#modules.get(module) ?? [];
    for (let i = modules.length - 1; i >= 0; i--) {
      const found = modules[i]?.members.get(member);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** An entry of the import table that is ready to be used. */
export interface HostImport {
  readonly index: number;
  /** 0: a constant. */
  readonly arity: number;
}

type Implementation = Exclude<HostMember, { readonly forms: readonly string[] } | VariantMember>;

/** The member that implements a host expression, with the variant that its type chooses. */
export function importOf(lowerer: Lowerer, expr: HostExpr): HostImport {
  const { definition } = expr;
  noteHandedOver(lowerer, expr);
  if ("forms" in definition)
    throw new CompilerBug(`'${expr.module}.${expr.member}' still has several forms`, expr.span);
  if (!("variants" in definition))
    return makeImport(lowerer, expr.module, expr.member, definition, expr.span);
  const kind = expr.chooser === undefined ? "open" : lowerer.classOf(expr.chooser);
  const name = chooseVariant(definition, kind);
  if (name === undefined)
    throw new CompilerBug(`'${expr.module}.${expr.member}' has no variant for ${kind}`, expr.span);
  return importNamed(lowerer, expr.module, name, expr.span);
}

/** The instruction that a call of the member with all its arguments is. */
export function instructionOf(lowerer: Lowerer, expr: HostExpr): OpcodeName | undefined {
  let { definition } = expr;
  if ("variants" in definition) {
    const name = expr.chooser && chooseVariant(definition, lowerer.classOf(expr.chooser));
    const variant = name === undefined ? undefined : lowerer.hosts.find(expr.module, name);
    if (variant === undefined) return undefined;
    definition = variant;
  }
  return "instruction" in definition ? definition.instruction : undefined;
}

/**
 * Functions in arrays and cells that a library function is given may be exchanged or called by it, and functions that the host itself keeps may
 * be called by any later call.
 */
function noteHandedOver(lowerer: Lowerer, { definition, type }: HostExpr): void {
  const keeps = "run" in definition || ("keepsFunctions" in definition && definition.keepsFunctions === true);
  const parameters: Type[] = [];
  let at = lowerer.resolve(type);
  for (; at.kind === "function"; at = lowerer.resolve(at.result))
    parameters.push(lowerer.resolve(at.parameter));
  // What changes an array answers nothing.
  const changes = at.kind === "constructed" && at.constructor === UNIT.constructor;
  for (const parameter of parameters) {
    const mutable =
      parameter.kind === "constructed" && (parameter.constructor === ARRAY || parameter.constructor === REF);
    if (mutable) lowerer.noteStoredRead(parameter);
    if (keeps || (changes && mutable)) lowerer.noteStore(parameter, "inside");
  }
}

function chooseVariant(member: VariantMember, kind: TypeClass): string | undefined {
  const own = Object.hasOwn(member.variants, kind) ? member.variants[kind as VariantKind] : undefined;
  return own ?? member.variants.other ?? member.variants.any;
}

/** A member by its exact name; the libraries that the compiler relies on are the host's to supply. */
function importNamed(
  lowerer: Lowerer,
  module: string,
  name: string,
  span: Span,
  arityIfAbsent = 1,
): HostImport {
  const definition = lowerer.hosts.find(module, name);
  if (definition === undefined) {
    // Linking reports what is missing, with this position.
    return {
      index: lowerer.tables.import(module, name, arityIfAbsent, undefined, span),
      arity: arityIfAbsent,
    };
  }
  if ("forms" in definition) {
    // Inference has chosen the form, unless the type was open there: then the number of arguments tells.
    const first =
      definition.forms.find((form) => formArity(lowerer, module, form) === arityIfAbsent) ??
      definition.forms[0];
    if (first === undefined) throw new CompilerBug(`'${module}.${name}' has no forms`, span);
    return importNamed(lowerer, module, first, span, arityIfAbsent);
  }
  if ("variants" in definition) {
    const variant = chooseVariant(definition, "any");
    if (variant === undefined)
      throw new CompilerBug(`'${module}.${name}' has no variant for any value`, span);
    return importNamed(lowerer, module, variant, span, arityIfAbsent);
  }
  return makeImport(lowerer, module, name, definition, span);
}

function formArity(lowerer: Lowerer, module: string, form: string): number | undefined {
  const definition = lowerer.hosts.find(module, form);
  if (definition === undefined || "forms" in definition || "variants" in definition) return undefined;
  return "value" in definition ? 0 : signatureOf(definition).arity;
}

function makeImport(
  lowerer: Lowerer,
  module: string,
  name: string,
  definition: Implementation,
  span: Span,
): HostImport {
  const arity = "value" in definition ? 0 : signatureOf(definition).arity;
  const { capability, alsoNeeds = [] } = definition;
  const index = lowerer.tables.import(module, name, arity, capability, span);
  if (capability !== undefined && alsoNeeds.length > 0) lowerer.tables.furtherNeeds.set(index, alsoNeeds);
  return { index, arity };
}

/** A variant member applied to a value of a known kind. */
export function callVariant(
  lowerer: Lowerer,
  name: string,
  kind: TypeClass,
  argument: Core,
  span: Span,
): Core {
  const definition = lowerer.hosts.find("", name);
  const variant =
    definition !== undefined && "variants" in definition ? chooseVariant(definition, kind) : undefined;
  return callMember(lowerer, "", variant ?? name, [argument], span);
}

/** Call of a member of a library that the compiler relies on. */
export function callMember(
  lowerer: Lowerer,
  module: string,
  name: string,
  args: readonly Core[],
  span: Span,
): Core {
  const { index, arity } = importNamed(lowerer, module, name, span, args.length);
  if (arity === 0) return lowerer.importValue(index, span);
  if (arity === args.length) return lowerer.callImport(index, args, span);
  if (arity < args.length) {
    return {
      kind: "call",
      callee: lowerer.callImport(index, args.slice(0, arity), span),
      args: args.slice(arity),
      span,
    };
  }
  return { kind: "call", callee: lowerer.importValue(index, span), args, span };
}
