import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { folderWith, fus, manifest } from "./fus.js";

const cwd = import.meta.dirname;

/** What the TypeScript compiler says about files of a folder, in its strictest mode. */
function compile(folder: string, files: readonly string[]): readonly string[] {
  const program = ts.createProgram({
    rootNames: files.map((file) => join(folder, file)),
    options: {
      strict: true,
      exactOptionalPropertyTypes: true,
      isolatedDeclarations: true,
      declaration: true,
      verbatimModuleSyntax: true,
      noEmit: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? -1) + 1;
    return `${file?.fileName.slice(folder.length + 1)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

const PACKAGE = { "package.json": '{ "type": "module" }' };

/** A call of what `fus types` wrote, as a host would make it. */
const USES = `import type { Box, PluginExports, Shape, Tree } from "./shapes.js";
declare const plugin: PluginExports;

export const shape: Shape = { tag: "Circle", fields: [{ x: 1, y: 2, "odd label": null }, 3] };
export const grown: Shape = plugin.grow({ tag: "Nothing", fields: [] }, 2);
export const letter: string = plugin.describe({ kind: "c" });
export const found: number | bigint | null = plugin.find("a", new Map([["a", 1n]]));
const safe = plugin.safe(1, 2);
export const quotient: number | bigint | string = safe.ok ? safe.value : safe.error;
export const nested: { readonly some: number | bigint | null } | null = plugin.nested(1);
export const same: "a" = plugin.identity("a");
export const twice: string = plugin.twice((text: string) => text + text, "a");
export const lines: readonly number[] = [...(plugin.index(["a"]).get("a") ?? [])].map(Number);
export const words: readonly string[] = plugin.words("a b");
export const sum: number | bigint = plugin.sum(1, 2n);
export const pair: readonly [boolean, number | bigint] = plugin.pair([1, true]);
export const later: number | bigint = plugin.later(1)(2, true);
export const kept: { readonly name: string } = plugin.keep({ name: "n" });
export const box: Box<number | bigint> = plugin.box(1);
const leaf: Tree<number> = { tag: "Leaf", fields: [] };
export const depth: number | bigint = plugin.depth({ tag: "Node", fields: [leaf, 1, leaf] });
export const job: Promise<number | bigint> = plugin.job(1);
plugin.tick();
plugin.odd(1, "", 2, 3);
plugin.apply([(n) => String(n)], { id: 1, "a b": true });
plugin.fail(new RangeError("far"));
plugin.named((n, flag) => console.log(n, flag));
export const anything: unknown = plugin.anything(Symbol.iterator);
declare const console: { log(...values: unknown[]): void };
`;

/** Calls that the program would refuse, each on a line of its own. */
const MISUSES = `import type { PluginExports } from "./shapes.js";
declare const plugin: PluginExports;
plugin.grow({ tag: "Square", fields: [] }, 2);
plugin.grow({ tag: "Circle", fields: [] }, 2);
plugin.sum(1);
plugin.sum("1", 2);
plugin.find("a", new Map([["a", true]]));
plugin.nested(1)?.some.toFixed();
plugin.pair([1]);
plugin.tick(1);
plugin.job(1).toFixed();
plugin.missing();
`;

describe("fus types", () => {
  it("writes declarations that TypeScript takes, and that let pass what the program takes", async () => {
    const folder = await folderWith({ ...PACKAGE, "uses.ts": USES, "misuses.ts": MISUSES });
    const file = join(folder, "shapes.ts");
    expect(await fus(["types", "plugins/shapes", "-o", file], { cwd })).toEqual({
      code: 0,
      out: `${file}: 23 functions\n`,
      err: "",
    });
    expect(compile(folder, ["shapes.ts", "uses.ts"])).toEqual([]);
    const lines = compile(folder, ["misuses.ts"]).map((one) => Number(/^misuses\.ts:(\d+)/.exec(one)?.[1]));
    expect([...new Set(lines)]).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    // It was put in place as a whole.
    expect(readdirSync(folder).sort()).toEqual(["misuses.ts", "package.json", "shapes.ts", "uses.ts"]);
  });

  it("shows the same on standard output, with the documentation", async () => {
    const { code, out, err } = await fus(["types", "plugins/shapes/plugin.toml"], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(
      "  /**\n   * Makes a shape larger.\n   * Never smaller: see the text between /* and *\\/ for why.\n   *\n" +
        "   * `Shape -> float -> Shape`\n   */\n  readonly grow: (shape: Shape, factor: number) => Shape;\n",
    );
    expect(out).toContain("export interface InnerShape {\n  readonly kind: string;\n}\n");
  });

  it("writes only what the manifest offers, and all functions of a script or bytecode file", async () => {
    const source = "let one () = 1\nlet two (n: int) = n\nlet value = 3\n";
    const folder = await folderWith({
      "plugin.toml": `${manifest("few")}exports = ["two"]\n`,
      "main.fsx": source,
    });
    const members = async (path: string): Promise<readonly string[]> => {
      const { out } = await fus(["types", path], { cwd: folder });
      return [...out.matchAll(/^ {2}readonly (\w+):/gm)].map(([, name = ""]) => name);
    };
    expect(await members(".")).toEqual(["two"]);
    expect(await members("main.fsx")).toEqual(["one", "two"]);
    await fus(["build", "main.fsx", "--strip"], { cwd: folder });
    expect(await members("main.fzb")).toEqual(["one", "two"]);
  });

  it("makes a module of TypeScript of whatever names a program has", async () => {
    const names = [
      "class",
      "PluginExports",
      "string",
      "T",
      "__proto__",
      "constructor",
      "a b",
      "x'",
      "é",
      "b-d",
    ];
    const types = names.map(
      (name, at) => `type \`\`${name}\`\` = { \`\`${name}\`\`: int; other${at}: int }\n`,
    );
    const functions = names.map(
      (name) => `let \`\`${name}\`\` (\`\`p ${name}\`\`: \`\`${name}\`\`) (x: 'a) = x\n`,
    );
    const folder = await folderWith({ ...PACKAGE, "names.fsx": [...types, ...functions].join("") });
    const { code, err } = await fus(["types", "names.fsx", "-o", "names.d.ts"], { cwd: folder });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(compile(folder, ["names.d.ts"])).toEqual([]);
    const text = readFileSync(join(folder, "names.d.ts"), "utf8");
    for (const name of ["class", "T", "__proto__", '"a b"', '"b-d"'])
      expect(text).toContain(`  readonly ${name}: `);
  });

  it("cuts types that would fill the disk", async () => {
    const pairs = Array.from({ length: 16 }, (_, at) => `let p${at + 1} x = let y = p${at} x in (y, y)\n`);
    const folder = await folderWith({ ...PACKAGE, "pairs.fsx": `let p0 (x: int) = x\n${pairs.join("")}` });
    const { code, out } = await fus(["types", "pairs.fsx", "-o", "pairs.ts"], { cwd: folder });
    expect({ code, out }).toEqual({ code: 0, out: "pairs.ts: 17 functions\n" });
    const members = readFileSync(join(folder, "pairs.ts"), "utf8").match(/^ {2}readonly p\d+: .*$/gm) ?? [];
    expect(Math.max(...members.map((line) => line.length))).toBeLessThan(200_000);
  });

  it.each([
    ["plugins/future", 3, "API_VERSION_MISMATCH"],
    ["plugins/broken", 3, "plugins/broken/plugin.toml:"],
    ["plugins/nowhere", 2, "cannot read plugins/nowhere: no such file or directory"],
  ])("refuses %s with exit code %i", async (path, code, message) => {
    const outcome = await fus(["types", path], { cwd });
    expect(outcome).toMatchObject({ code, out: "" });
    expect(outcome.err).toContain(message);
  });

  it("does not touch the file when the program does not compile, or when it is none for types", async () => {
    const folder = await folderWith({
      "main.fsx": 'let f (n: int) : int = "no"\n',
      "fine.fsx": "let f (n: int) = n\n",
      "types.ts": "old",
    });
    const { code, out, err } = await fus(["types", "main.fsx", "-o", "types.ts"], { cwd: folder });
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^main\.fsx:1:24: error FUS\d+: .*\n 1 \| let f/);
    expect(readFileSync(join(folder, "types.ts"), "utf8")).toBe("old");
    expect(await fus(["types", "main.fsx", "-o", "main.fsx"], { cwd: folder })).toMatchObject({
      code: 2,
      err: expect.stringContaining("main.fsx is no TypeScript file"),
    });
    expect(await fus(["types", "fine.fsx", "-o", "nowhere/types.ts"], { cwd: folder })).toEqual({
      code: 2,
      out: "",
      err: "fus: cannot write nowhere/types.ts: no such file or directory\n  fus types --help explains the usage\n",
    });
  });
});
