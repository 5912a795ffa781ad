import type { Core, GlobalVariable } from "../core/core.js";
import type { CoreFunction } from "../core/function.js";
import type { Local } from "../core/local.js";
import type { Variable } from "../typed/tree.js";
import { substitute } from "../types/substitute.js";
import type { Type, TypeVariable } from "../types/type.js";
import { prune } from "../types/type.js";
import type { SpecialisedGroup } from "./specialise.js";

/** What a variable of the typed tree has become. */
export type Meaning =
  | { readonly kind: "local"; readonly local: Local }
  | { readonly kind: "global"; readonly global: GlobalVariable }
  | { readonly kind: "function"; readonly fn: CoreFunction }
  /** A value that is cheaper to repeat than to keep. */
  | { readonly kind: "constant"; readonly value: Core }
  | { readonly kind: "specialised"; readonly group: SpecialisedGroup };

/** Meanings of variables, and the types that the instance of a specialised binding gives to its type variables. */
export class Environment {
  readonly #meanings = new Map<Variable, Meaning>();

  constructor(
    readonly parent: Environment | undefined,
    readonly types: ReadonlyMap<TypeVariable, Type>,
  ) {}

  bind(variable: Variable, meaning: Meaning): void {
    this.#meanings.set(variable, meaning);
  }

  find(variable: Variable): Meaning | undefined {
    for (let at: Environment | undefined = this; at !== undefined; at = at.parent) {
      const meaning = at.#meanings.get(variable);
      if (meaning !== undefined) return meaning;
    }
    return undefined;
  }

  typeOf(variable: TypeVariable): Type | undefined {
    for (let at: Environment | undefined = this; at !== undefined; at = at.parent) {
      const type = at.types.get(variable);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  /** The type with its outermost constructor visible. */
  resolve(type: Type): Type {
    const at = prune(type);
    if (at.kind !== "variable") return at;
    const known = this.typeOf(at);
    return known === undefined ? at : prune(known);
  }

  /** The type with all its variables replaced that this instance decides. */
  resolveAll(type: Type): Type {
    if (this.parent === undefined && this.types.size === 0) return type;
    return substitute(type, (variable) => this.typeOf(variable));
  }
}
