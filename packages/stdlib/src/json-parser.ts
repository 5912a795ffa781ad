/** Reading JSON into values of type `any`: objects as anonymous records, arrays as arrays, `null` as unit, numbers as ints where they are whole. */
import { BoxedFloat, int64, type NativeContext, type Value } from "@fusabi/vm";
import { JsonSyntaxError } from "./errors.js";
import { ReadingCost } from "./json-cost.js";
import { anonymousRecord } from "./products.js";

/** Brackets nested this deep are refused. */
const RECURSION_LIMIT = 128;
/** Digits of an int that fit 64 bits, with sign. */
const LONGEST_INT = 20;

/** The value of a text. Throws {@link JsonSyntaxError}. */
export function parseJson(text: string, context: NativeContext): Value {
  const parser = new JsonParser(text, context);
  return parser.whole();
}

class JsonParser {
  readonly #text: string;
  readonly #context: NativeContext;
  readonly #cost: ReadingCost;
  #at = 0;
  #depth = 0;

  constructor(text: string, context: NativeContext) {
    this.#text = text;
    this.#context = context;
    this.#cost = new ReadingCost(context);
  }

  whole(): Value {
    this.#skipBlanks();
    const value = this.#value();
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#fail("trailing characters");
    this.#cost.settle();
    return value;
  }

  #value(): Value {
    const start = this.#at;
    const value = this.#valueAt();
    if (typeof value !== "object") this.#cost.text(this.#at - start);
    return value;
  }

  #valueAt(): Value {
    const next = this.#text.charAt(this.#at);
    switch (next) {
      case "":
        throw this.#fail("EOF while parsing a value");
      case '"':
        this.#at++;
        return this.#string();
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#array());
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", undefined);
      default:
        if (next === "-" || isDigit(next)) return this.#number();
        throw this.#fail("expected value");
    }
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth >= RECURSION_LIMIT) throw this.#fail("recursion limit exceeded");
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): Value {
    // Of equal keys the last one counts.
    const entries = new Map<string, Value>();
    this.#skipBlanks();
    if (this.#take("}")) return this.#record(entries);
    for (;;) {
      if (this.#at === this.#text.length) throw this.#fail("EOF while parsing an object");
      if (!this.#take('"')) throw this.#fail("key must be a string");
      const key = this.#string();
      this.#skipBlanks();
      if (this.#at === this.#text.length) throw this.#fail("EOF while parsing an object");
      if (!this.#take(":")) throw this.#fail("expected `:`");
      this.#skipBlanks();
      entries.set(key, this.#value());
      this.#skipBlanks();
      if (this.#take("}")) return this.#record(entries);
      if (this.#at === this.#text.length) throw this.#fail("EOF while parsing an object");
      if (!this.#take(",")) throw this.#fail("expected `,` or `}`");
      this.#skipBlanks();
      if (this.#text.charAt(this.#at) === "}") throw this.#fail("trailing comma");
    }
  }

  #record(entries: ReadonlyMap<string, Value>): Value {
    this.#cost.object(entries.size);
    return anonymousRecord(this.#context, entries);
  }

  #array(): Value {
    const items: Value[] = [];
    this.#skipBlanks();
    if (this.#take("]")) return this.#made(items);
    for (;;) {
      if (this.#at === this.#text.length) throw this.#fail("EOF while parsing a list");
      items.push(this.#value());
      this.#skipBlanks();
      if (this.#take("]")) return this.#made(items);
      if (this.#at === this.#text.length) throw this.#fail("EOF while parsing a list");
      if (!this.#take(",")) throw this.#fail("expected `,` or `]`");
      this.#skipBlanks();
      if (this.#text.charAt(this.#at) === "]") throw this.#fail("trailing comma");
    }
  }

  #made(items: Value[]): Value {
    this.#cost.array(items.length);
    return items;
  }

  #word(word: string, value: Value): Value {
    for (let i = 0; i < word.length; i++, this.#at++) {
      if (this.#at === this.#text.length) throw this.#fail("EOF while parsing a value");
      if (this.#text.charAt(this.#at) !== word.charAt(i)) throw this.#fail("expected ident");
    }
    return value;
  }

  #number(): Value {
    const start = this.#at;
    this.#take("-");
    this.#digits("whole");
    let whole = true;
    if (this.#take(".")) {
      whole = false;
      this.#digits("fraction");
    }
    if (this.#take("e") || this.#take("E")) {
      whole = false;
      if (!this.#take("+")) this.#take("-");
      this.#digits("fraction");
    }
    const written = this.#text.slice(start, this.#at);
    if (whole && written !== "-0" && written.length <= LONGEST_INT) {
      const exact = BigInt(written);
      if (BigInt.asIntN(64, exact) === exact) return int64.normalise(exact);
    }
    const float = Number(written);
    if (!Number.isFinite(float)) throw this.#fail("number out of range", this.#at);
    return new BoxedFloat(float);
  }

  /** One digit or more; the whole part does not start with a needless zero. */
  #digits(part: "whole" | "fraction"): void {
    const start = this.#at;
    while (isDigit(this.#text.charAt(this.#at))) {
      if (part === "whole" && this.#at === start + 1 && this.#text.charAt(start) === "0")
        throw this.#fail("invalid number");
      this.#at++;
    }
    if (this.#at > start) return;
    throw this.#fail(this.#at === this.#text.length ? "EOF while parsing a value" : "invalid number");
  }

  /** The rest of a string, behind its opening quote. */
  #string(): string {
    const parts: string[] = [];
    let from = this.#at;
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(unit)) throw this.#fail("EOF while parsing a string");
      if (unit === QUOTE) {
        parts.push(this.#text.slice(from, this.#at++));
        const value = parts.join("");
        this.#cost.string(value.length);
        return value;
      }
      if (unit < 0x20) throw this.#fail("control character (\\u0000-\\u001F) found while parsing a string");
      if (unit !== BACKSLASH) {
        this.#at++;
        continue;
      }
      parts.push(this.#text.slice(from, this.#at++), this.#escape());
      from = this.#at;
    }
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at);
    if (letter === "") throw this.#fail("EOF while parsing a string");
    if (letter === "u") {
      this.#at++;
      return this.#unicode();
    }
    const unit = ESCAPES.get(letter);
    if (unit === undefined) throw this.#fail("invalid escape");
    this.#at++;
    return unit;
  }

  /** Four digits, or two times four for a pair of surrogates; half a pair is refused. */
  #unicode(): string {
    const first = this.#hexadecimal();
    if (first < 0xd800 || first > 0xdfff) return String.fromCharCode(first);
    if (first > 0xdbff || this.#text.charAt(this.#at) !== "\\")
      throw this.#fail("unexpected end of hex escape");
    this.#at++;
    if (this.#text.charAt(this.#at) !== "u") throw this.#fail("unexpected end of hex escape");
    this.#at++;
    const second = this.#hexadecimal();
    if (second < 0xdc00 || second > 0xdfff) throw this.#fail("unexpected end of hex escape", this.#at);
    return String.fromCharCode(first, second);
  }

  #hexadecimal(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.#at += 4;
      return Number.parseInt(digits, 16);
    }
    const good = /^[0-9a-fA-F]*/.exec(digits)?.[0].length ?? 0;
    this.#at += good;
    throw this.#fail(this.#at === this.#text.length ? "EOF while parsing a string" : "invalid escape");
  }

  #take(unit: string): boolean {
    if (this.#text.charAt(this.#at) !== unit) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at++;
    }
  }

  /** `read` units have been read, by default those up to and with the one that does not fit. */
  #fail(what: string, read: number = Math.min(this.#at + 1, this.#text.length)): JsonSyntaxError {
    let line = 1;
    let lineStart = 0;
    for (
      let end = this.#text.indexOf("\n");
      end >= 0 && end < read;
      end = this.#text.indexOf("\n", end + 1)
    ) {
      line++;
      lineStart = end + 1;
    }
    return new JsonSyntaxError(what, line, read - lineStart);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function isDigit(unit: string): boolean {
  return unit >= "0" && unit <= "9" && unit.length === 1;
}
