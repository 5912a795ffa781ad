import { nodeLibrary } from "@fusabi/stdlib/node";
import { decodeModule, display, type Engine, type InstantiateOptions, instantiateAsync } from "@fusabi/vm";
import { formatExactJson } from "./exact-json.js";
import { type ExitCode, exitCodes } from "./exit-code.js";
import type { Input } from "./inputs/input.js";
import { compileOrThrow } from "./inputs/program.js";
import type { Grant } from "./permissions.js";
import { exitStatus } from "./report/exit-status.js";
import { noTexts, type SourceTexts } from "./report/finding.js";

import type { Terminal } from "./terminal.js";
import { readVersionOne } from "./version-one.js";

/** What a program is run with. */
export interface RunSettings {
  readonly grant: Grant;
  readonly mode: "strict" | "lenient";
  readonly engine: Engine | undefined;
  readonly echo: boolean;
  readonly terminal: Terminal;
}

/** Runs a script or a bytecode file, or the function `main` of a plugin. */
export async function runInput(input: Input, settings: RunSettings): Promise<ExitCode> {
  switch (input.kind) {
    case "source": {
      const { bytecode, texts } = await compileOrThrow(input, settings, settings.terminal);
      return await runModule(bytecode, input.path, texts, settings);
    }
    case "bytecode":
      return await runModule(input.bytes, input.path, noTexts, settings);
    case "manifest":
      return await runPlugin(input, settings);
  }
}

async function runModule(
  bytecode: Uint8Array,
  name: string,
  texts: SourceTexts,
  { grant, engine, echo, terminal }: RunSettings,
): Promise<ExitCode> {
  const options: InstantiateOptions = {
    imports: nodeLibrary(),
    limits: grant.limits,
    capabilities: grant.capabilities,
    sandbox: { workingDir: process.cwd(), ...grant.sandbox },
    onOutput: (text, stream) => terminal.program(stream, text),
    name,
    ...(engine === undefined ? {} : { engine }),
  };
  const run = await programOf(bytecode);
  try {
    const { text, always } = await run(options);
    if (echo || always) terminal.program("stdout", `${text()}\n`);
    return exitCodes.fine;
  } catch (error) {
    if (exitStatus(error) === 0) return exitCodes.fine;
    const { translate } = await import("./report/translate.js");
    throw translate(error, texts);
  } finally {
    terminal.endProgram();
  }
}

/** Runs to the end of the top level, and answers the text of its value. */
type ProgramRun = (options: InstantiateOptions) => Promise<{
  readonly text: () => string;
  /** The original shows the value of a bytecode file whether it was asked to or not. */
  readonly always: boolean;
}>;

/** @throws BytecodeError */
async function programOf(bytecode: Uint8Array): Promise<ProgramRun> {
  const versionOne = await readVersionOne(bytecode);
  if (versionOne !== undefined) {
    const { machine, program } = versionOne;
    return async (options) => {
      const { text } = machine.runV1(program, options);
      return { text: () => text, always: true };
    };
  }
  const module = decodeModule(bytecode);
  return async (options) => {
    const instance = await instantiateAsync(module, options);
    return { text: () => display(instance.result), always: false };
  };
}

async function runPlugin(
  input: Input,
  { grant, mode, engine, echo, terminal }: RunSettings,
): Promise<ExitCode> {
  // A script needs nothing of what plugins need.
  const { withPlugin } = await import("./plugins.js");
  return await withPlugin(input, { grant, mode, engine, terminal }, async (plugin) => {
    const value = await plugin.call("main");
    if (echo) terminal.program("stdout", `${formatExactJson(value)}\n`);
    return exitCodes.fine;
  });
}
