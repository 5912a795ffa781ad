import type { Value } from "@fusabi/vm";
import type { Call, Closure, Engine } from "@fusabi/vm/engine";
import { thread } from "./thread.js";
import { translate, translateLoops } from "./translation.js";
import { mayWait } from "./waiting.js";

/** When functions change the tier. */
export interface JitOptions {
  /** `hot` (the default): a function is interpreted until it has been called, or its loops have turned, `threshold` times; a loop that runs is entered then. `always`: it is translated at its first call. */
  readonly tier?: "hot" | "always";
  /** Calls and turns of loops before a function counts as hot. Default 100. */
  readonly threshold?: number;
}

const THRESHOLD = 100;
/** Heat of a function that is not asked for again. */
const COLD = -(2 ** 30);

/**
 * The second tier: an engine that translates the functions of a module to JavaScript functions while it runs. Results, output, errors with their positions, fuel and allocation are those of the
 * interpreter.
 *
 * Where JavaScript may not be made from text (a content security policy without `unsafe-eval`, `--disallow-code-generation-from-strings`), `unavailable` says so and everything is interpreted.
 *
 * @throws RangeError for a threshold that is not a number of calls.
 * @example
 * const instance = instantiate(decodeModule(bytes), { imports: standardLibrary(), engine: jit() });
 */
export function jit(options: JitOptions = {}): Engine {
  const { tier = "hot", threshold = THRESHOLD } = options;
  if (!(threshold >= 0)) throw new RangeError(`threshold must be 0 or more; got ${String(threshold)}`);
  return new Jit(tier === "always" ? 0 : threshold);
}

class Jit implements Engine {
  readonly name = "jit";
  readonly unavailable: string | undefined = whyUnavailable();
  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  takes(call: Call, closure: Closure, pc: number, mayPark: boolean): boolean {
    if (mayPark && call.asynchronous && mayWait(closure, call.environment.unit)) return false;
    return (pc === 0 ? this.#hasFunction(closure) : this.#hasLoop(closure, pc)) && thread.hasRoom;
  }

  enter(
    call: Call,
    closure: Closure,
    pc: number,
    registers: readonly Value[],
    base: number,
    depth: number,
  ): Value {
    return thread.enter(call, closure, pc, registers, base, depth);
  }

  #hasFunction({ code, unit }: Closure): boolean {
    if (code.run !== undefined) return true;
    if (code.heat++ < this.#threshold) return false;
    if (translate(code, unit, thread)) return true;
    code.heat = COLD;
    return false;
  }

  /** A loop that has been refused counts on as a function does, so that nobody asks again soon. */
  #hasLoop(closure: Closure, pc: number): boolean {
    const { code, unit } = closure;
    if (code.loops === undefined) {
      if (code.run !== undefined && code.heat++ < this.#threshold) return false;
      if (!this.#hasFunction(closure)) return false;
      translateLoops(code, unit, thread);
    }
    return code.loops?.has(pc) === true;
  }
}

function whyUnavailable(): string | undefined {
  try {
    return new Function("return 1")() === 1 ? undefined : "JavaScript made from text does not run here";
  } catch (error) {
    return `JavaScript may not be made from text here: ${error instanceof Error ? error.message : String(error)}`;
  }
}
