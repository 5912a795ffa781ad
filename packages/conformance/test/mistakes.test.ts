import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check, formatDiagnostic } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { describe, expect, test } from "vitest";

const folder = join(import.meta.dirname, "mistakes");
const library = nodeLibrary();

/** What people write who come from another language, and all that they are told: beside `NAME.fsx`, `NAME.txt` is what is printed. */
describe("mistakes of newcomers", () => {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".fsx"))
    .map((name) => name.slice(0, -".fsx".length));
  test.each(names)("%s", async (name) => {
    const text = readFileSync(join(folder, `${name}.fsx`), "utf8");
    const { diagnostics } = check(text, { fileName: `${name}.fsx`, hostModules: library });
    const printed = diagnostics.map((item) => formatDiagnostic(item)).join("\n\n");
    await expect(`${printed}\n`).toMatchFileSnapshot(join(folder, `${name}.txt`));
  });
});
