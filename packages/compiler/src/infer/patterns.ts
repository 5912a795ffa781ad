/** Patterns: what they match, what they bind. */
import { resolvePattern } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type {
  AsPattern,
  CollectionPattern,
  Literal,
  Name,
  NamePattern,
  OrPattern,
  Pattern,
  RecordPattern,
} from "../syntax/ast.js";
import type { TypedPattern, Variable } from "../typed/tree.js";
import {
  ANY,
  arrayOf,
  BOOL,
  CHAR,
  FLOAT,
  INT,
  isAny,
  listOf,
  STRING,
  tupleOf,
  UNIT,
} from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { casePattern, entryPattern, meantCase, missingCase } from "./case-patterns.js";
import type { Binder, Checker } from "./checker.js";
import { probeLabels } from "./label-probe.js";
import { labelOwner, labelType } from "./labels.js";
import { typeTestPattern } from "./type-tests.js";

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
        meantCase(checker, only.text, binder.scope) ?? "Union case missing or misspelt?",
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
