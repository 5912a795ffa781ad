/** Types of the fields of declared types, with the type's arguments put in. */
import type { DefinitionData } from "../bytecode/module.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";

export interface TypedField {
  readonly label: string | undefined;
  readonly type: TypeDescriptor;
}

type NamedType = TypeDescriptor & { readonly kind: "named" };

/** Looks up fields by type, each type once: many values usually share few types. */
export class FieldTypes {
  readonly #known = new Map<NamedType, (readonly TypedField[] | undefined)[]>();

  constructor(private readonly definitions: readonly DefinitionData[]) {}

  /** Fields of a record type or declared exception, in declaration order; none for other types. */
  ofRecord(type: NamedType): readonly TypedField[] {
    return this.#fields(type, 0, () => {
      const definition = this.definitions[type.definition];
      return definition?.kind === "record" || definition?.kind === "exception" ? definition.fields : [];
    });
  }

  /** Fields of a case of a union type; none for other types. */
  ofCase(type: NamedType, tag: number): readonly TypedField[] {
    return this.#fields(type, tag, () => {
      const definition = this.definitions[type.definition];
      return definition?.kind === "union" ? (definition.cases[tag]?.fields ?? []) : [];
    });
  }

  #fields(type: NamedType, tag: number, declared: () => readonly TypedField[]): readonly TypedField[] {
    let byTag = this.#known.get(type);
    if (byTag === undefined) {
      byTag = [];
      this.#known.set(type, byTag);
    }
    let fields = byTag[tag];
    if (fields === undefined) {
      fields = declared().map((field) => ({ label: field.label, type: substitute(field.type, type.args) }));
      byTag[tag] = fields;
    }
    return fields;
  }
}

/** The type with the definition's parameters, variables named `0`, `1`, …, replaced by the arguments. Types are plain data. */
function substitute(type: TypeDescriptor, args: readonly TypeDescriptor[]): TypeDescriptor {
  if (args.length === 0) return type;
  return JSON.parse(JSON.stringify(type), (_, part: TypeDescriptor) =>
    part?.kind === "variable" ? (args[Number(part.name)] ?? part) : part,
  );
}
