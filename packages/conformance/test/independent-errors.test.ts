import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, positionAt } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { expect, test } from "vitest";

/** Each mistake of the file is marked by a comment with its code on its line; nothing else may be reported, and all in source order. */
test("independent mistakes are all reported, once each, in the order of the text", () => {
  const name = "independent-errors.fsx";
  const text = readFileSync(join(import.meta.dirname, "programs", name), "utf8");
  const marked = text
    .split("\n")
    .flatMap((line, index) => [...line.matchAll(/FUS\d{4}/g)].map(([code]) => `${index + 1}: ${code}`));
  const { diagnostics } = check(text, { fileName: name, hostModules: nodeLibrary() });
  const reported = diagnostics.map(
    ({ code, span }) => `${positionAt(span.source, span.start).line}: ${code}`,
  );
  expect(reported).toEqual(marked);
});
