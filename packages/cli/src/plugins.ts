import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Plugin } from "@fusabi/plugin";
import { PluginRuntime } from "@fusabi/runtime";
import type { Input } from "./inputs/input.js";
import type { Grant } from "./permissions.js";
import { type Finding, noTexts, parsePlace, type SourceTexts, withText } from "./report/finding.js";
import { reportFindings } from "./report/render.js";
import { translate } from "./report/translate.js";
import type { Terminal } from "./terminal.js";

/** What a plugin is loaded with. */
export interface PluginSettings {
  readonly grant: Grant;
  readonly mode: "strict" | "lenient";
  readonly terminal: Terminal;
}

/**
 * Loads the plugin that a manifest, a script or a bytecode file is, uses it, and unloads it. Its failures are thrown in the
 * terms of {@link translate}.
 */
export async function withPlugin<T>(
  input: Input,
  { grant, mode, terminal }: PluginSettings,
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
    onOutput: (text, stream) => terminal.program(stream, text),
    onWarning: ({ code, message, place }) => {
      const { file, line, column } = parsePlace(place) ?? { file: input.path, line: 0, column: 0 };
      warnings.push(withText({ file, line, column, severity: "warning", code, message }, texts));
    },
  });
  try {
    const plugin = await load(runtime, input);
    await reportFindings(warnings, terminal);
    await plugin.initialize();
    await plugin.start();
    return await use(plugin);
  } catch (error) {
    throw translate(error, texts);
  } finally {
    await runtime.dispose();
    terminal.endProgram();
  }
}

function load(runtime: PluginRuntime, { kind, path }: Input): Promise<Plugin> {
  switch (kind) {
    case "manifest":
      return runtime.loadManifest(path);
    case "source":
      return runtime.loadSource(path);
    case "bytecode":
      return runtime.loadBytecode(path);
  }
}

/**
 * The texts of the files in a folder, for code frames. Of those files only: the names come from programs, and a bytecode file
 * can claim to be made of any file.
 */
export function textsBelow(folder: string): SourceTexts {
  return (file) => {
    try {
      const path = realpathSync(resolve(file));
      const way = relative(realpathSync(folder), path);
      const inside =
        way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) !== way;
      return inside && statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
    } catch {
      // A code frame is an extra: without the file, the position alone is shown.
      return undefined;
    }
  };
}
