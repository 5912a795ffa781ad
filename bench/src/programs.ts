import { pathToFileURL } from "node:url";
import { bytecodeOf, instanceOf, pathOf, readText, tiers } from "./fusabi-program.js";
import type { Case, Comparison } from "./measure.js";
import { ordersDocument } from "./orders-document.js";
import { peers } from "./peers.js";

interface Program {
  readonly title: string;
  /** What `run` is called with; nothing by default. */
  readonly input?: () => string;
  /** Peers that cannot say the right result: fengari's ints have 32 bits. */
  readonly otherResult?: readonly string[];
  /** There is no Lua twin. */
  readonly onlyHere?: true;
}

/** Programs that exist in every language: `programs/NAME.fsx`, `programs/NAME.js` and, for the peers that speak it, `programs/NAME.lua`. */
const programs: Readonly<Record<string, Program>> = {
  fib: { title: "fib 30" },
  loopsum: { title: "loop of 10,000,000 steps, wide sum", otherResult: ["fengari"] },
  loopint: { title: "loop of 10,000,000 steps, sum of i % 3" },
  tailloop: { title: "the wide sum by tail calls", onlyHere: true },
  conslist: { title: "list pipeline, 100,000 elements", otherResult: ["fengari"] },
  list: { title: "array pipeline, 100,000 elements", otherResult: ["fengari"] },
  tabulate: { title: "array of 1,000,000 elements from a function" },
  strings: { title: "100,000 appends, split, join" },
  exprtree: { title: "interpreter of expression trees" },
  nbody: { title: "n-body, 200,000 steps of floats in records" },
  queens: { title: "9 queens" },
  json: { title: "JSON of 1 MB: parse, transform, stringify", input: ordersDocument },
};

export const programNames: readonly string[] = Object.keys(programs);

/**
 * A program in all its languages, each checked against the result of plain JavaScript.
 *
 * @throws Error when one disagrees.
 */
export async function openProgram(
  name: string,
  { withPeers }: { readonly withPeers: boolean },
): Promise<Comparison> {
  const program = programs[name];
  if (program === undefined) throw new Error(`no program ${name}`);
  const args = program.input === undefined ? [] : [program.input()];
  const plain = (await import(pathToFileURL(pathOf(`programs/${name}.js`)).href)) as {
    run(...args: readonly string[]): number;
  };
  const expected = plain.run(...args);
  const cases: Case[] = [{ name: "plain JavaScript", run: () => plain.run(...args) }];
  const closers: (() => void)[] = [];
  const add = (runner: string, run: () => unknown, close: () => void) => {
    if (program.otherResult?.includes(runner) !== true) agree(`${name} on ${runner}`, run(), expected);
    cases.push({ name: runner, run });
    closers.push(close);
  };

  const bytecode = bytecodeOf(readText(`programs/${name}.fsx`), `${name}.fsx`);
  for (const tier of tiers) {
    const instance = instanceOf(bytecode, { tier });
    add(
      tier,
      () => instance.call("run", args),
      () => instance.dispose(),
    );
  }
  if (withPeers && program.onlyHere !== true) {
    for (const peer of peers) {
      const script = await peer.open(readText(`programs/${name}.${peer.language}`));
      const run = script.function("run");
      add(
        peer.name,
        () => run(...args),
        () => script.close(),
      );
    }
  }
  return {
    title: `${name}: ${program.title}`,
    unit: "ms",
    cases,
    close: () => {
      for (const close of closers) close();
    },
  };
}

function agree(what: string, actual: unknown, expected: number): void {
  if (typeof actual !== "number" || Math.abs(actual - expected) > 1e-9)
    throw new Error(`${what} gives ${String(actual)}, plain JavaScript ${expected}`);
}
