import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { opcodes } from "../src/index.js";
import { FIRST_FUSED, fusedPairs } from "../src/machine/fused.js";

// The interpreter and its helper switch over literal numbers, since only those become jump tables; each label says which instruction it means.
test("the labels of the interpreter's switch are the numbers of the instructions", () => {
  const source = ["interpreter", "value-instructions"]
    .map((name) => readFileSync(new URL(`../src/machine/${name}.ts`, import.meta.url), "utf8"))
    .join();
  const labels = [...source.matchAll(/case (\d+) \/\* ([a-z.]+) \*\//g)].map(([, number, name]) => [
    Number(number),
    name,
  ]);
  labels.sort((a, b) => Number(a[0]) - Number(b[0]));
  expect(labels).toEqual(opcodes.map((info, number) => [number, info.name]));
});

test("so are those of the pairs that it executes in one step", () => {
  const source = readFileSync(new URL("../src/machine/interpreter.ts", import.meta.url), "utf8");
  const labels = [...source.matchAll(/case (\d+) \/\* ([a-z.]+) \+ ([a-z.]+) \*\//g)].map(
    ([, number, first, second]) => [Number(number), first, second],
  );
  expect(labels).toEqual(fusedPairs.map((pair, index) => [FIRST_FUSED + index, ...pair]));
  for (const [first] of fusedPairs) {
    const info = opcodes.find((one) => one.name === first);
    // Control reaches the second one only from the first, without a word of its own between them.
    expect(info?.terminal === false && !info.operands.includes("label"), first).toBe(true);
  }
});
