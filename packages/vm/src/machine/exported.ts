import type { DefinitionData, ExportData } from "../bytecode/module.js";
import { formatType } from "../types/format-type.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { ExecutableModule } from "./code.js";

/** An exported function or value. */
export interface ExportInfo {
  readonly name: string;
  /** Number of curried parameters; 0 for a value. */
  readonly arity: number;
  readonly parameterNames: readonly string[];
  readonly type: TypeDescriptor;
  /** The type in Fusabi's syntax. */
  readonly signature: string;
  readonly doc: string | undefined;
  /** Capabilities that a call can reach; ascending. */
  readonly capabilities: readonly string[];
}

/** An export as it is called: of a function, the types of its parameters, and that of its result. */
export interface CallableExport extends ExportData {
  readonly parameters: readonly TypeDescriptor[];
  readonly result: TypeDescriptor;
}

/** What a module exports, by name: for the host and for the machine. */
export interface Exported {
  readonly infos: ReadonlyMap<string, ExportInfo>;
  readonly data: ReadonlyMap<string, CallableExport>;
}

/** The same for all instances of a module. */
export function exportedBy(module: ExecutableModule): Exported {
  if (module.exported === undefined) {
    const { exports, definitions } = module.data;
    module.exported = {
      infos: new Map(exports.map((one) => [one.name, new ModuleExport(one, definitions)])),
      data: new Map(exports.map((one) => [one.name, callable(one)])),
    };
  }
  return module.exported;
}

function callable(data: ExportData): CallableExport {
  const parameters: TypeDescriptor[] = [];
  let result = data.type;
  while (parameters.length < data.arity && result.kind === "function") {
    parameters.push(result.parameter);
    result = result.result;
  }
  const { name, global, arity, parameterNames, type, doc, capabilities } = data;
  // Not a spread with more behind it, for which the engine makes a hidden class each time.
  return { name, global, arity, parameterNames, type, doc, capabilities, parameters, result };
}

/**
 * A class, since an object literal with a getter would be one of a hidden class of its own, which the engine keeps, with all that the getter holds, until it collects all its garbage.
 */
class ModuleExport implements ExportInfo {
  readonly name: string;
  readonly arity: number;
  readonly parameterNames: readonly string[];
  readonly type: TypeDescriptor;
  readonly doc: string | undefined;
  readonly capabilities: readonly string[];
  readonly #definitions: readonly DefinitionData[];
  #signature: string | undefined;

  constructor(data: ExportData, definitions: readonly DefinitionData[]) {
    this.name = data.name;
    this.arity = data.arity;
    this.parameterNames = data.parameterNames;
    this.type = data.type;
    this.doc = data.doc;
    this.capabilities = data.capabilities;
    this.#definitions = definitions;
  }

  /** Most hosts never look at it. */
  get signature(): string {
    this.#signature ??= formatType(this.type, this.#definitions);
    return this.#signature;
  }
}
