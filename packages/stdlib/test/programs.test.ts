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
  const programs = readdirSync(folder).filter((file) => file.endsWith(".fsx"));
  test.each(programs)("%s", async (file) => {
    const expected = readFileSync(new URL(file.replace(/\.fsx$/, ".out"), folder), "utf8");
    expect(await outputOf(readFileSync(new URL(file, folder), "utf8"))).toBe(expected);
  });
});
