import type { Scope } from "../names/scope.js";
import type { Name } from "../syntax/ast.js";
import { prune, type RecordDeclaration, type Type } from "../types/type.js";
import type { Checker } from "./checker.js";

/** Where the probe stands for a label: which records have those that are there already. */
export function probeLabels(
  checker: Checker,
  labels: readonly Name[],
  type: Type | undefined,
  scope: Scope,
): void {
  const { probe } = checker;
  if (probe === undefined || !labels.some(({ text }) => text === probe.name)) return;
  const given = new Set(labels.map(({ text }) => text));
  given.delete(probe.name);
  const records: RecordDeclaration[] = [];
  for (const name of scope.names("type")) {
    const entry = scope.type(name);
    if (entry?.kind !== "declared" || entry.declaration.kind !== "record") continue;
    const { declaration } = entry;
    const fits = [...given].every((label) => declaration.fields.some((field) => field.label === label));
    if (fits && !records.includes(declaration)) records.push(declaration);
  }
  // An open type becomes what is written here, with the probe as a label of it.
  const known = type === undefined || prune(type).kind === "variable" ? undefined : type;
  probe.found({ kind: "label", records, type: known, given });
}
