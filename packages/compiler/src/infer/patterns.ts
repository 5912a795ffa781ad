/** Patterns: what they match, what they bind. */
import { counted } from "../diagnostics/counted.js";
import type { ActiveEntry, PatternEntry } from "../names/entry.js";
import { type PathTarget, resolvePattern } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import { didYouMean } from "../names/suggest.js";
import type {
  AsPattern,
  CasePattern,
  CollectionPattern,
  Expr,
  Literal,
  LongName,
  Name,
  NamePattern,
  OrPattern,
  Pattern,
  RecordPattern,
  TypeTestPattern,
} from "../syntax/ast.js";
import type { ExceptionClass, TypedExpr, TypedPattern, Variable } from "../typed/tree.js";
import {
  ANY,
  arrayOf,
  BOOL,
  CHAR,
  EXCEPTION_CLASSES,
  EXN,
  FLOAT,
  functionType,
  INT,
  isAny,
  isConstructed,
  listOf,
  optionOf,
  STRING,
  tupleOf,
  UNIT,
} from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { fieldsHint } from "./call.js";
import type { Binder, Checker } from "./checker.js";
import { probeLabels } from "./label-probe.js";
import { labelOwner, labelType } from "./labels.js";
import { untypedCase } from "./untyped-cases.js";

/** A binder for one pattern of a scope. */
export function newBinder(
  scope: Scope,
  more: { readonly global?: boolean; readonly mutable?: boolean; readonly defines?: boolean } = {},
): Binder {
  return {
    scope,
    variables: new Map(),
    reuse: undefined,
    global: more.global ?? false,
    defines: more.defines ?? false,
    mutable: more.mutable ?? false,
  };
}

/** Makes the variables of a pattern visible. */
export function bindAll(binder: Binder, scope: Scope): void {
  for (const [name, variable] of binder.variables) scope.defineValue(name, { kind: "variable", variable });
}

export function inferPattern(checker: Checker, pattern: Pattern, type: Type, binder: Binder): TypedPattern {
  const { span } = pattern;
  switch (pattern.kind) {
    case "wildcard":
    case "error":
      return { kind: "wildcard", type, span };
    case "paren":
      return inferPattern(checker, pattern.inner, type, binder);
    case "name":
      return namePattern(checker, pattern, type, binder);
    case "case":
      return casePattern(checker, pattern, type, binder);
    case "literal":
      return literalPattern(checker, pattern.value, type, pattern);
    case "unit":
      checker.unify(type, UNIT, span);
      return { kind: "unit", type, span };
    case "tuple": {
      const known = prune(type);
      const parts =
        known.kind === "tuple" && known.items.length === pattern.items.length
          ? known.items
          : pattern.items.map(() => checker.fresh());
      checker.unify(type, tupleOf(parts), span);
      return {
        kind: "tuple",
        items: pattern.items.map((item, i) => inferPattern(checker, item, parts[i] as Type, binder)),
        type,
        span,
      };
    }
    case "cons": {
      const item = itemType(checker, type);
      checker.unify(type, listOf(item), span);
      return {
        kind: "cons",
        head: inferPattern(checker, pattern.head, item, binder),
        tail: inferPattern(checker, pattern.tail, listOf(item), binder),
        type,
        span,
      };
    }
    case "collection":
      return collectionPattern(checker, pattern, type, binder);
    case "record":
      return recordPattern(checker, pattern, type, binder);
    case "or":
      return orPattern(checker, pattern, type, binder);
    case "and":
      return {
        kind: "and",
        left: inferPattern(checker, pattern.left, type, binder),
        right: inferPattern(checker, pattern.right, type, binder),
        type,
        span,
      };
    case "as":
      return asPattern(checker, pattern, type, binder);
    case "annotate":
      checker.unify(type, checker.rules.type(checker, pattern.type, binder.scope), span);
      return inferPattern(checker, pattern.pattern, type, binder);
    case "type-test":
      return typeTestPattern(checker, pattern, type, binder);
  }
}

function itemType(checker: Checker, type: Type): Type {
  const known = prune(type);
  return known.kind === "constructed" && known.args.length === 1 && !isAny(known)
    ? (known.args[0] as Type)
    : checker.fresh();
}

// ----------------------------------------------------------------------------------------------------------------- variables

function bindName(checker: Checker, name: Name, type: Type, binder: Binder): Variable {
  if (binder.variables.has(name.text)) {
    checker.error(
      "FUS0407",
      name.span,
      `'${name.text}' is bound twice in this pattern`,
      "Use two names and compare them behind `when`",
    );
  }
  let variable = binder.reuse?.get(name.text);
  if (variable === undefined) {
    variable = checker.variable(
      binder.global ? checker.file.prefix + name.text : name.text,
      type,
      name.span,
      binder,
    );
  } else checker.unify(variable.scheme.type, type, name.span);
  binder.variables.set(name.text, variable);
  return variable;
}

function namePattern(checker: Checker, pattern: NamePattern, type: Type, binder: Binder): TypedPattern {
  const { parts } = pattern.name;
  const only = parts.length === 1 ? (parts[0] as Name) : undefined;
  if (only !== undefined && only.text === checker.probe?.name) checker.probe.foundPattern(binder.scope);
  if (only === undefined || startsUpperCase(only.text)) {
    const found = resolvePattern(parts, binder.scope, checker.host);
    if (found.kind === "entry")
      return entryPattern(checker, found.entry, [], undefined, pattern, type, binder);
    if (only === undefined) return missingCase(checker, pattern.name, found, 0, pattern, type, binder);
    const qualified = binder.scope.qualifierOf(only.text);
    if (qualified !== undefined) {
      checker.error("FUS0208", pattern.span, `'${only.text}' must be qualified`, `Write '${qualified}'`);
    } else if (checker.lenient && checker.untyped.patterns.has(only.text)) {
      return missingCase(checker, pattern.name, found, 0, pattern, type, binder);
    } else if (!binder.defines) {
      checker.bag.warning(
        "FUS0405",
        pattern.span,
        `'${only.text}' is a new variable here`,
        meantCase(only.text, binder.scope) ?? "Union case missing or misspelt?",
      );
    }
  }
  const name = only ?? (parts[parts.length - 1] as Name);
  return { kind: "variable", variable: bindName(checker, name, type, binder), type, span: pattern.span };
}

export function startsUpperCase(text: string): boolean {
  const first = text.charAt(0);
  return first !== first.toLowerCase();
}

function orPattern(checker: Checker, pattern: OrPattern, type: Type, binder: Binder): TypedPattern {
  const leftBinder: Binder = { ...binder, variables: new Map() };
  const left = inferPattern(checker, pattern.left, type, leftBinder);
  const reuse = new Map([...(binder.reuse ?? []), ...leftBinder.variables]);
  const rightBinder: Binder = { ...binder, variables: new Map(), reuse };
  const right = inferPattern(checker, pattern.right, type, rightBinder);
  const same =
    leftBinder.variables.size === rightBinder.variables.size &&
    [...leftBinder.variables.keys()].every((name) => rightBinder.variables.has(name));
  if (!same) checker.error("FUS0406", pattern.span, "Both sides of '|' must bind the same names");
  for (const [name, variable] of [...rightBinder.variables, ...leftBinder.variables]) {
    if (binder.variables.has(name) && binder.variables.get(name) !== variable) {
      checker.error("FUS0407", pattern.span, `'${name}' is bound twice in this pattern`);
    }
    binder.variables.set(name, variable);
  }
  return { kind: "or", left, right, type, span: pattern.span };
}

function asPattern(checker: Checker, pattern: AsPattern, type: Type, binder: Binder): TypedPattern {
  const inner = inferPattern(checker, pattern.pattern, type, binder);
  const named = inner.kind === "type-test" && inner.target.kind !== "exception-class" ? inner.target : type;
  return {
    kind: "as",
    pattern: inner,
    variable: bindName(checker, pattern.name, named, binder),
    type,
    span: pattern.span,
  };
}

// ------------------------------------------------------------------------------------------------------------------ literals

function literalPattern(checker: Checker, literal: Literal, type: Type, at: Pattern): TypedPattern {
  const { span } = at;
  if (literal.type === "null") {
    requireNullable(checker, type, at);
    return { kind: "literal", value: null, type, span };
  }
  checker.unify(type, literalType(literal), span);
  return { kind: "literal", value: literal.value, type, span };
}

function literalType(literal: Exclude<Literal, { readonly type: "null" }>): Type {
  switch (literal.type) {
    case "int":
      return INT;
    case "float":
      return FLOAT;
    case "bool":
      return BOOL;
    case "char":
      return CHAR;
    case "string":
      return STRING;
  }
}

function requireNullable(checker: Checker, raw: Type, at: Pattern): void {
  const type = prune(raw);
  if (type.kind === "variable") checker.unify(type, ANY, at.span);
  else if (!isAny(type) && !(type.kind === "constructed" && type.constructor.host)) {
    checker.error("FUS0326", at.span, "'null' needs a host object type or `any`", "Use an option");
  }
}

// -------------------------------------------------------------------------------------------------------- lists, arrays, records

function collectionPattern(
  checker: Checker,
  pattern: CollectionPattern,
  type: Type,
  binder: Binder,
): TypedPattern {
  const item = itemType(checker, type);
  const whole = pattern.shape === "list" ? listOf(item) : arrayOf(item);
  checker.unify(type, whole, pattern.span);
  const items = pattern.items.map((part) => inferPattern(checker, part, item, binder));
  if (pattern.shape === "array") return { kind: "array", items, type, span: pattern.span };
  let list: TypedPattern = { kind: "nil", type, span: pattern.span };
  for (let i = items.length - 1; i >= 0; i--) {
    list = { kind: "cons", head: items[i] as TypedPattern, tail: list, type, span: pattern.span };
  }
  return list;
}

function recordPattern(checker: Checker, pattern: RecordPattern, type: Type, binder: Binder): TypedPattern {
  const labels = pattern.fields.map((field) => field.label.parts[field.label.parts.length - 1] as Name);
  labelOwner(
    checker,
    type,
    pattern.fields.map((field) => field.label),
    binder.scope,
    pattern.anonymous,
  );
  probeLabels(checker, labels, type, binder.scope);
  const seen = new Set<string>();
  const fields = pattern.fields.map((field, i) => {
    const label = labels[i] as Name;
    if (seen.has(label.text)) checker.error("FUS0310", label.span, `Label '${label.text}' is given twice`);
    seen.add(label.text);
    const fieldType = labelType(checker, type, label, binder.scope);
    return { label: label.text, pattern: inferPattern(checker, field.pattern, fieldType, binder) };
  });
  return { kind: "record", fields, type, span: pattern.span };
}

// --------------------------------------------------------------------------------------------------------------------- cases

function casePattern(checker: Checker, pattern: CasePattern, type: Type, binder: Binder): TypedPattern {
  const found = resolvePattern(pattern.name.parts, binder.scope, checker.host);
  if (found.kind === "entry")
    return entryPattern(checker, found.entry, pattern.args, pattern.fields, pattern, type, binder);
  const pair = keyValuePair(pattern);
  if (pair !== undefined) return inferPattern(checker, pair, type, binder);
  const count = argumentCount(pattern.args);
  const result = missingCase(checker, pattern.name, found, count, pattern, type, binder);
  const args = count === pattern.args.length ? pattern.args : tupleItems(pattern.args[0] as Pattern);
  const typed = args.map((arg) => inferPattern(checker, arg, ANY, binder));
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
function meantCase(text: string, scope: Scope): string | undefined {
  return didYouMean(text, [...scope.names("pattern"), "Some", "None", "Ok", "Error", "Failure"]);
}

function missingCase(
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
    meantCase(last.text, binder.scope) ?? "Declare a union with this case",
  );
  // Nobody knows what the clause would match: it covers nothing.
  if (!checker.lenient || name.parts.length > 1)
    return { kind: "type-test", target: type, type, span: at.span };
  const known = prune(type);
  if (known.kind === "variable") checker.unify(known, ANY, at.span);
  return { kind: "case", info: untypedCase(checker, text, fields), args: [], type, span: at.span };
}

function entryPattern(
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
        args: patterns.map((part, i) => inferPattern(checker, part, fields[i]?.type ?? ANY, binder)),
        type,
        span,
      };
    }
    case "exception": {
      checker.unify(type, EXN, span);
      const { declaration } = entry;
      const patterns = fieldPatterns(checker, declaration.name, declaration.fields, args, named, at, binder);
      const typed = patterns.map((part, i) =>
        inferPattern(checker, part, declaration.fields[i]?.type ?? ANY, binder),
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
    inferPattern(checker, part, checker.fresh(), binder);
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
  const argument = only === undefined ? undefined : inferPattern(checker, only, payload, binder);
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

// ---------------------------------------------------------------------------------------------------------------- type tests

function typeTestPattern(
  checker: Checker,
  pattern: TypeTestPattern,
  type: Type,
  binder: Binder,
): TypedPattern {
  const { span } = pattern;
  const target = testTarget(checker, pattern.type, binder.scope);
  if (target.kind !== "exception-class" && isConstructed(target, EXN.constructor)) {
    checker.unify(type, EXN, span);
    return { kind: "wildcard", type, span };
  }
  requireTestable(checker, type, target, span);
  return { kind: "type-test", target, type, span };
}

/** What `:?` tests for. */
export function testTarget(
  checker: Checker,
  expr: TypeTestPattern["type"],
  scope: Scope,
): Type | ExceptionClass {
  if (expr.kind === "named" && expr.args.length === 0) {
    const text = expr.name.parts
      .map((part) => part.text)
      .join(".")
      .replace(/^System\.(?:Collections\.Generic\.)?/, "");
    if (EXCEPTION_CLASSES.has(text) && scope.type(text) === undefined)
      return { kind: "exception-class", name: text };
  }
  return checker.rules.type(checker, expr, scope);
}

/** Only `any`, `exn` and host values can be tested. */
export function requireTestable(
  checker: Checker,
  raw: Type,
  target: Type | ExceptionClass,
  span: Pattern["span"],
): void {
  const type = prune(raw);
  if (type.kind === "variable") checker.unify(type, target.kind === "exception-class" ? EXN : ANY, span);
  else if (
    type.kind !== "constructed" ||
    !(isAny(type) || type.constructor === EXN.constructor || type.constructor.host)
  ) {
    checker.error(
      "FUS0321",
      span,
      `Cannot cast ${formatType(type)} to ${target.kind === "exception-class" ? target.name : formatType(target)}`,
    );
  }
}
