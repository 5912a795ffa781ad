import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { Capabilities } from "@fusabi/capabilities";
import { type DiagnosticJson, diagnosticToJson } from "@fusabi/compiler";
import { PluginLoader, readManifestDocument } from "@fusabi/loader";
import { PluginError } from "@fusabi/plugin";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { BytecodeError, decodeModule, LinkError, resolveImports } from "@fusabi/vm";
import { FindingsError } from "./errors.js";
import { textsBelow } from "./inputs/below.js";
import { loadDependencies } from "./inputs/dependencies.js";
import { readInput } from "./inputs/input.js";
import { compileScript } from "./inputs/program.js";
import { type Finding, manifestFinding, parsePlace, withText } from "./report/finding.js";
import { translate } from "./report/translate.js";

type Mode = "strict" | "lenient";

/**
 * What is wrong or doubtful in files, in their order. The program of a manifest is checked with the manifest, and not once
 * more when the files name it, too.
 */
export async function checkFiles(
  files: readonly string[],
  mode: Mode,
  unusedNames: boolean,
): Promise<readonly Finding[]> {
  const programs = new Set<string>();
  const findings = new Map<string, readonly Finding[]>();
  const manifests = files.filter((file) => /\.(toml|json)$/.test(file));
  for (const file of manifests) findings.set(file, await checkManifest(file, mode, programs));
  for (const file of files) {
    if (findings.has(file)) continue;
    const known = programs.has(await realpath(file));
    findings.set(file, known ? [] : await checkProgram(file, mode, unusedNames));
  }
  return files.flatMap((file) => findings.get(file) ?? []);
}

/** Says what loading would say, without running anything: the loader itself is asked, on behalf of a host that grants all. */
async function checkManifest(file: string, mode: Mode, programs: Set<string>): Promise<readonly Finding[]> {
  const texts = textsBelow(dirname(file));
  const findings: Finding[] = [];
  try {
    const { problems, manifest } = await readManifestDocument(file);
    findings.push(...problems.map((problem) => manifestFinding(problem, file)));
    await using dependencies = await loadDependencies(manifest, file, mode);
    const loader = new PluginLoader({
      peers: dependencies.peers,
      capabilities: Capabilities.all(),
      autoStart: false,
      mode,
      onWarning: ({ code, message, place }) => {
        // The manifest's own are known, with their severity.
        if (!code.startsWith("FUS")) return;
        const { file: source, line, column } = parsePlace(place) ?? { file, line: 0, column: 0 };
        findings.push({ file: source, line, column, severity: "warning", code, message });
      },
    });
    const plugin = await loader.loadFromManifest(file);
    if (plugin.info.entryPath !== undefined) programs.add(plugin.info.entryPath);
    await plugin.unload();
  } catch (error) {
    findings.push(...findingsIn(error, file));
  }
  return findings.map((finding) => withText(finding, texts));
}

async function checkProgram(file: string, mode: Mode, unusedNames: boolean): Promise<readonly Finding[]> {
  try {
    const input = await readInput(file);
    if (input.kind === "source") return (await compileScript(input, { mode, unusedNames })).findings;
    if (input.kind === "bytecode") resolveImports(decodeModule(input.bytes), nodeLibrary());
    return [];
  } catch (error) {
    return findingsIn(error, file);
  }
}

/** @throws the error itself, if it is none of the file */
function findingsIn(error: unknown, file: string): readonly Finding[] {
  const translated = translate(error, () => undefined);
  if (translated instanceof FindingsError) return translated.findings;
  if (
    translated instanceof PluginError ||
    translated instanceof BytecodeError ||
    translated instanceof LinkError
  ) {
    return [
      {
        file,
        line: 0,
        column: 0,
        severity: "error",
        code: translated.code.toUpperCase(),
        message: translated.message,
      },
    ];
  }
  throw translated;
}

/** What a finding of any kind has as JSON. */
type FindingJson = Pick<DiagnosticJson, "code" | "severity" | "message" | "hint" | "related">;

/** A finding in the form of the compiler's; without a known range, it starts and ends at its place. */
export function findingToJson(finding: Finding): FindingJson {
  if (finding.diagnostic !== undefined) return diagnosticToJson(finding.diagnostic);
  const { code, severity, message, hint, file, line, column } = finding;
  const place = { line, column };
  const base = { code, severity, message, span: { file, start: place, end: place }, related: [] };
  return hint === undefined ? base : { ...base, hint };
}
