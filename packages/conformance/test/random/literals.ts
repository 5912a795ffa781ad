/** Literals in all their spellings. */
import { atomLevel, type Code, prefixLevel } from "./code.js";
import type { Generator } from "./generator.js";
import type { Type } from "./types.js";
import { Char, Unsuitable, type Value } from "./values.js";

const ints = [
  0n,
  1n,
  2n,
  3n,
  5n,
  7n,
  10n,
  42n,
  100n,
  255n,
  1000n,
  65_536n,
  2_147_483_647n,
  4_294_967_296n,
  9_007_199_254_740_991n,
  9_007_199_254_740_993n,
  9_223_372_036_854_775_807n,
];
const floats = ["0.0", "1.0", "2.5", "0.1", "3.75", "100.0", "1e3", "2.5e-3", "1e22", "123456789.125"];
const strings = [
  "",
  "a",
  "b",
  "abc",
  "Hello, World",
  "x y",
  "é{}",
  "100%",
  "tab\there",
  "line\nbreak",
  'say "hi"',
  "back\\slash",
  "日本",
];
const chars = ["a", "b", "z", "A", "0", " ", "é", "'", "\\", "\n", '"'];

/** One of few literals, so that a pattern and a value are often the same. */
export function common(g: Generator, type: Type): Code {
  const { choices } = g;
  switch (type.kind) {
    case "int": {
      const value = choices.one([0n, 1n, 2n]);
      return constant(String(value), value);
    }
    case "float": {
      const text = choices.one(["0.0", "1.0", "2.5"]);
      return constant(text, Number(text));
    }
    case "string": {
      const value = choices.one(["", "a", "b"]);
      return constant(`"${value}"`, value);
    }
    case "char": {
      const value = choices.one(["a", "b"]);
      return constant(`'${value}'`, new Char(value));
    }
    default:
      return literal(g, type);
  }
}

export function literal(g: Generator, type: Type): Code {
  const { choices } = g;
  switch (type.kind) {
    case "int": {
      const value = choices.one(ints);
      if (choices.once(4)) return { text: `-${value}`, level: prefixLevel, run: () => -value };
      const text = choices.once(6)
        ? `0x${value.toString(16).toUpperCase()}`
        : value > 9_999n && choices.once(2)
          ? grouped(value)
          : `${value}`;
      return constant(text, value);
    }
    case "float": {
      const text = choices.one(floats);
      if (choices.once(5)) return { text: `-${text}`, level: prefixLevel, run: () => -Number(text) };
      return constant(text, Number(text));
    }
    case "bool": {
      const value = choices.once(2);
      return constant(String(value), value);
    }
    case "string": {
      const value = choices.one(strings);
      return constant(stringText(value, choices.below(4)), value);
    }
    case "char": {
      const value = choices.one(chars);
      return constant(`'${escaped(value, "'")}'`, new Char(value));
    }
    default:
      throw new Unsuitable(`no literals of ${type.kind}`);
  }
}

function constant(text: string, value: Value): Code {
  return { text, level: atomLevel, run: () => value };
}

function grouped(value: bigint): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "_");
}

function stringText(value: string, style: number): string {
  // What follows a line break inside of a text would stand in a column that the generator does not control.
  if (value.includes("\n")) return `"${escaped(value, '"')}"`;
  if (style === 1) return `@"${value.replaceAll('"', '""')}"`;
  if (style === 2 && !value.endsWith('"')) return `"""${value}"""`;
  return `"${escaped(value, '"')}"`;
}

/** The text between quotes. */
export function escaped(value: string, quote: string): string {
  return value
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll(quote, `\\${quote}`);
}
