import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@fusabi/compiler";
import { ApiVersion, defineManifest, HOST_API_VERSION } from "@fusabi/manifest";
import { FunctionNotFoundError, InvalidStateError, type LifecycleEvent } from "@fusabi/plugin";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { hostModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { type LoadWarning, PluginLoader, readManifest, readManifestDocument } from "../src/index.js";
import { folderWith, manifestText, pluginFolder, program } from "./plugin-files.js";

const silent = { onOutput: () => undefined };

function bytecodeOf(source: string): Uint8Array {
  const { bytecode } = compile(source, { fileName: "main.fsx", hostModules: nodeLibrary() });
  if (bytecode === undefined) throw new Error("the program of this test does not compile");
  return bytecode;
}

describe("from a manifest file", () => {
  test("to a call", async () => {
    const folder = pluginFolder(
      "greeter",
      program("greeter"),
      'exports = ["greet", "count"]',
      'tags = ["hello"]',
    );
    await using plugin = await new PluginLoader(silent).loadFromManifest(join(folder, "plugin.toml"));
    expect(plugin.state).toBe("running");
    expect(plugin.info).toMatchObject({
      name: "greeter",
      version: "1.0.0",
      manifestPath: join(folder, "plugin.toml"),
      entryPath: join(folder, "main.fsx"),
    });
    expect(await plugin.call("greet", ["Ada"])).toBe("Hello, Ada!");
    expect(plugin.callSync("greet", ["Grace"])).toBe("Hello, Grace!");
    expect(await plugin.call("count")).toBe(2);
    expect(plugin.exports.get("greet")).toMatchObject({ name: "greet", arity: 1, type: "string -> string" });
    expect(plugin.usage.instructions).toBeGreaterThan(0);
  });

  test("only listed functions are callable, and main", async () => {
    const folder = pluginFolder("greeter", program("greeter"), 'exports = ["greet"]');
    const output: string[] = [];
    const loader = new PluginLoader({
      onOutput: (text, stream, plugin) => output.push(`${plugin} ${stream} ${text}`),
    });
    await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    expect([...plugin.exports.keys()].sort()).toEqual(["greet", "main"]);
    await expect(plugin.call("count")).rejects.toThrow(FunctionNotFoundError);
    await plugin.call("main");
    expect(output.join("")).toBe("greeter stdout I greet\n");
  });

  test("the manifest of the original's README, from TOML and from JSON", async () => {
    const source =
      'let init () = ()\nlet process (text: string) : string = text + "!"\nlet cleanup () = ()\n';
    const fields = {
      name: "my-plugin",
      version: "1.0.0",
      description: "Example plugin",
      "api-version": { major: 0, minor: 18, patch: 0 },
      capabilities: ["fs:read", "net:request"],
      dependencies: [{ name: "json", version: "^1.0" }],
      source: "main.fsx",
      exports: ["init", "process", "cleanup"],
      tags: ["processing", "example"],
    };
    const folder = folderWith({
      "plugin.toml": readFileSync(new URL("seed.toml", import.meta.url), "utf8"),
      "plugin.json": JSON.stringify(fields),
      "main.fsx": source,
    });
    const loader = new PluginLoader({ capabilities: ["fs:read", "net:request"] });
    for (const file of ["plugin.toml", "plugin.json"]) {
      await using plugin = await loader.loadFromManifest(join(folder, file));
      expect(await plugin.call("process", ["data"])).toBe("data!");
      expect(plugin.manifest.dependencies).toEqual([{ name: "json", version: "^1.0", optional: false }]);
    }
  });

  test("bytecode of a manifest", async () => {
    const folder = folderWith({
      "plugin.toml": manifestText("greeter", 'bytecode = "lib/greeter.fzb"', 'exports = ["greet"]'),
      "lib/greeter.fzb": bytecodeOf(program("greeter")),
    });
    await using plugin = await new PluginLoader(silent).loadFromManifest(join(folder, "plugin.toml"));
    expect(await plugin.call("greet", ["Ada"])).toBe("Hello, Ada!");
  });

  test("relative to the base path", async () => {
    const folder = folderWith({
      "plugins/greeter/plugin.toml": manifestText("greeter", 'exports = ["greet"]'),
      "plugins/greeter/main.fsx": program("greeter"),
    });
    const loader = new PluginLoader({ ...silent, basePath: folder });
    await using plugin = await loader.loadFromManifest("plugins/greeter/plugin.toml");
    expect(plugin.info.entryPath).toBe(join(folder, "plugins/greeter/main.fsx"));
  });

  test("tells what is doubtful", async () => {
    const folder = pluginFolder("greeter", program("greeter"), 'export = ["greet"]');
    const warnings: LoadWarning[] = [];
    const loader = new PluginLoader({ ...silent, onWarning: (warning) => warnings.push(warning) });
    await using _plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    expect(warnings).toMatchObject([
      { plugin: "greeter", code: "UNKNOWN_KEY", place: `${join(folder, "plugin.toml")}:5:1` },
    ]);
  });

  test("without auto-start, nothing of the program runs", async () => {
    const folder = pluginFolder("hooks", program("hooks"), 'exports = ["init", "work", "cleanup"]');
    const output: string[] = [];
    const loader = new PluginLoader({ autoStart: false, onOutput: (text) => output.push(text.trim()) });
    await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    expect(plugin.state).toBe("created");
    await expect(plugin.call("work")).rejects.toThrow(InvalidStateError);
    expect(output.filter(Boolean)).toEqual([]);
    await plugin.initialize();
    await plugin.start();
    expect(await plugin.call("work")).toBe("worked");
    await plugin.stop();
    await plugin.initialize();
    await plugin.start();
    await plugin.unload();
    expect(output.join("\n").split("\n").filter(Boolean)).toEqual([
      ...["top level", "init", "cleanup"],
      ...["top level", "init", "cleanup"],
    ]);
  });

  test("events come in the order of the lifecycle", async () => {
    const folder = pluginFolder("hooks", program("hooks"), 'exports = ["init"]');
    const events: LifecycleEvent["type"][] = [];
    const loader = new PluginLoader({ ...silent, onEvent: ({ type }) => events.push(type) });
    const plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    await plugin.reload();
    await plugin.unload();
    expect(events).toEqual(["created", "initialized", "started", "reloaded", "unloaded"]);
  });
});

describe("from other things", () => {
  test("a manifest that the host made", async () => {
    const folder = folderWith({ "main.fsx": program("greeter") });
    const manifest = defineManifest({
      name: "made",
      version: "2.0.0",
      apiVersion: "0.21.0",
      source: "main.fsx",
      exports: ["greet"],
    });
    await using plugin = await new PluginLoader(silent).loadManifest(manifest, { basePath: folder });
    expect(plugin.version).toBe("2.0.0");
    expect(await plugin.call("greet", ["Ada"])).toBe("Hello, Ada!");
  });

  test("a source file: named after the file, every function is an export", async () => {
    const folder = folderWith({ "My Greeter_2.fsx": program("greeter") });
    await using plugin = await new PluginLoader(silent).loadSource(join(folder, "My Greeter_2.fsx"));
    expect(plugin.name).toBe("my-greeter-2");
    expect(plugin.version).toBe("0.0.0");
    expect(plugin.manifest.apiVersion).toEqual(HOST_API_VERSION);
    expect([...plugin.exports.keys()].sort()).toEqual(["count", "greet", "main"]);
    expect(await plugin.call("greet", ["Ada"])).toBe("Hello, Ada!");
  });

  test("a bytecode file and bytecode in memory", async () => {
    const bytes = bytecodeOf(program("greeter"));
    const folder = folderWith({ "greeter.fzb": bytes });
    const loader = new PluginLoader(silent);
    await using fromFile = await loader.loadBytecodeFile(join(folder, "greeter.fzb"));
    await using fromMemory = await loader.loadBytecode(bytes, { name: "In Memory" });
    bytes.fill(0);
    await fromMemory.reload();
    expect(await fromFile.call("greet", ["Ada"])).toBe("Hello, Ada!");
    expect(await fromMemory.call("greet", ["Ada"])).toBe("Hello, Ada!");
    expect(fromMemory.name).toBe("in-memory");
    expect(fromMemory.id).not.toBe(fromFile.id);
  });

  test("several files, by #load", async () => {
    const folder = folderWith({
      "plugin.toml": manifestText("parts", 'exports = ["shout"]'),
      "main.fsx": '#load "lib/words.fsx"\nlet shout (text: string) : string = Words.loud text\n',
      "lib/words.fsx": '#load "marks.fsx"\nlet loud (text: string) : string = text + Marks.mark\n',
      "lib/marks.fsx": 'let mark : string = "!"\n',
    });
    await using plugin = await new PluginLoader(silent).loadFromManifest(join(folder, "plugin.toml"));
    expect(await plugin.call("shout", ["hello"])).toBe("hello!");
  });
});

describe("what the host gives", () => {
  test("files that load each other in a circle are refused, with the circle", async () => {
    const folder = pluginFolder("circle", '#load "a.fsx"\nlet run () = 1\n', 'exports = ["run"]');
    writeFileSync(join(folder, "a.fsx"), '#load "b.fsx"\n');
    writeFileSync(join(folder, "b.fsx"), '#load "a.fsx"\n');
    await expect(new PluginLoader().loadFromManifest(join(folder, "plugin.toml"))).rejects.toMatchObject({
      code: "COMPILATION_FAILED",
      message: expect.stringMatching(/a\.fsx.*b\.fsx|b\.fsx.*a\.fsx/s),
    });
  });

  test("functions of its own, also such that wait", async () => {
    const folder = pluginFolder(
      "caller",
      "let twice (n: int) : int = Host.double n\nlet later (n: int) : int = Host.slowly n\n",
      'exports = ["twice", "later"]',
    );
    const loader = new PluginLoader({
      hostModules: [
        hostModule("Host", {
          double: { type: "int -> int", run: (_, n: number) => n * 2 },
          slowly: { type: "int -> int", mode: "waits", run: async (_, n: number) => n * 3 },
        }),
      ],
    });
    await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    expect(plugin.callSync("twice", [21])).toBe(42);
    expect(await plugin.call("later", [14])).toBe(42);
    expect(() => plugin.callSync("later", [14])).toThrow(/cannot wait inside a synchronous call/);
  });

  test("an API version of its own", async () => {
    const folder = pluginFolder(
      "future",
      program("greeter"),
      "api-version = { major = 1, minor = 2, patch = 9 }",
    );
    const loader = new PluginLoader({ ...silent, hostApiVersion: "1.2.0" });
    await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    expect(plugin.manifest.apiVersion).toEqual(ApiVersion.parse("1.2.9"));
  });

  test("options that mean nothing are refused at once", () => {
    expect(() => new PluginLoader({ capabilities: ["fs:raed"] })).toThrow(/did you mean fs:read/);
    expect(() => new PluginLoader({ limits: { timeoutMs: -1 } })).toThrow(/timeoutMs/);
    expect(() => new PluginLoader({ profile: "terminl" })).toThrow(/did you mean terminal/);
    expect(() => new PluginLoader({ hostApiVersion: "0.21" })).toThrow(/not an API version/);
    const misspelt = hostModule("Host", { f: { type: "int -> int", capability: "fs:raed", run: () => 1 } });
    expect(() => new PluginLoader({ hostModules: [misspelt] })).toThrow(/did you mean fs:read/);
  });
});

describe("reload", () => {
  test("takes the new source, and keeps the old version when that is broken", async () => {
    const folder = pluginFolder("greeter", program("greeter"), 'exports = ["greet"]');
    const source = join(folder, "main.fsx");
    await using plugin = await new PluginLoader(silent).loadFromManifest(join(folder, "plugin.toml"));
    writeFileSync(source, 'let greet (name: string) : string = "Bye, " + name\n');
    await plugin.reload();
    expect(await plugin.call("greet", ["Ada"])).toBe("Bye, Ada");

    for (const broken of [
      "let greet (name: string) : string = 1 +\n",
      "let other () = 1\n",
      'let greet (n: string) : string = n\nfailwith "no"\n',
    ]) {
      writeFileSync(source, broken);
      await expect(plugin.reload()).rejects.toMatchObject({ code: "RELOAD_FAILED" });
      expect(plugin.state).toBe("running");
      expect(await plugin.call("greet", ["Ada"])).toBe("Bye, Ada");
    }
  });

  test("checks the manifest anew", async () => {
    const folder = pluginFolder("greeter", program("greeter"), 'exports = ["greet"]');
    await using plugin = await new PluginLoader(silent).loadFromManifest(join(folder, "plugin.toml"));
    writeFileSync(join(folder, "plugin.toml"), manifestText("greeter", 'capabilities = ["process:exec"]'));
    await expect(plugin.reload()).rejects.toMatchObject({ cause: { code: "MISSING_CAPABILITY" } });
    writeFileSync(join(folder, "plugin.toml"), manifestText("other"));
    await expect(plugin.reload()).rejects.toThrow(/its manifest names it other now/);
    expect(await plugin.call("greet", ["Ada"])).toBe("Hello, Ada!");
  });
});

describe("reading a manifest", () => {
  test("TOML and JSON by the name of the file", async () => {
    const manifest = defineManifest({
      name: "p",
      version: "1.0.0",
      apiVersion: "0.21.0",
      source: "main.fsx",
    });
    const json = {
      name: "p",
      version: "1.0.0",
      "api-version": { major: 0, minor: 21, patch: 0 },
      source: "main.fsx",
    };
    const folder = folderWith({ "a.toml": manifestText("p"), "a.JSON": JSON.stringify(json) });
    expect(await readManifest(join(folder, "a.toml"))).toEqual(manifest);
    expect(await readManifest(join(folder, "a.JSON"))).toEqual(manifest);
  });

  test("problems name the file", async () => {
    const folder = folderWith({ "plugin.toml": 'name = "P"\n' });
    const path = join(folder, "plugin.toml");
    await expect(readManifestDocument(path)).rejects.toThrow(`${path}:1:8`);
    await expect(readManifest(join(folder, "none.toml"))).rejects.toMatchObject({
      code: "MANIFEST_FILE",
      problem: "no such file",
    });
    await expect(readManifest(folder)).rejects.toMatchObject({ code: "MANIFEST_FILE" });
  });
});
