import { join } from "node:path";
import { limits } from "@fusabi/capabilities";
import { CallAbortedError, LimitExceededError, type Plugin } from "@fusabi/plugin";
import { describe, expect, test } from "vitest";
import { type LoaderOptions, PluginLoader } from "../src/index.js";
import { pluginFolder, program } from "./plugin-files.js";

const EXPORTS = 'exports = ["forever", "bottomless", "depth", "steps", "ping"]';

async function recursion(options: LoaderOptions = {}): Promise<Plugin> {
  const folder = pluginFolder("recursion", program("recursion"), EXPORTS);
  return new PluginLoader(options).loadFromManifest(join(folder, "plugin.toml"));
}

describe("limits", () => {
  test("endless recursion is stopped, and the host goes on serving", async () => {
    await using plugin = await recursion({ limits: { maxInstructions: 2_000_000 } });
    const running = plugin.call("forever", [0]);
    await expect(running).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
      plugin: "recursion",
      function: "forever",
      limit: "maxInstructions",
      allowed: 2_000_000,
    });
    expect(() => plugin.callSync("forever", [0])).toThrow(/instruction limit exceeded: 2000000/);
    expect(plugin.state).toBe("running");
    expect(await plugin.call("ping")).toBe("pong");
  });

  test("endless recursion under the default limits is stopped too", async () => {
    await using plugin = await recursion();
    await expect(plugin.call("bottomless", [0])).rejects.toMatchObject({
      limit: "maxStackDepth",
      allowed: 10_000,
    });
    await expect(plugin.call("forever", [0], { timeoutMs: 50 })).rejects.toMatchObject({
      limit: "timeoutMs",
      allowed: 50,
    });
    expect(await plugin.call("ping")).toBe("pong");
  });

  test("5,000 nested calls and a million tail calls work under the default limits", async () => {
    await using plugin = await recursion();
    expect(await plugin.call("depth", [5_000])).toBe(5_000);
    expect(plugin.callSync("depth", [5_000])).toBe(5_000);
    expect(await plugin.call("steps", [1_000_000, 0])).toBe(1_000_000);
    expect(plugin.usage.maxDepth).toBeGreaterThanOrEqual(5_000);
  });

  test("a call may be limited further, never less", async () => {
    await using plugin = await recursion({ limits: { maxStackDepth: 100 } });
    await expect(plugin.call("depth", [50], { limits: { maxStackDepth: 10 } })).rejects.toMatchObject({
      allowed: 10,
    });
    await expect(plugin.call("depth", [500], { limits: { maxStackDepth: 1_000 } })).rejects.toMatchObject({
      allowed: 100,
    });
    await expect(plugin.call("depth", [500], { limits: limits.unlimited })).rejects.toMatchObject({
      allowed: 100,
    });
    expect(await plugin.call("depth", [50], { limits: { maxInstructions: 10_000 } })).toBe(50);
    await expect(plugin.call("ping", [], { timeoutMs: -1 })).rejects.toMatchObject({ code: "INVALID_LIMIT" });
    await expect(plugin.call("ping", [], { timeoutMs: Number.NaN })).rejects.toMatchObject({
      code: "INVALID_LIMIT",
    });
    expect(plugin.state).toBe("running");
  });

  test("the signal of a call ends it", async () => {
    await using plugin = await recursion();
    const reason = new Error("enough");
    await expect(plugin.call("ping", [], { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: "CALL_ABORTED",
      cause: reason,
    });
    await expect(plugin.call("forever", [0], { signal: AbortSignal.abort() })).rejects.toThrow(
      CallAbortedError,
    );
    expect(await plugin.call("ping")).toBe("pong");
  });

  test("output counts", async () => {
    const folder = pluginFolder(
      "chatty",
      'let rec say (n: int) : unit =\n    printfn "again"\n    say (n + 1)\n',
      'exports = ["say"]',
    );
    let written = 0;
    const loader = new PluginLoader({
      limits: { maxOutputBytes: 600 },
      onOutput: (text) => {
        written += text.length;
      },
    });
    await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    await expect(plugin.call("say", [0])).rejects.toMatchObject({ limit: "maxOutputBytes" });
    expect(written).toBeLessThanOrEqual(600);
    expect(written).toBeGreaterThan(0);
  });

  test("an endless top level is stopped while loading", async () => {
    const folder = pluginFolder("stuck", "let rec loop (n: int) : int = loop (n + 1)\nlet x = loop 0\n");
    const loading = new PluginLoader({ limits: { timeoutMs: 50 } }).loadFromManifest(
      join(folder, "plugin.toml"),
    );
    await expect(loading).rejects.toMatchObject({
      code: "INITIALIZATION_FAILED",
      cause: { limit: "timeoutMs" },
    });
    await expect(loading).rejects.toMatchObject({ cause: expect.any(LimitExceededError) });
  });
});

describe("arguments", () => {
  test("what does not fit is refused, and hurts nobody", async () => {
    await using plugin = await recursion();
    const circle: unknown[] = [];
    circle.push(circle);
    const trap = {
      get n(): never {
        throw new Error("trap");
      },
    };
    const throwing = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("trap");
        },
        get: () => {
          throw new Error("trap");
        },
      },
    );
    for (const bad of [
      "text",
      1.5,
      undefined,
      null,
      {},
      circle,
      trap,
      throwing,
      Symbol("s"),
      () => 1,
      2n ** 80n,
    ]) {
      await expect(plugin.call("depth", [bad])).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        function: "depth",
      });
    }
    await expect(plugin.call("depth", [])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(plugin.call("depth", [1, 2])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(plugin.state).toBe("running");
  });

  test("hostile values for a parameter of any type", async () => {
    const folder = pluginFolder(
      "any",
      "let size (values: any list) : int = List.length values\nlet same (x: any) : any = x\n",
      'exports = ["size", "same"]',
    );
    await using plugin = await new PluginLoader().loadFromManifest(join(folder, "plugin.toml"));
    const circle: unknown[] = [];
    circle.push(circle);
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const throwing = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("trap");
        },
        get: () => {
          throw new Error("trap");
        },
      },
    );
    for (const bad of [circle, deep, throwing]) {
      await expect(plugin.call("same", [bad])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    }
    expect(plugin.state).toBe("running");
    expect(await plugin.call("size", [[1, "a", true]])).toBe(3);
  });
});
