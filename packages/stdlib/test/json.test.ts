import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { run } from "./program.js";

// A whole float anywhere in a text keeps the engine's parser away from it.
const instance = run(
  `let item (text: string) =
    match Json.tryParse text with
    | Ok value -> Json.stringify value
    | Error problem -> problem

let itemOfOwnParser (text: string) =
    match Json.tryParse ("{\\"a\\":1.0,\\"b\\":" + text + "}") with
    | Ok value -> Json.stringify value
    | Error problem -> problem`,
  standardLibrary(),
);

const documents = fc.oneof(
  fc.json({ maxDepth: 6, noUnicodeString: false }),
  fc.json().map((text) => text.replaceAll(",", " ,\n\t")),
  fc.constantFrom(
    '{"__proto__": 1, "constructor": {"a": null}}',
    '{"b": 1, "a": 2, "b": 3}',
    '{"2": 1, "10": 2, "x": 3}',
    '"\\ud800"',
    "[-0.5, 1e3, 12345678901234567890, 0.1]",
    "[-0, -0.0, 9007199254740993, 123456789012345.00000001, 1234567890123456.1, 1.00000000000000000001, 0.99999999999999999]",
    '["sku-0", "version 1.0", "1e5", "1.0, 2", 2.50, -1e-400]',
    `${"[".repeat(126)}${"]".repeat(126)}`,
  ),
);

describe("both ways of reading JSON", () => {
  test("give the same values", () => {
    fc.assert(
      fc.property(documents, (text) => {
        const [given, own] = [instance.call("item", [text]), instance.call("itemOfOwnParser", [text])];
        if (String(own).startsWith("{")) expect(`{"a":1.0,"b":${String(given)}}`).toBe(own);
        else expect(String(given)).toContain("JSON parse error");
      }),
      { numRuns: 1_000 },
    );
  });

  test("refuse the same texts", () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.constantFrom("", ",", "}", "1", "x"), (text, at, insertion) => {
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + insertion + text.slice(place + 1);
        const given = String(instance.call("item", [broken]));
        const own = String(instance.call("itemOfOwnParser", [broken]));
        expect(given.startsWith("JSON parse error")).toBe(own.startsWith("JSON parse error"));
      }),
      { numRuns: 1_000 },
    );
  });
});
