import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type LifecycleEvent,
  MissingCapabilityError,
  PluginAlreadyLoadedError,
  PluginNotFoundError,
  RegistryFullError,
} from "@fusabi/plugin";
import { describe, expect, test } from "vitest";
import { PluginRuntime, RuntimeDisposedError } from "../src/index.js";
import { folderWith, manifestText, pluginFolder, program } from "./plugin-files.js";

const silent = { onOutput: () => undefined };
const GREETER = 'exports = ["greet", "count"]';

function greeter(name = "greeter"): string {
  return join(pluginFolder(name, program("greeter"), GREETER), "plugin.toml");
}

describe("the shortest program", () => {
  test("loads and calls", async () => {
    const folder = folderWith({
      "plugins/my-plugin/plugin.toml": manifestText(
        "my-plugin",
        'capabilities = ["fs:read", "net:request"]',
        'exports = ["process"]',
      ),
      "plugins/my-plugin/main.fsx": 'let process (text: string) : string = text + "!"\n',
    });
    await using runtime = new PluginRuntime({ capabilities: ["fs:read", "net:request"], basePath: folder });
    const plugin = await runtime.loadManifest("plugins/my-plugin/plugin.toml");
    const result = await runtime.call("my-plugin", "process", ["data"]);
    expect(result).toBe("data!");
    expect(plugin.state).toBe("running");
  });
});

describe("loading", () => {
  test("from manifests, sources and bytecode; found by name", async () => {
    const folder = folderWith({ "bare.fsx": program("greeter") });
    await using runtime = new PluginRuntime(silent);
    const plugin = await runtime.loadManifest(greeter());
    await runtime.loadSource(join(folder, "bare.fsx"));
    expect(runtime.registry.names()).toEqual(["greeter", "bare"]);
    expect(runtime.registry.get("greeter")).toBe(plugin);
    expect(runtime.callSync("bare", "greet", ["Ada"])).toBe("Hello, Ada!");
    await expect(runtime.call("greter", "greet", ["Ada"])).rejects.toThrow(/did you mean greeter/);
    expect(() => runtime.callSync("nobody", "greet")).toThrow(PluginNotFoundError);
  });

  test("a plugin that is refused leaves nothing behind and has never run", async () => {
    const output: string[] = [];
    await using runtime = new PluginRuntime({ maxPlugins: 1, onOutput: (text) => output.push(text) });
    const first = await runtime.loadManifest(greeter());
    const hooks = (name: string) =>
      join(pluginFolder(name, program("hooks"), 'exports = ["init", "work", "cleanup"]'), "plugin.toml");
    await expect(runtime.loadManifest(hooks("greeter"))).rejects.toThrow(PluginAlreadyLoadedError);
    await expect(runtime.loadManifest(hooks("second"))).rejects.toThrow(RegistryFullError);
    const greedy = pluginFolder("greedy", program("hooks"), 'capabilities = ["process:exec"]');
    await expect(runtime.loadManifest(join(greedy, "plugin.toml"))).rejects.toThrow(MissingCapabilityError);
    expect(output).toEqual([]);
    expect(runtime.registry.all()).toEqual([first]);
    expect(await runtime.call("greeter", "greet", ["Ada"])).toBe("Hello, Ada!");
  });

  test("one that fails to start frees its place", async () => {
    const broken = pluginFolder("broken", 'failwith "early"\n');
    await using runtime = new PluginRuntime({ maxPlugins: 1 });
    await expect(runtime.loadManifest(join(broken, "plugin.toml"))).rejects.toMatchObject({
      code: "INITIALIZATION_FAILED",
    });
    expect(runtime.registry.size).toBe(0);
    writeFileSync(join(broken, "main.fsx"), "let f () = 1\n");
    await runtime.loadManifest(join(broken, "plugin.toml"));
  });

  test("many at once; of one name, the first", async () => {
    await using runtime = new PluginRuntime(silent);
    const paths = [greeter("a"), greeter("b"), greeter("a"), greeter("c")];
    const outcomes = await Promise.allSettled(paths.map((path) => runtime.loadManifest(path)));
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect([...runtime.registry.names()].sort()).toEqual(["a", "b", "c"]);
    expect(runtime.stats().plugins).toMatchObject({ total: 3, running: 3 });
  });

  test("overwriting unloads the old one", async () => {
    await using runtime = new PluginRuntime({ ...silent, allowOverwrite: true });
    const old = await runtime.loadManifest(greeter());
    const fresh = await runtime.loadManifest(greeter());
    expect(old.state).toBe("unloaded");
    expect(runtime.registry.get("greeter")).toBe(fresh);
    expect(await runtime.call("greeter", "count")).toBe(0);
  });
});

describe("lifecycle by name", () => {
  test("stop, start, restart, reload, unload", async () => {
    const output: string[] = [];
    await using runtime = new PluginRuntime({
      onOutput: (text) => output.push(...text.split("\n").filter(Boolean)),
    });
    const folder = pluginFolder("hooks", program("hooks"), 'exports = ["init", "work", "cleanup"]');
    const plugin = await runtime.loadManifest(join(folder, "plugin.toml"));
    const step = async (name: string, run: () => Promise<void>) => {
      output.push(`-- ${name}`);
      await run();
      output.push(`= ${plugin.state}`);
    };
    await step("stop", () => runtime.stop("hooks"));
    await expect(runtime.call("hooks", "work")).rejects.toMatchObject({ code: "INVALID_STATE" });
    await step("start", () => runtime.start("hooks"));
    await step("restart", () => runtime.restart("hooks"));
    await step("reload", () => runtime.reload("hooks"));
    expect(await runtime.call("hooks", "work")).toBe("worked");
    await step("unload", () => runtime.unload("hooks"));
    expect(output).toEqual([
      ...["top level", "init"],
      ...["-- stop", "cleanup", "= stopped"],
      ...["-- start", "top level", "init", "= running"],
      ...["-- restart", "cleanup", "top level", "init", "= running"],
      ...["-- reload", "top level", "init", "cleanup", "= running"],
      ...["-- unload", "cleanup", "= unloaded"],
    ]);
    await expect(runtime.start("hooks")).rejects.toThrow(PluginNotFoundError);
  });

  test("starting what runs is an error that says so", async () => {
    await using runtime = new PluginRuntime(silent);
    await runtime.loadManifest(greeter());
    await expect(runtime.start("greeter")).rejects.toThrow(/cannot start .* found running/);
  });

  test("restarts that are asked for at one time are one", async () => {
    await using runtime = new PluginRuntime(silent);
    const plugin = await runtime.loadManifest(greeter());
    let starts = 0;
    runtime.on("started", () => void starts++);
    await Promise.all([runtime.restart("greeter"), runtime.restart("greeter"), runtime.restart("greeter")]);
    expect(starts).toBe(1);
    expect(plugin.state).toBe("running");
    await runtime.restart("greeter");
    expect(starts).toBe(2);
  });

  test("a failed reload is told, and the old version serves", async () => {
    await using runtime = new PluginRuntime(silent);
    const path = greeter();
    await runtime.loadManifest(path);
    const errors: string[] = [];
    runtime.on("error", ({ plugin, message }) => void errors.push(`${plugin}: ${message}`));
    writeFileSync(path, 'name = "greeter"\n');
    await expect(runtime.reload("greeter")).rejects.toMatchObject({ code: "RELOAD_FAILED" });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain("the old version stays");
    expect(await runtime.call("greeter", "greet", ["Ada"])).toBe("Hello, Ada!");
  });

  test("without auto-start, plugins wait for it", async () => {
    await using runtime = new PluginRuntime({ ...silent, autoStart: false });
    const plugin = await runtime.loadManifest(greeter());
    expect(plugin.state).toBe("created");
    await runtime.start("greeter");
    expect(plugin.state).toBe("running");
  });
});

describe("calling", () => {
  test("an endless loop is stopped, and the others are served", async () => {
    const loop = pluginFolder("loop", program("recursion"), 'exports = ["forever", "depth", "steps"]');
    await using runtime = new PluginRuntime({ ...silent, callTimeoutMs: 1_000 });
    await runtime.loadManifest(join(loop, "plugin.toml"));
    await runtime.loadManifest(greeter());
    const calls = await Promise.allSettled([
      runtime.call("loop", "forever", [0], { timeoutMs: 30 }),
      runtime.call("greeter", "greet", ["Ada"]),
    ]);
    expect(calls).toMatchObject([
      { status: "rejected", reason: { code: "LIMIT_EXCEEDED", limit: "timeoutMs", allowed: 30 } },
      { status: "fulfilled", value: "Hello, Ada!" },
    ]);
    expect(await runtime.call("loop", "depth", [5_000])).toBe(5_000);
    expect(await runtime.call("loop", "steps", [1_000_000, 0])).toBe(1_000_000);
  });

  test("the runtime's own timeout bounds every call", async () => {
    const loop = pluginFolder("loop", program("recursion"), 'exports = ["forever"]');
    await using runtime = new PluginRuntime({ callTimeoutMs: 30 });
    await runtime.loadManifest(join(loop, "plugin.toml"));
    for (const options of [{}, { timeoutMs: 10_000 }, { limits: { timeoutMs: null } }]) {
      await expect(runtime.call("loop", "forever", [0], options)).rejects.toMatchObject({ allowed: 30 });
      expect(() => runtime.callSync("loop", "forever", [0], options)).toThrow(/time limit exceeded/);
    }
  });

  test("broadcast asks every running plugin that has the function", async () => {
    const source = (text: string) => `let refresh () : string = ${text}\n`;
    await using runtime = new PluginRuntime(silent);
    for (const [name, text] of [
      ["one", '"1"'],
      ["two", 'failwith "no"'],
      ["three", '"3"'],
    ] as const) {
      await runtime.loadManifest(
        join(pluginFolder(name, source(text), 'exports = ["refresh"]'), "plugin.toml"),
      );
    }
    await runtime.loadManifest(greeter());
    await runtime.stop("three");
    const results = await runtime.broadcast("refresh");
    expect([...results.keys()]).toEqual(["one", "two"]);
    expect(results.get("one")).toEqual({ ok: true, value: "1" });
    expect(results.get("two")).toMatchObject({
      ok: false,
      error: { code: "EXECUTION_FAILED", plugin: "two" },
    });
    expect(runtime.stats().calls).toMatchObject({ total: 2, succeeded: 1, failed: 1, running: 0, queued: 0 });
  });
});

describe("events", () => {
  test("of every plugin, from the first on, until nobody listens", async () => {
    const options: LifecycleEvent[] = [];
    await using runtime = new PluginRuntime({ ...silent, onEvent: (event) => options.push(event) });
    const all: string[] = [];
    const off = runtime.on("*", ({ type, plugin }) => void all.push(`${plugin} ${type}`));
    await runtime.loadManifest(greeter("a"));
    await runtime.unload("a");
    off();
    await runtime.loadManifest(greeter("b"));
    expect(all).toEqual(["a created", "a initialized", "a started", "a unloaded"]);
    expect(options).toHaveLength(7);
  });
});

describe("disposal", () => {
  test("unloads everything, waits for what is on its way, and refuses the rest", async () => {
    const runtime = new PluginRuntime(silent);
    const plugin = await runtime.loadManifest(greeter("a"));
    const loading = runtime.loadManifest(greeter("b"));
    const disposal = runtime.dispose();
    await expect(loading).rejects.toThrow(RuntimeDisposedError);
    await disposal;
    await runtime.dispose();
    expect(plugin.state).toBe("unloaded");
    expect(runtime.registry.size).toBe(0);
    await expect(runtime.call("a", "greet", ["Ada"])).rejects.toMatchObject({ code: "RUNTIME_DISPOSED" });
    await expect(runtime.loadManifest(greeter("c"))).rejects.toThrow(RuntimeDisposedError);
    await expect(runtime.discover()).rejects.toThrow(RuntimeDisposedError);
    expect(() => runtime.callSync("a", "greet", ["Ada"])).toThrow(RuntimeDisposedError);
  });

  test("options that count nothing are refused", () => {
    expect(() => new PluginRuntime({ maxConcurrentCalls: 0 })).toThrow(/maxConcurrentCalls/);
    expect(() => new PluginRuntime({ maxQueuedCalls: -1 })).toThrow(/maxQueuedCalls/);
    expect(() => new PluginRuntime({ callTimeoutMs: Number.NaN })).toThrow(/callTimeoutMs/);
    expect(() => new PluginRuntime({ maxPlugins: 0 })).toThrow(/maxPlugins/);
  });
});
