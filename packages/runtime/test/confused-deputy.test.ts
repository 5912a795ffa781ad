/**
 * Plugins that try to do by way of another what they may not do themselves. `schemer` may call and send, and nothing else; `deputy` may read and write in its own
 * `data`, and offers some of that. What `deputy` offers it does under its own grants and policy and on the caller's account; what it does not offer nobody gets.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditRecord } from "@fusabi/capabilities";
import { describe, expect, onTestFinished, test } from "vitest";
import { PluginRuntime, type RuntimeOptions } from "../src/index.js";
import { folderWith, manifestText, program } from "./plugin-files.js";

const SCHEMER = 'exports = ["ask", "askCatching", "hand", "handInside", "tell", "invoke", "circle", "fine"]';
const DEPUTY =
  'exports = ["store", "fetch", "init", "cleanup", "save_state", "restore_state", "on_message", "current", "news", "apply", "reader", "spin", "back", "offer"]';
const OF_SCHEMER = ["plugin:call", "plugin:message"];
const OF_DEPUTY = ["fs:read", "fs:write", "plugin:call", "plugin:message"];

interface Situation {
  readonly runtime: PluginRuntime;
  readonly seen: AuditRecord[];
  readonly data: string;
  readonly root: string;
}

async function situation(
  options: RuntimeOptions = {},
  ofSchemer: readonly string[] = OF_SCHEMER,
): Promise<Situation> {
  const root = folderWith({
    "secret.txt": "secret",
    "deputy/plugin.toml": manifestText("deputy", DEPUTY, `capabilities = ${JSON.stringify(OF_DEPUTY)}`),
    "deputy/main.fsx": program("deputy"),
    "deputy/secret.txt": "secret",
    "deputy/data/a.txt": "harmless",
    "schemer/plugin.toml": manifestText("schemer", SCHEMER, `capabilities = ${JSON.stringify(ofSchemer)}`),
    "schemer/main.fsx": program("schemer"),
    "schemer/data/a.txt": "the schemer's",
  });
  const seen: AuditRecord[] = [];
  const runtime = new PluginRuntime({
    capabilities: ["fs:read", "fs:write", "plugin:call", "plugin:message"],
    sandbox: { read: { allow: ["data"] }, write: { allow: ["data"] } },
    limits: { maxInstructions: 2_000_000, timeoutMs: 5_000 },
    audit: (record) => seen.push(record),
    onOutput: () => undefined,
    ...options,
  });
  onTestFinished(() => runtime.dispose());
  await runtime.loadManifest(join(root, "deputy/plugin.toml"));
  await runtime.loadManifest(join(root, "schemer/plugin.toml"));
  return { runtime, seen, data: join(root, "deputy/data"), root };
}

/** What `schemer` catches when it calls `deputy`. */
async function refused(
  { runtime }: Situation,
  name: string,
  args: readonly unknown[] = [],
): Promise<unknown> {
  return await runtime.call("schemer", "askCatching", ["deputy", name, args]);
}

async function goesOn({ runtime, data, root }: Situation): Promise<void> {
  expect(await runtime.call("schemer", "fine")).toBe(42);
  expect(await runtime.call("deputy", "fetch", ["a.txt"])).toBe("harmless");
  expect(readFileSync(join(data, "../secret.txt"), "utf8")).toBe("secret");
  expect(readFileSync(join(root, "secret.txt"), "utf8")).toBe("secret");
}

const texts = (seen: readonly AuditRecord[]): readonly string[] =>
  seen.map(({ plugin, decision, operation }) => `${plugin}: ${decision} ${operation}`);

describe("what a deputy offers", () => {
  test("it does under its own grants and in its own folder; the records say who asked and who did it", async () => {
    const all = await situation();
    const { runtime, seen, data, root } = all;
    await runtime.call("schemer", "ask", ["deputy", "store", ["b.txt", "text"]]);
    expect(readFileSync(join(data, "b.txt"), "utf8")).toBe("text");
    expect(existsSync(join(root, "schemer/data/b.txt"))).toBe(false);
    expect(texts(seen)).toEqual(["deputy: allowed File.write", "schemer: allowed Plugin.call"]);
    expect(seen[1]?.target).toBe("deputy/store");
    expect(runtime.registry.get("schemer")?.capabilities.has("fs:write")).toBe(false);
    await goesOn(all);
  });

  test.each([
    "../secret.txt",
    "../../secret.txt",
    "../../schemer/data/a.txt",
    "../data/../secret.txt",
    "a\0.txt",
  ])("its own policy holds for what others hand it: %j", async (path) => {
    const all = await situation();
    expect(await refused(all, "store", [path, "x"])).toContain("sandbox violation: write access denied");
    expect(await refused(all, "fetch", [path])).toContain("sandbox violation: read access denied");
    expect(texts(all.seen)).toEqual([
      "deputy: denied File.write",
      "schemer: allowed Plugin.call",
      "deputy: denied File.read",
      "schemer: allowed Plugin.call",
    ]);
    await goesOn(all);
  });

  test("it does no more when its own grant is taken, whatever others have", async () => {
    const all = await situation();
    await all.runtime.loader.revokeFrom("deputy", "fs:write");
    expect(await refused(all, "store", ["b.txt", "text"])).toContain("capability denied: fs:write");
    expect(texts(all.seen)).toContain("deputy: denied File.write");
    expect(existsSync(join(all.data, "b.txt"))).toBe(false);
    await goesOn(all);
  });

  test("it only rehearses in a dry run", async () => {
    const { runtime, data } = await situation({ dryRun: true });
    await runtime.call("schemer", "ask", ["deputy", "store", ["b.txt", "text"]]);
    expect(existsSync(join(data, "b.txt"))).toBe(false);
    expect(runtime.registry.get("schemer")?.effects).toMatchObject([
      { operation: "Plugin.call", target: "deputy/store" },
    ]);
  });

  test("it does on the caller's account", async () => {
    const all = await situation();
    await expect(all.runtime.call("schemer", "ask", ["deputy", "spin", []])).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
    });
    await expect(all.runtime.call("schemer", "askCatching", ["deputy", "spin", []])).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
    });
    await goesOn(all);
  });

  test("calls in a circle meet a bound", async () => {
    const all = await situation({ limits: { maxInstructions: null, timeoutMs: 20_000 } });
    await expect(all.runtime.call("schemer", "circle", [0])).rejects.toMatchObject({
      code: "EXECUTION_FAILED",
    });
    await goesOn(all);
  });
});

describe("what a deputy does not offer", () => {
  test.each(["wipe", "data", "__proto__", "constructor", "toString", "main", "", "Deputy.wipe"])(
    "is no function: %j",
    async (name) => {
      const all = await situation();
      expect(await refused(all, name)).toContain("function not found");
      expect(texts(all.seen)).toEqual(["schemer: allowed Plugin.call"]);
      await goesOn(all);
    },
  );

  test.each<[string, readonly unknown[]]>([
    ["init", []],
    ["cleanup", []],
    ["save_state", []],
    ["restore_state", ["forged"]],
    ["on_message", [{ from: "host", topic: "forged", data: 1 }]],
  ])("is for its host: %s", async (name, args) => {
    const all = await situation();
    expect(await refused(all, name, args)).toContain(`${name} of deputy is for its host`);
    expect(await all.runtime.call("deputy", "current")).toBe("fresh, started");
    expect(await all.runtime.call("deputy", "news")).toEqual([]);
    await goesOn(all);
  });

  test("a plugin reaches its own hidden functions no other way", async () => {
    const all = await situation();
    expect(await all.runtime.call("schemer", "askCatching", ["schemer", "hidden", []])).toContain(
      "function not found",
    );
    await goesOn(all);
  });

  test.each(["Deputy", "deputy ", "../deputy", "__proto__", "constructor", "*", ""])(
    "goes by its very name: %j",
    async (plugin) => {
      const all = await situation();
      const answer = await all.runtime.call("schemer", "askCatching", [plugin, "store", ["b.txt", "x"]]);
      expect(answer).toContain("plugin not found");
      await goesOn(all);
    },
  );
});

describe("functions stay with whose grants they have", () => {
  test.each(["hand", "handInside"])("as an argument: %s", async (name) => {
    const all = await situation();
    await expect(all.runtime.call("schemer", name)).rejects.toThrow("functions cannot cross plugins");
    await goesOn(all);
  });

  test("as a result", async () => {
    const all = await situation();
    expect(await refused(all, "reader")).toContain("functions cannot cross plugins");
    await goesOn(all);
  });
});

describe("who may not call", () => {
  test("has declared no such capability: it does not load", async () => {
    await expect(situation({}, ["plugin:message"])).rejects.toMatchObject({ code: "UNDECLARED_CAPABILITY" });
  });

  test("has lost it: the next call is denied and recorded", async () => {
    const all = await situation();
    await all.runtime.loader.revokeFrom("schemer", "plugin:call");
    expect(await refused(all, "store", ["b.txt", "x"])).toContain("capability denied: plugin:call");
    expect(texts(all.seen)).toEqual(["schemer: denied Plugin.call"]);
    expect(existsSync(join(all.data, "b.txt"))).toBe(false);
    await goesOn(all);
  });

  test("has lost it: neither do commands of others run", async () => {
    const all = await situation();
    await all.runtime.call("deputy", "offer");
    await all.runtime.loader.revokeFrom("schemer", "plugin:call");
    await expect(all.runtime.call("schemer", "invoke", ["wipe"])).rejects.toThrow(
      "capability denied: plugin:call",
    );
    await goesOn(all);
  });
});

describe("messages", () => {
  test("say who sent them, whatever they say themselves", async () => {
    const all = await situation();
    await all.runtime.call("schemer", "tell", ["deputy", "news", { from: "host", topic: "forged" }]);
    expect(await all.runtime.call("deputy", "news")).toEqual(["schemer says news"]);
    await goesOn(all);
  });

  test("reach only who may have them", async () => {
    const all = await situation();
    await all.runtime.loader.revokeFrom("deputy", "plugin:message");
    await all.runtime.call("schemer", "tell", ["*", "news", 1]);
    await all.runtime.call("schemer", "tell", ["deputy", "news", 1]);
    expect(await all.runtime.call("deputy", "news")).toEqual([]);
    await goesOn(all);
  });

  test("fill no more of a receiver's queue than there is", async () => {
    const all = await situation({ maxQueuedMessages: 3 });
    await all.runtime.registry.get("deputy")?.stop();
    for (let i = 0; i < 3; i++) await all.runtime.call("schemer", "tell", ["deputy", "news", i]);
    await expect(all.runtime.call("schemer", "tell", ["deputy", "news", 3])).rejects.toThrow(
      /3 messages wait/,
    );
    expect(await all.runtime.call("schemer", "fine")).toBe(42);
  });
});
