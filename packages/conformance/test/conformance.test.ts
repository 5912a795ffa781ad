import { encodeModule, readModule } from "@fusabi/vm";
import { afterAll, describe, expect, test } from "vitest";
import { compileProgram, difference, readCorpus, runBytecode, runProgram } from "../src/index.js";

const programs = readCorpus();
const failed = new Map<string, string>();

describe("programs of the corpus", () => {
  test.each(programs.map((program) => [program.path, program] as const))("%s", async (path, program) => {
    const problem = difference(program, await runProgram(program));
    if (problem !== undefined) failed.set(path, problem);
    expect(problem).toBeUndefined();
  });
});

describe("bytecode of the programs", () => {
  const runnable = programs.filter((program) => program.expectation.kind === "output");

  test.each(runnable.map((program) => [program.path, program] as const))(
    "%s runs the same when stripped",
    async (_, program) => {
      const bytecode = compileProgram(program, { debugInfo: true });
      if (!(bytecode instanceof Uint8Array)) throw new Error(bytecode.kind);
      const stripped = encodeModule(readModule(bytecode), { strip: true });
      expect(stripped.length).toBeLessThan(bytecode.length);
      expect(difference(program, await runBytecode(stripped))).toBeUndefined();
      expect(encodeModule(readModule(bytecode))).toEqual(bytecode);
    },
  );
});

afterAll(() => {
  const areas = new Map<string, { passed: number; total: number }>();
  for (const program of programs) {
    const count = areas.get(program.area) ?? { passed: 0, total: 0 };
    count.total++;
    if (!failed.has(program.path)) count.passed++;
    areas.set(program.area, count);
  }
  const rows = [...areas].map(
    ([area, { passed, total }]) => `  ${area.padEnd(12)} ${String(passed).padStart(3)} / ${total}`,
  );
  const passed = programs.length - failed.size;
  const share = Math.round((100 * passed) / programs.length);
  process.stdout.write(
    [
      "conformance by area, passed / total",
      ...rows,
      `  ${"all".padEnd(12)} ${String(passed).padStart(3)} / ${programs.length} (${share} %)`,
      "",
    ].join("\n"),
  );
});
