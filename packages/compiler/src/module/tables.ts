import type {
  CaseFieldData,
  ConstantData,
  DefinitionData,
  FieldData,
  ImportData,
  TypeDescriptor,
} from "@fusabi/vm";
import type { GlobalVariable } from "../core/core.js";
import { References } from "../core/references.js";
import type { Span } from "../source/source.js";
import { positionAt } from "../source/source.js";
import { FAILURE_DECLARATION, OPTION_DECLARATION, RESULT_DECLARATION } from "../types/builtin.js";
import { substitute } from "../types/substitute.js";
import type { Type, TypeDeclaration, TypeVariable } from "../types/type.js";
import { GENERIC_LEVEL } from "../types/type.js";
import { describe } from "./describe.js";

/** The tables of the module being written. Entries are made when they are first asked for, so that a module holds only what it uses. */
export class ModuleTables {
  readonly constants: ConstantData[] = [];
  readonly imports: ImportData[] = [];
  /** Of imports that need more than one capability, what they need beside. */
  readonly furtherNeeds: Map<number, readonly string[]> = new Map();
  readonly definitions: DefinitionData[] = [];
  readonly types: TypeDescriptor[] = [];
  readonly globals: GlobalVariable[] = [];
  readonly files: string[] = [];

  readonly #constantIndex = new Map<string | number | bigint, number>();
  readonly #floatIndex = new Map<string, number>();
  readonly #intIndex = new Map<number | bigint, number>();
  readonly #importIndex = new Map<string, number>();
  readonly #declarationIndex = new Map<TypeDeclaration, number>();
  readonly #anonymousIndex = new Map<string, number>();
  readonly #typeIndex = new Map<string, number>();
  readonly #fileIndex = new Map<string, number>();

  /** A string or a char. */
  string(value: string): number {
    return this.#intern(this.#constantIndex, value, () => ({ kind: "string", value }));
  }

  int(value: number | bigint): number {
    return this.#intern(this.#intIndex, value, () => ({ kind: "int", value }));
  }

  float(value: number): number {
    const key = Object.is(value, -0) ? "-0" : String(value);
    return this.#intern(this.#floatIndex, key, () => ({ kind: "float", value }));
  }

  #intern<K>(index: Map<K, number>, key: K, make: () => ConstantData): number {
    const known = index.get(key);
    if (known !== undefined) return known;
    const fresh = this.constants.push(make()) - 1;
    index.set(key, fresh);
    return fresh;
  }

  file(name: string): number {
    const known = this.#fileIndex.get(name);
    if (known !== undefined) return known;
    const fresh = this.files.push(name) - 1;
    this.#fileIndex.set(name, fresh);
    return fresh;
  }

  import(
    module: string,
    name: string,
    arity: number,
    capability: string | undefined,
    firstUse: Span,
  ): number {
    const key = `${module}\0${name}`;
    const known = this.#importIndex.get(key);
    if (known !== undefined) return known;
    const at = positionAt(firstUse.source, firstUse.start);
    const position = { file: this.file(firstUse.source.name), line: at.line, column: at.column };
    const fresh = this.imports.push({ module, name, arity, capability, position }) - 1;
    this.#importIndex.set(key, fresh);
    return fresh;
  }

  global(name: string): GlobalVariable {
    const global: GlobalVariable = { index: this.globals.length, name, references: new References() };
    this.globals.push(global);
    return global;
  }

  /** Index of a type that instructions refer to. It may not contain variables that an instantiation still decides. */
  type(type: Type): number {
    const descriptor = this.describe(type);
    const key = JSON.stringify(descriptor);
    const known = this.#typeIndex.get(key);
    if (known !== undefined) return known;
    const fresh = this.types.push(descriptor) - 1;
    this.#typeIndex.set(key, fresh);
    return fresh;
  }

  describe(type: Type): TypeDescriptor {
    return describe(type, (declaration) => this.definition(declaration));
  }

  definition(declaration: TypeDeclaration): number {
    const known = this.#declarationIndex.get(declaration);
    if (known !== undefined) return known;
    // The place is taken before the fields are described: types may contain themselves.
    const fresh = this.definitions.push({ kind: "builtin", name: "Failure" }) - 1;
    this.#declarationIndex.set(declaration, fresh);
    this.definitions[fresh] = this.#define(declaration);
    return fresh;
  }

  /** Records of a structural type with these labels, in ascending order. */
  anonymous(labels: readonly string[]): number {
    const key = JSON.stringify(labels);
    const known = this.#anonymousIndex.get(key);
    if (known !== undefined) return known;
    const fields = labels.map(
      (label, index): FieldData => ({ label, mutable: false, type: variable(index) }),
    );
    const fresh =
      this.definitions.push({
        kind: "record",
        name: "",
        params: labels.length,
        anonymous: true,
        identity: false,
        fields,
      }) - 1;
    this.#anonymousIndex.set(key, fresh);
    return fresh;
  }

  #define(declaration: TypeDeclaration): DefinitionData {
    if (declaration === OPTION_DECLARATION) return { kind: "builtin", name: "option" };
    if (declaration === RESULT_DECLARATION) return { kind: "builtin", name: "Result" };
    if (declaration === FAILURE_DECLARATION) return { kind: "builtin", name: "Failure" };
    const fieldType = (type: Type): TypeDescriptor =>
      this.describe(withNumberedParameters(type, declaration.params));
    const caseField = (field: {
      readonly label: string | undefined;
      readonly type: Type;
    }): CaseFieldData => ({
      label: field.label,
      type: fieldType(field.type),
    });
    switch (declaration.kind) {
      case "record":
      case "class":
        return {
          kind: "record",
          name: declaration.name,
          params: declaration.params.length,
          anonymous: false,
          identity: declaration.kind === "class",
          fields: declaration.fields.map((field) => ({
            label: field.label,
            mutable: field.mutable,
            type: fieldType(field.type),
          })),
        };
      case "union":
        return {
          kind: "union",
          name: declaration.name,
          params: declaration.params.length,
          cases: declaration.cases.map((item) => ({ name: item.name, fields: item.fields.map(caseField) })),
        };
      case "exception":
        return { kind: "exception", name: declaration.name, fields: declaration.fields.map(caseField) };
    }
  }
}

function variable(index: number): TypeDescriptor {
  return { kind: "variable", name: String(index), bounds: [] };
}

/** Parameters of a definition appear in its fields as variables named `0`, `1`, … */
function withNumberedParameters(type: Type, params: readonly TypeVariable[]): Type {
  if (params.length === 0) return type;
  const numbered = new Map<TypeVariable, Type>();
  params.forEach((param, index) => {
    const variable: TypeVariable = {
      kind: "variable",
      id: -1 - index,
      level: GENERIC_LEVEL,
      link: undefined,
      bounds: [],
      name: String(index),
    };
    numbered.set(param, variable);
  });
  return substitute(type, (v) => numbered.get(v));
}
