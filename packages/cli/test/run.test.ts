import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, fus, manifest } from "./fus.js";

const cwd = import.meta.dirname;

describe("fus run", () => {
  it("prints the value of an expression in display form", async () => {
    expect(await fus(["run", "-e", "[1; 2; 3] |> List.map (fun n -> n * n)"])).toEqual({
      code: 0,
      out: "[1; 4; 9]\n",
      err: "",
    });
    expect(await fus(["run", "-e", '("a", Some 1, 2.0, ())'])).toMatchObject({
      out: "(a, Some(1), 2, ())\n",
    });
    expect(await fus(["run", "-e", "-7 / 2"])).toMatchObject({ code: 0, out: "-3\n" });
  });

  it("prints what a script prints, and its value only when asked", async () => {
    const printed = "pen      1.50\nink     12.25\n";
    expect(await fus(["run", "programs/report.fsx"], { cwd })).toEqual({ code: 0, out: printed, err: "" });
    expect(await fus(["run", "--echo", "programs/report.fsx"], { cwd })).toMatchObject({
      out: `${printed}13.75\n`,
    });
  });

  it("shows where garbage stops making sense, and no JavaScript", async () => {
    const { code, out, err } = await fus(["run", "-e", "let x = ) ++ 3 in ("]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^<eval>:1:9: error FUS\d{4}: .+\n 1 \| let x = \) \+\+ 3 in \(\n {3}\| {9}\^/);
    expect(err).not.toMatch(/\.js|node:|at .*\(/);
  });

  it("answers every kind of garbage with a diagnostic", async () => {
    const garbage = [
      "\u0000\u0001\u0002",
      "((((((((((",
      '"',
      "let",
      "match",
      "'",
      "{|",
      "#if",
      "(*",
      "let rec = = =",
      "…",
      "}",
    ];
    const files = Object.fromEntries(garbage.map((text, index) => [`g${index}.fsx`, text]));
    const folder = await folderWith(files);
    const { code, err } = await fus(["check", "."], { cwd: folder });
    expect(code).toBe(3);
    for (const name of Object.keys(files))
      expect(err).toMatch(new RegExp(`^${name}:\\d+:\\d+: error FUS\\d{4}: `, "m"));
    expect(err).not.toContain("internal error");
  });

  it("says of a file that is no text that it is none", async () => {
    const folder = await folderWith({ "latin.fsx": Uint8Array.of(0x22, 0xe9, 0x22) });
    const { code, err } = await fus(["run", "latin.fsx"], { cwd: folder });
    expect({ code, err }).toEqual({
      code: 3,
      err: "latin.fsx: error ENCODING: the file is not UTF-8 text\n",
    });
  });

  it("reports an uncaught exception at its place, with the stack of the program", async () => {
    const { code, out, err } = await fus(["run", "programs/divide.fsx"], { cwd });
    expect({ code, out }).toEqual({ code: 1, out: "before\n" });
    expect(err).toBe(
      [
        "programs/divide.fsx:1:20: error FUS0503: Division by zero",
        " 1 | let divide a b = a / b",
        "   |                    ^",
        "  at divide (programs/divide.fsx:1:20), by a tail call",
        "  at <script> (programs/divide.fsx:7:15)",
        "",
      ].join("\n"),
    );
  });

  it("calls main of a plugin", async () => {
    const { code, out } = await fus(["run", "plugins/calc", "--echo"], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: "calc at work\n42\n" });
    expect(await fus(["run", join("plugins", "calc", "plugin.toml")], { cwd })).toMatchObject({
      code: 0,
      out: "calc at work\n",
    });
  });

  it("reads scripts that a script loads", async () => {
    const folder = await folderWith({
      "lib/shapes.fsx": "let area w h = w * h\n",
      "main.fsx": '#load "lib/shapes.fsx"\nprintfn "%d" (area 6 7)\n',
      "lost.fsx": '#load "nowhere.fsx"\n',
    });
    expect(await fus(["run", "main.fsx"], { cwd: folder })).toMatchObject({ code: 0, out: "42\n" });
    const { code, err } = await fus(["run", "lost.fsx"], { cwd: folder });
    expect(code).toBe(3);
    expect(err).toMatch(/^lost\.fsx:1:\d+: error FUS0213: /);
  });

  it("keeps surrogate pairs together and the streams apart", async () => {
    expect(await fus(["run", "programs/pairs.fsx"], { cwd })).toMatchObject({ code: 0, out: "😀\n" });
    expect(await fus(["run", "-e", 'eprintfn "to %s" "stderr"'])).toEqual({
      code: 0,
      out: "()\n",
      err: "to stderr\n",
    });
  });

  it("is quiet when nobody reads on", async () => {
    const { err } = await fus(["run", "--unlimited", "-e", 'while true do printfn "again and again"'], {
      closeOutput: true,
    });
    expect(err).toBe("");
  });

  it("tells the truth by its exit code when nobody reads the errors", async () => {
    const folder = await folderWith({ "bad.fsx": "let x = 1 + true\n" });
    const { code } = await fus(["check", "bad.fsx"], { cwd: folder, closeOutput: true });
    expect(code).toBe(3);
  });

  it.runIf(existsSync("/dev/full"))("says that its output has no place to go", async () => {
    for (const args of [["run", "-e", "1"], ["run", "plugins/calc"], ["--help"]]) {
      const { code, err } = await fus(args, { cwd, outputTo: "/dev/full" });
      expect(code).toBe(1);
      expect(err).toContain("cannot write to stdout: no space is left\n");
    }
  });

  it("lets a plugin end its call", async () => {
    const folder = await folderWith({
      "plugin.toml": manifest("leaver"),
      "main.fsx": 'let main () =\n    printfn "leaving"\n    exit 0\n',
    });
    expect(await fus(["run", "."], { cwd: folder })).toEqual({ code: 0, out: "leaving\n", err: "" });
  });

  it("lets a program end itself", async () => {
    expect(await fus(["run", "-e", "exit 0"])).toEqual({ code: 0, out: "", err: "" });
    expect(await fus(["run", "-e", "exit 3"])).toEqual({
      code: 1,
      out: "",
      err: "fus: the program ended with exit 3\n",
    });
  });

  it("runs old dynamic scripts with --lenient", async () => {
    const script = 'let mixed = if true then 1 else "one"\nprintfn "%s" (string mixed)\n';
    const folder = await folderWith({ "old.fsx": script });
    expect((await fus(["run", "old.fsx"], { cwd: folder })).code).toBe(3);
    const { code, out, err } = await fus(["run", "old.fsx", "--lenient"], { cwd: folder });
    expect({ code, out }).toEqual({ code: 0, out: "1\n" });
    expect(err).toMatch(/^old\.fsx:1:\d+: warning FUS03/);
  });

  it("colours nothing that is no terminal", async () => {
    const { err } = await fus(["run", "-e", "1 +"], { env: { FORCE_COLOR: "1" } });
    expect(err).not.toContain("\u001b");
  });
});
