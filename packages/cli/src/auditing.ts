import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type CapabilityName, describeCapability, parseCapability, printable } from "@fusabi/capabilities";
import { dependencyModules, readManifestDocument } from "@fusabi/loader";
import { declareCapabilities, type ManifestDocument } from "@fusabi/manifest";
import { nodeLibrary } from "@fusabi/stdlib/node";
import {
  type CapabilityUse,
  capabilityUses,
  decodeModule,
  type HostModule,
  type ResolvedImport,
  resolveImports,
} from "@fusabi/vm";
import { UsageError } from "./errors.js";
import { textsBelow } from "./inputs/below.js";
import { loadDependencies } from "./inputs/dependencies.js";
import { entryOf } from "./inputs/entry.js";
import { accessing, type Input } from "./inputs/input.js";
import { compileOrThrow } from "./inputs/program.js";
import { type Row, section, table } from "./report/table.js";
import { translate } from "./report/translate.js";
import { styleFor } from "./style.js";
import { reason } from "./system-reason.js";
import type { Terminal } from "./terminal.js";
import { readVersionOne } from "./version-one.js";

type Mode = "strict" | "lenient";

/** A capability that a program uses, with the places where it does, as far as they are known. */
interface UsedCapability {
  readonly capability: CapabilityName;
  readonly declared: boolean;
  readonly safeDefault: boolean;
  readonly uses: readonly Use[];
}

/** A function that needs the capability, and a place that uses it. */
type Use = Pick<CapabilityUse, "operation"> & Partial<CapabilityUse>;

/** What a plugin declares against what its program uses. */
export interface AuditResult {
  readonly path: string;
  /** Undefined for a program without a manifest. */
  readonly document: ManifestDocument | undefined;
  readonly used: readonly UsedCapability[];
  readonly unused: readonly CapabilityName[];
  readonly missing: readonly CapabilityName[];
  /** Where the program runs texts: what these use, nobody can tell. */
  readonly texts: readonly Use[];
  /** The shortest list for the manifest: what is used, less the safe defaults that it does not list anyway. */
  readonly minimal: readonly CapabilityName[];
  /** What each export can reach, by name, and what the top level does; undefined where the program does not say. */
  readonly exports: Readonly<Record<string, readonly string[]>> | undefined;
  readonly atLoad: readonly string[] | undefined;
}

/** @throws the errors of `fus` for what does not read, validate or compile */
export async function auditInput(input: Input, mode: Mode, terminal: Terminal): Promise<AuditResult> {
  try {
    if (input.kind !== "manifest")
      return await auditProgram(input, undefined, { path: input.path, mode, hostModules: [], terminal });
    const document = await readManifestDocument(input.path);
    const { manifest } = document;
    await using dependencies = await loadDependencies(manifest, input.path, mode);
    const hostModules = dependencyModules(manifest, dependencies.peers);
    const program = await entryOf(manifest, input.path);
    return await auditProgram(program, document, { path: input.path, mode, hostModules, terminal });
  } catch (error) {
    throw translate(error, textsBelow(dirname(input.path)));
  }
}

async function auditProgram(
  program: Input,
  document: ManifestDocument | undefined,
  {
    path,
    mode,
    hostModules,
    terminal,
  }: {
    readonly path: string;
    readonly mode: Mode;
    /** What it can call beside the library. */
    readonly hostModules: readonly HostModule[];
    readonly terminal: Terminal;
  },
): Promise<AuditResult> {
  if (program.kind === "manifest") throw new UsageError(`${printable(program.path)} is no program`);
  const bytes =
    program.kind === "bytecode"
      ? program.bytes
      : (await compileOrThrow(program, { mode, hostModules }, terminal)).bytecode;
  const versionOne = await readVersionOne(bytes);
  if (versionOne !== undefined) {
    const reached = versionOne.machine.resolveNamesV1(versionOne.program, nodeLibrary());
    return compare(path, document, reached, undefined, undefined);
  }
  const module = decodeModule(bytes);
  const uses = capabilityUses(module.data);
  const exports = Object.fromEntries(
    module.data.exports.filter(({ arity }) => arity > 0).map((one) => [one.name, one.capabilities]),
  );
  const reached = resolveImports(module, [...nodeLibrary(), ...hostModules]);
  return compare(path, document, reached, uses, exports);
}

/** The export that takes messages of other plugins. */
const RECEIVER = "on_message";

/** The imports say what is used, since the library's word on them counts; the uses say where. */
function compare(
  path: string,
  document: ManifestDocument | undefined,
  reached: readonly ResolvedImport[],
  uses: readonly CapabilityUse[] | undefined,
  exports: AuditResult["exports"],
): AuditResult {
  const declared = new Set(document?.manifest.capabilities ?? []);
  const places = new Map<CapabilityName, Use[]>();
  const texts = reached
    .filter(({ name }) => /^Script\.(?:eval|evalToString|tryEval)$/.test(name))
    .map(({ name, position }): Use => ({ operation: name, ...position }));
  for (const { name, capability, position } of reached) {
    const needed = capability === undefined ? undefined : parseCapability(capability);
    if (needed === undefined) continue;
    const known = (uses ?? []).filter((use) => use.operation === name && use.capability === needed);
    const list = places.get(needed) ?? [];
    list.push(...(known.length > 0 ? known : [{ operation: name, ...position }]));
    places.set(needed, list);
  }
  // Nothing is called for it: messages come to who exports this, and may have them.
  if (document?.manifest.exports.includes(RECEIVER) === true)
    places.set("plugin:message", [...(places.get("plugin:message") ?? []), { operation: RECEIVER }]);
  const names = [...places.keys()].sort();
  const used = names.map((capability): UsedCapability => {
    const { safeDefault } = describeCapability(capability);
    return {
      capability,
      declared: declared.has(capability),
      safeDefault,
      uses: places.get(capability) ?? [],
    };
  });
  const atLoad = uses?.filter((use) => use.atLoad).map((use) => use.capability);
  return {
    path,
    document,
    used,
    unused: [...declared].filter((name) => !places.has(name)).sort(),
    missing:
      document === undefined
        ? []
        : used.filter((one) => !one.declared && !one.safeDefault).map((one) => one.capability),
    texts,
    minimal: used.filter((one) => one.declared || !one.safeDefault).map((one) => one.capability),
    exports: uses === undefined ? undefined : exports,
    atLoad: atLoad === undefined ? undefined : [...new Set(atLoad)].sort(),
  };
}

/**
 * Makes a manifest declare what its program uses and nothing else, and says what was changed. The file is replaced as a
 * whole, with the permissions that it had.
 *
 * @throws UsageError when it cannot be written
 */
export function fixManifest(path: string, { minimal }: AuditResult): readonly string[] {
  const text = accessing(path, () => readFileSync(path, "utf8"));
  const format = path.toLowerCase().endsWith(".json") ? "json" : "toml";
  const { text: fixed, changes } = declareCapabilities(text, format, minimal);
  if (fixed === text) return [];
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, fixed, { flag: "wx", mode: statSync(path).mode });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UsageError(`cannot write ${printable(path)}: ${reason(error)}`, undefined, { cause: error });
  }
  return changes;
}

export function auditJson(result: AuditResult, changes: readonly string[]): string {
  const { path, document, used, unused, missing, texts, minimal, exports, atLoad } = result;
  const manifest = document?.manifest;
  const report = {
    path,
    plugin: manifest?.name,
    version: manifest?.version,
    declared: manifest?.capabilities,
    used: used.map(({ capability, declared, safeDefault, uses }) => {
      const { risk } = describeCapability(capability);
      return { capability, risk, safeDefault, declared, uses: uses.map(useJson) };
    }),
    unused,
    missing,
    texts: texts.map(useJson),
    minimal,
    exports,
    atLoad,
    changes,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function useJson({ operation, file, line, column, within, reachedBy, atLoad }: Use): unknown {
  return { operation, file, line, column, within, reachedBy, atLoad };
}

export function auditText(result: AuditResult, changes: readonly string[], terminal: Terminal): string {
  const style = styleFor(terminal.outputColour);
  const { path, document, used, unused, missing, texts, minimal } = result;
  const manifest = document?.manifest;
  const title = manifest === undefined ? "program" : `plugin ${manifest.name} ${manifest.version}`;
  const about = (capability: CapabilityName): readonly [string, string] => {
    const { risk, summary } = describeCapability(capability);
    return [`${risk} risk`, summary];
  };
  return [
    `${style.bold(title)} ${printable(path)}`,
    ...section(
      "declared",
      (manifest?.capabilities ?? []).map((one): Row => [one, ...about(one)]),
      style,
    ),
    ...usedText(used, document !== undefined, style.bold("used")),
    ...section(
      "declared but unused",
      unused.map((one): Row => [one, placeOf(document, path, one)]),
      style,
    ),
    ...section(
      "missing",
      missing.map((one): Row => [one, ...about(one)]),
      style,
    ),
    ...section("runs texts, and nobody can tell what these use", texts.map(useRow), style),
    ...section(
      "changed",
      changes.map((one): Row => [one]),
      style,
    ),
    "",
    summary(result, minimal),
    "",
  ].join("\n");
}

function usedText(used: readonly UsedCapability[], hasManifest: boolean, title: string): readonly string[] {
  if (used.length === 0) return [];
  return [
    "",
    title,
    ...used.flatMap(({ capability, declared, safeDefault, uses }) => {
      const state = declared || !hasManifest ? "" : safeDefault ? "safe default" : "not declared";
      return [
        `  ${capability}${state === "" ? "" : ` (${state})`}`,
        ...table(uses.map(useRow)).map((line) => `  ${line}`),
      ];
    }),
  ];
}

function useRow({ operation, file, line, column, within, reachedBy = [], atLoad = false }: Use): Row {
  const place = file === undefined ? "" : `${printable(file)}:${line}:${column}`;
  if (within === undefined) return [printable(operation), place];
  const reached = [...reachedBy.map(printable), ...(atLoad ? ["the top level"] : [])];
  const by = reached.length === 0 ? "reached by nothing" : `reached by ${reached.join(", ")}`;
  return [printable(operation), place, by];
}

function placeOf(document: ManifestDocument | undefined, path: string, capability: CapabilityName): string {
  if (document === undefined) return "";
  const { line, column } = document.positionOfCapability(capability);
  return `${printable(path)}:${line}:${column}`;
}

function summary({ document, unused, missing }: AuditResult, minimal: readonly CapabilityName[]): string {
  const list = `capabilities = [${minimal.map((name) => JSON.stringify(name)).join(", ")}]`;
  if (document === undefined) return `a manifest would declare: ${list}`;
  if (unused.length === 0 && missing.length === 0)
    return minimal.length === 0 ? "declares nothing and needs nothing" : "declared is what is used";
  return `the shortest list that does: ${list} (--fix writes it)`;
}
