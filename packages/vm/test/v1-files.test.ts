import { describe, expect, test } from "vitest";
import { filesIn } from "./v1-files.js";
import { shownBy } from "./v1-run.js";

describe.each(["", "assembled"] as const)("programs in fzb-v1/%s", (part) => {
  test.each(filesIn(part))("$name", ({ bytes, output, error }) => {
    expect(shownBy(bytes)).toEqual({ output, error: error ?? "" });
  });
});

/** Here the original crashes, or takes the file for source text. */
const ourOwn: Readonly<Record<string, string>> = {
  "empty-stack": "Runtime Error: Stack underflow",
  "tail-call": "Runtime Error: Runtime error: TAIL_CALL: the original ends its process here",
  "wrong-magic": "Serialization Error: Invalid magic bytes",
};

describe("inputs in fzb-v1/malformed", () => {
  test.each(filesIn("malformed"))("$name", ({ name, bytes, about }) => {
    const reported = ourOwn[name] ?? /upstream reports: (.*)$/.exec(about.trim())?.[1];
    expect(shownBy(bytes).error.trim()).toBe(`Error: ${reported}`);
  });
});
