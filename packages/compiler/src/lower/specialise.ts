import type { Item } from "../core/core.js";
import { CompilerBug } from "../errors.js";
import type { Span } from "../source/source.js";
import type { TypedExpr, Variable } from "../typed/tree.js";
import { ANY } from "../types/builtin.js";
import type { Type, TypeConstructor, TypeVariable } from "../types/type.js";
import { prune } from "../types/type.js";
import { Environment, type Meaning } from "./environment.js";
import type { Context, Lowerer } from "./lowerer.js";
import { defaultType, needsSpecialisation } from "./type-class.js";

export interface GroupBinding {
  readonly variable: Variable;
  readonly value: TypedExpr;
}

/** Beyond this number of instances a binding is compiled once more, for values of any type. */
const MAX_INSTANCES = 64;

/** Deeper differences between types make no instance of their own. */
const MAX_KEY_DEPTH = 6;

/** Type variables of a binding whose type chooses instructions. */
export function decisiveVariables(
  bindings: readonly { readonly variable: Variable }[],
): readonly TypeVariable[] {
  const found: TypeVariable[] = [];
  for (const { variable } of bindings) {
    for (const quantified of variable.scheme.quantified) {
      if (needsSpecialisation(quantified.bounds) && !found.includes(quantified)) found.push(quantified);
    }
  }
  return found;
}

/** Puts the meanings of an instance's variables into the current environment, and lowers the values. */
export type MakeInstance = (
  lowerer: Lowerer,
  bindings: readonly GroupBinding[],
  items: Item[],
) => ReadonlyMap<Variable, Meaning>;

/**
 * A binding, or a recursive group, that is compiled once for every combination of the types that it is used at, because a type variable
 * of it decides between instructions: `let add x y = x + y`.
 */
export class SpecialisedGroup {
  /** Where the instances are bound: the place of the definition. */
  readonly items: Item[] = [];
  readonly #context: Context;
  readonly #instances = new Map<string, ReadonlyMap<Variable, Meaning>>();

  constructor(
    readonly lowerer: Lowerer,
    readonly bindings: readonly GroupBinding[],
    readonly decisive: readonly TypeVariable[],
    readonly make: MakeInstance,
  ) {
    this.#context = lowerer.context;
    for (const { variable } of bindings) lowerer.bind(variable, { kind: "specialised", group: this });
  }

  /** What `variable` means when its scheme is instantiated in this way. Types are seen from the current context. */
  instance(variable: Variable, instantiation: readonly Type[], span: Span): Meaning {
    const { environment } = this.lowerer.context;
    const chosen = new Map<TypeVariable, Type>();
    variable.scheme.quantified.forEach((quantified, index) => {
      const type = instantiation[index];
      if (type === undefined || !this.decisive.includes(quantified)) return;
      const resolved = environment.resolveAll(type);
      const at = prune(resolved);
      if (at.kind !== "variable") chosen.set(quantified, at);
    });
    return this.#member(variable, chosen, span);
  }

  /** The instance that hosts get. */
  defaultInstance(variable: Variable): Meaning {
    return this.#member(variable, new Map(), variable.span);
  }

  /** Types of the default instance. */
  get defaults(): ReadonlyMap<TypeVariable, Type> {
    return new Map(this.decisive.map((variable) => [variable, defaultType(variable.bounds)]));
  }

  #member(variable: Variable, chosen: Map<TypeVariable, Type>, span: Span): Meaning {
    for (const decisive of this.decisive) {
      if (!chosen.has(decisive)) chosen.set(decisive, defaultType(decisive.bounds));
    }
    let key = this.#key(chosen);
    if (!this.#instances.has(key) && this.#instances.size >= MAX_INSTANCES) {
      for (const decisive of this.decisive) chosen.set(decisive, ANY);
      key = this.#key(chosen);
    }
    const members = this.#instances.get(key) ?? this.#create(key, chosen);
    const meaning = members.get(variable);
    if (meaning === undefined) throw new CompilerBug(`no instance of '${variable.name}'`, span);
    return meaning;
  }

  #key(chosen: ReadonlyMap<TypeVariable, Type>): string {
    return this.decisive
      .map((variable) => typeKey(chosen.get(variable) ?? ANY, MAX_KEY_DEPTH, this.lowerer.constructorNumbers))
      .join(",");
  }

  #create(key: string, types: ReadonlyMap<TypeVariable, Type>): ReadonlyMap<Variable, Meaning> {
    const context = { ...this.#context, environment: new Environment(this.#context.environment, types) };
    const members = new Map<Variable, Meaning>();
    this.#instances.set(key, members);
    this.lowerer.within(context, () => {
      for (const [variable, meaning] of this.make(this.lowerer, this.bindings, this.items))
        members.set(variable, meaning);
    });
    return members;
  }
}

/** Equal for types that lead to the same instance. */
function typeKey(type: Type, depth: number, numbers: Map<TypeConstructor, number>): string {
  const at = prune(type);
  if (at.kind === "variable") return "?";
  if (depth === 0) return "…";
  const list = (types: readonly Type[]): string =>
    types.map((item) => typeKey(item, depth - 1, numbers)).join(",");
  switch (at.kind) {
    case "constructed": {
      const number = numbers.get(at.constructor) ?? numbers.size;
      numbers.set(at.constructor, number);
      return at.args.length === 0 ? String(number) : `${number}(${list(at.args)})`;
    }
    case "function":
      return `(${list([at.parameter])}>${list([at.result])})`;
    case "tuple":
      return `(${list(at.items)})`;
    case "anonymous":
      return `{${at.labels.map((label) => JSON.stringify(label)).join(",")}:${list(at.types)}}`;
  }
}
