import { nearestWord } from "@fusabi/capabilities";
import type { Manifest, ManifestDocument } from "@fusabi/manifest";
import type { PluginExport } from "@fusabi/plugin";
import { InvalidProgramError } from "@fusabi/plugin";
import type { DefinitionData, ExportInfo } from "@fusabi/vm";
import { placeIn } from "./capability-checks.js";
import { dataType } from "./data-type.js";

/** What a program defines at its top level. */
export interface ProgramExports {
  readonly exports: ReadonlyMap<string, ExportInfo>;
  /** The types that it declares; their indexes stand in the types of its exports. */
  readonly definitions: readonly DefinitionData[];
}

/** The functions that the manifest lists, and `main`. Throws `InvalidProgramError` for names that the program lacks. */
export function offeredExports(
  manifest: Manifest,
  defined: ProgramExports,
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
export function definedFunctions({
  exports,
  definitions,
}: ProgramExports): ReadonlyMap<string, PluginExport> {
  const functions = new Map<string, PluginExport>();
  for (const [name, { arity, signature, type, doc }] of exports) {
    if (arity === 0) continue;
    const forOthers = dataType(type, definitions);
    functions.set(name, {
      name,
      arity,
      type: signature,
      ...(forOthers === undefined ? {} : { dataType: forOthers }),
      ...(doc === undefined ? {} : { doc }),
    });
  }
  return functions;
}

function exportProblem(name: string, defined: ProgramExports): string | undefined {
  const found = defined.exports.get(name);
  if (found === undefined) {
    const suggestion = nearestWord(name, definedFunctions(defined).keys());
    const hint = suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
    return `the program defines no function ${name}${hint}, which exports lists`;
  }
  return found.arity === 0 ? `${name} is a value and not a function, so exports cannot list it` : undefined;
}
