/** The text form of values: what `print`, `string`, `%s`, `%O` and interpolation show. */
import { AsyncValue } from "./async-value.js";
import type { Charge } from "./charge.js";
import { runtimeException } from "./exception.js";
import { floatText } from "./float-text.js";
import { LazyValue } from "./lazy-value.js";
import { OrderedCollection } from "./ordered-collection.js";
import { fieldsOf, shapeOf } from "./product.js";
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
  NIL,
  PartialApplication,
  type Product,
  RefCell,
  type Value,
} from "./value.js";

/** Longest text that is made, in UTF-16 units; the engine's own strings end not far above. */
const MAX_LENGTH = 2 ** 28;
/** Characters that cost a unit of charge. */
const CHARS_A_UNIT = 8;

/**
 * The text form of a value. Work is charged as it is done: a unit for each value and for every eight characters.
 * Throws FUS0517 when the text would be longer than 2^28 units, as that of a value that contains itself.
 *
 * @example
 * display(some(1)); // "Some(1)"
 */
export function display(value: Value, charge?: Charge): string {
  const text = shallow(value);
  if (text !== undefined) return text;
  const writer = new TextWriter(MAX_LENGTH, charge);
  writer.write(value);
  if (writer.cut)
    throw runtimeException("FUS0517", `The text form of a value is longer than ${MAX_LENGTH} characters`);
  return writer.text();
}

/**
 * The text form for messages: at most `maxLength` UTF-16 units, `...` at the end telling that it goes on.
 *
 * @example
 * displayBriefly("a long story", 8); // "a lon..."
 */
export function displayBriefly(value: Value, maxLength: number): string {
  const writer = new TextWriter(maxLength, undefined);
  writer.write(value);
  const text = writer.text();
  return writer.cut || text.length > maxLength ? `${text.slice(0, Math.max(0, maxLength - 3))}...` : text;
}

/** The text form of values without parts; undefined for others. */
function shallow(value: Value): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return floatText(value);
    case "undefined":
      return "()";
    case "object":
      return value === null ? "null" : shallowObject(value);
    default:
      return String(value);
  }
}

function shallowObject(value: object): string | undefined {
  if (value instanceof BoxedFloat) return floatText(value.value);
  if (value instanceof BoxedChar) return value.value;
  if (value instanceof HostFunction) return `<native fn ${value.target.name}>`;
  if (value instanceof PartialApplication) return shallowObject(value.target);
  if (value instanceof Closure || value instanceof CaseFunction) return "<closure>";
  if (value instanceof Sequence) return "<seq>";
  if (value instanceof AsyncValue) return "<async>";
  if (value instanceof LazyValue) return "<lazy>";
  if (value instanceof HostObject) return `<host object: ${value.typeName}>`;
  const shape = shapeOf(value);
  if (shape?.kind === "record" && shape.identity) return `<object: ${shape.name}>`;
  return undefined;
}

/** Writes values part by part, on a stack of its own instead of the engine's, until the text is longer than `maxLength`. */
class TextWriter {
  /** The text was longer than allowed, and the rest has been left out. */
  cut = false;
  #text = "";
  #steps = 0;
  readonly #open: OpenGroup[] = [];

  constructor(
    private readonly maxLength: number,
    private readonly charge: Charge | undefined,
  ) {}

  text(): string {
    return this.#text;
  }

  write(value: Value): void {
    this.#value(value);
    for (let group = this.#open.at(-1); group !== undefined && !this.cut; group = this.#open.at(-1)) {
      if (group.atEnd()) {
        this.#append(group.closing);
        this.#open.pop();
        continue;
      }
      this.#append(group.before());
      this.#value(group.take());
    }
  }

  #value(value: Value): void {
    const text = shallow(value);
    if (text !== undefined) {
      this.#append(text);
      return;
    }
    const group = groupOf(value as object);
    this.#append(group.opening);
    this.#open.push(group);
  }

  #append(text: string): void {
    this.#steps += 1 + text.length / CHARS_A_UNIT;
    if (this.#steps >= 64 && this.charge !== undefined) {
      const units = Math.floor(this.#steps);
      this.#steps -= units;
      this.charge(units);
    }
    const room = this.maxLength - this.#text.length;
    if (text.length > room) this.cut = true;
    this.#text += text.length > room ? text.slice(0, room) : text;
  }
}

/** A value with parts that is being written. */
interface OpenGroup {
  readonly opening: string;
  readonly closing: string;
  atEnd(): boolean;
  /** What stands before the next part: separator and label. */
  before(): string;
  take(): Value;
}

class ArrayGroup implements OpenGroup {
  private index = 0;

  constructor(
    readonly opening: string,
    readonly closing: string,
    private readonly separator: string,
    private readonly parts: readonly Value[],
    private readonly labels?: readonly string[],
  ) {}

  atEnd(): boolean {
    return this.index >= this.parts.length;
  }

  before(): string {
    const separator = this.index === 0 ? "" : this.separator;
    const label = this.labels?.[this.index];
    return label === undefined ? separator : `${separator}${label} = `;
  }

  take(): Value {
    return this.parts[this.index++];
  }
}

class ListGroup implements OpenGroup {
  readonly opening = "[";
  readonly closing = "]";
  private first = true;

  constructor(private rest: List) {}

  atEnd(): boolean {
    // The list of a forged module may end with anything.
    return this.rest === NIL || !((this.rest as Value) instanceof List);
  }

  before(): string {
    return this.first ? "" : "; ";
  }

  take(): Value {
    const { head, tail } = this.rest;
    this.first = false;
    this.rest = tail;
    return head;
  }
}

/** `Map [key -> value; …]`: keys and values in turn. */
class MapGroup implements OpenGroup {
  readonly opening = "Map [";
  readonly closing = "]";
  private index = 0;

  constructor(private readonly parts: readonly Value[]) {}

  atEnd(): boolean {
    return this.index >= this.parts.length;
  }

  before(): string {
    if (this.index % 2 === 1) return " -> ";
    return this.index === 0 ? "" : "; ";
  }

  take(): Value {
    return this.parts[this.index++];
  }
}

function groupOf(value: object): OpenGroup {
  if (value instanceof List) return new ListGroup(value);
  if (shapeOf(value) !== undefined) return productGroup(value as Product);
  if (Array.isArray(value)) return new ArrayGroup("[|", "|]", "; ", value as readonly Value[]);
  if (value instanceof OrderedCollection) {
    return value.kind === "map"
      ? new MapGroup(value.parts())
      : new ArrayGroup("Set [", "]", "; ", value.parts());
  }
  if (value instanceof RefCell) return new ArrayGroup("{ ", " }", "; ", [value.contents], ["contents"]);
  if (value instanceof ExceptionValue) return caseGroup(value.shape.name, value.fields);
  throw new TypeError("an object that is no Fusabi value");
}

function productGroup(value: Product): OpenGroup {
  const shape = value.shape;
  const fields = fieldsOf(value);
  switch (shape.kind) {
    case "tuple":
      return new ArrayGroup("(", ")", ", ", fields);
    case "record":
      return new ArrayGroup("{ ", " }", "; ", fields, shape.labels);
    case "union":
      return caseGroup(shape.cases[value.tag ?? 0]?.name ?? "", fields);
  }
}

function caseGroup(name: string, fields: readonly Value[]): OpenGroup {
  return fields.length === 0
    ? new ArrayGroup(name, "", "", fields)
    : new ArrayGroup(`${name}(`, ")", ", ", fields);
}
