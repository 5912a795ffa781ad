import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { opcodes } from "../src/index.js";
import { FIRST_FUSED, fusedSequences } from "../src/machine/fused.js";

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

test("so are those of the sequences that it executes in one step", () => {
  const source = readFileSync(new URL("../src/machine/interpreter.ts", import.meta.url), "utf8");
  const labels = [...source.matchAll(/case (\d+) \/\* ([a-z.]+(?: \+ [a-z.]+)+) \*\//g)].map(
    ([, number, names]) => [Number(number), names?.split(" + ")],
  );
  expect(labels).toEqual(fusedSequences.map((names, index) => [FIRST_FUSED + index, names]));
  for (const names of fusedSequences) {
    for (const name of names.slice(0, -1)) {
      // Control has to go on to the next one.
      expect(opcodes.find((one) => one.name === name)?.terminal, name).toBe(false);
    }
  }
});
