/** Copy-and-update, `{ r with X = v; A.B = w }` (language reference 3.7, 4.5): a label may lead into a record inside the record. */
import { resolveModule, resolveType } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { Expr, LongName, Name, RecordExpr } from "../syntax/ast.js";
import type { FieldValue, Statement, TypedExpr } from "../typed/tree.js";
import { ANY, declarationOf, isAny } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { markCopy } from "./assignments.js";
import type { Checker } from "./checker.js";
import { isSimple } from "./evaluation-order.js";
import { probeLabels } from "./label-probe.js";
import { labelOwner, labelType } from "./labels.js";
import { accessLabel } from "./members.js";
import { anonymousType } from "./type-expressions.js";

/** What one label of a record becomes: a new value, or a copy of what it holds with changes of its own. */
type Change =
  | { readonly kind: "value"; readonly label: Name; readonly value: Expr }
  | { readonly kind: "inside"; readonly label: Name; readonly changes: Change[] };

export function inferUpdate(
  checker: Checker,
  expr: RecordExpr,
  baseExpr: Expr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const base = checker.infer(baseExpr, scope, expected);
  const qualified: LongName[] = [];
  const changes: Change[] = [];
  for (const { label, value } of expr.fields) {
    const qualifiers = qualifiersOf(checker, label, base.type, scope);
    const end = Math.min(qualifiers + 1, label.parts.length);
    qualified.push({ parts: label.parts.slice(0, end), span: label.span });
    markCopy(checker, value);
    addChange(checker, changes, label.parts.slice(qualifiers), value);
  }
  const labels = changes.map(({ label }) => label);
  probeLabels(checker, labels, prune(base.type), scope);
  labelOwner(checker, base.type, qualified, scope, false);
  return update(checker, base, changes, expr.span, scope);
}

/** How many names of `P.A.B` only say whose label `A` is; none, if the record has a label `P`. */
function qualifiersOf(checker: Checker, label: LongName, owner: Type, scope: Scope): number {
  const { parts } = label;
  const first = parts[0] as Name;
  if (parts.length === 1 || checker.members.field(prune(owner), first.text) !== undefined) return 0;
  for (let count = 1; count < parts.length; count++) {
    const prefix = parts.slice(0, count);
    const name = (parts[count] as Name).text;
    const module = resolveModule(prefix, scope, checker.host);
    if (module?.records.some(({ fields }) => fields.some((field) => field.label === name))) return count;
    const entry = resolveType(prefix, scope, checker.host);
    if (entry === undefined || entry === "hidden" || entry.kind !== "declared") continue;
    if (checker.members.field(checker.members.freshType(entry.declaration), name) !== undefined) return count;
  }
  const isQualifier =
    scope.type(first.text) !== undefined ||
    scope.moduleNamed(first.text) !== undefined ||
    checker.host.module(first.text) !== undefined;
  return isQualifier ? parts.length - 1 : 0;
}

/** Adds the change at the end of a path; a label that is given twice is reported and dropped. */
function addChange(checker: Checker, changes: Change[], path: readonly Name[], value: Expr): void {
  const [label, ...rest] = path;
  if (label === undefined) return;
  const known = changes.find((change) => change.label.text === label.text);
  if (known === undefined) {
    if (rest.length === 0) changes.push({ kind: "value", label, value });
    else {
      const inside: Change[] = [];
      changes.push({ kind: "inside", label, changes: inside });
      addChange(checker, inside, rest, value);
    }
  } else if (known.kind === "inside" && rest.length > 0) addChange(checker, known.changes, rest, value);
  else checker.error("FUS0310", label.span, `Label '${label.text}' is given twice`);
}

function update(
  checker: Checker,
  base: TypedExpr,
  changes: readonly Change[],
  span: RecordExpr["span"],
  scope: Scope,
): TypedExpr {
  const type = prune(base.type);
  const known = type.kind === "variable" || type.kind === "anonymous" || isAny(type);
  if (!known && declarationOf(type)?.kind !== "record") {
    for (const change of changes) inferValues(checker, change, scope);
    checker.error("FUS0301", base.span, `Expected a record, got ${formatType(type)}`);
    return checker.broken(span);
  }
  const statements: Statement[] = [];
  const readsBase = changes.some(({ kind }) => kind === "inside");
  const record = readsBase && !isSimple(base) ? checker.bindTemporary(base, statements) : base;
  const changed = changes.map((change): FieldValue => {
    const { label } = change;
    if (change.kind === "inside") {
      labelType(checker, record.type, label, scope);
      const inner = accessLabel(checker, record, label, scope, label.span);
      return { label: label.text, value: update(checker, inner, change.changes, span, scope) };
    }
    return { label: label.text, value: newValue(checker, type, label, change.value, scope) };
  });
  const result: TypedExpr = {
    kind: "update",
    base: record,
    fields: changed,
    type: type.kind === "anonymous" ? withTypes(type, changed) : base.type,
    span,
  };
  return statements.length === 0 ? result : { kind: "block", statements, result, type: result.type, span };
}

/** A label of a declared record keeps its type; one of an anonymous record takes that of its value. */
function newValue(checker: Checker, type: Type, label: Name, value: Expr, scope: Scope): TypedExpr {
  if (isAny(type)) return checker.check(value, scope, ANY);
  if (type.kind === "anonymous")
    return checker.infer(value, scope, checker.members.field(type, label.text)?.type);
  return checker.check(value, scope, labelType(checker, type, label, scope));
}

function withTypes(type: Type & { readonly kind: "anonymous" }, fields: readonly FieldValue[]): Type {
  const types = new Map(type.labels.map((label, i) => [label, type.types[i] as Type]));
  for (const { label, value } of fields) types.set(label, value.type);
  return anonymousType(types);
}

/** Looks for mistakes in what would have been the new values. */
function inferValues(checker: Checker, change: Change, scope: Scope): void {
  if (change.kind === "value") checker.infer(change.value, scope);
  else for (const inner of change.changes) inferValues(checker, inner, scope);
}
