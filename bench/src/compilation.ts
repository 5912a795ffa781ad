/**
 * Compiling generated programs; programs of the same meaning in JavaScript are compiled by the engine. Each case is measured in a process of its own: scripts and syntax
 * trees are much for a collector, and what one case leaves behind would fall on the next.
 */
import { Script } from "node:vm";
import { answerOf } from "./child.js";
import { bytecodeOf, instanceOf } from "./fusabi-program.js";
import { type Case, measurementsOf } from "./measure.js";
import { generateOrders } from "./orders-source.js";
import { reportOf } from "./report.js";

/** Sections of fifty lines: a plugin, a large plugin, a program, ten times that to see whether the time grows with the lines. */
const sizes: readonly number[] = [1, 20, 100, 1000];

/** The lines of the report. */
export async function measureCompilation({ samples }: { readonly samples: number }): Promise<string> {
  const reports: string[] = [];
  for (const sections of sizes) {
    const { lines, fusabi } = generateOrders(sections);
    const megabytes = fusabi.length / 1e6;
    const cases = [];
    for (const { name } of compilations(sections)) {
      const args = [name, String(sections), String(samples)];
      cases.push({ name, times: await answerOf<readonly number[]>("compilation-process.ts", args) });
    }
    const comparison = {
      title: `compile: ${lines.toLocaleString("en")} lines, ${Math.ceil(fusabi.length / 1000).toLocaleString("en")} kB`,
      unit: "ms",
      rate: (milliseconds: number) =>
        `${Math.round((lines * 1000) / milliseconds).toLocaleString("en")} lines/s, ${((megabytes * 1000) / milliseconds).toFixed(2)} MB/s`,
    } as const;
    reports.push(reportOf(comparison, measurementsOf(cases)));
  }
  return reports.join("\n\n");
}

/** Ways to compile the program of so many sections. */
export function compilations(sections: number): readonly Case[] {
  const { fusabi, javaScript } = generateOrders(sections);
  let nonce = 0;
  return [
    // The engine keeps what it compiled, so each text is a new one; functions that are never called it only skims.
    { name: "JavaScript, compiled and run", run: () => compileScript(`${javaScript}// ${nonce++}\n`)() },
    { name: "Fusabi, compiled", run: () => bytecodeOf(fusabi, "orders.fsx") },
    { name: "Fusabi, compiled, verified and run", run: () => instanceOf(bytecodeOf(fusabi, "orders.fsx")) },
  ];
}

/** @throws Error if the two programs do not do the same. */
export function requireSameMeaning(sections: number): void {
  const { fusabi, javaScript } = generateOrders(sections);
  const expected: unknown = compileScript(javaScript)();
  const actual = instanceOf(bytecodeOf(fusabi, "orders.fsx")).call("run", []);
  if (actual !== expected)
    throw new Error(`orders.fsx gives ${String(actual)}, orders.js gives ${String(expected)}`);
}

function compileScript(text: string): () => unknown {
  return new Script(text).runInThisContext() as () => unknown;
}
