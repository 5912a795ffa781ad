import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { run } from "./program.js";

const instance = run(
  `let first needle text = String.indexOf needle text
let last needle text = String.lastIndexOf needle text
let contains needle text = String.contains needle text
let split separator text = String.split separator text
let replace (old: string) (replacement: string) (text: string) = String.replace old replacement text`,
  standardLibrary(),
);

/** Texts that nearly fit in many places, with needles on both sides of the length at which the way of searching changes. */
const texts = fc
  .array(fc.constantFrom("a", "ab", "aab", "b"), { maxLength: 200 })
  .map((parts) => parts.join(""));
const needles = fc
  .array(fc.constantFrom("a", "ab", "aab"), { minLength: 1, maxLength: 30 })
  .map((parts) => parts.join(""));

describe("searching gives what the engine gives", () => {
  test("in all its functions", () => {
    fc.assert(
      fc.property(texts, needles, texts, (before, needle, behind) => {
        const text = before + needle + behind;
        expect(instance.call("first", [needle, text])).toBe(text.indexOf(needle));
        expect(instance.call("last", [needle, text])).toBe(text.lastIndexOf(needle));
        expect(instance.call("contains", [needle, behind])).toBe(behind.includes(needle));
        expect(instance.call("split", [needle, text])).toEqual(text.split(needle));
        expect(instance.call("replace", [needle, "$&", text])).toBe(text.split(needle).join("$&"));
      }),
      { numRuns: 300 },
    );
  });

  test("in time, whatever the texts are", () => {
    const text = "a".repeat(400_000);
    const needle = `${"a".repeat(20_000)}b${"a".repeat(180_000)}`;
    const started = performance.now();
    expect(instance.call("first", [needle, text])).toBeNull();
    expect(instance.call("last", [needle, text])).toBeNull();
    expect(instance.call("split", [needle, text])).toEqual([text]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
