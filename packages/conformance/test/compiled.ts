/** Modules for tests that look at how a program runs: compiling it is taken for granted. */
import { readFileSync } from "node:fs";
import { compile, formatDiagnostic } from "@fusabi/compiler";
import { decodeModule, type HostModule, type Module } from "@fusabi/vm";

export function moduleOf(source: string, hostModules: readonly HostModule[]): Module {
  const { bytecode, diagnostics } = compile(source, { hostModules });
  if (bytecode === undefined) throw new Error(diagnostics.map((one) => formatDiagnostic(one)).join("\n"));
  return decodeModule(bytecode);
}

/** The program of this name in `programs/`. */
export function moduleOfFile(name: string, hostModules: readonly HostModule[]): Module {
  return moduleOf(readFileSync(new URL(`programs/${name}.fsx`, import.meta.url), "utf8"), hostModules);
}
