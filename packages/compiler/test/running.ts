/** Compiles, verifies and runs programs. */
import { decodeModule, type Instance, instantiate, readModule, verifyModule } from "@fusabi/vm";
import { type CompileOptions, type CompileResult, compile, formatDiagnostic } from "../src/index.js";
import { library } from "./library.js";

export interface Run {
  readonly instance: Instance;
  readonly result: CompileResult;
  /** What the program has printed up to now. */
  readonly output: () => string;
}

/** The bytecode of a program that must compile; every module must pass the verifier. */
export function compiled(
  text: string,
  options: CompileOptions = {},
): CompileResult & { readonly bytecode: Uint8Array } {
  const result = compile(text, { hostModules: library, ...options });
  if (result.bytecode === undefined)
    throw new Error(result.diagnostics.map((item) => formatDiagnostic(item)).join("\n"));
  verifyModule(readModule(result.bytecode));
  return { ...result, bytecode: result.bytecode };
}

/** Runs the top level under limits that no sensible test reaches. */
export function run(text: string, options: CompileOptions = {}): Run {
  const result = compiled(text, options);
  let written = "";
  const instance = instantiate(decodeModule(result.bytecode), {
    imports: library,
    limits: { maxInstructions: 50_000_000, maxStackDepth: 10_000 },
    onOutput: (part) => {
      written += part;
    },
  });
  return { instance, result, output: () => written };
}
