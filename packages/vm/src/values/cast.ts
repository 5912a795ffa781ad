/**
 * Values of type `any`, or with `any` somewhere in their type, taken as values of another type: everything in them is checked now, and what has a
 * form of its own inside `any` gets the form of the type.
 */
import type { ExecutableModule } from "../machine/code.js";
import { formatType } from "../types/format-type.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { AnonymousShapes } from "./anonymous-shapes.js";
import { runtimeException } from "./exception.js";
import { FieldTypes } from "./field-types.js";
import { kindOf } from "./kind.js";
import { arrayOfList, type CollectionMeter, listOfArray } from "./list.js";
import { OrderedMap } from "./ordered-map.js";
import { OrderedSet } from "./ordered-set.js";
import { error, fieldsOf, ok, slotAt, some, tupleShape } from "./product.js";
import { ARRAY_BYTES, PRODUCT_BYTES, SLOT_BYTES, treeBytes } from "./size.js";
import { hasOuterType, hasType, isOpen, productShape } from "./type-test.js";
import {
  BoxedChar,
  BoxedFloat,
  type ExceptionValue,
  List,
  NIL,
  type Product,
  type RecordShape,
  type Value,
} from "./value.js";

/** What a cast asks of the machine. */
export interface CastContext extends CollectionMeter {
  readonly conversion: { readonly anonymousShapes: AnonymousShapes };
}

/** Anonymous records that become records of a type may be nested so deep in each other. */
const MAX_NESTING = 1_000;

/**
 * The value as the type has it: floats and chars lose their box, and an anonymous record becomes a record of the declared type, its further
 * fields left out. What needs no change stays the same value; the rest is copied.
 *
 * @throws ExceptionValue FUS0502 when the value, or something in it, is of another type; LimitError when the meter refuses.
 */
export function castValue(
  value: Value,
  type: TypeDescriptor,
  module: ExecutableModule,
  context: CastContext,
): Value {
  return new Cast(module, context).convert(value, type);
}

class Cast {
  readonly #fields: FieldTypes;
  readonly #charge: (units: number) => void;
  /** From the outermost value to the one at hand. */
  readonly #place: (string | number)[] = [];

  constructor(
    private readonly module: ExecutableModule,
    private readonly context: CastContext,
  ) {
    this.#fields = new FieldTypes(module.data.definitions);
    this.#charge = (units) => context.charge(units);
  }

  convert(value: Value, type: TypeDescriptor): Value {
    switch (type.kind) {
      case "any":
      case "variable":
        return value;
      case "float":
        if (typeof value === "number") return value;
        if (value instanceof BoxedFloat) return value.value;
        if (typeof value === "bigint") return Number(value);
        throw this.#mismatch(value, type);
      case "char":
        if (value instanceof BoxedChar) return value.value;
        // What was inside a collection when that became `any` has no box.
        if (typeof value === "string" && value.length === 1) return value;
        throw this.#mismatch(value, type);
      case "named":
        return this.#toDeclared(value, type);
      case "anonymous":
        return this.#toAnonymous(value, type);
      default:
        if (!hasOuterType(value, type, this.module)) throw this.#mismatch(value, type);
        return this.#convertParts(value, type);
    }
  }

  #convertParts(value: Value, type: TypeDescriptor): Value {
    switch (type.kind) {
      case "list":
        return this.#list(value as List, type.item);
      case "array":
        return this.#array(value as readonly Value[], type.item);
      case "set":
        return this.#set(value as OrderedSet, type.item);
      case "map":
        return this.#map(value as OrderedMap, type.key, type.value);
      case "seq":
        return this.#sequence(value, type.item);
      case "option":
        return this.#wrapped(value as Product, type.item, some);
      case "result":
        return (value as Product).tag === 0
          ? this.#wrapped(value as Product, type.ok, ok)
          : this.#wrapped(value as Product, type.error, error);
      case "tuple":
        return this.#tuple(value as Product, type.items);
      case "ref":
        // The cell is shared with those who hold it as it is, so that its content cannot be given another form.
        if (!hasType(value, type, this.module, this.#charge)) throw this.#mismatch(value, type);
        return value;
      default:
        return value;
    }
  }

  // ---------------------------------------------------------------------------------------------- collections

  #list(list: List, item: TypeDescriptor): List {
    if (isOpen(item) || list === NIL) return list;
    const elements = arrayOfList(list, this.context);
    return this.#changed(elements, () => item) ? listOfArray(elements, this.context) : list;
  }

  #array(array: readonly Value[], item: TypeDescriptor): readonly Value[] {
    if (isOpen(item)) return array;
    this.context.charge(array.length);
    this.context.allocate(ARRAY_BYTES + array.length * SLOT_BYTES);
    const elements = [...array];
    return this.#changed(elements, () => item) ? elements : array;
  }

  #set(set: OrderedSet, item: TypeDescriptor): OrderedSet {
    if (isOpen(item)) return set;
    this.context.charge(set.size);
    this.context.allocate(treeBytes(set.size));
    const elements = set.keys();
    return this.#changed(elements, () => item) ? OrderedSet.of(elements, this.#charge) : set;
  }

  #map(map: OrderedMap, keyType: TypeDescriptor, valueType: TypeDescriptor): OrderedMap {
    if (isOpen(keyType) && isOpen(valueType)) return map;
    this.context.charge(map.size);
    this.context.allocate(treeBytes(map.size));
    const entries = [...map].map(([key, value]): [Value, Value] => [key, value]);
    let changed = false;
    for (const entry of entries) {
      if (this.#changed(entry, (at) => (at === 0 ? keyType : valueType))) changed = true;
    }
    return changed ? OrderedMap.of(entries, this.#charge) : map;
  }

  #sequence(value: Value, item: TypeDescriptor): Value {
    if (value instanceof List) return this.#list(value, item);
    if (Array.isArray(value)) return this.#array(value, item);
    if (value instanceof OrderedSet) return this.#set(value, item);
    if (value instanceof OrderedMap && item.kind === "tuple" && item.items.length === 2)
      return this.#map(value, item.items[0] as TypeDescriptor, item.items[1] as TypeDescriptor);
    if ((typeof value === "string" && item.kind !== "char" && !isOpen(item)) || value instanceof OrderedMap)
      throw this.#mismatch(value, { kind: "seq", item });
    return value;
  }

  // ---------------------------------------------------------------------------------------------- products

  #wrapped(value: Product, item: TypeDescriptor, wrap: (content: Value) => Product): Product {
    // `None` has nothing in it.
    if (isOpen(item) || (wrap === some && value.tag === 0)) return value;
    const content = slotAt(value, 0);
    const converted = this.convert(content, item);
    if (converted === content) return value;
    this.context.allocate(PRODUCT_BYTES + SLOT_BYTES);
    return wrap(converted);
  }

  #tuple(value: Product, items: readonly TypeDescriptor[]): Product {
    if (items.every(isOpen)) return value;
    const fields = this.#partsOf(value);
    return this.#changed(fields, (at) => items[at] as TypeDescriptor)
      ? tupleShape(items.length).make(fields)
      : value;
  }

  #toAnonymous(value: Value, type: TypeDescriptor & { readonly kind: "anonymous" }): Value {
    const shape = productShape(value);
    if (shape?.kind !== "record") throw this.#mismatch(value, type);
    const labels = type.fields.map((field) => field.label);
    const fields = this.#fieldsByLabel(value as Product, shape, labels, type);
    const changed = this.#changed(
      fields,
      (at) => (type.fields[at] as { type: TypeDescriptor }).type,
      (at) => labels[at] as string,
    );
    if (!changed && shape.anonymous && shape.labels.length === labels.length) return value;
    return this.context.conversion.anonymousShapes.shapeOf(labels).make(fields);
  }

  #toDeclared(value: Value, type: TypeDescriptor & { readonly kind: "named" }): Value {
    const expected = this.module.shapes[type.definition];
    const actual = productShape(value);
    if (actual?.kind === "record" && actual.anonymous && expected !== undefined && "make" in expected) {
      return this.#declaredOf(value as Product, actual, expected, type);
    }
    if (!hasType(value, type, this.module, this.#charge)) throw this.#mismatch(value, type);
    return value;
  }

  #declaredOf(
    value: Product,
    actual: RecordShape,
    expected: RecordShape,
    type: TypeDescriptor & { readonly kind: "named" },
  ): Product {
    if (expected.identity || this.#place.length > MAX_NESTING) throw this.#mismatch(value, type);
    const fields = this.#fieldsByLabel(value, actual, expected.labels, type);
    const declared = this.#fields.ofRecord(type);
    this.#changed(
      fields,
      (at) => (declared[at] as { type: TypeDescriptor }).type,
      (at) => expected.labels[at] as string,
    );
    return expected.make(fields);
  }

  /** Fields in the order of the labels; every label must be there. */
  #fieldsByLabel(
    value: Product,
    shape: RecordShape,
    labels: readonly string[],
    type: TypeDescriptor,
  ): Value[] {
    const parts = this.#partsOf(value);
    return labels.map((label) => {
      const index = shape.indexOf.get(label);
      if (index === undefined) throw this.#mismatch(value, type);
      return parts[index];
    });
  }

  /** Paid for as the copy that may come of it. */
  #partsOf(value: Product): Value[] {
    const fields = fieldsOf(value);
    this.context.charge(fields.length);
    this.context.allocate(PRODUCT_BYTES + fields.length * SLOT_BYTES);
    return fields;
  }

  // ---------------------------------------------------------------------------------------------- parts

  /** Converts the parts where they stand; tells whether any became another value. */
  #changed(
    parts: Value[],
    typeAt: (index: number) => TypeDescriptor,
    step: (index: number) => string | number = (index) => index,
  ): boolean {
    let changed = false;
    const depth = this.#place.length;
    this.#place.push("");
    for (let index = 0; index < parts.length; index++) {
      this.#place[depth] = step(index);
      const part = parts[index];
      const converted = this.convert(part, typeAt(index));
      if (converted !== part) {
        parts[index] = converted;
        changed = true;
      }
    }
    this.#place.length = depth;
    return changed;
  }

  #mismatch(value: Value, type: TypeDescriptor): ExceptionValue {
    const expected = formatType(type, this.module.data.definitions);
    const where =
      this.#place.length === 0
        ? ""
        : ` (at ${this.#place.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("")})`;
    return runtimeException("FUS0502", `Expected ${expected}, got ${kindOf(value)}${where}`);
  }
}
