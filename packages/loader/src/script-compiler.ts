import type { ScriptCompilation } from "@fusabi/stdlib";
import type { HostModule } from "@fusabi/vm";

type Compiler = typeof import("@fusabi/compiler");

/** Compiles the texts that programs run, once the compiler is there. */
export class ScriptCompiler {
  readonly #mode: "strict" | "lenient";
  #compiler: Compiler | undefined;

  constructor(mode: "strict" | "lenient") {
    this.#mode = mode;
  }

  /** Loads the compiler: a program that runs cannot wait for it. */
  async load(): Promise<void> {
    this.#compiler ??= await import("@fusabi/compiler");
  }

  compile(text: string, hostModules: readonly HostModule[]): ScriptCompilation {
    if (this.#compiler === undefined) throw new TypeError("the compiler has not been loaded");
    const { bytecode, diagnostics } = this.#compiler.compile(text, { hostModules, mode: this.#mode });
    if (bytecode !== undefined) return { bytecode };
    const [first] = diagnostics.filter(({ severity }) => severity === "error");
    if (first === undefined) throw new TypeError("the compiler gave neither a program nor an error");
    const { line, column } = this.#compiler.positionAt(first.span.source, first.span.start);
    return { problem: `${stageOf(first.code)} error: ${first.message} at line ${line} column ${column}` };
  }
}

/** The original's word for the stage that found a mistake; codes are numbered by stage. */
function stageOf(code: string): string {
  if (code.startsWith("FUS00")) return "Lex";
  return code.startsWith("FUS01") ? "Parse" : "Compile";
}
