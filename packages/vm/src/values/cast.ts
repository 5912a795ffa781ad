/** Values of type `any` taken as values of a type: the check is on the outside of a value, what is inside is checked when it is used. */
import type { ExecutableModule } from "../machine/code.js";
import { formatType } from "../types/format-type.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { AsyncValue } from "./async-value.js";
import { runtimeException } from "./exception.js";
import { kindOf } from "./kind.js";
import { LazyValue } from "./lazy-value.js";
import { OrderedMap } from "./ordered-map.js";
import { OrderedSet } from "./ordered-set.js";
import { OPTION, RESULT } from "./product.js";
import { Sequence } from "./sequence.js";
import {
  BoxedChar,
  BoxedFloat,
  CaseFunction,
  Closure,
  ExceptionValue,
  HostFunction,
  HostObject,
  List,
  PartialApplication,
  type Product,
  RefCell,
  type Value,
} from "./value.js";

/**
 * The value as the type has it: floats and chars lose their box.
 *
 * @throws ExceptionValue FUS0502 when the value has another shape.
 */
export function castValue(value: Value, type: TypeDescriptor, module: ExecutableModule): Value {
  if (type.kind === "float") {
    if (value instanceof BoxedFloat) return value.value;
    if (typeof value === "bigint") return Number(value);
    // What was inside a collection when that became `any` has no box.
    if (typeof value === "number") return value;
  }
  if (type.kind === "char") {
    if (value instanceof BoxedChar) return value.value;
    if (typeof value === "string" && value.length === 1) return value;
  }
  if (!hasType(value, type, module)) {
    throw runtimeException(
      "FUS0502",
      `Expected ${formatType(type, module.data.definitions)}, got ${kindOf(value)}`,
    );
  }
  return value;
}

/** Whether a dynamic value has the shape of the type; type arguments are not looked at. An int is no float, and a string no char. */
export function hasType(value: Value, type: TypeDescriptor, module: ExecutableModule): boolean {
  switch (type.kind) {
    case "any":
    case "variable":
      return true;
    case "unit":
      return value === undefined;
    case "int":
      return typeof value === "bigint" || Number.isInteger(value);
    case "float":
      return value instanceof BoxedFloat || (typeof value === "number" && !Number.isInteger(value));
    case "bool":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string";
    case "char":
      return value instanceof BoxedChar;
    case "exn":
      return value instanceof ExceptionValue;
    case "list":
      return value instanceof List;
    case "array":
      return Array.isArray(value);
    case "set":
      return value instanceof OrderedSet;
    case "map":
      return value instanceof OrderedMap;
    case "ref":
      return value instanceof RefCell;
    case "option":
      return shapeOf(value) === OPTION;
    case "result":
      return shapeOf(value) === RESULT;
    case "tuple": {
      const shape = shapeOf(value);
      return shape?.kind === "tuple" && shape.size === type.items.length;
    }
    case "function":
      return (
        value instanceof Closure ||
        value instanceof HostFunction ||
        value instanceof PartialApplication ||
        value instanceof CaseFunction
      );
    case "anonymous": {
      const shape = shapeOf(value);
      return shape?.kind === "record" && type.fields.every((field) => shape.indexOf.has(field.label));
    }
    case "named": {
      const expected = module.shapes[type.definition];
      return value instanceof ExceptionValue ? value.shape === expected : shapeOf(value) === expected;
    }
    case "host":
      return value instanceof HostObject && value.typeName === type.name;
    case "seq":
      return (
        value instanceof List ||
        Array.isArray(value) ||
        typeof value === "string" ||
        value instanceof OrderedSet ||
        value instanceof OrderedMap ||
        value instanceof Sequence
      );
    case "async":
      return value instanceof AsyncValue;
    case "lazy":
      return value instanceof LazyValue;
  }
}

function shapeOf(value: Value): Product["shape"] | undefined {
  return typeof value === "object" && value !== null && "shape" in value
    ? (value as Product).shape
    : undefined;
}
