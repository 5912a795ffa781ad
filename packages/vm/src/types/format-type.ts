/** Types as text, in the syntax of the language. */
import type { DefinitionData } from "../bytecode/module.js";
import type { TypeDescriptor } from "./type-descriptor.js";
import { partsOfType } from "./type-parts.js";

/** How tightly a place binds: what binds looser gets parentheses. */
const FUNCTION = 0;
const TUPLE = 1;
const APPLICATION = 2;

/** Types nested deeper are cut with `...`. */
const MAX_DEPTH = 100;

/**
 * A type in the syntax of the language. Declared types are shown by the names that `definitions` give them.
 *
 * @example
 * formatType({ kind: "list", item: { kind: "int" } }); // "int list"
 */
export function formatType(type: TypeDescriptor, definitions: readonly DefinitionData[] = []): string {
  return format(type, definitions, FUNCTION, 0);
}

/**
 * A type with the bounds of its variables, as signatures are written.
 *
 * @example
 * formatSignature(parseSignature("'n list -> 'n when 'n : num").type); // the same text
 */
export function formatSignature(type: TypeDescriptor, definitions: readonly DefinitionData[] = []): string {
  const bounds = new Map<string, string>();
  collectBounds(type, bounds, 0);
  const text = formatType(type, definitions);
  return bounds.size === 0 ? text : `${text} when ${[...bounds.values()].join(" and ")}`;
}

function format(
  type: TypeDescriptor,
  definitions: readonly DefinitionData[],
  place: number,
  depth: number,
): string {
  if (depth >= MAX_DEPTH) return "...";
  const inner = (part: TypeDescriptor, at: number): string => format(part, definitions, at, depth + 1);
  const argumentsOf = (args: readonly TypeDescriptor[]): string =>
    args.length === 0 ? "" : `<${args.map((arg) => inner(arg, FUNCTION)).join(", ")}>`;
  switch (type.kind) {
    case "list":
    case "array":
    case "option":
    case "ref":
      return `${inner(type.item, APPLICATION)} ${type.kind}`;
    case "seq":
      return `seq<${inner(type.item, FUNCTION)}>`;
    case "set":
      return `Set<${inner(type.item, FUNCTION)}>`;
    case "async":
      return `Async<${inner(type.item, FUNCTION)}>`;
    case "lazy":
      return `Lazy<${inner(type.item, FUNCTION)}>`;
    case "map":
      return `Map<${inner(type.key, FUNCTION)}, ${inner(type.value, FUNCTION)}>`;
    case "result":
      return `Result<${inner(type.ok, FUNCTION)}, ${inner(type.error, FUNCTION)}>`;
    case "tuple":
      return bracket(type.items.map((item) => inner(item, APPLICATION)).join(" * "), place > TUPLE);
    case "function":
      return bracket(`${inner(type.parameter, TUPLE)} -> ${inner(type.result, FUNCTION)}`, place > FUNCTION);
    case "anonymous":
      return type.fields.length === 0
        ? "{| |}"
        : `{| ${type.fields.map((field) => `${formatName(field.label)}: ${inner(field.type, FUNCTION)}`).join("; ")} |}`;
    case "named": {
      const name = definitions[type.definition]?.name ?? `type#${type.definition}`;
      return `${name}${argumentsOf(type.args)}`;
    }
    case "host":
      return `#${type.name}${argumentsOf(type.args ?? [])}`;
    case "variable":
      return `'${type.name}`;
    default:
      return type.kind;
  }
}

function bracket(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

function formatName(name: string): string {
  return /^[\p{L}_][\p{L}\p{Nd}_']*$/u.test(name) ? name : `\`\`${name}\`\``;
}

function collectBounds(type: TypeDescriptor, found: Map<string, string>, depth: number): void {
  if (depth >= MAX_DEPTH) return;
  if (type.kind === "variable") {
    if (type.bounds.length > 0 && !found.has(type.name)) {
      found.set(type.name, type.bounds.map((bound) => `'${type.name} : ${bound}`).join(" and "));
    }
    return;
  }
  for (const part of partsOfType(type)) collectBounds(part, found, depth + 1);
}
