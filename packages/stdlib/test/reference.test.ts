import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generateReference } from "../scripts/generate-reference.js";
import { nodeLibrary } from "../src/node/index.js";

const page = readFileSync(new URL("../../../docs/versions/vNEXT/stdlib.md", import.meta.url), "utf8");

test("the page of the library is up to date; else run `pnpm --filter @fusabi/stdlib reference`", () => {
  expect(page).toBe(generateReference());
});

test("it has every public function", () => {
  for (const { name, members } of nodeLibrary()) {
    if (name.startsWith("<") || name.startsWith("System.")) continue;
    for (const [member, declaration] of members) {
      const written = `| \`${name === "" ? member : `${name}.${member}`}\` |`;
      const hidden = "hidden" in declaration && declaration.hidden === true;
      expect(page.includes(written), written).toBe(!hidden);
    }
  }
});
