/** Generalisation and instantiation (language reference 4.4). */
import { appended } from "../short-list.js";
import { ANY } from "./builtin.js";
import type { Bound, Scheme, Type, TypeVariable } from "./type.js";
import { GENERIC_LEVEL, prune } from "./type.js";
import { MAX_TYPE_DEPTH, typesOfBound, type Unifier } from "./unify.js";

/** A scheme whose type is larger than this is not copied: such a type comes only from a program that doubles its types on purpose. */
const MAX_TYPE_NODES = 10_000;
const REMEMBER_AFTER = 200;

const NONE: readonly TypeVariable[] = [];

export function monomorphic(type: Type): Scheme {
  return { quantified: NONE, type };
}

/**
 * The variables of some types that are owned by a deeper level than `level`, made quantified. `keep` refuses a variable (it stays open, owned
 * by `level`); the variables in a refused variable's bounds stay open with it.
 */
export function quantify(
  types: readonly Type[],
  level: number,
  keep: (variable: TypeVariable) => boolean,
): readonly TypeVariable[] {
  let quantified: TypeVariable[] | undefined;
  let seen: Set<Type> | undefined;
  let steps = 0;
  const visit = (raw: Type, depth: number): void => {
    const type = prune(raw);
    if (type.kind === "variable") {
      if (type.level <= level || type.level === GENERIC_LEVEL) return;
      if (!keep(type)) {
        demote(type, level);
        return;
      }
      type.level = GENERIC_LEVEL;
      quantified = appended(quantified, type);
      for (const bound of type.bounds) for (const part of typesOfBound(bound)) visit(part, depth + 1);
      return;
    }
    if (type.kind === "constructed" && type.args.length === 0) return;
    if (depth > MAX_TYPE_DEPTH) return;
    if (++steps > REMEMBER_AFTER) {
      seen ??= new Set();
      if (seen.has(type)) return;
      seen.add(type);
    }
    switch (type.kind) {
      case "constructed":
        for (const arg of type.args) visit(arg, depth + 1);
        return;
      case "function":
        visit(type.parameter, depth + 1);
        visit(type.result, depth + 1);
        return;
      case "tuple":
        for (const item of type.items) visit(item, depth + 1);
        return;
      case "anonymous":
        for (const item of type.types) visit(item, depth + 1);
        return;
    }
  };
  for (const type of types) visit(type, 0);
  return quantified ?? NONE;
}

/** Leaves an open variable, and what its bounds mention, to an outer level. */
function demote(variable: TypeVariable, level: number): void {
  if (variable.level <= level || variable.level === GENERIC_LEVEL) return;
  variable.level = level;
  for (const bound of variable.bounds) {
    for (const part of typesOfBound(bound)) {
      for (const inner of variablesOf(part)) demote(inner, level);
    }
  }
}

/** Open and quantified variables of a type, each once. */
export function variablesOf(type: Type): readonly TypeVariable[] {
  const whole = prune(type);
  if (whole.kind === "variable") return [whole];
  if (whole.kind === "constructed" && whole.args.length === 0) return NONE;
  let found: Set<TypeVariable> | undefined;
  let seen: Set<Type> | undefined;
  let steps = 0;
  const visit = (raw: Type, depth: number): void => {
    const at = prune(raw);
    if (at.kind === "variable") {
      found ??= new Set();
      found.add(at);
      return;
    }
    if (depth > MAX_TYPE_DEPTH || (at.kind === "constructed" && at.args.length === 0)) return;
    if (++steps > REMEMBER_AFTER) {
      seen ??= new Set();
      if (seen.has(at)) return;
      seen.add(at);
    }
    switch (at.kind) {
      case "constructed":
        for (const arg of at.args) visit(arg, depth + 1);
        return;
      case "function":
        visit(at.parameter, depth + 1);
        visit(at.result, depth + 1);
        return;
      case "tuple":
        for (const item of at.items) visit(item, depth + 1);
        return;
      case "anonymous":
        for (const item of at.types) visit(item, depth + 1);
        return;
    }
  };
  visit(type, 0);
  return found === undefined ? NONE : [...found];
}

/** A copy of a scheme's type with new variables, and what each quantified variable stands for in it. */
export interface Instance {
  readonly type: Type;
  readonly instantiation: readonly Type[];
}

export function instantiate(scheme: Scheme, level: number, unifier: Unifier): Instance {
  if (scheme.quantified.length === 0) return { type: scheme.type, instantiation: scheme.quantified };
  if (scheme.quantified.length > MAX_TYPE_NODES) return tooLarge(scheme, unifier);
  const fresh: TypeVariable[] = scheme.quantified.map((variable) =>
    unifier.fresh(
      level,
      variable.name === undefined || variable.bounds.length > 0 ? undefined : variable.name,
    ),
  );
  const substitution = new Substitution(scheme.quantified, fresh, unifier);
  for (let i = 0; i < fresh.length; i++) {
    const bounds = (scheme.quantified[i] as TypeVariable).bounds;
    if (bounds.length === 0) continue;
    const copy = fresh[i] as TypeVariable;
    copy.bounds = bounds.map((bound) => substitution.bound(bound));
    unifier.bounded.push(copy);
  }
  const type = substitution.apply(scheme.type);
  return substitution.cut ? tooLarge(scheme, unifier) : { type, instantiation: fresh };
}

/** What has grown too large is `any` from here on, so that it grows no further. */
function tooLarge(scheme: Scheme, unifier: Unifier): Instance {
  unifier.overflowed = true;
  return { type: ANY, instantiation: scheme.quantified.map(() => ANY) };
}

/** Replaces quantified variables by types; what holds none of them is shared, not copied. */
export class Substitution {
  #memo: Map<Type, Type> | undefined;
  readonly #map: Map<TypeVariable, Type> | undefined;
  #nodes = 0;
  /** Something was too deep or too large to be copied. */
  cut = false;

  constructor(
    readonly from: readonly TypeVariable[],
    readonly to: readonly Type[],
    readonly unifier: Unifier | undefined,
  ) {
    this.#map = from.length > 6 ? new Map(from.map((variable, i) => [variable, to[i] as Type])) : undefined;
  }

  apply(type: Type): Type {
    return this.#copy(type, 0);
  }

  bound(bound: Bound): Bound {
    switch (bound.kind) {
      case "field":
        return { ...bound, type: this.apply(bound.type) };
      case "elem":
        return { ...bound, type: this.apply(bound.type) };
      case "call":
        return { ...bound, args: bound.args.map((arg) => this.apply(arg)), result: this.apply(bound.result) };
      case "exactly":
        return { ...bound, types: bound.types.map((part) => this.apply(part)) };
      case "index":
        return { ...bound, key: this.apply(bound.key), value: this.apply(bound.value) };
      default:
        return bound;
    }
  }

  #variable(variable: TypeVariable): Type {
    if (variable.level !== GENERIC_LEVEL) return variable;
    if (this.#map !== undefined) return this.#map.get(variable) ?? variable;
    const index = this.from.indexOf(variable);
    return index < 0 ? variable : (this.to[index] as Type);
  }

  #copy(raw: Type, depth: number): Type {
    const type = prune(raw);
    if (type.kind === "variable") return this.#variable(type);
    if (type.kind === "constructed" && type.args.length === 0) return type;
    if (depth > MAX_TYPE_DEPTH || this.#nodes > MAX_TYPE_NODES) {
      this.cut = true;
      if (this.unifier !== undefined) this.unifier.overflowed = true;
      return ANY;
    }
    const remember = ++this.#nodes > REMEMBER_AFTER;
    if (remember) {
      const known = this.#memo?.get(type);
      if (known !== undefined) return known;
    }
    const copy = this.#copyParts(type, depth + 1);
    if (remember) {
      this.#memo ??= new Map();
      this.#memo.set(type, copy);
    }
    return copy;
  }

  #copyParts(type: Exclude<Type, TypeVariable>, depth: number): Type {
    switch (type.kind) {
      case "constructed": {
        const args = this.#copyAll(type.args, depth);
        return args === type.args ? type : { kind: "constructed", constructor: type.constructor, args };
      }
      case "function": {
        const parameter = this.#copy(type.parameter, depth);
        const result = this.#copy(type.result, depth);
        return parameter === type.parameter && result === type.result
          ? type
          : { kind: "function", parameter, result };
      }
      case "tuple": {
        const items = this.#copyAll(type.items, depth);
        return items === type.items ? type : { kind: "tuple", items };
      }
      case "anonymous": {
        const types = this.#copyAll(type.types, depth);
        return types === type.types ? type : { kind: "anonymous", labels: type.labels, types };
      }
    }
  }

  #copyAll(types: readonly Type[], depth: number): readonly Type[] {
    let copies: Type[] | undefined;
    for (let i = 0; i < types.length; i++) {
      const type = types[i] as Type;
      const copy = this.#copy(type, depth);
      if (copies === undefined && copy !== type) copies = types.slice(0, i);
      if (copies !== undefined) copies.push(copy);
    }
    return copies ?? types;
  }
}

/**
 * A copy of a type in which every open variable is new, for trials: what unification does to it, the original does not notice. Variables keep
 * their operator bounds only.
 */
export function trialCopy(type: Type, unifier: Unifier, copies: Map<Type, Type>): Type {
  const variables = variablesOf(type);
  if (variables.length === 0) return type;
  for (const variable of variables) {
    if (copies.has(variable)) continue;
    const copy = unifier.fresh(GENERIC_LEVEL - 1);
    copy.bounds = variable.bounds.filter((bound) => typesOfBound(bound).length === 0);
    copies.set(variable, copy);
  }
  return replaceVariables(type, copies, 0);
}

/** A copy of a type with other types in place of some of its variables. `copies` remembers what has been copied. */
export function replaceVariables(raw: Type, copies: Map<Type, Type>, depth: number): Type {
  const type = prune(raw);
  if (depth > MAX_TYPE_DEPTH) return ANY;
  const known = copies.get(type);
  if (known !== undefined || type.kind === "variable") return known ?? type;
  const each = (part: Type): Type => replaceVariables(part, copies, depth + 1);
  let copy: Type;
  switch (type.kind) {
    case "constructed":
      if (type.args.length === 0) return type;
      copy = { kind: "constructed", constructor: type.constructor, args: type.args.map(each) };
      break;
    case "function":
      copy = { kind: "function", parameter: each(type.parameter), result: each(type.result) };
      break;
    case "tuple":
      copy = { kind: "tuple", items: type.items.map(each) };
      break;
    case "anonymous":
      copy = { kind: "anonymous", labels: type.labels, types: type.types.map(each) };
      break;
  }
  copies.set(type, copy);
  return copy;
}
