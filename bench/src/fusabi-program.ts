import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CompileOptions, compile, formatDiagnostic } from "@fusabi/compiler";
import { jit } from "@fusabi/jit";
import { standardLibrary } from "@fusabi/stdlib";
import {
  decodeModule,
  type Engine,
  type HostModule,
  type Instance,
  instantiate,
  type MachineLimits,
} from "@fusabi/vm";

/** Nothing is in the way of a long run, and yet everything is metered. */
const limits: MachineLimits = {
  maxInstructions: null,
  maxAllocatedBytes: null,
  maxStackDepth: 100_000,
  timeoutMs: 600_000,
};

const library = standardLibrary();

/** Absolute path of a file of this package: `pathOf("programs/fib.fsx")`. */
export function pathOf(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}

export function readText(file: string): string {
  return readFileSync(pathOf(file), "utf8");
}

/** Source to bytecode. */
export function bytecodeOf(
  source: string,
  fileName: string,
  hostModules: readonly HostModule[] = [],
): Uint8Array {
  const options: CompileOptions = { fileName, hostModules: [...library, ...hostModules] };
  const { bytecode, diagnostics } = compile(source, options);
  if (bytecode === undefined)
    throw new Error(
      `${fileName} does not compile\n${diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join("\n")}`,
    );
  return bytecode;
}

/** The ways in which a program may be executed. */
export type Tier = "interpreter" | "jit";

export const tiers: readonly Tier[] = ["interpreter", "jit"];

/** A running program, its top level done. The jit translates every function when it is first called, unless there is an `engine` of its own. */
export function instanceOf(
  bytecode: Uint8Array,
  {
    tier = "interpreter",
    hostModules = [],
    engine = tier === "jit" ? jit({ tier: "always" }) : undefined,
  }: { readonly tier?: Tier; readonly hostModules?: readonly HostModule[]; readonly engine?: Engine } = {},
): Instance {
  return instantiate(decodeModule(bytecode), {
    imports: [...library, ...hostModules],
    limits,
    ...(engine === undefined ? {} : { engine }),
  });
}
