import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { run } from "./program.js";

const instance = run("let item (text: string) : Result<any, string> = Json.tryParse text", standardLibrary());

/** What the library reads; undefined when it refuses the text. */
function byLibrary(text: string): { readonly value: unknown } | undefined {
  const result = instance.call("item", [text]) as { readonly ok: boolean; readonly value: unknown };
  return result.ok ? { value: comparable(result.value) } : undefined;
}

/** What JavaScript reads, but for numbers that are too large for a float. */
function byJavaScript(text: string): { readonly value: unknown } | undefined {
  let infinite = false;
  let value: unknown;
  try {
    value = JSON.parse(text, (_, part: unknown) => {
      infinite ||= typeof part === "number" && !Number.isFinite(part);
      return part;
    });
  } catch {
    return undefined;
  }
  return infinite ? undefined : { value: comparable(value) };
}

/** `null` is the unit value, and ints are exact. */
function comparable(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([label, part]) => [label, comparable(part)]),
  );
}

const documents = fc.oneof(
  fc.json({ maxDepth: 6, noUnicodeString: false }),
  fc.json().map((text) => text.replaceAll(",", " ,\n\t")),
  fc.constantFrom(
    '{"b": 1, "a": 2, "b": 3}',
    '[{"a": 1, "b": 2}, {"a": 1}, {"a": 1, "c": 3}, {"b": 1, "a": 2}, {}, {"a": 4, "b": 5}]',
    '[{"k": 1}, {"\\u006b": 2}, {"k" : 3}, {"k":4}]',
    '{"2": 1, "10": 2, "x": 3}',
    "[-0.5, 1e3, 12345678901234567890, 0.1, 0, 10, 123456789012345, 1234567890123456, 9007199254740992]",
    "[-0, -0.0, -1, 1.5, 123456789012345.00000001, 1234567890123456.1, 1.00000000000000000001]",
    '["sku-0", "version 1.0", "1e5", "1.0, 2", 2.50, -1e-400]',
    "0",
    "7",
    '"a"',
    `${"[".repeat(126)}${"]".repeat(126)}`,
  ),
);

describe("JSON", () => {
  test("is what JavaScript reads", () => {
    fc.assert(
      fc.property(documents, (text) => {
        expect(byLibrary(text)).toEqual(byJavaScript(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test("is refused where JavaScript refuses it", () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.constantFrom("", ",", "}", "1", "x"), (text, at, insertion) => {
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + insertion + text.slice(place + 1);
        expect(byLibrary(broken)).toEqual(byJavaScript(broken));
      }),
      { numRuns: 1_000 },
    );
  });

  const entries = (count: number, first: number): string =>
    Array.from({ length: count }, (_, index) => `"k${first + index}":${index}`).join(",");
  const objects = Array.from({ length: 2_000 }, (_, index) => `{${entries(20, index * 20)}}`);

  test.each([
    ["one object", `{${entries(50_000, 0)}}`],
    ["many objects", `[${objects.join(",")}]`],
    ["one label again and again", `{${'"k":1,'.repeat(50_000)}"k":2}`],
  ])("with ever new labels takes linear time: %s", (_, text) => {
    const started = performance.now();
    expect(byLibrary(text)).toEqual(byJavaScript(text));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
