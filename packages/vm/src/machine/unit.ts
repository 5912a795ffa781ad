import type { HostModule } from "../host/host-module.js";
import { linkImports } from "../host/linking.js";
import type { Value } from "../values/value.js";
import { bind } from "./binding.js";
import type { ExecutableModule, LinkedUnit } from "./code.js";
import { type Engine, importFor, moduleFor } from "./engine.js";

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
  const module = engine === undefined ? original : moduleFor(engine, original);
  return bind(
    module,
    engine === undefined ? linked : linked.map((one) => importFor(engine, one)),
    new Array<Value>(module.data.globals).fill(undefined),
  );
}
