import { compile } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { decodeModule, FusabiError, instantiateAsync, LimitError, type MachineLimits } from "@fusabi/vm";
import { loadBeside, type Program } from "./corpus.js";

/** What a program did. `line` is that of the first error or, at run time, of the failing expression. */
export type Outcome =
  | { readonly kind: "output"; readonly text: string }
  | {
      readonly kind: "failure";
      readonly stage: string;
      readonly line: number;
      readonly message: string;
      readonly text: string;
    };

/** As generous as `fus run` of a file, with a clock that stops what hangs. */
const limits: MachineLimits = {
  maxInstructions: null,
  maxAllocatedBytes: null,
  maxStackDepth: 100_000,
  timeoutMs: 20_000,
};

/** Source to bytecode, strict mode; or the first error. */
export function compileProgram(program: Program, options: { debugInfo: boolean }): Uint8Array | Outcome {
  const result = compile(program.source, {
    fileName: program.path,
    hostModules: nodeLibrary(),
    load: (path) => loadBeside(program, path),
    debugInfo: options.debugInfo,
  });
  const error = result.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (error !== undefined) {
    const before = error.span.source.text.slice(0, error.span.start);
    return {
      kind: "failure",
      stage: error.stage,
      line: before.split("\n").length,
      message: `${error.code}: ${error.message}`,
      text: "",
    };
  }
  if (result.bytecode === undefined) throw new Error(`${program.path}: neither errors nor bytecode`);
  return result.bytecode;
}

/** Runs bytecode of a program as the host of a script would. */
export async function runBytecode(bytecode: Uint8Array): Promise<Outcome> {
  let text = "";
  try {
    await instantiateAsync(decodeModule(bytecode), {
      imports: nodeLibrary(),
      limits,
      onOutput: (part, stream) => {
        if (stream === "stdout") text += part;
      },
    });
    return { kind: "output", text };
  } catch (error) {
    if (!(error instanceof FusabiError || error instanceof LimitError)) throw error;
    const line = error.trace.find((entry) => entry.line > 0)?.line ?? 0;
    return { kind: "failure", stage: "runtime", line, message: error.message, text };
  }
}

/** Compiles and runs. */
export async function runProgram(
  program: Program,
  options: { debugInfo: boolean } = { debugInfo: true },
): Promise<Outcome> {
  const compiled = compileProgram(program, options);
  return compiled instanceof Uint8Array ? await runBytecode(compiled) : compiled;
}

/** Why the outcome is not the expected one; undefined when it is. */
export function difference(program: Program, outcome: Outcome): string | undefined {
  const expected = program.expectation;
  if (expected.kind === "output") {
    if (outcome.kind === "failure")
      return `${outcome.stage} error at line ${outcome.line}: ${outcome.message}`;
    return outcome.text === expected.text ? undefined : firstDifference(expected.text, outcome.text);
  }
  if (outcome.kind === "output")
    return `expected a ${expected.stage} error at line ${expected.line}, but it ran`;
  if (outcome.stage === expected.stage && outcome.line === expected.line) return undefined;
  return `expected a ${expected.stage} error at line ${expected.line}, got ${outcome.stage} at line ${outcome.line}: ${outcome.message}`;
}

function firstDifference(expected: string, actual: string): string {
  const wanted = expected.split("\n");
  const got = actual.split("\n");
  const line = wanted.findIndex((text, index) => text !== got[index]);
  const at = line < 0 ? wanted.length : line;
  return `output line ${at + 1}: expected ${JSON.stringify(wanted[at] ?? "<end>")}, got ${JSON.stringify(got[at] ?? "<end>")}`;
}
