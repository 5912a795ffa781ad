import { dirname } from "node:path";
import { describeCapability, expandCapability, printable } from "@fusabi/capabilities";
import { dependencyModules, readManifest } from "@fusabi/loader";
import { HOST_API_VERSION, type Manifest } from "@fusabi/manifest";
import { nodeLibrary } from "@fusabi/stdlib/node";
import {
  bytecodeVersion,
  decodeModule,
  formatType,
  type HostModule,
  type Module,
  type ResolvedImport,
  resolveImports,
} from "@fusabi/vm";
import { textsBelow } from "./inputs/below.js";
import { loadDependencies } from "./inputs/dependencies.js";
import { entryOf } from "./inputs/entry.js";
import type { Input } from "./inputs/input.js";
import { type CompileSettings, compileOrThrow } from "./inputs/program.js";
import { type Row, section, table } from "./report/table.js";
import { translate } from "./report/translate.js";
import { type Style, styleFor } from "./style.js";
import type { Terminal } from "./terminal.js";
import { readVersionOne, type VersionOne } from "./version-one.js";

type Mode = "strict" | "lenient";

/** Shows what a file is, declares, offers and needs. Of a manifest also what its program does. */
export async function showInput(input: Input, mode: Mode, terminal: Terminal): Promise<void> {
  const style = styleFor(terminal.outputColour);
  if (input.kind !== "manifest") return await showProgram(input, { mode, hostModules: [] }, terminal, style);
  const folder = dirname(input.path);
  try {
    const manifest = await readManifest(input.path);
    terminal.out(manifestText(manifest, input.path, style));
    await using dependencies = await loadDependencies(manifest, input.path, mode);
    const hostModules = dependencyModules(manifest, dependencies.peers);
    await showProgram(await entryOf(manifest, input.path), { mode, hostModules }, terminal, style);
  } catch (error) {
    throw translate(error, textsBelow(folder));
  }
}

/** How a program is compiled, and what it can call beside the library. */
type Surroundings = Required<Pick<CompileSettings, "mode" | "hostModules">>;

async function showProgram(
  input: Input,
  surroundings: Surroundings,
  terminal: Terminal,
  style: Style,
): Promise<void> {
  if (input.kind === "manifest") return;
  const bytes =
    input.kind === "bytecode" ? input.bytes : (await compileOrThrow(input, surroundings, terminal)).bytecode;
  const versionOne = await readVersionOne(bytes);
  terminal.out(
    versionOne === undefined
      ? programText(input, decodeModule(bytes), surroundings.hostModules, style)
      : versionOneText(input.path, bytes, versionOne, style),
  );
}

function manifestText(manifest: Manifest, path: string, style: Style): string {
  const { name, version, apiVersion, description, authors, license, tags, metadata, entry } = manifest;
  const supported = HOST_API_VERSION.supports(apiVersion) ? "" : ", which it does not support";
  const rows: Row[] = [
    ["manifest", printable(path)],
    ["about", printable(description ?? "")],
    ["API version", `${apiVersion} (this host has ${HOST_API_VERSION}${supported})`],
    ["program", `${printable(entry.path)} (${entry.kind})`],
    ["authors", authors.map(printable).join(", ")],
    ["license", printable(license ?? "")],
    ["tags", tags.map(printable).join(", ")],
    ...Object.entries(metadata).map(([key, value]): Row => [printable(key), printable(value)]),
  ];
  const capabilities = manifest.capabilities.map((capability): Row => {
    const { risk, summary } = describeCapability(capability);
    return [capability, `${risk} risk`, summary];
  });
  const dependencies = manifest.dependencies.map(
    (one): Row => [printable(one.name), printable(one.version), one.optional ? "optional" : ""],
  );
  return [
    style.bold(`plugin ${name} ${version}`),
    ...table(rows.filter(([, value]) => value !== "")),
    ...section("declares", capabilities, style),
    ...section("depends on", dependencies, style),
    ...section(
      "offers",
      manifest.exports.map((one): Row => [printable(one)]),
      style,
    ),
    "",
    "",
  ].join("\n");
}

function programText(
  input: Input & { readonly kind: "source" | "bytecode" },
  module: Module,
  hostModules: readonly HostModule[],
  style: Style,
): string {
  const { data } = module;
  const title = input.kind === "source" ? "script" : `bytecode version ${bytecodeVersion(input.bytes)}`;
  const size =
    input.kind === "source"
      ? `${input.text.split(/\r\n|\r|\n/).length} lines`
      : `${input.bytes.length.toLocaleString("en")} bytes${data.files.length === 0 ? ", stripped" : ""}`;
  const functions = data.exports.map(
    (one): Row => [
      printable(one.name),
      ":",
      printable(formatType(one.type, data.definitions)),
      one.capabilities.map(printable).join(" "),
    ],
  );
  const imports = resolveImports(module, [...nodeLibrary(), ...hostModules]);
  const guarded = imports.filter(({ capability }) => capability !== undefined);
  return [
    style.bold(`${title} ${printable(input.path)}`),
    ...table([
      ["size", size],
      ["functions", String(data.functions.length)],
      ["library", `${imports.length} functions, ${guarded.length} of them need a capability`],
    ]),
    ...section("defines", functions, style),
    ...section("needs", guarded.map(importRow), style),
    "",
  ].join("\n");
}

/** Such a file has no exports and no names of functions: what it reaches is all that there is to say. */
function versionOneText(
  path: string,
  bytes: Uint8Array,
  { machine, program }: VersionOne,
  style: Style,
): string {
  const imports = machine.resolveNamesV1(program, nodeLibrary());
  const guarded = imports.filter(({ capability }) => capability !== undefined);
  return [
    style.bold(`bytecode version 1 ${printable(path)}`),
    ...table([
      ["size", `${bytes.length.toLocaleString("en")} bytes`],
      ["library", `${imports.length} functions, ${guarded.length} of them need a capability`],
    ]),
    ...section("needs", guarded.map(importRow), style),
    "",
  ].join("\n");
}

function importRow({ name, capability = "", position }: ResolvedImport): Row {
  const safe = expandCapability(capability).every((one) => describeCapability(one).safeDefault);
  const place =
    position === undefined ? "" : `${printable(position.file)}:${position.line}:${position.column}`;
  return [capability, printable(name), place, safe ? "safe default" : ""];
}
