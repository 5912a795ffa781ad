import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { opcodes } from "../src/index.js";

// The interpreter switches over literal numbers, since only those become a jump table; each label says which instruction it means.
test("the labels of the interpreter's switch are the numbers of the instructions", () => {
  const source = readFileSync(new URL("../src/machine/interpreter.ts", import.meta.url), "utf8");
  const labels = [...source.matchAll(/case (\d+) \/\* ([a-z.]+) \*\//g)].map(([, number, name]) => [
    Number(number),
    name,
  ]);
  expect(labels).toEqual(opcodes.map((info, number) => [number, info.name]));
});
