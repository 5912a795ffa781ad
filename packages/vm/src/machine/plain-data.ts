import type { DefinitionData } from "../bytecode/module.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { partsOfType } from "../types/type-parts.js";

/**
 * Whether all values of a type can be handed from one instance to another: no functions, Asyncs, seqs, lazy values or objects of the host anywhere in it, and nothing whose type is not known.
 */
export function isPlainData(
  type: TypeDescriptor,
  definitions: readonly DefinitionData[],
  seen: ReadonlySet<number> = new Set(),
): boolean {
  switch (type.kind) {
    case "any":
    case "exn":
    case "function":
    case "seq":
    case "async":
    case "lazy":
    case "host":
      return false;
    // A parameter of the definition that is being looked into: what it stands for was looked at where the type is used.
    case "variable":
      return seen.size > 0;
  }
  if (!partsOfType(type).every((part) => isPlainData(part, definitions, seen))) return false;
  if (type.kind !== "named" || seen.has(type.definition)) return true;
  const inside = new Set([...seen, type.definition]);
  return fieldTypesOf(definitions[type.definition]).every((part) => isPlainData(part, definitions, inside));
}

function fieldTypesOf(definition: DefinitionData | undefined): readonly TypeDescriptor[] {
  switch (definition?.kind) {
    case "record":
    case "exception":
      return definition.fields.map((field) => field.type);
    case "union":
      return definition.cases.flatMap((one) => one.fields.map((field) => field.type));
    default:
      return [];
  }
}
