import {
  type CapabilityUse,
  capabilitiesOfNodes,
  capabilityUses,
  type ExportData,
  encodeModule,
  formatSignature,
  type ModuleData,
  type TypeDescriptor,
} from "@fusabi/vm";
import { analyse } from "./analysis.js";
import { generateModule } from "./codegen/module.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { TooLargeError } from "./errors.js";
import { lowerProgram } from "./lower/program.js";
import type { CompileOptions } from "./options.js";

/**
 * A top-level name that hosts can use.
 *
 * @example
 * compile("let add (a: int) b = a + b").exports[0]?.signature; // "int -> int -> int"
 */
export interface ExportedName {
  readonly name: string;
  /** Number of curried parameters; 0 for a value. */
  readonly arity: number;
  readonly parameterNames: readonly string[];
  readonly type: TypeDescriptor;
  /** The type in the syntax of the language. */
  readonly signature: string;
  readonly doc: string | undefined;
  /** Capabilities that a call can reach; ascending. */
  readonly capabilities: readonly string[];
}

/** What a compilation took, in milliseconds, and what it made. */
export interface CompileStats {
  /** Lexer, layout filter and parser, without the files that the script loads. */
  readonly parsing: number;
  readonly inference: number;
  readonly lowering: number;
  /** Closure conversion and register code. */
  readonly generation: number;
  readonly encoding: number;
  readonly functions: number;
  readonly instructions: number;
}

/** Result of {@link compile}. */
export interface CompileResult {
  /** No diagnostic is an error; then, and only then, there is `bytecode`. */
  readonly ok: boolean;
  readonly bytecode?: Uint8Array;
  readonly exports: readonly ExportedName[];
  /** Capabilities of all that the program can call; ascending. */
  readonly capabilities: readonly string[];
  /** Of these, what the top level can reach when the program is loaded; ascending. */
  readonly loadCapabilities: readonly string[];
  /** The places that use a capability, with the exports that can reach them; by file and place. Worked out when it is asked for. */
  readonly uses: readonly CapabilityUse[];
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly stats: CompileStats;
}

/**
 * Compiles a script to bytecode. Mistakes of the program are diagnostics, never exceptions.
 *
 * @throws CompilerBug when the compiler contradicts itself.
 * @example
 * const result = compile('let greet name = $"Hello, {name}"', { hostModules: standardLibrary() });
 * if (result.ok) instantiate(decodeModule(result.bytecode!), { imports: standardLibrary() }).call("greet", ["Ada"]);
 */
export function compile(source: string, options: CompileOptions = {}): CompileResult {
  const analysis = analyse(source, options);
  const { parsing, inference, diagnostics } = analysis;
  if (analysis.hasErrors) return failed(diagnostics, parsing, inference);
  try {
    const started = performance.now();
    const program = lowerProgram(analysis.program, options.hostModules ?? []);
    const lowered = performance.now();
    const module = generateModule(program);
    const generated = performance.now();
    const bytecode = encodeModule(module, { strip: options.debugInfo === false });
    const encoded = performance.now();
    return {
      ok: true,
      bytecode,
      ...describeModule(module),
      get uses() {
        return capabilityUses(module) ?? [];
      },
      diagnostics,
      stats: {
        parsing,
        inference,
        lowering: lowered - started,
        generation: generated - lowered,
        encoding: encoded - generated,
        functions: module.functions.length,
        instructions: module.functions.reduce((sum, fn) => sum + fn.code.length, 0),
      },
    };
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    const tooLarge: Diagnostic = {
      code: error.code,
      severity: "error",
      stage: "compile",
      message: error.message,
      span: error.span,
      related: [],
      hint: "Split it into smaller functions",
    };
    return failed([...diagnostics, tooLarge], parsing, inference);
  }
}

function failed(diagnostics: readonly Diagnostic[], parsing: number, inference: number): CompileResult {
  const stats = {
    parsing,
    inference,
    lowering: 0,
    generation: 0,
    encoding: 0,
    functions: 0,
    instructions: 0,
  };
  return { ok: false, ...NOTHING, uses: [], diagnostics, stats };
}

/** What hosts see of a module. */
export type Offer = Pick<CompileResult, "exports" | "capabilities" | "loadCapabilities">;

/** What hosts see of a program that does not compile. */
export const NOTHING: Offer = { exports: [], capabilities: [], loadCapabilities: [] };

export function describeModule(module: ModuleData): Offer {
  const { reach } = module;
  const atLoad = reach === undefined ? undefined : capabilitiesOfNodes(module, reach)[reach.topLevel ?? -1];
  const capabilities = new Set<string>();
  for (const { capability } of module.imports) if (capability !== undefined) capabilities.add(capability);
  for (const further of reach?.further ?? []) for (const name of further.capabilities) capabilities.add(name);
  return {
    exports: module.exports.map((item) => exportedName(item, module)),
    capabilities: [...capabilities].sort(),
    loadCapabilities: [...(atLoad ?? [])].sort(),
  };
}

function exportedName(item: ExportData, module: ModuleData): ExportedName {
  const { name, arity, parameterNames, type, doc, capabilities } = item;
  return {
    name,
    arity,
    parameterNames,
    type,
    signature: formatSignature(type, module.definitions),
    doc,
    capabilities,
  };
}
