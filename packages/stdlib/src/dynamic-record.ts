/** Records whose fields only the running program knows: what functions take that leave some fields out. */
import {
  isProduct,
  kindOf,
  type NativeContext,
  NONE,
  OPTION,
  type Product,
  slotAt,
  type Value,
} from "@fusabi/vm";

/** The value of a field; undefined when the record has none of that name. Fails when it is no record. */
export function fieldOf(
  context: NativeContext,
  record: Value,
  label: string,
): { readonly value: Value } | undefined {
  if (!isProduct(record) || record.shape.kind !== "record")
    throw context.fail("FUS0502", `Type mismatch: expected record, got ${kindOf(record)}`);
  const slot = record.shape.indexOf.get(label);
  return slot === undefined ? undefined : { value: slotAt(record, slot) };
}

/** A field that may be missing, and that may be an option: what is inside, or undefined. */
export function optionalField(
  context: NativeContext,
  record: Value,
  label: string,
): { readonly value: Value } | undefined {
  const field = fieldOf(context, record, label);
  if (field === undefined || field.value === NONE) return undefined;
  if (isSome(field.value)) return { value: slotAt(field.value, 0) };
  return field;
}

/** Whether a value is `Some`. */
export function isSome(value: Value): value is Product {
  return isProduct(value) && value.shape === OPTION && value !== NONE;
}
