import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, fus, manifest } from "./fus.js";

const PROGRAM = `let save path text = File.write path text
let load path = File.read path
let both path =
    save path (load path)
    printfn "done"
`;

const LIST = `capabilities = [
  "fs:read",      # the input
  "net:request",  # not any more
]
exports = ["both"]
`;

const files = { "p/plugin.toml": manifest("p") + LIST, "p/main.fsx": PROGRAM };

describe("fus audit", () => {
  it("tells what is declared, used and where, unused, and missing", async () => {
    const cwd = await folderWith(files);
    const { code, out, err } = await fus(["audit", "p"], { cwd });
    expect({ code, err }).toEqual({ code: 4, err: "" });
    expect(out).toBe(`plugin p 1.0.0 p/plugin.toml

declared
  fs:read      low risk     read files and list directories
  net:request  medium risk  send http and https requests

used
  fs:read
    File.read  p/main.fsx:2:17  reached by load, both
  fs:write (not declared)
    File.write  p/main.fsx:1:22  reached by save, both
  stdout:write (safe default)
    printfn  p/main.fsx:5:5  reached by both

declared but unused
  net:request  p/plugin.toml:7:3

missing
  fs:write  high risk  create and change files and directories

the shortest list that does: capabilities = ["fs:read", "fs:write"] (--fix writes it)
`);
  });

  it("writes the shortest list into the manifest, and leaves the rest of it alone", async () => {
    const cwd = await folderWith(files);
    const { code, out, err } = await fus(["audit", "p", "--fix"], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(
      "changed\n  capability net:request is no longer declared\n  capability fs:write is declared\n",
    );
    expect(out).toContain("declared is what is used\n");
    expect(await readFile(join(cwd, "p/plugin.toml"), "utf8")).toBe(
      files["p/plugin.toml"]
        .replace('  "net:request",  # not any more\n', "")
        .replace("# the input", '# the input\n  "fs:write",'),
    );
    expect((await fus(["check", "p"], { cwd })).code).toBe(0);
    const again = await fus(["audit", "p", "--fix"], { cwd });
    expect(again.out).not.toContain("changed");
  });

  it("is JSON for other tools", async () => {
    const cwd = await folderWith(files);
    const { code, out } = await fus(["audit", "p", "--json"], { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      plugin: "p",
      declared: ["fs:read", "net:request"],
      unused: ["net:request"],
      missing: ["fs:write"],
      minimal: ["fs:read", "fs:write"],
      exports: { save: ["fs:write"], load: ["fs:read"], both: ["fs:read", "fs:write", "stdout:write"] },
      atLoad: [],
      changes: [],
    });
    expect((JSON.parse(out) as { used: unknown[] }).used[0]).toEqual({
      capability: "fs:read",
      risk: "low",
      safeDefault: false,
      declared: true,
      uses: [
        {
          operation: "File.read",
          file: "p/main.fsx",
          line: 2,
          column: 17,
          within: "load",
          reachedBy: ["load", "both"],
          atLoad: false,
        },
      ],
    });
  });

  it("takes what is unused for an error only when told to", async () => {
    const cwd = await folderWith({
      "p/plugin.json": JSON.stringify({
        name: "p",
        version: "1.0.0",
        "api-version": { major: 0, minor: 21, patch: 0 },
        source: "main.fsx",
        capabilities: ["fs:read"],
      }),
      "p/main.fsx": "let one = 1\n",
    });
    expect((await fus(["audit", "p"], { cwd })).code).toBe(0);
    expect((await fus(["audit", "p", "--deny-unused"], { cwd })).code).toBe(4);
    expect((await fus(["audit", "p", "--deny-unused", "--fix"], { cwd })).code).toBe(0);
    expect(await readFile(join(cwd, "p/plugin.json"), "utf8")).toContain('"capabilities":[]');
  });

  it("tells of scripts and of stripped bytecode what there is to tell", async () => {
    const cwd = await folderWith({ "s.fsx": PROGRAM });
    const script = await fus(["audit", "s.fsx"], { cwd });
    expect(script.code).toBe(0);
    expect(script.out).toContain('a manifest would declare: capabilities = ["fs:read", "fs:write"]');
    await fus(["build", "s.fsx", "--strip"], { cwd });
    const { code, out } = await fus(["audit", "s.fzb"], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/fs:write\n +File\.write\n/);
    expect((await fus(["audit", "s.fsx", "--fix"], { cwd })).code).toBe(2);
  });

  it("reports what does not compile, and leaves the manifest as it is", async () => {
    const cwd = await folderWith({ ...files, "p/main.fsx": "let x =\n" });
    const { code, err } = await fus(["audit", "p", "--fix"], { cwd });
    expect(code).toBe(3);
    expect(err).toMatch(/p\/main\.fsx:\d+:\d+: error FUS/);
    expect(await readFile(join(cwd, "p/plugin.toml"), "utf8")).toBe(files["p/plugin.toml"]);
  });

  it("leaves a plugin what it needs for messages that come to it", async () => {
    const cwd = await folderWith({
      "p/plugin.toml": `${manifest("p")}capabilities = ["plugin:message"]\nexports = ["on_message"]\n`,
      "p/main.fsx": "let on_message (message: any) = ()\n",
    });
    const { code, out } = await fus(["audit", "p", "--deny-unused", "--fix"], { cwd });
    expect(code).toBe(0);
    expect(out).not.toContain("unused");
    expect(await readFile(join(cwd, "p/plugin.toml"), "utf8")).toContain('capabilities = ["plugin:message"]');
  });

  it("says where a program runs texts", async () => {
    const cwd = await folderWith({ "s.fsx": "let run (text: string) = Script.eval text\n" });
    const { out } = await fus(["audit", "s.fsx"], { cwd });
    expect(out).toContain("runs texts, and nobody can tell what these use\n  Script.eval  s.fsx:1:26");
    const json = JSON.parse((await fus(["audit", "s.fsx", "--json"], { cwd })).out) as { texts: unknown };
    expect(json.texts).toEqual([{ operation: "Script.eval", file: "s.fsx", line: 1, column: 26 }]);
  });
});
