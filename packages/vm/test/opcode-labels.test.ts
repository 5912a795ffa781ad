import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { opcodes } from "../src/index.js";

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
