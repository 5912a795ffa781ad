import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Capabilities, printable } from "@fusabi/capabilities";
import { dependencyModules, PluginLoader, readManifest } from "@fusabi/loader";
import type { Plugin } from "@fusabi/plugin";
import { type DefinitionData, decodeModule, type ExportData } from "@fusabi/vm";
import { textsBelow } from "../../inputs/below.js";
import { loadDependencies } from "../../inputs/dependencies.js";
import { accessing, type Input, readInput } from "../../inputs/input.js";
import { type CompileSettings, compileOrThrow } from "../../inputs/program.js";
import { translate } from "../../report/translate.js";
import type { Terminal } from "../../terminal.js";
import { readVersionOne } from "../../version-one.js";

type Mode = "strict" | "lenient";

/** A function that a plugin offers. */
export type OfferedFunction = Pick<ExportData, "name" | "arity" | "parameterNames" | "type" | "doc">;

/** What a plugin offers to its host, with the types as data. */
export interface Offer {
  /** Name and version. */
  readonly title: string;
  readonly functions: readonly OfferedFunction[];
  /** The types that the program declares; their indexes stand in the types of its functions. */
  readonly definitions: readonly DefinitionData[];
}

/**
 * Reads what a plugin offers, without running it. The loader says which functions those are, and whether the plugin is sound; the
 * program says with which types.
 *
 * @throws the errors of `fus` for what does not read, validate or compile
 */
export async function readOffer(input: Input, mode: Mode, terminal: Terminal): Promise<Offer> {
  try {
    await using dependencies = await loadDependencies(
      input.kind === "manifest" ? await readManifest(input.path) : { dependencies: [] },
      input.path,
      mode,
    );
    const loader = new PluginLoader({
      peers: dependencies.peers,
      capabilities: Capabilities.all(),
      autoStart: false,
      mode,
      // Those of the program come from the compiler, with their code frames; doubts about a manifest are for `fus check`.
      onWarning: () => undefined,
    });
    await using plugin = await load(loader, input);
    const hostModules = dependencyModules(plugin.manifest, dependencies.peers);
    return await offerOf(plugin, input, { mode, hostModules }, terminal);
  } catch (error) {
    throw translate(error, textsBelow(dirname(input.path)));
  }
}

function load(loader: PluginLoader, { kind, path }: Input): Promise<Plugin> {
  switch (kind) {
    case "manifest":
      return loader.loadFromManifest(path);
    case "source":
      return loader.loadSource(path);
    case "bytecode":
      return loader.loadBytecodeFile(path);
  }
}

/** How a program is compiled, and what it can call beside the library. */
type Surroundings = Pick<CompileSettings, "mode" | "hostModules">;

async function offerOf(
  plugin: Plugin,
  input: Input,
  surroundings: Surroundings,
  terminal: Terminal,
): Promise<Offer> {
  const title = `${printable(plugin.name)} ${printable(plugin.version)}`;
  const bytes = await bytecodeOf(plugin, input, surroundings, terminal);
  // Such a file has no functions but the one that gives its value, and no types.
  if ((await readVersionOne(bytes)) !== undefined)
    return { title, functions: [...plugin.exports.keys()].map(untyped), definitions: [] };
  const { exports, definitions } = decodeModule(bytes).data;
  return { title, functions: exports.filter(({ name }) => plugin.exports.has(name)), definitions };
}

async function bytecodeOf(
  { info }: Plugin,
  input: Input,
  surroundings: Surroundings,
  terminal: Terminal,
): Promise<Uint8Array> {
  const program = input.kind === "manifest" ? await readInput(info.entryPath ?? input.path) : input;
  if (program.kind === "source") return (await compileOrThrow(program, surroundings, terminal)).bytecode;
  if (program.kind === "bytecode") return program.bytes;
  // The loader has taken it for a program, whatever its name says.
  return accessing(program.path, () => readFileSync(program.path));
}

function untyped(name: string): OfferedFunction {
  const type = { kind: "function", parameter: { kind: "unit" }, result: { kind: "any" } } as const;
  return { name, arity: 1, parameterNames: [], type, doc: undefined };
}
