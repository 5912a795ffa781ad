import { nodeLibrary } from "@fusabi/stdlib/node";
import {
  decodeModule,
  type Engine,
  FusabiError,
  Instance,
  LimitError,
  type MachineLimits,
  type TraceEntry,
} from "@fusabi/vm";

/** Everything of a run that must not depend on the tier. */
export interface Observation {
  readonly output: string;
  readonly error:
    | {
        readonly kind: string;
        readonly code: string;
        readonly message: string;
        readonly trace: readonly TraceEntry[];
      }
    | undefined;
  readonly instructions: number;
  readonly allocatedBytes: number;
  readonly maxDepth: number;
}

/** Runs the top level of a program in a synchronous call, where waiting raises. */
export function observe(
  bytecode: Uint8Array,
  engine: Engine | undefined,
  limits: MachineLimits,
): Observation {
  let output = "";
  let error: Observation["error"];
  const instance = new Instance(decodeModule(bytecode), {
    imports: nodeLibrary(),
    limits,
    onOutput: (text, stream) => {
      output += stream === "stdout" ? text : `<${text}>`;
    },
    ...(engine === undefined ? {} : { engine }),
  });
  try {
    instance.runTopLevel();
  } catch (thrown) {
    if (!(thrown instanceof FusabiError || thrown instanceof LimitError)) throw thrown;
    const { name: kind, code, message, trace } = thrown;
    error = { kind, code, message, trace };
  }
  const { instructions, allocatedBytes, maxDepth } = instance.lastUsage;
  instance.dispose();
  return { output, error, instructions, allocatedBytes, maxDepth };
}
