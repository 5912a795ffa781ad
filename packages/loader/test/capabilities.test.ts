import { symlinkSync } from "node:fs";
import { join } from "node:path";
import type { AuditRecord } from "@fusabi/capabilities";
import type { Plugin } from "@fusabi/plugin";
import { describe, expect, test } from "vitest";
import { type LoaderOptions, PluginLoader } from "../src/index.js";
import { folderWith, manifestText, program } from "./plugin-files.js";

/** A plugin that may read what is in `data`, in a folder with more than that. */
async function reader(
  options: LoaderOptions = {},
): Promise<{ plugin: Plugin; loader: PluginLoader; folder: string }> {
  const folder = folderWith({
    "plugin.toml": manifestText("reader", 'capabilities = ["fs:read"]', 'exports = ["read", "tryRead"]'),
    "main.fsx": program("reader"),
    "data/allowed.txt": "allowed",
    "database/secret.txt": "secret",
  });
  symlinkSync(join(folder, "database"), join(folder, "data/link"));
  const loader = new PluginLoader({
    capabilities: ["fs:read"],
    sandbox: { read: { allow: ["data"] } },
    ...options,
  });
  return { plugin: await loader.loadFromManifest(join(folder, "plugin.toml")), loader, folder };
}

describe("at a call", () => {
  test("a granted function stays inside the policy, from the plugin's own folder", async () => {
    const { plugin, folder } = await reader();
    await using _ = plugin;
    expect(await plugin.call("read", ["data/allowed.txt"])).toBe("allowed");
    expect(await plugin.call("read", [join(folder, "data/allowed.txt")])).toBe("allowed");
    for (const path of [
      "database/secret.txt",
      "data/../database/secret.txt",
      "data/link/secret.txt",
      "/etc/passwd",
      "main.fsx",
    ]) {
      await expect(plugin.call("read", [path])).rejects.toMatchObject({
        code: "EXECUTION_FAILED",
        fault: { code: "FUS0521", message: expect.stringContaining("sandbox violation: read access denied") },
      });
    }
    expect(await plugin.call("tryRead", ["/etc/passwd"])).toContain("refused: sandbox violation");
    expect(plugin.state).toBe("running");
  });

  test("the host's own working folder", async () => {
    const { folder } = await reader();
    const { plugin } = await reader({
      sandbox: { workingDir: join(folder, "data"), read: { allow: ["."] } },
    });
    await using _ = plugin;
    expect(await plugin.call("read", ["allowed.txt"])).toBe("allowed");
  });

  test("nothing is readable unless a policy says so", async () => {
    const { plugin } = await reader({ sandbox: {} });
    await using _ = plugin;
    await expect(plugin.call("read", ["data/allowed.txt"])).rejects.toMatchObject({
      fault: { code: "FUS0521" },
    });
  });

  test("a grant that is taken back counts from the next use on", async () => {
    const { plugin, loader } = await reader();
    await using _ = plugin;
    expect(plugin.capabilities.has("fs:read")).toBe(true);
    loader.revoke("fs:read");
    expect(plugin.capabilities.has("fs:read")).toBe(false);
    await expect(plugin.call("read", ["data/allowed.txt"])).rejects.toMatchObject({
      fault: { code: "FUS0520", message: expect.stringContaining("capability denied: fs:read") },
    });
    loader.grant("fs:read");
    expect(await plugin.call("read", ["data/allowed.txt"])).toBe("allowed");
    expect(() => loader.grant("fs:raed")).toThrow(/did you mean/);
  });

  test("a grant of more does not reach beyond the declaration", async () => {
    const { plugin, loader } = await reader();
    await using _ = plugin;
    loader.grant("fs:write", "process:exec");
    expect(plugin.capabilities.has("fs:write")).toBe(false);
    expect(plugin.capabilities.names()).toEqual([
      "fs:read",
      "logging",
      "random",
      "serialize",
      "stderr:write",
      "stdout:write",
      "time:read",
    ]);
  });

  test("a file without manifest declares what it needs, loads, and gets what the host grants", async () => {
    const folder = folderWith({ "reader.fsx": program("reader"), "a.txt": "a" });
    const path = join(folder, "reader.fsx");
    await using denied = await new PluginLoader().loadSource(path);
    expect(denied.manifest.capabilities).toEqual(["fs:read"]);
    expect(denied.capabilities.has("fs:read")).toBe(false);
    await expect(denied.call("read", ["a.txt"])).rejects.toThrow(/capability denied: fs:read/);
    await using granted = await new PluginLoader({
      capabilities: ["fs:read", "fs:write"],
      sandbox: { read: { allow: ["."] } },
    }).loadSource(path);
    expect(await granted.call("read", ["a.txt"])).toBe("a");
    expect(granted.capabilities.has("fs:write")).toBe(false);
  });
});

describe("the audit record", () => {
  test("has what was done and what was denied, with time and plugin", async () => {
    const seen: AuditRecord[] = [];
    const { plugin, folder } = await reader({ audit: (record) => seen.push(record) });
    await using _ = plugin;
    const before = Date.now();
    await plugin.call("read", ["data/allowed.txt"]);
    await plugin.call("tryRead", ["/etc/passwd"]);
    expect(plugin.audit).toMatchObject([
      {
        plugin: "reader",
        capability: "fs:read",
        operation: "File.read",
        target: join(folder, "data/allowed.txt"),
        decision: "allowed",
      },
      {
        plugin: "reader",
        capability: "fs:read",
        operation: "File.read",
        target: "/etc/passwd",
        decision: "denied",
      },
    ]);
    expect(plugin.audit[0]?.at).toBeGreaterThanOrEqual(before);
    expect(seen).toEqual(plugin.audit);
  });

  test("is bounded, and survives a reload", async () => {
    const { plugin } = await reader({ auditCapacity: 3 });
    await using _ = plugin;
    for (let i = 0; i < 10; i++) await plugin.call("tryRead", [`/denied/${i}`]);
    await plugin.reload();
    expect(plugin.audit.map(({ target }) => target)).toEqual(["/denied/7", "/denied/8", "/denied/9"]);
  });

  test("a sink that fails fails the operation", async () => {
    const { plugin } = await reader({
      audit: () => {
        throw new Error("disk full");
      },
    });
    await using _ = plugin;
    await expect(plugin.call("read", ["data/allowed.txt"])).rejects.toThrow(/disk full/);
  });
});
