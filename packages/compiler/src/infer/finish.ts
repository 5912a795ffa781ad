/** What is settled when everything has been inferred: defaults, nodes that waited for a type, warnings that need one (4.4). */

import type { VariantKind, VariantMember } from "@fusabi/vm";
import type { HostExpr } from "../typed/tree.js";
import { defaultNumber } from "../types/bounds.js";
import { ANY, declarationOf, INT, isAny, LIST, OPTION } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { trialCopy, variablesOf } from "../types/scheme.js";
import type { RecordDeclaration, Type, TypeVariable } from "../types/type.js";
import { GENERIC_LEVEL, prune } from "../types/type.js";
import type { Checker } from "./checker.js";

export function finish(checker: Checker): void {
  checker.level = 0;
  defaultRecords(checker);
  defaultNumbers(checker);
  reportOpenGlobals(checker);
  for (const { node, settle } of checker.pending.splice(0)) {
    const settled = settle();
    if (settled !== undefined) Object.assign(node, settled);
  }
  checkVariants(checker);
  checker.runLater();
}

/** Records whose labels several types have become the latest declared one. */
function defaultRecords(checker: Checker): void {
  for (const { variable, candidates, span } of checker.ambiguous) {
    const type = prune(variable);
    if (type.kind !== "variable" || type.level === GENERIC_LEVEL) continue;
    const latest =
      [...candidates].reverse().find((candidate) => fieldsFit(checker, candidate, type)) ??
      candidates[candidates.length - 1];
    if (latest !== undefined) checker.unify(checker.members.freshType(latest), type, span);
  }
}

/** Whether what the fields turned out to be fits a type. */
function fieldsFit(checker: Checker, candidate: RecordDeclaration, record: TypeVariable): boolean {
  const owner = checker.members.freshType(candidate);
  const copies = new Map<Type, Type>();
  return record.bounds.every((bound) => {
    if (bound.kind !== "exactly") return true;
    return bound.labels.every((label, i) => {
      const field = checker.members.field(owner, label);
      const actual = bound.types[i];
      return (
        field !== undefined &&
        actual !== undefined &&
        checker.unifier.unify(field.type, trialCopy(actual, checker.unifier, copies))
      );
    });
  });
}

/** Open variables with operator bounds are `int`, with other bounds `any`. */
function defaultNumbers(checker: Checker): void {
  // Discharging bounds may add variables at the end of the list.
  for (let i = 0; i < checker.unifier.bounded.length; i++) {
    const variable = checker.unifier.bounded[i] as TypeVariable;
    if (variable.link !== undefined || variable.level === GENERIC_LEVEL) continue;
    if (!variable.bounds.some((bound) => bound.kind !== "variant")) continue;
    const numeric = variable.bounds.find(
      (bound) => bound.kind === "add" || bound.kind === "num" || bound.kind === "bits",
    );
    const first = variable.bounds[0];
    if (numeric !== undefined) checker.unify(defaultNumber(variable.bounds) ?? INT, variable, numeric.span);
    else if (first !== undefined) checker.unify(ANY, variable, first.span);
  }
}

function reportOpenGlobals(checker: Checker): void {
  // After an error the types of what it touches stay open, too.
  const report = !checker.bag.hasErrors;
  for (const variable of checker.globals) {
    if (!mayBeOpen(variable.scheme.type)) continue;
    const open = variablesOf(variable.scheme.type).filter((item) => item.level !== GENERIC_LEVEL);
    if (open.length === 0) continue;
    for (const item of open) checker.unifier.unify(ANY, item);
    if (report)
      checker.bag.info(
        "FUS0330",
        variable.span,
        `The type of '${variable.name}' stays open; \`any\` is used`,
        "Annotate it",
      );
  }
}

/** A quick look for open variables; a large type is not looked at and may have some. */
function mayBeOpen(root: Type): boolean {
  let steps = 0;
  const visit = (raw: Type): boolean => {
    const type = prune(raw);
    if (++steps > 100) return true;
    switch (type.kind) {
      case "variable":
        return type.level !== GENERIC_LEVEL;
      case "constructed":
        return type.args.some(visit);
      case "function":
        return visit(type.parameter) || visit(type.result);
      case "tuple":
        return type.items.some(visit);
      case "anonymous":
        return type.types.some(visit);
    }
  };
  return visit(root);
}

/** A library function that is implemented per type must have an implementation for the type it is used at. */
function checkVariants(checker: Checker): void {
  for (const node of checker.chosen) {
    const { definition, chooser } = node;
    if (chooser === undefined || !("variants" in definition)) continue;
    const type = prune(chooser);
    if (type.kind === "variable") {
      reportUndecided(checker, node, type, definition.variants);
      continue;
    }
    if (isAny(type)) continue;
    // A type that breaks the bounds of the signature has been reported as that.
    const declared = checker.host.scheme({
      kind: "host",
      module: node.module,
      member: node.member,
      definition,
    }).chooser;
    if (declared?.bounds.some((bound) => bound.kind !== "variant") === true) continue;
    if (definition.variants[variantKind(type)] !== undefined || definition.variants.other !== undefined)
      continue;
    const name = node.module === "" ? node.member : `${node.module}.${node.member}`;
    const known = Object.keys(definition.variants).filter((kind) => kind !== "any");
    checker.error(
      "FUS0320",
      node.span,
      `No form of '${name}' takes (${formatType(type)})`,
      `Forms: ${known.join(", ")}`,
    );
  }
}

/** Nothing decides the type, and there is no implementation for any type at all. */
function reportUndecided(
  checker: Checker,
  node: HostExpr,
  type: TypeVariable,
  variants: VariantMember["variants"],
): void {
  if (variants.any !== undefined || variants.other !== undefined) return;
  if (type.bounds.some((bound) => bound.kind === "add" || bound.kind === "num" || bound.kind === "bits"))
    return;
  const name = node.module === "" ? node.member : `${node.module}.${node.member}`;
  checker.error(
    "FUS0320",
    node.span,
    `No form of '${name}' takes (${formatType(type)})`,
    "Annotate the type",
  );
}

function variantKind(type: Type): VariantKind {
  if (type.kind !== "constructed") return "other";
  if (type.constructor === LIST) return "list";
  if (type.constructor === OPTION) return "option";
  if (declarationOf(type) !== undefined) return "other";
  switch (type.constructor.name) {
    case "int":
    case "float":
    case "string":
    case "char":
    case "bool":
    case "any":
      return type.constructor.name;
    default:
      return "other";
  }
}
