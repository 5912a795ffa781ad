/** Whether a dynamic value is of a type: all of it, because afterwards nothing asks again. */
import type { ExecutableModule } from "../machine/code.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { partsOfType } from "../types/type-parts.js";
import { AsyncValue } from "./async-value.js";
import type { Charge } from "./charge.js";
import { FieldTypes } from "./field-types.js";
import { isFunction } from "./kind.js";
import { LazyValue } from "./lazy-value.js";
import { OrderedMap } from "./ordered-map.js";
import { OrderedSet } from "./ordered-set.js";
import { fieldsOf, OPTION, RESULT, shapeOf, slotAt } from "./product.js";
import { Sequence } from "./sequence.js";
import {
  BoxedChar,
  BoxedFloat,
  ExceptionValue,
  HostObject,
  List,
  NIL,
  type Product,
  RefCell,
  type Value,
} from "./value.js";

/**
 * Whether the value and everything in it has the type. An int is no float and a string no char; only inside a collection, where floats and chars
 * carry no box, is a number taken for either sort and a string of one unit for a char. What a function, an Async, a lazy or a computed sequence
 * gives cannot be known before it is asked. `charge` pays a unit for each part that is looked at.
 */
export function hasType(
  value: Value,
  type: TypeDescriptor,
  module: ExecutableModule,
  charge: Charge,
): boolean {
  if (!hasOuterType(value, type, module)) return false;
  return isWhole(value, type) || new PartsTest(module, charge).passes(value, type);
}

/** Whether the outermost constructor fits; parts are not looked at. */
export function hasOuterType(value: Value, type: TypeDescriptor, module: ExecutableModule): boolean {
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
      return productShape(value) === OPTION;
    case "result":
      return productShape(value) === RESULT;
    case "tuple": {
      const shape = productShape(value);
      return shape?.kind === "tuple" && shape.size === type.items.length;
    }
    case "function":
      return isFunction(value);
    case "anonymous": {
      const shape = productShape(value);
      return (
        shape?.kind === "record" &&
        shape.anonymous &&
        shape.labels.length === type.fields.length &&
        type.fields.every((field) => shape.indexOf.has(field.label))
      );
    }
    case "named": {
      const expected = module.shapes[type.definition];
      return value instanceof ExceptionValue ? value.shape === expected : productShape(value) === expected;
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

/** Any value is of this type. */
export function isOpen(type: TypeDescriptor): boolean {
  return type.kind === "any" || type.kind === "variable";
}

export function productShape(value: Value): Product["shape"] | undefined {
  return typeof value === "object" && value !== null ? shapeOf(value) : undefined;
}

/** Nothing inside a value of this type can be of another one: the type has no parts, or its values were made by typed code. */
function isWhole(value: Value, type: TypeDescriptor): boolean {
  switch (type.kind) {
    // What they give cannot be known.
    case "function":
    case "async":
    case "lazy":
      return true;
    default:
      return value === NIL || partsOfType(type).every(isOpen);
  }
}

type Part = readonly [value: Value, type: TypeDescriptor];

/** Walks over the parts with a list of its own, because values may be nested as deeply as a program likes. */
class PartsTest {
  readonly #pending: Part[] = [];
  readonly #fields: FieldTypes;
  /** Values that can contain themselves, with the types that they were looked at as. */
  readonly #seen = new Map<object, Set<string>>();

  constructor(
    private readonly module: ExecutableModule,
    private readonly charge: Charge,
  ) {
    this.#fields = new FieldTypes(module.data.definitions);
  }

  passes(value: Value, type: TypeDescriptor): boolean {
    if (!this.#addParts(value, type)) return false;
    for (let part = this.#pending.pop(); part !== undefined; part = this.#pending.pop()) {
      if (!this.#addParts(...part)) return false;
    }
    return true;
  }

  /** False when a part cannot be of its type. */
  #addParts(value: Value, type: TypeDescriptor): boolean {
    switch (type.kind) {
      case "list":
        return this.#addList(value as List, type.item);
      case "array":
        return this.#isKnown(value as object, type) || this.#addAll(value as readonly Value[], type.item);
      case "set":
        return this.#addAll((value as OrderedSet).keys(), type.item);
      case "map":
        return this.#addEntries(value as OrderedMap, type.key, type.value);
      case "seq":
        return this.#addElements(value, type.item);
      case "ref":
        return this.#isKnown(value as object, type) || this.#add((value as RefCell).contents, type.item);
      case "option":
        return (value as Product).tag === 0 || this.#add(slotAt(value as Product, 0), type.item);
      case "result":
        return this.#add(slotAt(value as Product, 0), (value as Product).tag === 0 ? type.ok : type.error);
      case "tuple":
        return type.items.every((item, index) => this.#add(slotAt(value as Product, index), item));
      case "anonymous":
        return type.fields.every((field, index) => this.#add(slotAt(value as Product, index), field.type));
      case "named":
        return this.#addFields(value, type);
      default:
        return true;
    }
  }

  /** Looks at a part, and remembers it when it has parts itself. */
  #add(value: Value, type: TypeDescriptor): boolean {
    this.charge(1);
    if (!hasInnerType(value, type, this.module)) return false;
    if (!isWhole(value, type)) this.#pending.push([value, type]);
    return true;
  }

  #addAll(values: readonly Value[], type: TypeDescriptor): boolean {
    if (isOpen(type)) return true;
    for (const value of values) if (!this.#add(value, type)) return false;
    return true;
  }

  #addList(list: List, type: TypeDescriptor): boolean {
    for (let rest = list; rest !== NIL; rest = rest.tail) if (!this.#add(rest.head, type)) return false;
    return true;
  }

  #addEntries(map: OrderedMap, key: TypeDescriptor, value: TypeDescriptor): boolean {
    for (const [k, v] of map) if (!this.#add(k, key) || !this.#add(v, value)) return false;
    return true;
  }

  #addElements(value: Value, item: TypeDescriptor): boolean {
    if (value instanceof List) return this.#addList(value, item);
    if (Array.isArray(value)) return this.#isKnown(value, item) || this.#addAll(value, item);
    if (value instanceof OrderedSet) return this.#addAll(value.keys(), item);
    if (typeof value === "string") return item.kind === "char";
    if (value instanceof OrderedMap)
      return (
        item.kind === "tuple" &&
        item.items.length === 2 &&
        this.#addEntries(value, item.items[0] as TypeDescriptor, item.items[1] as TypeDescriptor)
      );
    return true;
  }

  #addFields(value: Value, type: TypeDescriptor & { readonly kind: "named" }): boolean {
    if (this.#isKnown(value as object, type)) return true;
    if (value instanceof ExceptionValue) {
      const declared = this.#fields.ofRecord(type);
      return value.fields.every((field, index) => this.#add(field, declared[index]?.type ?? ANY));
    }
    const product = value as Product;
    const declared =
      product.tag === undefined ? this.#fields.ofRecord(type) : this.#fields.ofCase(type, product.tag);
    return fieldsOf(product).every((field, index) => this.#add(field, declared[index]?.type ?? ANY));
  }

  #isKnown(value: object, type: TypeDescriptor): boolean {
    const key = JSON.stringify(type);
    let types = this.#seen.get(value);
    if (types === undefined) {
      types = new Set();
      this.#seen.set(value, types);
    }
    if (types.has(key)) return true;
    types.add(key);
    return false;
  }
}

const ANY: TypeDescriptor = { kind: "any" };

/** As `hasOuterType`, for a part of a collection: there, floats and chars have no box. */
function hasInnerType(value: Value, type: TypeDescriptor, module: ExecutableModule): boolean {
  if (type.kind === "float" && typeof value === "number") return true;
  if (type.kind === "char" && typeof value === "string") return value.length === 1;
  return hasOuterType(value, type, module);
}
