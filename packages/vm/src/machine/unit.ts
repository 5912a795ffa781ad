import type { HostModule } from "../host/host-module.js";
import { linkImports } from "../host/linking.js";
import { Closure, type Value } from "../values/value.js";
import type { ExecutableModule, LinkedUnit } from "./code.js";

const NOTHING: Value[] = [];

/**
 * Binds a module to its imports, with global variables of its own.
 *
 * @throws LinkError when an import is missing.
 */
export function linkUnit(module: ExecutableModule, imports: readonly HostModule[]): LinkedUnit {
  const closures: (Closure | undefined)[] = [];
  const unit: LinkedUnit = {
    module,
    imports: linkImports(module, imports),
    globals: new Array<Value>(module.data.globals).fill(undefined),
    closures,
  };
  for (const code of module.functions) {
    closures.push(code.data.captures === 0 ? new Closure(code, unit, NOTHING) : undefined);
  }
  return unit;
}
