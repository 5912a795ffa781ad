/** Patterns of cases, exceptions and active patterns. */
import { counted } from "../diagnostics/counted.js";
import type { ActiveEntry, PatternEntry } from "../names/entry.js";
import { type PathTarget, resolvePattern } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { CasePattern, Expr, LongName, Name, Pattern } from "../syntax/ast.js";
import type { TypedExpr, TypedPattern } from "../typed/tree.js";
import { ANY, EXN, functionType, optionOf } from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { givePayload } from "./active-patterns.js";
import { fieldsHint } from "./cases.js";
import type { Binder, Checker } from "./checker.js";
import { untypedCase } from "./untyped-cases.js";

export function casePattern(
  checker: Checker,
  pattern: CasePattern,
  type: Type,
  binder: Binder,
): TypedPattern {
  const found = resolvePattern(pattern.name.parts, binder.scope, checker.host);
  if (found.kind === "entry")
    return entryPattern(checker, found.entry, pattern.args, pattern.fields, pattern, type, binder);
  const pair = keyValuePair(pattern);
  if (pair !== undefined) return checker.rules.pattern(checker, pair, type, binder);
  const count = argumentCount(pattern.args);
  const result = missingCase(checker, pattern.name, found, count, pattern, type, binder);
  const args = count === pattern.args.length ? pattern.args : tupleItems(pattern.args[0] as Pattern);
  const typed = args.map((arg) => checker.rules.pattern(checker, arg, ANY, binder));
  return result.kind === "case" ? { ...result, args: typed } : result;
}

/** F#'s `KeyValue (k, v)`: the entries of a map are pairs here, so the pattern is the pair itself. */
function keyValuePair(pattern: CasePattern): Pattern | undefined {
  const [name, ...more] = pattern.name.parts;
  return name?.text === "KeyValue" && more.length === 0 && pattern.args.length === 1
    ? pattern.args[0]
    : undefined;
}

function argumentCount(args: readonly Pattern[]): number {
  const first = args[0];
  return args.length === 1 && first !== undefined ? tupleItems(first).length : args.length;
}

function tupleItems(pattern: Pattern): readonly Pattern[] {
  const inner = unparenthesised(pattern);
  return inner.kind === "tuple" ? inner.items : [pattern];
}

function unparenthesised(pattern: Pattern): Pattern {
  return pattern.kind === "paren" ? unparenthesised(pattern.inner) : pattern;
}

/** The hint for a case that is not there. */
export function meantCase(checker: Checker, text: string, scope: Scope): string | undefined {
  return checker.suggestions.didYouMean(text, [
    ...scope.names("pattern"),
    "Some",
    "None",
    "Ok",
    "Error",
    "Failure",
  ]);
}

export function missingCase(
  checker: Checker,
  name: LongName,
  found: PathTarget<PatternEntry>,
  fields: number,
  at: Pattern,
  type: Type,
  binder: Binder,
): TypedPattern {
  const last = name.parts[name.parts.length - 1] as Name;
  const text = name.parts.map((part) => part.text).join(".");
  const probed = checker.probe?.in(name.parts) ?? -1;
  if (probed === 0) checker.probe?.foundPattern(binder.scope);
  else if (found.kind === "no-member" && found.at === probed) {
    const { module, type: owner } = found;
    const hidden = module !== undefined && binder.scope.isInside(module);
    checker.probe?.found({ kind: "within", module, type: owner, hidden });
  }
  if (found.kind === "hidden") {
    checker.error("FUS0207", last.span, `'${last.text}' is private to module '${found.module.name}'`);
    return { kind: "wildcard", type, span: at.span };
  }
  const qualified = binder.scope.qualifierOf(text);
  if (qualified !== undefined) {
    checker.error("FUS0208", at.span, `'${text}' must be qualified`, `Write '${qualified}'`);
    return { kind: "wildcard", type, span: at.span };
  }
  checker.error(
    "FUS0202",
    name.span,
    `Constructor '${text}' is not defined`,
    meantCase(checker, last.text, binder.scope) ?? "Declare a union with this case",
  );
  // Nobody knows what the clause would match: it covers nothing.
  if (!checker.lenient || name.parts.length > 1)
    return { kind: "type-test", target: type, type, span: at.span };
  const known = prune(type);
  if (known.kind === "variable") checker.unify(known, ANY, at.span);
  return { kind: "case", info: untypedCase(checker, text, fields), args: [], type, span: at.span };
}

export function entryPattern(
  checker: Checker,
  entry: PatternEntry,
  args: readonly Pattern[],
  named: CasePattern["fields"],
  at: Pattern,
  type: Type,
  binder: Binder,
): TypedPattern {
  const { span } = at;
  switch (entry.kind) {
    case "constant":
      checker.unify(type, entry.type, span);
      return { kind: "literal", value: entry.value, type, span };
    case "case": {
      const { info } = entry;
      const known = prune(type);
      const owner =
        known.kind === "constructed" && known.constructor === info.union.constructor
          ? known
          : checker.members.freshType(info.union);
      checker.unify(type, owner, span);
      const fields = info.fields.map((field) => ({
        label: field.label,
        type: checker.members.typeFor(owner, info.union, field.type),
      }));
      const patterns = fieldPatterns(checker, info.name, fields, args, named, at, binder);
      return {
        kind: "case",
        info,
        args: patterns.map((part, i) => checker.rules.pattern(checker, part, fields[i]?.type ?? ANY, binder)),
        type,
        span,
      };
    }
    case "exception": {
      checker.unify(type, EXN, span);
      const { declaration } = entry;
      const patterns = fieldPatterns(checker, declaration.name, declaration.fields, args, named, at, binder);
      const typed = patterns.map((part, i) =>
        checker.rules.pattern(checker, part, declaration.fields[i]?.type ?? ANY, binder),
      );
      return { kind: "exception", declaration, args: typed, type, span };
    }
    case "active":
      return activePattern(checker, entry, args, at, type, binder);
  }
}

/** One pattern a field; none for `Case _`, or after an error. */
function fieldPatterns(
  checker: Checker,
  name: string,
  fields: readonly { readonly label: string | undefined; readonly type: Type }[],
  args: readonly Pattern[],
  named: CasePattern["fields"],
  at: Pattern,
  binder: Binder,
): readonly Pattern[] {
  if (named !== undefined) {
    const patterns: Pattern[] = fields.map(() => ({ kind: "wildcard", span: at.span }));
    for (const field of named) {
      const index = fields.findIndex((item) => item.label === field.label.text);
      if (index < 0)
        checker.error("FUS0304", field.label.span, `${name} has no label or member '${field.label.text}'`);
      else patterns[index] = field.pattern;
    }
    return patterns;
  }
  const only = args.length === 1 ? unparenthesised(args[0] as Pattern) : undefined;
  if (only?.kind === "wildcard" && fields.length !== 1) {
    if (fields.length === 0) checker.error("FUS0312", at.span, `Case '${name}' takes 0 fields, not 1`);
    return [];
  }
  if (args.length === fields.length) return args;
  if (only?.kind === "tuple" && fields.length > 1 && only.items.length === fields.length) return only.items;
  const given = only?.kind === "tuple" ? only.items.length : args.length;
  checker.error(
    "FUS0312",
    at.span,
    `Case '${name}' takes ${counted(fields.length, "field")}, not ${given}`,
    fieldsHint(name, fields),
  );
  // The names are bound all the same, so that nobody asks where they come from.
  for (const part of only?.kind === "tuple" ? only.items : args)
    checker.rules.pattern(checker, part, checker.fresh(), binder);
  return [];
}

/** A case of the hidden union of an active pattern, with new types for its payloads. */
function activePattern(
  checker: Checker,
  entry: ActiveEntry,
  args: readonly Pattern[],
  at: Pattern,
  type: Type,
  binder: Binder,
): TypedPattern {
  const { span } = at;
  let recognise = checker.use(entry.recogniser, span);
  const given = args.slice(0, entry.parameters);
  if (given.length < entry.parameters) {
    checker.error(
      "FUS0312",
      span,
      `Case '${at.kind === "case" ? at.name.parts.map((p) => p.text).join(".") : "?"}' takes ${counted(entry.parameters, "field")}, not ${args.length}`,
    );
    return { kind: "wildcard", type, span };
  }
  const typedArgs: TypedExpr[] = [];
  let rest = prune(recognise.type);
  for (const argument of given) {
    const parameter = rest.kind === "function" ? rest.parameter : checker.fresh();
    const expr = patternAsExpression(argument);
    if (expr === undefined) {
      checker.error("FUS0123", argument.span, "Bad pattern", "The parameter of an active pattern is a value");
      typedArgs.push(checker.broken(argument.span));
    } else typedArgs.push(checker.check(expr, binder.scope, parameter));
    rest = rest.kind === "function" ? prune(rest.result) : rest;
  }
  if (typedArgs.length > 0)
    recognise = { kind: "apply", callee: recognise, args: typedArgs, type: rest, span };
  const payloads = args.slice(entry.parameters);
  const { info } = entry;
  let payload: Type = checker.fresh();
  if (info === undefined) checker.unify(rest, functionType(type, optionOf(payload)), span);
  else {
    const result = checker.members.freshType(info.union);
    checker.unify(rest, functionType(type, result), span);
    // What its own group asks of a case is settled by the group, like the types of its functions.
    const inOwnGroup = checker.groups.some(({ variables }) => variables.has(entry.recogniser));
    if (inOwnGroup && payloads.length > 0) givePayload(info);
    const field = info.fields[0];
    if (field !== undefined) payload = checker.members.typeFor(result, info.union, field.type);
  }
  if (payloads.length > 1 || (payloads.length === 1 && info !== undefined && info.fields.length === 0)) {
    checker.error(
      "FUS0312",
      span,
      `Case '${info?.name ?? "?"}' takes ${counted(info?.fields.length ?? 1, "field")}, not ${payloads.length}`,
    );
  }
  const only = payloads[0];
  const argument = only === undefined ? undefined : checker.rules.pattern(checker, only, payload, binder);
  return { kind: "active", recognise, info, argument, type, span };
}

/** Parameters of active patterns are values written where patterns stand. */
function patternAsExpression(pattern: Pattern): Expr | undefined {
  const { span } = pattern;
  switch (pattern.kind) {
    case "literal":
      return { kind: "literal", value: pattern.value, span };
    case "unit":
      return { kind: "unit", span };
    case "name":
      return pathAsExpression(pattern.name);
    case "paren":
      return patternAsExpression(pattern.inner);
    case "tuple":
    case "collection": {
      const items: Expr[] = [];
      for (const item of pattern.items) {
        const expr = patternAsExpression(item);
        if (expr === undefined) return undefined;
        items.push(expr);
      }
      return pattern.kind === "tuple"
        ? { kind: "tuple", items, span }
        : { kind: "collection", shape: pattern.shape, content: { kind: "items", items }, span };
    }
    case "case": {
      const args: Expr[] = [];
      for (const item of pattern.args) {
        const expr = patternAsExpression(item);
        if (expr === undefined) return undefined;
        args.push(expr);
      }
      return { kind: "apply", callee: pathAsExpression(pattern.name), args, adjacent: false, span };
    }
    default:
      return undefined;
  }
}

function pathAsExpression(name: LongName): Expr {
  let expr: Expr = { kind: "name", name: name.parts[0] as Name, span: (name.parts[0] as Name).span };
  for (const label of name.parts.slice(1)) expr = { kind: "member", target: expr, label, span: name.span };
  return expr;
}
