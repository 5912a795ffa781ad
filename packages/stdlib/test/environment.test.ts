import { realpathSync } from "node:fs";
import { defineSandbox } from "@fusabi/capabilities";
import type { AuditEntry } from "@fusabi/vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeLibrary } from "../src/node/index.js";
import { run, thrownBy } from "./program.js";

const PROGRAM =
  "let get (name: string) = Env.get name\nlet set (name: string) (value: string) = Env.set name value";
const sandbox = defineSandbox({ env: { allow: ["FUSABI_TEST", "FUSABI_UNSET", "__proto__"] } });

beforeEach(() => {
  process.env["FUSABI_TEST"] = "shown";
  process.env["FUSABI_HIDDEN"] = "hidden";
});

afterEach(() => {
  delete process.env["FUSABI_TEST"];
  delete process.env["FUSABI_HIDDEN"];
});

describe("environment variables", () => {
  test("are seen as far as the policy goes", () => {
    const audit: AuditEntry[] = [];
    const instance = run(PROGRAM, nodeLibrary(), { sandbox, audit: (entry) => audit.push(entry) });
    expect(instance.call("get", ["FUSABI_TEST"])).toBe("shown");
    expect(instance.call("get", ["FUSABI_UNSET"])).toBeNull();
    expect(instance.call("get", ["__proto__"])).toBeNull();
    expect(thrownBy(() => instance.call("get", ["FUSABI_HIDDEN"]))).toMatchObject({
      code: "FUS0521",
      message: "sandbox violation: environment variable access denied: FUSABI_HIDDEN",
    });
    expect(audit.map((entry) => entry.decision)).toEqual(["allowed", "allowed", "allowed", "denied"]);
  });

  test("without a policy, not at all", () => {
    expect(thrownBy(() => run(PROGRAM, nodeLibrary()).call("get", ["FUSABI_TEST"]))).toMatchObject({
      code: "FUS0521",
    });
  });

  test("are set for the one program only", () => {
    const first = run(PROGRAM, nodeLibrary(), { sandbox });
    const second = run(PROGRAM, nodeLibrary(), { sandbox });
    first.call("set", ["FUSABI_TEST", "changed"]);
    expect(first.call("get", ["FUSABI_TEST"])).toBe("changed");
    expect(second.call("get", ["FUSABI_TEST"])).toBe("shown");
    expect(process.env["FUSABI_TEST"]).toBe("shown");
  });

  test.each(["", "a=b", "a\0"])("have names: %j is none", (name) => {
    expect(thrownBy(() => run(PROGRAM, nodeLibrary(), { sandbox }).call("set", [name, "x"]))).toMatchObject({
      code: "FUS0516",
      message: "Env.set: invalid variable name",
    });
  });

  test("name the folder of temporary files that is the program's own, and nobody else's", () => {
    const own = defineSandbox({ tempDir: "/tmp", env: "deny" });
    expect(run(PROGRAM, nodeLibrary(), { sandbox: own }).call("get", ["TMPDIR"])).toBe(realpathSync("/tmp"));
    const none = defineSandbox({ env: "deny" });
    expect(
      thrownBy(() => run(PROGRAM, nodeLibrary(), { sandbox: none }).call("get", ["TMPDIR"])),
    ).toMatchObject({
      code: "FUS0521",
    });
  });
});
