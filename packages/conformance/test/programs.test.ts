import { expect, test } from "vitest";
import { difference, readOwnPrograms, runProgram } from "../src/index.js";

test.each(readOwnPrograms().map((program) => [program.path, program] as const))("%s", async (_, program) => {
  expect(difference(program, await runProgram(program))).toBeUndefined();
});
