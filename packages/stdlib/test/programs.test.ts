import { readdirSync, readFileSync } from "node:fs";
import { decodeModule, instantiateAsync } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { bytecodeOf } from "./program.js";

const folder = new URL("programs/", import.meta.url);
const library = standardLibrary();

/** What a program writes; nothing but the depth of its calls is limited. */
async function outputOf(source: string): Promise<string> {
  let text = "";
  await instantiateAsync(decodeModule(bytecodeOf(source, library)), {
    imports: library,
    limits: { maxInstructions: null, maxAllocatedBytes: null, maxStackDepth: 1_000, timeoutMs: 30_000 },
    onOutput: (part) => {
      text += part;
    },
  });
  return text;
}

describe("programs write what they should", () => {
  const files = readdirSync(folder);
  const programs = files.filter(
    (file) => files.includes(file.replace(/\.fsx$/, ".out")) && file.endsWith(".fsx"),
  );

  test("which another test runs, if nothing stands beside them", () => {
    const tests = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".test.ts"));
    const texts = tests.map((file) => readFileSync(new URL(file, import.meta.url), "utf8")).join();
    const others = files.filter((file) => file.endsWith(".fsx") && !programs.includes(file));
    expect(others.filter((file) => !texts.includes(`programs/${file}`))).toEqual([]);
  });

  test.each(programs)("%s", async (file) => {
    const expected = readFileSync(new URL(file.replace(/\.fsx$/, ".out"), folder), "utf8");
    expect(await outputOf(readFileSync(new URL(file, folder), "utf8"))).toBe(expected);
  });
});
