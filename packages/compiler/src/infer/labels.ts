/** Labels of records on types that may still be open (language reference 4.5). */
import { resolveModule, resolveType } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { LongName, Name } from "../syntax/ast.js";
import { ANY, isAny } from "../types/builtin.js";
import type { RecordDeclaration, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Checker } from "./checker.js";

/** The declared record type that a qualified label (`Point.X`) names. */
export function qualifiedOwner(
  checker: Checker,
  labels: readonly LongName[],
  scope: Scope,
): RecordDeclaration | undefined {
  for (const label of labels) {
    if (label.parts.length < 2) continue;
    const prefix = label.parts.slice(0, -1);
    const name = (label.parts[label.parts.length - 1] as Name).text;
    const module = resolveModule(prefix, scope, checker.host);
    const inModule = module?.records
      .filter((record) => record.fields.some((field) => field.label === name))
      .at(-1);
    if (inModule !== undefined) return inModule;
    const entry = resolveType(prefix, scope, checker.host);
    if (
      entry === undefined ||
      entry === "hidden" ||
      entry.kind !== "declared" ||
      entry.declaration.kind !== "record"
    ) {
      const text = label.parts
        .slice(0, -1)
        .map((part) => part.text)
        .join(".");
      checker.error("FUS0203", label.span, `Type '${text}' is not defined`);
      continue;
    }
    return entry.declaration;
  }
  return undefined;
}

/** An open type that exactly one declared record type fits by its labels becomes that type. */
export function labelOwner(
  checker: Checker,
  raw: Type,
  labels: readonly LongName[],
  scope: Scope,
  anonymous: boolean,
): void {
  const owner = qualifiedOwner(checker, labels, scope);
  if (owner !== undefined) {
    checker.unify(raw, checker.members.freshType(owner), labels[0]?.span ?? owner.span);
    return;
  }
  const type = prune(raw);
  const first = labels[0];
  if (type.kind !== "variable" || first === undefined || anonymous) return;
  const names = labels.map((label) => (label.parts[label.parts.length - 1] as Name).text);
  const fitting = scope
    .recordsWith(names[0] as string)
    .filter((record) => names.every((name) => record.fields.some((field) => field.label === name)));
  if (fitting.length === 1)
    checker.unify(type, checker.members.freshType(fitting[0] as RecordDeclaration), first.span);
}

/** Type of a label in a pattern or update; open types get a bound. */
export function labelType(checker: Checker, raw: Type, label: Name, scope: Scope): Type {
  const type = prune(raw);
  if (isAny(type)) return ANY;
  if (type.kind !== "variable") {
    const field = checker.members.field(type, label.text);
    if (field !== undefined) return field.type;
    checker.members.reportMissing(type, label.text, label.span);
    return ANY;
  }
  const records = scope.recordsWith(label.text);
  if (records.length === 1) {
    checker.unify(type, checker.members.freshType(records[0] as RecordDeclaration), label.span);
    const now = prune(type);
    return checker.members.field(now, label.text)?.type ?? ANY;
  }
  const result = checker.fresh();
  checker.require(type, { kind: "field", label: label.text, type: result, span: label.span }, label.span);
  return result;
}
