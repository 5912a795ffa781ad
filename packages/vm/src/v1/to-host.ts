/** Values of a version 1 program as values of the host, by their shape, since such programs carry no types. */
import { labelStep, Place } from "../values/conversion.js";
import {
  type ClosureValue,
  Cons,
  Float,
  MapValue,
  MutableArray,
  type NativeValue,
  NIL,
  OpaqueValue,
  RecordValue,
  Tuple,
  type Value,
  Variant,
} from "./value.js";

/** Makes a function of the host from one of the program. */
export type WrapFunction = (callee: ClosureValue | NativeValue) => (...args: unknown[]) => unknown;

/** @throws ConversionError for a value that contains itself, or is nested too deeply or too large. */
export function toHostV1(value: Value, wrapFunction: WrapFunction, root = "$"): unknown {
  return new ToHost(wrapFunction, new Place(root)).convert(value);
}

class ToHost {
  constructor(
    private readonly wrapFunction: WrapFunction,
    private readonly place: Place,
  ) {}

  convert(value: Value): unknown {
    if (typeof value !== "object") return value;
    if (value instanceof Float) return value.value;
    if (value === NIL) return [];
    if (value instanceof Cons) return this.#list(value);
    if (value instanceof Tuple || value instanceof MutableArray) return this.#all(value.items);
    if (value instanceof RecordValue) return this.#record(value);
    if (value instanceof MapValue) {
      const entries = [...value.entries];
      return new Map(entries.map(([key, held]) => [key, this.#part(labelStep(key), held)]));
    }
    if (value instanceof Variant) return this.#variant(value);
    if (value instanceof OpaqueValue) return value.object;
    return this.wrapFunction(value as ClosureValue | NativeValue);
  }

  #part(step: string | number, value: Value): unknown {
    this.place.enter(step);
    const converted = this.convert(value);
    this.place.leave();
    return converted;
  }

  #all(items: readonly Value[]): unknown[] {
    return items.map((item, index) => this.#part(index, item));
  }

  #list(list: Cons): unknown {
    const items: Value[] = [];
    let rest: Value = list;
    for (; rest instanceof Cons; rest = rest.tail) items.push(rest.head);
    if (rest !== NIL) throw this.place.error("a list that does not end in [] has no form outside");
    return this.#all(items);
  }

  #record(record: RecordValue): object {
    const object = {};
    for (const [name, value] of record.fields) {
      // Not by assignment: a field may be named __proto__.
      Object.defineProperty(object, name, {
        value: this.#part(labelStep(name), value),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return object;
  }

  /** Cases that compiled code makes have no type name, so the name of the case has to tell. */
  #variant({ caseName, fields }: Variant): unknown {
    const [held] = fields;
    if (caseName === "None" && fields.length === 0) return null;
    if (caseName === "Some" && fields.length === 1) {
      const inner = this.#part(".some", held);
      return inner === undefined || inner === null || isTaggedSome(inner) ? { some: inner } : inner;
    }
    if (caseName === "Ok" && fields.length === 1) return { ok: true, value: this.#part(".value", held) };
    if (caseName === "Error" && fields.length === 1) return { ok: false, error: this.#part(".error", held) };
    return { tag: caseName, fields: this.#all(fields) };
  }
}

function isTaggedSome(value: unknown): boolean {
  return typeof value === "object" && value !== null && "some" in value;
}
