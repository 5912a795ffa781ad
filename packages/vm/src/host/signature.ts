/** Reading the signatures of host functions: types in the syntax of the language, bounds of type variables behind `when`. */
import { PRIMITIVE_TYPES, TYPE_BOUNDS } from "../bytecode/format.js";
import { SignatureError } from "../errors.js";
import type { ContainerKind, PrimitiveKind, TypeBound, TypeDescriptor } from "../types/type-descriptor.js";
import type { Signature } from "./host-module.js";

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 64;

/**
 * Reads a signature. The arity is the number of top-level arrows.
 *
 * @throws SignatureError with the offset of what cannot be read.
 * @example
 * parseSignature("'n list -> 'n when 'n : num").arity; // 1
 * parseSignature("#Database -> string -> Result<{| id: int; name: string |} option, string>").arity; // 2
 */
export function parseSignature(text: string): Signature {
  if (text.length > MAX_LENGTH) {
    throw new SignatureError(
      `A signature may have ${MAX_LENGTH} characters, this one has ${text.length}`,
      text.slice(0, 60),
      MAX_LENGTH,
    );
  }
  const reader = new SignatureReader(text);
  const type = reader.wholeType();
  return { type, arity: arityOf(type) };
}

function arityOf(type: TypeDescriptor): number {
  let arity = 0;
  for (let rest = type; rest.kind === "function"; rest = rest.result) arity++;
  return arity;
}

/** Types that take one argument, written behind it or before it: `int list`, `List<int>`. */
const containers: ReadonlyMap<string, ContainerKind> = new Map([
  ["list", "list"],
  ["List", "list"],
  ["array", "array"],
  ["Array", "array"],
  ["option", "option"],
  ["Option", "option"],
  ["seq", "seq"],
  ["Seq", "seq"],
  ["Set", "set"],
  ["Async", "async"],
  ["async", "async"],
  ["ref", "ref"],
  ["Lazy", "lazy"],
]);

const primitives: ReadonlyMap<string, PrimitiveKind> = new Map([
  ...PRIMITIVE_TYPES.map((kind): [string, PrimitiveKind] => [kind, kind]),
  ["int64", "int"],
  ["int32", "int"],
  ["double", "float"],
  ["obj", "any"],
]);

interface Token {
  readonly text: string;
  readonly kind: "name" | "variable" | "quoted" | "symbol" | "end";
  readonly offset: number;
}

const tokenPattern =
  /\s*(?:(?<variable>'[\p{L}_][\p{L}\p{Nd}_]*)|``(?<quoted>[^`]+)``|(?<name>[\p{L}_][\p{L}\p{Nd}_'.]*)|(?<symbol>->|\{\||\|\}|\[\]|[*(),<>:;#]))/uy;

const tokenKinds = ["variable", "quoted", "name", "symbol"] as const;

class SignatureReader {
  #token: Token;
  #next = 0;
  #depth = 0;
  /** Of each variable, shared by its occurrences: they are written behind the type. */
  readonly #bounds = new Map<string, TypeBound[]>();

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#token = this.#read();
  }

  wholeType(): TypeDescriptor {
    const type = this.#functionType();
    this.#readBounds();
    if (this.#token.kind !== "end") throw this.#expected("the end of the signature");
    return type;
  }

  /** `when 'a : num and 'b : ord`, if it is there. */
  #readBounds(): void {
    if (!this.#takeName("when")) return;
    do {
      const variable = this.#token;
      if (variable.kind !== "variable") throw this.#expected("a type variable");
      const bounds = this.#bounds.get(variable.text.slice(1));
      if (bounds === undefined)
        throw this.#error(`The type has no variable ${variable.text} to bound`, variable.offset);
      this.#advance();
      this.#expect(":");
      const bound = TYPE_BOUNDS.find((name) => name === this.#token.text);
      if (bound === undefined) throw this.#expected(`one of the bounds ${TYPE_BOUNDS.join(", ")}`);
      this.#advance();
      if (!bounds.includes(bound)) bounds.push(bound);
    } while (this.#takeName("and"));
  }

  #functionType(): TypeDescriptor {
    if (++this.#depth > MAX_DEPTH)
      throw this.#error(`Types may be nested ${MAX_DEPTH} deep`, this.#token.offset);
    // Arrows associate to the right; a loop keeps long signatures off the stack.
    const parts = [this.#tupleType()];
    while (this.#take("->")) parts.push(this.#tupleType());
    this.#depth--;
    return parts.reduceRight((result, parameter) => ({ kind: "function", parameter, result }));
  }

  #tupleType(): TypeDescriptor {
    const first = this.#postfixType();
    if (this.#token.text !== "*") return first;
    const items = [first];
    while (this.#take("*")) items.push(this.#postfixType());
    return { kind: "tuple", items };
  }

  #postfixType(): TypeDescriptor {
    let type = this.#primaryType();
    for (let wrappers = 0; ; wrappers++) {
      if (wrappers + this.#depth > MAX_DEPTH)
        throw this.#error(`Types may be nested ${MAX_DEPTH} deep`, this.#token.offset);
      const kind = this.#token.kind === "name" ? containers.get(this.#token.text) : undefined;
      if (kind !== undefined) {
        this.#advance();
        type = { kind, item: type };
      } else if (this.#take("[]")) type = { kind: "array", item: type };
      else return type;
    }
  }

  #primaryType(): TypeDescriptor {
    const token = this.#token;
    if (token.kind === "variable") {
      this.#advance();
      const name = token.text.slice(1);
      const bounds = this.#bounds.get(name) ?? [];
      this.#bounds.set(name, bounds);
      return { kind: "variable", name, bounds };
    }
    if (this.#take("(")) {
      const type = this.#functionType();
      this.#expect(")");
      return type;
    }
    if (this.#take("{|")) return this.#anonymousRecord();
    if (this.#take("#")) {
      const name = this.#token;
      if (name.kind !== "name") throw this.#expected("the name of a host type behind '#'");
      this.#advance();
      return {
        kind: "host",
        name: name.text,
        ...(this.#token.text === "<" && { args: this.#listOfArguments() }),
      };
    }
    if (token.kind === "name") return this.#namedType();
    throw this.#expected("a type");
  }

  #namedType(): TypeDescriptor {
    const token = this.#token;
    this.#advance();
    const primitive = primitives.get(token.text);
    if (primitive !== undefined) return { kind: primitive };
    const container = containers.get(token.text);
    if (container !== undefined) {
      const [item] = this.#typeArguments<[TypeDescriptor]>(token, 1);
      return { kind: container, item };
    }
    if (token.text === "Map") {
      const [key, value] = this.#typeArguments<[TypeDescriptor, TypeDescriptor]>(token, 2);
      return { kind: "map", key, value };
    }
    if (token.text === "Result") {
      const [ok, error] = this.#typeArguments<[TypeDescriptor, TypeDescriptor]>(token, 2);
      return { kind: "result", ok, error };
    }
    throw this.#error(
      `There is no type '${token.text}'; a type of the host is written '#${token.text}'`,
      token.offset,
    );
  }

  #typeArguments<T extends readonly TypeDescriptor[]>(owner: Token, count: T["length"]): T {
    const types = this.#listOfArguments();
    if (types.length !== count) {
      throw this.#error(
        `Type '${owner.text}' takes ${count} type argument${count === 1 ? "" : "s"}, not ${types.length}`,
        owner.offset,
      );
    }
    return types as T;
  }

  #listOfArguments(): readonly TypeDescriptor[] {
    this.#expect("<");
    const types = [this.#functionType()];
    while (this.#take(",")) types.push(this.#functionType());
    this.#expect(">");
    return types;
  }

  #anonymousRecord(): TypeDescriptor {
    const fields = new Map<string, TypeDescriptor>();
    while (!this.#take("|}")) {
      const label = this.#token;
      if (label.kind !== "name" && label.kind !== "quoted") throw this.#expected("a label");
      if (fields.has(label.text)) throw this.#error(`Label '${label.text}' is given twice`, label.offset);
      this.#advance();
      this.#expect(":");
      fields.set(label.text, this.#functionType());
      if (this.#token.text !== "|}") this.#expect(";");
    }
    const labels = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
    return { kind: "anonymous", fields: labels.map(([label, type]) => ({ label, type })) };
  }

  #take(symbol: string): boolean {
    if (this.#token.kind !== "symbol" || this.#token.text !== symbol) return false;
    this.#advance();
    return true;
  }

  #takeName(name: string): boolean {
    if (this.#token.kind !== "name" || this.#token.text !== name) return false;
    this.#advance();
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw this.#expected(`'${symbol}'`);
  }

  #advance(): void {
    this.#token = this.#read();
  }

  #read(): Token {
    tokenPattern.lastIndex = this.#next;
    const groups = tokenPattern.exec(this.#text)?.groups;
    if (groups === undefined) {
      const rest = this.#text.slice(this.#next);
      const offset = this.#next + rest.length - rest.trimStart().length;
      if (rest.trim() === "") return { text: "", kind: "end", offset: this.#text.length };
      throw this.#error(
        `Unexpected character '${String.fromCodePoint(this.#text.codePointAt(offset) ?? 0)}'`,
        offset,
      );
    }
    this.#next = tokenPattern.lastIndex;
    const kind = tokenKinds.find((one) => groups[one] !== undefined) ?? "symbol";
    const text = groups[kind] ?? "";
    return { text, kind, offset: this.#next - text.length };
  }

  #expected(what: string): SignatureError {
    const found = this.#token.kind === "end" ? "the end" : `'${this.#token.text}'`;
    return this.#error(`Expected ${what}, got ${found}`, this.#token.offset);
  }

  #error(message: string, offset: number): SignatureError {
    return new SignatureError(
      `${message}, at offset ${offset} of the signature '${this.#text.slice(0, 200)}'`,
      this.#text,
      offset,
    );
  }
}
