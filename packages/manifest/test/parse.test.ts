import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ApiVersion,
  type Manifest,
  ManifestError,
  type ManifestFormat,
  ManifestSyntaxError,
  parseManifest,
  parseManifestDocument,
  validateManifest,
} from "../src/index.js";

const file = (name: string): string => readFileSync(new URL(`manifests/${name}`, import.meta.url), "utf8");

const SEED: Manifest = {
  name: "my-plugin",
  version: "1.0.0",
  apiVersion: new ApiVersion(0, 18, 0),
  description: "Example plugin",
  authors: [],
  capabilities: ["fs:read", "net:request"],
  dependencies: [{ name: "json", version: "^1.0", optional: false }],
  entry: { kind: "source", path: "main.fsx" },
  exports: ["init", "process", "cleanup"],
  tags: ["processing", "example"],
  metadata: {},
};

const HEAD = 'name = "a"\nversion = "1.0.0"\napi-version = { major = 0, minor = 21, patch = 0 }\n';
const MINIMAL = `${HEAD}source = "main.fsx"\n`;

describe("the manifest of the original's README", () => {
  test("works as printed, although its fields below [[dependencies]] belong to the dependency", () => {
    const document = parseManifestDocument(file("seed.toml"), "toml", { fileName: "plugin.toml" });
    expect(document.manifest).toEqual(SEED);
    expect(document.problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["MISPLACED_FIELD", "warning", 15],
      ["MISPLACED_FIELD", "warning", 18],
      ["MISPLACED_FIELD", "warning", 21],
    ]);
    expect(document.positionOf(["capabilities", 1])).toEqual({ line: 7, column: 28 });
    expect(document.positionOf(["exports", 1])).toEqual({ line: 18, column: 20 });
  });

  test("works as JSON", () => {
    const document = parseManifestDocument(file("seed.json"), "json");
    expect(document.manifest).toEqual(SEED);
    expect(document.problems).toEqual([]);
    expect(document.positionOf(["capabilities", 1])).toEqual({ line: 6, column: 31 });
  });

  test("a capability is found at the entry that declares it, alias or not", () => {
    const text = `${MINIMAL}capabilities = [\n  "fs:execute",\n  "time:read", "sys:time",\n  "net:request",\n]\n`;
    const { manifest, positionOfCapability } = parseManifestDocument(text, "toml");
    expect(manifest.capabilities).toEqual(["fs:delete", "fs:metadata", "time:read", "net:request"]);
    expect(manifest.capabilities.map((name) => positionOfCapability(name))).toEqual([
      { line: 6, column: 3 },
      { line: 6, column: 3 },
      { line: 7, column: 3 },
      { line: 8, column: 3 },
    ]);
    expect(positionOfCapability("crypto")).toEqual({ line: 5, column: 16 });
  });

  test("a misplaced field does not override one in its place", () => {
    const text = `${MINIMAL}[[dependencies]]\nname = "json"\nversion = "1"\nsource = "other.fsx"\n`;
    const { manifest, problems } = parseManifestDocument(text, "toml");
    expect(manifest.entry.path).toBe("main.fsx");
    expect(problems).toMatchObject([{ code: "UNKNOWN_KEY", line: 8, column: 1 }]);
  });
});

test("every problem is reported at once, in the order of the text, with line and column", () => {
  const error = failure(file("many-problems.toml"), "toml");
  expect(
    error.problems.map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`),
  ).toEqual([
    "1:8 error INVALID_VALUE",
    "2:11 error INVALID_VALUE",
    "3:1 error OLD_API_VERSION",
    "4:37 error INVALID_VALUE",
    "5:1 warning UNKNOWN_KEY",
    "8:3 error UNKNOWN_CAPABILITY",
    "9:3 hint CAPABILITY_ALIAS",
    "10:3 warning DUPLICATE_ENTRY",
    "12:10 error INVALID_VALUE",
    "13:12 error CONFLICTING_FIELDS",
    "14:19 error INVALID_VALUE",
    "14:35 error WRONG_TYPE",
    "22:11 error INVALID_VALUE",
    "23:12 error WRONG_TYPE",
    "27:9 error WRONG_TYPE",
  ]);
  expect(error.message).toMatchInlineSnapshot(`
    "invalid manifest: 12 problems
      plugin.toml:1:8: name must be lower-case letters, digits and hyphens, starting with a letter or digit, not "My Plugin"
      plugin.toml:2:11: version must be a semantic version such as 1.0.0, not "1.0"
      plugin.toml:3:1: the API version is a table now; write api-version = { major = 0, minor = 21, patch = 0 } (migrateManifest rewrites it)
      plugin.toml:4:37: authors[1] must be written "Name" or "Name <mail@example.com>", not "Bob <bob"
      plugin.toml:8:3: unknown capability: fs:raed (did you mean fs:read?)
      plugin.toml:12:10: source must stay inside the manifest's folder, and "../main.fsx" leaves it
      plugin.toml:13:12: a manifest has either source or bytecode, not both; remove one
      plugin.toml:14:19: exports[1] must be the name of a function, not "\`not a name\`"
      plugin.toml:14:35: exports[2] must be a text, not a number
      plugin.toml:22:11: dependencies[1].version must be a version range such as ^1.0, ~1.2, >=1.0.0 or *, not "newest"
      plugin.toml:23:12: dependencies[1].optional must be true or false, not a text
      plugin.toml:27:9: metadata.width must be a text, not a number"
  `);
  expect(error.problems[4]?.message).toBe("unknown key licence; did you mean license?");
  expect(error.problems[6]?.message).toBe('sys:time is another name for time:read; write "time:read"');
});

test("a single problem reads like the original's", () => {
  expect(() => parseManifest(`${MINIMAL}capabilities = ["fs:fly"]\n`, "toml")).toThrow(
    "invalid manifest: 5:17: unknown capability: fs:fly",
  );
  expect(validateManifest({ capabilities: ["root"] })).toContainEqual({
    severity: "error",
    code: "UNKNOWN_CAPABILITY",
    message: "unknown capability: root",
    path: ["capabilities", 0],
  });
});

test("missing fields are all named, with what to write", () => {
  expect(failure("", "toml").problems.map(({ message }) => message)).toEqual([
    'missing field name; write name = "my-plugin"',
    'missing field version; write version = "1.0.0"',
    "missing field api-version; write api-version = { major = 0, minor = 21, patch = 0 }",
    'missing field source or bytecode; write source = "main.fsx"',
  ]);
  expect(failure(HEAD.replace(", patch = 0", ""), "toml").problems.map(({ message }) => message)).toEqual([
    'missing field source or bytecode; write source = "main.fsx"',
    "missing field api-version.patch; write patch = 0",
  ]);
});

describe("fields", () => {
  const problemsOf = (field: string, value: unknown): readonly string[] =>
    validateManifest({
      name: "a",
      version: "1.0.0",
      "api-version": { major: 0, minor: 21, patch: 0 },
      ...(field === "bytecode" ? {} : { source: "main.fsx" }),
      [field]: value,
    }).map(({ severity }) => severity);

  test.each<[string, unknown]>([
    ["name", "a-1"],
    ["version", "1.0.0-beta.1+build.5"],
    ["license", "MIT OR Apache-2.0"],
    ["license", "(MIT AND (GPL-2.0-only WITH Classpath-exception-2.0))"],
    ["authors", ["Ada", "Ada Lovelace <ada@example.com>"]],
    ["capabilities", []],
    ["dependencies", [{ name: "b", version: ">=1.0.0 <2.0.0 || ~3", optional: true }]],
    ["source", "src/./a/../main.fsx"],
    ["bytecode", "dist/main.fzb"],
    ["exports", ["main", "handle_input", "x'", "größe", "2 + 2 is 4"]],
    ["metadata", { category: "text", "read-only": "true", __proto__x: "1" }],
    ["$schema", "https://example.com/manifest.schema.json"],
  ])("%s = %j is fine", (field, value) => {
    expect(problemsOf(field, value)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["name", "-a"],
    ["name", ""],
    ["name", "A"],
    ["name", "a".repeat(300)],
    ["name", 7],
    ["version", "v1.0.0"],
    ["version", " 1.0.0"],
    ["version", "1.0.0.0"],
    ["api-version", { major: -1, minor: 0, patch: 0 }],
    ["api-version", { major: 0, minor: 1.5, patch: 0 }],
    ["api-version", "0.21.0"],
    ["api-version", null],
    ["description", 5],
    ["description", "\ud800"],
    ["license", "MIT OR"],
    ["license", "MIT Apache"],
    ["license", "(MIT"],
    ["license", ""],
    ["authors", "Ada"],
    ["authors", ["<a@b>"]],
    ["capabilities", ["FS:READ"]],
    ["capabilities", ["__proto__"]],
    ["capabilities", [["fs:read"]]],
    ["dependencies", { json: "^1" }],
    ["dependencies", [{ name: "b", version: "" }]],
    ["source", "/etc/main.fsx"],
    ["source", "a/../../main.fsx"],
    ["source", "C:/main.fsx"],
    ["source", "..\\main.fsx"],
    ["source", "main.fzb"],
    ["source", "a\0.fsx"],
    ["bytecode", "main.fsx"],
    ["exports", ["a`b"]],
    ["exports", [""]],
    ["metadata", { a: true }],
    ["metadata", []],
  ])("%s = %j is an error", (field, value) => {
    expect(problemsOf(field, value)).toEqual(["error"]);
  });

  test("aliases expand, duplicates count once, and only warn", () => {
    const text = `${MINIMAL}capabilities = ["fs:execute", "fs:delete", "fs:delete"]\n`;
    const { manifest, problems } = parseManifestDocument(text, "toml");
    expect(manifest.capabilities).toEqual(["fs:delete", "fs:metadata"]);
    expect(problems.map(({ severity, code }) => [severity, code])).toEqual([
      ["hint", "CAPABILITY_ALIAS"],
      ["warning", "DUPLICATE_ENTRY"],
    ]);
  });

  test("what is no table is no manifest", () => {
    for (const value of [null, undefined, 7, "x", [], new Date(0)]) {
      expect(validateManifest(value)).toMatchObject([{ code: "WRONG_TYPE", severity: "error" }]);
    }
  });

  test("not strict: fields that only describe cannot keep a plugin from loading", () => {
    const text = `${MINIMAL}license = "?"\nauthors = ["Ada", "<"]\n`;
    expect(() => parseManifest(text, "toml")).toThrow(ManifestError);
    const { manifest, problems } = parseManifestDocument(text, "toml", { strict: false });
    expect(manifest.authors).toEqual(["Ada"]);
    expect(manifest.license).toBeUndefined();
    expect(problems.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
    expect(() => parseManifest(`${text}exports = "all"\n`, "toml", { strict: false })).toThrow(ManifestError);
  });
});

describe("syntax errors", () => {
  test.each<[ManifestFormat, string, number, number, string]>([
    ["toml", "name = ", 1, 8, "not a value"],
    ["toml", 'name = "a"\nname = "b"\n', 2, 1, "redefine"],
    ["toml", `a = ${"[".repeat(5_000)}`, 1, 37, "nested"],
    ["json", "", 1, 1, "ends too early"],
    ["json", '{\n  "name": }', 2, 11, "expected a value"],
    ["json", '{"a": 1,}', 1, 9, "no comma before"],
    ["json", '{"a": 1 "b": 2}', 1, 9, 'expected ","'],
    ["json", '{"a": 1 2}', 1, 9, 'expected "," or "}"'],
    ["json", '{"a": 1, "a": 2}', 1, 10, "stands twice"],
    ["json", "{'a': 1}", 1, 2, "double quotes"],
    ["json", '{"a": "x', 1, 7, "does not end"],
    ["json", '{"a": "\t"}', 1, 7, "control character"],
    ["json", '{"a": 01}', 1, 7, "expected a value"],
    ["json", '{"a": 1} x', 1, 10, "end of the text"],
    ["json", `${'{"a":'.repeat(10_000)}`, 1, 166, "nested"],
    ["json", "[".repeat(100_000), 1, 34, "nested"],
  ])("number %#", (format, text, line, column, message) => {
    const error = failure(text, format);
    expect(error).toBeInstanceOf(ManifestSyntaxError);
    expect(error.code).toBe("MANIFEST_SYNTAX");
    expect(error.problems.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "SYNTAX", line, column },
    ]);
    expect(error.message).toContain(message);
  });

  test("a text that is too long is refused before it is read", () => {
    expect(failure(" ".repeat(2_000_000), "json").message).toContain("at most 1048576 characters");
  });

  test("long strings and long lists are no trouble", () => {
    const long = "x".repeat(1_000_000);
    expect(failure(`{"name": "${long}"}`, "json").message).toContain("name is longer than 65536 characters");
    expect(failure(`{"tags": [${'"x",'.repeat(200_000)}"x"]}`, "json").message).toContain(
      "more than 10000 entries",
    );
  });

  test("JSON is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ depthSize: "medium", maxDepth: 5 }),
        fc.constantFrom(undefined, 1, "\t"),
        (value, indent) => {
          const description = JSON.stringify(value);
          const text = JSON.stringify(
            { ...JSON.parse(file("seed.json")), description, metadata: { value: description } },
            null,
            indent,
          );
          const { manifest, positionOf } = parseManifestDocument(text, "json");
          expect(manifest.description).toBe(description);
          const { line, column } = positionOf(["metadata", "value"]);
          const lines = text.split("\n");
          expect((lines[line - 1] ?? "").slice(column - 1)).toMatch(/^"/);
          expect(
            (lines[line - 1] ?? "").slice(column - 1, column - 1 + JSON.stringify(description).length),
          ).toBe(JSON.stringify(description));
        },
      ),
    );
  });

  test("any text is a manifest or a ManifestError, never anything else", () => {
    const soup = fc
      .array(
        fc.constantFrom(
          "name",
          '"a"',
          " = ",
          "\n",
          "[",
          "]",
          "{",
          "}",
          ",",
          ":",
          "[[dependencies]]",
          "__proto__",
          "1",
          ".",
          "#",
          "'''",
          '"""',
          "\\u0000",
          "true",
          "1979-05-27",
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        fc.oneof(soup, fc.string()),
        fc.constantFrom<ManifestFormat>("toml", "json"),
        (text, format) => {
          try {
            parseManifest(text, format);
          } catch (error) {
            expect(error).toBeInstanceOf(ManifestError);
            for (const problem of (error as ManifestError).problems) expect(problem.line).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("__proto__ is a key like any other", () => {
    const json = `{"__proto__": {"name": "x"}, ${JSON.stringify({ ...JSON.parse(file("seed.json")) }).slice(1)}`;
    expect(parseManifestDocument(json, "json").problems).toMatchObject([{ code: "UNKNOWN_KEY" }]);
    const toml = `${MINIMAL}[metadata]\n__proto__ = "a"\nconstructor = "b"\n`;
    const { metadata } = parseManifest(toml, "toml");
    expect(Object.keys(metadata)).toEqual(["__proto__", "constructor"]);
    expect(metadata["toString"]).toBeUndefined();
  });
});

function failure(text: string, format: ManifestFormat): ManifestError {
  try {
    parseManifest(text, format, { fileName: "plugin.toml" });
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
  throw new Error("expected a ManifestError");
}
