import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, fus } from "./fus.js";

const programs = join(import.meta.dirname, "programs");

async function copyOf(name: string): Promise<string> {
  return await folderWith({ [name]: await readFile(join(programs, name)) });
}

describe("fus build", () => {
  it.each([
    ["report.fsx", []],
    ["divide.fsx", []],
    ["deep.fsx", []],
    ["report.fsx", ["--strip"]],
  ])("makes of %s %j a file that runs as the script does", async (name, flags) => {
    const cwd = await copyOf(name);
    const fromSource = await fus(["run", name, "--echo"], { cwd });
    const built = await fus(["build", name, ...flags], { cwd });
    expect(built).toMatchObject({ code: 0, err: "" });
    const output = name.replace(".fsx", ".fzb");
    expect(built.out).toMatch(new RegExp(`^${output}: [\\d,]+ bytes\\n$`));
    const fromBytecode = await fus(["run", output, "--echo"], { cwd });
    expect({ code: fromBytecode.code, out: fromBytecode.out }).toEqual({
      code: fromSource.code,
      out: fromSource.out,
    });
  });

  it("keeps the places of run-time errors, unless it strips them", async () => {
    const cwd = await copyOf("divide.fsx");
    await fus(["build", "divide.fsx", "-o", "full.fzb"], { cwd });
    await fus(["grind", "divide.fsx", "--strip", "--out=bare.fzb"], { cwd });
    expect((await fus(["run", "full.fzb"], { cwd })).err).toBe(
      "divide.fsx:1:20: error FUS0503: Division by zero\n  at divide (divide.fsx:1:20), by a tail call\n  at <script> (divide.fsx:7:15)\n",
    );
    const { err } = await fus(["run", "bare.fzb"], { cwd });
    expect(err).toMatch(/^fus: error FUS0503: Division by zero\n/);
    expect(err).not.toContain("divide.fsx");
    expect((await readFile(join(cwd, "bare.fzb"))).length).toBeLessThan(
      (await readFile(join(cwd, "full.fzb"))).length,
    );
  });

  it("leaves nothing behind when the script does not compile", async () => {
    const cwd = await folderWith({ "bad.fsx": "let x = 1 + true\n", "bad.fzb": "old" });
    const { code, err } = await fus(["build", "bad.fsx"], { cwd });
    expect(code).toBe(3);
    expect(err).toMatch(/^bad\.fsx:1:\d+: error FUS03/);
    expect((await readdir(cwd)).sort()).toEqual(["bad.fsx", "bad.fzb"]);
    expect(await readFile(join(cwd, "bad.fzb"), "utf8")).toBe("old");
  });

  it("does not write over the script, or where it cannot", async () => {
    const cwd = await folderWith({ "a.fsx": "1\n" });
    expect((await fus(["build", "a.fsx", "-o", "./a.fsx"], { cwd })).code).toBe(2);
    const { code, err } = await fus(["build", "a.fsx", "-o", "no/such/folder/a.fzb"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain("cannot write no/such/folder/a.fzb: no such file or directory");
    expect(await readdir(cwd)).toEqual(["a.fsx"]);
  });

  it("refuses bytecode that is damaged, cut, or of another version", async () => {
    const cwd = await copyOf("report.fsx");
    await fus(["build", "report.fsx"], { cwd });
    const whole = await readFile(join(cwd, "report.fzb"));
    const damaged = Uint8Array.from(whole);
    damaged.fill(0xff, 20, 40);
    const first = Uint8Array.from(whole);
    first[4] = 1;
    await writeFile(join(cwd, "damaged.fzb"), damaged);
    await writeFile(join(cwd, "cut.fzb"), whole.subarray(0, whole.length / 2));
    await writeFile(join(cwd, "first.fzb"), first);
    await writeFile(join(cwd, "empty.fzb"), "");
    for (const name of ["damaged.fzb", "cut.fzb", "first.fzb", "empty.fzb"]) {
      const { code, out, err } = await fus(["run", name], { cwd });
      expect({ name, code, out }).toEqual({ name, code: 3, out: "" });
      expect(err).toMatch(/^fus: /);
      expect(err).not.toMatch(/internal error|node:|\.js:/);
    }
  });
});
