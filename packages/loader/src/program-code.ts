import { InvalidProgramError } from "@fusabi/plugin";
import type { HostModule, Module, ResolvedImport } from "@fusabi/vm";
import { BytecodeError, bytecodeVersion, decodeModule, LinkError, resolveImports } from "@fusabi/vm";
import type { ProgramV1 } from "@fusabi/vm/v1";
import { linkFailure } from "./inline-program.js";

/** What was read of a program: a module, or a file of the original implementation, which has a machine of its own. */
export type ProgramCode = Module | CodeV1;

/** A program of version 1, with the entry that runs it. */
export class CodeV1 {
  readonly program: ProgramV1;
  readonly machine: MachineV1;

  constructor(program: ProgramV1, machine: MachineV1) {
    this.program = program;
    this.machine = machine;
  }
}

/** The entry of the virtual machine for version 1, which is loaded when the first such file is. */
type MachineV1 = typeof import("@fusabi/vm/v1");

/** Reads bytecode by its version. Throws `InvalidProgramError` for bytes that are none; `name` stands in the message. */
export async function decodeBytecode(plugin: string, name: string, bytes: Uint8Array): Promise<ProgramCode> {
  try {
    if (bytecodeVersion(bytes) !== 1) return decodeModule(bytes);
    const machine = await import("@fusabi/vm/v1");
    return new CodeV1(machine.decodeV1(bytes), machine);
  } catch (error) {
    if (!(error instanceof BytecodeError)) throw error;
    throw new InvalidProgramError(plugin, `${name}: ${error.message}`, { cause: error });
  }
}

/** What a program can reach. Throws `InvalidProgramError` if a module imports what the host does not provide. */
export function reachableFunctions(
  plugin: string,
  code: ProgramCode,
  hostModules: readonly HostModule[],
): readonly ResolvedImport[] {
  if (code instanceof CodeV1) return code.machine.resolveNamesV1(code.program, hostModules);
  try {
    return resolveImports(code, hostModules);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    throw linkFailure(plugin, error);
  }
}
