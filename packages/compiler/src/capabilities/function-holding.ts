/** Which types have values that may hold functions, and so may lead to capabilities when they are used. */
import { ANY, ASYNC, EXN, LAZY, SEQ } from "../types/builtin.js";
import { prune, type Type, type TypeConstructor, type TypeDeclaration } from "../types/type.js";

/** Types whose values are, or may hide, work that is still to be done. */
const HIDING: ReadonlySet<TypeConstructor> = new Set([ANY.constructor, EXN.constructor, ASYNC, LAZY, SEQ]);

/** Declarations that are known already. They do not change once inference has ended, and are the program's own. */
const known = new WeakMap<TypeDeclaration, boolean>();

/** Larger types are taken to hold functions. */
const MAX_NODES = 500;

/**
 * Whether a value of the type may be a function or hold one. Never false for one that can: what is open (a type variable, `any`) may be
 * anything.
 */
export function mayHoldFunction(type: Type): boolean {
  let nodes = 0;
  const visit = (raw: Type, within: ReadonlySet<TypeDeclaration>): boolean => {
    if (++nodes > MAX_NODES) return true;
    const at = prune(raw);
    switch (at.kind) {
      case "function":
        return true;
      case "variable":
        // The parameters of a declaration are looked at where it is applied.
        return within.size === 0;
      case "tuple":
        return at.items.some((item) => visit(item, within));
      case "anonymous":
        return at.types.some((item) => visit(item, within));
      case "constructed": {
        const { declaration } = at.constructor;
        if (HIDING.has(at.constructor)) return true;
        if (at.args.some((item) => visit(item, within))) return true;
        return declaration !== undefined && ofDeclaration(declaration, within);
      }
    }
  };
  const ofDeclaration = (declaration: TypeDeclaration, within: ReadonlySet<TypeDeclaration>): boolean => {
    if (within.has(declaration)) return false;
    const before = known.get(declaration);
    if (before !== undefined) return before;
    const inside = new Set(within).add(declaration);
    const found = fieldTypes(declaration).some((field) => visit(field, inside));
    // Inside another declaration, a circle may have been cut short.
    if (found || within.size === 0) known.set(declaration, found);
    return found;
  };
  return visit(type, new Set());
}

function fieldTypes(declaration: TypeDeclaration): readonly Type[] {
  switch (declaration.kind) {
    case "record":
    case "class":
    case "exception":
      return declaration.fields.map((field) => field.type);
    case "union":
      return declaration.cases.flatMap((item) => item.fields.map((field) => field.type));
  }
}
