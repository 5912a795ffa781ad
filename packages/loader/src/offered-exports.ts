import { nearestWord } from "@fusabi/capabilities";
import type { Manifest, ManifestDocument } from "@fusabi/manifest";
import type { PluginExport } from "@fusabi/plugin";
import { InvalidProgramError } from "@fusabi/plugin";
import type { ExportInfo } from "@fusabi/vm";
import { placeIn } from "./capability-checks.js";

/** The functions that the manifest lists, and `main`. Throws `InvalidProgramError` for names that the program lacks. */
export function offeredExports(
  manifest: Manifest,
  defined: ReadonlyMap<string, ExportInfo>,
  document: ManifestDocument | undefined,
): ReadonlyMap<string, PluginExport> {
  const problems = manifest.exports.flatMap((name, index) => {
    const problem = exportProblem(name, defined);
    if (problem === undefined) return [];
    const place = document && placeIn(document, document.positionOf(["exports", index]));
    return [place === undefined ? problem : `${place}: ${problem}`];
  });
  if (problems.length > 0) throw new InvalidProgramError(manifest.name, problems.join("; "));
  const listed = new Set([...manifest.exports, "main"]);
  return new Map([...definedFunctions(defined)].filter(([name]) => listed.has(name)));
}

/** Every function that the program defines at its top level. */
export function definedFunctions(
  defined: ReadonlyMap<string, ExportInfo>,
): ReadonlyMap<string, PluginExport> {
  const functions = new Map<string, PluginExport>();
  for (const [name, { arity, signature, doc }] of defined) {
    if (arity === 0) continue;
    functions.set(name, { name, arity, type: signature, ...(doc === undefined ? {} : { doc }) });
  }
  return functions;
}

function exportProblem(name: string, defined: ReadonlyMap<string, ExportInfo>): string | undefined {
  const found = defined.get(name);
  if (found === undefined) {
    const suggestion = nearestWord(name, definedFunctions(defined).keys());
    const hint = suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
    return `the program defines no function ${name}${hint}, which exports lists`;
  }
  return found.arity === 0 ? `${name} is a value and not a function, so exports cannot list it` : undefined;
}
