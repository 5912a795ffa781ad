/**
 * Reading JSON with the engine's own parser, which is several times as fast as ours. It forgets how a number was written and accepts what the
 * language does not, so it is only asked where that cannot matter.
 */
import {
  type AnonymousShapes,
  BoxedFloat,
  type NativeContext,
  type RecordShape,
  type Value,
} from "@fusabi/vm";
import { ReadingCost } from "./json-cost.js";

/** Longer texts would be turned into objects of the engine as a whole before anything of it was counted. */
const LONGEST = 4_000_000;
/** As for our own parser: deeper texts are left to it, which says where. */
const RECURSION_LIMIT = 128;

/** A float, possibly a whole one (`1e3`), as far as text that looks like one and stands in a string. */
const EXPONENT = /\d[eE][+-]?\d+(?=[\s,\]}]|$)/;
/** A float that is whole (`1.0`), or so long that it may be rounded to a whole one. */
const WHOLE_FLOAT = /\d\.0+(?=[\s,\]}]|$)|[\d.]{17}/;
/** Possibly half of a surrogate pair. */
const SURROGATE = /\\u[dD][89a-fA-F]/;

/** Whether the text may mean something else to the engine. Most texts lack the signs that are looked for first, which takes next to no time. */
function isAmbiguous(text: string): boolean {
  return (
    EXPONENT.test(text) ||
    (text.includes(".") && WHOLE_FLOAT.test(text)) ||
    (text.includes("\\u") && SURROGATE.test(text))
  );
}

/** The value of the text; undefined when our own parser has to read it, be it for the value or for what is wrong. */
export function parseWithEngine(text: string, context: NativeContext): { readonly value: Value } | undefined {
  if (text.length > LONGEST || isAmbiguous(text)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const reader = new ParsedReader(context, text.length);
  const value = reader.value(parsed, 0);
  reader.cost.settle();
  return reader.refused ? undefined : { value };
}

class ParsedReader {
  readonly cost: ReadingCost;
  readonly #shapes: AnonymousShapes;
  readonly #layouts: (Layout | undefined)[] = [];
  /** Something was found that our own parser has to decide on. */
  refused = false;

  constructor(context: NativeContext, units: number) {
    this.cost = new ReadingCost(context);
    this.#shapes = context.conversion.anonymousShapes;
    this.cost.text(units);
  }

  value(parsed: unknown, depth: number): Value {
    switch (typeof parsed) {
      case "string":
        this.cost.string(parsed.length);
        return parsed;
      case "number":
        return this.#number(parsed);
      case "boolean":
        return parsed;
      default:
        if (parsed === null) return undefined;
        if (depth + 1 >= RECURSION_LIMIT) {
          this.refused = true;
          return undefined;
        }
        return Array.isArray(parsed)
          ? this.#array(parsed, depth + 1)
          : this.#object(parsed as Readonly<Record<string, unknown>>, depth + 1);
    }
  }

  #number(parsed: number): Value {
    if (Number.isSafeInteger(parsed) && !Object.is(parsed, -0)) return parsed;
    // An int of 64 bits, or a float: only the text tells.
    if (Number.isInteger(parsed) && parsed !== 0) this.refused = true;
    return new BoxedFloat(parsed);
  }

  /** In place: nobody else has the array. */
  #array(items: unknown[], depth: number): Value {
    this.cost.array(items.length);
    for (let index = 0; index < items.length; index++) items[index] = this.value(items[index], depth);
    return items as Value[];
  }

  #object(entries: Readonly<Record<string, unknown>>, depth: number): Value {
    const { labels, slots, shape, fields } = this.#layoutOf(entries, depth);
    this.cost.object(labels.length);
    for (let index = 0; index < labels.length; index++)
      fields[slots[index] as number] = this.value(entries[labels[index] as string], depth);
    return shape.make(fields);
  }

  /** Objects at one depth tend to have one layout, and then no list of their labels is made. */
  #layoutOf(entries: Readonly<Record<string, unknown>>, depth: number): Layout {
    const last = this.#layouts[depth];
    if (last !== undefined && hasLabels(entries, last.labels)) return last;
    const labels = Object.keys(entries);
    const shape = this.#shapes.shapeInOrder(labels);
    const slots = labels.map((label) => shape.indexOf.get(label) ?? 0);
    const layout = { labels, slots, shape, fields: new Array<Value>(labels.length) };
    this.#layouts[depth] = layout;
    return layout;
  }
}

/** How objects are laid out that have these labels in this order. */
interface Layout {
  readonly labels: readonly string[];
  /** For each label, its place among the fields of the record. */
  readonly slots: readonly number[];
  readonly shape: RecordShape;
  /** The fields of the record that is being read. */
  readonly fields: Value[];
}

function hasLabels(entries: Readonly<Record<string, unknown>>, labels: readonly string[]): boolean {
  let index = 0;
  for (const label in entries) if (label !== labels[index++]) return false;
  return index === labels.length;
}
