import { pathToFileURL } from "node:url";
import { bytecodeOf, instanceOf, pathOf, readText } from "./fusabi-program.js";
import type { Comparison } from "./measure.js";

/** Programs that exist twice, in Fusabi and as plain JavaScript: `programs/NAME.fsx` and `programs/NAME.js`. */
const programs: Readonly<Record<string, string>> = {
  fib: "fib 30",
  loopsum: "loop of 10,000,000 steps, wide sum",
  loopint: "loop of 10,000,000 steps, sum of i % 3",
  tailloop: "the wide sum by tail calls",
  conslist: "list pipeline, 100,000 elements",
  list: "array pipeline, 100,000 elements",
  tabulate: "array of 1,000,000 elements from a function",
  strings: "100,000 appends, split, join",
  exprtree: "interpreter of expression trees",
  nbody: "n-body, 200,000 steps of floats in records",
  queens: "9 queens",
};

export const programNames: readonly string[] = Object.keys(programs);

/** @throws Error when the two programs do not agree. */
export async function openProgram(name: string): Promise<Comparison> {
  const plain = (await import(pathToFileURL(pathOf(`programs/${name}.js`)).href)) as { run(): number };
  const instance = instanceOf(bytecodeOf(readText(`programs/${name}.fsx`), `${name}.fsx`));
  const expected = plain.run();
  const actual = instance.call("run", []);
  if (typeof actual !== "number" || Math.abs(actual - expected) > 1e-9)
    throw new Error(`${name}.fsx gives ${String(actual)}, ${name}.js gives ${expected}`);
  return {
    title: `${name}: ${programs[name]}`,
    unit: "ms",
    cases: [
      { name: "plain JavaScript", run: () => plain.run() },
      { name: "interpreter", run: () => instance.call("run", []) },
    ],
    close: () => instance.dispose(),
  };
}
