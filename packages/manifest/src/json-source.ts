import type { ManifestProblem } from "./problem.js";
import type { SourceNode, SourceSpan } from "./source-tree.js";

/** A JSON text read once into the value and into the places of its parts. */
export interface JsonDocument {
  readonly value: unknown;
  readonly root: SourceNode;
  /** Where the text is no JSON; then the value is what could be read. */
  readonly mistakes: readonly ManifestProblem[];
}

interface JsonValue {
  readonly value: unknown;
  readonly root: SourceNode;
}

/** A manifest nests three deep; what nests deeper than this is not one. */
const MAX_DEPTH = 32;

/**
 * Reads JSON (RFC 8259) and keeps positions. Goes on behind a mistake that leaves no doubt about what follows. Beyond `JSON.parse`: a key that stands twice in one object is an error, and
 * objects have no prototype, so that `__proto__` is a key like any other.
 */
export function readJson(text: string): JsonDocument {
  return new JsonReader(text).document();
}

/** A mistake behind which nothing can be read. */
class JsonEnd extends Error {}

class JsonReader {
  readonly #text: string;
  readonly #mistakes: ManifestProblem[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith("\uFEFF")) this.#at = this.#lineStart = 1;
  }

  document(): JsonDocument {
    try {
      const { value, root } = this.#value(0);
      this.#skipBlanks();
      if (this.#at < this.#text.length) this.#fail("expected the end of the text");
      return { value: value === UNREADABLE ? undefined : value, root, mistakes: this.#mistakes };
    } catch (error) {
      if (!(error instanceof JsonEnd)) throw error;
      return { value: undefined, root: leaf(this.#span(this.#mark())), mistakes: this.#mistakes };
    }
  }

  #value(depth: number): JsonValue {
    this.#skipBlanks();
    if (depth > MAX_DEPTH) this.#fail(`nested more than ${MAX_DEPTH} deep`);
    const character = this.#text[this.#at];
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#array(depth);
    const from = this.#mark();
    const value = character === '"' ? this.#string() : this.#scalar();
    return { value, root: leaf(this.#span(from)) };
  }

  #object(depth: number): JsonValue {
    const from = this.#mark();
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const entries = new Map<string, SourceNode>();
    this.#at++;
    for (let first = true; this.#more("}", first); first = false) {
      const keyFrom = this.#mark();
      if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes or "}"');
      const key = this.#string();
      const keySpan = this.#span(keyFrom);
      const twice = entries.has(key);
      if (twice) this.#note(`the key ${JSON.stringify(key)} stands twice in this object`, keyFrom);
      this.#skipBlanks();
      if (this.#text[this.#at] !== ":") this.#fail('expected ":"');
      this.#at++;
      const member = this.#value(depth + 1);
      if (twice || member.value === UNREADABLE) continue;
      value[key] = member.value;
      entries.set(key, { ...member.root, key: keySpan, pair: this.#span(keyFrom) });
    }
    return { value, root: { ...leaf(this.#span(from)), entries } };
  }

  #array(depth: number): JsonValue {
    const from = this.#mark();
    const value: unknown[] = [];
    const items: SourceNode[] = [];
    let readable = true;
    this.#at++;
    for (let first = true; this.#more("]", first); first = false) {
      const item = this.#value(depth + 1);
      if (item.value === UNREADABLE) readable = false;
      value.push(item.value);
      items.push(item.root);
    }
    // Without one of its items, the others would have other indexes.
    return { value: readable ? value : UNREADABLE, root: { ...leaf(this.#span(from)), items } };
  }

  /** Steps over what stands between members; false at the closing bracket. */
  #more(close: "}" | "]", first: boolean): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return false;
    }
    if (first) return true;
    if (this.#text[this.#at] === ",") this.#at++;
    // A quote begins the next key or text: only the comma before it is missing.
    else if (this.#text[this.#at] === '"') this.#note('expected ","');
    else this.#fail(`expected "," or "${close}"`);
    this.#skipBlanks();
    if (this.#text[this.#at] !== close) return true;
    this.#note("JSON has no comma before a closing bracket");
    this.#at++;
    return false;
  }

  #string(): string {
    const from = this.#mark();
    STRING.lastIndex = this.#at;
    const literal = STRING.exec(this.#text)?.[0];
    if (literal === undefined)
      this.#fail("a string that does not end, or holds a control character or a bad escape", from);
    this.#at += literal.length;
    return JSON.parse(literal) as string;
  }

  #scalar(): unknown {
    SCALAR.lastIndex = this.#at;
    const literal = SCALAR.exec(this.#text)?.[0];
    if (literal !== undefined) {
      this.#at += literal.length;
      return JSON.parse(literal) as unknown;
    }
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0];
    if (word === undefined)
      this.#fail(this.#at < this.#text.length ? "expected a value" : "the text ends too early");
    this.#note("expected a value");
    this.#at += word.length;
    return UNREADABLE;
  }

  #skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character !== " " && character !== "\t" && character !== "\n" && character !== "\r") return;
      this.#at++;
      if (character === "\n") {
        this.#line++;
        this.#lineStart = this.#at;
      }
    }
  }

  #mark(): SourceSpan {
    return { line: this.#line, column: this.#at - this.#lineStart + 1, start: this.#at, end: this.#at };
  }

  #span(from: SourceSpan): SourceSpan {
    return { ...from, end: this.#at };
  }

  /** Tells of a mistake and goes on. */
  #note(message: string, { line, column }: SourceSpan = this.#mark()): void {
    if (this.#mistakes.length < MOST_MISTAKES)
      this.#mistakes.push({ severity: "error", code: "SYNTAX", message, path: [], line, column });
  }

  #fail(message: string, place?: SourceSpan): never {
    this.#note(message, place);
    throw new JsonEnd();
  }
}

/** In the place of a value that cannot be read. */
const UNREADABLE: unique symbol = Symbol("unreadable");

/** So many mistakes are worth telling at once. */
const MOST_MISTAKES = 20;

/** Of the control characters (Cc), JSON forbids the first 32 and allows the rest. */
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])/y;

/** What was meant as a value and is none: a bare word, or a number of no form that JSON has. */
const WORD = /[\w.+-]{1,200}(?![\w.+-])/y;

function leaf(span: SourceSpan): SourceNode {
  return { span, entries: new Map(), items: [] };
}
