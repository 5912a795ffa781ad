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

  test("dependencies", async () => {
    const registry = new PluginRegistry({ allowOverwrite: true });
    const app = (): ReturnType<typeof samplePlugin> =>
      samplePlugin("app", { dependencies: [{ name: "json", version: "^2.0" }] });
    await expect(registry.register(app())).rejects.toThrow(DependencyError);
    await registry.register(samplePlugin("json", { version: "1.0.0" }));
    await expect(registry.register(app())).rejects.toThrow("needs json ^2.0, and version 1.0.0 is loaded");
    await registry.unregister("json");
    await registry.register(samplePlugin("json", { version: "2.1.0" }));
    await registry.register(app());
    expect(registry.names()).toEqual(["json", "app"]);
    await expect(registry.register(samplePlugin("json", { version: "3.0.0" }))).rejects.toMatchObject({
      code: "DEPENDENCY_NOT_SATISFIED",
      plugin: "app",
      found: "3.0.0",
    });
    await registry.register(samplePlugin("json", { version: "2.2.0" }));
    expect(registry.get("json").version).toBe("2.2.0");
  });
});

describe("all at once", () => {
  const app = { dependencies: [{ name: "lib", version: "*" }] };

  test("dependencies start first and stop last; a failing plugin does not keep the others", async () => {
    const registry = new PluginRegistry();
    const log: string[] = [];
    await registry.register(samplePlugin("lib", { log }));
    await registry.register(samplePlugin("bad", { failsIn: "top" }));
    await registry.register(samplePlugin("app", { ...app, log }));
    const started = await registry.startAll();
    expect(started.done).toEqual(["lib", "app"]);
    expect([...started.failed].map(([name, { message }]) => [name, message])).toEqual([
      ["bad", "initialization of plugin bad failed: top level failed"],
    ]);
    expect((await registry.stopAll()).done).toEqual(["app", "lib"]);
    expect((await registry.startAll()).done).toEqual(["lib", "app"]);
    expect((await registry.unloadAll()).done).toEqual(["app", "bad", "lib"]);
    expect(log.join(", ")).toBe(
      "init lib, init app, cleanup app, cleanup lib, init lib, init app, cleanup app, cleanup lib",
    );
    expect(registry.size).toBe(0);
  });

  test("starting one starts what it needs, stopping one stops who needs it", async () => {
    const registry = new PluginRegistry();
    const log: string[] = [];
    const on = (...names: readonly string[]) => ({
      log,
      dependencies: names.map((name) => ({ name, version: "*" })),
    });
    await registry.register(samplePlugin("lib", { log }));
    await registry.register(
      samplePlugin("extra", { log, dependencies: [{ name: "lib", version: "*", optional: true }] }),
    );
    await registry.register(samplePlugin("ui", on("lib")));
    await registry.register(samplePlugin("app", on("ui", "lib")));
    await Promise.all([registry.start("app"), registry.start("ui"), registry.start("app")]);
    expect(log.splice(0)).toEqual(["init lib", "init ui", "init app"]);
    await registry.start("extra");
    await registry.stop("lib");
    expect(log.splice(0)).toEqual(["init extra", "cleanup app", "cleanup ui", "cleanup lib"]);
    expect(registry.get("extra").state).toBe("running");
    await registry.start("app");
    await registry.unregister("ui");
    expect(log.splice(0)).toEqual(["init lib", "init ui", "init app", "cleanup app", "cleanup ui"]);
    await expect(registry.start("app")).rejects.toThrow("needs ui *, and no such plugin is loaded");
    await expect(registry.start("nothing")).rejects.toThrow(PluginNotFoundError);
  });

  test("who needs what cannot run does not run, and says why", async () => {
    const registry = new PluginRegistry();
    await registry.register(samplePlugin("lib", { failsIn: "top" }));
    await registry.register(samplePlugin("app", app));
    await registry.register(
      samplePlugin("side", { dependencies: [{ name: "lib", version: "*", optional: true }] }),
    );
    const { done, failed } = await registry.startAll();
    expect(done).toEqual(["side"]);
    expect(failed.get("app")).toBeInstanceOf(DependencyError);
    expect(failed.get("app")?.cause).toBe(failed.get("lib"));
    expect(registry.get("app").state).toBe("created");
  });

  test("a circle that arose behind the registry's back starts nothing, and nobody waits for ever", async () => {
    const registry = new PluginRegistry();
    const optional = (name: string) => ({ dependencies: [{ name, version: "*", optional: true }] });
    await registry.register(samplePlugin("a", optional("b")));
    await registry.register(samplePlugin("b", optional("a")));
    const results = await Promise.allSettled([registry.start("a"), registry.start("b")]);
    expect(results).toMatchObject([
      { status: "rejected", reason: { code: "DEPENDENCY_CYCLE", chain: ["a", "b", "a"] } },
      { status: "rejected", reason: { code: "DEPENDENCY_CYCLE" } },
    ]);
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

test("ten thousand plugins cost little room", async () => {
  const count = 10_000;
  const registry = new PluginRegistry({ maxPlugins: count });
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count; i++)
    await registry.register(samplePlugin(`plugin-${i}`, { tags: [`t${i % 10}`] }));
  globalThis.gc?.();
  const each = (process.memoryUsage().heapUsed - before) / count;
  expect(each).toBeLessThan(15_000);
  expect(registry.size).toBe(count);
  expect(registry.findByTag("t3")).toHaveLength(count / 10);
  await expect(registry.register(samplePlugin("one-more"))).rejects.toThrow(RegistryFullError);
  const { done, failed } = await registry.startAll();
  expect([done.length, failed.size]).toEqual([count, 0]);
  expect((await registry.unloadAll()).done).toHaveLength(count);
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
