/** Writing values as JSON: keys sorted, whole floats with `.0`, options as what they hold or `null`. */
import {
  BoxedChar,
  BoxedFloat,
  fieldsOf,
  isFunction,
  isProduct,
  kindOf,
  List,
  type NativeContext,
  NIL,
  NONE,
  OPTION,
  OrderedMap,
  OrderedSet,
  type Product,
  type RecordShape,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateString } from "./allocation.js";

/** Deeper values are refused, those that contain themselves included. */
const DEEPEST = 1_000;
/** Strings of up to so many units are looked through for what needs an escape. */
const SHORT = 64;
/** Units that are written between two payments. */
const PIECE = 16_384;

/** The text of a value; with an indent, one element a line. */
export function writeJson(context: NativeContext, value: Value, indent: number | undefined): string {
  const writer = new JsonWriter(context, indent);
  writer.value(value, 0);
  return writer.text();
}

/** The fields of a record in the order of their labels, as they are written. */
interface WrittenLabels {
  readonly keys: readonly string[];
  readonly slots: readonly number[];
}

class JsonWriter {
  readonly #context: NativeContext;
  readonly #indent: number | undefined;
  readonly #labels = new Map<RecordShape, WrittenLabels>();
  /** What has been paid for, and what was written since. */
  #text = "";
  #piece = "";
  /** Values in the piece. */
  #values = 0;

  constructor(context: NativeContext, indent: number | undefined) {
    this.#context = context;
    this.#indent = indent;
  }

  text(): string {
    this.#pay();
    return this.#text;
  }

  value(value: Value, depth: number): void {
    this.#values++;
    switch (typeof value) {
      case "string":
        this.#put(isPlain(value) ? `"${value}"` : JSON.stringify(value));
        return;
      case "number":
        this.#put(Number.isSafeInteger(value) ? String(value + 0) : this.#float(value));
        return;
      case "bigint":
      case "boolean":
        this.#put(String(value));
        return;
      case "undefined":
        this.#put("null");
        return;
      default:
        if (value === null) this.#put("null");
        else this.#object(value as object, depth);
    }
  }

  #object(value: object, depth: number): void {
    if (depth >= DEEPEST) throw this.#fail(`JSON is nested more than ${DEEPEST} levels deep`);
    if (value instanceof List) this.#array(itemsOf(value), depth);
    else if (Array.isArray(value)) this.#array(value as Value[], depth);
    else if (isProduct(value)) this.#product(value, depth);
    else if (value instanceof OrderedMap) this.#entries(this.#stringKeys(value), depth);
    else if (value instanceof OrderedSet) this.#array(value, depth);
    else if (value instanceof BoxedFloat) this.#put(this.#float(value.value));
    else if (value instanceof BoxedChar) this.#put(JSON.stringify(value.value));
    else throw this.#fail(`Cannot convert ${isFunction(value) ? "function" : kindOf(value)} to JSON`);
  }

  #product(product: Product, depth: number): void {
    const { shape } = product;
    if (shape.kind === "tuple") this.#array(fieldsOf(product), depth);
    else if (shape.kind === "record") {
      this.#record(product, shape, depth);
    } else if (product === NONE) this.#put("null");
    else if (shape === OPTION) this.value(slotAt(product, 0), depth + 1);
    else throw this.#fail("Cannot convert variant to JSON");
  }

  #record(product: Product, shape: RecordShape, depth: number): void {
    const { keys, slots } = this.#writtenLabels(shape);
    if (keys.length === 0) this.#put("{}");
    for (let index = 0; index < keys.length; index++) {
      this.#put(index === 0 ? "{" : ",");
      this.#newLine(depth + 1);
      this.#put(keys[index] as string);
      this.value(slotAt(product, slots[index] as number), depth + 1);
    }
    if (keys.length === 0) return;
    this.#newLine(depth);
    this.#put("}");
  }

  #writtenLabels(shape: RecordShape): WrittenLabels {
    let known = this.#labels.get(shape);
    if (known === undefined) {
      const labels = [...shape.labels].sort();
      known = {
        keys: labels.map((label) => this.#key(label)),
        slots: labels.map((label) => shape.indexOf.get(label) ?? 0),
      };
      this.#labels.set(shape, known);
    }
    return known;
  }

  #key(label: string): string {
    return `${JSON.stringify(label)}:${this.#indent === undefined ? "" : " "}`;
  }

  #stringKeys(map: OrderedMap): [string, Value][] {
    return [...map].map(([key, value]) => {
      if (typeof key !== "string") throw this.#fail("Cannot convert map with non-string keys to JSON");
      return [key, value];
    });
  }

  #array(items: Iterable<Value>, depth: number): void {
    let first = true;
    for (const item of items) {
      this.#put(first ? "[" : ",");
      this.#newLine(depth + 1);
      this.value(item, depth + 1);
      first = false;
    }
    if (first) this.#put("[]");
    else {
      this.#newLine(depth);
      this.#put("]");
    }
  }

  #entries(entries: readonly (readonly [string, Value])[], depth: number): void {
    if (entries.length === 0) {
      this.#put("{}");
      return;
    }
    entries.forEach(([key, value], index) => {
      this.#put(index === 0 ? "{" : ",");
      this.#newLine(depth + 1);
      this.#put(this.#key(key));
      this.value(value, depth + 1);
    });
    this.#newLine(depth);
    this.#put("}");
  }

  #newLine(depth: number): void {
    if (this.#indent === undefined) return;
    const blanks = this.#indent * depth;
    allocateString(this.#context, blanks);
    this.#piece += `\n${" ".repeat(blanks)}`;
  }

  #float(value: number): string {
    if (!Number.isFinite(value)) throw this.#fail("Invalid float value for JSON");
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-5 || size >= 1e16)) return value.toExponential().replace("e+", "e");
    if (Object.is(value, -0)) return "-0.0";
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }

  #put(text: string): void {
    this.#piece += text;
    if (this.#piece.length >= PIECE) this.#pay();
  }

  #pay(): void {
    const piece = this.#piece;
    this.#context.charge(this.#values + (piece.length >> 3));
    allocateString(this.#context, piece.length);
    this.#text += inOnePiece(piece);
    this.#piece = "";
    this.#values = 0;
  }

  #fail(message: string): Error {
    return this.#context.fail("FUS0516", message);
  }
}

/** The same text. An engine keeps a sum of texts as a tree of its parts, which takes several times the room, until somebody looks into it. */
function inOnePiece(text: string): string {
  return START.test(text) ? text : "";
}

const START = /^/;

/** Whether the string is short, and nothing in it needs an escape. */
function isPlain(text: string): boolean {
  if (text.length > SHORT) return false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return false;
  }
  return true;
}

function* itemsOf(list: List): Generator<Value, void, undefined> {
  for (let at = list; at !== NIL; at = at.tail) yield at.head;
}
