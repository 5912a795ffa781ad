/** Top-level items: opens, modules, types, exceptions, loads, bindings and expressions, in the order of the text. */
import { emptyModule, type ModuleEntry } from "../names/entry.js";
import { resolveModule } from "../names/path.js";
import { Scope } from "../names/scope.js";
import { NOT_PROVIDED } from "../names/suggest.js";
import type {
  Attribute,
  Declaration,
  ExceptionDecl,
  LoadDecl,
  LongName,
  ModuleDecl,
  OpenDecl,
} from "../syntax/ast.js";
import type { Statement, TypedExpr } from "../typed/tree.js";
import { EXN } from "../types/builtin.js";
import { noMembers } from "../types/declare.js";
import type { ExceptionDeclaration } from "../types/type.js";
import { inferLet } from "./bindings.js";
import type { Checker } from "./checker.js";
import { inferScriptResult, inferStatement } from "./expressions.js";
import { recursiveItems } from "./recursive-module.js";
import { declareTypes } from "./type-definitions.js";
import { withAnnotationScope } from "./type-expressions.js";

export interface DeclarationOptions {
  /** Follows a `#load`; gives what comes into scope. */
  readonly load: (declaration: LoadDecl, scope: Scope) => Scope;
  /** The last expression is the value of the script. */
  readonly hasResult: boolean;
}

export interface Declared {
  readonly result: TypedExpr | undefined;
  readonly scope: Scope;
}

/** Infers some declarations; their statements go to the end of `statements`. */
export function inferDeclarations(
  checker: Checker,
  items: readonly Declaration[],
  outer: Scope,
  statements: Statement[],
  options: DeclarationOptions,
): Declared {
  let scope = outer;
  let result: TypedExpr | undefined;
  for (const [i, item] of items.entries()) {
    switch (item.kind) {
      case "let":
        statements.push(...withAnnotationScope(checker, () => inferLet(checker, item, scope, true)));
        break;
      case "expr": {
        const isResult = options.hasResult && i === items.length - 1 && !item.explicitDo;
        const expr = withAnnotationScope(checker, () =>
          isResult ? inferScriptResult(checker, item.expr, scope) : inferStatement(checker, item.expr, scope),
        );
        if (isResult) result = expr;
        else statements.push({ kind: "do", expr, span: item.span });
        break;
      }
      case "open":
        scope = openModule(checker, item, scope);
        break;
      case "module":
        scope = declareModule(checker, item, scope, statements, options);
        break;
      case "module-abbreviation": {
        const module = resolveModule(item.target.parts, scope, checker.host);
        if (module === undefined) unknownModule(checker, item.target, scope);
        else scope.defineModule(item.name.text, module);
        break;
      }
      case "types":
        statements.push(...declareTypes(checker, item, scope));
        break;
      case "exception":
        declareException(checker, item, scope);
        break;
      case "load":
        scope = options.load(item, scope);
        break;
    }
  }
  return { result, scope };
}

function textOf(name: LongName): string {
  return name.parts.map((part) => part.text).join(".");
}

function openModule(checker: Checker, item: OpenDecl, scope: Scope): Scope {
  const module = resolveModule(item.name.parts, scope, checker.host);
  const text = textOf(item.name);
  if (module !== undefined) {
    if (module.qualifiedOnly) {
      checker.error("FUS0208", item.name.span, `'${text}' must be qualified`, `Write '${text}.<name>'`);
      return scope;
    }
    return scope.opening(module, scope.isInside(module));
  }
  if (/^(?:System|FSharp|Microsoft)(?:\.|$)/.test(text)) {
    checker.bag.info(
      "FUS0211",
      item.name.span,
      `Nothing is imported by 'open ${text}'`,
      ".NET namespaces do not exist here",
    );
    return scope;
  }
  unknownModule(checker, item.name, scope);
  return scope;
}

function unknownModule(checker: Checker, name: LongName, scope: Scope): void {
  const text = textOf(name);
  const probed = checker.probe?.in(name.parts) ?? -1;
  if (probed === 0) checker.probe?.found({ kind: "module", modules: [...scope.names("module")] });
  else if (probed > 0) {
    const module = resolveModule(name.parts.slice(0, probed), scope, checker.host);
    checker.probe?.found({ kind: "within", module, type: undefined, hidden: false });
  }
  if (checker.missingModules.has(text)) return;
  checker.error(
    "FUS0204",
    name.span,
    `Module '${text}' is not defined`,
    checker.suggestions.didYouMean(text, [...scope.names("module"), ...checker.host.moduleNames()]) ??
      NOT_PROVIDED,
  );
}

function hasAttribute(attributes: readonly Attribute[], name: string): boolean {
  return attributes.some((attribute) => attribute.name.parts[attribute.name.parts.length - 1]?.text === name);
}

function declareModule(
  checker: Checker,
  item: ModuleDecl,
  scope: Scope,
  statements: Statement[],
  options: DeclarationOptions,
): Scope {
  const outerPrefix = checker.file.prefix;
  let parent: Scope = scope;
  let entry: ModuleEntry | undefined;
  for (const [i, part] of item.name.parts.entries()) {
    const isLast = i === item.name.parts.length - 1;
    checker.file.prefix = `${checker.file.prefix}${part.text}.`;
    const qualifiedOnly = isLast && hasAttribute(item.attributes, "RequireQualifiedAccess");
    entry = emptyModule(checker.file.prefix.slice(0, -1), part.span, { qualifiedOnly });
    parent.defineModule(part.text, entry);
    if (i === 0 && item.access === "private") scope.module?.hidden.add(part.text);
    parent = new Scope(parent, entry);
  }
  const items = item.recursive ? recursiveItems(item.items) : item.items;
  inferDeclarations(checker, items, parent, statements, { ...options, hasResult: false });
  checker.file.prefix = outerPrefix;
  if (entry !== undefined && hasAttribute(item.attributes, "AutoOpen")) return scope.opening(entry, false);
  return scope;
}

function declareException(checker: Checker, item: ExceptionDecl, scope: Scope): void {
  const declaration: ExceptionDeclaration = {
    kind: "exception",
    name: checker.file.prefix + item.name.text,
    constructor: EXN.constructor,
    params: [],
    span: item.name.span,
    ...noMembers(),
    fields: item.fields.map((field) => ({
      label: field.label?.text,
      type: withAnnotationScope(checker, () => checker.rules.type(checker, field.type, scope)),
    })),
  };
  checker.declarations.push(declaration);
  scope.defineValue(item.name.text, { kind: "exception", declaration });
  scope.definePattern(item.name.text, { kind: "exception", declaration });
}
