import { InvalidProgramError } from "@fusabi/plugin";
import type { Compilation, CompileCache, CompileRequest } from "./compile-cache.js";
import { BrokenEntryError } from "./compile-cache.js";
import { compileSource } from "./compile-source.js";
import type { LoadWarning } from "./loader-options.js";
import type { ProgramCode } from "./program-code.js";
import { decodeBytecode } from "./program-code.js";

/** What a source is compiled with, beside itself. */
export interface SourceSurroundings {
  readonly load: (path: string, from: string) => string;
  readonly cache: CompileCache | undefined;
  readonly onWarning: ((warning: LoadWarning) => void) | undefined;
}

/** The program of a source: from the cache if it is there and sound, else compiled, and kept. Throws `CompilationError`. */
export async function programOfSource(
  request: CompileRequest,
  { load, cache, onWarning }: SourceSurroundings,
): Promise<ProgramCode> {
  const { plugin, fileName } = request;
  const warn = (problem: string, error: Error): void =>
    onWarning?.({ plugin, code: "CACHE", message: `${problem}: ${error.message}`, place: fileName });
  if (cache !== undefined) {
    try {
      const kept = cache.find(request, load);
      if (kept !== undefined) {
        const code = await decodeBytecode(plugin, fileName, kept.bytecode);
        report(kept, plugin, onWarning);
        return code;
      }
    } catch (error) {
      if (!(error instanceof BrokenEntryError || error instanceof InvalidProgramError)) throw error;
      warn("an entry of the compile cache does not hold, the source is compiled anew", error);
    }
  }
  const { loaded, ...compilation } = await compileSource(request, load);
  report(compilation, plugin, onWarning);
  try {
    cache?.store(request, loaded, compilation);
  } catch (error) {
    // The program is there; only the next start will be slower.
    if (!(error instanceof Error && "syscall" in error)) throw error;
    warn("the compile cache cannot be written", error);
  }
  return decodeBytecode(plugin, fileName, compilation.bytecode);
}

/** A program from the cache has the warnings that it was compiled with. */
function report(
  { warnings }: Compilation,
  plugin: string,
  onWarning: ((warning: LoadWarning) => void) | undefined,
): void {
  for (const warning of warnings) onWarning?.({ ...warning, plugin });
}
