import { Script } from "node:vm";
import { bytecodeOf, instanceOf } from "./fusabi-program.js";
import type { Comparison } from "./measure.js";
import { generateOrders } from "./orders-source.js";

/** Sections of fifty lines: a plugin, a large plugin, a program, ten times that to see whether the time grows with the lines. */
export const compilationSections: readonly number[] = [1, 20, 100, 1000];

/** Compiles a generated program; the program of the same meaning in JavaScript is compiled by the engine. */
export function openCompilation(sections: number): Comparison {
  const { lines, fusabi, javaScript } = generateOrders(sections);
  const expected: unknown = compileScript(javaScript)();
  const actual = instanceOf(bytecodeOf(fusabi, "orders.fsx")).call("run", []);
  if (actual !== expected)
    throw new Error(`orders.fsx gives ${String(actual)}, orders.js gives ${String(expected)}`);
  const megabytes = fusabi.length / 1e6;
  let nonce = 0;
  return {
    title: `compile: ${lines.toLocaleString("en")} lines, ${Math.ceil(fusabi.length / 1000).toLocaleString("en")} kB`,
    unit: "ms",
    // A compiler is much code: the engine is done with it after some thirty large programs.
    warmUpMs: 8_000,
    rate: (milliseconds) =>
      `${Math.round((lines * 1000) / milliseconds).toLocaleString("en")} lines/s, ${((megabytes * 1000) / milliseconds).toFixed(2)} MB/s`,
    cases: [
      // The engine keeps what it compiled, so each text is a new one; functions that are never called it only skims.
      { name: "JavaScript, compiled and run", run: () => compileScript(`${javaScript}// ${nonce++}\n`)() },
      { name: "Fusabi, compiled", run: () => bytecodeOf(fusabi, "orders.fsx") },
      { name: "Fusabi, compiled, verified and run", run: () => instanceOf(bytecodeOf(fusabi, "orders.fsx")) },
    ],
  };
}

function compileScript(text: string): () => unknown {
  return new Script(text).runInThisContext() as () => unknown;
}
