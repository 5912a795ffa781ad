/** Which types satisfy which bounds (language reference 4.3). */
import {
  ARRAY,
  ASYNC,
  BOOL,
  CHAR,
  FLOAT,
  INT,
  isAny,
  LIST,
  MAP,
  SEQ,
  SET,
  STRING,
  tupleOf,
} from "./builtin.js";
import type { Bound, Type, TypeDeclaration, TypeVariable } from "./type.js";
import { prune } from "./type.js";
import type { Unifier, UnifyFailure } from "./unify.js";

/** What types offer behind a dot; answered by whoever knows the declarations and the host modules. */
export interface MemberLookup {
  /** Type of `x.label` for an `x` of this type. */
  propertyType(type: Type, label: string): Type | undefined;
  /** Makes `x.label(args)` fit; undefined: there is no such method. */
  unifyCall(type: Type, label: string, args: readonly Type[], result: Type): boolean | undefined;
  /** Has a declared type this operator on values of itself, or this static member (`Zero`, `DivideByInt`), with a result of itself? */
  hasOperator(type: Type, operator: string): boolean;
  /** Field types, by label, of a declared record type whose labels are exactly these. */
  exactFields(type: Type, labels: readonly string[]): readonly Type[] | undefined;
}

type ProperType = Exclude<Type, TypeVariable>;

/** Checks a bound on a type that is not a variable and not `any`. */
export function dischargeBound(
  bound: Bound,
  type: ProperType,
  unifier: Unifier,
  fail: (failure: UnifyFailure) => false,
): boolean {
  switch (bound.kind) {
    case "add":
    case "num":
      return (
        isOneOf(type, bound.kind === "add" ? ADDABLE : isDivided(bound) ? DIVISIBLE : NUMERIC) ||
        (bound.operator !== undefined && unifier.members.hasOperator(type, bound.operator)) ||
        fail({ kind: "bound", bound, type })
      );
    case "bits":
      return isOneOf(type, INTEGRAL) || fail({ kind: "bound", bound, type });
    case "eq":
    case "ord":
      return (
        new ComparisonCheck(bound, bound.kind === "ord", unifier).accepts(type, 0) ||
        fail({ kind: "bound", bound, type })
      );
    case "variant":
      return true;
    case "field": {
      const actual = unifier.members.propertyType(type, bound.label);
      if (actual === undefined) return fail({ kind: "bound", bound, type });
      return (
        unifier.unifyInner(bound.type, actual) || fail({ kind: "label", bound, expected: bound.type, actual })
      );
    }
    case "call": {
      const fits = unifier.members.unifyCall(type, bound.label, bound.args, bound.result);
      return fits === true || fail({ kind: "bound", bound, type });
    }
    case "exactly": {
      const fields = unifier.members.exactFields(type, bound.labels);
      if (fields === undefined) return fail({ kind: "mismatch" });
      return bound.types.every((expected, i) => unifier.unifyInner(expected, fields[i] as Type));
    }
    case "elem": {
      const element = elementType(type);
      if (element === undefined) return fail({ kind: "bound", bound, type });
      return unifier.unifyInner(bound.type, element);
    }
    case "index": {
      const entry = indexTypes(type) ?? indexedBy(unifier.members.propertyType(type, "Item"));
      if (entry === undefined) return fail({ kind: "bound", bound, type });
      return unifier.unifyInner(bound.key, entry.key) && unifier.unifyInner(bound.value, entry.value);
    }
  }
}

/** What a mean is made of can be divided by a count: floats, but no ints. */
function isDivided(bound: Bound): boolean {
  return bound.kind === "num" && bound.operator === "DivideByInt";
}

/** The number that a variable is when nothing else decides; undefined: it need not be one. */
export function defaultNumber(bounds: readonly Bound[]): Type | undefined {
  const isNumber = bounds.some(({ kind }) => kind === "add" || kind === "num" || kind === "bits");
  if (!isNumber) return undefined;
  return bounds.some(isDivided) ? FLOAT : INT;
}

const INTEGRAL = [INT.constructor];
const DIVISIBLE = [FLOAT.constructor];
const NUMERIC = [INT.constructor, FLOAT.constructor];
const ADDABLE = [INT.constructor, FLOAT.constructor, STRING.constructor];
const PRIMITIVE = new Set([INT, FLOAT, BOOL, STRING, CHAR].map((type) => type.constructor));

function isOneOf(type: ProperType, constructors: readonly unknown[]): boolean {
  return type.kind === "constructed" && constructors.includes(type.constructor);
}

/** What `for x in e` binds for an `e` of this type. */
export function elementType(type: Type): Type | undefined {
  if (type.kind !== "constructed") return undefined;
  switch (type.constructor) {
    case LIST:
    case ARRAY:
    case SEQ:
    case SET:
      return type.args[0];
    case STRING.constructor:
      return CHAR;
    case MAP:
      return tupleOf(type.args);
    default:
      return undefined;
  }
}

/** Key and value types of `x.[k]`. */
export function indexTypes(type: Type): { readonly key: Type; readonly value: Type } | undefined {
  if (type.kind !== "constructed") return undefined;
  switch (type.constructor) {
    case LIST:
    case ARRAY:
      return { key: INT, value: type.args[0] as Type };
    case STRING.constructor:
      return { key: INT, value: CHAR };
    case MAP:
      return { key: type.args[0] as Type, value: type.args[1] as Type };
    default:
      return undefined;
  }
}

/** Key and value of an indexer that a declared type has. */
function indexedBy(item: Type | undefined): { readonly key: Type; readonly value: Type } | undefined {
  const type = item === undefined ? undefined : prune(item);
  return type?.kind === "function" ? { key: type.parameter, value: type.result } : undefined;
}

/** No function and no Async inside; for order also no host object and no class. Open variables inherit the bound. */
class ComparisonCheck {
  readonly #visited = new Set<Type | TypeDeclaration>();

  constructor(
    readonly bound: Bound,
    readonly ordered: boolean,
    readonly unifier: Unifier,
  ) {}

  accepts(raw: Type, depth: number): boolean {
    const type = prune(raw);
    switch (type.kind) {
      case "variable":
        return this.unifier.requireBound(type, this.bound);
      case "function":
        return false;
      case "tuple":
        return this.#all(type, type.items, depth);
      case "anonymous":
        return this.#all(type, type.types, depth);
      case "constructed": {
        const { constructor } = type;
        if (isAny(type) || PRIMITIVE.has(constructor)) return true;
        if (constructor === ASYNC) return false;
        if (constructor.host || constructor.declaration?.kind === "class") return !this.ordered;
        if (!this.#all(type, type.args, depth)) return false;
        return (
          constructor.declaration === undefined || this.#declarationAccepts(constructor.declaration, depth)
        );
      }
    }
  }

  #all(owner: Type, types: readonly Type[], depth: number): boolean {
    if (depth > 200 || this.#visited.has(owner)) return true;
    if (types.length > 0) this.#visited.add(owner);
    return types.every((type) => this.accepts(type, depth + 1));
  }

  #declarationAccepts(declaration: TypeDeclaration, depth: number): boolean {
    if (this.#visited.has(declaration) || depth > 200) return true;
    this.#visited.add(declaration);
    const fields =
      declaration.kind === "union" ? declaration.cases.flatMap((item) => item.fields) : declaration.fields;
    return fields.every((field) => this.#fieldAccepts(field.type, depth + 1));
  }

  /** Type parameters are judged by the arguments, not here. */
  #fieldAccepts(raw: Type, depth: number): boolean {
    const type = prune(raw);
    if (type.kind === "variable" || depth > 200) return true;
    switch (type.kind) {
      case "function":
        return false;
      case "tuple":
        return type.items.every((item) => this.#fieldAccepts(item, depth + 1));
      case "anonymous":
        return type.types.every((item) => this.#fieldAccepts(item, depth + 1));
      case "constructed": {
        const { constructor } = type;
        if (constructor === ASYNC) return false;
        if (constructor.host || constructor.declaration?.kind === "class") return !this.ordered;
        if (!type.args.every((arg) => this.#fieldAccepts(arg, depth + 1))) return false;
        return (
          constructor.declaration === undefined || this.#declarationAccepts(constructor.declaration, depth)
        );
      }
    }
  }
}
