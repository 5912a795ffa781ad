import { bytecodeOf, instanceOf, readText } from "./fusabi-program.js";
import type { Comparison } from "./measure.js";

/** The text of compiled code takes fuel in lines of this form, each behind the start of a block. */
const TAKES_FUEL = /^if\(\((?:M\.fuel|f)-=\d+\)<0\).*$/gm;

/** What metering costs compiled code: the same program as it is, and with the counters taken out of the text that the jit makes of it. */
export async function openFuel(name: string): Promise<Comparison> {
  const bytecode = bytecodeOf(readText(`programs/${name}.fsx`), `${name}.fsx`);
  const metered = instanceOf(bytecode, { tier: "jit" });
  const unmetered = withoutCounters(() => {
    const instance = instanceOf(bytecode, { tier: "jit" });
    instance.call("run");
    return instance;
  });
  metered.call("run");
  if (unmetered.lastUsage.instructions * 2 > metered.lastUsage.instructions)
    throw new Error(`${name}: the counters are still in the text`);
  return {
    title: `fuel: what metering costs the jit, ${name}`,
    unit: "ms",
    cases: [
      { name: "without fuel", run: () => unmetered.call("run") },
      { name: "with fuel", run: () => metered.call("run") },
    ],
    close: () => {
      unmetered.dispose();
      metered.dispose();
    },
  };
}

/** While `run` runs, functions are made from texts without counters. */
function withoutCounters<T>(run: () => T): T {
  const original = globalThis.Function;
  globalThis.Function = new Proxy(original, {
    construct: (target, args: string[]) =>
      Reflect.construct(
        target,
        args.map((text) => text.replace(TAKES_FUEL, "")),
      ),
  });
  try {
    return run();
  } finally {
    globalThis.Function = original;
  }
}
