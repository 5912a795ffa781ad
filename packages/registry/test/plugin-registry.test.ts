import { UnknownCapabilityError } from "@fusabi/capabilities";
import {
  DependencyError,
  PluginAlreadyLoadedError,
  PluginNotFoundError,
  RegistryFullError,
  ReloadError,
} from "@fusabi/plugin";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PluginRegistry } from "../src/index.js";
import { runningPlugin, samplePlugin } from "./sample-plugin.js";

describe("holding plugins", () => {
  test("by name, in the order of registration", async () => {
    const registry = new PluginRegistry();
    const [b, a] = [samplePlugin("b"), await runningPlugin("a", { tags: ["ui"], capabilities: ["fs:read"] })];
    await registry.register(b);
    await registry.register(a);
    expect(registry.names()).toEqual(["b", "a"]);
    expect(registry.get("a")).toBe(a);
    expect(registry.find("c")).toBeUndefined();
    expect(registry.has("b")).toBe(true);
    expect(registry.has("__proto__")).toBe(false);
    expect(registry.running()).toEqual([a]);
    expect(registry.byState("created")).toEqual([b]);
    expect(registry.findByTag("ui")).toEqual([a]);
    expect(registry.findByCapability("fs:read")).toEqual([a]);
    expect(registry.findByCapability("sys:time")).toEqual([b, a]);
    expect(() => registry.findByCapability("fs:raed")).toThrow(UnknownCapabilityError);
    expect(registry.info().map(({ name, state }) => [name, state])).toEqual([
      ["b", "created"],
      ["a", "running"],
    ]);
    expect(registry.stats()).toEqual({
      total: 2,
      created: 1,
      running: 1,
      initialized: 0,
      stopped: 0,
      unloaded: 0,
      error: 0,
    });
  });

  test("a name that is not there is an error that suggests one that is", async () => {
    const registry = new PluginRegistry();
    await registry.register(samplePlugin("greeter"));
    expect(() => registry.get("greter")).toThrow("plugin not found: greter (did you mean greeter?)");
    await expect(registry.unregister("x")).rejects.toThrow(PluginNotFoundError);
    await expect(registry.reload("x")).rejects.toThrow(PluginNotFoundError);
  });

  test("unregistering unloads", async () => {
    const registry = new PluginRegistry();
    const log: string[] = [];
    const plugin = await runningPlugin("a", { log });
    await registry.register(plugin);
    await registry.unregister("a");
    expect(plugin.state).toBe("unloaded");
    expect(log).toEqual(["init a", "cleanup a"]);
    expect(registry.size).toBe(0);
    await registry.register(samplePlugin("a"));
  });

  test("a name cannot be taken twice", async () => {
    const registry = new PluginRegistry();
    const first = await runningPlugin("a");
    await registry.register(first);
    await expect(registry.register(await runningPlugin("a"))).rejects.toThrow(PluginAlreadyLoadedError);
    await expect(registry.register(first)).rejects.toThrow(PluginAlreadyLoadedError);
    expect(registry.get("a")).toBe(first);
    expect(first.state).toBe("running");
  });

  test("unless overwriting is allowed: the old one is unloaded first", async () => {
    const registry = new PluginRegistry({ allowOverwrite: true, maxPlugins: 1 });
    const [first, second] = [await runningPlugin("a"), await runningPlugin("a")];
    await registry.register(first);
    await registry.register(second);
    expect(first.state).toBe("unloaded");
    expect(registry.all()).toEqual([second]);
    await expect(registry.register(second)).rejects.toThrow(PluginAlreadyLoadedError);
    expect(second.state).toBe("running");
  });

  test("no more than it may hold", async () => {
    const registry = new PluginRegistry({ maxPlugins: 2 });
    const outcomes = await Promise.allSettled(
      ["a", "b", "c"].map(async (name) => registry.register(samplePlugin(name))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    await expect(registry.register(samplePlugin("c"))).rejects.toThrow(RegistryFullError);
    await registry.unregister("a");
    await registry.register(samplePlugin("c"));
    expect(() => new PluginRegistry({ maxPlugins: 0 })).toThrow(RangeError);
  });

  test("dependencies, where they are required", async () => {
    const registry = new PluginRegistry({ requireDependencies: true });
    const app = (): ReturnType<typeof samplePlugin> =>
      samplePlugin("app", { dependencies: [{ name: "json", version: "^2.0" }] });
    await expect(registry.register(app())).rejects.toThrow(DependencyError);
    await registry.register(samplePlugin("json", { version: "1.0.0" }));
    await expect(registry.register(app())).rejects.toThrow("needs json ^2.0, and version 1.0.0 is loaded");
    await registry.unregister("json");
    await registry.register(samplePlugin("json", { version: "2.1.0" }));
    await registry.register(app());
    expect(registry.names()).toEqual(["json", "app"]);
  });
});

describe("all at once", () => {
  const app = { dependencies: [{ name: "lib", version: "*" }] };

  test("dependencies start first and stop last; a failing plugin does not keep the others", async () => {
    const registry = new PluginRegistry();
    const log: string[] = [];
    await registry.register(samplePlugin("app", { ...app, log }));
    await registry.register(samplePlugin("bad", { failsIn: "top" }));
    await registry.register(samplePlugin("lib", { log }));
    const started = await registry.startAll();
    expect(started.done).toEqual(["lib", "app"]);
    expect([...started.failed].map(([name, { message }]) => [name, message])).toEqual([
      ["bad", "initialization of plugin bad failed: top level failed"],
    ]);
    expect((await registry.stopAll()).done).toEqual(["app", "lib"]);
    expect((await registry.startAll()).done).toEqual(["lib", "app"]);
    expect((await registry.unloadAll()).done).toEqual(["bad", "app", "lib"]);
    expect(log.join(", ")).toBe(
      "init lib, init app, cleanup app, cleanup lib, init lib, init app, cleanup app, cleanup lib",
    );
    expect(registry.size).toBe(0);
  });

  test("reload one, reload all", async () => {
    const registry = new PluginRegistry();
    await registry.register(await runningPlugin("a"));
    await registry.register(await runningPlugin("b", { failsIn: "reload" }));
    await registry.register(samplePlugin("c"));
    await registry.reload("a");
    await expect(registry.reload("b")).rejects.toThrow(ReloadError);
    const { done, failed } = await registry.reloadAll();
    expect(done).toEqual(["a"]);
    expect([...failed.keys()]).toEqual(["b"]);
    expect(registry.get("a").info.reloadCount).toBe(2);
    expect(registry.get("b").state).toBe("running");
  });

  test("clean-up lets go of unloaded plugins, and of stopped ones if told so", async () => {
    for (const autoUnloadStopped of [false, true]) {
      const registry = new PluginRegistry({ autoUnloadStopped });
      const [gone, stopped, runs] = [
        await runningPlugin("gone"),
        await runningPlugin("stopped"),
        await runningPlugin("runs"),
      ];
      for (const plugin of [gone, stopped, runs]) await registry.register(plugin);
      await gone.unload();
      await stopped.stop();
      expect(registry.stats()).toMatchObject({ total: 3, unloaded: 1, stopped: 1, running: 1 });
      const { done } = await registry.cleanup();
      expect(done).toEqual(autoUnloadStopped ? ["gone", "stopped"] : ["gone"]);
      expect(stopped.state).toBe(autoUnloadStopped ? "unloaded" : "stopped");
      expect(registry.has("runs")).toBe(true);
    }
  });
});

test("events of the plugins in it, and of no others", async () => {
  const registry = new PluginRegistry();
  const seen: string[] = [];
  registry.on("*", ({ plugin, type }) => void seen.push(`${plugin} ${type}`));
  const [inside, outside] = [samplePlugin("inside"), samplePlugin("outside")];
  await registry.register(inside);
  await inside.initialize();
  await outside.initialize();
  await registry.unregister("inside");
  expect(seen).toEqual(["inside initialized", "inside unloaded"]);
});

test("whatever is asked for at once, a name belongs to one plugin that lives", async () => {
  const action = fc.tuple(fc.constantFrom("register", "unregister"), fc.constantFrom("a", "b", "c"));
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), fc.boolean(), async (actions, allowOverwrite) => {
      const registry = new PluginRegistry({ allowOverwrite, maxPlugins: 2 });
      const made = await Promise.all(
        actions.map(([, name]) => runningPlugin(name, { cleanup: Promise.resolve() })),
      );
      await Promise.allSettled(
        actions.map(async ([what, name], index) => {
          const plugin = made[index];
          if (what === "unregister" || plugin === undefined) await registry.unregister(name);
          else await registry.register(plugin);
        }),
      );
      expect(registry.size).toBeLessThanOrEqual(2);
      for (const plugin of registry.all()) expect(plugin.state).toBe("running");
      const { done } = await registry.unloadAll();
      expect(new Set(done).size).toBe(done.length);
      expect(registry.stats().total).toBe(0);
    }),
    { numRuns: 60 },
  );
});
