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
  const observed = begin(bytecode, engine, limits);
  try {
    observed.instance.runTopLevel();
  } catch (thrown) {
    return end(observed, errorOf(thrown));
  }
  return end(observed, undefined);
}

/** Runs it in an asynchronous call, which waits. */
export async function observeAsync(
  bytecode: Uint8Array,
  engine: Engine | undefined,
  limits: MachineLimits,
): Promise<Observation> {
  const observed = begin(bytecode, engine, limits);
  try {
    await observed.instance.runTopLevelAsync();
  } catch (thrown) {
    return end(observed, errorOf(thrown));
  }
  return end(observed, undefined);
}

interface Observed {
  readonly instance: Instance;
  readonly output: string[];
}

function begin(bytecode: Uint8Array, engine: Engine | undefined, limits: MachineLimits): Observed {
  const output: string[] = [];
  const instance = new Instance(decodeModule(bytecode), {
    imports: nodeLibrary(),
    limits,
    onOutput: (text, stream) => output.push(stream === "stdout" ? text : `<${text}>`),
    ...(engine === undefined ? {} : { engine }),
  });
  return { instance, output };
}

function errorOf(thrown: unknown): Observation["error"] {
  if (!(thrown instanceof FusabiError || thrown instanceof LimitError)) throw thrown;
  const { name: kind, code, message, trace } = thrown;
  return { kind, code, message, trace };
}

function end({ instance, output }: Observed, error: Observation["error"]): Observation {
  const { instructions, allocatedBytes, maxDepth } = instance.lastUsage;
  instance.dispose();
  return { output: output.join(""), error, instructions, allocatedBytes, maxDepth };
}
