/** Values of the host as values of a version 1 program: by the type of a declared result, and by shape where there is none. */
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { ANY, labelStep, Place } from "../values/conversion.js";
import { normalise } from "../values/int.js";
import {
  Float,
  listOf,
  MapValue,
  MutableArray,
  NONE,
  OpaqueValue,
  RecordValue,
  some,
  Tuple,
  type Value,
  Variant,
} from "./value.js";

/** Makes a function of the program from one of the host. */
export type UnwrapFunction = (callee: (...args: unknown[]) => unknown, type: TypeDescriptor) => Value;

/** @throws ConversionError with the path to what does not fit. */
export function fromHostV1(
  value: unknown,
  type: TypeDescriptor,
  unwrapFunction: UnwrapFunction,
  root = "$",
): Value {
  return new FromHost(unwrapFunction, new Place(root)).convert(value, type);
}

class FromHost {
  constructor(
    private readonly unwrapFunction: UnwrapFunction,
    private readonly place: Place,
  ) {}

  convert(value: unknown, type: TypeDescriptor): Value {
    switch (type.kind) {
      case "unit":
        return undefined;
      case "int":
        return this.#int(value);
      case "float":
        if (typeof value === "number") return new Float(value);
        break;
      case "bool":
        if (typeof value === "boolean") return value;
        break;
      case "string":
      case "char":
        if (typeof value === "string") return value;
        break;
      case "list":
        if (Array.isArray(value)) return listOf(this.#all(value, () => type.item));
        break;
      case "array":
      case "seq":
        if (Array.isArray(value)) return new MutableArray(this.#all(value, () => type.item));
        break;
      case "tuple":
        if (Array.isArray(value)) return new Tuple(this.#all(value, (index) => type.items[index]));
        break;
      case "map":
        if (value instanceof Map) return this.#map(value, type.value);
        break;
      case "option":
        return value === null || value === undefined
          ? NONE
          : some(this.#part(".some", untagged(value, type.item), type.item));
      case "result":
        if (isResult(value)) return this.#result(value, type.ok, type.error);
        break;
      case "anonymous":
        if (typeof value === "object" && value !== null)
          return this.#record(
            value,
            type.fields.map((field) => [field.label, field.type]),
          );
        break;
      case "function":
        if (typeof value === "function") return this.unwrapFunction(value as Callable, type);
        break;
      case "host":
        if (typeof value === "object" && value !== null) return new OpaqueValue(type.name, value);
        break;
      case "any":
      case "variable":
        return this.#byShape(value);
    }
    throw this.place.mismatch(type.kind, describe(value));
  }

  #byShape(value: unknown): Value {
    switch (typeof value) {
      case "undefined":
      case "boolean":
      case "string":
        return value;
      case "number":
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : new Float(value);
      case "bigint":
        return this.#int(value);
      case "function":
        return this.unwrapFunction(value as Callable, ANY);
      case "object":
        return value === null ? NONE : this.#objectByShape(value);
      default:
        throw this.place.error(`a ${typeof value} has no form in a script`);
    }
  }

  #objectByShape(value: object): Value {
    if (Array.isArray(value)) return new MutableArray(this.#all(value, () => ANY));
    if (value instanceof Map) return this.#map(value, ANY);
    if (isResult(value)) return this.#result(value, ANY, ANY);
    if (isCase(value))
      return new Variant(
        "",
        value.tag,
        this.#all(value.fields, () => ANY),
      );
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === null || prototype === Object.prototype)
      return this.#record(
        value,
        Object.keys(value).map((label) => [label, ANY]),
      );
    return new OpaqueValue("object", value);
  }

  #part(step: string | number, value: unknown, type: TypeDescriptor): Value {
    this.place.enter(step);
    const converted = this.convert(value, type);
    this.place.leave();
    return converted;
  }

  #all(items: readonly unknown[], typeOf: (index: number) => TypeDescriptor | undefined): Value[] {
    const converted: Value[] = [];
    for (const [index, item] of items.entries())
      converted.push(this.#part(index, item, typeOf(index) ?? ANY));
    return converted;
  }

  #map(map: Map<unknown, unknown>, held: TypeDescriptor): Value {
    const entries = new Map<string, Value>();
    for (const [key, value] of map) {
      if (typeof key !== "string") throw this.place.mismatch("a Map with string keys", describe(key));
      entries.set(key, this.#part(labelStep(key), value, held));
    }
    return new MapValue(entries);
  }

  #record(object: object, fields: readonly (readonly [string, TypeDescriptor])[]): Value {
    const read = object as Readonly<Record<string, unknown>>;
    return new RecordValue(
      new Map(fields.map(([label, type]) => [label, this.#part(labelStep(label), read[label], type)])),
    );
  }

  #result(result: HostResult, okType: TypeDescriptor, errorType: TypeDescriptor): Value {
    return result.ok
      ? new Variant("Result", "Ok", [this.#part(".value", result.value, okType)])
      : new Variant("Result", "Error", [this.#part(".error", result.error, errorType)]);
  }

  #int(value: unknown): Value {
    if (typeof value === "number" && Number.isSafeInteger(value)) return value + 0;
    if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return normalise(value);
    throw this.place.mismatch("int", describe(value));
  }
}

type Callable = (...args: unknown[]) => unknown;

type HostResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };

function isResult(value: unknown): value is HostResult {
  if (typeof value !== "object" || value === null || !("ok" in value)) return false;
  return value.ok === true ? "value" in value : value.ok === false && "error" in value;
}

function isCase(value: object): value is { readonly tag: string; readonly fields: readonly unknown[] } {
  return "tag" in value && typeof value.tag === "string" && "fields" in value && Array.isArray(value.fields);
}

/** An option in an option, or of unit, comes as `{ some: value }`. */
function untagged(value: unknown, item: TypeDescriptor): unknown {
  const tagged = item.kind === "option" || item.kind === "unit";
  return tagged && typeof value === "object" && value !== null && "some" in value ? value.some : value;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}
