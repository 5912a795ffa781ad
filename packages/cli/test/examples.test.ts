import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { examplesFolder, fus } from "./fus.js";

const cwd = `${examplesFolder}/plugins`;

interface Summary {
  readonly lines: number;
  readonly unreadable: number;
  readonly levels: readonly (readonly [string, number])[];
  readonly slowest: readonly { readonly path: string; readonly ms: number }[];
  readonly errors: readonly { readonly message: string; readonly count: number }[];
}

describe("the example plugins", () => {
  it("have no mistakes", async () => {
    expect(await fus(["check", "--deny-warnings", "."], { cwd })).toEqual({
      code: 0,
      out: "6 files checked: 0 errors, 0 warnings\n",
      err: "",
    });
  });

  it("summarise a log", async () => {
    const flags = ["--allow-read", "log-summary"];
    const { code, out } = await fus(["call", "log-summary", "summarise", '"app.log"', "2", ...flags], {
      cwd,
    });
    expect(code).toBe(0);
    const { lines, unreadable, levels, slowest, errors } = JSON.parse(out) as Summary;
    expect({ lines, unreadable }).toEqual({ lines: 19, unreadable: 1 });
    expect(levels).toEqual([
      ["DEBUG", 2],
      ["INFO", 9],
      ["WARN", 2],
      ["ERROR", 5],
    ]);
    expect(slowest.map(({ ms }) => ms)).toEqual([2210, 1904]);
    expect(errors.map(({ count }) => count)).toEqual([3, 1, 1]);
  });

  it("lay out a table", async () => {
    const rows = '[["apple", "3"], ["fig", "12.5"], ["melon"]]';
    const { code, out } = await fus(["call", "text-table", "format", '["fruit", "kg"]', rows], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toBe(
      ["fruit    kg", "─────  ────", "apple     3", "fig    12.5", "melon"].join("\n"),
    );
  });

  it("find what is wrong with a configuration", async () => {
    const text = await readFile(`${cwd}/config-check/server.ini`, "utf8");
    const { code, out } = await fus(["call", "config-check", "check", JSON.stringify(text)], { cwd });
    expect(code).toBe(0);
    const problems = JSON.parse(out) as readonly { readonly line: number }[];
    expect(problems.map(({ line }) => line)).toEqual([5, 6, 7, 10, 12, 14]);
  });
});
