/**
 * Unification in place, with levels and bounds (language reference 4.2, 4.3). Variables are linked to what they turn out to be; a variable that
 * meets a type discharges its bounds on it. `any` unifies with everything and binds only variables (4.7).
 */

import { dischargeBound, type MemberLookup } from "./bounds.js";
import { ANY, isAny, sameConstructor } from "./builtin.js";
import type { Bound, ConstructedType, Type, TypeVariable } from "./type.js";
import { GENERIC_LEVEL, prune } from "./type.js";

/** Why the last unification failed. */
export type UnifyFailure =
  | { readonly kind: "mismatch" }
  | { readonly kind: "occurs"; readonly type: Type }
  /** `bound` is not satisfied by `type`. */
  | { readonly kind: "bound"; readonly bound: Bound; readonly type: Type }
  /** The label exists, its type does not fit. */
  | { readonly kind: "label"; readonly bound: Bound; readonly expected: Type; readonly actual: Type };

/** Types deeper than this are cut to `any` and reported; every walk over types recurses at most so deep. */
export const MAX_TYPE_DEPTH = 600;
/** Walks over a shared graph remember what they have seen once they have come this far. */
const REMEMBER_AFTER = 400;

export class Unifier {
  /** Set by the last `unify` or `addBound` that gave false. */
  failure: UnifyFailure | undefined;
  /** `any` met another type in the last `unify`: values of the one are not yet values of the other. */
  metAny = false;
  /** A type grew beyond what is bearable since this was last reset. */
  overflowed = false;
  /** Variables that ever got a bound: what is still open at the end is defaulted. */
  readonly bounded: TypeVariable[] = [];
  #nextId = 1;
  #steps = 0;
  #seenPairs: Map<Type, Set<Type>> | undefined;

  constructor(readonly members: MemberLookup) {}

  /** A new variable owned by `level`. */
  fresh(level: number, name?: string): TypeVariable {
    return { kind: "variable", id: this.#nextId++, level, link: undefined, bounds: [], name };
  }

  /** A new variable with bounds. */
  freshBounded(level: number, bounds: readonly Bound[], name?: string): TypeVariable {
    const variable = this.fresh(level, name);
    variable.bounds = bounds;
    this.bounded.push(variable);
    return variable;
  }

  /** Makes two types equal. False: they cannot be, see `failure`; variables bound on the way stay bound. */
  unify(a: Type, b: Type): boolean {
    this.failure = undefined;
    this.metAny = false;
    this.#steps = 0;
    this.#seenPairs = undefined;
    return this.#unify(a, b, 0);
  }

  /** Unification inside the discharge of a bound: failure and work are those of the outer one. */
  unifyInner(a: Type, b: Type): boolean {
    return this.#unify(a, b, 0);
  }

  /** Demands something of a type: kept on a variable, checked at once otherwise. */
  addBound(raw: Type, bound: Bound): boolean {
    this.failure = undefined;
    return this.requireBound(raw, bound);
  }

  /** As `addBound`, inside another operation. */
  requireBound(raw: Type, bound: Bound): boolean {
    const type = prune(raw);
    if (type.kind !== "variable") return this.#discharge(bound, type);
    return this.#keepBound(type, bound);
  }

  #fail(failure: UnifyFailure): false {
    this.failure ??= failure;
    return false;
  }

  #unify(rawA: Type, rawB: Type, depth: number): boolean {
    const a = prune(rawA);
    const b = prune(rawB);
    if (a === b) return true;
    if (depth > MAX_TYPE_DEPTH) {
      this.overflowed = true;
      return true;
    }
    if (++this.#steps > REMEMBER_AFTER && this.#met(a, b)) return true;
    if (a.kind === "variable") {
      return b.kind === "variable" ? this.#merge(a, b) : this.#bind(a, b);
    }
    if (b.kind === "variable") return this.#bind(b, a);
    if (isAny(a)) return this.#meetAny(b);
    if (isAny(b)) return this.#meetAny(a);
    switch (a.kind) {
      case "constructed":
        if (b.kind !== "constructed" || !sameConstructor(a.constructor, b.constructor)) break;
        return this.#unifyAll(a.args, b.args, depth);
      case "function":
        if (b.kind !== "function") break;
        return this.#unify(a.parameter, b.parameter, depth + 1) && this.#unify(a.result, b.result, depth + 1);
      case "tuple":
        if (b.kind !== "tuple" || a.items.length !== b.items.length) break;
        return this.#unifyAll(a.items, b.items, depth);
      case "anonymous":
        if (b.kind !== "anonymous" || a.labels.length !== b.labels.length) break;
        if (a.labels.some((label, i) => label !== b.labels[i])) break;
        return this.#unifyAll(a.types, b.types, depth);
    }
    return this.#fail({ kind: "mismatch" });
  }

  #unifyAll(a: readonly Type[], b: readonly Type[], depth: number): boolean {
    for (let i = 0; i < a.length; i++) {
      if (!this.#unify(a[i] as Type, b[i] as Type, depth + 1)) return false;
    }
    return true;
  }

  /** Has this pair been compared before in this unification? Then it is equal, or has been found different already. */
  #met(a: Type, b: Type): boolean {
    if (a.kind === "variable" || b.kind === "variable") return false;
    this.#seenPairs ??= new Map();
    const others = this.#seenPairs.get(a);
    if (others === undefined) {
      this.#seenPairs.set(a, new Set([b]));
      return false;
    }
    if (others.has(b)) return true;
    others.add(b);
    return false;
  }

  #merge(a: TypeVariable, b: TypeVariable): boolean {
    const bounds = a.bounds;
    a.link = b;
    if (b.name === undefined) b.name = a.name;
    if (a.level < b.level) this.#lower(b, a.level);
    for (const bound of bounds) {
      if (!this.#keepBound(b, bound)) return false;
    }
    return true;
  }

  #bind(variable: TypeVariable, type: ConstructedType | Exclude<Type, TypeVariable>): boolean {
    if (type.kind !== "constructed" || type.args.length > 0) {
      const walk = new LevelWalk(variable, (met, level) => this.#lower(met, level));
      if (!walk.visit(type, 0)) return this.#fail({ kind: "occurs", type });
      if (walk.tooDeep) {
        this.overflowed = true;
        variable.link = ANY;
        return true;
      }
    }
    variable.link = type;
    for (const bound of variable.bounds) {
      if (!this.#discharge(bound, type)) return false;
    }
    return true;
  }

  #meetAny(type: Type): boolean {
    if (!isAny(type)) this.metAny = true;
    return this.#bindRest(type, 0);
  }

  /** `any` met a type: what is still open in that type is `any` too. */
  #bindRest(raw: Type, depth: number): boolean {
    const type = prune(raw);
    if (depth > MAX_TYPE_DEPTH) return true;
    switch (type.kind) {
      case "variable":
        return this.#bind(type, ANY);
      case "constructed":
        for (const arg of type.args) if (!this.#restOnce(arg, depth)) return false;
        return true;
      case "function":
        return this.#restOnce(type.parameter, depth) && this.#restOnce(type.result, depth);
      case "tuple":
        for (const item of type.items) if (!this.#restOnce(item, depth)) return false;
        return true;
      case "anonymous":
        for (const item of type.types) if (!this.#restOnce(item, depth)) return false;
        return true;
    }
  }

  #restOnce(type: Type, depth: number): boolean {
    if (++this.#steps > REMEMBER_AFTER && this.#met(type, ANY)) return true;
    return this.#bindRest(type, depth + 1);
  }

  /** Moves a variable, and the types of its bounds, to an outer owner. */
  #lower(variable: TypeVariable, level: number): void {
    if (variable.level <= level) return;
    variable.level = level;
    for (const bound of variable.bounds) {
      for (const type of typesOfBound(bound)) {
        const walk = new LevelWalk(undefined, (met, to) => this.#lower(met, to), level);
        walk.visit(type, 0);
      }
    }
  }

  #keepBound(variable: TypeVariable, bound: Bound): boolean {
    for (const known of variable.bounds) {
      if (known === bound) return true;
      if (known.kind !== bound.kind) {
        if (known.kind === "exactly" && bound.kind === "field") {
          const index = known.labels.indexOf(bound.label);
          if (index < 0) return this.#fail({ kind: "bound", bound, type: variable });
          return this.#unify(known.types[index] as Type, bound.type, 1);
        }
        continue;
      }
      switch (bound.kind) {
        case "add":
        case "num":
          if ((known.kind === "add" || known.kind === "num") && known.operator !== bound.operator) continue;
          return true;
        case "bits":
        case "eq":
        case "ord":
        case "variant":
          return true;
        case "field":
          if (known.kind !== "field" || known.label !== bound.label) continue;
          return this.#unify(known.type, bound.type, 1);
        case "elem":
          if (known.kind !== "elem") continue;
          return this.#unify(known.type, bound.type, 1);
        case "index":
          if (known.kind !== "index") continue;
          return this.#unify(known.key, bound.key, 1) && this.#unify(known.value, bound.value, 1);
        case "exactly":
          if (known.kind !== "exactly") continue;
          if (known.labels.length !== bound.labels.length) return this.#fail({ kind: "mismatch" });
          for (let i = 0; i < bound.labels.length; i++) {
            const at = known.labels.indexOf(bound.labels[i] as string);
            if (at < 0) return this.#fail({ kind: "mismatch" });
            if (!this.#unify(known.types[at] as Type, bound.types[i] as Type, 1)) return false;
          }
          return true;
        case "call":
          continue;
      }
    }
    if (variable.bounds.length === 0) this.bounded.push(variable);
    variable.bounds = [...variable.bounds, bound];
    if (variable.level !== GENERIC_LEVEL) {
      for (const type of typesOfBound(bound)) {
        new LevelWalk(undefined, (met, to) => this.#lower(met, to), variable.level).visit(type, 0);
      }
    }
    return true;
  }

  #discharge(bound: Bound, type: Exclude<Type, TypeVariable>): boolean {
    if (isAny(type)) {
      for (const part of typesOfBound(bound)) if (!this.#unify(part, ANY, 1)) return false;
      return true;
    }
    return dischargeBound(bound, type, this, (failure) => this.#fail(failure));
  }
}

/** Types that a bound mentions. */
export function typesOfBound(bound: Bound): readonly Type[] {
  switch (bound.kind) {
    case "field":
    case "elem":
      return [bound.type];
    case "call":
      return [...bound.args, bound.result];
    case "exactly":
      return bound.types;
    case "index":
      return [bound.key, bound.value];
    default:
      return NO_TYPES;
  }
}
const NO_TYPES: readonly Type[] = [];

/** Looks for a variable inside a type and moves every other variable to its level on the way. */
class LevelWalk {
  tooDeep = false;
  #visited: Set<Type> | undefined;
  #steps = 0;
  readonly #level: number;

  constructor(
    readonly target: TypeVariable | undefined,
    readonly lower: (variable: TypeVariable, level: number) => void,
    level?: number,
  ) {
    this.#level = level ?? target?.level ?? 0;
  }

  /** False: the variable occurs. */
  visit(raw: Type, depth: number): boolean {
    const type = prune(raw);
    if (type.kind === "variable") {
      if (type === this.target) return false;
      if (type.level > this.#level) this.lower(type, this.#level);
      return true;
    }
    if (type.kind === "constructed" && type.args.length === 0) return true;
    if (depth > MAX_TYPE_DEPTH) {
      this.tooDeep = true;
      return true;
    }
    if (++this.#steps > REMEMBER_AFTER) {
      this.#visited ??= new Set();
      if (this.#visited.has(type)) return true;
      this.#visited.add(type);
    }
    switch (type.kind) {
      case "constructed":
        return this.#visitAll(type.args, depth);
      case "function":
        return this.visit(type.parameter, depth + 1) && this.visit(type.result, depth + 1);
      case "tuple":
        return this.#visitAll(type.items, depth);
      case "anonymous":
        return this.#visitAll(type.types, depth);
    }
  }

  #visitAll(types: readonly Type[], depth: number): boolean {
    for (const type of types) if (!this.visit(type, depth + 1)) return false;
    return true;
  }
}
