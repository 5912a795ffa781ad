import type { PluginDiagnostic } from "@fusabi/plugin";
import { CompilationError } from "@fusabi/plugin";
import type { HostModule } from "@fusabi/vm";
import { sourcePlace } from "./capability-checks.js";
import type { LoadWarning } from "./loader-options.js";

/** Compiles the source of a plugin to bytecode. Throws `CompilationError` with everything that the compiler found. */
export async function compileSource({
  plugin,
  text,
  fileName,
  load,
  hostModules,
  mode,
  onWarning,
}: {
  readonly plugin: string;
  readonly text: string;
  readonly fileName: string;
  readonly load: (path: string, from: string) => string;
  readonly hostModules: readonly HostModule[];
  readonly mode: "strict" | "lenient";
  readonly onWarning: ((warning: LoadWarning) => void) | undefined;
}): Promise<Uint8Array> {
  // Here and not at the top, so that a host whose plugins are bytecode never loads the compiler.
  const { compile, formatDiagnostic, positionAt } = await import("@fusabi/compiler");
  const { bytecode, diagnostics } = compile(text, { fileName, hostModules, load, mode });
  const found = diagnostics.map((diagnostic): PluginDiagnostic => {
    const { code, severity, message, span } = diagnostic;
    const { line, column } = positionAt(span.source, span.start);
    const rendered = formatDiagnostic(diagnostic);
    return { code, severity, message, file: span.source.name, line, column, rendered };
  });
  if (bytecode === undefined) throw new CompilationError(plugin, found);
  if (onWarning !== undefined) {
    for (const { code, severity, message, file, line, column } of found) {
      if (severity === "warning") {
        onWarning({ plugin, code, message, place: sourcePlace({ file, line, column }) });
      }
    }
  }
  return bytecode;
}
