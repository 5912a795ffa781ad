import { describe, expect, test } from "vitest";
import {
  AuditTrail,
  Capabilities,
  capabilityNames,
  decideName,
  defineLimits,
  defineProfile,
  defineSandbox,
  enginePresets,
  findProfile,
  InvalidLimitError,
  InvalidPolicyError,
  type Limits,
  limits,
  nearestWord,
  profiles,
  type SandboxPolicy,
  SandboxViolationError,
  sandboxPolicies,
  tighterLimits,
  UnknownProfileError,
} from "../src/index.js";

describe("limits", () => {
  test("the numbers are those of the table", () => {
    expect(limits.default).toEqual({
      timeoutMs: 30_000,
      memoryBytes: 67_108_864,
      maxAllocatedBytes: 1_073_741_824,
      maxInstructions: 100_000_000,
      maxStackDepth: 10_000,
      maxOutputBytes: 1_048_576,
      maxFsOps: 100,
      maxNetOps: 10,
      maxConcurrentTasks: 16,
      maxProcesses: 10,
      maxFileBytes: 104_857_600,
      maxConnections: 50,
    });
    expect(limits.strict).toEqual({
      timeoutMs: 5_000,
      memoryBytes: 16_777_216,
      maxAllocatedBytes: 134_217_728,
      maxInstructions: 10_000_000,
      maxStackDepth: 1_000,
      maxOutputBytes: 65_536,
      maxFsOps: 0,
      maxNetOps: 0,
      maxConcurrentTasks: 4,
      maxProcesses: 0,
      maxFileBytes: 0,
      maxConnections: 0,
    });
    expect(Object.keys(limits.unlimited).sort()).toEqual(Object.keys(limits.default).sort());
    expect(new Set(Object.values(limits.unlimited))).toEqual(new Set([null]));
  });

  test("some limits over a base", () => {
    expect(defineLimits({ maxFsOps: null, timeoutMs: 0 })).toEqual({
      ...limits.default,
      maxFsOps: null,
      timeoutMs: 0,
    });
    expect(defineLimits({ maxFsOps: 1 }, limits.strict)).toEqual({ ...limits.strict, maxFsOps: 1 });
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5", {}])("%j is no limit", (value) => {
    expect(() => defineLimits({ maxFsOps: value as number })).toThrow(InvalidLimitError);
  });

  test("an unknown limit is an error that suggests a known one", () => {
    expect(() => defineLimits({ timeout: 5 } as Partial<Limits>)).toThrow(
      "invalid limit timeout: no such limit",
    );
    expect(() => defineLimits({ maxFsOp: 5 } as Partial<Limits>)).toThrow("did you mean maxFsOps?");
    expect(() => defineLimits(JSON.parse('{"__proto__":1}') as Partial<Limits>)).toThrow(InvalidLimitError);
  });

  test("the tighter of two counts, limit by limit", () => {
    const a = defineLimits({ timeoutMs: 1, maxFsOps: null, maxNetOps: 7 });
    const b = defineLimits({ timeoutMs: 2, maxFsOps: 3, maxNetOps: null });
    expect(tighterLimits(a, b)).toEqual({ ...limits.default, timeoutMs: 1, maxFsOps: 3, maxNetOps: 7 });
  });
});

describe("sandbox policies", () => {
  test("the presets deny everything, or allow everything", () => {
    const guards = ({ read, write, net, listen, env, commands }: SandboxPolicy): unknown[] => [
      read,
      write,
      net,
      listen,
      env,
      commands,
    ];
    expect(new Set(guards(sandboxPolicies.default))).toEqual(new Set(["deny"]));
    expect(new Set(guards(sandboxPolicies.locked))).toEqual(new Set(["deny"]));
    expect(new Set(guards(sandboxPolicies.permissive))).toEqual(new Set(["allow"]));
  });

  test("what is made cannot be changed through what it was made from", () => {
    const allow = ["/data"];
    const policy = defineSandbox({ read: { allow } });
    allow.push("/");
    expect(policy.read).toEqual({ allow: ["/data"] });
    expect(Object.isFrozen(policy)).toBe(true);
  });

  test.each<[unknown, string]>([
    [{ read: "yes" }, "read"],
    [{ read: {} }, "read"],
    [{ read: { allow: "/data" } }, "read"],
    [{ read: { allow: [""] } }, "read.allow[0]"],
    [{ env: { deny: ["A", 7] } }, "env.deny[1]"],
    [{ write: { allow: ["a"], except: [] } }, "write"],
    [{ workingDir: "" }, "workingDir"],
    [{ net: { allow: ["https://example.com"] } }, "https://example.com"],
  ])("%j is refused at %s", (policy, place) => {
    expect(() => defineSandbox(policy as Partial<SandboxPolicy>)).toThrow(InvalidPolicyError);
    expect(() => defineSandbox(policy as Partial<SandboxPolicy>)).toThrow(
      `invalid sandbox policy: ${place}: `,
    );
  });

  test("an unknown policy suggests a known one", () => {
    expect(() => defineSandbox({ reed: "allow" } as Partial<SandboxPolicy>)).toThrow("did you mean read?");
  });

  test("names are exact", () => {
    expect(decideName({ allow: ["HOME"] }, "HOME").allowed).toBe(true);
    expect(decideName({ allow: ["HOME"] }, "home").allowed).toBe(false);
    expect(decideName({ allow: ["Path"] }, "PATH", { ignoreCase: true }).allowed).toBe(true);
    expect(decideName({ deny: ["SECRET"] }, "SECRET")).toEqual({
      allowed: false,
      reason: "the policy denies SECRET",
    });
    expect(decideName("allow", "A\0B").allowed).toBe(false);
  });

  test("violations are worded as the language reference says, under its code", () => {
    const texts = (["read", "write", "network", "environment", "command"] as const).map(
      (access) => new SandboxViolationError(access, "X").message,
    );
    expect(texts).toEqual([
      "sandbox violation: read access denied: X",
      "sandbox violation: write access denied: X",
      "sandbox violation: network access denied: X",
      "sandbox violation: environment variable access denied: X",
      "sandbox violation: command not allowed: X",
    ]);
    expect(new SandboxViolationError("read", "a\nb").message).toBe(
      "sandbox violation: read access denied: a\\u{a}b",
    );
    expect(new SandboxViolationError("read", "X").code).toBe("FUS0521");
  });
});

describe("profiles", () => {
  /** Columns of the table: terminal, observability, orchestration, constrained, data-processing, web-service, testing. */
  const TABLE = `
    fs:read          + + + + + + +
    fs:write         + - + + + - +
    fs:delete        - - + + - - +
    fs:metadata      + + + + + + +
    net:request      + + + + - + +
    net:listen       - - + + - + +
    net:dns          + + + + - + +
    process:exec     - - + + - - +
    env:read         + - + + - + +
    env:write        - - + - - - +
    time:read        + + + + + + +
    random           + - + + - + +
    stdin:read       + - + - - - +
    stdout:write     + - + + - + +
    stderr:write     + - + + - + +
    terminal:read    + - + - - - +
    terminal:control + - + - - - +
    metrics          - + + + - + +
    logging          + + + + + + +
    async:spawn      - - + + - + +
    crypto           - - + - - + +
    serialize        + + + + + + +
    plugin:call      - - + + - - +
    plugin:message   - - + + - - +`;
  const rows = TABLE.trim()
    .split("\n")
    .map((line) => line.trim().split(/ +/));

  test.each(Object.values(profiles).map((profile, column) => [profile.name, profile, column] as const))(
    "%s grants what its column marks",
    (_, profile, column) => {
      expect(rows.map(([name]) => name).sort()).toEqual([...capabilityNames]);
      const marked = rows.filter((row) => row[column + 1] === "+").map((row) => row[0] ?? "");
      expect(profile.capabilities.names()).toEqual(marked.sort());
    },
  );

  test("the numbers of members, limits and roots are those of the tables", () => {
    expect(Object.values(profiles).map(({ capabilities }) => capabilities.size)).toEqual([
      15, 8, 24, 19, 6, 15, 24,
    ]);
    expect(profiles.observability.limits.timeoutMs).toBe(5_000);
    expect(profiles.orchestration.limits.timeoutMs).toBe(300_000);
    expect(profiles.dataProcessing.limits.maxFsOps).toBe(10_000);
    expect(profiles.webService.limits.maxNetOps).toBe(1_000);
    for (const profile of Object.values(profiles)) {
      const opens = profile === profiles.terminal || profile === profiles.dataProcessing;
      const roots = opens ? { allow: ["."] } : "deny";
      expect(profile.sandbox, profile.name).toEqual({
        ...sandboxPolicies.default,
        read: roots,
        write: roots,
      });
    }
  });

  test("found by name, the host's own included", () => {
    const own = defineProfile({ name: "reports", summary: "reports", capabilities: ["fs:execute"] });
    expect(own.capabilities.names()).toEqual(["fs:delete", "fs:metadata"]);
    expect(findProfile("reports", [own])).toBe(own);
    expect(findProfile("orchestration-constrained")).toBe(profiles.orchestrationConstrained);
    expect(() => findProfile("terminl")).toThrow(UnknownProfileError);
    expect(() => findProfile("terminl")).toThrow("unknown profile: terminl (did you mean terminal?)");
    expect(() => defineProfile({ name: "Not A Name", summary: "", capabilities: [] })).toThrow(TypeError);
  });

  test("engine presets", () => {
    expect(enginePresets.default.capabilities.equals(Capabilities.safeDefaults())).toBe(true);
    expect(enginePresets.strict).toMatchObject({ limits: limits.strict, sandbox: sandboxPolicies.locked });
    expect(enginePresets.permissive.capabilities.size).toBe(24);
  });
});

describe("audit trail", () => {
  test("keeps the latest records and counts all", () => {
    const trail = new AuditTrail({ capacity: 3 });
    for (let at = 0; at < 10; at++) {
      trail.sink({
        at,
        plugin: "p",
        capability: "random",
        operation: "Random.next",
        decision: "allowed",
        durationMs: 0,
      });
    }
    expect(trail.records().map(({ at }) => at)).toEqual([7, 8, 9]);
    expect(trail.total).toBe(10);
  });

  test("a capacity must be a whole number", () => {
    expect(() => new AuditTrail({ capacity: 0 })).toThrow(RangeError);
  });
});

test.each([
  ["naem", "name"],
  ["api_version", "api-version"],
  ["descripton", "description"],
  ["xyz", undefined],
  ["", undefined],
])("the word nearest to %j is %j", (word, expected) => {
  expect(nearestWord(word, ["name", "version", "api-version", "description"])).toBe(expected);
});
