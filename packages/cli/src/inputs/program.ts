import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { CompileResult, Diagnostic } from "@fusabi/compiler";
import type { HostModule } from "@fusabi/vm";
import { FindingsError } from "../errors.js";
import { type Finding, hasErrors, type SourceTexts } from "../report/finding.js";
import { reportFindings } from "../report/render.js";
import type { Terminal } from "../terminal.js";
import { decodeSource } from "./input.js";

/** A script: the file that was named, or an expression of the command line. */
export interface Script {
  readonly path: string;
  readonly text: string;
}

/** What a script was compiled to. */
export interface CompiledScript {
  readonly bytecode: Uint8Array;
  /** The texts of the script and of what it loads. */
  readonly texts: SourceTexts;
}

/** How a script is compiled. */
export interface CompileSettings {
  readonly mode: "strict" | "lenient";
  readonly debugInfo?: boolean;
  readonly unusedNames?: boolean;
  /** What it can call beside the library. */
  readonly hostModules?: readonly HostModule[];
}

/** What the compiler says about a script, with the texts of the script and of what it loads. */
export interface CompileOutcome {
  readonly result: CompileResult;
  readonly findings: readonly Finding[];
  readonly texts: SourceTexts;
}

/** Compiles a script against everything that `fus` provides. */
export async function compileScript(
  { path, text }: Script,
  { mode, debugInfo = true, unusedNames = false, hostModules = [] }: CompileSettings,
): Promise<CompileOutcome> {
  // Here and not at the top: bytecode runs without the compiler, and a wrong command line needs neither.
  const [{ compile, positionAt }, { nodeLibrary }] = await Promise.all([
    import("@fusabi/compiler"),
    import("@fusabi/stdlib/node"),
  ]);
  const texts = new Map([[path, text]]);
  const result = compile(text, {
    fileName: path,
    hostModules: [...nodeLibrary(), ...hostModules],
    mode,
    debugInfo,
    unusedNames,
    load: (wanted, from) => {
      const name = isAbsolute(wanted) ? wanted : join(dirname(from), wanted);
      const loaded = decodeSource(name, readFileSync(name));
      texts.set(name, loaded);
      return loaded;
    },
  });
  const findings = result.diagnostics.map((diagnostic): Finding => {
    const { span } = diagnostic;
    return findingOf(diagnostic, positionAt(span.source, span.start));
  });
  return { result, findings, texts: (file) => texts.get(file) };
}

/**
 * Compiles a script that is to be used; warnings go to standard error.
 *
 * @throws FindingsError when it does not compile
 */
export async function compileOrThrow(
  script: Script,
  settings: CompileSettings,
  terminal: Terminal,
): Promise<CompiledScript> {
  const { result, findings, texts } = await compileScript(script, settings);
  const worthSaying = findings.filter(({ severity }) => severity !== "info");
  if (result.bytecode === undefined || hasErrors(findings)) throw new FindingsError(worthSaying);
  await reportFindings(worthSaying, terminal);
  return { bytecode: result.bytecode, texts };
}

function findingOf(
  diagnostic: Diagnostic,
  place: { readonly line: number; readonly column: number },
): Finding {
  const { span, severity, code, message, hint } = diagnostic;
  return {
    ...place,
    file: span.source.name,
    severity,
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    text: span.source.text,
    diagnostic,
  };
}
