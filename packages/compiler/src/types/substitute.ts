import type { Type, TypeVariable } from "./type.js";
import { prune } from "./type.js";

/** The type with variables replaced; parts without such variables are shared. Linear in the size of the type graph. */
export function substitute(type: Type, replacement: (variable: TypeVariable) => Type | undefined): Type {
  const done = new Map<Type, Type>();
  const all = (types: readonly Type[]): readonly Type[] => {
    let changed = false;
    const mapped = types.map((item) => {
      const replaced = visit(item);
      if (replaced !== item) changed = true;
      return replaced;
    });
    return changed ? mapped : types;
  };
  const rebuild = (at: Exclude<Type, TypeVariable>): Type => {
    switch (at.kind) {
      case "constructed": {
        if (at.args.length === 0) return at;
        const args = all(at.args);
        return args === at.args ? at : { kind: "constructed", constructor: at.constructor, args };
      }
      case "function": {
        const parameter = visit(at.parameter);
        const result = visit(at.result);
        return parameter === at.parameter && result === at.result
          ? at
          : { kind: "function", parameter, result };
      }
      case "tuple": {
        const items = all(at.items);
        return items === at.items ? at : { kind: "tuple", items };
      }
      case "anonymous": {
        const types = all(at.types);
        return types === at.types ? at : { kind: "anonymous", labels: at.labels, types };
      }
    }
  };
  const visit = (item: Type): Type => {
    const at = prune(item);
    if (at.kind === "variable") return replacement(at) ?? at;
    if (at.kind === "constructed" && at.args.length === 0) return at;
    const known = done.get(at);
    if (known !== undefined) return known;
    const result = rebuild(at);
    done.set(at, result);
    return result;
  };
  return visit(type);
}
