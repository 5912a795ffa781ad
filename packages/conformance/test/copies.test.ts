import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const here = fileURLToPath(new URL("..", import.meta.url));
const originals = fileURLToPath(new URL("../../../../shared", import.meta.url));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test("the index lists the programs of the corpus, each with one expectation", () => {
  const corpus = join(here, "corpus");
  const files = filesBelow(corpus);
  const listed = readFileSync(join(corpus, "INDEX.tsv"), "utf8")
    .split("\n")
    .filter((line) => line.includes(".fsx"))
    .map((line) => line.split("\t")[0]);
  expect(listed.toSorted()).toEqual(files.filter((file) => file.endsWith(".fsx")));
  for (const program of listed) {
    const expectations = [".out", ".err"].filter((end) => files.includes(`${program?.slice(0, -4)}${end}`));
    expect(expectations, program).toHaveLength(1);
  }
});

// The programs are kept in a place of their own, which is not there in every checkout.
describe.runIf(existsSync(originals))("the copies are what the originals are", () => {
  test.each([
    ["corpus", "conformance"],
    ["fixtures", "fixtures"],
  ])("%s", (copy, original) => {
    const names = filesBelow(join(originals, original));
    expect(filesBelow(join(here, copy))).toEqual(names);
    const stale = names.filter(
      (name) => !readFileSync(join(here, copy, name)).equals(readFileSync(join(originals, original, name))),
    );
    expect(stale, `copy them again: packages/conformance/${copy}`).toEqual([]);
  });
});
