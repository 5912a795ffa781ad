import type { DefinitionData, TypeDescriptor } from "@fusabi/vm";
import { Identifiers, memberKey } from "./identifiers.js";

/** What a type is inside of; what binds looser gets parentheses. */
const ALONE = 0;
const IN_UNION = 1;
const IN_ARRAY = 2;
type Place = typeof ALONE | typeof IN_UNION | typeof IN_ARRAY;

/** Types nested deeper, or made of more parts, are cut with `unknown`: a few lines of a program can have a type of millions. */
const DEEPEST = 60;
const MOST_PARTS = 5_000;

/** What a type's text needs from around it. */
export interface TypeSurroundings {
  /** The name of a declared type, which is to be declared because it is used. */
  readonly declared: (definition: number) => string;
  readonly definitions: readonly DefinitionData[];
  /** The name of a type variable. */
  readonly variable: (name: string) => string;
}

/** A type of a program as the TypeScript type of the values that cross by it. */
export function typeText(type: TypeDescriptor, surroundings: TypeSurroundings): string {
  return new TypeText(surroundings).of(type, ALONE);
}

/** The type of a function: the parameters that it takes at once, by their names, and its result. */
export function functionText(
  type: TypeDescriptor,
  arity: number,
  names: readonly string[],
  surroundings: TypeSurroundings,
): string {
  return new TypeText(surroundings).function(type, arity, names);
}

class TypeText {
  readonly #around: TypeSurroundings;
  #depth = 0;
  #parts = 0;

  constructor(around: TypeSurroundings) {
    this.#around = around;
  }

  of(type: TypeDescriptor, place: Place): string {
    if (this.#depth >= DEEPEST || ++this.#parts > MOST_PARTS) return "unknown";
    this.#depth++;
    const text = this.#whole(type, place);
    this.#depth--;
    return text;
  }

  function(type: TypeDescriptor, arity: number, names: readonly string[]): string {
    const identifiers = new Identifiers();
    const parameters: string[] = [];
    let rest = type;
    for (let index = 0; index < arity && rest.kind === "function"; index++) {
      // The unit value as the only parameter is left out in a call.
      if (arity > 1 || rest.parameter.kind !== "unit") {
        const name = identifiers.take(names[index] || `arg${index + 1}`);
        parameters.push(`${name}: ${this.of(rest.parameter, ALONE)}`);
      }
      rest = rest.result;
    }
    const result = rest.kind === "unit" ? "void" : this.of(rest, ALONE);
    return `(${parameters.join(", ")}) => ${result}`;
  }

  #whole(type: TypeDescriptor, place: Place): string {
    switch (type.kind) {
      case "int":
        return union(["number", "bigint"], place);
      case "float":
        return "number";
      case "bool":
        return "boolean";
      case "string":
      case "char":
        return "string";
      case "unit":
        return "undefined";
      case "any":
        return "unknown";
      case "exn":
        return "Error";
      case "host":
        return union(["object", "null"], place);
      case "lazy":
        // It cannot cross.
        return "never";
      case "list":
      case "array":
      case "seq":
        return bracket(`readonly ${this.of(type.item, IN_ARRAY)}[]`, place === IN_ARRAY);
      case "set":
        return `ReadonlySet<${this.of(type.item, ALONE)}>`;
      case "map":
        return `ReadonlyMap<${this.of(type.key, ALONE)}, ${this.of(type.value, ALONE)}>`;
      case "async":
        return `Promise<${this.of(type.item, ALONE)}>`;
      case "ref":
        return `{ contents: ${this.of(type.item, ALONE)} }`;
      case "option":
        return this.#option(type.item, place);
      case "result":
        return this.#result(type.ok, type.error, place);
      case "tuple":
        return bracket(
          `readonly [${type.items.map((item) => this.of(item, ALONE)).join(", ")}]`,
          place === IN_ARRAY,
        );
      case "function":
        return bracket(this.function(type, arityOf(type), []), place !== ALONE);
      case "anonymous":
        return objectText(type.fields.map(({ label, type: field }) => [label, this.of(field, ALONE)]));
      case "variable":
        return variableText(type, this.#around, place);
      case "named":
        return this.#named(type, place);
    }
  }

  /** A tag keeps apart what would look alike; where the type does not say whether it is needed, either form can be there. */
  #option(item: TypeDescriptor, place: Place): string {
    if (item.kind === "any") return "unknown";
    const inner = this.of(item, IN_UNION);
    const tagged = objectText([["some", this.of(item, ALONE)]]);
    if (item.kind === "option" || item.kind === "unit") return union([tagged, "null"], place);
    if (item.kind === "variable") return union([inner, tagged, "null"], place);
    return union(inner === "object | null" ? [inner] : [inner, "null"], place);
  }

  #result(ok: TypeDescriptor, error: TypeDescriptor, place: Place): string {
    const cases = [
      objectText([
        ["ok", "true"],
        ["value", this.of(ok, ALONE)],
      ]),
      objectText([
        ["ok", "false"],
        ["error", this.of(error, ALONE)],
      ]),
    ];
    return union(cases, place);
  }

  #named({ definition, args }: TypeDescriptor & { readonly kind: "named" }, place: Place): string {
    const data = this.#around.definitions[definition];
    const [first = ANY, second = ANY] = args;
    switch (data?.kind) {
      case "record":
      case "union": {
        // An object with an identity cannot cross.
        if (data.kind === "record" && data.identity) return "never";
        const name = this.#around.declared(definition);
        return args.length === 0 ? name : `${name}<${args.map((arg) => this.of(arg, ALONE)).join(", ")}>`;
      }
      case "builtin":
        if (data.name === "option") return this.#option(first, place);
        return data.name === "Result" ? this.#result(first, second, place) : "Error";
      case "exception":
        return "Error";
      default:
        return "unknown";
    }
  }
}

const ANY: TypeDescriptor = { kind: "any" };

/** An object type with these members. */
export function objectText(members: readonly (readonly [label: string, type: string])[]): string {
  if (members.length === 0) return "object";
  return `{ ${members.map(([label, type]) => `readonly ${memberKey(label)}: ${type}`).join("; ")} }`;
}

/** A variable for numbers is written out: TypeScript would take the result of a call with 2 for 2. */
function variableText(
  { name, bounds }: TypeDescriptor & { readonly kind: "variable" },
  { variable }: TypeSurroundings,
  place: Place,
): string {
  if (bounds.includes("num") || bounds.includes("bits")) return union(["number", "bigint"], place);
  if (bounds.includes("add")) return union(["number", "bigint", "string"], place);
  return variable(name);
}

function union(alternatives: readonly string[], place: Place): string {
  return bracket(alternatives.join(" | "), place === IN_ARRAY && alternatives.length > 1);
}

function bracket(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

function arityOf(type: TypeDescriptor): number {
  let arity = 0;
  for (let rest = type; rest.kind === "function"; rest = rest.result) arity++;
  return arity;
}
