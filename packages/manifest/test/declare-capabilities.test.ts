import { Capabilities, capabilityNames } from "@fusabi/capabilities";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declareCapabilities, ManifestSyntaxError, parseManifest } from "../src/index.js";

const HEAD = `# A plugin.
name = "logs"   # its name
version = "1.0.0"
api-version = { major = 0, minor = 21, patch = 0 }
source = "main.fsx"
`;

function toml(text: string, ...capabilities: string[]): string {
  return declareCapabilities(text, "toml", capabilities).text;
}

describe("in TOML", () => {
  test.each<[string, string, string[], string]>([
    ["nothing to do", 'capabilities = ["fs:read"] # c\n', ["fs:read"], 'capabilities = ["fs:read"] # c\n'],
    [
      "one more, in a line",
      'capabilities = ["fs:read"]\n',
      ["fs:read", "net:dns"],
      'capabilities = ["fs:read", "net:dns"]\n',
    ],
    [
      "one less, the first",
      'capabilities = ["fs:read", "net:dns"]\n',
      ["net:dns"],
      'capabilities = ["net:dns"]\n',
    ],
    [
      "one less, the last",
      'capabilities = ["fs:read", "net:dns"]\n',
      ["fs:read"],
      'capabilities = ["fs:read"]\n',
    ],
    ["another one", 'capabilities = ["fs:read"]\n', ["env:read"], 'capabilities = ["env:read"]\n'],
    ["none at all", 'capabilities = ["fs:read", "net:dns"]\n', [], "capabilities = []\n"],
    [
      "the first one",
      "capabilities = []\n",
      ["env:read", "fs:read"],
      'capabilities = ["env:read", "fs:read"]\n',
    ],
    ["an alias stays", 'capabilities = ["sys:time"]\n', ["time:read"], 'capabilities = ["sys:time"]\n'],
    [
      "half of an alias",
      'capabilities = ["fs:execute"]\n',
      ["fs:metadata"],
      'capabilities = ["fs:metadata"]\n',
    ],
    [
      "twice the same",
      'capabilities = ["fs:read", "fs:read"]\n',
      ["fs:read"],
      'capabilities = ["fs:read"]\n',
    ],
    [
      "a trailing comma",
      'capabilities = ["fs:read",]\n',
      ["fs:read", "net:dns"],
      'capabilities = ["fs:read", "net:dns",]\n',
    ],
  ])("%s", (_, line, wanted, expected) => {
    expect(toml(HEAD + line, ...wanted)).toBe(HEAD + expected);
  });

  const LIST = `${HEAD}capabilities = [
  # what is read
  "fs:read",   # the logs
  # what is written
  "fs:write",  # the summary
  "net:request"
]

[metadata]
profile = "terminal"
`;

  test("an entry goes with its line and the comment behind it; other comments stay", () => {
    expect(toml(LIST, "fs:write", "net:request")).toBe(LIST.replace('\n  "fs:read",   # the logs', ""));
    expect(toml(LIST, "fs:read", "fs:write")).toBe(LIST.replace('\n  "net:request"', ""));
  });

  test("a new entry gets a line of its own", () => {
    expect(toml(LIST, "fs:read", "fs:write", "net:request", "env:read")).toBe(
      LIST.replace('"net:request"', '"net:request",\n  "env:read",'),
    );
    expect(toml(LIST, "fs:read", "env:read")).toBe(
      LIST.replace('\n  "fs:write",  # the summary\n  "net:request"', "").replace(
        "# the logs",
        '# the logs\n  "env:read",',
      ),
    );
  });

  test("a manifest without a list gets one, before its tables", () => {
    const text = `${HEAD}[metadata]\nprofile = "terminal"\n\n[[dependencies]]\nname = "x"\nversion = "1.0.0"\n`;
    expect(toml(text, "fs:read")).toBe(
      text.replace('"main.fsx"\n', '"main.fsx"\ncapabilities = ["fs:read"]\n'),
    );
    expect(toml(HEAD)).toBe(HEAD);
  });

  test("Windows' line ends stay", () => {
    const text = LIST.replaceAll("\n", "\r\n");
    expect(toml(text, "fs:write", "net:request", "env:read")).toBe(
      LIST.replace('\n  "fs:read",   # the logs', "")
        .replace('"net:request"', '"net:request",\n  "env:read",')
        .replaceAll("\n", "\r\n"),
    );
  });

  test("a list that fell into a dependency is found", () => {
    const text = `${HEAD}[[dependencies]]\nname = "x"\nversion = "1.0.0"\ncapabilities = ["fs:read"]\n`;
    expect(toml(text, "net:dns")).toBe(text.replace("fs:read", "net:dns"));
  });
});

describe("in JSON", () => {
  const TEXT = `{
  "name": "logs",
  "version": "1.0.0",
  "api-version": { "major": 0, "minor": 21, "patch": 0 },
  "capabilities": [
    "fs:read",
    "fs:write"
  ],
  "source": "main.fsx"
}
`;
  const json = (text: string, ...capabilities: string[]): string =>
    declareCapabilities(text, "json", capabilities).text;

  test("what stays and goes", () => {
    expect(json(TEXT, "fs:read")).toBe(TEXT.replace(',\n    "fs:write"', ""));
    expect(json(TEXT, "fs:write")).toBe(TEXT.replace('\n    "fs:read",', ""));
    expect(json(TEXT, "fs:read", "fs:write", "net:dns")).toBe(
      TEXT.replace('"fs:write"', '"fs:write",\n    "net:dns"'),
    );
    const bare = TEXT.replace(/ {2}"capabilities": \[[^\]]*\],\n/, "");
    expect(json(bare, "net:dns")).toBe(
      bare.replace('"main.fsx"', '"main.fsx",\n  "capabilities": ["net:dns"]'),
    );
  });
});

test("each change is told", () => {
  const { changes } = declareCapabilities('capabilities = ["fs:execute", "random"]\n', "toml", [
    "fs:delete",
    "net:dns",
  ]);
  expect(changes).toEqual([
    "capability fs:execute is now fs:delete",
    "capability random is no longer declared",
    "capability net:dns is declared",
  ]);
});

test("what is no manifest is refused", () => {
  expect(() => declareCapabilities("= =", "toml", [])).toThrow(ManifestSyntaxError);
  expect(() => declareCapabilities("{", "json", [])).toThrow(ManifestSyntaxError);
  expect(() => declareCapabilities('capabilities = "all"', "toml", [])).toThrow(/no list/);
  expect(() => declareCapabilities("", "toml", ["fs:raed"])).toThrow(/did you mean fs:read/);
});

test("whatever the layout, the result declares what was asked for and loses no comment", () => {
  const entry = fc.constantFrom(...capabilityNames, "sys:time", "fs:execute");
  const gap = fc.constantFrom("", " ", "\n", "\n  ", " # note\n", "\n  # note\n  ", "\r\n\t");
  const layout = fc.record({
    entries: fc.array(fc.tuple(gap, entry, gap, gap), { maxLength: 6 }),
    trailing: fc.boolean(),
    end: gap,
    wanted: fc.subarray([...capabilityNames]),
  });
  fc.assert(
    fc.property(layout, ({ entries, trailing, end, wanted }) => {
      const body = entries
        .map(([before, name, after, behind], index) => {
          const comma = index < entries.length - 1 || trailing ? `,${behind}` : "";
          return `${before}"${name}"${after}${comma}`;
        })
        .join("");
      const text = `${HEAD}capabilities = [${body}${end}] # end\n[metadata]\na = "b"\n`;
      const edited = toml(text, ...wanted);
      const { capabilities } = parseManifest(edited, "toml");
      expect([...capabilities].sort()).toEqual([...Capabilities.of(...wanted).names()]);
      expect(edited.startsWith(HEAD)).toBe(true);
      expect(edited.endsWith('] # end\n[metadata]\na = "b"\n')).toBe(true);
      expect(toml(edited, ...wanted)).toBe(edited);
    }),
    { numRuns: 500 },
  );
});
