import type { PluginDiagnostic } from "@fusabi/plugin";
import { CompilationError } from "@fusabi/plugin";
import { sourcePlace } from "./capability-checks.js";
import type { Compilation, CompileRequest, LoadedSource } from "./compile-cache.js";

/** Compiles the source of a plugin to bytecode. Throws `CompilationError` with everything that the compiler found. */
export async function compileSource(
  { plugin, text, fileName, hostModules, mode }: CompileRequest,
  load: (path: string, from: string) => string,
): Promise<Compilation & { readonly loaded: readonly LoadedSource[] }> {
  // Here and not at the top, so that a host whose plugins are bytecode, or in the cache, never loads the compiler.
  const { compile, formatDiagnostic, positionAt } = await import("@fusabi/compiler");
  const loaded: LoadedSource[] = [];
  const { bytecode, diagnostics } = compile(text, {
    fileName,
    hostModules,
    mode,
    load: (path, from) => {
      const content = load(path, from);
      loaded.push({ path, from, text: content });
      return content;
    },
  });
  const found = diagnostics.map((diagnostic): PluginDiagnostic => {
    const { code, severity, message, span } = diagnostic;
    const { line, column } = positionAt(span.source, span.start);
    const rendered = formatDiagnostic(diagnostic);
    return { code, severity, message, file: span.source.name, line, column, rendered };
  });
  if (bytecode === undefined) throw new CompilationError(plugin, found);
  const warnings = found
    .filter(({ severity }) => severity === "warning")
    .map(({ code, message, file, line, column }) => {
      return { plugin, code, message, place: sourcePlace({ file, line, column }) };
    });
  return { bytecode, warnings, loaded };
}
