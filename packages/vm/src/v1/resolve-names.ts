import type { HostModule } from "../host/host-module.js";
import { capabilitiesOf, type ResolvedImport } from "../host/linking.js";
import { ownFunctions } from "./library/library.js";
import { upstreamFunctions } from "./library/upstream-names.js";
import { namesUsedV1 } from "./names-used.js";
import type { ProgramV1 } from "./program.js";

/**
 * What a program can reach of its library and of the host, with the capability that each needs, in ascending order: `resolveImports` for version 1. A host module that the program takes
 * as a whole stands there with all its functions. What nobody provides is left out: a program fails when it reaches it, and may never do so.
 *
 * @example
 * const needed = resolveNamesV1(program, nodeLibrary()).map((one) => one.capability);
 */
export function resolveNamesV1(
  program: ProgramV1,
  hostModules: readonly HostModule[],
): readonly ResolvedImport[] {
  const provided = new Map<string, readonly (string | undefined)[]>();
  const wholeModules = new Map<string, string[]>();
  for (const { name: module, members } of hostModules) {
    for (const [member, declaration] of members) {
      if (!("run" in declaration || "native" in declaration)) continue;
      const name = module === "" ? member : `${module}.${member}`;
      provided.set(name, capabilitiesOf(declaration));
      const known = wholeModules.get(module);
      if (known === undefined) wholeModules.set(module, [name]);
      else known.push(name);
    }
  }
  const reached = new Set<string>();
  for (const used of namesUsedV1(program)) {
    const whole = upstreamFunctions.has(used) ? undefined : wholeModules.get(used);
    for (const name of whole ?? [used]) reached.add(name);
  }
  return [...reached].sort().flatMap((name): ResolvedImport[] => {
    const own = ownFunctions.get(name);
    const capabilities = own === undefined ? (provided.get(name) ?? []) : [own.capability];
    return capabilities.map((capability) => ({ name, capability, position: undefined }));
  });
}
