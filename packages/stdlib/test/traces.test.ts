import { readFileSync } from "node:fs";
import { decodeModule, FusabiError, instantiate } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { bytecodeOf, thrownBy } from "./program.js";

const imports = standardLibrary();
const source = readFileSync(new URL("programs/traces.fsx", import.meta.url), "utf8");
const instance = instantiate(decodeModule(bytecodeOf(source, imports)), { imports });

/** `name line:column`, with a star where the function was entered by a tail call. */
function traceOf(name: string, ...args: readonly unknown[]): readonly string[] {
  const error = thrownBy(() => instance.call(name, args));
  expect(error).toBeInstanceOf(FusabiError);
  expect(error).toMatchObject({ code: "FUS0503" });
  return (error as FusabiError).trace.map(
    ({ functionName, line, column, tailCalled }) =>
      `${functionName} ${line}:${column}${tailCalled === true ? " *" : ""}`,
  );
}

describe("a trace goes through", () => {
  test("calls by name", () => {
    expect(traceOf("careful", 1, 0)).toEqual(["divide 2:7", "careful 5:20"]);
  });

  test("tail calls, which are marked", () => {
    expect(traceOf("viaTail", 1)).toEqual(["divide 2:7 *", "viaTail 13:20"]);
    expect(traceOf("last", 1, 0)).toEqual(["divide 2:7"]);
  });

  test("closures and functions of the library", () => {
    const trace = traceOf("viaClosure", 1);
    expect(trace.slice(0, 3)).toEqual(["divide 2:7", "careful 5:20", "inner 18:24"]);
    expect(trace.at(-1)).toBe("viaClosure 20:19");
    expect(trace.some((entry) => entry.startsWith("map"))).toBe(true);
  });

  test("functions of the library that call back from native code", () => {
    const trace = traceOf("viaSort", 1);
    expect(trace.slice(0, 2)).toEqual(["divide 2:7", "careful 5:20"]);
    expect(trace.at(-1)).toMatch(/^viaSort 24:/);
  });

  test("partial applications", () => {
    expect(traceOf("viaPartial", 1)).toEqual(["divide 2:7", "careful 5:20", "viaPartial 29:18"]);
  });

  test("recursion, as far as it is kept", () => {
    const trace = traceOf("deep", 1000);
    expect(trace).toHaveLength(64);
    expect(new Set(trace.slice(3)).size).toBe(1);
  });

  test("what catches it and raises it again, once", () => {
    expect(traceOf("again", 1)).toEqual(["divide 2:7", "careful 5:20", "again 37:13"]);
  });
});
