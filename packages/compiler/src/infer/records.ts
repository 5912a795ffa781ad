/** Record expressions (language reference 4.5). */
import type { Scope } from "../names/scope.js";
import type { Name, RecordExpr } from "../syntax/ast.js";
import type { FieldValue, TypedExpr } from "../typed/tree.js";
import { ANY, constructed, declarationOf, isAny } from "../types/builtin.js";
import { trialCopy } from "../types/scheme.js";
import type { RecordDeclaration, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { markCopy } from "./assignments.js";
import { isConvertible } from "./call.js";
import type { Checker } from "./checker.js";
import { probeLabels } from "./label-probe.js";
import { qualifiedOwner } from "./labels.js";
import { anonymousType } from "./type-expressions.js";
import { inferUpdate } from "./updates.js";

interface Field {
  readonly label: Name;
  readonly value: RecordExpr["fields"][number]["value"];
}

export function inferRecord(
  checker: Checker,
  expr: RecordExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  if (expr.base !== undefined) return inferUpdate(checker, expr, expr.base, scope, expected);
  const fields = fieldsOf(checker, expr);
  const wanted = expected === undefined ? undefined : prune(expected);
  probeLabels(
    checker,
    fields.map(({ label }) => label),
    wanted,
    scope,
  );
  if (expr.anonymous) return anonymousRecord(checker, expr, fields, scope, wanted);
  const qualified = qualifiedOwner(
    checker,
    expr.fields.map((field) => field.label),
    scope,
  );
  if (qualified !== undefined) return declaredRecord(checker, expr, fields, qualified, undefined, scope);
  const declaration = wanted === undefined ? undefined : declarationOf(wanted);
  if (declaration?.kind === "record")
    return declaredRecord(checker, expr, fields, declaration, wanted, scope);
  const first = fields[0];
  if (first === undefined) return anonymousRecord(checker, expr, fields, scope, wanted);
  const withAll = scope
    .recordsWith(first.label.text)
    .filter((record) =>
      fields.every((field) => record.fields.some((item) => item.label === field.label.text)),
    );
  const exact = withAll.filter((record) => record.fields.length === fields.length);
  if (exact.length === 1)
    return declaredRecord(checker, expr, fields, exact[0] as RecordDeclaration, undefined, scope);
  if (exact.length > 1) return ambiguousRecord(checker, expr, fields, exact, scope);
  const larger = withAll[withAll.length - 1];
  if (larger !== undefined && wanted?.kind !== "anonymous") {
    return declaredRecord(checker, expr, fields, larger, undefined, scope);
  }
  return anonymousRecord(checker, expr, fields, scope, wanted);
}

/** The fields as written, duplicates reported and dropped. */
function fieldsOf(checker: Checker, expr: RecordExpr): readonly Field[] {
  const seen = new Set<string>();
  const fields: Field[] = [];
  for (const field of expr.fields) {
    const label = field.label.parts[field.label.parts.length - 1] as Name;
    markCopy(checker, field.value);
    if (seen.has(label.text)) checker.error("FUS0310", label.span, `Label '${label.text}' is given twice`);
    else fields.push({ label, value: field.value });
    seen.add(label.text);
  }
  return fields;
}

function declaredRecord(
  checker: Checker,
  expr: RecordExpr,
  fields: readonly Field[],
  declaration: RecordDeclaration,
  wanted: Type | undefined,
  scope: Scope,
): TypedExpr {
  const type =
    wanted ??
    constructed(
      declaration.constructor,
      declaration.params.map((param) => checker.fresh(param.name)),
    );
  const values: FieldValue[] = [];
  for (const field of fields) {
    const known = checker.members.field(type, field.label.text);
    if (known === undefined) {
      checker.infer(field.value, scope);
      checker.members.reportMissing(type, field.label.text, field.label.span);
    } else values.push({ label: field.label.text, value: checker.check(field.value, scope, known.type) });
  }
  const missing = declaration.fields.filter(
    (field) => !fields.some((given) => given.label.text === field.label),
  );
  if (missing.length > 0) {
    checker.error(
      "FUS0308",
      expr.span,
      `'${declaration.name}' needs the ${missing.length === 1 ? "label" : "labels"} ${missing.map((field) => field.label).join(", ")}`,
      "Add them, or use `{| |}`",
    );
    return checker.coerce(checker.broken(expr.span), type);
  }
  return { kind: "record", fields: values, type, span: expr.span };
}

/** Several declared types have these labels: the types of the fields decide, or later use does. */
function ambiguousRecord(
  checker: Checker,
  expr: RecordExpr,
  fields: readonly Field[],
  candidates: readonly RecordDeclaration[],
  scope: Scope,
): TypedExpr {
  const values = fields.map((field) => ({
    label: field.label.text,
    value: checker.infer(field.value, scope),
  }));
  const fitting = candidates.filter((candidate) => fieldsFit(checker, candidate, values));
  if (fitting.length === 0) {
    checker.error(
      "FUS0309",
      expr.span,
      "No record type fits these labels and types",
      `Candidates: ${candidates.map((candidate) => candidate.name).join(", ")}`,
    );
    return checker.broken(expr.span);
  }
  if (fitting.length === 1) {
    const type = checker.members.freshType(fitting[0] as RecordDeclaration);
    const typed = values.map(({ label, value }) => ({
      label,
      value: checker.coerce(value, checker.members.field(type, label)?.type ?? ANY),
    }));
    return { kind: "record", fields: typed, type, span: expr.span };
  }
  const labels = values.map((value) => value.label);
  const type = checker.freshBounded([
    { kind: "exactly", labels, types: values.map(({ value }) => value.type), span: expr.span },
  ]);
  checker.ambiguous.push({ variable: type, candidates: fitting, span: expr.span });
  return { kind: "record", fields: values, type, span: expr.span };
}

function fieldsFit(checker: Checker, candidate: RecordDeclaration, values: readonly FieldValue[]): boolean {
  const owner = checker.members.freshType(candidate);
  const copies = new Map<Type, Type>();
  return values.every(({ label, value }) => {
    const wanted = checker.members.field(owner, label)?.type;
    if (wanted === undefined) return false;
    const actual = prune(trialCopy(value.type, checker.unifier, copies));
    return isConvertible(prune(wanted), actual) || checker.unifier.unify(wanted, actual);
  });
}

function anonymousRecord(
  checker: Checker,
  expr: RecordExpr,
  fields: readonly Field[],
  scope: Scope,
  wanted: Type | undefined,
): TypedExpr {
  const types = new Map<string, Type>();
  const values = fields.map((field): FieldValue => {
    const label = field.label.text;
    let hint: Type | undefined;
    if (wanted !== undefined) hint = isAny(wanted) ? ANY : checker.members.field(wanted, label)?.type;
    const value =
      hint === undefined ? checker.infer(field.value, scope) : checker.check(field.value, scope, hint);
    types.set(label, value.type);
    return { label, value };
  });
  return { kind: "record", fields: values, type: anonymousType(types), span: expr.span };
}
