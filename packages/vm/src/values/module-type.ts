import type { DefinitionData } from "../bytecode/module.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { HostObject } from "./value.js";

/**
 * A type of a module as a value: what code hands to a function of a library that goes by the type of its argument, as that behind `%A` does. `definitions` are those that it names.
 *
 * @example
 * if (given instanceof ModuleType) structured(value, given.target, given.definitions);
 */
export class ModuleType extends HostObject {
  declare readonly target: TypeDescriptor;

  constructor(
    type: TypeDescriptor,
    readonly definitions: readonly DefinitionData[],
  ) {
    super("Type", type);
  }
}
