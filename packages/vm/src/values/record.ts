/** Records whose type is not known where they are used: fields by label. */

import { runtimeException } from "./exception.js";
import { kindOf } from "./kind.js";
import { recordShape } from "./product.js";
import { PRODUCT_BYTES, SLOT_BYTES } from "./size.js";
import { ExceptionValue, type Product, type RecordShape, slotName, type Value } from "./value.js";

type Slot = `f${number}`;

/** @throws ExceptionValue FUS0502 when the value has no such label. */
export function getNamed(value: Value, label: string): Value {
  const shape = recordShapeOf(value);
  const index = shape?.indexOf.get(label);
  if (index === undefined) throw noLabel(value, label);
  return (value as Product)[slotName(index) as Slot];
}

/** @throws ExceptionValue FUS0502 when the value has no such label. */
export function setNamed(value: Value, label: string, field: Value): void {
  const index = recordShapeOf(value)?.indexOf.get(label);
  if (index === undefined) throw noLabel(value, label);
  (value as Product)[slotName(index) as Slot] = field;
}

/** A copy with one field replaced; an anonymous record may also gain the label. */
export function withNamed(
  value: Value,
  label: string,
  field: Value,
  meter: { allocate(bytes: number): void },
): Value {
  const shape = recordShapeOf(value);
  if (shape === undefined) throw noLabel(value, label);
  const fields = shape.labels.map((_, index) => (value as Product)[slotName(index) as Slot]);
  meter.allocate(PRODUCT_BYTES + (fields.length + 1) * SLOT_BYTES);
  const index = shape.indexOf.get(label);
  if (index !== undefined) {
    fields[index] = field;
    return shape.make(fields);
  }
  if (!shape.anonymous) throw noLabel(value, label);
  const at = shape.labels.filter((other) => other < label).length;
  return extended(shape, label, at).make([...fields.slice(0, at), field, ...fields.slice(at)]);
}

/** Shapes that arise by adding a label, kept with the shape that they extend. */
const extensions = new WeakMap<RecordShape, Map<string, RecordShape>>();

function extended(shape: RecordShape, label: string, at: number): RecordShape {
  let known = extensions.get(shape);
  if (known === undefined) {
    known = new Map();
    extensions.set(shape, known);
  }
  let result = known.get(label);
  if (result === undefined) {
    const labels = [...shape.labels.slice(0, at), label, ...shape.labels.slice(at)];
    result = recordShape({ name: "", labels, anonymous: true, identity: false });
    known.set(label, result);
  }
  return result;
}

function recordShapeOf(value: Value): RecordShape | undefined {
  if (typeof value !== "object" || value === null || value instanceof ExceptionValue || !("shape" in value))
    return undefined;
  const shape = (value as Product).shape;
  return shape.kind === "record" ? shape : undefined;
}

function noLabel(value: Value, label: string): ExceptionValue {
  return runtimeException("FUS0502", `Expected a record with label '${label}', got ${kindOf(value)}`);
}
