/** Records, classes and anonymous records: construction, update, access. */
import type { Core, Item } from "../core/core.js";
import { isAtom } from "../core/core.js";
import { CompilerBug } from "../errors.js";
import { fieldSlot } from "../match/pattern.js";
import type { Span } from "../source/source.js";
import type { FieldValue, TypedExpr } from "../typed/tree.js";
import type { Type } from "../types/type.js";
import { block } from "./bindings.js";
import type { Lowerer } from "./lowerer.js";
import { primitive } from "./operators.js";

type Expr<K extends TypedExpr["kind"]> = Extract<TypedExpr, { kind: K }>;

/** Index of the definition, and the labels in slot order. */
function layoutOf(
  lowerer: Lowerer,
  type: Type,
): { readonly definition: number; readonly labels: readonly string[] } | undefined {
  const at = lowerer.resolve(type);
  if (at.kind === "anonymous") return { definition: lowerer.tables.anonymous(at.labels), labels: at.labels };
  if (at.kind !== "constructed") return undefined;
  const { declaration } = at.constructor;
  if (declaration?.kind !== "record" && declaration?.kind !== "class") return undefined;
  return {
    definition: lowerer.tables.definition(declaration),
    labels: declaration.fields.map((field) => field.label),
  };
}

export function lowerRecord(lowerer: Lowerer, expr: Expr<"record">): Core {
  const { span } = expr;
  const labels = expr.fields.map((field) => field.label);
  // A record whose type nothing decides is one of its labels.
  const layout = layoutOf(lowerer, expr.type) ?? anonymousLayout(lowerer, labels);
  return inOrder(lowerer, expr.fields, span, (values) => {
    const slots = layout.labels.map((label) => {
      const value = values.get(label);
      if (value === undefined) throw new CompilerBug(`record expression without '${label}'`, span);
      return value;
    });
    return primitive("record.new", slots, span, [layout.definition]);
  });
}

function anonymousLayout(
  lowerer: Lowerer,
  labels: readonly string[],
): { readonly definition: number; readonly labels: readonly string[] } {
  const sorted = [...labels].sort();
  return { definition: lowerer.tables.anonymous(sorted), labels: sorted };
}

/** Evaluates the fields in textual order, whatever order `use` needs them in. */
function inOrder(
  lowerer: Lowerer,
  fields: readonly FieldValue[],
  span: Span,
  use: (values: ReadonlyMap<string, Core>) => Core,
): Core {
  const items: Item[] = [];
  const values = new Map<string, Core>();
  const lowered = fields.map((field) => lowerer.expression(field.value));
  fields.forEach((field, index) => {
    const value = lowered[index] as Core;
    if (isAtom(value)) {
      values.set(field.label, value);
      return;
    }
    const local = lowerer.local(field.label);
    items.push({ kind: "let", local, value, span: field.value.span });
    values.set(field.label, lowerer.read(local, field.value.span));
  });
  return block(items, use(values), span);
}

export function lowerUpdate(lowerer: Lowerer, expr: Expr<"update">): Core {
  const { span } = expr;
  const layout = layoutOf(lowerer, expr.type);
  const base = lowerer.expression(expr.base);
  const baseLayout = layoutOf(lowerer, expr.base.type);
  const sameSlots =
    layout !== undefined && baseLayout !== undefined && layout.definition === baseLayout.definition;
  if (sameSlots) return copyAndSet(lowerer, base, expr.fields, layout.labels, span);
  let result = base;
  for (const field of expr.fields) {
    const value = lowerer.expression(field.value);
    result = primitive("record.with", [result, value], span, [lowerer.tables.string(field.label)]);
  }
  return result;
}

function copyAndSet(
  lowerer: Lowerer,
  base: Core,
  fields: readonly FieldValue[],
  labels: readonly string[],
  span: Span,
): Core {
  const original = lowerer.local("record");
  const copy = lowerer.local("copy");
  const items: Item[] = [{ kind: "let", local: original, value: base, span }];
  const values = fields.map((field) => {
    const value = lowerer.expression(field.value);
    if (isAtom(value)) return value;
    const local = lowerer.local(field.label);
    items.push({ kind: "let", local, value, span: field.value.span });
    return lowerer.read(local, field.value.span);
  });
  items.push({
    kind: "let",
    local: copy,
    value: primitive("record.copy", [lowerer.read(original, span)], span),
    span,
  });
  fields.forEach((field, index) => {
    const slot = labels.indexOf(field.label);
    if (slot < 0) throw new CompilerBug(`no label '${field.label}' to update`, span);
    items.push({
      kind: "do",
      value: primitive("field.set", [lowerer.read(copy, span), values[index] as Core], span, [slot]),
    });
  });
  return block(items, lowerer.read(copy, span), span);
}

export function lowerField(lowerer: Lowerer, expr: Expr<"field">): Core {
  const { span, label } = expr;
  const target = lowerer.expression(expr.target);
  const type = lowerer.resolve(expr.target.type);
  const slot = fieldSlot(type, label);
  if (slot !== undefined) return primitive("field.get", [target], span, [slot]);
  lowerer.noteStoredRead(expr.type);
  if (lowerer.classOf(type) === "ref") return primitive("cell.get", [target], span);
  return primitive("field.named", [target], span, [lowerer.tables.string(label)]);
}

export function lowerAssignField(lowerer: Lowerer, expr: Expr<"assign-field">): Core {
  const { span, label } = expr;
  const target = lowerer.expression(expr.target);
  const value = lowerer.expression(expr.value);
  const type = lowerer.resolve(expr.target.type);
  if (lowerer.classOf(type) === "ref") {
    lowerer.noteStore(expr.value.type, "variable");
    return primitive("cell.set", [target, value], span);
  }
  lowerer.noteStore(expr.value.type, "inside");
  const slot = fieldSlot(type, label);
  if (slot === undefined)
    return primitive("field.named.set", [target, value], span, [lowerer.tables.string(label)]);
  // The module defines the types whose slots it sets, even if it makes no value of them.
  layoutOf(lowerer, type);
  return primitive("field.set", [target, value], span, [slot]);
}
