/** Reports names that mean nothing where they stand, with what they might have been (language reference 4.10). */
import { reportAbsent } from "../diagnostics/absent-features.js";
import type { ValueEntry } from "../names/entry.js";
import type { PathTarget } from "../names/path.js";
import { knownNames, NOT_PROVIDED } from "../names/suggest.js";
import type { MemberExpr, Name, NameExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { ANY } from "../types/builtin.js";
import { type CallSite, checkArgument, unparenthesised, written } from "./call.js";
import type { Checker } from "./checker.js";
import { startsUpperCase } from "./patterns.js";
import { untypedCase } from "./untyped-cases.js";

/** Says what is wrong with the name; a value where something may stand for it all the same. */
export function reportUnresolved(
  checker: Checker,
  callee: NameExpr | MemberExpr,
  names: readonly Name[],
  found: PathTarget<ValueEntry>,
  site: CallSite,
): TypedExpr | undefined {
  const { scope } = site;
  const first = names[0] as Name;
  const probed = checker.probe?.in(names) ?? -1;
  if (found.kind === "no-member" && found.at === probed) {
    const { module, type } = found;
    const hidden = module !== undefined && scope.isInside(module);
    checker.probe?.found({ kind: "within", module, type, hidden });
  } else if (found.kind === "unknown" && probed === 0) checker.probe?.foundValue(scope);
  switch (found.kind) {
    case "module":
      checker.error(
        "FUS0209",
        callee.span,
        `'${names.map((name) => name.text).join(".")}' is a module, not a value`,
        "Name one of its members",
      );
      return undefined;
    case "hidden": {
      const name = names[found.at] as Name;
      checker.error("FUS0207", name.span, `'${name.text}' is private to module '${found.module.name}'`);
      return undefined;
    }
    case "provider":
      checker.error(
        "FUS0196",
        first.span,
        `'${found.name}' comes from a type provider, which is not supported`,
        "Declare the type",
      );
      return undefined;
    case "no-member": {
      const name = names[found.at] as Name;
      const owner = names
        .slice(0, found.at)
        .map((part) => part.text)
        .join(".");
      const candidates = memberNames(found);
      checker.error(
        "FUS0205",
        name.span,
        `'${owner}' has no member '${name.text}'`,
        checker.suggestions.didYouMean(name.text, candidates) ?? knownNames(candidates),
      );
      return undefined;
    }
    default:
      return reportUnknown(checker, names, site);
  }
}

function memberNames(found: PathTarget<ValueEntry> & { readonly kind: "no-member" }): readonly string[] {
  const names: string[] = [];
  if (found.module !== undefined) {
    names.push(...found.module.values.keys(), ...found.module.modules.keys());
    if (found.module.host !== undefined) names.push(...found.module.host.names());
  }
  if (found.type?.kind === "declared") {
    const { declaration } = found.type;
    if (declaration.kind === "union") names.push(...declaration.cases.map((item) => item.name));
    for (const member of declaration.members.values()) if (member.isStatic) names.push(member.name);
  }
  return names;
}

/** First names of what F# programs take from .NET. */
const DOTNET: ReadonlySet<string> = new Set(["System", "Microsoft", "FSharp"]);
/** Words by which other languages declare something. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["var", "`let name = value`, or `let mutable name = value` for what changes"],
  ["const", "`let name = value`"],
  ["val", "`let name = value`"],
  ["def", "`let name parameter = body`"],
  ["fn", "`let name parameter = body`"],
  ["func", "`let name parameter = body`"],
  ["import", "`open Module`"],
  ["class", "`type Name = { Label: type }`"],
  ["lambda", "`fun x -> ...`"],
  ["await", "`let! name = ...` inside `async { ... }`"],
]);
/** Words that are written wrong more often than others. */
const KEYWORDS: readonly string[] = [
  "else",
  "elif",
  "then",
  "match",
  "with",
  "true",
  "false",
  "function",
  "while",
];

function reportUnknown(checker: Checker, names: readonly Name[], site: CallSite): TypedExpr | undefined {
  const { args, span, scope } = site;
  const first = names[0] as Name;
  const later = checker.definedLater(first.text, first.span);
  const hintLater = later === undefined ? undefined : `It is defined later, at line ${later}`;
  const qualified = scope.qualifierOf(first.text);
  if (names.length === 1 && qualified !== undefined) {
    checker.error("FUS0208", first.span, `'${first.text}' must be qualified`, `Write '${qualified}'`);
    return undefined;
  }
  if (checker.missingModules.has(first.text) && names.length > 1) return undefined;
  if (startsUpperCase(first.text)) {
    if (names.length > 1) {
      const modules = [...scope.names("module"), ...scope.names("type"), ...checker.host.moduleNames()];
      const hint =
        checker.suggestions.didYouMean(first.text, modules) ??
        (DOTNET.has(first.text)
          ? ".NET does not exist here; the standard library has modules such as List, String and Math"
          : NOT_PROVIDED);
      checker.error("FUS0204", first.span, `Module '${first.text}' is not defined`, hintLater ?? hint);
      return undefined;
    }
    const hint =
      checker.suggestions.didYouMean(first.text, scope.names("value")) ?? "Declare a union with this case";
    checker.error("FUS0202", first.span, `Constructor '${first.text}' is not defined`, hintLater ?? hint);
    return checker.lenient ? untypedValue(checker, first, site) : undefined;
  }
  if (first.text === "new" && args.length > 0) {
    reportAbsent(checker.bag, first.span, "'new'");
    return checker.broken(span);
  }
  if (first.text === "struct" && args.length > 0) {
    reportAbsent(checker.bag, first.span, "struct tuple");
    return checker.broken(span);
  }
  const meaning = args.length > 0 ? FOREIGN.get(first.text) : undefined;
  if (meaning !== undefined) {
    checker.error(
      "FUS0128",
      first.span,
      `Looks like another language: '${first.text}'`,
      `Fusabi writes ${meaning}`,
    );
    // What follows are no arguments.
    return checker.broken(span);
  }
  checker.error(
    "FUS0201",
    first.span,
    `'${first.text}' is not defined`,
    hintLater ??
      checker.suggestions.didYouMean(first.text, scope.names("value")) ??
      checker.suggestions.didYouMean(first.text, KEYWORDS),
  );
  return undefined;
}

/** Lenient mode: an undefined constructor builds an untyped union value. */
function untypedValue(checker: Checker, name: Name, site: CallSite): TypedExpr {
  const { args, span, scope } = site;
  const only = args.length === 1 ? args[0] : undefined;
  const tuple = only?.kind === "written" ? unparenthesised(only.expr) : undefined;
  const given =
    tuple?.kind === "tuple" ? tuple.items.map((item) => written(item)) : tuple?.kind === "unit" ? [] : args;
  const fields = given.map((argument) => checkArgument(checker, argument, scope, ANY));
  return {
    kind: "case",
    info: untypedCase(checker, name.text, fields.length),
    args: fields,
    type: ANY,
    span,
  };
}
