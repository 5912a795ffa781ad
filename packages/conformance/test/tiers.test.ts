import { compile } from "@fusabi/compiler";
import { jit } from "@fusabi/jit";
import { nodeLibrary } from "@fusabi/stdlib/node";
import type { MachineLimits } from "@fusabi/vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileProgram, observe, observeAsync, readCorpus, readOwnPrograms } from "../src/index.js";
import { randomProgram } from "./random/program.js";

/** More in a nightly run: `RANDOM_PROGRAMS=5000`; from another place with `RANDOM_SEED=…`. */
const runs = Number(process.env["RANDOM_PROGRAMS"] ?? 150);
const seed = Number(process.env["RANDOM_SEED"] ?? 20_260_101);

const always = jit({ tier: "always" });
const whenHot = jit({ threshold: 3 });

const generous: MachineLimits = {
  maxInstructions: 50_000_000,
  maxAllocatedBytes: null,
  maxStackDepth: 100_000,
  timeoutMs: 60_000,
};

/** Compares the tiers without limits, and where a limit ends the program half way. */
function compare(bytecode: Uint8Array): void {
  const expected = observe(bytecode, undefined, generous);
  expect(observe(bytecode, always, generous)).toEqual(expected);
  expect(observe(bytecode, whenHot, generous)).toEqual(expected);
  const tight: readonly MachineLimits[] = [
    { ...generous, maxInstructions: expected.instructions >> 1 },
    { ...generous, maxInstructions: Math.max(0, expected.instructions - 3) },
    { ...generous, maxAllocatedBytes: expected.allocatedBytes >> 1 },
    { ...generous, maxStackDepth: expected.maxDepth >> 1 },
    { ...generous, memoryBytes: expected.allocatedBytes >> 3 },
  ];
  for (const limits of tight)
    expect(observe(bytecode, always, limits)).toEqual(observe(bytecode, undefined, limits));
}

describe("both tiers do the same", () => {
  const programs = [...readCorpus(), ...readOwnPrograms()];
  test.each(programs.map((program) => [program.path, program] as const))("%s", async (_, program) => {
    const bytecode = compileProgram(program, { debugInfo: true });
    if (!(bytecode instanceof Uint8Array)) return;
    compare(bytecode);
    expect(await observeAsync(bytecode, always, generous)).toEqual(
      await observeAsync(bytecode, undefined, generous),
    );
  });

  test.each(
    programs
      .filter(({ path }) => path.startsWith("exceptions/"))
      .map((program) => [program.path, program] as const),
  )("%s, ended by the limit at any instruction", (_, program) => {
    const bytecode = compileProgram(program, { debugInfo: true });
    if (!(bytecode instanceof Uint8Array)) return;
    const all = Math.min(300, observe(bytecode, undefined, generous).instructions);
    for (let maxInstructions = 0; maxInstructions < all; maxInstructions++) {
      const limits = { ...generous, maxInstructions };
      expect(observe(bytecode, always, limits)).toEqual(observe(bytecode, undefined, limits));
    }
  });

  test("random programs", () => {
    const library = nodeLibrary();
    let useful = 0;
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 9_999 }), { minLength: 40, maxLength: 1_200, size: "max" }),
        (tape) => {
          const { text } = randomProgram(tape);
          const { bytecode } = compile(text, { hostModules: library });
          if (bytecode === undefined) return;
          useful++;
          try {
            compare(bytecode);
          } catch (error) {
            throw new Error(`${text}\n${String(error)}`, { cause: error });
          }
        },
      ),
      { numRuns: runs, seed, endOnFailure: false },
    );
    expect(useful).toBeGreaterThan(runs * 0.8);
  }, 600_000);
});
