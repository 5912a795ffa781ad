/** Reading JSON into values of type `any`: objects as anonymous records, arrays as arrays, `null` as unit, numbers as ints where they are whole. */
import { BoxedFloat, int64, type NativeContext, type Value } from "@fusabi/vm";
import { JsonSyntaxError } from "./errors.js";
import { ReadingCost } from "./json-cost.js";
import { type LabelStep, LabelTree } from "./json-labels.js";

/** Brackets nested this deep are refused. */
const RECURSION_LIMIT = 128;
/** Digits of an int that fit 64 bits, with sign. */
const LONGEST_INT = 20;
/** Digits of an int that no sum of them makes inexact. */
const EXACT_DIGITS = 15;

/** The value of a text. Throws {@link JsonSyntaxError}. */
export function parseJson(context: NativeContext, text: string): Value {
  const parser = new JsonParser(text, context);
  return parser.whole();
}

class JsonParser {
  readonly #text: string;
  readonly #cost: ReadingCost;
  readonly #labels: LabelTree;
  /** What is in the arrays and objects that are being read, inside each other. */
  readonly #values: Value[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string, context: NativeContext) {
    this.#text = text;
    this.#cost = new ReadingCost(context);
    this.#labels = new LabelTree(context.conversion.anonymousShapes);
  }

  whole(): Value {
    this.#cost.text(this.#text.length);
    this.#skipBlanks();
    const value = this.#value();
    if (this.#skipBlanks() !== END) throw this.#fail("trailing characters");
    this.#cost.settle();
    return value;
  }

  #value(): Value {
    const unit = this.#next();
    switch (unit) {
      case QUOTE:
        this.#at++;
        return this.#string();
      case OPEN_BRACE:
        this.#enter();
        return this.#object();
      case OPEN_BRACKET:
        this.#enter();
        return this.#array();
      case LETTER_T:
        return this.#word("true", true);
      case LETTER_F:
        return this.#word("false", false);
      case LETTER_N:
        return this.#word("null", undefined);
      case END:
        throw this.#fail("EOF while parsing a value");
      default:
        if (unit === MINUS || isDigit(unit)) return this.#number();
        throw this.#fail("expected value");
    }
  }

  #enter(): void {
    if (++this.#depth >= RECURSION_LIMIT) throw this.#fail("recursion limit exceeded");
    this.#at++;
  }

  #object(): Value {
    const values = this.#values;
    let step = this.#labels.start;
    if (this.#skipBlanks() === CLOSE_BRACE) this.#at++;
    else
      for (;;) {
        step = this.#label(step);
        this.#skipBlanks();
        values.push(this.#value());
        if (!this.#goesOn(CLOSE_BRACE, "an object", "expected `,` or `}`")) break;
      }
    this.#depth--;
    const { shape, slots, fields } = step.layout;
    this.#cost.object(slots.length);
    for (let index = slots.length - 1; index >= 0; index--) fields[slots[index] as number] = values.pop();
    return shape.make(fields);
  }

  /** A label with its colon: mostly the one that came here the last time. */
  #label(step: LabelStep): LabelStep {
    const { text, next } = step;
    if (next !== undefined && this.#text.startsWith(text, this.#at)) {
      this.#at += text.length;
      return next;
    }
    const start = this.#at;
    if (this.#next() === END) throw this.#fail("EOF while parsing an object");
    if (!this.#take(QUOTE)) throw this.#fail("key must be a string");
    const label = this.#string();
    if (this.#skipBlanks() === END) throw this.#fail("EOF while parsing an object");
    if (!this.#take(COLON)) throw this.#fail("expected `:`");
    return step.follow(label, this.#text.slice(start, this.#at));
  }

  #array(): Value {
    const values = this.#values;
    const first = values.length;
    this.#cost.array();
    if (this.#skipBlanks() === CLOSE_BRACKET) this.#at++;
    else
      do {
        values.push(this.#value());
        this.#cost.item();
      } while (this.#goesOn(CLOSE_BRACKET, "a list", "expected `,` or `]`"));
    this.#depth--;
    return takenFrom(values, first);
  }

  /** Behind a part of an array or object: whether another one follows. */
  #goesOn(close: number, what: string, expected: string): boolean {
    const unit = this.#skipBlanks();
    if (unit === COMMA) {
      this.#at++;
      if (this.#skipBlanks() === close) throw this.#fail("trailing comma");
      return true;
    }
    if (unit !== close) throw this.#fail(unit === END ? `EOF while parsing ${what}` : expected);
    this.#at++;
    return false;
  }

  #word(word: string, value: Value): Value {
    for (let i = 0; i < word.length; i++, this.#at++) {
      if (this.#at === this.#text.length) throw this.#fail("EOF while parsing a value");
      if (this.#text.charAt(this.#at) !== word.charAt(i)) throw this.#fail("expected ident");
    }
    return value;
  }

  #number(): Value {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let value = 0;
    for (const end = Math.min(text.length - 1, start + EXACT_DIGITS); at < end; at++) {
      const unit = text.charCodeAt(at);
      if (!isDigit(unit)) break;
      value = value * 10 + (unit - ZERO);
    }
    // What is not a short int in the midst of a text is looked at again.
    const next = this.#at === at ? END : text.charCodeAt(at);
    if (
      (next !== COMMA && next !== CLOSE_BRACE && next !== CLOSE_BRACKET) ||
      startsWithNeedlessZero(text, start, at)
    )
      return this.#anyNumber();
    this.#at = at;
    return value;
  }

  #anyNumber(): Value {
    const start = this.#at;
    this.#take(MINUS);
    this.#digits("whole");
    let whole = true;
    if (this.#take(POINT)) {
      whole = false;
      this.#digits("fraction");
    }
    if (this.#take(LETTER_E) || this.#take(CAPITAL_E)) {
      whole = false;
      if (!this.#take(PLUS)) this.#take(MINUS);
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
    while (isDigit(this.#next())) {
      if (part === "whole" && this.#at === start + 1 && this.#text.charAt(start) === "0")
        throw this.#fail("invalid number");
      this.#at++;
    }
    if (this.#at > start) return;
    throw this.#fail(this.#next() === END ? "EOF while parsing a value" : "invalid number");
  }

  /** The rest of a string, behind its opening quote: mostly nothing in it needs a second look. */
  #string(): string {
    const text = this.#text;
    const start = this.#at;
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        this.#cost.string(at - start);
        return text.slice(start, at);
      }
      if (unit === BACKSLASH || unit < BLANK) break;
    }
    return this.#anyString();
  }

  #anyString(): string {
    const parts: string[] = [];
    let from = this.#at;
    for (;;) {
      const unit = this.#next();
      if (unit === END) throw this.#fail("EOF while parsing a string");
      if (unit === QUOTE) {
        parts.push(this.#text.slice(from, this.#at++));
        const value = parts.join("");
        this.#cost.string(value.length);
        return value;
      }
      if (unit < BLANK) throw this.#fail("control character (\\u0000-\\u001F) found while parsing a string");
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

  /** The unit that is read next; END behind the last. */
  #next(): number {
    return this.#at < this.#text.length ? this.#text.charCodeAt(this.#at) : END;
  }

  #take(unit: number): boolean {
    if (this.#next() !== unit) return false;
    this.#at++;
    return true;
  }

  /** Gives the unit that follows. */
  #skipBlanks(): number {
    for (;;) {
      const unit = this.#next();
      if (unit > BLANK || (unit !== BLANK && unit !== 0x0a && unit !== 0x0d && unit !== 0x09)) return unit;
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

/** In place of a unit. */
const END = -1;
const BLANK = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const CAPITAL_E = 0x45;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LETTER_E = 0x65;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;
const LETTER_T = 0x74;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

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

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= 0x39;
}

/** An array of the last values, which takes no more room than they need: one that grows keeps some in reserve, and most are short. */
function takenFrom(values: Value[], first: number): Value[] {
  switch (values.length - first) {
    case 0:
      return [];
    case 1:
      return [values.pop()];
    case 2: {
      const second = values.pop();
      return [values.pop(), second];
    }
    case 3: {
      const third = values.pop();
      const second = values.pop();
      return [values.pop(), second, third];
    }
    default: {
      const items = values.slice(first);
      values.length = first;
      return items;
    }
  }
}

function startsWithNeedlessZero(text: string, start: number, end: number): boolean {
  return end > start + 1 && text.charCodeAt(start) === ZERO;
}
