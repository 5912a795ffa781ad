import { join } from "node:path";
import { type GrantAnswer, type GrantRequest, MemoryGrantStore, profiles } from "@fusabi/capabilities";
import { FileGrantStore } from "@fusabi/capabilities/node";
import { describe, expect, test } from "vitest";
import { type LoaderOptions, PluginLoader } from "../src/index.js";
import { folderWith, manifestText } from "./plugin-files.js";

const SOURCE = `let read (path: string) = File.read path
let write (path: string) = File.write path "text"
let nothing () = 1
`;

function pluginIn(...lines: readonly string[]): string {
  const folder = folderWith({
    "plugin.toml": manifestText(
      "asker",
      'exports = ["read", "write", "nothing"]',
      ...(lines.length > 0 ? lines : ['capabilities = ["fs:read", "fs:write"]']),
    ),
    "main.fsx": SOURCE,
    "a.txt": "a",
  });
  return join(folder, "plugin.toml");
}

function asking(
  answer: (request: GrantRequest) => GrantAnswer | Promise<GrantAnswer>,
  more: LoaderOptions = {},
) {
  const asked: GrantRequest[] = [];
  const loader = new PluginLoader({
    sandbox: { read: { allow: ["."] }, write: { allow: ["."] } },
    onRequest: (request) => {
      asked.push(request);
      return answer(request);
    },
    ...more,
  });
  return { loader, asked, names: () => asked.map(({ capability }) => capability) };
}

const denied = (capability: string) => ({
  fault: { code: "FUS0520", message: `capability denied: ${capability}` },
});

describe("asked at load", () => {
  test("for what the manifest lists beyond the standing grant, with what there is to know", async () => {
    const path = pluginIn();
    const { loader, asked } = asking(async (): Promise<GrantAnswer> => "grant", {
      capabilities: ["fs:write"],
    });
    await using plugin = await loader.loadFromManifest(path);
    expect(asked).toMatchObject([
      {
        plugin: { name: "asker", origin: path },
        version: "1.0.0",
        capability: "fs:read",
        info: { risk: "low" },
        occasion: "load",
        uses: [expect.stringMatching(/^File\.read at .*main\.fsx:1:27$/)],
      },
    ]);
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
  });

  test("a denial refuses the plugin, and is remembered", async () => {
    const path = pluginIn();
    const { loader, names } = asking(({ capability }) => (capability === "fs:write" ? "deny" : "grant"));
    await expect(loader.loadFromManifest(path)).rejects.toMatchObject({
      code: "MISSING_CAPABILITY",
      missing: [{ capability: "fs:write" }],
    });
    await expect(loader.loadFromManifest(path)).rejects.toMatchObject({ code: "MISSING_CAPABILITY" });
    expect(names()).toEqual(["fs:read", "fs:write"]);
  });

  test("once lasts as long as the plugin is loaded, reloads included", async () => {
    const path = pluginIn('capabilities = ["fs:read", "fs:write"]');
    const { loader, names } = asking(() => "once");
    const plugin = await loader.loadFromManifest(path);
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
    await plugin.reload();
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
    await plugin.unload();
    expect(names()).toEqual(["fs:read", "fs:write"]);
    await using _ = await loader.loadFromManifest(path);
    expect(names()).toHaveLength(4);
  });

  test("answers are kept in a file, for this plugin at this place alone", async () => {
    const path = pluginIn();
    const file = join(folderWith(), "grants.json");
    const first = asking(() => "grant", { grantStore: new FileGrantStore(file) });
    await (await first.loader.loadFromManifest(path)).unload();
    const second = asking(() => "deny", { grantStore: new FileGrantStore(file) });
    await (await second.loader.loadFromManifest(path)).unload();
    expect(second.asked).toEqual([]);
    await expect(second.loader.loadFromManifest(pluginIn())).rejects.toMatchObject({
      code: "MISSING_CAPABILITY",
    });
  });

  test("an answer that is none, and a callback that fails, fail the load", async () => {
    const path = pluginIn();
    await expect(asking(() => "maybe" as GrantAnswer).loader.loadFromManifest(path)).rejects.toThrow(
      /must answer grant, deny or once/,
    );
    const failing = asking(() => {
      throw new Error("no terminal");
    });
    await expect(failing.loader.loadFromManifest(path)).rejects.toThrow("no terminal");
  });
});

describe("asked before a call", () => {
  test("for what the function can reach, and nothing else", async () => {
    const { loader, names, asked } = asking(async (): Promise<GrantAnswer> => "grant", { askAt: "call" });
    await using plugin = await loader.loadFromManifest(pluginIn());
    expect(await plugin.call("nothing")).toBe(1);
    expect(names()).toEqual([]);
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
    expect(asked).toMatchObject([{ capability: "fs:read", occasion: "call", fn: "read" }]);
  });

  test("once is for that call alone", async () => {
    const { loader, names } = asking(async (): Promise<GrantAnswer> => "once", { askAt: "call" });
    await using plugin = await loader.loadFromManifest(pluginIn());
    await plugin.call("read", ["a.txt"]);
    await plugin.call("read", ["a.txt"]);
    expect(names()).toEqual(["fs:read", "fs:read"]);
    expect(plugin.capabilities.has("fs:read")).toBe(false);
  });

  test("a denial is the program's to catch, and is not asked again", async () => {
    const { loader, names } = asking(() => "deny", { askAt: "call" });
    await using plugin = await loader.loadFromManifest(pluginIn());
    await expect(plugin.call("read", ["a.txt"])).rejects.toMatchObject(denied("fs:read"));
    await expect(plugin.call("read", ["a.txt"])).rejects.toMatchObject(denied("fs:read"));
    expect(names()).toEqual(["fs:read"]);
    expect(plugin.audit).toMatchObject([{ decision: "denied" }, { decision: "denied" }]);
  });

  test("a call that cannot wait takes an answer at once, and leaves a later one to later calls", async () => {
    const atOnce = asking(() => "grant", { askAt: "call" });
    await using plugin = await atOnce.loader.loadFromManifest(pluginIn());
    expect(plugin.callSync("read", ["a.txt"])).toBe("a");
    const later = asking(async (): Promise<GrantAnswer> => "grant", { askAt: "call" });
    await using other = await later.loader.loadFromManifest(pluginIn());
    expect(() => other.callSync("read", ["a.txt"])).toThrow("capability denied: fs:read");
    await new Promise((done) => setTimeout(done, 10));
    expect(other.callSync("read", ["a.txt"])).toBe("a");
    expect(later.names()).toEqual(["fs:read"]);
  });

  test("calls at the same time share one question", async () => {
    const { loader, names } = asking(
      () => new Promise<GrantAnswer>((resolve) => setTimeout(() => resolve("grant"), 20)),
      { askAt: "call" },
    );
    await using plugin = await loader.loadFromManifest(pluginIn());
    expect(await Promise.all([1, 2, 3].map(() => plugin.call("read", ["a.txt"])))).toEqual(["a", "a", "a"]);
    expect(names()).toEqual(["fs:read"]);
  });
});

describe("taken back", () => {
  test("from one plugin: the next use is denied, and it is asked for at the next load", async () => {
    const grantStore = new MemoryGrantStore();
    const { loader, names } = asking(() => "grant", { grantStore });
    const path = pluginIn();
    const plugin = await loader.loadFromManifest(path);
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
    await loader.revokeFrom("asker", "fs:read");
    await expect(plugin.call("read", ["a.txt"])).rejects.toMatchObject(denied("fs:read"));
    await expect(plugin.call("read", ["a.txt"])).rejects.toMatchObject(denied("fs:read"));
    await plugin.call("write", ["b.txt"]);
    await plugin.reload();
    await expect(plugin.call("read", ["a.txt"])).rejects.toMatchObject(denied("fs:read"));
    await loader.grantTo("asker", "fs:read");
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
    await loader.revokeFrom("asker", "fs:read");
    expect(grantStore.list().map(({ capability }) => capability)).toEqual(["fs:write"]);
    await plugin.unload();
    await using _ = await loader.loadFromManifest(path);
    expect(names()).toEqual(["fs:read", "fs:write", "fs:read"]);
  });

  test("from all: no answer grants it until the host grants it again", async () => {
    const { loader, names } = asking(() => "grant", { askAt: "call" });
    await using plugin = await loader.loadFromManifest(pluginIn());
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
    loader.revoke("fs:read");
    await expect(plugin.call("read", ["a.txt"])).rejects.toMatchObject(denied("fs:read"));
    expect(names()).toEqual(["fs:read"]);
    loader.grant("fs:read");
    expect(await plugin.call("read", ["a.txt"])).toBe("a");
  });
});

describe("profiles", () => {
  test("a manifest that names a profile must get by with it", async () => {
    const lines = ['capabilities = ["fs:delete"]', "[metadata]", 'profile = "terminal"'];
    const loader = new PluginLoader({ capabilities: ["fs:delete"] });
    await expect(loader.loadFromManifest(pluginIn(...lines))).rejects.toMatchObject({
      code: "INCOMPATIBLE_PROFILE",
      message: "plugin asker is not compatible with profile terminal: needs fs:delete",
    });
    await expect(
      loader.loadFromManifest(pluginIn('capabilities = ["fs:read"]', "[metadata]", 'profile = "terminl"')),
    ).rejects.toMatchObject({ code: "UNKNOWN_PROFILE" });
  });

  test("a plugin that was made for another profile than the host's is told so", async () => {
    const loader = new PluginLoader({ profile: "observability" });
    await expect(
      loader.loadFromManifest(
        pluginIn('capabilities = ["fs:read", "fs:write"]', "[metadata]", 'profile = "terminal"'),
      ),
    ).rejects.toMatchObject({
      code: "INCOMPATIBLE_PROFILE",
      profile: "observability",
      capabilities: ["fs:write"],
    });
  });

  test("testing is a dry run: what would be written is told instead", async () => {
    const path = pluginIn();
    const loader = new PluginLoader({
      profile: profiles.testing,
      sandbox: { read: { allow: ["."] }, write: { allow: ["."] } },
    });
    await using plugin = await loader.loadFromManifest(path);
    expect(await plugin.call("write", ["b.txt"])).toBeUndefined();
    await expect(plugin.call("read", ["b.txt"])).rejects.toThrow(/No such file/);
    await expect(plugin.call("write", ["../b.txt"])).rejects.toMatchObject({ fault: { code: "FUS0521" } });
    expect(plugin.effects).toMatchObject([
      {
        plugin: "asker",
        capability: "fs:write",
        operation: "File.write",
        target: expect.stringMatching(/b\.txt$/),
        args: ["b.txt", "text"],
      },
    ]);
    expect(plugin.audit[0]).toMatchObject({ operation: "File.write", decision: "allowed", rehearsed: true });
  });

  test("privileged audit leaves the safe defaults out, and counts them", async () => {
    const folder = folderWith({
      "p.fsx": 'let say () = printfn "hi"\nlet read () = File.read "a.txt"\n',
      "a.txt": "a",
    });
    const loader = new PluginLoader({
      capabilities: ["fs:read"],
      sandbox: { read: { allow: ["."] } },
      auditLevel: "privileged",
      onOutput: () => undefined,
    });
    await using plugin = await loader.loadSource(join(folder, "p.fsx"));
    await plugin.call("say");
    await plugin.call("read");
    expect(plugin.audit.map(({ operation }) => operation)).toEqual(["File.read"]);
    expect(plugin.capabilityUses.get("stdout:write")).toEqual({ allowed: 1, denied: 0 });
  });
});
