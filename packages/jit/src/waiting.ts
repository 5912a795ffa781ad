/**
 * What may wait. At the bottom of an asynchronous call a host function may give a promise, for which the frame is parked: only frames of the interpreter can be. So a function runs as compiled
 * code there only if neither it nor anything that it can call may wait.
 */
import type { DefinitionData, TypeDescriptor } from "@fusabi/vm";
import type { Closure, LinkedImport, LinkedUnit } from "@fusabi/vm/engine";
import { nameOf } from "./blocks.js";

/** Flags of a function. */
const WAITS = 1;
/** It applies function values, of which nothing is known. */
const APPLIES = 2;

const known = new WeakMap<LinkedUnit, Uint8Array>();
const programs = new WeakMap<LinkedUnit, boolean>();

/** Whether the closure may wait in a call of the program. */
export function mayWait({ code, unit }: Closure, program: LinkedUnit): boolean {
  let waits = programs.get(program);
  if (waits === undefined) {
    waits = flagsOf(program).some((flags) => (flags & WAITS) !== 0) || takesFunctions(program);
    programs.set(program, waits);
  }
  return waits && flagsOf(unit)[code.index] !== 0;
}

/** For each function of the unit, what it and the functions that it calls by name do. */
function flagsOf(unit: LinkedUnit): Uint8Array {
  const already = known.get(unit);
  if (already !== undefined) return already;
  const { functions } = unit.module;
  const flags = new Uint8Array(functions.length);
  // Imports lead to other units, and those never back.
  known.set(unit, flags);
  const callers = functions.map((): number[] => []);
  for (const { index, data } of functions) {
    for (const instruction of data.code) {
      const [, first = 0, second = 0] = instruction;
      switch (nameOf(instruction)) {
        case "call":
        case "tail.call":
          flags[index] = (flags[index] as number) | APPLIES;
          break;
        case "call.import":
        case "load.import":
          flags[index] = (flags[index] as number) | flagsOfImport(unit.imports[second]);
          break;
        case "tail.import":
          flags[index] = (flags[index] as number) | flagsOfImport(unit.imports[first]);
          break;
        case "call.fn":
        // What is made here may be applied elsewhere: whoever gets hold of the value can wait by it.
        case "load.fn":
        case "closure":
          callers[second]?.push(index);
          break;
        case "tail.fn":
          callers[first]?.push(index);
          break;
        default:
      }
    }
  }
  const changed = functions.map(({ index }) => index);
  for (let index = changed.pop(); index !== undefined; index = changed.pop()) {
    for (const caller of callers[index] ?? []) {
      const joined = (flags[caller] as number) | (flags[index] as number);
      if (joined === flags[caller]) continue;
      flags[caller] = joined;
      changed.push(caller);
    }
  }
  return flags;
}

function flagsOfImport(target: LinkedImport | undefined): number {
  if (target === undefined) return WAITS;
  if (target.code !== undefined && target.unit !== undefined)
    return flagsOf(target.unit)[target.code.index] ?? WAITS;
  return target.mode === "waits" || target.ofHost === true ? WAITS : 0;
}

/** The host can give functions to the program, and those may wait. */
function takesFunctions({ module }: LinkedUnit): boolean {
  const { definitions, exports } = module.data;
  const within = (type: TypeDescriptor): boolean => holdsFunctions(type, definitions);
  return exports.some(({ type }) => {
    for (let rest = type; rest.kind === "function"; rest = rest.result)
      if (within(rest.parameter)) return true;
    return false;
  });
}

/** Of a type with a name, whether any type of the program holds functions. */
function holdsFunctions(type: TypeDescriptor, definitions: readonly DefinitionData[]): boolean {
  switch (type.kind) {
    case "function":
    case "any":
    case "variable":
    case "host":
    case "async":
      return true;
    case "map":
      return holdsFunctions(type.key, definitions) || holdsFunctions(type.value, definitions);
    case "result":
      return holdsFunctions(type.ok, definitions) || holdsFunctions(type.error, definitions);
    case "tuple":
      return type.items.some((item) => holdsFunctions(item, definitions));
    case "anonymous":
      return type.fields.some((field) => holdsFunctions(field.type, definitions));
    case "named":
      return (
        type.args.some((item) => holdsFunctions(item, definitions)) ||
        definitions.some((definition) => fieldTypes(definition).some(isOpen))
      );
    default:
      return "item" in type && holdsFunctions(type.item, definitions);
  }
}

function fieldTypes(definition: DefinitionData): readonly TypeDescriptor[] {
  switch (definition.kind) {
    case "record":
    case "exception":
      return definition.fields.map(({ type }) => type);
    case "union":
      return definition.cases.flatMap(({ fields }) => fields.map(({ type }) => type));
    case "builtin":
      return [];
  }
}

/** The field holds functions whatever the parameters of its type are; other types with names are looked at by themselves. */
function isOpen(type: TypeDescriptor): boolean {
  return type.kind === "variable" || type.kind === "named" ? false : holdsFunctions(type, []);
}
