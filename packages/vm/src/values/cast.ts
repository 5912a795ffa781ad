/**
 * Values of type `any`, or with `any` somewhere in their type, taken as values of another type: everything in them is checked now, and what has a
 * form of its own inside `any` gets the form of the type.
 *
 * How values become values of a type is worked out once for the type; a document of thousands of records only follows it.
 */
import type { ExecutableModule } from "../machine/code.js";
import { formatType } from "../types/format-type.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { AnonymousShapes } from "./anonymous-shapes.js";
import { runtimeException } from "./exception.js";
import { FieldTypes, type TypedField } from "./field-types.js";
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
  let casts = castsOf.get(module);
  if (casts === undefined) {
    casts = new Casts(module);
    castsOf.set(module, casts);
  }
  try {
    return casts.to(type)(value, new CastRun(context));
  } catch (error) {
    throw error instanceof Misfit ? error.exception(module) : error;
  }
}

const castsOf = new WeakMap<ExecutableModule, Casts>();

/** Makes the value one of a type; the same value when it is one already. */
type Cast = (value: Value, run: CastRun) => Value;

/** One value on its way to its type, with all that is in it. */
class CastRun {
  /** Records within records. */
  depth = 0;

  constructor(readonly context: CastContext) {}

  /** Pays for the copy of a product that may be made. */
  product(slots: number): void {
    this.context.charge(slots);
    this.context.allocate(PRODUCT_BYTES + slots * SLOT_BYTES);
  }

  readonly charge = (units: number): void => this.context.charge(units);
}

/** A value that is not of its type. */
class Misfit {
  /** Where it stands, from the inside out. */
  readonly #place: (string | number)[] = [];

  constructor(
    readonly value: Value,
    readonly type: TypeDescriptor,
  ) {}

  within(step: string | number): this {
    this.#place.push(step);
    return this;
  }

  exception(module: ExecutableModule): ExceptionValue {
    const place = this.#place
      .reverse()
      .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
      .join("");
    const where = place === "" ? "" : ` (at ${place})`;
    const expected = formatType(this.type, module.data.definitions);
    return runtimeException("FUS0502", `Expected ${expected}, got ${kindOf(this.value)}${where}`);
  }
}

/** The casts of a module's types. */
class Casts {
  readonly #known = new Map<TypeDescriptor, Cast>();
  readonly #fields: FieldTypes;

  constructor(private readonly module: ExecutableModule) {
    this.#fields = new FieldTypes(module.data.definitions);
  }

  to(type: TypeDescriptor): Cast {
    let cast = this.#known.get(type);
    if (cast === undefined) {
      cast = this.#make(type);
      this.#known.set(type, cast);
    }
    return cast;
  }

  #make(type: TypeDescriptor): Cast {
    switch (type.kind) {
      case "any":
      case "variable":
        return (value) => value;
      case "string":
        return (value) => {
          if (typeof value === "string") return value;
          throw new Misfit(value, type);
        };
      case "int":
        return (value) => {
          if (typeof value === "bigint" || Number.isInteger(value)) return value;
          throw new Misfit(value, type);
        };
      case "float":
        return (value) => {
          if (typeof value === "number") return value;
          if (value instanceof BoxedFloat) return value.value;
          if (typeof value === "bigint") return Number(value);
          throw new Misfit(value, type);
        };
      case "char":
        return (value) => {
          if (value instanceof BoxedChar) return value.value;
          // What was inside a collection when that became `any` has no box.
          if (typeof value === "string" && value.length === 1) return value;
          throw new Misfit(value, type);
        };
      case "named":
        return this.#toDeclared(type);
      case "anonymous":
        return this.#toAnonymous(type);
      default: {
        const parts = this.#partsOf(type);
        return (value, run) => {
          if (!hasOuterType(value, type, this.module)) throw new Misfit(value, type);
          return parts(value, run);
        };
      }
    }
  }

  /** For values whose outermost constructor is known to fit. */
  #partsOf(type: TypeDescriptor): Cast {
    switch (type.kind) {
      case "list":
        return this.#list(type.item) as Cast;
      case "array":
        return this.#array(type.item) as Cast;
      case "set":
        return this.#set(type.item) as Cast;
      case "map":
        return this.#map(type.key, type.value) as Cast;
      case "seq":
        return this.#sequence(type.item);
      case "option":
        return this.#wrapped(type.item, some);
      case "result": {
        const [okParts, errorParts] = [this.#wrapped(type.ok, ok), this.#wrapped(type.error, error)];
        return (value, run) => ((value as Product).tag === 0 ? okParts : errorParts)(value, run);
      }
      case "tuple":
        return this.#tuple(type.items);
      case "ref":
        return (value, run) => {
          // The cell is shared with those who hold it as it is, so that its content cannot be given another form.
          if (!hasType(value, type, this.module, run.charge)) throw new Misfit(value, type);
          return value;
        };
      default:
        return (value) => value;
    }
  }

  // ---------------------------------------------------------------------------------------------- collections

  #list(item: TypeDescriptor): (list: List, run: CastRun) => Value {
    const cast = this.#later(item);
    return (list, run) => {
      if (isOpen(item)) return list;
      const elements = arrayOfList(list, run.context);
      return castAll(elements, cast, run) ? listOfArray(elements, run.context) : list;
    };
  }

  #array(item: TypeDescriptor): (array: readonly Value[], run: CastRun) => Value {
    const cast = this.#later(item);
    return (array, run) => {
      if (isOpen(item)) return array;
      run.context.charge(array.length);
      run.context.allocate(ARRAY_BYTES + array.length * SLOT_BYTES);
      return castCopy(array, cast, run);
    };
  }

  #set(item: TypeDescriptor): (set: OrderedSet, run: CastRun) => Value {
    const cast = this.#later(item);
    return (set, run) => {
      if (isOpen(item)) return set;
      run.context.charge(set.size);
      run.context.allocate(treeBytes(set.size));
      const elements = set.keys();
      return castAll(elements, cast, run) ? OrderedSet.of(elements, run.charge) : set;
    };
  }

  #map(keyType: TypeDescriptor, valueType: TypeDescriptor): (map: OrderedMap, run: CastRun) => Value {
    const [key, value] = [this.#later(keyType), this.#later(valueType)];
    return (map, run) => {
      if (isOpen(keyType) && isOpen(valueType)) return map;
      run.context.charge(map.size);
      run.context.allocate(treeBytes(map.size));
      const [keys, values] = [map.keys(), map.values()];
      const newKeys = castAll(keys, key, run);
      if (!castAll(values, value, run) && !newKeys) return map;
      return OrderedMap.of(
        keys.map((k, index) => [k, values[index]]),
        run.charge,
      );
    };
  }

  #sequence(item: TypeDescriptor): Cast {
    const [list, array, set] = [this.#list(item), this.#array(item), this.#set(item)];
    const map =
      item.kind === "tuple" && item.items.length === 2
        ? this.#map(item.items[0] as TypeDescriptor, item.items[1] as TypeDescriptor)
        : undefined;
    return (value, run) => {
      if (value instanceof List) return list(value, run);
      if (Array.isArray(value)) return array(value, run);
      if (value instanceof OrderedSet) return set(value, run);
      if (value instanceof OrderedMap && map !== undefined) return map(value, run);
      if ((typeof value === "string" && item.kind !== "char" && !isOpen(item)) || value instanceof OrderedMap)
        throw new Misfit(value, { kind: "seq", item });
      return value;
    };
  }

  // ---------------------------------------------------------------------------------------------- products

  #wrapped(item: TypeDescriptor, wrap: (content: Value) => Product): Cast {
    const cast = this.#later(item);
    return (value, run) => {
      // `None` has nothing in it.
      if (isOpen(item) || (wrap === some && (value as Product).tag === 0)) return value;
      const content = slotAt(value as Product, 0);
      const converted = cast(content, run);
      if (converted === content) return value;
      run.context.allocate(PRODUCT_BYTES + SLOT_BYTES);
      return wrap(converted);
    };
  }

  #tuple(items: readonly TypeDescriptor[]): Cast {
    const casts = items.map((item) => this.#later(item));
    return (value, run) => {
      if (items.every(isOpen)) return value;
      run.product(items.length);
      const fields = fieldsOf(value as Product);
      return castEach(fields, casts, run) ? tupleShape(items.length).make(fields) : value;
    };
  }

  #toAnonymous(type: TypeDescriptor & { readonly kind: "anonymous" }): Cast {
    const labels = type.fields.map((field) => field.label);
    const fieldsIn = this.#fieldsOf(type, labels, () => type.fields);
    return (value, run) => {
      const shape = productShape(value);
      if (shape?.kind !== "record") throw new Misfit(value, type);
      const fields = fieldsIn(value as Product, shape, run);
      // Labels are in ascending order, here as there.
      const sameShape = shape.anonymous && shape.labels.length === labels.length;
      if (sameShape && fields.every((field, slot) => field === slotAt(value as Product, slot))) return value;
      return run.context.conversion.anonymousShapes.shapeOf(labels).make(fields);
    };
  }

  #toDeclared(type: TypeDescriptor & { readonly kind: "named" }): Cast {
    const expected = this.module.shapes[type.definition];
    const stays: Cast = (value, run) => {
      if (!hasType(value, type, this.module, run.charge)) throw new Misfit(value, type);
      return value;
    };
    if (expected === undefined || !("make" in expected)) return stays;
    const fieldsIn = this.#fieldsOf(type, expected.labels, () => this.#fields.ofRecord(type));
    return (value, run) => {
      const actual = productShape(value);
      if (actual?.kind !== "record" || !actual.anonymous) return stays(value, run);
      if (expected.identity || run.depth > MAX_NESTING) throw new Misfit(value, type);
      return expected.make(fieldsIn(value as Product, actual, run));
    };
  }

  /** The fields of records of any shape, in the order of the labels and each of its type; every label must be there. */
  #fieldsOf(
    type: TypeDescriptor,
    labels: readonly string[],
    typed: () => readonly TypedField[],
  ): (record: Product, shape: RecordShape, run: CastRun) => Value[] {
    let casts: readonly Cast[] | undefined;
    // Records that stand beside each other tend to have one shape.
    let lastShape: RecordShape | undefined;
    let slots: readonly number[] | undefined;
    return (record, shape, run) => {
      casts ??= typed().map((field) => this.to(field.type));
      if (shape !== lastShape) {
        lastShape = shape;
        const found = labels.map((label) => shape.indexOf.get(label) ?? -1);
        slots = found.includes(-1) ? undefined : found;
      }
      // Records inside this one may change them.
      const from = slots;
      if (from === undefined) throw new Misfit(record, type);
      run.product(labels.length);
      run.depth++;
      const fields = new Array<Value>(labels.length);
      let index = 0;
      try {
        for (; index < fields.length; index++)
          fields[index] = (casts[index] as Cast)(slotAt(record, from[index] as number), run);
      } catch (error) {
        throw at(labels[index] as string, error);
      }
      run.depth--;
      return fields;
    };
  }

  /** The cast to a type that may contain the one at hand. */
  #later(type: TypeDescriptor): Cast {
    let cast: Cast | undefined;
    return (value, run) => {
      cast ??= this.to(type);
      return cast(value, run);
    };
  }
}

/** Casts the elements where they stand; tells whether any became another value. */
function castAll(elements: Value[], cast: Cast, run: CastRun): boolean {
  let changed = false;
  let index = 0;
  try {
    for (; index < elements.length; index++) {
      const element = elements[index];
      const converted = cast(element, run);
      if (converted === element) continue;
      elements[index] = converted;
      changed = true;
    }
  } catch (error) {
    throw at(index, error);
  }
  return changed;
}

/** As `castAll`, for elements that others hold: copied when the first of them becomes another value. */
function castCopy(elements: readonly Value[], cast: Cast, run: CastRun): readonly Value[] {
  let copy: Value[] | undefined;
  let index = 0;
  try {
    for (; index < elements.length; index++) {
      const element = elements[index];
      const converted = cast(element, run);
      if (converted === element) continue;
      copy ??= elements.slice();
      copy[index] = converted;
    }
  } catch (error) {
    throw at(index, error);
  }
  return copy ?? elements;
}

/** As `castAll`, each part by a cast of its own. */
function castEach(parts: Value[], casts: readonly Cast[], run: CastRun): boolean {
  let changed = false;
  let index = 0;
  try {
    for (; index < parts.length; index++) {
      const part = parts[index];
      const converted = (casts[index] as Cast)(part, run);
      if (converted === part) continue;
      parts[index] = converted;
      changed = true;
    }
  } catch (error) {
    throw at(index, error);
  }
  return changed;
}

function at(step: string | number, error: unknown): unknown {
  return error instanceof Misfit ? error.within(step) : error;
}
