/** The crossing of primitive values, apart from the general conversion: it needs no path and no bookkeeping, and calls with plain arguments are the usual ones. */
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { Value } from "./value.js";

/** Given for what needs the general conversion: other types, and values that do not fit. */
export const NOT_PRIMITIVE: unique symbol = Symbol("not primitive");

export function primitiveToScript(value: unknown, type: TypeDescriptor): Value | typeof NOT_PRIMITIVE {
  switch (type.kind) {
    case "int":
      // Adding 0 turns -0 into 0.
      return typeof value === "number" && Number.isSafeInteger(value) ? value + 0 : NOT_PRIMITIVE;
    case "float":
      return typeof value === "number" ? value : NOT_PRIMITIVE;
    case "string":
      return typeof value === "string" ? value : NOT_PRIMITIVE;
    case "bool":
      return typeof value === "boolean" ? value : NOT_PRIMITIVE;
    case "unit":
      return value === undefined ? value : NOT_PRIMITIVE;
    default:
      return NOT_PRIMITIVE;
  }
}

export function primitiveToHost(value: Value, type: TypeDescriptor): unknown {
  switch (type.kind) {
    case "int":
    case "float":
      return typeof value === "number" ? value : NOT_PRIMITIVE;
    case "string":
      return typeof value === "string" ? value : NOT_PRIMITIVE;
    case "bool":
      return typeof value === "boolean" ? value : NOT_PRIMITIVE;
    case "unit":
      return value === undefined ? value : NOT_PRIMITIVE;
    default:
      return NOT_PRIMITIVE;
  }
}
