/** What stands behind a dot: fields and members of declared types, labels of anonymous records, intrinsic members of built-in types. */

import type { HostEntry } from "../names/entry.js";
import { knownNames } from "../names/suggest.js";
import type { Span } from "../source/source.js";
import type { MemberLookup } from "../types/bounds.js";
import {
  ARRAY,
  constructed,
  curried,
  declarationOf,
  EXN,
  functionType,
  INT,
  isAny,
  LAZY,
  LIST,
  MAP,
  OPTION,
  REF,
  SEQ,
  SET,
  STRING,
  tupleOf,
  UNIT,
} from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { Substitution, trialCopy } from "../types/scheme.js";
import type { MemberInfo, Type, TypeConstructor, TypeDeclaration } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Checker } from "./checker.js";
import type { HostEnvironment } from "./host-environment.js";

/** Host module that holds the members of a built-in type. */
const INTRINSIC_MODULES: ReadonlyMap<TypeConstructor, string> = new Map([
  [STRING.constructor, "<string>"],
  [LIST, "<list>"],
  [ARRAY, "<array>"],
  [OPTION, "<option>"],
  [MAP, "<map>"],
  [SET, "<set>"],
  [EXN.constructor, "<exn>"],
  [REF, "<ref>"],
  [LAZY, "<lazy>"],
  [SEQ, "<seq>"],
]);

export interface FieldInfo {
  readonly type: Type;
  readonly mutable: boolean;
}

export class MemberTable implements MemberLookup {
  #checker: Checker | undefined;

  constructor(readonly host: HostEnvironment) {}

  attach(checker: Checker): void {
    this.#checker = checker;
  }

  get #state(): Checker {
    if (this.#checker === undefined) throw new Error("the member table is not attached to a checker");
    return this.#checker;
  }

  /** A declared type with new variables for its parameters. */
  freshType(declaration: TypeDeclaration): Type {
    return constructed(
      declaration.constructor,
      declaration.params.map((param) => this.#state.fresh(param.name)),
    );
  }

  /** A type of a declaration, as it is for an object of type `owner`. */
  typeFor(owner: Type, declaration: TypeDeclaration, type: Type): Type {
    if (declaration.params.length === 0 || owner.kind !== "constructed") return type;
    return new Substitution(declaration.params, owner.args, undefined).apply(type);
  }

  /** A field of a record, class or anonymous record. */
  field(type: Type, label: string): FieldInfo | undefined {
    if (type.kind === "anonymous") {
      const index = type.labels.indexOf(label);
      return index < 0 ? undefined : { type: type.types[index] as Type, mutable: false };
    }
    const declaration = declarationOf(type);
    if (declaration === undefined || declaration.kind !== "record") return undefined;
    const field = declaration.fields.find((item) => item.label === label);
    return field === undefined
      ? undefined
      : { type: this.typeFor(type, declaration, field.type), mutable: field.mutable };
  }

  /** A member of a declared type. */
  declared(type: Type, name: string): MemberInfo | undefined {
    const member = declarationOf(type)?.members.get(name);
    return member === undefined || member.isStatic ? undefined : member;
  }

  /** How a property of a declared type is set. */
  setter(type: Type, name: string): MemberInfo | undefined {
    return declarationOf(type)?.setters.get(name);
  }

  /** A member of a built-in type or host object, from the host modules. */
  intrinsic(type: Type, name: string): HostEntry | undefined {
    const module = intrinsicModule(type);
    if (module !== undefined) {
      const member = this.host.member(module, name);
      if (member !== undefined && !isHelper(name)) return member;
    }
    return isHelper(name) ? undefined : this.host.member("<any>", name);
  }

  propertyType(type: Type, label: string): Type | undefined {
    const field = this.field(type, label);
    if (field !== undefined) return field.type;
    const state = this.#state;
    const member = this.declared(type, label);
    if (member !== undefined) {
      const instance = prune(state.instantiate(member.variable.scheme).type);
      if (instance.kind !== "function" || !state.unifier.unifyInner(instance.parameter, type))
        return undefined;
      return instance.result;
    }
    const entry = this.intrinsic(type, label);
    if (entry === undefined) return undefined;
    const form = this.host.forms(entry)[0];
    if (form === undefined) return undefined;
    const instance = prune(state.instantiate(this.host.scheme(form)).type);
    if (instance.kind !== "function" || !state.unifier.unifyInner(instance.parameter, type)) return undefined;
    return instance.result;
  }

  unifyCall(type: Type, label: string, args: readonly Type[], result: Type): boolean | undefined {
    const state = this.#state;
    const member = this.declared(type, label);
    if (member !== undefined) {
      const instance = state.instantiate(member.variable.scheme).type;
      return state.unifier.unifyInner(
        instance,
        curried([type, ...this.argumentTypes(instance, args)], result),
      );
    }
    const field = this.field(type, label);
    if (field !== undefined) return state.unifier.unifyInner(field.type, curried(args, result));
    const entry = this.intrinsic(type, label);
    if (entry === undefined) return undefined;
    const wanted = args.length === 0 ? [UNIT] : args;
    for (const form of this.host.forms(entry)) {
      const { arity } = this.host.scheme(form);
      if (arity !== 1 + wanted.length) continue;
      const instance = state.instantiate(this.host.scheme(form)).type;
      if (state.unifier.unifyInner(instance, curried([type, ...wanted], result))) return true;
    }
    return false;
  }

  hasOperator(type: Type, operator: string): boolean {
    const { unifier } = this.#state;
    const declaration = declarationOf(type);
    const named = declaration?.members.get(operator);
    if (named?.isStatic === true) {
      const own = this.operatorType(named);
      const parameters = [UNIT, tupleOf([type, INT])];
      return parameters.some((parameter) => unifier.unifyInner(own, functionType(parameter, type)));
    }
    return (declaration?.operators.get(operator) ?? []).some((member) => {
      const operand = operator.startsWith("~") ? type : tupleOf([type, type]);
      return unifier.unifyInner(this.operatorType(member), functionType(operand, type));
    });
  }

  /** Type of an operator member, for a trial or a use. */
  operatorType({ variable }: MemberInfo): Type {
    const { scheme } = variable;
    return scheme.quantified.length > 0
      ? this.#state.instantiate(scheme).type
      : trialCopy(scheme.type, this.#state.unifier, new Map());
  }

  /** The arguments of a method call as the method takes them: one tuple, curried, or unit. */
  argumentTypes(method: Type, args: readonly Type[]): readonly Type[] {
    if (args.length === 0) return [UNIT];
    if (args.length === 1) return args;
    const type = prune(method);
    const next = type.kind === "function" ? prune(type.result) : type;
    const parameter = next.kind === "function" ? prune(next.parameter) : next;
    return parameter.kind === "tuple" && parameter.items.length === args.length ? [tupleOf(args)] : args;
  }

  exactFields(type: Type, labels: readonly string[]): readonly Type[] | undefined {
    const declaration = declarationOf(type);
    if (declaration?.kind !== "record" || declaration.fields.length !== labels.length) return undefined;
    const types: Type[] = [];
    for (const label of labels) {
      const field = this.field(type, label);
      if (field === undefined) return undefined;
      types.push(field.type);
    }
    return types;
  }

  /** Labels and members that a type has, for suggestions. */
  *namesOf(type: Type): Iterable<string> {
    if (type.kind === "anonymous") yield* type.labels;
    const declaration = declarationOf(type);
    if (declaration !== undefined) {
      if (declaration.kind === "record") for (const field of declaration.fields) yield field.label;
      for (const member of declaration.members.values()) if (!member.isStatic) yield member.name;
    }
    const module = intrinsicModule(type);
    const hosts = module === undefined ? ["<any>"] : [module, "<any>"];
    for (const host of hosts) for (const name of this.host.namesIn(host)) if (!isHelper(name)) yield name;
  }

  /** Other languages have members for what is a function of a module here. */
  #functionHint(type: Type, label: string): string | undefined {
    const members = intrinsicModule(type);
    if (members === undefined) return undefined;
    const module = members.charAt(1).toUpperCase() + members.slice(2, -1);
    const name = label.charAt(0).toLowerCase() + label.slice(1);
    return [...this.host.namesIn(module)].includes(name)
      ? `'${module}.${name}' is a function: write \`value |> ${module}.${name} ...\``
      : undefined;
  }

  /** FUS0304 at `span`; `access` is where the label is asked for, if that is elsewhere. */
  reportMissing(raw: Type, label: string, span: Span, access: Span = span): void {
    const type = prune(raw);
    if (isAny(type)) return;
    if (label === this.#state.probe?.name) this.#state.probe.found({ kind: "member", type });
    const known = [...this.namesOf(type)];
    const hint =
      this.#state.suggestions.didYouMean(label, known) ??
      this.#functionHint(type, label) ??
      knownNames(known.filter((name) => !UNIVERSAL.has(name)));
    this.#state.error(
      "FUS0304",
      span,
      `${formatType(type)} has no label or member '${label}'`,
      hint,
      access.source === span.source && access.start !== span.start
        ? [{ span: access, message: `'${label}' is needed here` }]
        : undefined,
    );
  }
}

/** The host module that holds the members of values of a built-in or host type. */
export function intrinsicModule(type: Type): string | undefined {
  if (type.kind === "tuple") return type.items.length === 2 ? "<pair>" : undefined;
  if (type.kind !== "constructed") return undefined;
  return type.constructor.host ? `<${type.constructor.name}>` : INTRINSIC_MODULES.get(type.constructor);
}

/** What every value has is no help. */
const UNIVERSAL: ReadonlySet<string> = new Set(["ToString", "Equals", "GetHashCode"]);

/** Members that lowering calls for `x.[i]`, `x.[a..b]` and `x :?> t`; not names of the language. */
export function isHelper(name: string): boolean {
  return name === "slice" || name === "Item" || name === "castFailure";
}
