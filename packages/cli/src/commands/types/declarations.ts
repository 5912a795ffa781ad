import { type DefinitionData, formatSignature } from "@fusabi/vm";
import { Identifiers, memberKey, predefinedTypes } from "./identifiers.js";
import type { Offer, OfferedFunction } from "./offer.js";
import { functionText, objectText, type TypeSurroundings, typeText } from "./type-text.js";

/** The name of the interface with the functions: hosts import it, so that it does not depend on the plugin. */
const INTERFACE = "PluginExports";

/** What a plugin offers as a TypeScript module: an interface of its functions, and the types that they use. */
export function declarationsOf(offer: Offer): string {
  return new Declarations(offer).text();
}

class Declarations {
  readonly #offer: Offer;
  /** The names of all declared types, by index; what is not used keeps its name for itself. */
  readonly #names: readonly string[];
  /** Types that are used, in the order in which they are met. */
  readonly #used = new Set<number>();

  constructor(offer: Offer) {
    this.#offer = offer;
    const identifiers = new Identifiers([...predefinedTypes, INTERFACE]);
    this.#names = offer.definitions.map(({ name }) => identifiers.take(name));
  }

  text(): string {
    const { title, functions } = this.#offer;
    const members = functions.map((one) => this.#member(one));
    const types: string[] = [];
    // Writing a type down can add further ones behind it.
    for (const index of this.#used) types.push(...this.#declaration(index));
    return [
      `// The functions of plugin ${oneLine(title)}, as they are called from outside. Made by fus types.`,
      "",
      `export interface ${INTERFACE} {`,
      ...members.flat(),
      "}",
      ...types,
      "",
    ].join("\n");
  }

  #member({ name, arity, parameterNames, type, doc }: OfferedFunction): readonly string[] {
    const variables: string[] = [];
    const text = functionText(type, arity, parameterNames, this.#surroundings(variables, new Map()));
    const generic = variables.length === 0 ? "" : `<${variables.join(", ")}>`;
    const signature = formatSignature(type, this.#offer.definitions);
    return [
      ...comment([...docLines(doc), `\`${oneLine(signature)}\``], "  "),
      `  readonly ${memberKey(name)}: ${generic}${text};`,
    ];
  }

  #declaration(index: number): readonly string[] {
    const data = this.#offer.definitions[index];
    const name = this.#names[index] ?? "";
    if (data?.kind === "record") return ["", ...this.#record(data, name)];
    return data?.kind === "union" ? ["", ...this.#union(data, name)] : [];
  }

  #record({ params, fields }: DefinitionData & { readonly kind: "record" }, name: string): readonly string[] {
    const { generic, surroundings } = this.#parameters(params);
    return [
      `export interface ${name}${generic} {`,
      ...fields.map(({ label, type }) => `  readonly ${memberKey(label)}: ${typeText(type, surroundings)};`),
      "}",
    ];
  }

  #union({ params, cases }: DefinitionData & { readonly kind: "union" }, name: string): readonly string[] {
    const { generic, surroundings } = this.#parameters(params);
    const alternatives = cases.map(({ name: tag, fields }) => {
      const labels = new Identifiers();
      // Either all members of a tuple have a name or none has.
      const labelled = fields.every(({ label }) => label !== undefined);
      const types = fields.map(({ label, type }) => {
        const text = typeText(type, surroundings);
        return labelled && label !== undefined ? `${labels.take(label)}: ${text}` : text;
      });
      return objectText([
        ["tag", JSON.stringify(tag)],
        ["fields", `readonly [${types.join(", ")}]`],
      ]);
    });
    return [`export type ${name}${generic} =`, `${alternatives.map((one) => `  | ${one}`).join("\n")};`];
  }

  /** The type parameters of a declared type, which its fields know by their numbers. */
  #parameters(count: number): { readonly generic: string; readonly surroundings: TypeSurroundings } {
    const variables: string[] = [];
    const known = new Map<string, string>();
    const surroundings = this.#surroundings(variables, known);
    for (let number = 0; number < count; number++) surroundings.variable(String(number));
    return { generic: count === 0 ? "" : `<${variables.join(", ")}>`, surroundings };
  }

  #surroundings(variables: string[], known: Map<string, string>): TypeSurroundings {
    const identifiers = new Identifiers([...predefinedTypes, INTERFACE, ...this.#names]);
    return {
      definitions: this.#offer.definitions,
      declared: (definition) => {
        this.#used.add(definition);
        return this.#names[definition] ?? "unknown";
      },
      variable: (name) => {
        let identifier = known.get(name);
        if (identifier === undefined) {
          identifier = identifiers.take(VARIABLES[variables.length] ?? "T");
          known.set(name, identifier);
          variables.push(identifier);
        }
        return identifier;
      },
    };
  }
}

const VARIABLES = ["T", "U", "V", "W"] as const;

function docLines(doc: string | undefined): readonly string[] {
  if (doc === undefined || doc.trim() === "") return [];
  return [...doc.trim().split(/\r\n|[\r\n\u2028\u2029]/), ""];
}

/** A comment for tools that show what a name means. */
function comment(lines: readonly string[], indent: string): readonly string[] {
  const safe = lines.map((line) => line.replaceAll("*/", "*\\/").trimEnd());
  const [only = ""] = safe;
  if (safe.length === 1) return [`${indent}/** ${only} */`];
  return [`${indent}/**`, ...safe.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ");
}
