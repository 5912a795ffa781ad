/**
 * Reading JSON with the engine's own parser, which is several times as fast as ours. It forgets how a number was written and accepts what the
 * language does not, so it is only asked where that cannot matter.
 */
import { BoxedFloat, type Value } from "@fusabi/vm";
import type { JsonSink } from "./json-parser.js";

/** Longer texts would be turned into objects of the engine as a whole before anything of it was counted. */
const LONGEST = 4_000_000;
/** As for our own parser: deeper texts are left to it, which says where. */
const RECURSION_LIMIT = 128;

/**
 * What may mean something else to the engine, even if it stands inside a string: a float that is whole (`1.0`, `1e3`, `-0`), an int beyond the
 * exact range of a double, an escaped half of a surrogate pair.
 */
const AMBIGUOUS = /\d\.0+(?!\d)|\d[eE]|-0(?!\.)|\d{16}|\\u[dD][89a-fA-F]/;

/** The value of the text; undefined when our own parser has to read it, be it for the value or for what is wrong. */
export function parseWithEngine(text: string, sink: JsonSink): { readonly value: Value } | undefined {
  if (text.length > LONGEST || AMBIGUOUS.test(text)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  sink.read(text.length);
  const reader = new ParsedReader(sink);
  const value = reader.value(parsed, 0);
  return reader.tooDeep ? undefined : { value };
}

class ParsedReader {
  tooDeep = false;
  readonly #sink: JsonSink;

  constructor(sink: JsonSink) {
    this.#sink = sink;
  }

  value(parsed: unknown, depth: number): Value {
    switch (typeof parsed) {
      case "string":
        this.#sink.string(parsed.length);
        return parsed;
      case "number":
        return Number.isInteger(parsed) ? parsed : new BoxedFloat(parsed);
      case "boolean":
        return parsed;
      default:
        if (parsed === null) return undefined;
        if (depth + 1 >= RECURSION_LIMIT) {
          this.tooDeep = true;
          return undefined;
        }
        return Array.isArray(parsed)
          ? this.#array(parsed, depth + 1)
          : this.#object(parsed as Readonly<Record<string, unknown>>, depth + 1);
    }
  }

  #array(items: readonly unknown[], depth: number): Value {
    this.#sink.array(items.length);
    return items.map((item) => this.value(item, depth));
  }

  #object(entries: Readonly<Record<string, unknown>>, depth: number): Value {
    const labels = Object.keys(entries);
    const values = labels.map((label) => this.value(entries[label], depth));
    return this.#sink.object(labels, values);
  }
}
