import { compile, formatDiagnostic } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { decodeModule, FusabiError, instantiate } from "@fusabi/vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { randomProgram } from "./random/program.js";

/** More in a nightly run: `RANDOM_PROGRAMS=5000`; from another place with `RANDOM_SEED=…`. */
const runs = Number(process.env["RANDOM_PROGRAMS"] ?? 300);
const seed = Number(process.env["RANDOM_SEED"] ?? 20_260_101);

const library = nodeLibrary();

function run(text: string): { readonly output: string; readonly code: string | undefined } {
  const { bytecode, diagnostics } = compile(text, { hostModules: library });
  if (bytecode === undefined) throw new Error(diagnostics.map((item) => formatDiagnostic(item)).join("\n"));
  let output = "";
  try {
    instantiate(decodeModule(bytecode), {
      imports: library,
      limits: { maxInstructions: 5_000_000 },
      onOutput: (part) => {
        output += part;
      },
    });
    return { output, code: undefined };
  } catch (error) {
    if (!(error instanceof FusabiError)) throw error;
    return { output, code: error.code };
  }
}

test("random programs do what an evaluator of the language reference does", () => {
  let useful = 0;
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9_999 }), { minLength: 40, maxLength: 1_200, size: "max" }),
      (tape) => {
        const program = randomProgram(tape);
        const expected = program.run();
        if (expected === undefined) return;
        useful++;
        try {
          expect(run(program.text)).toEqual(expected);
        } catch (error) {
          throw new Error(`${program.text}\n${String(error)}`, { cause: error });
        }
      },
    ),
    { numRuns: runs, seed, endOnFailure: false },
  );
  expect(useful).toBeGreaterThan(runs * 0.8);
}, 600_000);
