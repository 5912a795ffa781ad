import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { run, thrownBy } from "./program.js";

const PROGRAM = `
let find (pattern: string) (text: string) = Regex.tryFind pattern text
let matches (pattern: string) (text: string) = Regex.matches pattern text
let isMatch (pattern: string) (text: string) = Regex.isMatch pattern text
let replace (pattern: string) (by: string) (text: string) = Regex.replace pattern by text
let split (pattern: string) (text: string) = Regex.split pattern text
`;
const library = standardLibrary();
const unlimited = { maxInstructions: null, maxAllocatedBytes: null };
const instance = run(PROGRAM, library, { limits: unlimited });

/** Patterns in which nothing that can be empty is repeated: there, JavaScript refuses what other engines take. */
const unit = fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d", "[a-c]", "x");
const repeated = fc
  .tuple(unit, fc.constantFrom("", "*", "+", "?", "*?", "+?", "??", "{1,2}", "{2}", "{0,2}?"))
  .map(([atom, count]) => atom + count);
const sequence = fc.array(repeated, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
const pattern = fc
  .array(
    fc
      .tuple(
        fc.constantFrom("", "^", "\\b"),
        sequence,
        fc.constantFrom("plain", "group", "optional"),
        fc.constantFrom("", "$"),
      )
      .map(
        ([start, inner, kind, end]) =>
          start + (kind === "plain" ? inner : kind === "group" ? `(${inner})` : `(a${inner})?`) + end,
      ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) => fc.constantFrom(parts.join(""), parts.join("|")));
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "x", "1", " "), maxLength: 12 });

describe("matches what the platform's engine matches", () => {
  test("first, with groups", () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const expected = new RegExp(source).exec(subject);
        expect(instance.call("find", [source, subject])).toEqual(
          expected === null ? null : Array.from(expected, (group) => group ?? ""),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test("all of them, replaced, and split by", () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const all = new RegExp(source, "g");
        expect(instance.call("matches", [source, subject])).toEqual(
          [...subject.matchAll(all)].map(([whole]) => whole),
        );
        expect(instance.call("replace", [source, "<$&>", subject])).toBe(subject.replace(all, "<$&>"));
        expect(instance.call("isMatch", [source, subject])).toBe(all.test(subject));
        expect((instance.call("split", [source, subject]) as string[]).join("|")).toBe(
          subject.replace(all, "|"),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

test("any text is a pattern or is refused with its place, and takes no time", () => {
  const alphabet = fc.constantFrom(..."ab01()[]{}*+?|^$\\.-,:<>'=!dDwWsSbBxu&");
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 40 }), (source) => {
      const error = thrownBy(() => instance.call("isMatch", [source, "ab01 ab"]));
      if (error !== undefined)
        expect(error).toMatchObject({
          code: "FUS0516",
          message: expect.stringMatching(/^Regex: bad pattern at \d+: /) as unknown,
        });
    }),
    { numRuns: 1_000 },
  );
});

describe("hostile patterns take linear time", () => {
  const long = "a".repeat(20_000);
  test.each([
    ["(a+)+$", `${long}!`],
    ["(a|a)*b", long],
    ["(a|aa)+$", `${long}!`],
    ["(.*)*x", long],
    ["(a?){50}a{50}$", `${long}!`],
    ["(?:(?:(?:a*)*)*)*b", long],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", long],
  ])("%s", (source, subject) => {
    const started = performance.now();
    expect(instance.call("isMatch", [source, subject])).toBe(false);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("and are stopped by fuel and deadline", () => {
    const subject = "a".repeat(300_000);
    const source = "(a?){500}b";
    expect(
      thrownBy(() =>
        run(PROGRAM, library, { limits: { maxInstructions: 1_000_000 } }).call("isMatch", [source, subject]),
      ),
    ).toMatchObject({ limit: "maxInstructions" });
    const started = performance.now();
    expect(
      thrownBy(() =>
        run(PROGRAM, library, { limits: { maxInstructions: null, timeoutMs: 100 } }).call("isMatch", [
          source,
          subject,
        ]),
      ),
    ).toMatchObject({ limit: "timeoutMs" });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test("also while they are read", () => {
    const source = `(?i)${"[\\0-\\uffff]".repeat(800)}`;
    expect(
      thrownBy(() =>
        run(PROGRAM, library, { limits: { maxInstructions: 1_000_000 } }).call("isMatch", [source, "a"]),
      ),
    ).toMatchObject({ limit: "maxInstructions" });
  });
});
