import { BytecodeError } from "../errors.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { partsOfType } from "../types/type-parts.js";
import { DefiniteAssignment } from "./definite-assignment.js";
import { MAX_POSITION, MAX_REGISTERS, MAX_TYPE_DEPTH, TYPE_BOUNDS, TYPE_KINDS } from "./format.js";
import type {
  CaseFieldData,
  ConstantData,
  DefinitionData,
  ExportData,
  ImportData,
  ModuleData,
} from "./module.js";
import { printable } from "./printable.js";
import { type Place, refuse, within } from "./verified-place.js";
import { measureModule, verifyFunction } from "./verify-function.js";
import { verifyReach } from "./verify-reach.js";

/**
 * Proves that a module is well formed, so that what runs it need not look again: every index is inside its table, calls of known functions
 * and imports have their exact number of arguments, jumps stay inside the function, and no register is read before it was
 * assigned, on any path. Throws a `BytecodeError` that names the function and the instruction.
 *
 * What a register holds at run time is not proved: an instruction that meets a value of another kind than it expects fails as a
 * `BytecodeError` while running.
 *
 * @example
 * ```ts
 * const data = readModule(bytes);
 * verifyModule(data);
 * ```
 */
export function verifyModule(data: ModuleData): void {
  within(theModule, data.globals, MAX_REGISTERS + 1, "number of global variables");
  data.constants.forEach((constant, index) => {
    verifyConstant(constant, () => `Constant ${index}`);
  });
  data.definitions.forEach((definition, index) => {
    verifyDefinition(data, definition, () => `Definition ${index}`);
  });
  data.types.forEach((type, index) => {
    verifyType(data, type, () => `Type ${index}`, 1);
  });
  data.imports.forEach((item, index) => {
    verifyImport(data, item, () => `Import ${index}`);
  });
  verifyExports(data);
  verifyReach(data);

  const bounds = measureModule(data);
  data.functions.forEach((item, index) => {
    verifyFunction(data, bounds, item, index);
  });
  const assignment = new DefiniteAssignment(data);
  data.functions.forEach((item, index) => {
    assignment.verify(item, index);
  });
  const entry = data.functions[data.entry];
  if (entry === undefined) {
    throw new BytecodeError(`The entry ${data.entry} is no function: there are ${data.functions.length}`);
  }
  if (entry.arity !== 0 || entry.captures !== 0) {
    throw new BytecodeError(
      `The entry, function ${data.entry}, has ${entry.arity} parameters and ${entry.captures} captured values: it must have none`,
    );
  }
}

const theModule: Place = () => "The module";

function verifyConstant(constant: ConstantData, place: Place): void {
  switch (constant.kind) {
    case "int":
      if (!isCanonicalInt(constant.value)) {
        refuse(place, `${constant.value} is no int of 64 bits: a number when safe, else a bigint`);
      }
      return;
    case "float":
      return;
    case "string":
      return;
    default:
      constant satisfies never;
      refuse(place, `unknown kind of constant`);
  }
}

function isCanonicalInt(value: number | bigint): boolean {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && !Object.is(value, -0);
  }
  return BigInt.asIntN(64, value) === value && !Number.isSafeInteger(Number(value));
}

function verifyDefinition(data: ModuleData, definition: DefinitionData, place: Place): void {
  switch (definition.kind) {
    case "record":
      within(place, definition.params, MAX_REGISTERS + 1, "number of type parameters");
      within(place, definition.fields.length, MAX_REGISTERS + 1, "number of fields");
      distinct(
        place,
        definition.fields.map((field) => field.label),
        "label",
      );
      for (const field of definition.fields) {
        verifyType(data, field.type, () => `${place()}, field ${printable(field.label)}`, 1);
      }
      return;
    case "union":
      within(place, definition.params, MAX_REGISTERS + 1, "number of type parameters");
      if (definition.cases.length === 0) {
        refuse(place, `the union ${printable(definition.name)} has no case`);
      }
      within(place, definition.cases.length, MAX_REGISTERS + 1, "number of cases");
      distinct(
        place,
        definition.cases.map((item) => item.name),
        "case",
      );
      for (const item of definition.cases) {
        verifyCaseFields(data, item.fields, () => `${place()}, case ${printable(item.name)}`);
      }
      return;
    case "exception":
      verifyCaseFields(data, definition.fields, place);
      return;
    case "builtin":
      return;
    default:
      definition satisfies never;
      refuse(place, `unknown kind of definition`);
  }
}

function verifyCaseFields(data: ModuleData, fields: readonly CaseFieldData[], place: Place): void {
  within(place, fields.length, MAX_REGISTERS + 1, "number of fields");
  distinct(
    place,
    fields.flatMap((field) => field.label ?? []),
    "label",
  );
  for (const field of fields) {
    verifyType(data, field.type, place, 1);
  }
}

function distinct(place: Place, names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      refuse(place, `the ${what} ${printable(name)} stands twice`);
    }
    seen.add(name);
  }
}

/** Type parameters that a definition takes. */
function parametersOf(definition: DefinitionData): number {
  switch (definition.kind) {
    case "record":
    case "union":
      return definition.params;
    case "exception":
      return 0;
    case "builtin":
      return { option: 1, Result: 2, Failure: 0 }[definition.name];
  }
}

function verifyType(data: ModuleData, type: TypeDescriptor, place: Place, depth: number): void {
  if (depth > MAX_TYPE_DEPTH) {
    refuse(place, `a type is nested deeper than ${MAX_TYPE_DEPTH} levels`);
  }
  switch (type.kind) {
    case "tuple":
      if (type.items.length < 2) {
        refuse(place, `a tuple type has two items or more, not ${type.items.length}`);
      }
      break;
    case "anonymous":
      ascending(
        place,
        type.fields.map((field) => field.label),
        "labels of an anonymous record",
      );
      break;
    case "named": {
      const definition = data.definitions[type.definition];
      if (definition === undefined) {
        refuse(place, `a type names definition ${type.definition}, there are ${data.definitions.length}`);
      }
      if (type.args.length !== parametersOf(definition)) {
        refuse(
          place,
          `a type gives ${type.args.length} arguments to definition ${type.definition}, which takes ${parametersOf(definition)}`,
        );
      }
      break;
    }
    case "variable":
      if (!type.bounds.every((bound) => TYPE_BOUNDS.includes(bound))) {
        refuse(place, `unknown bound of the type variable ${printable(type.name)}`);
      }
      break;
    default:
      if (!TYPE_KINDS.has(type.kind)) refuse(place, `unknown kind of type`);
  }
  for (const part of partsOfType(type)) verifyType(data, part, place, depth + 1);
}

function ascending(place: Place, names: readonly string[], what: string): void {
  for (let index = 1; index < names.length; index += 1) {
    const [left = "", right = ""] = names.slice(index - 1, index + 1);
    if (left >= right) {
      refuse(place, `the ${what} are not in ascending order at ${printable(right)}`);
    }
  }
}

function verifyImport(data: ModuleData, item: ImportData, place: Place): void {
  within(place, item.arity, MAX_REGISTERS + 1, "number of parameters");
  if (item.position !== undefined) {
    within(place, item.position.file, data.files.length, "file of a position");
    within(place, item.position.line, MAX_POSITION + 1, "line");
    within(place, item.position.column, MAX_POSITION + 1, "column");
  }
}

function verifyExports(data: ModuleData): void {
  distinct(
    theModule,
    data.exports.map((item) => item.name),
    "export",
  );
  for (const item of data.exports) {
    verifyExport(data, item, () => `Export ${printable(item.name)}`);
  }
}

function verifyExport(data: ModuleData, item: ExportData, place: Place): void {
  within(place, item.global, data.globals, "global variable");
  within(place, item.arity, MAX_REGISTERS + 1, "number of parameters");
  if (item.parameterNames.length > item.arity) {
    refuse(place, `${item.parameterNames.length} names for ${item.arity} parameters`);
  }
  ascending(place, item.capabilities, "capabilities");
  verifyType(data, item.type, place, 1);
}
