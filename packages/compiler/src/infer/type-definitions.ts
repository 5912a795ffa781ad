/** `type` groups: records, unions, abbreviations and classes (language reference 3.2). */
import type { TypeEntry } from "../names/entry.js";
import { resolveType } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { Name, TypeDefinition, TypeExpr, TypesDecl } from "../syntax/ast.js";
import type { Statement } from "../typed/tree.js";
import { ANY } from "../types/builtin.js";
import { declaredConstructor, emptyUnion, noMembers } from "../types/declare.js";
import type { CaseInfo, Type, TypeDeclaration, TypeVariable, UnionDeclaration } from "../types/type.js";
import { GENERIC_LEVEL } from "../types/type.js";
import type { Checker } from "./checker.js";
import { inferMembers } from "./type-members.js";

/** A definition of the group with what has been made for it. */
export interface Defined {
  readonly definition: TypeDefinition;
  readonly params: ReadonlyMap<string, TypeVariable>;
  readonly declaration: TypeDeclaration | undefined;
}

/** Declares a group of types; gives the statements that define their members and constructors. */
export function declareTypes(checker: Checker, group: TypesDecl, scope: Scope): readonly Statement[] {
  const names = new Set(group.definitions.map((definition) => definition.name.text));
  const defined = group.definitions.map((definition) => announce(checker, definition, scope, names));
  for (const item of defined) {
    const { declaration } = item;
    if (declaration === undefined) continue;
    withParams(checker, item.params, () => fillBody(checker, item.definition, declaration, scope));
    reveal(item.definition, declaration, scope);
  }
  for (const item of defined) if (item.declaration === undefined) resolveAbbreviation(item.definition, scope);
  return inferMembers(checker, defined, scope);
}

/** An abbreviation is looked at once, so that a bad one is reported where it stands. */
function resolveAbbreviation(definition: TypeDefinition, scope: Scope): void {
  const entry = scope.type(definition.name.text);
  if (entry?.kind === "abbreviation") entry.type();
}

function withParams<T>(checker: Checker, params: ReadonlyMap<string, TypeVariable>, body: () => T): T {
  const { annotated, annotatedLevel, closedAnnotations } = checker;
  checker.annotated = new Map(params);
  checker.closedAnnotations = true;
  try {
    return body();
  } finally {
    checker.annotated = annotated;
    checker.annotatedLevel = annotatedLevel;
    checker.closedAnnotations = closedAnnotations;
  }
}

// ---------------------------------------------------------------------------------------------------------------- first pass

function announce(
  checker: Checker,
  definition: TypeDefinition,
  scope: Scope,
  group: ReadonlySet<string>,
): Defined {
  const { name, body } = definition;
  const params = new Map<string, TypeVariable>();
  for (const param of definition.params) {
    if (params.has(param.text))
      checker.error("FUS0210", param.span, `Duplicate parameter '${param.text}'`, "Rename one");
    params.set(param.text, { ...checker.unifier.fresh(GENERIC_LEVEL), name: param.text });
  }
  if (definition.access === "private") scope.module?.hidden.add(name.text);
  if (body.kind === "provider") {
    scope.defineType(name.text, { kind: "provider", name: name.text });
    return { definition, params, declaration: undefined };
  }
  if (body.kind === "abbreviation" && loneCase(checker, body.type, scope, group) === undefined) {
    scope.defineType(name.text, abbreviation(checker, definition, body.type, params, scope));
    return { definition, params, declaration: undefined };
  }
  const declaration = emptyDeclaration(checker, definition, [...params.values()]);
  checker.declarations.push(declaration);
  scope.defineType(name.text, { kind: "declared", declaration });
  return { definition, params, declaration };
}

/** `type T = Name` declares a case, unless `Name` is a type. */
function loneCase(
  checker: Checker,
  type: TypeExpr,
  scope: Scope,
  group: ReadonlySet<string>,
): Name | undefined {
  if (type.kind !== "named" || type.args.length > 0 || type.name.parts.length !== 1) return undefined;
  const name = type.name.parts[0] as Name;
  if (!/^\p{Lu}/u.test(name.text) || group.has(name.text)) return undefined;
  return resolveType(type.name.parts, scope, checker.host) === undefined ? name : undefined;
}

function abbreviation(
  checker: Checker,
  definition: TypeDefinition,
  expr: TypeExpr,
  params: ReadonlyMap<string, TypeVariable>,
  scope: Scope,
): TypeEntry {
  let type: Type | undefined;
  let resolving = false;
  return {
    kind: "abbreviation",
    name: definition.name.text,
    params: [...params.values()],
    type: () => {
      if (type !== undefined) return type;
      if (resolving) {
        checker.error(
          "FUS0216",
          definition.name.span,
          `Type '${definition.name.text}' is defined by itself`,
          "Recursion must go through a record or union",
        );
        type = ANY;
        return ANY;
      }
      resolving = true;
      const resolved = withParams(checker, params, () => checker.rules.type(checker, expr, scope));
      resolving = false;
      type ??= resolved;
      return type;
    },
  };
}

function emptyDeclaration(
  checker: Checker,
  definition: TypeDefinition,
  params: readonly TypeVariable[],
): TypeDeclaration {
  const { body, attributes } = definition;
  const { text: name, span } = definition.name;
  const { prefix } = checker.file;
  if (body.kind !== "record" && body.kind !== "class") {
    const requireQualifiedAccess = attributes.some(
      (attribute) => attribute.name.parts[attribute.name.parts.length - 1]?.text === "RequireQualifiedAccess",
    );
    return emptyUnion(name, params, span, prefix, requireQualifiedAccess);
  }
  const constructor = declaredConstructor(name, params);
  const declaration: TypeDeclaration = {
    kind: body.kind,
    name: prefix + name,
    constructor,
    params,
    span,
    ...noMembers(),
    fields: [],
  };
  constructor.declaration = declaration;
  return declaration;
}

// --------------------------------------------------------------------------------------------------------------- second pass

function fillBody(
  checker: Checker,
  definition: TypeDefinition,
  declaration: TypeDeclaration,
  scope: Scope,
): void {
  const { body } = definition;
  if (body.kind === "record" && declaration.kind === "record") {
    const seen = new Set<string>();
    declaration.fields = body.fields.map((field) => {
      if (seen.has(field.label.text))
        checker.error("FUS0210", field.label.span, `Duplicate label '${field.label.text}'`, "Rename one");
      seen.add(field.label.text);
      return {
        label: field.label.text,
        type: checker.rules.type(checker, field.type, scope),
        mutable: field.mutable,
        span: field.label.span,
      };
    });
  } else if (declaration.kind === "union") {
    declaration.cases = casesOf(checker, definition, declaration, scope);
  }
}

function casesOf(
  checker: Checker,
  definition: TypeDefinition,
  union: UnionDeclaration,
  scope: Scope,
): readonly CaseInfo[] {
  const { body } = definition;
  if (body.kind === "abbreviation" && body.type.kind === "named") {
    const name = body.type.name.parts[0] as Name;
    return [{ name: name.text, tag: 0, union, fields: [], span: name.span }];
  }
  if (body.kind !== "union") return [];
  const seen = new Set<string>();
  return body.cases.map((item, tag): CaseInfo => {
    if (seen.has(item.name.text))
      checker.error("FUS0210", item.name.span, `Duplicate case '${item.name.text}'`, "Rename one");
    seen.add(item.name.text);
    const fields = item.fields.map((field) => ({
      label: field.label?.text,
      type: checker.rules.type(checker, field.type, scope),
    }));
    return { name: item.name.text, tag, union, fields, span: item.name.span };
  });
}

/** Makes labels and cases visible. */
function reveal(definition: TypeDefinition, declaration: TypeDeclaration, scope: Scope): void {
  if (declaration.kind === "record") scope.defineRecord(declaration);
  if (declaration.kind !== "union") return;
  for (const info of declaration.cases) {
    if (declaration.requireQualifiedAccess) {
      scope.requireQualifier(info.name, `${definition.name.text}.${info.name}`);
      continue;
    }
    scope.defineValue(info.name, { kind: "case", info });
    scope.definePattern(info.name, { kind: "case", info });
    if (definition.access === "private") scope.module?.hidden.add(info.name);
    else scope.module?.hidden.delete(info.name);
  }
}
