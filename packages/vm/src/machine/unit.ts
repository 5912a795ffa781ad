import type { HostModule } from "../host/host-module.js";
import { linkImports } from "../host/linking.js";
import { Closure, type Value } from "../values/value.js";
import type { ExecutableModule, LinkedUnit } from "./code.js";
import { type Engine, importFor, moduleFor } from "./engine.js";

const NOTHING: Value[] = [];

/**
 * Binds a module to its imports, with global variables of its own; with an engine, in the form that the engine runs.
 *
 * @throws LinkError when an import is missing.
 */
export function linkUnit(
  original: ExecutableModule,
  imports: readonly HostModule[],
  engine?: Engine,
): LinkedUnit {
  const linked = linkImports(original, imports);
  const closures: (Closure | undefined)[] = [];
  const module = engine === undefined ? original : moduleFor(engine, original);
  const unit: LinkedUnit = {
    module,
    imports: engine === undefined ? linked : linked.map((one) => importFor(engine, one)),
    globals: new Array<Value>(module.data.globals).fill(undefined),
    closures,
  };
  for (const code of module.functions) {
    closures.push(code.data.captures === 0 ? new Closure(code, unit, NOTHING) : undefined);
  }
  return unit;
}
