import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, fus } from "./fus.js";

const cwd = import.meta.dirname;
const reads = 'let lines = File.readLines "data/notes.txt"\nprintfn "%d" (List.length lines)\n';

describe("permissions of fus", () => {
  it("grants the safe defaults and nothing else", async () => {
    const folder = await folderWith({ "reads.fsx": reads, "data/notes.txt": "a\nb\n" });
    const { code, out, err } = await fus(["run", "reads.fsx"], { cwd: folder });
    expect({ code, out }).toEqual({ code: 4, out: "" });
    expect(err).toBe(
      [
        "reads.fsx:1:13: error FUS0520: capability denied: fs:read",
        ' 1 | let lines = File.readLines "data/notes.txt"',
        "   |             ^^^^^^^^^^^^^^",
        "hint: --allow-read PATH grants it",
        "  at <script> (reads.fsx:1:13)",
        "",
      ].join("\n"),
    );
  });

  it("opens folders, as often as they are named, and what is below them", async () => {
    const folder = await folderWith({
      "reads.fsx": `${reads}File.writeLines "out/copy.txt" lines\nprintfn "%b" (Fs.exists "data")\n`,
      "data/notes.txt": "a\nb\n",
      "out/keep": "",
    });
    const flags = ["--allow-read", "elsewhere", "--allow-read=data", "--allow-write", "out"];
    expect(await fus(["run", "reads.fsx", ...flags], { cwd: folder })).toEqual({
      code: 0,
      out: "2\ntrue\n",
      err: "",
    });
  });

  it("opens no path by a capability alone", async () => {
    const folder = await folderWith({ "reads.fsx": reads, "data/notes.txt": "a\nb\n" });
    const { code, err } = await fus(["run", "reads.fsx", "--grant", "fs:read"], { cwd: folder });
    expect(code).toBe(4);
    expect(err).toContain("error FUS0521: sandbox violation: read access denied: data/notes.txt");
  });

  it("keeps to the folder through .. and links", async () => {
    const folder = await folderWith({
      "climbs.fsx": 'print (File.read "data/../secret.txt")\n',
      "follows.fsx": 'print (File.read "data/link.txt")\n',
      "secret.txt": "secret",
      "data/notes.txt": "open",
    });
    await symlink(join(folder, "secret.txt"), join(folder, "data/link.txt"));
    for (const script of ["climbs.fsx", "follows.fsx"]) {
      const { code, out, err } = await fus(["run", script, "--allow-read", "data"], { cwd: folder });
      expect({ code, out }).toEqual({ code: 4, out: "" });
      expect(err).toContain("FUS0521: sandbox violation: read access denied");
    }
  });

  it("grants what a profile grants", async () => {
    const folder = await folderWith({ "reads.fsx": reads, "data/notes.txt": "a\nb\n" });
    expect(await fus(["run", "reads.fsx", "--profile", "terminal"], { cwd: folder })).toMatchObject({
      code: 0,
      out: "2\n",
    });
    // A profile without stdout:write: the set of the profile, and not one on top of the safe defaults.
    const { code, err } = await fus(["run", "reads.fsx", "--profile", "observability", "--allow-read", "."], {
      cwd: folder,
    });
    expect(code).toBe(4);
    expect(err).toContain("capability denied: stdout:write");
  });

  it("takes aliases of capabilities", async () => {
    const run = ["run", "-e", 'Env.get "FUS_TEST"', "--allow-env", "FUS_TEST"];
    expect(await fus(run, { env: { FUS_TEST: "set" } })).toMatchObject({ code: 0, out: "Some(set)\n" });
    expect(await fus(["run", "-e", "1", "--grant", "fs:execute", "--grant", "sys:env"])).toMatchObject({
      code: 0,
    });
  });

  it("lets a program catch a denial", async () => {
    const expression = 'try File.read "x" with e -> "caught: " + e.Message';
    expect(await fus(["run", "-e", expression])).toMatchObject({
      code: 0,
      out: "caught: capability denied: fs:read\n",
    });
  });

  it("refuses a plugin that asks for what was not granted: plugin, capability and line of the manifest", async () => {
    const { code, err } = await fus(["call", "plugins/greedy", "greet", '"Ada"'], { cwd });
    expect(code).toBe(4);
    expect(err).toBe(
      [
        "plugins/greedy/plugin.toml:4:17: error MISSING_CAPABILITY: plugin greedy: missing required capability: net:request",
        ' 4 | capabilities = ["net:request"]',
        "   |                 ^^^^^^^^^^^^^",
        "hint: --allow-net HOST grants it",
        "",
      ].join("\n"),
    );
    expect(
      await fus(["call", "plugins/greedy", "greet", '"Ada"', "--grant", "net:request"], { cwd }),
    ).toEqual({
      code: 0,
      out: '"Hello, Ada"\n',
      err: "",
    });
  });

  it("refuses a plugin that uses what it does not declare: place of the call", async () => {
    const { code, err } = await fus(["call", "plugins/sly", "save", '"x"', "--profile", "testing"], { cwd });
    expect(code).toBe(4);
    expect(err).toContain(
      "plugins/sly/main.fsx:3:5: error UNDECLARED_CAPABILITY: plugin sly: capability not declared in manifest: fs:write (needed by File.writeLines)\n 3 |     File.writeLines path",
    );
  });
});
