import { compile, formatDiagnostic } from "@fusabi/compiler";
import {
  decodeModule,
  type HostModule,
  type Instance,
  type InstantiateOptions,
  instantiate,
} from "@fusabi/vm";

/** An instance of a program; a program that does not compile fails the test with its diagnostics. */
export function run(
  source: string,
  imports: readonly HostModule[],
  options: Omit<InstantiateOptions, "imports"> = {},
): Instance {
  return instantiate(decodeModule(bytecodeOf(source, imports)), { imports, ...options });
}

export function bytecodeOf(source: string, imports: readonly HostModule[]): Uint8Array {
  const result = compile(source, { fileName: "test.fsx", hostModules: imports });
  if (result.bytecode === undefined)
    throw new Error(result.diagnostics.map((one) => formatDiagnostic(one)).join("\n"));
  return result.bytecode;
}

/** What is thrown, or undefined. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
