import type { ExportData } from "../bytecode/module.js";
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

/** What a module exports, by name: for the host and for the machine. */
interface Exported {
  readonly infos: ReadonlyMap<string, ExportInfo>;
  readonly data: ReadonlyMap<string, ExportData>;
}

const known = new WeakMap<ExecutableModule, Exported>();

/** The same for all instances of a module. */
export function exportedBy(module: ExecutableModule): Exported {
  let exported = known.get(module);
  if (exported === undefined) {
    const { exports } = module.data;
    exported = {
      infos: new Map(exports.map((one) => [one.name, infoOf(one, module)])),
      data: new Map(exports.map((one) => [one.name, one])),
    };
    known.set(module, exported);
  }
  return exported;
}

function infoOf(data: ExportData, module: ExecutableModule): ExportInfo {
  const { name, arity, parameterNames, type, doc, capabilities } = data;
  let signature: string | undefined;
  return {
    name,
    arity,
    parameterNames,
    type,
    // Most hosts never look at it.
    get signature(): string {
      signature ??= formatType(type, module.data.definitions);
      return signature;
    },
    doc,
    capabilities,
  };
}
