import { Capabilities, type Limits, limits, sandboxPolicies } from "@fusabi/capabilities";
import { type CompileResult, compile, type Diagnostic, makeSource } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import {
  AbortError,
  decodeModule,
  FusabiError,
  instantiateAsync,
  LimitError,
  type TraceEntry,
} from "@fusabi/vm";
import { EXAMPLE_FILE, type ExampleProgram } from "./diagnostic-page.js";

const library = nodeLibrary();

/** What is reported about an example, in order: by the compiler, and if its command is `run`, by the run. */
export async function reportsOf(program: ExampleProgram): Promise<readonly Diagnostic[]> {
  const { bytecode, diagnostics } = compileExample(program);
  if (program.command.name === "check") return diagnostics;
  if (bytecode === undefined) {
    const [first] = diagnostics.filter(({ severity }) => severity === "error");
    throw new Error(`the example does not compile: ${first?.code} ${first?.message}\n${program.shown}`);
  }
  const fault = await faultOf(bytecode, program);
  return fault === undefined ? [] : [fault];
}

function compileExample({ text, files, command }: ExampleProgram): CompileResult {
  return compile(text, {
    fileName: EXAMPLE_FILE,
    hostModules: library,
    mode: command.flags.has("lenient") ? "lenient" : "strict",
    unusedNames: command.flags.has("unused"),
    load: (path) => {
      if (path.startsWith("..")) throw new Error(`${path} is outside of the program's folder`);
      const file = path === EXAMPLE_FILE ? text : files.get(path);
      if (file === undefined) throw Object.assign(new Error(`${path} does not exist`), { code: "ENOENT" });
      return file;
    },
  });
}

async function faultOf(bytecode: Uint8Array, program: ExampleProgram): Promise<Diagnostic | undefined> {
  const { flags, interrupted } = program.command;
  const folder = flags.get("allow-read");
  const stop = new AbortController();
  try {
    await instantiateAsync(decodeModule(bytecode), {
      imports: library,
      limits: limitsOf(flags),
      capabilities: Capabilities.safeDefaults().with(
        ...(folder === undefined ? [] : ["fs:read", "fs:metadata"]),
        ...(flags.has("grant") ? [flags.get("grant") ?? ""] : []),
      ),
      sandbox: {
        ...sandboxPolicies.default,
        workingDir: import.meta.dirname,
        ...(folder === undefined ? {} : { read: { allow: [import.meta.dirname] } }),
      },
      onOutput: () => {
        if (interrupted) stop.abort();
      },
      signal: stop.signal,
    });
    return undefined;
  } catch (error) {
    if (error instanceof AbortError) return asDiagnostic(program, error.code, error.message, []);
    if (!(error instanceof FusabiError || error instanceof LimitError)) throw error;
    return asDiagnostic(program, error.code, error.message, error.trace);
  }
}

/** Those of `fus run`, and what its flags say. */
function limitsOf(flags: ReadonlyMap<string, string>): Limits {
  const base: Limits = flags.has("strict-limits")
    ? limits.strict
    : {
        ...limits.default,
        timeoutMs: 20_000,
        maxInstructions: null,
        maxAllocatedBytes: null,
        maxStackDepth: 100_000,
      };
  const number = (flag: string, otherwise: number | null): number | null =>
    flags.has(flag) ? Number(flags.get(flag)) : otherwise;
  return {
    ...base,
    timeoutMs: number("timeout", base.timeoutMs),
    maxInstructions: number("max-instructions", base.maxInstructions),
    maxStackDepth: number("max-stack-depth", base.maxStackDepth),
    maxAllocatedBytes: number("max-allocated-bytes", base.maxAllocatedBytes),
  };
}

/** A failure of the program in the form of the compiler's findings, as the command line shows it. */
function asDiagnostic(
  { text }: ExampleProgram,
  code: string,
  message: string,
  trace: readonly TraceEntry[],
): Diagnostic {
  const place = trace.find(({ line }) => line > 0);
  // How long a program runs differs from run to run.
  const steady = message.replace(/\(actual: [\d.]+ ?m?s\)/, "(actual: ...)");
  const source = makeSource(EXAMPLE_FILE, place === undefined ? "" : text);
  const start = place === undefined ? 0 : (source.lineStarts[place.line - 1] ?? 0) + place.column - 1;
  return {
    code,
    severity: "error",
    stage: "compile",
    message: steady,
    span: { source, start, end: start + wordLength(source.text.slice(start)) },
    related: [],
  };
}

/** What the command line marks at a place of which only the start is known. */
function wordLength(text: string): number {
  return /^(?:"[^"\n]*"|'[^'\n]*'|[\p{L}_][\p{L}\d_'.-]*|.)/u.exec(text)?.[0].length ?? 0;
}
