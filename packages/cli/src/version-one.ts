import { bytecodeVersion } from "@fusabi/vm";
import type { ProgramV1 } from "@fusabi/vm/v1";

/** A file of the original implementation, with the entry of the virtual machine that runs it. */
export interface VersionOne {
  readonly program: ProgramV1;
  readonly machine: typeof import("@fusabi/vm/v1");
}

/**
 * Reads bytecode if it has version 1; the entry is loaded only then.
 *
 * @throws BytecodeError when the file is damaged
 */
export async function readVersionOne(bytes: Uint8Array): Promise<VersionOne | undefined> {
  if (bytecodeVersion(bytes) !== 1) return undefined;
  const machine = await import("@fusabi/vm/v1");
  return { program: machine.decodeV1(bytes), machine };
}
