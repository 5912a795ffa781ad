/** Dotted names: the longest prefix that names a module or type is taken, the next name is its member or case (language reference 3.5). */
import type { Name } from "../syntax/ast.js";
import { BUILTIN_TYPE_NAMES } from "../types/builtin.js";
import type { MemberInfo, TypeDeclaration } from "../types/type.js";
import type { ModuleEntry, PatternEntry, TypeEntry, ValueEntry } from "./entry.js";
import type { Scope } from "./scope.js";

/** Modules by name, beyond those of scopes: the host's. */
export interface ModuleSource {
  module(name: string): ModuleEntry | undefined;
}

export type PathTarget<E> =
  /** `used` names denote the entry; what follows are labels. */
  | { readonly kind: "entry"; readonly entry: E; readonly used: number }
  | {
      readonly kind: "static";
      readonly declaration: TypeDeclaration;
      readonly member: MemberInfo;
      readonly used: number;
    }
  /** The whole path is a module. */
  | { readonly kind: "module"; readonly module: ModuleEntry }
  | { readonly kind: "hidden"; readonly module: ModuleEntry; readonly at: number }
  | { readonly kind: "provider"; readonly name: string; readonly at: number }
  /** `within` has no member `names[at]`. */
  | {
      readonly kind: "no-member";
      readonly module: ModuleEntry | undefined;
      readonly type: TypeEntry | undefined;
      readonly at: number;
    }
  /** The first name is unknown. */
  | { readonly kind: "unknown" };

interface Prefix {
  readonly module: ModuleEntry | undefined;
  readonly type: TypeEntry | undefined;
}

/** What a path of names denotes as an expression. */
export function resolveValue(
  names: readonly Name[],
  scope: Scope,
  modules: ModuleSource,
): PathTarget<ValueEntry> {
  const first = (names[0] as Name).text;
  const direct = scope.value(first);
  if (direct !== undefined && (names.length === 1 || !isConstructor(direct)))
    return { kind: "entry", entry: direct, used: 1 };
  const prefix = startOf(first, scope, modules);
  if (prefix !== undefined && names.length > 1) {
    const found = within(
      prefix,
      names,
      1,
      scope,
      modules,
      (module, name) => module.values.get(name) ?? module.host?.value(name),
      true,
    );
    if (found.kind !== "no-member" || direct === undefined) return found;
  }
  if (direct !== undefined) return { kind: "entry", entry: direct, used: 1 };
  const qualifier = prefix === undefined ? dotnetQualifier(names) : 0;
  if (qualifier > 0) {
    const found = resolveValue(names.slice(qualifier), scope, modules);
    if (found.kind === "entry" || found.kind === "static") return { ...found, used: found.used + qualifier };
    if (found.kind === "no-member") return { ...found, at: found.at + qualifier };
  }
  if (prefix?.module !== undefined) return { kind: "module", module: prefix.module };
  if (prefix?.type?.kind === "provider") return { kind: "provider", name: prefix.type.name, at: 0 };
  return { kind: "unknown" };
}

/** How many names are .NET's qualifier of what is a plain module or an exception here: `System.Char.IsDigit`, `System.Exception "text"`. */
function dotnetQualifier(names: readonly Name[]): number {
  if (names[0]?.text !== "System") return 0;
  const isGeneric = names[1]?.text === "Collections" && names[2]?.text === "Generic";
  const length = isGeneric ? 3 : 1;
  return names.length > length + 1 || names[length]?.text.endsWith("Exception") === true ? length : 0;
}

/** What a path of names denotes as a pattern. */
export function resolvePattern(
  names: readonly Name[],
  scope: Scope,
  modules: ModuleSource,
): PathTarget<PatternEntry> {
  const first = (names[0] as Name).text;
  if (names.length === 1) {
    const entry = scope.pattern(first) ?? corePattern(first, scope);
    return entry === undefined ? { kind: "unknown" } : { kind: "entry", entry, used: 1 };
  }
  const prefix = startOf(first, scope, modules);
  if (prefix === undefined) return { kind: "unknown" };
  return within(prefix, names, 1, scope, modules, (module, name) => module.patterns.get(name), false);
}

/** Cases and exceptions of the prelude are core values; a value of the same name does not hide them from patterns. */
function corePattern(name: string, scope: Scope): PatternEntry | undefined {
  let root: Scope = scope;
  while (root.parent !== undefined) root = root.parent;
  const entry = root.value(name);
  return entry?.kind === "case" || entry?.kind === "exception" ? entry : undefined;
}

/** The type that a path of names denotes. */
export function resolveType(
  names: readonly Name[],
  scope: Scope,
  modules: ModuleSource,
): TypeEntry | "hidden" | undefined {
  const last = (names[names.length - 1] as Name).text;
  if (names.length === 1) return scope.type(last) ?? builtinType(last);
  const module = resolveModule(names.slice(0, -1), scope, modules);
  if (module === undefined) return undefined;
  if (module.hidden.has(last) && !scope.isInside(module)) return "hidden";
  return module.types.get(last);
}

/** The module that a path of names denotes. */
export function resolveModule(
  names: readonly Name[],
  scope: Scope,
  modules: ModuleSource,
): ModuleEntry | undefined {
  let module: ModuleEntry | undefined;
  let path = "";
  for (const [i, name] of names.entries()) {
    path = i === 0 ? name.text : `${path}.${name.text}`;
    const inner: ModuleEntry | undefined =
      i === 0 ? scope.moduleNamed(name.text) : module?.modules.get(name.text);
    module = inner ?? modules.module(path);
    if (module === undefined && i === names.length - 1) return undefined;
  }
  return module;
}

function builtinType(name: string): TypeEntry | undefined {
  const found = BUILTIN_TYPE_NAMES.get(name);
  return found === undefined
    ? undefined
    : { kind: "constructor", constructor: found.constructor, synonymOf: found.synonymOf };
}

/** The declaration that a type entry leads to. */
function declarationBehind(entry: TypeEntry | undefined): TypeDeclaration | undefined {
  if (entry?.kind === "declared") return entry.declaration;
  if (entry?.kind === "constructor") return entry.constructor.declaration;
  if (entry?.kind === "abbreviation") {
    const type = entry.type();
    return type.kind === "constructed" ? type.constructor.declaration : undefined;
  }
  return undefined;
}

function isConstructor(entry: ValueEntry): boolean {
  return (
    entry.kind === "case" ||
    entry.kind === "exception" ||
    entry.kind === "class" ||
    entry.kind === "active-case"
  );
}

function startOf(name: string, scope: Scope, modules: ModuleSource): Prefix | undefined {
  const module = scope.moduleNamed(name) ?? modules.module(name);
  const type = scope.type(name) ?? builtinType(name);
  return module === undefined && type === undefined ? undefined : { module, type };
}

function within<E>(
  prefix: Prefix,
  names: readonly Name[],
  at: number,
  scope: Scope,
  modules: ModuleSource,
  member: (module: ModuleEntry, name: string) => E | undefined,
  statics: boolean,
): PathTarget<E> {
  const { module, type } = prefix;
  if (type?.kind === "provider" && module === undefined)
    return { kind: "provider", name: type.name, at: at - 1 };
  const name = (names[at] as Name).text;
  let deeperMiss: PathTarget<E> | undefined;
  if (module !== undefined) {
    if (module.hidden.has(name) && !scope.isInside(module)) return { kind: "hidden", module, at };
    const inner: Prefix = {
      module: module.modules.get(name) ?? modules.module(`${module.name}.${name}`),
      type: module.types.get(name),
    };
    if (at + 1 < names.length && (inner.module !== undefined || inner.type !== undefined)) {
      const found = within(inner, names, at + 1, scope, modules, member, statics);
      if (found.kind !== "no-member") return found;
      deeperMiss = found;
    }
    const entry = member(module, name);
    if (entry !== undefined) return { kind: "entry", entry, used: at + 1 };
    if (at + 1 === names.length && inner.module !== undefined)
      return { kind: "module", module: inner.module };
  }
  const declaration = declarationBehind(type);
  if (declaration?.kind === "union") {
    const info = declaration.cases.find((item) => item.name === name);
    if (info !== undefined) return { kind: "entry", entry: { kind: "case", info } as E, used: at + 1 };
  }
  const found = statics ? declaration?.members.get(name) : undefined;
  if (declaration !== undefined && found?.isStatic === true)
    return { kind: "static", declaration, member: found, used: at + 1 };
  return deeperMiss ?? { kind: "no-member", module, type, at };
}
