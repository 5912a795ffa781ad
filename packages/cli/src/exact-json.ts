/** JSON in which every int of 64 bits keeps its value: what does not fit a number exactly is a bigint. */

/** A text that is no JSON; `offset` counts UTF-16 units. */
export class JsonTextError extends Error {
  override readonly name = "JsonTextError";
  readonly code = "JSON";
  readonly offset: number;

  constructor(message: string, offset: number, options?: ErrorOptions) {
    super(message, options);
    this.offset = offset;
  }
}

/** A value that JSON has no form for. `path` leads to it, `$.items[3]`. */
export class JsonValueError extends Error {
  override readonly name = "JsonValueError";
  readonly code = "JSON_VALUE";
  readonly path: string;

  constructor(path: string, what: string) {
    super(`the result has no form in JSON: ${path} is ${what}`);
    this.path = path;
  }
}

const DEEPEST = 500;
const BLANK = /[\t\n\r ]*/y;
const TOKENS = {
  mark: /[[\]{},:]/y,
  number: /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  string: /"(?:[^"\\]|\\.)*"/y,
  word: /(?:true|false|null)\b/y,
} as const;

interface Token {
  readonly kind: keyof typeof TOKENS;
  readonly text: string;
  readonly offset: number;
}

/**
 * Reads a JSON text. Objects have no prototype, so that `__proto__` is a name like any other.
 *
 * @throws JsonTextError
 */
export function parseExactJson(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value(reader.next(), 0);
  reader.end();
  return value;
}

/**
 * Reads JSON texts that stand one behind the other, with blanks in between.
 *
 * @throws JsonTextError
 */
export function parseExactJsonSequence(text: string): readonly unknown[] {
  const reader = new Reader(text);
  const values: unknown[] = [];
  while (!reader.isAtEnd()) values.push(reader.value(reader.next(), 0));
  return values;
}

class Reader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    this.#take(BLANK);
    const offset = this.#offset;
    for (const [kind, pattern] of Object.entries(TOKENS)) {
      const text = this.#take(pattern);
      if (text !== undefined) return { kind: kind as Token["kind"], text, offset };
    }
    throw new JsonTextError("expected a JSON value", offset);
  }

  isAtEnd(): boolean {
    this.#take(BLANK);
    return this.#offset >= this.#text.length;
  }

  end(): void {
    if (!this.isAtEnd()) throw new JsonTextError("expected the end", this.#offset);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const text = pattern.exec(this.#text)?.[0];
    if (text !== undefined) this.#offset += text.length;
    return text;
  }

  value(token: Token, depth: number): unknown {
    if (depth > DEEPEST) throw new JsonTextError(`nested deeper than ${DEEPEST}`, token.offset);
    if (token.kind === "number") return exactNumber(token);
    if (token.kind !== "mark") return plainValue(token);
    if (token.text === "[") return this.#array(depth);
    if (token.text === "{") return this.#object(depth);
    throw new JsonTextError("expected a JSON value", token.offset);
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    let token = this.next();
    if (isMark(token, "]")) return items;
    for (;;) {
      items.push(this.value(token, depth + 1));
      if (this.#separator("]")) return items;
      token = this.next();
    }
  }

  #object(depth: number): unknown {
    const object = Object.create(null) as Record<string, unknown>;
    let token = this.next();
    if (isMark(token, "}")) return object;
    for (;;) {
      if (token.kind !== "string") throw new JsonTextError("expected a key in quotes", token.offset);
      const key = String(plainValue(token));
      const colon = this.next();
      if (!isMark(colon, ":")) throw new JsonTextError("expected a colon", colon.offset);
      object[key] = this.value(this.next(), depth + 1);
      if (this.#separator("}")) return object;
      token = this.next();
    }
  }

  /** Whether the list ends here; otherwise a comma. */
  #separator(end: "]" | "}"): boolean {
    const token = this.next();
    if (isMark(token, end)) return true;
    if (!isMark(token, ",")) throw new JsonTextError(`expected a comma or ${end}`, token.offset);
    return false;
  }
}

function isMark({ kind, text }: Token, mark: string): boolean {
  return kind === "mark" && text === mark;
}

/** A text or a word: the platform knows the escapes. */
function plainValue({ text, offset }: Token): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JsonTextError("a bad escape or control character in quotes", offset, { cause: error });
  }
}

function exactNumber({ text, offset }: Token): number | bigint {
  const number = Number(text);
  if (!/^-?\d+$/.test(text)) {
    if (!Number.isFinite(number)) throw new JsonTextError("the number is too large", offset);
    return number;
  }
  if (Number.isSafeInteger(number)) return number;
  const exact = BigInt(text);
  if (BigInt.asIntN(64, exact) !== exact) throw new JsonTextError("the number does not fit 64 bits", offset);
  return exact;
}

/**
 * A value that came out of a program as JSON text: unit and none are `null`, a map with texts as keys is an object, any other
 * map an array of pairs, a set an array.
 *
 * @throws JsonValueError for functions and other things without a form, and for what contains itself
 */
export function formatExactJson(value: unknown): string {
  return format(value, "$", 0);
}

function format(value: unknown, path: string, depth: number): string {
  if (depth > DEEPEST) throw new JsonValueError(path, `nested deeper than ${DEEPEST}`);
  switch (typeof value) {
    case "undefined":
      return "null";
    case "bigint":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) throw new JsonValueError(path, String(value));
      return Object.is(value, -0) ? "-0.0" : String(value);
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "object":
      return value === null ? "null" : formatObject(value, path, depth);
    default:
      throw new JsonValueError(path, `a ${typeof value}`);
  }
}

function formatObject(value: object, path: string, depth: number): string {
  if (Array.isArray(value) || value instanceof Set) return formatItems([...value], path, depth);
  if (value instanceof Map) {
    const entries = [...value];
    return entries.every(([key]) => typeof key === "string")
      ? formatFields(entries, path, depth)
      : formatItems(entries, path, depth);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype)
    throw new JsonValueError(path, "an object of the host");
  return formatFields(Object.entries(value), path, depth);
}

function formatItems(items: readonly unknown[], path: string, depth: number): string {
  return `[${items.map((item, index) => format(item, `${path}[${index}]`, depth + 1)).join(", ")}]`;
}

function formatFields(fields: readonly (readonly [string, unknown])[], path: string, depth: number): string {
  const texts = fields.map(
    ([key, item]) => `${JSON.stringify(key)}: ${format(item, `${path}.${key}`, depth + 1)}`,
  );
  return `{${texts.join(", ")}}`;
}
