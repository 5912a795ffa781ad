import { readdirSync, readFileSync } from "node:fs";
import { check, compile } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { capabilityUses, encodeModule, hostModule, readModule, verifyModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";

const folder = new URL("capabilities/", import.meta.url);
const hostModules = nodeLibrary();

function compiled(text: string, fileName = "main.fsx", modules = hostModules) {
  const result = compile(text, { hostModules: modules, fileName });
  if (result.bytecode === undefined) throw new Error(result.diagnostics.map((one) => one.message).join("\n"));
  const module = readModule(result.bytecode);
  verifyModule(module);
  return { ...result, bytecode: result.bytecode, module };
}

/** The first lines say what each export can reach, and what the top level does: `// name: capabilities`. */
function expectations(text: string): Readonly<Record<string, readonly string[]>> {
  const lines = [...text.matchAll(/^\/\/ ([\w.]+):(.*)$/gm)];
  return Object.fromEntries(
    lines.map(([, name = "", list = ""]) => [name, list.split(/[ ,]+/).filter(Boolean)]),
  );
}

describe("what an export can reach", () => {
  test.each(readdirSync(folder))("%s", (name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    const { exports, loadCapabilities, module } = compiled(text);
    const expected = expectations(text);
    const found = Object.fromEntries(exports.map((one) => [one.name, one.capabilities]));
    const listed = Object.fromEntries(Object.keys(found).map((key) => [key, expected[key] ?? found[key]]));
    expect(Object.keys(expected).filter((key) => key !== "load" && !(key in found))).toEqual([]);
    expect(found).toEqual(listed);
    expect(loadCapabilities).toEqual(expected["load"]);
    expect(module.exports.map((one) => one.capabilities)).toEqual(exports.map((one) => one.capabilities));
    expect(check(text, { hostModules }).exports).toEqual(exports);
  });

  test("functions that a host function may keep are everybody's from then on", () => {
    const handlers = hostModule("Handlers", {
      on: { type: "(string -> string) -> unit", keepsFunctions: true, native: () => undefined },
      map: { type: "(string -> string) -> string -> string", native: (_, __, text: string) => text },
    });
    const text = (name: string): string =>
      `let register () = Handlers.${name} File.read${name === "map" ? ' "x"' : ""}\nlet other () = 1`;
    const of = (name: string) =>
      Object.fromEntries(
        compiled(text(name), "main.fsx", [...hostModules, handlers]).exports.map((one) => [
          one.name,
          one.capabilities,
        ]),
      );
    expect(of("on")).toEqual({ register: ["fs:read"], other: ["fs:read"] });
    expect(of("map")).toEqual({ register: ["fs:read"], other: [] });
  });
});

describe("the places that use a capability", () => {
  const TEXT = `let save path = File.write path "x"
let both path =
    save path
    File.read path + File.read "b"
let table = [ File.read ]
printfn "loaded"`;

  test("are told with what can reach them", () => {
    expect(compiled(TEXT).uses).toEqual([
      {
        capability: "fs:write",
        operation: "File.write",
        file: "main.fsx",
        line: 1,
        column: 17,
        within: "save",
        reachedBy: ["save", "both"],
        atLoad: false,
      },
      ...[5, 22].map((column) => ({
        capability: "fs:read",
        operation: "File.read",
        file: "main.fsx",
        line: 4,
        column,
        within: "both",
        reachedBy: ["both"],
        atLoad: false,
      })),
      {
        capability: "fs:read",
        operation: "File.read",
        file: "main.fsx",
        line: 5,
        column: 15,
        within: "table",
        reachedBy: ["table"],
        atLoad: true,
      },
      expect.objectContaining({ capability: "stdout:write", line: 6, reachedBy: [], atLoad: true }),
    ]);
  });

  test("are in the module, unless it is stripped", () => {
    const { module, uses, bytecode } = compiled(TEXT);
    expect(capabilityUses(module)).toEqual(uses);
    expect(readModule(encodeModule(module))).toEqual(module);
    expect(encodeModule(module)).toEqual(bytecode);
    const stripped = readModule(encodeModule(module, { strip: true }));
    verifyModule(stripped);
    expect(stripped.reach).toBeUndefined();
    expect(capabilityUses(stripped)).toBeUndefined();
    expect(stripped.exports.map((one) => one.capabilities)).toEqual(
      module.exports.map((one) => one.capabilities),
    );
  });

  test("a program that needs nothing has none, and its module no graph", () => {
    const { module, uses } = compiled("let double x = x * 2");
    expect(uses).toEqual([]);
    expect(module.reach).toBeUndefined();
    expect(capabilityUses(module)).toEqual([]);
  });

  test("a program of many functions is quick", () => {
    const count = 3_000;
    const chain = Array.from({ length: count }, (_, i) => `let f${i + 1} x = f${i} x`).join("\n");
    const started = performance.now();
    const { exports, uses } = compiled(`let f0 x = File.read x\n${chain}`);
    expect(exports).toHaveLength(count + 1);
    expect(exports.every((one) => one.capabilities.join() === "fs:read")).toBe(true);
    expect(uses[0]?.reachedBy).toHaveLength(count + 1);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe("a module that lies about what it reaches", () => {
  const { module } = compiled('let save path = File.write path "x"\nlet pure x = x + 1');
  const { reach } = module;
  if (reach === undefined) throw new Error("the module has no capability graph");
  const [node] = reach.nodes;
  if (node === undefined) throw new Error("the capability graph is empty");
  const site = node.sites[0] ?? { import: 0, file: 0, line: 1, column: 1 };

  test.each([
    ["leaves an import out", { ...module, reach: { ...reach, nodes: [{ ...node, sites: [] }] } }],
    ["has an export that reaches less", { ...module, reach: { ...reach, exports: [undefined, undefined] } }],
    ["has an export that reaches more", { ...module, reach: { ...reach, exports: [0, 0] } }],
    ["has too few exports", { ...module, reach: { ...reach, exports: [0] } }],
    ["names a node that is not there", { ...module, reach: { ...reach, topLevel: 7 } }],
    [
      "mentions a node that is not there",
      { ...module, reach: { ...reach, nodes: [{ ...node, mentions: [9] }] } },
    ],
    [
      "uses an import that is not there",
      { ...module, reach: { ...reach, nodes: [{ ...node, sites: [{ ...site, import: 5 }] }] } },
    ],
    [
      "uses a file that is not there",
      { ...module, reach: { ...reach, nodes: [{ ...node, sites: [{ ...site, file: 5 }] }] } },
    ],
    [
      "states other capabilities",
      { ...module, exports: module.exports.map((one) => ({ ...one, capabilities: [] })) },
    ],
  ])("%s: refused", (_, forged) => {
    verifyModule(module);
    expect(() => verifyModule(readModule(encodeModule(forged)))).toThrow(
      /capability graph|there is no|The top level/,
    );
  });
});
