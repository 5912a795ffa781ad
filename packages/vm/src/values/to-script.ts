/** Values of the host as values of a script. */
import { FusabiError } from "../errors.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { AsyncValue } from "./async-value.js";
import { ANY, type Conversion, isOpenOption, isTag, isTaggedOption, labelStep, Place } from "./conversion.js";
import { runtimeException } from "./exception.js";
import { FieldTypes, type TypedField } from "./field-types.js";
import { normalise } from "./int.js";
import { OrderedMap } from "./ordered-map.js";
import { OrderedSet } from "./ordered-set.js";
import { error, NONE, ok, some, tupleShape } from "./product.js";
import { ARRAY_BYTES, CONS_BYTES, SLOT_BYTES, STRING_BYTES, UNIT_BYTES } from "./size.js";
import {
  BoxedFloat,
  ExceptionValue,
  HostObject,
  List,
  NIL,
  type Product,
  type RecordShape,
  RefCell,
  type UnionShape,
  type Value,
} from "./value.js";

const LEAST_INT = -(2n ** 63n);
const GREATEST_INT = 2n ** 63n - 1n;

/**
 * Converts a value of the host by the type that the script expects; the forms are those that `toHost` gives. Beside them, an array will do for a list, array,
 * tuple, set or seq, a plain object for a map with string keys, `undefined` for None, and a missing property for a label whose type is an option. Where the type is `any` or
 * a variable, the value's shape decides: whole safe numbers are ints and other numbers floats, arrays arrays, plain objects records, other objects opaque host objects.
 * Every property is read once.
 *
 * @throws ConversionError with the path to what does not fit, contains itself, is nested more than 1,000 levels deep, or threw when it was read.
 * @example
 * toScript([1, 2], { kind: "list", item: { kind: "int" } }, conversion); // [1; 2]
 */
export function toScript(value: unknown, type: TypeDescriptor, conversion: Conversion, root = "$"): Value {
  return new ToScript(conversion, new Place(root)).convert(value, type);
}

class ToScript {
  /** Objects that the current place is inside of: meeting one again means that the value contains itself. */
  readonly #around = new Set<object>();
  readonly #fieldTypes: FieldTypes;

  constructor(
    private readonly conversion: Conversion,
    private readonly place: Place,
  ) {
    this.#fieldTypes = new FieldTypes(conversion.definitions);
  }

  convert(value: unknown, type: TypeDescriptor): Value {
    switch (type.kind) {
      case "any":
      case "variable":
        return this.#byShape(value);
      case "unit":
        if (value === undefined || value === null) return undefined;
        break;
      case "int":
        return this.#int(value);
      case "float":
        if (typeof value === "number") return value;
        break;
      case "bool":
        if (typeof value === "boolean") return value;
        break;
      case "string":
        if (typeof value === "string") return this.#string(value);
        break;
      case "char":
        if (typeof value === "string" && value.length === 1) return value;
        break;
      case "exn":
        if (this.#isA(value, Error)) return exceptionOf(value);
        break;
      case "list":
        return this.#inside(this.#elementsOf(value, type), (elements) => this.#list(elements, type.item));
      case "array":
      case "seq":
        return this.#inside(this.#elementsOf(value, type), (elements) => this.#array(elements, type.item));
      case "set":
        return this.#set(value, type);
      case "tuple":
        return this.#inside(this.#elementsOf(value, type), (elements) => this.#tuple(elements, type.items));
      case "map":
        return this.#map(value, type.key, type.value);
      case "option":
        return this.#option(value, type.item);
      case "result":
        return this.#inside(this.#objectOf(value, "{ ok, value } or { ok, error }"), (object) =>
          this.#result(object, type.ok, type.error),
        );
      case "function":
        if (typeof value === "function") return this.conversion.unwrapFunction(value as HostCallable, type);
        break;
      case "async":
        return this.#async(value, type.item);
      case "ref":
        return this.#inside(this.#objectOf(value, "{ contents }"), (object) => {
          return new RefCell(this.#part(".contents", this.#read(object, "contents"), type.item));
        });
      case "host":
        if (value === null) return null;
        if (typeof value === "object" || typeof value === "function")
          return new HostObject(type.name, value as object);
        break;
      case "anonymous":
        return this.#inside(this.#objectOf(value, "an object"), (object) =>
          this.#fields(
            object,
            type.fields,
            this.conversion.anonymousShapes.shapeOf(type.fields.map((field) => field.label)),
          ),
        );
      case "named":
        return this.#named(value, type);
      case "lazy":
        throw this.place.error("a lazy value cannot come from the host");
    }
    throw this.place.mismatch(type.kind === "host" ? `#${type.name}` : type.kind, this.#describe(value));
  }

  #byShape(value: unknown): Value {
    switch (typeof value) {
      case "undefined":
      case "boolean":
        return value;
      case "string":
        return this.#string(value);
      case "number":
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : new BoxedFloat(value);
      case "bigint":
        return this.#int(value);
      case "function":
        return this.conversion.unwrapFunction(value as HostCallable, ANY);
      case "object":
        return value === null ? null : this.#objectByShape(value);
      default:
        throw this.place.error(`a ${typeof value} has no form in a script`);
    }
  }

  #objectByShape(value: object): Value {
    if (this.#attempt(() => Array.isArray(value))) {
      return this.#inside(value as readonly unknown[], (elements) => this.#array(elements, ANY));
    }
    if (this.#isA(value, Map)) return this.#map(value, ANY, ANY);
    if (this.#isA(value, Set)) return this.#set(value, { kind: "set", item: ANY });
    const prototype: unknown = this.#attempt(() => Object.getPrototypeOf(value));
    if (this.#attempt(() => isPlainPrototype(prototype))) {
      return this.#inside(value, (object) => {
        const labels = this.#attempt(() => Object.keys(object)).sort();
        const shape = this.conversion.anonymousShapes.shapeOf(labels);
        return shape.make(
          labels.map((label) => this.#part(labelStep(label), this.#read(object, label), ANY)),
        );
      });
    }
    if (this.#attempt(() => isThenable(value))) {
      throw this.place.error(
        "a promise has no form in a script; give the function a type with Async, or let it wait",
      );
    }
    return new HostObject(
      this.#attempt(() => classNameOf(prototype)),
      value,
    );
  }

  #named(value: unknown, type: TypeDescriptor & { readonly kind: "named" }): Value {
    const { definition, args } = type;
    const data = this.conversion.definitions[definition];
    const shape = this.conversion.shapes[definition];
    if (data === undefined || shape === undefined)
      throw this.place.error(`its type refers to definition ${definition}, which does not exist`);
    switch (data.kind) {
      case "record":
        if (data.identity)
          throw this.place.error(`an object of the class ${data.name} cannot come from the host`);
        return this.#inside(this.#objectOf(value, `an object for ${data.name}`), (object) =>
          this.#fields(object, this.#fieldTypes.ofRecord(type), shape as RecordShape),
        );
      case "union":
        return this.#inside(this.#objectOf(value, `{ tag, fields } for ${data.name}`), (object) =>
          this.#case(object, shape as UnionShape, (tag) => this.#fieldTypes.ofCase(type, tag)),
        );
      case "exception":
        return this.convert(value, { kind: "exn" });
      case "builtin":
        if (data.name === "option") return this.convert(value, { kind: "option", item: args[0] ?? ANY });
        if (data.name === "Result")
          return this.convert(value, { kind: "result", ok: args[0] ?? ANY, error: args[1] ?? ANY });
        return this.convert(value, { kind: "exn" });
    }
  }

  #int(value: unknown): Value {
    if (typeof value === "number") {
      if (Number.isSafeInteger(value)) return value + 0;
      const problem = Number.isInteger(value)
        ? "which is not exact any more; pass a bigint"
        : "which is not whole";
      throw this.place.error(
        `expected int, got ${value}, ${Number.isFinite(value) ? problem : "which is no whole number"}`,
      );
    }
    if (typeof value !== "bigint") throw this.place.mismatch("int", this.#describe(value));
    if (value < LEAST_INT || value > GREATEST_INT)
      throw this.place.error("expected int, got a bigint of more than 64 bits");
    return normalise(value);
  }

  #string(text: string): string {
    this.conversion.allocate(STRING_BYTES + text.length * UNIT_BYTES);
    return text;
  }

  #list(elements: readonly unknown[], item: TypeDescriptor): List {
    const converted = this.#array(elements, item);
    this.conversion.allocate(converted.length * CONS_BYTES);
    let list = NIL;
    for (let index = converted.length - 1; index >= 0; index--) list = new List(converted[index], list);
    return list;
  }

  #array(elements: readonly unknown[], item: TypeDescriptor): Value[] {
    const length = this.#lengthOf(elements);
    this.place.require(length);
    this.conversion.allocate(ARRAY_BYTES + length * SLOT_BYTES);
    const converted: Value[] = [];
    for (let index = 0; index < length; index++)
      converted.push(this.#part(index, this.#read(elements, index), item));
    return converted;
  }

  #tuple(elements: readonly unknown[], types: readonly TypeDescriptor[]): Value {
    const length = this.#lengthOf(elements);
    if (length !== types.length)
      throw this.place.error(`expected an array of ${types.length} elements for a tuple, got ${length}`);
    return tupleShape(length).make(
      types.map((type, index) => this.#part(index, this.#read(elements, index), type)),
    );
  }

  #set(value: unknown, type: TypeDescriptor & { readonly item: TypeDescriptor }): OrderedSet {
    const elements = this.#isA(value, Set)
      ? this.#attempt(() => [...(value as Set<unknown>)])
      : this.#elementsOf(value, type);
    return this.#inside(value as object, () => {
      const converted = this.#array(elements, type.item);
      return this.#ordered(() => OrderedSet.of(converted));
    });
  }

  #map(value: unknown, key: TypeDescriptor, held: TypeDescriptor): OrderedMap {
    const entries = this.#entriesOf(value, key);
    return this.#inside(value as object, () => {
      const converted = entries.map(([one, inner], index): [Value, Value] => {
        const step = typeof one === "string" ? labelStep(one) : index;
        return [this.#part(step, one, key), this.#part(step, inner, held)];
      });
      return this.#ordered(() => OrderedMap.of(converted));
    });
  }

  /** Of a Map, or of a plain object when keys are strings. */
  #entriesOf(value: unknown, key: TypeDescriptor): readonly (readonly [unknown, unknown])[] {
    if (this.#isA(value, Map)) return this.#attempt(() => [...(value as Map<unknown, unknown>)]);
    if (key.kind !== "string") throw this.place.mismatch("a Map", this.#describe(value));
    const object = this.#objectOf(value, "a Map or an object");
    return this.#attempt(() => Object.keys(object)).map((label) => [label, this.#read(object, label)]);
  }

  #option(value: unknown, item: TypeDescriptor): Product {
    if (value === null || value === undefined) return NONE;
    const tagged = isTaggedOption(item);
    if ((tagged || isOpenOption(item)) && this.#attempt(() => isTag(value))) {
      return this.#inside(value as object, (object) =>
        some(this.#part(".some", this.#read(object, "some"), item)),
      );
    }
    if (tagged) throw this.place.mismatch("null or { some: value }", this.#describe(value));
    return some(this.convert(value, item));
  }

  #result(object: object, okType: TypeDescriptor, errorType: TypeDescriptor): Value {
    const isOk = this.#read(object, "ok");
    if (isOk === true) return ok(this.#part(".value", this.#read(object, "value"), okType));
    if (isOk === false) return error(this.#part(".error", this.#read(object, "error"), errorType));
    throw this.place.error(
      "expected { ok: true, value } or { ok: false, error }; its 'ok' is neither true nor false",
    );
  }

  #case(object: object, shape: UnionShape, fieldsOf: (tag: number) => readonly TypedField[]): Value {
    const name = this.#read(object, "tag");
    const one = shape.cases.find((candidate) => candidate.name === name);
    if (one === undefined) {
      const given = typeof name === "string" ? `'${name.slice(0, 80)}'` : this.#describe(name);
      throw this.place.error(
        `${shape.name} has no case ${given}; it has ${shape.cases.map((candidate) => candidate.name).join(", ")}`,
      );
    }
    const given = this.#read(object, "fields");
    const fields = given === undefined && one.size === 0 ? [] : given;
    if (
      !this.#attempt(() => Array.isArray(fields)) ||
      this.#lengthOf(fields as readonly unknown[]) !== one.size
    ) {
      throw this.place.error(
        `case ${one.name} takes an array 'fields' of ${one.size} element${one.size === 1 ? "" : "s"}`,
      );
    }
    return one.make(
      fieldsOf(one.tag).map((field, index) =>
        this.#part(`.fields[${index}]`, this.#read(fields as object, index), field.type),
      ),
    );
  }

  /** Reads the labels of a type; other properties of the object do not matter. */
  #fields(object: object, fields: readonly TypedField[], shape: RecordShape): Value {
    const values = fields.map((field) => {
      const label = field.label ?? "";
      if (field.type.kind !== "option" && !this.#attempt(() => Object.hasOwn(object, label))) {
        throw this.place.error(`the property '${label.slice(0, 80)}' is missing`);
      }
      return this.#part(labelStep(label), this.#read(object, label), field.type);
    });
    return shape.make(values);
  }

  #async(value: unknown, item: TypeDescriptor): AsyncValue {
    const path = this.place.path();
    const promise = Promise.resolve(value);
    return this.conversion.promised(promise.then((result) => toScript(result, item, this.conversion, path)));
  }

  #part(step: string | number, value: unknown, type: TypeDescriptor): Value {
    this.place.enter(step);
    const converted = this.convert(value, type);
    this.place.leave();
    return converted;
  }

  /** Converts the parts of an object, which none of them may be. */
  #inside<T extends object, R extends Value>(object: T, convert: (object: T) => R): R {
    if (this.#around.has(object)) throw this.place.error("contains itself");
    this.#around.add(object);
    const converted = convert(object);
    this.#around.delete(object);
    return converted;
  }

  #elementsOf(value: unknown, type: TypeDescriptor): readonly unknown[] {
    if (this.#attempt(() => Array.isArray(value))) return value as readonly unknown[];
    if (
      (type.kind === "seq" || type.kind === "array") &&
      ArrayBuffer.isView(value) &&
      !(value instanceof DataView)
    ) {
      return Array.from(value as unknown as ArrayLike<unknown>);
    }
    throw this.place.mismatch(`an array for ${type.kind}`, this.#describe(value));
  }

  #objectOf(value: unknown, expected: string): object {
    if (typeof value !== "object" || value === null || this.#attempt(() => Array.isArray(value))) {
      throw this.place.mismatch(expected, this.#describe(value));
    }
    return value;
  }

  #lengthOf(elements: readonly unknown[]): number {
    return this.#attempt(() => elements.length);
  }

  /** An own property, read once; undefined when there is none. What is inherited does not count. */
  #read(object: object, label: string | number): unknown {
    return this.#attempt(() =>
      Object.hasOwn(object, label) ? (object as Record<string | number, unknown>)[label] : undefined,
    );
  }

  /** Runs what may meet a getter or a proxy of the host. */
  #attempt<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      throw this.place.error("reading it failed", cause);
    }
  }

  /** `instanceof` asks a proxy for its prototype, and that may throw. */
  #isA<T>(value: unknown, constructor: new (...args: never[]) => T): value is T {
    return this.#attempt(() => value instanceof constructor);
  }

  #describe(value: unknown): string {
    return this.#attempt(() => describe(value));
  }

  /** Builds a map or set; keys of kinds that have no order are refused. */
  #ordered<T>(build: () => T): T {
    try {
      return build();
    } catch (cause) {
      if (cause instanceof ExceptionValue)
        throw this.place.error(`its keys cannot be put in order: ${cause.message}`, cause);
      throw cause;
    }
  }
}

type HostCallable = (...args: unknown[]) => unknown;

/** Objects of literals, of JSON and without prototype, from whatever realm. */
function isPlainPrototype(prototype: unknown): boolean {
  return prototype === null || (typeof prototype === "object" && Object.getPrototypeOf(prototype) === null);
}

function isThenable(value: object): boolean {
  return value instanceof Promise || ("then" in value && typeof value.then === "function");
}

/** The name of the class that an object was made by, without running any code of it. */
function classNameOf(prototype: unknown): string {
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof constructor !== "function") return "object";
  const name: unknown = Object.getOwnPropertyDescriptor(constructor, "name")?.value;
  return typeof name === "string" && name !== "" ? name.slice(0, 80) : "object";
}

/** An error of the host as an exception that the script can catch. One that came from a script keeps its code. */
function exceptionOf(error: Error): ExceptionValue {
  const code = error instanceof FusabiError ? error.code : "FUS0517";
  return runtimeException(code, error.message, error);
}

/** What a value of the host is, in a word. */
function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? `the number ${value}` : "a number";
  if (typeof value === "string") return value.length === 1 ? `'${value}'` : "a string";
  if (typeof value !== "object") return typeof value;
  if (value instanceof Map) return "a Map";
  if (value instanceof Set) return "a Set";
  return "an object";
}
