/** The structured form of values, `%A`: as F# prints it. */
import type { DefinitionData } from "../bytecode/module.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { AsyncValue } from "./async-value.js";
import type { Charge } from "./charge.js";
import { FieldTypes } from "./field-types.js";
import { isFunction } from "./kind.js";
import { beside, breakable, column, enclosed, type Layout, render, row, spaced, text } from "./layout.js";
import { LazyValue } from "./lazy-value.js";
import { general } from "./number-format.js";
import { OrderedCollection } from "./ordered-collection.js";
import { shapeOf, sizeOf, slotAt } from "./product.js";
import { elementsOf, type Run, Sequence } from "./sequence.js";
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

/** Columns of a line, unless the specifier has a width. */
const WIDTH = 80;
/** Elements shown of lists and arrays, of maps and sets, of seqs. */
const MAX_ELEMENTS = 100;
const MAX_ENTRIES = 9;
const MAX_COMPUTED = 4;
/** Nested values shown, and values shown in all. */
const MAX_DEPTH = 100;
const MAX_VALUES = 10_000;
/** Significant digits of a float. */
const FLOAT_DIGITS = 10;

/** How a place wants values that could be taken apart wrongly: arguments of cases want parentheses around anything that is not atomic. */
type Place = "open" | "argument";

/**
 * The structured form. The type tells floats from ints and chars from strings; where it is `any` or a variable, or does not fit the value, the value's own
 * shape decides. `width` is that of the specifier: 0 for no line ends inside lists. Of a seq at most five elements are computed, the fifth to know that there is one;
 * without `run`, which applies script functions, none.
 *
 * @example
 * structured(some(2), { kind: "option", item: { kind: "float" } }, []); // "Some 2.0"
 */
export function structured(
  value: Value,
  type: TypeDescriptor,
  definitions: readonly DefinitionData[],
  charge?: Charge,
  width: number = WIDTH,
  run?: Run,
): string {
  const printer = new Printer(definitions, charge, run);
  return render(printer.layout(value, type, "open", 0), width);
}

const ANY: TypeDescriptor = { kind: "any" };

class Printer {
  #left = MAX_VALUES;
  readonly #fieldTypes: FieldTypes;

  constructor(
    private readonly definitions: readonly DefinitionData[],
    private readonly charge: Charge | undefined,
    private readonly run: Run | undefined,
  ) {
    this.#fieldTypes = new FieldTypes(definitions);
  }

  layout(value: Value, type: TypeDescriptor, place: Place, depth: number): Layout {
    if (depth >= MAX_DEPTH || this.#left <= 0) return this.#leaf("...");
    this.charge?.(1);
    switch (typeof value) {
      case "number":
        return this.#leaf(isFloat(value, type) ? floatForm(value) : String(value));
      case "bigint":
      case "boolean":
        return this.#leaf(String(value));
      case "string":
        this.charge?.(value.length >>> 3);
        return this.#leaf(type.kind === "char" && value.length === 1 ? charForm(value) : stringForm(value));
      case "undefined":
        return this.#leaf("()");
      default:
        if (value === null) return this.#leaf(depth === 0 ? "<null>" : "null");
        return this.#object(value, type, place, depth);
    }
  }

  #object(value: object, type: TypeDescriptor, place: Place, depth: number): Layout {
    if (value instanceof List) return this.#list(value, itemOf(type, "list"), depth);
    if (shapeOf(value) !== undefined) return this.#product(value as Product, type, place, depth);
    if (Array.isArray(value)) {
      const item = itemOf(type, "array");
      const elements = value as readonly Value[];
      return enclosed("[|", this.#elements(elements[Symbol.iterator](), item, MAX_ELEMENTS, depth), "|]");
    }
    if (value instanceof OrderedCollection) return this.#collection(value, type, place, depth);
    if (value instanceof Sequence) {
      if (this.run === undefined) return this.#leaf("seq [...]");
      const elements = this.#elements(elementsOf(value, this.run), itemOf(type, "seq"), MAX_COMPUTED, depth);
      return inPlace(place, breakable(text("seq"), enclosed("[", elements, "]"), 2));
    }
    if (value instanceof BoxedFloat) return this.#leaf(floatForm(value.value));
    if (value instanceof BoxedChar) return this.#leaf(charForm(value.value));
    if (value instanceof RefCell)
      return this.#record([["contents", value.contents, itemOf(type, "ref")]], depth);
    if (value instanceof ExceptionValue) {
      const types = this.#exceptionTypes(value);
      return this.#case(
        value.shape.name,
        value.fields.map((field, index) => [field, types[index] ?? ANY]),
        place,
        depth,
      );
    }
    if (isFunction(value)) return this.#leaf("<fun>");
    if (value instanceof AsyncValue) return this.#leaf("<async>");
    if (value instanceof LazyValue) return this.#leaf("<lazy>");
    if (value instanceof HostObject) return this.#leaf(`<host object: ${value.typeName}>`);
    throw new TypeError("an object that is no Fusabi value");
  }

  #leaf(content: string): Layout {
    this.#left--;
    return text(content);
  }

  #list(list: List, item: TypeDescriptor, depth: number): Layout {
    if (list === NIL) return this.#leaf("[]");
    return enclosed("[", this.#elements(cells(list), item, MAX_ELEMENTS, depth), "]");
  }

  #elements(elements: Iterator<Value>, item: TypeDescriptor, limit: number, depth: number): Layout {
    const items: Layout[] = [];
    try {
      for (let next = elements.next(); next.done !== true; next = elements.next()) {
        if (items.length === limit || this.#left <= 0) {
          items.push(text("..."));
          break;
        }
        items.push(this.layout(next.value, item, "open", depth + 1));
      }
    } finally {
      elements.return?.();
    }
    return this.#row(items);
  }

  /** Whatever ends a branch counts, so that no value shows more than it may, however its parts are nested. */
  #row(items: readonly Layout[]): Layout {
    if (items.length === 0) this.#left--;
    return row(items, ";");
  }

  #collection(value: OrderedCollection, type: TypeDescriptor, place: Place, depth: number): Layout {
    const pair: TypeDescriptor =
      type.kind === "map"
        ? { kind: "tuple", items: [type.key, type.value] }
        : { kind: "tuple", items: [ANY, ANY] };
    const element = itemOf(type, "set");
    const items: Layout[] = [];
    const cursor = value.cursor();
    for (let here = cursor.next(); here !== undefined; here = cursor.next()) {
      if (items.length === MAX_ENTRIES || this.#left <= 0) {
        items.push(text("..."));
        break;
      }
      items.push(
        value.kind === "map"
          ? this.#tuple([here.key, here.value], pair, depth + 1)
          : this.layout(here.key, element, "open", depth + 1),
      );
    }
    return inPlace(place, breakable(text(value.kind), enclosed("[", this.#row(items), "]"), 2));
  }

  #product(value: Product, type: TypeDescriptor, place: Place, depth: number): Layout {
    const shape = value.shape;
    const size = sizeOf(value);
    const fields: Value[] = [];
    for (let index = 0; index < size; index++) fields.push(slotAt(value, index));
    switch (shape.kind) {
      case "tuple":
        return this.#tuple(fields, type, depth);
      case "record": {
        if (shape.identity) return this.#leaf(shape.name);
        const types = this.#recordTypes(type);
        return this.#record(
          fields.map((field, index) => {
            const label = shape.labels[index] ?? "";
            return [label, field, types.get(label) ?? ANY];
          }),
          depth,
        );
      }
      case "union": {
        const types = this.#caseTypes(type, value.tag ?? 0);
        return this.#case(
          shape.cases[value.tag ?? 0]?.name ?? "",
          fields.map((field, index) => [field, types[index] ?? ANY]),
          place,
          depth,
        );
      }
    }
  }

  #tuple(fields: readonly Value[], type: TypeDescriptor, depth: number): Layout {
    const types = type.kind === "tuple" ? type.items : [];
    const items = fields.map((field, index) => this.layout(field, types[index] ?? ANY, "open", depth + 1));
    return enclosed("(", row(items, ","), ")");
  }

  #record(fields: readonly (readonly [string, Value, TypeDescriptor])[], depth: number): Layout {
    if (fields.length === 0) return this.#leaf("{ }");
    const items = fields.map(([label, field, type]) => {
      this.#left--;
      return breakable(spaced(text(label), text("=")), this.layout(field, type, "open", depth + 1), 1);
    });
    return spaced(spaced(text("{"), column(items)), text("}"));
  }

  #case(
    name: string,
    fields: readonly (readonly [Value, TypeDescriptor])[],
    place: Place,
    depth: number,
  ): Layout {
    const head = this.#leaf(name);
    const [first] = fields;
    if (first === undefined) return head;
    if (fields.length === 1) {
      return inPlace(place, breakable(head, this.layout(first[0], first[1], "argument", depth + 1), 2));
    }
    const items = fields.map(([field, type]) => this.layout(field, type, "open", depth + 1));
    return inPlace(place, breakable(head, enclosed("(", row(items, ","), ")"), 2));
  }

  /** Types of a record's fields by label, as far as the type tells. */
  #recordTypes(type: TypeDescriptor): ReadonlyMap<string, TypeDescriptor> {
    const fields =
      type.kind === "anonymous" ? type.fields : type.kind === "named" ? this.#fieldTypes.ofRecord(type) : [];
    return new Map(fields.map((field) => [field.label ?? "", field.type]));
  }

  #caseTypes(type: TypeDescriptor, tag: number): readonly TypeDescriptor[] {
    if (type.kind === "option") return [type.item];
    if (type.kind === "result") return [tag === 0 ? type.ok : type.error];
    return type.kind === "named" ? this.#fieldTypes.ofCase(type, tag).map((field) => field.type) : [];
  }

  #exceptionTypes(value: ExceptionValue): readonly TypeDescriptor[] {
    const definition = this.definitions.findIndex(
      (one) => one.kind === "exception" && one.name === value.shape.name,
    );
    return this.#fieldTypes.ofRecord({ kind: "named", definition, args: [] }).map((field) => field.type);
  }
}

function inPlace(place: Place, layout: Layout): Layout {
  return place === "argument" ? beside(beside(text("("), layout), text(")")) : layout;
}

function itemOf(type: TypeDescriptor, kind: "list" | "array" | "set" | "seq" | "ref"): TypeDescriptor {
  // A seq is often really a list, an array or a set.
  return (type.kind === kind || type.kind === "seq") && "item" in type ? type.item : ANY;
}

function* cells(list: List): Generator<Value, void, undefined> {
  // The list of a forged module may end with anything.
  for (let cell: Value = list; cell instanceof List && cell !== NIL; cell = cell.tail) yield cell.head;
}

function isFloat(value: number, type: TypeDescriptor): boolean {
  return type.kind === "float" || !Number.isInteger(value) || Object.is(value, -0);
}

/** Ten significant digits, with a point or an exponent. */
function floatForm(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "infinity" : "-infinity";
  const digits = general(x, FLOAT_DIGITS);
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\b", "\\b"],
  ["\u0007", "\\a"],
  ["\f", "\\f"],
  ["\v", "\\v"],
]);

function stringForm(value: string): string {
  return `"${escape(value).replaceAll('"', '\\"')}"`;
}

function charForm(value: string): string {
  return `'${escape(value).replaceAll("'", "\\'")}'`;
}

/** Control characters and backslashes, as they would be written in a program. */
function escape(value: string): string {
  return value.replace(
    /[\\\p{Cc}]/gu,
    (char) => escapes.get(char) ?? `\\${String(char.charCodeAt(0)).padStart(3, "0")}`,
  );
}
