/** Values of a script as values of the host. */
import { FusabiError } from "../errors.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { AsyncValue } from "./async-value.js";
import { ANY, type Conversion, isOpenOption, isTag, isTaggedOption, labelStep, Place } from "./conversion.js";
import { FieldTypes, type TypedField } from "./field-types.js";
import { isFunction, kindOf } from "./kind.js";
import { OrderedCollection } from "./ordered-collection.js";
import { OPTION, RESULT, shapeOf, sizeOf, slotAt } from "./product.js";
import { elementsOf, Sequence } from "./sequence.js";
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
 * Converts a script's value by its type; where that is `any` or a variable, by the value's own shape. Ints are numbers when safe, else bigints; lists,
 * arrays, tuples and seqs arrays; records plain objects with their labels as own properties, whatever these are; maps and sets Map and Set; None is `null` and
 * Some the value, but `{ some: value }` for an option of an option or of unit, and where the value would read as `null` or as such a tag; Ok and Error
 * `{ ok: true, value }` and `{ ok: false, error }`; other union cases `{ tag, fields }`; exceptions FusabiErrors; Asyncs promises, which starts them.
 *
 * @throws ConversionError with the path to what does not fit its type, is nested more than 1,000 levels deep, or has no form outside.
 * @example
 * toHost(some(3), { kind: "option", item: { kind: "int" } }, conversion); // 3
 */
export function toHost(value: Value, type: TypeDescriptor, conversion: Conversion, root = "$"): unknown {
  return new ToHost(conversion, new Place(root)).convert(value, type);
}

class ToHost {
  readonly #fieldTypes: FieldTypes;

  constructor(
    private readonly conversion: Conversion,
    private readonly place: Place,
  ) {
    this.#fieldTypes = new FieldTypes(conversion.definitions);
  }

  convert(value: Value, type: TypeDescriptor): unknown {
    switch (type.kind) {
      case "any":
      case "variable":
        return this.#byShape(value);
      case "unit":
        if (value === undefined) return undefined;
        break;
      case "int":
        if (typeof value === "bigint" || Number.isSafeInteger(value)) return value;
        break;
      case "float":
        if (typeof value === "number") return value;
        if (value instanceof BoxedFloat) return value.value;
        break;
      case "bool":
        if (typeof value === "boolean") return value;
        break;
      case "string":
        if (typeof value === "string") return value;
        break;
      case "char":
        if (typeof value === "string" && value.length === 1) return value;
        if (value instanceof BoxedChar) return value.value;
        break;
      case "exn":
        if (value instanceof ExceptionValue) return errorOf(value);
        break;
      case "list":
        if (value instanceof List) return this.#list(value, type.item);
        break;
      case "array":
        if (Array.isArray(value)) return this.#array(value as readonly Value[], type.item);
        break;
      case "seq":
        return this.#seq(value, type.item);
      case "tuple":
        if (isShape(value, "tuple") && sizeOf(value) === type.items.length)
          return this.#tuple(value, type.items);
        break;
      case "set":
        if (value instanceof OrderedCollection && value.kind === "set") return this.#set(value, type.item);
        break;
      case "map":
        if (value instanceof OrderedCollection && value.kind === "map")
          return this.#map(value, type.key, type.value);
        break;
      case "option":
        if (isShape(value, "union") && value.shape === OPTION) return this.#option(value, type.item);
        break;
      case "result":
        if (isShape(value, "union") && value.shape === RESULT)
          return this.#result(value, type.ok, type.error);
        break;
      case "function":
        if (isFunction(value)) return this.conversion.wrapFunction(value, type);
        break;
      case "async":
        if (value instanceof AsyncValue) return this.#async(value, type.item);
        break;
      case "ref":
        if (value instanceof RefCell) return { contents: this.#part(".contents", value.contents, type.item) };
        break;
      case "host":
        if (value === null) return null;
        if (value instanceof HostObject && value.typeName === type.name) return value.target;
        break;
      case "anonymous":
        if (isShape(value, "record") && type.fields.every((field) => value.shape.indexOf.has(field.label))) {
          const types = new Map(type.fields.map((field) => [field.label, field.type]));
          return this.#record(value, (label) => types.get(label) ?? ANY);
        }
        break;
      case "named":
        return this.#named(value, type);
      case "lazy":
        break;
    }
    throw this.place.mismatch(wordFor(type), kindOf(value));
  }

  #byShape(value: Value): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof List) return this.#list(value, ANY);
    if (Array.isArray(value)) return this.#array(value as readonly Value[], ANY);
    if (value instanceof BoxedFloat || value instanceof BoxedChar) return value.value;
    if (isShape(value, "tuple")) return this.#tuple(value, []);
    if (isShape(value, "record")) return this.#record(value, () => ANY);
    if (isShape(value, "union")) {
      if (value.shape === OPTION) return this.#option(value, ANY);
      if (value.shape === RESULT) return this.#result(value, ANY, ANY);
      return this.#case(value, []);
    }
    if (value instanceof OrderedCollection) {
      return value.kind === "map" ? this.#map(value, ANY, ANY) : this.#set(value, ANY);
    }
    if (isFunction(value)) return this.conversion.wrapFunction(value, ANY);
    if (value instanceof HostObject) return value.target;
    if (value instanceof ExceptionValue) return errorOf(value);
    if (value instanceof RefCell) return { contents: this.#part(".contents", value.contents, ANY) };
    if (value instanceof Sequence) return this.#seq(value, ANY);
    if (value instanceof AsyncValue) return this.#async(value, ANY);
    throw new TypeError("an object that is no Fusabi value");
  }

  #named(value: Value, type: NamedType): unknown {
    const { definition, args } = type;
    const data = this.conversion.definitions[definition];
    const shape = this.conversion.shapes[definition];
    if (data === undefined || shape === undefined)
      throw this.place.error(`its type refers to definition ${definition}, which does not exist`);
    switch (data.kind) {
      case "record":
        if (isShape(value, "record") && (value.shape === shape || value.shape.name === data.name)) {
          return this.#declaredRecord(value, this.#fieldTypes.ofRecord(type));
        }
        break;
      case "union":
        if (isShape(value, "union") && (value.shape === shape || value.shape.name === data.name)) {
          return this.#case(value, this.#fieldTypes.ofCase(type, value.tag ?? 0));
        }
        break;
      case "exception":
        if (value instanceof ExceptionValue) return errorOf(value);
        break;
      case "builtin":
        if (data.name === "option") return this.convert(value, { kind: "option", item: args[0] ?? ANY });
        if (data.name === "Result")
          return this.convert(value, { kind: "result", ok: args[0] ?? ANY, error: args[1] ?? ANY });
        if (value instanceof ExceptionValue) return errorOf(value);
    }
    throw this.place.mismatch(data.name, kindOf(value));
  }

  #part(step: string | number, value: Value, type: TypeDescriptor): unknown {
    this.place.enter(step);
    const converted = this.convert(value, type);
    this.place.leave();
    return converted;
  }

  #list(list: List, item: TypeDescriptor): unknown[] {
    const array: unknown[] = [];
    for (let cell = list; cell !== NIL; cell = cell.tail)
      array.push(this.#part(array.length, cell.head, item));
    return array;
  }

  #array(values: readonly Value[], item: TypeDescriptor): unknown[] {
    return values.map((value, index) => this.#part(index, value, item));
  }

  #seq(value: Value, item: TypeDescriptor): unknown[] {
    if (value instanceof List) return this.#list(value, item);
    if (Array.isArray(value)) return this.#array(value as readonly Value[], item);
    if (typeof value === "string") return value.split("");
    const array: unknown[] = [];
    if (value instanceof OrderedCollection) {
      const [keyType, valueType] = item.kind === "tuple" ? item.items : [];
      value.forEach((key, held) => {
        const index = array.length;
        if (value.kind === "set") array.push(this.#part(index, key, item));
        else array.push([this.#part(index, key, keyType ?? ANY), this.#part(index, held, valueType ?? ANY)]);
      });
      return array;
    }
    if (!(value instanceof Sequence)) throw this.place.mismatch("seq", kindOf(value));
    for (const element of elementsOf(value, this.conversion.run))
      array.push(this.#part(array.length, element, item));
    return array;
  }

  #tuple(value: Product, types: readonly TypeDescriptor[]): unknown[] {
    const array: unknown[] = [];
    const size = sizeOf(value);
    for (let index = 0; index < size; index++)
      array.push(this.#part(index, slotAt(value, index), types[index] ?? ANY));
    return array;
  }

  #declaredRecord(value: RecordValue, fields: readonly TypedField[]): object {
    return this.#record(value, (label, index) => {
      const declared = fields[index];
      return declared?.label === label ? declared.type : ANY;
    });
  }

  #record(value: RecordValue, typeOf: (label: string, index: number) => TypeDescriptor): object {
    const { shape } = value;
    if (shape.identity)
      throw this.place.error(`an object of the class ${shape.name} cannot leave the script`);
    const object: Record<string, unknown> = {};
    shape.labels.forEach((label, index) => {
      const field = this.#part(labelStep(label), slotAt(value, index), typeOf(label, index));
      // Assigning could meet a setter that the object inherits, as __proto__; defining never does.
      if (label in object)
        Object.defineProperty(object, label, {
          value: field,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      else object[label] = field;
    });
    return object;
  }

  #case(value: UnionValue, types: readonly TypedField[]): object {
    const one = value.shape.cases[value.tag ?? 0];
    const fields: unknown[] = [];
    for (let index = 0; index < (one?.size ?? 0); index++) {
      fields.push(this.#part(`.fields[${index}]`, slotAt(value, index), types[index]?.type ?? ANY));
    }
    return { tag: one?.name ?? "", fields };
  }

  #option(value: Product, item: TypeDescriptor): unknown {
    if (value.tag === 0) return null;
    const inner = this.#part(".some", slotAt(value, 0), item);
    if (isTaggedOption(item)) return { some: inner };
    return isOpenOption(item) && (inner === null || inner === undefined || isTag(inner))
      ? { some: inner }
      : inner;
  }

  #result(value: Product, ok: TypeDescriptor, error: TypeDescriptor): object {
    const inner = slotAt(value, 0);
    return value.tag === 0
      ? { ok: true, value: this.#part(".value", inner, ok) }
      : { ok: false, error: this.#part(".error", inner, error) };
  }

  #set(value: OrderedCollection, item: TypeDescriptor): Set<unknown> {
    const set = new Set<unknown>();
    value.forEach((element) => {
      set.add(this.#part(set.size, element, item));
    });
    return set;
  }

  #map(value: OrderedCollection, key: TypeDescriptor, held: TypeDescriptor): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    value.forEach((one, inner) => {
      const step = typeof one === "string" ? labelStep(one) : map.size;
      map.set(this.#part(step, one, key), this.#part(step, inner, held));
    });
    return map;
  }

  #async(value: AsyncValue, item: TypeDescriptor): Promise<unknown> {
    const path = this.place.path();
    const promise = this.conversion.start(value, (result) => toHost(result, item, this.conversion, path));
    // A host that does not know of the promise, or never gets it because something else in the value does not cross, must not end with an unhandled rejection.
    promise.catch(() => undefined);
    return promise;
  }
}

type NamedType = TypeDescriptor & { readonly kind: "named" };
type RecordValue = Product & { readonly shape: { readonly kind: "record" } };
type UnionValue = Product & { readonly shape: { readonly kind: "union" } };
type TupleValue = Product & { readonly shape: { readonly kind: "tuple" } };

function isShape(value: Value, kind: "record"): value is RecordValue;
function isShape(value: Value, kind: "union"): value is UnionValue;
function isShape(value: Value, kind: "tuple"): value is TupleValue;
function isShape(value: Value, kind: string): boolean {
  return typeof value === "object" && value !== null && shapeOf(value)?.kind === kind;
}

/** The exception as an error that the host can throw; its fields do not cross. */
function errorOf(exception: ExceptionValue): FusabiError {
  return new FusabiError(
    exception.message,
    exception.code,
    exception.trace ?? [],
    exception.cause === undefined ? undefined : { cause: exception.cause },
  );
}

/** The kind of values of a type, for messages. */
function wordFor(type: TypeDescriptor): string {
  switch (type.kind) {
    case "anonymous":
      return `record with the labels ${type.fields.map((field) => field.label).join(", ")}`;
    case "tuple":
      return `tuple of ${type.items.length}`;
    case "host":
      return `#${type.name}`;
    case "lazy":
      return "a type that can leave the script (a lazy value cannot)";
    default:
      return type.kind;
  }
}
