import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { call, fileOf, text } from "../../vm/test/v1-assembler.js";
import { folderWith, fus, packagesFolder } from "./fus.js";

const fixtures = join(packagesFolder, "conformance/fixtures/fzb-v1");

function expected(name: string): string {
  return readFileSync(join(fixtures, `${name}.out`), "utf8");
}

describe("files of the original implementation", () => {
  it.each(["stdlib-mixed", "global-printers", "quirk-local-clobbers", "no-final-expression"])(
    "run and show their final value, asked or not: %s",
    async (name) => {
      const path = join(fixtures, `${name}.fzb`);
      expect(await fus(["run", path])).toEqual({ code: 0, out: expected(name), err: "" });
      expect(await fus(["run", "--echo", path])).toMatchObject({ code: 0, out: expected(name) });
    },
  );

  it("fail with the original's text", async () => {
    const { code, err } = await fus(["run", join(fixtures, "error-division.fzb")]);
    expect(code).toBe(1);
    expect(err).toContain("fus: error FUS0503: Division by zero\n");
  });

  it("are refused when damaged", async () => {
    const { code, err } = await fus(["run", join(fixtures, "malformed/cut-in-instruction.fzb")]);
    expect({ code, err }).toEqual({ code: 3, err: "fus: io error: unexpected end of file\n" });
  });

  it("are known by their content, too", async () => {
    const folder = await folderWith({ program: readFileSync(join(fixtures, "tuple.fzb")) });
    expect(await fus(["run", "program"], { cwd: folder })).toMatchObject({ code: 0, out: expected("tuple") });
  });

  it("may do what was granted", async () => {
    const folder = await folderWith({
      "reads.fzb": fileOf(call("File.readLines", [text("lines.txt")])),
      "lines.txt": "one\ntwo\n",
    });
    const denied = await fus(["run", "reads.fzb"], { cwd: folder });
    expect(denied.code).toBe(4);
    expect(denied.err).toContain("capability denied: fs:read");
    expect(await fus(["run", "reads.fzb", "--allow-read", "."], { cwd: folder })).toMatchObject({
      code: 0,
      out: "[one; two]\n",
    });
  });

  it("are under the limits", async () => {
    const path = join(fixtures, "assembled/counted-recursion.fzb");
    const { code, err } = await fus(["run", path, "--max-instructions", "20"]);
    expect(code).toBe(5);
    expect(err).toContain("instruction limit exceeded: 20");
  });

  it("can be inspected, listed and called", async () => {
    const folder = await folderWith({ "reads.fzb": fileOf(call("File.readLines", [text("lines.txt")])) });
    const inspected = await fus(["inspect", "reads.fzb"], { cwd: folder });
    expect(inspected.code).toBe(0);
    expect(inspected.out).toMatch(/^bytecode version 1 reads\.fzb\n/);
    expect(inspected.out).toMatch(/needs\n +fs:read +File\.readLines/);
    const listed = await fus(["disasm", join(fixtures, "arith-int.fzb")]);
    expect(listed.code).toBe(0);
    expect(listed.out).toMatch(/^function 0\n +0 {2}LOAD_CONST/);
    expect(await fus(["call", join(fixtures, "arith-int-wrap.fzb"), "main"])).toMatchObject({
      code: 0,
      err: "",
    });
  });
});
