import type { DefinitionData } from "../bytecode/module.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";

/**
 * Whether all values of a type can be handed from one instance to another: no functions, Asyncs, seqs, lazy values or objects of the host anywhere in it, and nothing whose type is not known.
 */
export function isPlainData(
  type: TypeDescriptor,
  definitions: readonly DefinitionData[],
  seen: ReadonlySet<number> = new Set(),
): boolean {
  const plain = (part: TypeDescriptor): boolean => isPlainData(part, definitions, seen);
  switch (type.kind) {
    case "unit":
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
      return true;
    // A parameter of the definition that is being looked into: what it stands for was looked at where the type is used.
    case "variable":
      return seen.size > 0;
    case "list":
    case "array":
    case "option":
    case "set":
    case "ref":
      return plain(type.item);
    case "map":
      return plain(type.key) && plain(type.value);
    case "result":
      return plain(type.ok) && plain(type.error);
    case "tuple":
      return type.items.every(plain);
    case "anonymous":
      return type.fields.every((field) => plain(field.type));
    case "named": {
      if (seen.has(type.definition)) return type.args.every(plain);
      const inside = new Set([...seen, type.definition]);
      return (
        type.args.every(plain) &&
        partsOf(definitions[type.definition]).every((part) => isPlainData(part, definitions, inside))
      );
    }
    default:
      return false;
  }
}

function partsOf(definition: DefinitionData | undefined): readonly TypeDescriptor[] {
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
