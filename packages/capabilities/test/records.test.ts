import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type AuditRecord,
  AuditTrail,
  auditLine,
  auditTarget,
  type CapabilityName,
  EffectTrail,
  MemoryGrantStore,
} from "../src/index.js";
import { AuditLog, AuditLogError, FileGrantStore, GrantFileError } from "../src/node/index.js";

function record(capability: CapabilityName, decision: "allowed" | "denied", at = 0): AuditRecord {
  return { at, plugin: "p", capability, operation: "F.f", decision, durationMs: 0.12345 };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "fusabi-capabilities-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe("audit trail", () => {
  test("a plugin cannot push what it did out by printing or by being denied", () => {
    const trail = new AuditTrail({ capacity: 10 });
    trail.sink(record("fs:write", "allowed", 1));
    trail.sink(record("process:exec", "denied", 2));
    for (let i = 0; i < 1_000; i++) trail.sink(record("stdout:write", "allowed", 3));
    for (let i = 0; i < 5; i++) trail.sink(record("fs:read", "denied", 4));
    expect(trail.records().slice(0, 2)).toMatchObject([{ at: 1 }, { at: 2 }]);
    expect(trail.records()).toHaveLength(17);
    expect(trail.total).toBe(1_007);
    expect(trail.totals().get("stdout:write")).toEqual({ allowed: 1_000, denied: 0 });
  });
});

describe("what a record shows", () => {
  test.each([
    ["https://ada:secret@example.com/a?token=1#x", "https://example.com/a"],
    ["https://example.com?key=1", "https://example.com"],
    ["https://a@b@example.com/a@b", "https://example.com/a@b"],
    ["example.com:443", "example.com:443"],
    ["/var/log/a?b#c", "/var/log/a?b#c"],
    ["x".repeat(2_000), `${"x".repeat(1_024)}…`],
  ])("of %s", (target, shown) => {
    expect(auditTarget(target)).toBe(shown);
  });

  test("no secret of an address is left, whatever it looks like", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const shown = auditTarget(url.replace("://", "://ada:hunter2@"));
        expect(shown).not.toMatch(/hunter2|[?#]/);
      }),
    );
  });

  test("a line is one line, whatever a target holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (target) => {
        const line = auditLine({ ...record("fs:read", "denied"), target });
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(JSON.parse(line)).toMatchObject({ at: "1970-01-01T00:00:00.000Z", durationMs: 0.123 });
      }),
    );
  });
});

describe("audit log", () => {
  test("writes denials at once, the others in time, and is the owner's alone", async () => {
    const path = join(folder(), "audit.jsonl");
    using log = new AuditLog(path, { delayMs: 5 });
    log.sink(record("fs:read", "allowed"));
    expect(readFileSync(path, "utf8")).toBe("");
    log.sink(record("fs:read", "denied"));
    expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(2);
    log.sink(record("fs:read", "allowed"));
    await expect.poll(() => readFileSync(path, "utf8").trim().split("\n").length).toBe(3);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("bounds what waits, and begins new files", () => {
    const root = folder();
    const path = join(root, "audit.jsonl");
    const log = new AuditLog(path, { bufferBytes: 200, maxBytes: 1_000, keep: 2 });
    for (let i = 0; i < 100; i++) log.sink(record("fs:read", "allowed", i));
    log[Symbol.dispose]();
    expect(readdirSync(root).sort()).toEqual(["audit.jsonl", "audit.jsonl.1", "audit.jsonl.2"]);
    expect(readFileSync(`${path}.1`, "utf8").length).toBeLessThan(1_400);
    const last = readFileSync(path, "utf8") || readFileSync(`${path}.1`, "utf8");
    expect(last).toContain('"at":"1970-01-01T00:00:00.099Z"');
  });

  test("what cannot be written fails", () => {
    expect(() => new AuditLog(join(folder(), "no/such/folder/a"))).toThrow(AuditLogError);
    const log = new AuditLog(join(folder(), "a"));
    log[Symbol.dispose]();
    expect(() => log.sink(record("fs:read", "allowed"))).toThrow(/is closed/);
  });
});

describe("remembered answers", () => {
  const plugin = { name: "logs", origin: "/p/plugin.toml" };

  test("are for one name at one origin", async () => {
    for (const store of [new MemoryGrantStore(), new FileGrantStore(join(folder(), "grants.json"))]) {
      await store.remember(plugin, "fs:read", "grant");
      await store.remember(plugin, "net:dns", "deny");
      expect(await store.answers(plugin)).toEqual(
        new Map([
          ["fs:read", "grant"],
          ["net:dns", "deny"],
        ]),
      );
      expect(await store.answers({ ...plugin, origin: "/q/plugin.toml" })).toEqual(new Map());
      await store.forget(plugin, "fs:read");
      expect((await store.list()).map(({ capability }) => capability)).toEqual(["net:dns"]);
    }
  });

  test("changes at the same time are all kept", async () => {
    const path = join(folder(), "grants.json");
    const store = new FileGrantStore(path);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.remember({ ...plugin, name: `p${i}` }, "fs:read", "grant")),
    );
    expect(await new FileGrantStore(path).list()).toHaveLength(20);
  });

  test.each([
    "{",
    "[]",
    '{"version":2,"grants":[]}',
    '{"version":1,"grants":[{}]}',
    '{"version":1,"grants":[{"plugin":{"name":"a","origin":"b"},"capability":"fs:all","answer":"grant","at":1}]}',
    '{"version":1,"grants":[{"plugin":{"name":"a","origin":"b"},"capability":"fs:read","answer":"once","at":1}]}',
  ])("a damaged file grants nothing: %s", async (text) => {
    const path = join(folder(), "grants.json");
    writeFileSync(path, text);
    const store = new FileGrantStore(path);
    await expect(store.answers(plugin)).rejects.toThrow(GrantFileError);
    await expect(store.remember(plugin, "fs:read", "grant")).rejects.toThrow(GrantFileError);
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});

test("an effect trail keeps the first effects, and arguments as far as there is room", () => {
  const trail = new EffectTrail({ capacity: 3 });
  const effect = {
    at: 0,
    plugin: "p",
    capability: "fs:write",
    operation: "File.write",
    target: "/a",
  } as const;
  for (const size of [10_000_000, 10_000_000, 5, 5])
    trail.record({ ...effect, args: ["/a", "x".repeat(size)] });
  expect(trail.total).toBe(4);
  expect(trail.effects().map(({ args }) => args?.length)).toEqual([2, undefined, 2]);
});
