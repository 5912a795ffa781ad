import { dirname } from "node:path";
import type { Plugin } from "@fusabi/plugin";
import { PluginRuntime } from "@fusabi/runtime";
import type { Engine } from "@fusabi/vm";
import { textsBelow } from "./inputs/below.js";
import { foldersBeside } from "./inputs/dependencies.js";
import type { Input } from "./inputs/input.js";
import type { Grant } from "./permissions.js";
import { type Finding, noTexts, parsePlace, withText } from "./report/finding.js";
import { reportFindings } from "./report/render.js";
import { translate } from "./report/translate.js";
import type { Terminal } from "./terminal.js";

/** What a plugin is loaded with. */
export interface PluginSettings {
  readonly grant: Grant;
  readonly mode: "strict" | "lenient";
  readonly engine: Engine | undefined;
  readonly terminal: Terminal;
}

/**
 * Loads the plugin that a manifest, a script or a bytecode file is, uses it, and unloads it. Its failures are thrown in the
 * terms of {@link translate}.
 */
export async function withPlugin<T>(
  input: Input,
  { grant, mode, engine, terminal }: PluginSettings,
  use: (plugin: Plugin) => Promise<T>,
): Promise<T> {
  const texts = input.kind === "bytecode" ? noTexts : textsBelow(dirname(input.path));
  const warnings: Finding[] = [];
  const runtime = new PluginRuntime({
    // Warnings come before anything that the program prints.
    autoStart: false,
    capabilities: grant.capabilities,
    limits: grant.limits,
    sandbox: grant.sandbox,
    mode,
    pluginDirs: input.kind === "manifest" ? foldersBeside(input.path) : [],
    ...(engine === undefined ? {} : { engine }),
    onOutput: (text, stream) => terminal.program(stream, text),
    onWarning: ({ code, message, place }) => {
      const { file, line, column } = parsePlace(place) ?? { file: input.path, line: 0, column: 0 };
      warnings.push(withText({ file, line, column, severity: "warning", code, message }, texts));
    },
  });
  try {
    const plugin = await loadInput(runtime, input);
    await reportFindings(warnings, terminal);
    await runtime.start(plugin.name);
    return await use(plugin);
  } catch (error) {
    throw translate(error, texts);
  } finally {
    await runtime.dispose();
    terminal.endProgram();
  }
}

/** Loads the plugin that a manifest, a script or a bytecode file is into a runtime. Throws what the runtime throws. */
export function loadInput(runtime: PluginRuntime, { kind, path }: Input): Promise<Plugin> {
  switch (kind) {
    case "manifest":
      return runtime.loadManifest(path);
    case "source":
      return runtime.loadSource(path);
    case "bytecode":
      return runtime.loadBytecode(path);
  }
}
