import { ManifestSyntaxError } from "./errors.js";
import type { SourceNode, SourceSpan } from "./source-tree.js";

/** A JSON text read once into the value and into the places of its parts. */
export interface JsonDocument {
  readonly value: unknown;
  readonly root: SourceNode;
}

/** A manifest nests three deep; what nests deeper than this is not one. */
const MAX_DEPTH = 32;

/**
 * Reads JSON (RFC 8259) and keeps positions. Beyond `JSON.parse`: a key that stands twice in one object is an error, and
 * objects have no prototype, so that `__proto__` is a key like any other.
 */
export function readJson(text: string, fileName?: string): JsonDocument {
  const reader = new JsonReader(text, fileName);
  return reader.document();
}

class JsonReader {
  readonly #text: string;
  readonly #fileName: string | undefined;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string, fileName: string | undefined) {
    this.#text = text;
    this.#fileName = fileName;
    if (text.startsWith("\uFEFF")) this.#at = this.#lineStart = 1;
  }

  document(): JsonDocument {
    const document = this.#value(0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#fail("expected the end of the text");
    return document;
  }

  #value(depth: number): JsonDocument {
    this.#skipBlanks();
    if (depth > MAX_DEPTH) this.#fail(`nested more than ${MAX_DEPTH} deep`);
    const character = this.#text[this.#at];
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#array(depth);
    const from = this.#mark();
    const value = character === '"' ? this.#string() : this.#scalar();
    return { value, root: leaf(this.#span(from)) };
  }

  #object(depth: number): JsonDocument {
    const from = this.#mark();
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const entries = new Map<string, SourceNode>();
    this.#at++;
    while (this.#more("}", entries.size === 0)) {
      const keyFrom = this.#mark();
      if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes or "}"');
      const key = this.#string();
      const keySpan = this.#span(keyFrom);
      if (entries.has(key)) this.#fail(`the key ${JSON.stringify(key)} stands twice in this object`, keyFrom);
      this.#skipBlanks();
      if (this.#text[this.#at] !== ":") this.#fail('expected ":"');
      this.#at++;
      const member = this.#value(depth + 1);
      value[key] = member.value;
      entries.set(key, { ...member.root, key: keySpan, pair: this.#span(keyFrom) });
    }
    return { value, root: { ...leaf(this.#span(from)), entries } };
  }

  #array(depth: number): JsonDocument {
    const from = this.#mark();
    const value: unknown[] = [];
    const items: SourceNode[] = [];
    this.#at++;
    while (this.#more("]", items.length === 0)) {
      const item = this.#value(depth + 1);
      value.push(item.value);
      items.push(item.root);
    }
    return { value, root: { ...leaf(this.#span(from)), items } };
  }

  /** Steps over what stands between members; false at the closing bracket. */
  #more(close: "}" | "]", first: boolean): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return false;
    }
    if (first) return true;
    if (this.#text[this.#at] !== ",") this.#fail(`expected "," or "${close}"`);
    this.#at++;
    this.#skipBlanks();
    if (this.#text[this.#at] === close) this.#fail("JSON has no comma before a closing bracket");
    return true;
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
    if (literal === undefined)
      this.#fail(this.#at < this.#text.length ? "expected a value" : "the text ends too early");
    this.#at += literal.length;
    return JSON.parse(literal) as unknown;
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

  #fail(message: string, { line, column }: SourceSpan = this.#mark()): never {
    throw new ManifestSyntaxError(
      [{ severity: "error", code: "SYNTAX", message, path: [], line, column }],
      this.#fileName,
    );
  }
}

/** Of the control characters (Cc), JSON forbids the first 32 and allows the rest. */
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])/y;

function leaf(span: SourceSpan): SourceNode {
  return { span, entries: new Map(), items: [] };
}
