import { describe, expect, it } from "vitest";
import { fus } from "./fus.js";

const cwd = import.meta.dirname;

describe("limits of fus", () => {
  it.each([
    [["--max-instructions", "1_000_000"], "FUS0601: instruction limit exceeded: 1000000"],
    [["--timeout", "200"], "FUS0604: execution time limit exceeded: 200ms"],
    [["--strict-limits"], "FUS0601: instruction limit exceeded: 10000000"],
    [["--unlimited", "--max-instructions=5000"], "FUS0601: instruction limit exceeded: 5000"],
  ])("stops an endless loop by %j", async (flags, message) => {
    const { code, err } = await fus(["run", "programs/loop.fsx", ...flags], { cwd });
    expect(code).toBe(5);
    expect(err).toContain(`programs/loop.fsx:1:26: error ${message}`);
    expect(err).toContain("  at loop (programs/loop.fsx:1:26)\n");
  });

  it("bounds depth and allocation", async () => {
    const deep = await fus(["run", "programs/deep.fsx", "--max-stack-depth", "1000"], { cwd });
    expect(deep).toMatchObject({ code: 5, out: "" });
    expect(deep.err).toContain("FUS0603: stack depth limit exceeded: 1000 (actual: 1001)");
    const wide = ["run", "-e", "List.init 1000000 id |> List.length", "--max-allocated-bytes", "100000"];
    expect(await fus(wide)).toMatchObject({ code: 5, out: "" });
  });

  it("bounds neither time, instructions nor allocation of a program that is run, and its depth at 100,000", async () => {
    expect(await fus(["run", "programs/deep.fsx"], { cwd })).toEqual({ code: 0, out: "50000\n", err: "" });
    const runaway = await fus(["run", "programs/runaway.fsx"], { cwd });
    expect(runaway.code).toBe(5);
    expect(runaway.err).toContain("FUS0603: stack depth limit exceeded: 100000 (actual: 100001)");
    // 100,000,000 instructions are the default limit: a call meets it, a run does not.
    const long = await fus(["run", "-e", "let mutable n = 0\nwhile n < 40000000 do n <- n + 1\nn"]);
    expect(long).toMatchObject({ code: 0, out: "40000000\n" });
  });

  it("gives a call the default limits", async () => {
    const { code, err } = await fus(["call", "plugins/calc", "spin", "1"], { cwd });
    expect(code).toBe(5);
    expect(err).toContain("FUS0601: instruction limit exceeded: 100000000");
  });

  it.each(["-1", "1.5", "1e3", "", "soon", "99999999999999999999"])(
    "takes no %j for a number",
    async (text) => {
      const { code, err } = await fus(["run", "-e", "1", `--timeout=${text}`]);
      expect(code).toBe(2);
      expect(err).toContain("--timeout needs a whole number");
    },
  );
});
