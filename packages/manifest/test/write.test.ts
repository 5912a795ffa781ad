import { readFileSync } from "node:fs";
import { capabilityNames } from "@fusabi/capabilities";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ApiVersion,
  assertManifest,
  defineManifest,
  formatManifestPath,
  HOST_API_VERSION,
  InvalidApiVersionError,
  type Manifest,
  ManifestError,
  type ManifestFormat,
  ManifestSyntaxError,
  manifestJsonSchema,
  migrateManifest,
  parseManifest,
  parseManifestDocument,
  stringifyManifest,
  versionSatisfies,
} from "../src/index.js";

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

describe("API version", () => {
  test("the host's is 0.21.0", () => {
    expect(String(HOST_API_VERSION)).toBe("0.21.0");
  });

  test.each([
    ["0.21.0", true],
    ["0.21.9", true],
    ["0.18.0", true],
    ["0.0.0", true],
    ["0.22.0", false],
    ["1.0.0", false],
    ["1.21.0", false],
  ])("a 0.21.0 host and a plugin for %s: %s", (required, supported) => {
    expect(HOST_API_VERSION.supports(ApiVersion.parse(required))).toBe(supported);
  });

  test.each([
    "",
    "0.21",
    "0.21.0.0",
    "v0.21.0",
    "0.21.0-beta",
    "01.2.3",
    "0.21.x",
    "9999999999.0.0",
    "-1.0.0",
  ])("%j is none", (text) => {
    expect(() => ApiVersion.parse(text)).toThrow(InvalidApiVersionError);
  });

  test("parts are whole numbers", () => {
    expect(() => new ApiVersion(0, 1.5, 0)).toThrow(InvalidApiVersionError);
    expect(new ApiVersion(1, 2, 3).equals(ApiVersion.parse("1.2.3"))).toBe(true);
  });
});

describe("defineManifest", () => {
  test("makes what parsing makes", () => {
    const seed = parseManifest(file("manifests/seed.toml"), "toml");
    const { name, version, description, capabilities, exports, tags } = seed;
    const made = defineManifest({
      name,
      version,
      apiVersion: "0.18.0",
      ...(description === undefined ? {} : { description }),
      capabilities,
      dependencies: [{ name: "json", version: "^1.0" }],
      source: "main.fsx",
      exports,
      tags,
    });
    expect(made).toEqual(seed);
    expect(assertManifest(made)).toEqual(made);
  });

  test("lists every problem", () => {
    const make = (): Manifest =>
      defineManifest({ name: "X", version: "one", apiVersion: HOST_API_VERSION, capabilities: ["nothing"] });
    expect(make).toThrow(ManifestError);
    expect(make).toThrow("invalid manifest: 4 problems");
    expect(() => defineManifest({ name: "x", version: "1.0.0", apiVersion: "21", source: "a.fsx" })).toThrow(
      ManifestError,
    );
  });

  test("a manifest that was tampered with is caught", () => {
    const manifest = defineManifest({ name: "x", version: "1.0.0", apiVersion: "0.21.0", source: "a.fsx" });
    expect(() => assertManifest({ ...manifest, entry: { kind: "source", path: "../b.fsx" } })).toThrow(
      ManifestError,
    );
  });
});

describe("stringifyManifest", () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
  // Longer than any name, because no plugin depends on itself.
  const dependency = fc.stringMatching(/^[a-z0-9][a-z0-9-]{21,30}$/);
  const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join("."));
  const words = fc.string({ unit: "binary", minLength: 1 });
  const definition = fc.record(
    {
      name,
      version,
      apiVersion: version,
      source: fc.constantFrom("main.fsx", "src/a b/größe.fsx"),
      description: words,
      license: fc.constantFrom("MIT", "MIT OR Apache-2.0"),
      authors: fc.array(fc.constantFrom("Ada", "Ada Lovelace <ada@example.com>"), { maxLength: 2 }),
      capabilities: fc.subarray([...capabilityNames]),
      dependencies: fc.uniqueArray(fc.record({ name: dependency, version, optional: fc.boolean() }), {
        maxLength: 3,
        selector: (one) => one.name,
      }),
      exports: fc.subarray(["main", "run", "x'", "größe"]),
      tags: fc.uniqueArray(words, { maxLength: 3 }),
      metadata: fc.dictionary(fc.oneof(words, fc.constant("__proto__")), fc.string({ unit: "binary" }), {
        maxKeys: 4,
      }),
    },
    { requiredKeys: ["name", "version", "apiVersion", "source"] },
  );

  test("what is written reads back the same, without a warning", () => {
    fc.assert(
      fc.property(definition, fc.constantFrom<ManifestFormat>("toml", "json"), (given, format) => {
        const manifest = defineManifest(given);
        const document = parseManifestDocument(stringifyManifest(manifest, format), format);
        expect(document.manifest).toEqual(manifest);
        expect(document.problems).toEqual([]);
      }),
    );
  });

  test("reads like a manifest that a person wrote", () => {
    expect(
      stringifyManifest(parseManifest(file("manifests/seed.toml"), "toml"), "toml"),
    ).toMatchInlineSnapshot(`
      "name = "my-plugin"
      version = "1.0.0"
      description = "Example plugin"
      capabilities = [ "fs:read", "net:request" ]
      source = "main.fsx"
      exports = [ "init", "process", "cleanup" ]
      tags = [ "processing", "example" ]
      api-version = { major = 0, minor = 18, patch = 0 }

      [[dependencies]]
      name = "json"
      version = "^1.0"
      "
    `);
  });
});

describe("migrateManifest", () => {
  const old = `# My plugin
name = "a"          # its name
version = "1.0.0"
api_version = "0.21.0" # the host's
capabilities = ["sys:time", "fs:read", "fs:execute"]
source = "main.fsx"
`;

  test("rewrites the old API version and aliases, and nothing else", () => {
    const { text, changes } = migrateManifest(old);
    expect(text).toBe(`# My plugin
name = "a"          # its name
version = "1.0.0"
api-version = { major = 0, minor = 21, patch = 0 } # the host's
capabilities = ["time:read", "fs:read", "fs:delete", "fs:metadata"]
source = "main.fsx"
`);
    expect(changes).toEqual([
      'api_version "0.21.0" is now the table api-version',
      "capability sys:time is now time:read",
      "capability fs:execute is now fs:delete and fs:metadata",
    ]);
    expect(parseManifestDocument(text, "toml").problems).toEqual([]);
    expect(migrateManifest(text)).toEqual({ text, changes: [] });
  });

  test("JSON too", () => {
    const { text, changes } = migrateManifest('{\n  "api_version": "1.2.3",\n  "name": "a"\n}\n');
    expect(text).toBe('{\n  "api-version": { "major": 1, "minor": 2, "patch": 3 },\n  "name": "a"\n}\n');
    expect(changes).toHaveLength(1);
  });

  test("the error for the old form names the new one", () => {
    expect(() => parseManifest(old, "toml")).toThrow(
      "write api-version = { major = 0, minor = 21, patch = 0 }",
    );
  });

  test("leaves alone what it does not understand", () => {
    for (const text of [
      'api_version = "new"\n',
      'api-version = "1.0.0"\napi_version = "1.0.0"\n',
      "x = 1\n",
      "",
    ]) {
      expect(migrateManifest(text)).toEqual({ text, changes: [] });
    }
    expect(() => migrateManifest("api_version = ")).toThrow(ManifestSyntaxError);
    expect(() => migrateManifest("{")).toThrow(ManifestSyntaxError);
  });
});

test("the published JSON Schema is the one of the rules", async () => {
  await expect(`${JSON.stringify(manifestJsonSchema, null, 2)}\n`).toMatchFileSnapshot(
    "../manifest.schema.json",
  );
  expect(manifestJsonSchema).toMatchObject({
    required: ["name", "version", "api-version"],
    properties: {
      capabilities: { items: { enum: expect.arrayContaining(["fs:read", "sys:time"]) as unknown } },
    },
  });
});

test.each([
  ["1.4.0", "^1.0", true],
  ["2.0.0", "^1.0", false],
  ["1.4.0", "*", true],
  ["one", "*", false],
  ["1.0.0", "newest", false],
])("%s is in %s: %s", (version, range, expected) => {
  expect(versionSatisfies(version, range)).toBe(expected);
});

test("paths read like code", () => {
  expect(formatManifestPath(["dependencies", 0, "version"])).toBe("dependencies[0].version");
});
