/** `memoryBytes` bounds what is in use: at the same instruction, by the same number, in both tiers. */
import { jit } from "@fusabi/jit";
import { standardLibrary } from "@fusabi/stdlib";
import { type Engine, instantiate, LimitError } from "@fusabi/vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { moduleOfFile } from "./compiled.js";

const runs = Number(process.env["RANDOM_PROGRAMS"] ?? 60);
const imports = standardLibrary();
const module = moduleOfFile("live-memory", imports);
const names = [...instantiate(module, { imports }).exports.values()]
  .filter(({ arity }) => arity === 1)
  .map(({ name }) => name);

const always = jit({ tier: "always" });
const whenHot = jit({ threshold: 20 });

/** How the call ends, and what it used until then. */
function observed(name: string, rounds: number, memoryBytes: number, engine: Engine | undefined): unknown {
  const limits = { memoryBytes, maxAllocatedBytes: null, maxStackDepth: 100_000, timeoutMs: null };
  const instance = instantiate(module, { imports, limits, ...(engine === undefined ? {} : { engine }) });
  let end: unknown;
  try {
    end = instance.call(name, [rounds]);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    const { limit, allowed, actual, trace } = error;
    end = { limit, allowed, actual, trace };
  }
  const { instructions, allocatedBytes } = instance.lastUsage;
  instance.dispose();
  return { end, instructions, allocatedBytes };
}

describe("what is in use", () => {
  test("is the same in both tiers", () => {
    const ends = { limit: 0, result: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.integer({ min: 1, max: 40_000 }),
        fc.integer({ min: 10, max: 23 }),
        (name, rounds, bits) => {
          const expected = observed(name, rounds, 2 ** bits, undefined);
          ends[(expected as { end: { limit?: string } }).end.limit === undefined ? "result" : "limit"]++;
          expect(observed(name, rounds, 2 ** bits, always)).toEqual(expected);
          expect(observed(name, rounds, 2 ** bits, whenHot)).toEqual(expected);
        },
      ),
      { numRuns: runs, seed: 20_261_126 },
    );
    expect(Math.min(ends.limit, ends.result)).toBeGreaterThan(runs / 10);
  });

  test.each([
    "listInLoop",
    "listByTailCalls",
    "records",
    "captured",
    "globals",
    "library",
    "byCallback",
    "guarded",
    "laziness",
  ])("%s is stopped near the limit", (name) => {
    for (const engine of [undefined, always, whenHot]) {
      const { end } = observed(name, 10_000_000, 1_000_000, engine) as { end: Record<string, number> };
      expect(end).toMatchObject({ limit: "memoryBytes", allowed: 1_000_000 });
      expect(end["actual"]).toBeLessThan(4_000_000);
    }
  });

  test.each(["garbage", "listByRecursion", "maps"])("garbage of %s does not count", (name) => {
    for (const engine of [undefined, always, whenHot])
      expect(observed(name, 200_000, 1_000_000, engine)).toMatchObject({ end: expect.any(Number) });
  });
});
