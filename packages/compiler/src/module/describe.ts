/** Types of the checker as data for the running program and for hosts. */
import type { ContainerKind, PrimitiveKind, TypeBound, TypeDescriptor } from "@fusabi/vm";
import {
  ANY,
  ARRAY,
  ASYNC,
  BOOL,
  CHAR,
  EXN,
  FLOAT,
  INT,
  LAZY,
  LIST,
  MAP,
  OPTION,
  REF,
  RESULT,
  SEQ,
  SET,
  STRING,
  UNIT,
} from "../types/builtin.js";
import {
  prune,
  type Type,
  type TypeConstructor,
  type TypeDeclaration,
  type TypeVariable,
} from "../types/type.js";

export const PRIMITIVES: ReadonlyMap<TypeConstructor, PrimitiveKind> = new Map<
  TypeConstructor,
  PrimitiveKind
>([
  [UNIT.constructor, "unit"],
  [INT.constructor, "int"],
  [FLOAT.constructor, "float"],
  [BOOL.constructor, "bool"],
  [STRING.constructor, "string"],
  [CHAR.constructor, "char"],
  [ANY.constructor, "any"],
  [EXN.constructor, "exn"],
]);

const CONTAINERS: ReadonlyMap<TypeConstructor, ContainerKind> = new Map<TypeConstructor, ContainerKind>([
  [LIST, "list"],
  [ARRAY, "array"],
  [OPTION, "option"],
  [SEQ, "seq"],
  [SET, "set"],
  [ASYNC, "async"],
  [REF, "ref"],
  [LAZY, "lazy"],
]);

/** Deeper or larger types are cut: what lies below is `any`. A type is a graph that may share parts, written out it can be exponentially large. */
const MAX_DEPTH = 40;
const MAX_NODES = 2000;

/** `definitionOf` gives the index of a declared type in the module. */
export function describe(type: Type, definitionOf: (declaration: TypeDeclaration) => number): TypeDescriptor {
  const names = new VariableNames();
  let nodes = 0;
  const visit = (raw: Type, depth: number): TypeDescriptor => {
    const at = prune(raw);
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) return { kind: "any" };
    const all = (types: readonly Type[]): readonly TypeDescriptor[] =>
      types.map((item) => visit(item, depth + 1));
    switch (at.kind) {
      case "variable":
        return { kind: "variable", name: names.of(at), bounds: operatorBounds(at) };
      case "function":
        return {
          kind: "function",
          parameter: visit(at.parameter, depth + 1),
          result: visit(at.result, depth + 1),
        };
      case "tuple":
        return { kind: "tuple", items: all(at.items) };
      case "anonymous": {
        const types = all(at.types);
        return {
          kind: "anonymous",
          fields: at.labels.map((label, index) => ({ label, type: types[index] ?? { kind: "any" } })),
        };
      }
      case "constructed": {
        const { constructor } = at;
        const primitive = PRIMITIVES.get(constructor);
        if (primitive !== undefined) return { kind: primitive };
        const args = all(at.args);
        const first = args[0] ?? { kind: "any" };
        const second = args[1] ?? { kind: "any" };
        const container = CONTAINERS.get(constructor);
        if (container !== undefined) return { kind: container, item: first };
        if (constructor === MAP) return { kind: "map", key: first, value: second };
        if (constructor === RESULT) return { kind: "result", ok: first, error: second };
        if (constructor.declaration === undefined) return { kind: "host", name: constructor.name };
        if (constructor.declaration.kind === "exception") return { kind: "exn" };
        return { kind: "named", definition: definitionOf(constructor.declaration), args };
      }
    }
  };
  return visit(type, 0);
}

function operatorBounds(variable: TypeVariable): readonly TypeBound[] {
  const found = new Set<TypeBound>();
  for (const { kind } of variable.bounds) {
    if (kind === "add" || kind === "num" || kind === "bits" || kind === "eq" || kind === "ord")
      found.add(kind);
  }
  return [...found].sort();
}

/** Names of the variables of one type: as annotated, otherwise `a`, `b`, … */
class VariableNames {
  readonly #names = new Map<TypeVariable, string>();
  readonly #taken = new Set<string>();

  of(variable: TypeVariable): string {
    const known = this.#names.get(variable);
    if (known !== undefined) return known;
    const wanted = variable.name;
    let name = wanted ?? "a";
    for (let i = 0; this.#taken.has(name); i++)
      name = wanted === undefined && i < 25 ? String.fromCharCode(98 + i) : `${wanted ?? "a"}${i + 1}`;
    this.#taken.add(name);
    this.#names.set(variable, name);
    return name;
  }
}
