/** Written types to checker's types. */
import { reportAbsent } from "../diagnostics/absent-features.js";
import { resolveModule, resolveType } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { LongName, NamedTypeExpr, Pattern, TypeExpr } from "../syntax/ast.js";
import {
  ANY,
  BUILTIN_TYPE_NAMES,
  constructed,
  EXN,
  FLOAT,
  functionType,
  INT,
  tupleOf,
} from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { Substitution } from "../types/scheme.js";
import type { Type, TypeVariable } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Checker } from "./checker.js";

export function typeOfExpression(checker: Checker, expr: TypeExpr, scope: Scope): Type {
  switch (expr.kind) {
    case "variable":
      return annotatedVariable(checker, expr.name, expr.span);
    case "wildcard":
      return checker.fresh();
    case "function":
      return functionType(
        typeOfExpression(checker, expr.parameter, scope),
        typeOfExpression(checker, expr.result, scope),
      );
    case "tuple":
      return tupleOf(expr.items.map((item) => typeOfExpression(checker, item, scope)));
    case "anonymous-record": {
      const fields = new Map<string, Type>();
      for (const field of expr.fields) {
        if (fields.has(field.label.text))
          checker.error("FUS0310", field.label.span, `Label '${field.label.text}' is given twice`);
        fields.set(field.label.text, typeOfExpression(checker, field.type, scope));
      }
      return anonymousType(fields);
    }
    case "named":
      return namedType(checker, expr, scope);
    case "error":
      return ANY;
  }
}

/** An anonymous record type; its labels are put in order. */
export function anonymousType(fields: ReadonlyMap<string, Type>): Type {
  const labels = [...fields.keys()].sort((a, b) => (a < b ? -1 : 1));
  return { kind: "anonymous", labels, types: labels.map((label) => fields.get(label) as Type) };
}

/** `'a` of an annotation: one variable for the whole top-level binding. */
function annotatedVariable(checker: Checker, name: string, span: Span): TypeVariable {
  let variable = checker.annotated.get(name);
  if (variable === undefined) {
    if (checker.closedAnnotations)
      checker.error(
        "FUS0203",
        span,
        `Type ''${name}' is not defined`,
        "Add it to the parameters of the type",
      );
    variable = checker.unifier.fresh(checker.annotatedLevel, name);
    checker.annotated.set(name, variable);
    checker.annotationSpans.set(variable, span);
  }
  return variable;
}

function textOf(name: LongName): string {
  return name.parts.map((part) => part.text).join(".");
}

function namedType(checker: Checker, expr: NamedTypeExpr, scope: Scope): Type {
  const text = textOf(expr.name);
  const entry = resolveType(expr.name.parts, scope, checker.host);
  if (expr.args.length > 0 && entry !== "hidden" && entry?.kind === "constructor") {
    const { constructor } = entry;
    if (constructor === INT.constructor || constructor === FLOAT.constructor) {
      reportAbsent(checker.bag, expr.span, "unit of measure");
      return constructed(constructor, []);
    }
  }
  const args = expr.args.map((arg) => typeOfExpression(checker, arg, scope));
  if (entry === "hidden") {
    const owner = textOf({ parts: expr.name.parts.slice(0, -1), span: expr.name.span });
    checker.error("FUS0207", expr.span, `'${text}' is private to module '${owner}'`);
    return ANY;
  }
  if (entry === undefined) return unknownType(checker, text, args, expr, scope);
  const expectArgs = (arity: number): boolean => {
    if (args.length === arity) return true;
    if (arity === 0) checker.error("FUS0324", expr.span, `Type '${text}' has no type argument`);
    else {
      const example = Array.from({ length: arity }, (_, i) => `'${"abcdefgh"[i] ?? "t"}`).join(", ");
      checker.error(
        "FUS0206",
        expr.span,
        `Type '${text}' expects ${arity} type arguments`,
        `Write \`${text}<${example}>\` with a type in the place of each variable`,
      );
    }
    return false;
  };
  switch (entry.kind) {
    case "declared":
      return expectArgs(entry.declaration.params.length)
        ? constructed(entry.declaration.constructor, args)
        : ANY;
    case "constructor":
      if (entry.synonymOf !== undefined && !checker.notedSynonyms.has(text)) {
        checker.notedSynonyms.add(text);
        checker.bag.info(
          "FUS0012",
          expr.span,
          `'${text}' is treated as ${entry.synonymOf}`,
          "The language has one integer and one float type",
        );
      }
      return expectArgs(entry.constructor.arity) ? constructed(entry.constructor, args) : ANY;
    case "abbreviation": {
      const type = entry.type();
      if (!expectArgs(entry.params.length)) return ANY;
      return args.length === 0 ? type : new Substitution(entry.params, args, checker.unifier).apply(type);
    }
    case "provider":
      checker.error(
        "FUS0196",
        expr.span,
        `'${entry.name}' comes from a type provider, which is not supported`,
        "Declare the type",
      );
      return ANY;
  }
}

function unknownType(
  checker: Checker,
  text: string,
  args: readonly Type[],
  expr: NamedTypeExpr,
  scope: Scope,
): Type {
  const probed = checker.probe?.in(expr.name.parts) ?? -1;
  if (probed === 0) checker.probe?.foundType(scope);
  else if (probed > 0) {
    const module = resolveModule(expr.name.parts.slice(0, probed), scope, checker.host);
    const hidden = module !== undefined && scope.isInside(module);
    checker.probe?.found({ kind: "within", module, type: undefined, hidden });
  }
  const plain = text.replace(/^System\./, "");
  if (plain === "Exception") return EXN;
  const host = plain.replace(/^#/, "");
  if (args.length === 0 && (plain.startsWith("#") || checker.host.hasModule(`<${host}>`))) {
    return constructed({ name: host, arity: 0, declaration: undefined, host: true }, []);
  }
  const last = expr.name.parts[expr.name.parts.length - 1]?.text ?? text;
  checker.error(
    "FUS0203",
    expr.span,
    `Type '${text}' is not defined`,
    checker.suggestions.didYouMean(last, [...scope.names("type"), ...BUILTIN_TYPE_NAMES.keys()]),
  );
  return ANY;
}

/** What the annotations of a parameter say, before its pattern is looked at. */
export function announcedType(checker: Checker, param: Pattern, scope: Scope): Type {
  switch (param.kind) {
    case "paren":
      return announcedType(checker, param.inner, scope);
    case "annotate":
      return checker.rules.type(checker, param.type, scope);
    case "tuple":
      return tupleOf(param.items.map((item) => announcedType(checker, item, scope)));
    default:
      return checker.fresh();
  }
}

/** Runs `body` as one top-level binding: its annotations have type variables of their own. */
export function withAnnotationScope<T>(checker: Checker, body: () => T): T {
  const { annotated, annotatedLevel } = checker;
  checker.annotated = new Map();
  checker.annotatedLevel = checker.level + 1;
  try {
    const result = body();
    for (const [name, variable] of checker.annotated) {
      const type = prune(variable);
      if (type.kind === "variable" || variable.link === undefined) continue;
      const span = checker.annotationSpans.get(variable);
      if (span !== undefined)
        checker.bag.info("FUS0331", span, `Type variable '${name} is actually ${formatType(type)}`);
    }
    return result;
  } finally {
    checker.annotated = annotated;
    checker.annotatedLevel = annotatedLevel;
  }
}
