import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ManifestError,
  type ManifestFormat,
  type ManifestProblem,
  parseManifestDocument,
} from "../src/index.js";

/** A manifest that something is wrong with, and everything that is to be said about it. */
interface Case {
  readonly name: string;
  readonly format: ManifestFormat;
  readonly text: string;
  readonly expected: readonly string[];
}

const folder = new URL("malformed/", import.meta.url);

/** `=== NAME (FORMAT)`, the text, `---`, and one line per problem: LINE:COLUMN, severity, code, message. */
function casesOf(file: string): readonly Case[] {
  const sections = readFileSync(new URL(file, folder), "utf8").split(/^=== /m).slice(1);
  return sections.map((section) => {
    const [, name = "", format, text = "", expected] =
      /^(.*) \((toml|json)\)\n(.*?)^---\n(.*)$/ms.exec(section) ?? [];
    if (expected === undefined) throw new Error(`${file}: "${section.split("\n")[0]}" has no expectation`);
    return { name, format: format as ManifestFormat, text, expected: expected.split("\n").filter(Boolean) };
  });
}

function problemsOf({ text, format }: Case): readonly ManifestProblem[] {
  try {
    return parseManifestDocument(text, format).problems;
  } catch (error) {
    if (error instanceof ManifestError) return error.problems;
    throw error;
  }
}

const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
const corpus = files.map((file) => ({ file, cases: casesOf(file) }));

test("the corpus is large, and no name stands in it twice", () => {
  const names = corpus.flatMap(({ file, cases }) => cases.map(({ name }) => `${file}: ${name}`));
  expect(names.length).toBeGreaterThanOrEqual(100);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(corpus)("$file", ({ cases }) => {
  test.each(cases)("$name", (malformed) => {
    const found = problemsOf(malformed);
    expect(
      found.map(
        ({ line, column, severity, code, message }) => `${line}:${column} ${severity} ${code} ${message}`,
      ),
    ).toEqual(malformed.expected);
    const lines = malformed.text.split("\n").length;
    for (const { line } of found) expect(line).toBeLessThanOrEqual(lines);
  });
});

test("lines that are broken each on their own are each told, and nothing else is", () => {
  const lines = [
    'name = "a"',
    'version = "1.0.0"',
    "api-version = { major = 0, minor = 21, patch = 0 }",
    'description = "x"',
    'source = "main.fsx"',
    'exports = ["run"]',
    "[metadata]",
    'k = "v"',
    'l = "w"',
  ];
  const breakable = lines.flatMap((line, index) => (line.endsWith('"') ? [index] : []));
  fc.assert(
    fc.property(fc.subarray(breakable, { minLength: 1 }), (broken) => {
      const text = lines.map((line, index) => (broken.includes(index) ? line.slice(0, -1) : line)).join("\n");
      const problems = problemsOf({ name: "", format: "toml", text, expected: [] });
      // A text without its closing quote ends with its line, be it at the line break or just behind it.
      expect(problems.map(({ code }) => code)).toEqual(broken.map(() => "SYNTAX"));
      expect(problems.map(({ line }) => line)).toEqual(broken.map((index) => index + 1));
    }),
  );
});
