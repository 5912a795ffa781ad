import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Capabilities,
  CapabilityDeniedError,
  type CapabilityName,
  capabilityNames,
  describeCapability,
  expandCapability,
  parseCapability,
  UnknownCapabilityError,
} from "../src/index.js";

describe("names", () => {
  test("there are 24, sorted, each described", () => {
    expect(capabilityNames).toHaveLength(24);
    expect([...capabilityNames].sort()).toEqual(capabilityNames);
    for (const name of capabilityNames) expect(describeCapability(name).summary).not.toBe("");
  });

  test("the dangerous ones are those of the table", () => {
    expect(capabilityNames.filter((name) => describeCapability(name).dangerous)).toEqual([
      "env:write",
      "fs:delete",
      "fs:write",
      "net:listen",
      "process:exec",
      "terminal:control",
    ]);
    for (const name of capabilityNames) {
      const { dangerous, risk } = describeCapability(name);
      expect(dangerous).toBe(risk === "high");
    }
  });

  test.each([
    ["sys:time", "time:read"],
    ["sys:env", "env:read"],
    ["sys:exec", "process:exec"],
    ["fs:read", "fs:read"],
    ["fs:execute", undefined],
    ["FS:READ", undefined],
    ["__proto__", undefined],
    ["constructor", undefined],
    ["", undefined],
  ])("parseCapability(%j) is %j", (name, expected) => {
    expect(parseCapability(name)).toBe(expected);
  });

  test("fs:execute stands for two", () => {
    expect(expandCapability("fs:execute")).toEqual(["fs:delete", "fs:metadata"]);
    const set = Capabilities.of("fs:execute");
    expect(set.names()).toEqual(["fs:delete", "fs:metadata"]);
    expect(set.has("fs:execute")).toBe(true);
    expect(set.without("fs:delete").has("fs:execute")).toBe(false);
  });
});

describe("sets", () => {
  const someNames = fc.subarray([...capabilityNames]);

  test("the safe defaults are the six of the table", () => {
    expect(Capabilities.safeDefaults().names()).toEqual([
      "logging",
      "random",
      "serialize",
      "stderr:write",
      "stdout:write",
      "time:read",
    ]);
    expect(Capabilities.safeDefaults().hasDangerous()).toBe(false);
    expect(Capabilities.all().size).toBe(24);
    expect(Capabilities.none().size).toBe(0);
  });

  test("an unknown name fails, and the nearest known one is suggested", () => {
    expect(() => Capabilities.of("fs:read", "fs:wriet")).toThrow(UnknownCapabilityError);
    expect(() => Capabilities.of("fs:wriet")).toThrow(
      "unknown capability: fs:wriet (did you mean fs:write?)",
    );
    expect(() => Capabilities.all().has("file-read")).toThrow(UnknownCapabilityError);
    expect(() => Capabilities.none().missing(["zzzzzzzzzzzz"])).toThrow(/^unknown capability: zzzzzzzzzzzz$/);
  });

  test("hostile names are shown harmlessly", () => {
    expect(() => Capabilities.of("\u001b[2J\u202efs")).toThrow("unknown capability: \\u{1b}[2J\\u{202e}fs");
    expect(() => Capabilities.of("x".repeat(1_000_000))).toThrow(/^unknown capability: x{200}…$/);
    expect(() => Capabilities.of(7 as unknown as string)).toThrow("unknown capability: 7");
  });

  test("require throws the first missing capability under its language code", () => {
    const error = catchError(() => Capabilities.of("fs:read").require("fs:execute"));
    expect(error).toBeInstanceOf(CapabilityDeniedError);
    expect(error).toMatchObject({
      code: "FUS0520",
      capability: "fs:delete",
      message: "capability denied: fs:delete",
    });
    expect(() => Capabilities.of("fs:read").require("fs:read")).not.toThrow();
  });

  test("sets are immutable and sorted whatever was put in", () => {
    const before = Capabilities.of("random");
    before.with("fs:read");
    (before.names() as CapabilityName[]).push("fs:write");
    expect(before.names()).toEqual(["random"]);
    expect(JSON.stringify(Capabilities.of("random", "crypto", "random"))).toBe('["crypto","random"]');
    expect(String(Capabilities.of("random", "crypto"))).toBe("{crypto, random}");
  });

  test("union, intersection, difference and missing agree with those of sets", () => {
    fc.assert(
      fc.property(someNames, someNames, (left, right) => {
        const [a, b] = [Capabilities.of(...left), Capabilities.of(...right)];
        const both = left.filter((name) => right.includes(name));
        const onlyRight = right.filter((name) => !left.includes(name));
        expect([...a.union(b)]).toEqual([...new Set([...left, ...right])].sort());
        expect([...a.intersect(b)]).toEqual(both.sort());
        expect(a.missing(b)).toEqual(onlyRight.sort());
        expect(b.without(...left).names()).toEqual(onlyRight);
        expect(a.equals(b)).toBe(a.union(b).size === a.intersect(b).size);
      }),
    );
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}
