import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, fus, manifest } from "./fus.js";

const cwd = import.meta.dirname;
const script = "let double (n: int) = n * 2\nlet twice =\n    double 4 |> double\n";

describe("fus inspect", () => {
  it("shows a plugin: what it declares, offers, defines and needs", async () => {
    const { code, out, err } = await fus(["inspect", "plugins/sly"], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("plugin sly 1.0.0\n");
    expect(out).toMatch(/API version +0\.21\.0 \(this host has 0\.21\.0\)/);
    expect(out).toMatch(/save +: +string -> unit +fs:write/);
    expect(out).toMatch(/fs:write +File\.writeLines +plugins\/sly\/main\.fsx:3:5/);
  });

  it("shows a bytecode file", async () => {
    const folder = await folderWith({ "calc.fsx": await readFile(join(cwd, "plugins/calc/main.fsx")) });
    await fus(["build", "calc.fsx", "--strip"], { cwd: folder });
    const { code, out } = await fus(["inspect", "calc.fzb"], { cwd: folder });
    expect(code).toBe(0);
    expect(out).toContain("bytecode version 2 calc.fzb\n");
    expect(out).toMatch(/size +[\d,]+ bytes, stripped/);
    expect(out).toMatch(/add +: +int -> int -> int/);
    expect(out).toMatch(/stdout:write +\S+ +safe default/);
  });
});

describe("a plugin whose program is a link to elsewhere", () => {
  it.each(["inspect", "check", "run"])(
    "is refused by fus %s, and nothing of the file is shown",
    async (name) => {
      const folder = await folderWith({
        "p/plugin.toml": manifest("p"),
        "secret.fsx": "let password = hunter2\n",
      });
      await symlink(join(folder, "secret.fsx"), join(folder, "p/main.fsx"));
      const { code, out, err } = await fus([name, "p"], { cwd: folder });
      expect(code).toBe(3);
      expect(out + err).not.toContain("hunter2");
    },
  );
});

describe("fus disasm", () => {
  it("lists the same for a script and for what it was built to", async () => {
    const folder = await folderWith({ "s.fsx": script });
    await fus(["build", "s.fsx"], { cwd: folder });
    const fromSource = await fus(["disasm", "s.fsx"], { cwd: folder });
    expect(fromSource.code).toBe(0);
    expect(fromSource.out).toMatch(/function \d+ double: /);
    expect(await fus(["disasm", "s.fzb"], { cwd: folder })).toEqual(fromSource);
  });
});

describe("fus explain", () => {
  it.each([
    ["tokens", /double/],
    ["layout", /double/],
    ["ast", /double/],
    ["types", /int -> int/],
    ["core", /double/],
    ["bytecode", /function \d+ double: /],
  ])("shows the stage %s", async (stage, expected) => {
    const folder = await folderWith({ "s.fsx": script });
    const { code, out, err } = await fus(["explain", "--stage", stage, "s.fsx"], { cwd: folder });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(expected);
  });

  it("shows what it can of a script with mistakes", async () => {
    const folder = await folderWith({ "s.fsx": `${script}let broken = 1 + "x"\n` });
    const early = await fus(["explain", "--stage", "layout", "s.fsx"], { cwd: folder });
    expect(early.code).toBe(3);
    expect(early.out).toContain("broken");
    expect(early.err).toMatch(/^s\.fsx:4:\d+: error FUS0301/);
    const late = await fus(["explain", "--stage", "core", "s.fsx"], { cwd: folder });
    expect(late).toMatchObject({ code: 3, out: "" });
    expect(late.err).toBe(early.err);
  });

  it("knows its stages", async () => {
    const { code, err } = await fus(["explain", "--stage", "type", "programs/report.fsx"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain("did you mean types?");
    expect((await fus(["explain", "programs/report.fsx"], { cwd })).code).toBe(2);
  });
});
