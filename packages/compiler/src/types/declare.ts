/** Declarations of types as they begin: with neither members nor cases. */
import type { Span } from "../source/source.js";
import type { TypeConstructor, TypeDeclaration, TypeVariable, UnionDeclaration } from "./type.js";

/** A constructor that gets its declaration once that is made. */
export function declaredConstructor(
  name: string,
  params: readonly TypeVariable[],
): { -readonly [K in keyof TypeConstructor]: TypeConstructor[K] } {
  return { name, arity: params.length, declaration: undefined, host: false };
}

export function noMembers(): Pick<TypeDeclaration, "members" | "operators" | "setters"> {
  return { members: new Map(), operators: new Map(), setters: new Map() };
}

/** A union that gets its cases later. `prefix`: the modules around it, with a dot behind each. */
export function emptyUnion(
  name: string,
  params: readonly TypeVariable[],
  span: Span,
  prefix = "",
  requireQualifiedAccess = false,
): UnionDeclaration {
  const constructor = declaredConstructor(name, params);
  const union: UnionDeclaration = {
    kind: "union",
    name: prefix + name,
    constructor,
    params,
    span,
    ...noMembers(),
    cases: [],
    requireQualifiedAccess,
  };
  constructor.declaration = union;
  return union;
}
