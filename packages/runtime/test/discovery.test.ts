import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { hostModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { PluginRuntime } from "../src/index.js";
import { folderWith, manifestText, program } from "./plugin-files.js";

const silent = { onOutput: () => undefined };
const source = "let f () : int = 1\n";

describe("discovery", () => {
  test("finds plugins in a folder and one below; a broken one does not stop the others", async () => {
    const folder = folderWith({
      "a/plugin.toml": manifestText("a"),
      "a/main.fsx": source,
      "a/settings.toml": "colour = 3\n",
      "b/fusabi.toml": manifestText("b"),
      "b/main.fsx": source,
      "c/plugin.json":
        '{ "name": "c", "version": "1.0.0", "api-version": { "major": 0, "minor": 21, "patch": 0 }, "source": "main.fsx" }',
      "c/main.fsx": source,
      "broken-manifest/plugin.toml": 'name = "X"\n',
      "broken-source/plugin.toml": manifestText("broken-source"),
      "broken-source/main.fsx": "let = 1\n",
      "greedy/plugin.toml": manifestText("greedy", 'capabilities = ["process:exec"]'),
      "greedy/main.fsx": source,
      ".hidden/plugin.toml": manifestText("hidden"),
      "too/deep/plugin.toml": manifestText("deep"),
      "one.toml": manifestText("one", 'source = "one.fsx"'),
      "one.fsx": source,
      "two.toml": manifestText("two", 'source = "one.fsx"'),
      "notes.txt": "nothing",
    });
    symlinkSync("nowhere", join(folder, "dangling"));
    await using runtime = new PluginRuntime({ ...silent, pluginDirs: [folder] });
    const { loaded, failed } = await runtime.discover();
    expect(loaded.map(({ name }) => name).sort()).toEqual(["a", "b", "c", "one", "two"]);
    expect(
      [...failed]
        .map(([path, error]) => [path.slice(folder.length + 1), "code" in error && error.code])
        .sort(),
    ).toEqual([
      ["broken-manifest/plugin.toml", "INVALID_MANIFEST"],
      ["broken-source/plugin.toml", "COMPILATION_FAILED"],
      ["greedy/plugin.toml", "MISSING_CAPABILITY"],
    ]);

    const again = await runtime.discover();
    expect(again.loaded).toEqual([]);
    expect(again.failed.size).toBe(3);
  });

  test("dependencies come first", async () => {
    const folder = folderWith({
      "a-app/plugin.toml": manifestText("app", '[[dependencies]]\nname = "lib"\nversion = "^1.0"'),
      "a-app/main.fsx": source,
      "z-lib/plugin.toml": manifestText("lib"),
      "z-lib/main.fsx": source,
    });
    await using runtime = new PluginRuntime(silent);
    const { loaded, failed } = await runtime.loadDirectory(folder);
    expect([...failed.values()]).toEqual([]);
    expect(loaded.map(({ name }) => name)).toEqual(["lib", "app"]);
  });

  test("two plugins of one name: the first is loaded, the second one reported", async () => {
    const folder = folderWith({
      "x/plugin.toml": manifestText("same"),
      "x/main.fsx": source,
      "y/plugin.toml": manifestText("same"),
      "y/main.fsx": source,
    });
    await using runtime = new PluginRuntime(silent);
    const { loaded, failed } = await runtime.loadDirectory(folder);
    expect(loaded.map(({ info }) => info.manifestPath)).toEqual([join(folder, "x/plugin.toml")]);
    expect(failed.get(join(folder, "y/plugin.toml"))).toMatchObject({ code: "PLUGIN_ALREADY_LOADED" });
  });

  test("a folder that is not there is reported", async () => {
    const folder = folderWith({ "a/plugin.toml": manifestText("a"), "a/main.fsx": source });
    await using runtime = new PluginRuntime({ ...silent, basePath: folder, pluginDirs: ["none", "."] });
    const { loaded, failed } = await runtime.discover();
    expect(loaded.map(({ name }) => name)).toEqual(["a"]);
    expect([...failed.keys()]).toEqual([join(folder, "none")]);
  });

  test("own patterns", async () => {
    const folder = folderWith({
      "a/my-a.plugin.toml": manifestText("a"),
      "a/main.fsx": source,
      "b/plugin.toml": manifestText("b"),
      "b/main.fsx": source,
    });
    await using runtime = new PluginRuntime({ ...silent, patterns: ["my-*.plugin.toml"] });
    const { loaded } = await runtime.loadDirectory(folder);
    expect(loaded.map(({ name }) => name)).toEqual(["a"]);
  });

  test("a name of a file that costs a pattern most is matched at once", async () => {
    const name = `${"a".repeat(200)}b`;
    const folder = folderWith({ [name]: "" });
    await using runtime = new PluginRuntime({ patterns: [`${"*a".repeat(100)}*c`, "a*a", "a*b*b"] });
    const began = performance.now();
    const { loaded, failed } = await runtime.loadDirectory(folder);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect([loaded.length, failed.size]).toEqual([0, 0]);
  });

  test("by itself: calls wait for it", async () => {
    const folder = folderWith({
      "greeter/plugin.toml": manifestText("greeter", 'exports = ["greet"]'),
      "greeter/main.fsx": program("greeter"),
    });
    await using runtime = new PluginRuntime({ ...silent, pluginDirs: [folder], autoDiscover: true });
    expect(await runtime.call("greeter", "greet", ["Ada"])).toBe("Hello, Ada!");
    expect((await runtime.ready).loaded).toHaveLength(1);
    await expect(runtime.call("nobody", "greet")).rejects.toMatchObject({ code: "PLUGIN_NOT_FOUND" });
  });

  test("loads several at one time, and no more than it may", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const folder = folderWith(
      Object.fromEntries(
        names.flatMap((name) => [
          [`${name}/plugin.toml`, manifestText(name, 'exports = ["init"]')],
          [`${name}/main.fsx`, "let init () = Load.pass ()\n"],
        ]),
      ),
    );
    let loading = 0;
    const seen: number[] = [];
    const pass = async (): Promise<undefined> => {
      seen.push(++loading);
      await setTimeout(20);
      loading--;
    };
    const load = hostModule("Load", { pass: { type: "unit -> unit", mode: "waits", run: pass } });
    await using runtime = new PluginRuntime({
      pluginDirs: [folder],
      hostModules: [load],
      maxConcurrentLoads: 3,
    });
    const { loaded } = await runtime.discover();
    expect(loaded.map(({ name }) => name)).toEqual(names);
    expect(Math.max(...seen)).toBe(3);
  });

  test("a runtime that is disposed at once does not trip over it", async () => {
    const folder = folderWith({ "a/plugin.toml": manifestText("a"), "a/main.fsx": source });
    const runtime = new PluginRuntime({ ...silent, pluginDirs: [folder], autoDiscover: true });
    await runtime.dispose();
    await runtime.ready;
    expect(runtime.registry.size).toBe(0);
  });
});
