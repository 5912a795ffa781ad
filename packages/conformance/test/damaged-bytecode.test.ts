import { readFileSync } from "node:fs";
import { nodeLibrary } from "@fusabi/stdlib/node";
import {
  BytecodeError,
  decodeModule,
  FusabiError,
  instantiateAsync,
  LimitError,
  LinkError,
  type MachineLimits,
  opcodes,
  readModule,
} from "@fusabi/vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileProgram, difference, type Program, readCorpus, runBytecode } from "../src/index.js";

/** Programs that together use nearly every instruction; so does one of this test's own. */
const paths = [
  "arithmetic/division.fsx",
  "arithmetic/floats.fsx",
  "arithmetic/comparisons.fsx",
  "chars/basics.fsx",
  "options/nested_patterns.fsx",
  "control/nested_loops.fsx",
  "dialect/array_update_value.fsx",
  "dialect/orelse_and_concat.fsx",
  "programs/event_pipeline.fsx",
  "programs/text_statistics.fsx",
  "arithmetic/beyond_32_bits.fsx",
  "strings/interpolation.fsx",
  "formats/any_value.fsx",
  "closures/mutable_capture.fsx",
  "recursion/mutual.fsx",
  "lists/comprehensions.fsx",
  "arrays/get_and_set.fsx",
  "records/functions_inside.fsx",
  "unions/recursive_tree.fsx",
  "patterns/deep_structures.fsx",
  "control/while_loops.fsx",
  "modules/nested.fsx",
  "exceptions/declared.fsx",
  "maps/ordering_and_equality.fsx",
  "builders/class_builders.fsx",
  "dialect/anonymous_records.fsx",
  "programs/json_printer.fsx",
  "programs/bank_ledger.fsx",
];

/** What a host gives a program that it has no reason to trust. */
const limits: MachineLimits = {
  maxInstructions: 100_000,
  maxAllocatedBytes: 16_000_000,
  maxStackDepth: 2_000,
  maxOutputBytes: 100_000,
  timeoutMs: 5_000,
};

const library = nodeLibrary();
const own = (ending: string) =>
  readFileSync(new URL(`programs/rare-instructions${ending}`, import.meta.url), "utf8");
const rareInstructions: Program = {
  path: "rare-instructions.fsx",
  area: "",
  folder: "",
  source: own(".fsx"),
  expectation: { kind: "output", text: own(".out") },
};
const corpus = new Map(readCorpus().map((program) => [program.path, program]));

const programs = paths.map((path) => {
  const program = corpus.get(path);
  if (program === undefined) throw new Error(`${path} is not in the corpus`);
  return program;
});

const originals = [...programs, rareInstructions].map((program, index) => {
  const bytecode = compileProgram(program, { debugInfo: index % 2 === 0 });
  if (!(bytecode instanceof Uint8Array)) throw new Error(`${program.path} does not compile`);
  return { program, bytes: bytecode };
});

/** Runs what may be damaged. Any error is fine that a host can expect of a module; everything else is thrown on. */
async function survive(bytes: Uint8Array): Promise<void> {
  try {
    const instance = await instantiateAsync(decodeModule(bytes), {
      imports: library,
      limits,
      capabilities: { has: (name) => name === "stdout:write" },
    });
    instance.dispose();
  } catch (error) {
    const expected =
      error instanceof BytecodeError ||
      error instanceof LinkError ||
      error instanceof FusabiError ||
      error instanceof LimitError;
    if (!expected) throw error;
  }
}

const original = fc.constantFrom(...originals);
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("damaged bytecode is refused, fails, or runs, all within the limits", () => {
  test("the originals run", async () => {
    for (const { program, bytes } of originals)
      expect(difference(program, await runBytecode(bytes)), program.path).toBeUndefined();
  });

  test("the originals use nearly every instruction", () => {
    const used = new Set(
      originals.flatMap(({ bytes }) =>
        readModule(bytes).functions.flatMap((fn) => fn.code.map(([code]) => code)),
      ),
    );
    const unused = opcodes.filter((_, code) => !used.has(code)).map((info) => info.name);
    expect(unused.length, unused.join(" ")).toBeLessThan(opcodes.length / 10);
  });

  test("one byte changed", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(original, place, fc.integer({ min: 1, max: 255 }), async ({ bytes }, at, mask) => {
        const damaged = bytes.slice();
        const index = Math.floor(at * bytes.length);
        damaged[index] = (bytes[index] ?? 0) ^ mask;
        await survive(damaged);
      }),
      { numRuns: 6_000 },
    );
  });

  test("several bytes changed", { timeout: 60_000 }, async () => {
    const change = fc.tuple(place, fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(
        original,
        fc.array(change, { minLength: 2, maxLength: 6 }),
        async ({ bytes }, changes) => {
          const damaged = bytes.slice();
          for (const [at, value] of changes) damaged[Math.floor(at * bytes.length)] = value;
          await survive(damaged);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("cut off anywhere, or with bytes put in", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(original, place, fc.uint8Array({ maxLength: 8 }), async ({ bytes }, at, added) => {
        const index = Math.floor(at * bytes.length);
        await survive(bytes.slice(0, index));
        await survive(Uint8Array.from([...bytes.slice(0, index), ...added, ...bytes.slice(index)]));
      }),
      { numRuns: 500 },
    );
  });

  test("bytes that were never a module", { timeout: 60_000 }, async () => {
    const magic = originals[0]?.bytes.slice(0, 5) ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, headed) => {
        await survive(headed ? Uint8Array.from([...magic, ...bytes]) : bytes);
      }),
      { numRuns: 1_000 },
    );
  });
});
