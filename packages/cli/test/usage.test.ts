import { describe, expect, it } from "vitest";
import { fus } from "./fus.js";

const cwd = import.meta.dirname;
const commands = ["run", "check", "build", "call", "dev", "inspect", "audit", "types", "disasm", "explain"];

describe("usage of fus", () => {
  it.each<readonly [readonly string[], string]>([
    [[], "Commands\n"],
    [["rnu", "main.fsx"], "unknown command rnu\n  hint: did you mean fus run?\n"],
    [["constructor"], "unknown command constructor"],
    [["__proto__"], "unknown command __proto__"],
    [["--verbose"], "unknown flag --verbose"],
    [["run"], "nothing to run"],
    [["run", "a.fsx", "b.fsx"], "unexpected argument b.fsx"],
    [["run", "-e", "1", "programs/report.fsx"], "a file and -e exclude each other"],
    [["run", "-e"], "-e needs a value: -e EXPR"],
    [
      ["run", "-e", "1", "--allow-raed", "."],
      "unknown flag --allow-raed\n  hint: did you mean --allow-read?\n",
    ],
    [["run", "-e", "1", "--allow-read"], "--allow-read needs a value: --allow-read PATH"],
    [["run", "-e", "1", "--allow-read", "--echo"], "--allow-read needs a value"],
    [["run", "-e", "1", "--allow-read="], "--allow-read needs a value"],
    [["run", "-e", "1", "--echo=yes"], "--echo takes no value"],
    [["run", "-e", "1", "--timeout", "5", "--timeout", "6"], "--timeout is given twice"],
    [["run", "-e", "1", "--no-echo"], "unknown flag --no-echo"],
    [["run", "-e", "1", "-x"], "unknown flag -x"],
    [["run", "-e", "1", "--grant", "fs:raed"], "unknown capability: fs:raed (did you mean fs:read?)"],
    [["run", "-e", "1", "--profile", "terminl"], "unknown profile: terminl (did you mean terminal?)"],
    [["run", "-e", "1", "--engine", "turbo"], 'unknown engine "turbo"'],
    [["run", "-e", "1", "--strict-limits", "--unlimited"], "contradict each other"],
    [["run", "nowhere.fsx"], "cannot read nowhere.fsx: no such file or directory"],
    [["run", "programs"], "programs holds no plugin"],
    [["run", "a\u001b[2Jb"], "cannot read a\\u{1b}[2Jb"],
    [["check"], "missing PATH: files and folders"],
    [["check", "nowhere"], "cannot read nowhere"],
    [["build"], "missing FILE"],
    [["build", "plugins/calc"], "plugins/calc is no script"],
    [["call", "plugins/calc"], "missing FN"],
    [["disasm", "plugins/calc"], "plugins/calc is a manifest"],
    [["help", "nothing"], "unknown command nothing"],
  ])("%j is wrong usage", async (args, message) => {
    const { code, out, err } = await fus(args, { cwd });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).not.toMatch(/node:|\.js\b|internal error/);
  });

  it("lists its commands, and only those that it has", async () => {
    const { code, out, err } = await fus(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const name of commands) expect(out).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    for (const name of ["new", "repl"]) expect(out).not.toMatch(new RegExp(`^  ${name}\\b`, "m"));
    expect(await fus(["help"])).toEqual({ code, out, err });
  });

  it.each([...commands, "grind"])("teaches how to use %s", async (name) => {
    const { code, out, err } = await fus([name, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/\nUsage\n {2}fus /);
    expect(out).toMatch(/\nExamples\n {2}fus /);
    expect(await fus(["help", name])).toEqual({ code, out, err });
  });

  it("shows every permission and limit flag in the help of run, call and dev", async () => {
    for (const name of ["run", "call", "dev"]) {
      const { out } = await fus(["help", name]);
      for (const flag of [
        "--profile NAME",
        "--grant CAP",
        "--allow-read PATH",
        "--allow-write PATH",
        "--allow-net HOST",
        "--allow-env NAME",
        "--allow-run CMD",
        "--timeout MS",
        "--max-instructions N",
        "--max-stack-depth N",
        "--max-allocated-bytes N",
        "--strict-limits",
        "--unlimited",
        "--lenient",
        "--engine TIER",
      ]) {
        expect(out).toContain(flag);
      }
    }
  });

  it("tells its version", async () => {
    expect(await fus(["--version"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^fus \d+\.\d+\.\d+\n$/),
    });
  });
});
