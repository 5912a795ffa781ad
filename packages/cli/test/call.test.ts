import { describe, expect, it } from "vitest";
import { fus } from "./fus.js";

const cwd = import.meta.dirname;

describe("fus call", () => {
  it.each([
    ["add", ["1", "-2"], "-1"],
    ["greet", ['"Ada"'], '"Hello, Ada"'],
    ["next", ["9007199254740993"], "9007199254740994"],
    ["next", ["9223372036854775807"], "-9223372036854775808"],
    ["next", ["-9223372036854775808"], "-9223372036854775807"],
    ["swap", ['[1, "a"]'], '["a", 1]'],
    ["counts", ['["a", "b", "a"]'], '{"a": 2, "b": 1}'],
    ["counts", ['["__proto__"]'], '{"__proto__": 1}'],
    ["find", ['"one"'], "1"],
    ["find", ['"two"'], "null"],
    ["area", ['{"tag": "Square", "fields": [4]}'], "16"],
  ])("calls %s with %j", async (fn, args, result) => {
    expect(await fus(["call", "plugins/calc", fn, ...args], { cwd })).toEqual({
      code: 0,
      out: `${result}\n`,
      err: "",
    });
  });

  it("reports a failing call at its place in the program", async () => {
    const { code, out, err } = await fus(["call", "plugins/calc", "fail", '"boom"'], { cwd });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^plugins\/calc\/main\.fsx:17:33: error FUS0519: boom\n 17 \| let fail/);
    expect(err).toMatch(/ {2}at fail \(plugins\/calc\/main\.fsx:17:33\)\n$/);
  });

  it("loads a plugin for an older API of the same major version, and none for a newer one", async () => {
    expect((await fus(["call", "plugins/calc", "add", "1", "1"], { cwd })).code).toBe(0);
    const { code, err } = await fus(["call", "plugins/future", "main"], { cwd });
    expect(code).toBe(3);
    expect(err).toContain(
      "plugins/future/plugin.toml:3:15: error API_VERSION_MISMATCH: plugin future needs API version 0.22.0",
    );
  });

  it.each([
    [["ad", "1", "2"], "exports no ad (did you mean add?)"],
    [["add", "1"], "takes 2 argument"],
    [["add", "1", "2", "3"], "takes 2 argument"],
    [["add", "1.5", "2"], "expected int"],
    [["add", "one", "2"], "argument 1 is no JSON value"],
    [["add", "1", "[1"], "argument 2 is no JSON value"],
    [["greet", '"a" "b"'], "argument 1 is no JSON value"],
    [["next", "9223372036854775808"], "does not fit 64 bits"],
    [["counts", "[".repeat(100_000)], "nested deeper than 500"],
  ])("refuses %j as wrong usage", async (args, message) => {
    const { code, out, err } = await fus(["call", "plugins/calc", ...args], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  it.each(["later", "notNumber"])("says that the result of %s has no form in JSON", async (fn) => {
    const { code, err } = await fus(["call", "plugins/calc", fn, ...(fn === "later" ? ["1"] : [])], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(/^fus: the result has no form in JSON: \$ is (a function|NaN)\n$/);
  });
});
