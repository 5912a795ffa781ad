import { join } from "node:path";
import { hostModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { type LogFields, type Logger, PluginRuntime } from "../src/index.js";
import { folderWith, manifestText, pluginFolder, program } from "./plugin-files.js";

const silent = { onOutput: () => undefined };
const needs = (name: string, version: string): string =>
  `[[dependencies]]\nname = "${name}"\nversion = "${version}"`;
const MAILBOX = [
  'capabilities = ["plugin:message"]',
  'exports = ["on_message", "messages", "tell", "flood", "health_check", "init"]',
];

describe("dependencies", () => {
  test("are found where discover looks, in the newest fitting version, and loaded first", async () => {
    const shout = (mark: string): string => `let shout (text: string) : string = text + "${mark}"\n`;
    const folder = folderWith({
      "old/plugin.toml": manifestText("text", 'exports = ["shout"]'),
      "old/main.fsx": shout("1"),
      "new/plugin.toml": manifestText("text", 'exports = ["shout"]').replace("1.0.0", "1.4.0"),
      "new/main.fsx": shout("2"),
      "broken/plugin.toml": "name = ",
    });
    const app = pluginFolder(
      "app",
      "let greet (name: string) : string = Plugins.Text.shout name\n",
      'capabilities = ["plugin:call"]',
      'exports = ["greet"]',
      needs("text", "^1.0"),
    );
    await using runtime = new PluginRuntime({
      ...silent,
      capabilities: ["plugin:call"],
      pluginDirs: [folder],
    });
    await runtime.loadManifest(join(app, "plugin.toml"));
    expect(runtime.registry.names()).toEqual(["text", "app"]);
    expect(await runtime.call("app", "greet", ["Ada"])).toBe("Ada2");
    await runtime.stop("text");
    expect(runtime.registry.get("app").state).toBe("stopped");
    await runtime.start("app");
    expect(runtime.callSync("app", "greet", ["Ada"])).toBe("Ada2");
  });

  test("that are missing or go in circles keep a plugin out, with the whole chain", async () => {
    const folder = folderWith({
      "a/plugin.toml": manifestText("a", needs("b", "*")),
      "b/plugin.toml": manifestText("b", needs("c", "*")),
      "c/plugin.toml": manifestText("c", needs("a", "*")),
      "d/plugin.toml": manifestText("d", needs("nothing", "*")),
      "e/plugin.toml": manifestText("e"),
      ...Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`${name}/main.fsx`, "let x = 1\n"])),
    });
    await using runtime = new PluginRuntime({ ...silent, pluginDirs: [folder] });
    const { loaded, failed } = await runtime.discover();
    expect(loaded.map(({ name }) => name)).toEqual(["e"]);
    expect(failed.get(join(folder, "b/plugin.toml"))).toMatchObject({ chain: ["b", "c", "a", "b"] });
    expect(failed.get(join(folder, "d/plugin.toml"))).toMatchObject({ code: "DEPENDENCY_NOT_SATISFIED" });
    await expect(runtime.loadManifest(join(folder, "a/plugin.toml"))).rejects.toThrow("a → b → c → a");
  });

  test("npm packages with the keyword are plugins, others are not", async () => {
    const json = (name: string, ...keywords: readonly string[]): string => JSON.stringify({ name, keywords });
    const root = folderWith({
      "node_modules/plain/package.json": json("plain", "tool"),
      "node_modules/greeter/package.json": json("greeter", "fusabi-plugin"),
      "node_modules/greeter/plugin.toml": manifestText("greeter", 'exports = ["greet"]'),
      "node_modules/greeter/main.fsx": program("greeter"),
      "node_modules/@acme/tool/package.json": json("@acme/tool", "fusabi-plugin"),
      "node_modules/@acme/tool/plugin.toml": manifestText("tool"),
      "node_modules/@acme/tool/main.fsx": "let x = 1\n",
      "node_modules/empty/package.json": json("empty", "fusabi-plugin"),
      "node_modules/torn/package.json": '{ "keywords": ["fusabi-plugin"',
    });
    await using runtime = new PluginRuntime({ ...silent, packageDirs: [root] });
    const { loaded, failed } = await runtime.discover();
    expect(loaded.map(({ name }) => name)).toEqual(["tool", "greeter"]);
    expect([...failed.keys()]).toEqual(["empty", "torn"].map((name) => join(root, "node_modules", name)));
    await using plugin = await runtime.loader.loadPackage("greeter", { from: join(root, "src", "deep") });
    expect(await plugin.call("greet", ["Ada"])).toBe("Hello, Ada!");
    await expect(runtime.loader.loadPackage("../greeter", { from: root })).rejects.toThrow("not the name");
  });
});

describe("messages", () => {
  test("wait for who does not run, are bounded, and come in order", async () => {
    await using runtime = new PluginRuntime({
      ...silent,
      capabilities: ["plugin:message"],
      maxQueuedMessages: 5,
    });
    for (const name of ["one", "two"])
      await runtime.loadManifest(join(pluginFolder(name, program("mailbox"), ...MAILBOX), "plugin.toml"));
    await runtime.stop("two");
    for (const topic of ["a", "bad", "b"]) await runtime.call("one", "tell", ["two", topic]);
    expect(runtime.stats().messagesWaiting).toBe(3);
    await expect(runtime.call("one", "flood", ["two", 3])).rejects.toThrow(
      "5 messages wait for two already, as many as may",
    );
    await runtime.start("two");
    await expect.poll(() => runtime.stats().messagesWaiting).toBe(0);
    await expect
      .poll(() => runtime.call("two", "messages"))
      .toEqual(["one:a", "one:b", "one:flood", "one:flood"]);
    await expect(runtime.call("one", "tell", ["three", "a"])).rejects.toThrow("plugin not found: three");
  });
});

describe("messages by topic", () => {
  test("a receiver that takes its time keeps the others from nothing, and gets its own in order", async () => {
    const gates: (() => void)[] = [];
    const gate = hostModule("Gate", {
      wait: {
        type: "unit -> unit",
        mode: "waits",
        run: () => new Promise<undefined>((resolve) => gates.push(() => resolve(undefined))),
      },
    });
    await using runtime = new PluginRuntime({
      ...silent,
      capabilities: ["plugin:message"],
      hostModules: [gate],
    });
    const subscriber = (before: string): string =>
      `let mutable seen: string list = []\nlet init () = Events.subscribe "news" (fun message -> ${before}seen <- Json.stringify message.data :: seen) |> ignore\nlet messages () = List.rev seen\n`;
    const exports = ['capabilities = ["plugin:message"]', 'exports = ["init", "messages"]'];
    for (const [name, before] of [
      ["slow", "Gate.wait (); "],
      ["quick", ""],
    ] as const)
      await runtime.loadManifest(join(pluginFolder(name, subscriber(before), ...exports), "plugin.toml"));
    await runtime.loadManifest(
      join(
        pluginFolder(
          "sender",
          'let tell (data: int) = Plugin.send "*" "news" data\n',
          'capabilities = ["plugin:message"]',
          'exports = ["tell"]',
        ),
        "plugin.toml",
      ),
    );
    for (const data of [1, 2, 3]) await runtime.call("sender", "tell", [data]);
    await expect.poll(() => runtime.call("quick", "messages")).toEqual(["1", "2", "3"]);
    expect(await runtime.call("slow", "messages")).toEqual([]);
    for (let opened = 0; opened < 3; opened++) {
      await expect.poll(() => gates.length).toBe(opened + 1);
      gates[opened]?.();
    }
    await expect.poll(() => runtime.call("slow", "messages")).toEqual(["1", "2", "3"]);
  });
});

describe("running", () => {
  test("a plugin says how it is, or its latest call does", async () => {
    await using runtime = new PluginRuntime({ ...silent, capabilities: ["plugin:message"] });
    await runtime.loadManifest(join(pluginFolder("box", program("mailbox"), ...MAILBOX), "plugin.toml"));
    expect(await runtime.checkHealth("box")).toMatchObject({ healthy: true, answer: true });
    for (const topic of ["a", "b", "c"])
      await runtime.call("box", "on_message", [{ data: 1, from: "host", topic }]);
    expect(await runtime.checkHealth("box")).toMatchObject({ healthy: false, answer: false });
    await runtime.loadManifest(
      join(pluginFolder("plain", "let f (n: int) : int = 1 / n\n", 'exports = ["f"]'), "plugin.toml"),
    );
    await expect(runtime.call("plain", "f", [0])).rejects.toThrow();
    expect(await runtime.checkHealth("plain")).toMatchObject({ healthy: false, state: "running" });
    expect(runtime.registry.get("plain").lastError?.error.message).toContain("plain.f failed");
    await runtime.call("plain", "f", [1]);
    expect(await runtime.checkHealth("plain")).toMatchObject({ healthy: true });
  });

  test("at the end calls have a while to end, and are ended then", async () => {
    const wait = hostModule("Host", {
      wait: { type: "string -> string", mode: "waits", run: () => new Promise<string>(() => undefined) },
    });
    const runtime = new PluginRuntime({ ...silent, hostModules: [wait], shutdownGraceMs: 50 });
    await runtime.loadManifest(
      join(pluginFolder("p", program("waiting"), 'exports = ["wait"]'), "plugin.toml"),
    );
    const call = runtime.call("p", "wait", ["for ever"]);
    const ended = expect(call).rejects.toMatchObject({ code: "CALL_ABORTED" });
    await runtime.dispose();
    await ended;
    expect(runtime.stats().calls.running).toBe(0);
  });

  test("what happens goes to the logger, what plugins log too", async () => {
    const lines: string[] = [];
    const at = (level: string) => (message: string, fields: LogFields) =>
      void lines.push(`${level} ${String(fields["plugin"])} ${message}`);
    const logger: Logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
    const runtime = new PluginRuntime({ ...silent, logger, capabilities: ["plugin:message"] });
    await runtime.loadManifest(
      join(pluginFolder("box", program("mailbox"), ...MAILBOX, 'licence = "MIT"'), "plugin.toml"),
    );
    await runtime.dispose();
    expect(lines).toEqual([
      "warn box unknown key licence; did you mean license?",
      "debug box plugin box is created",
      "debug box plugin box is initialized",
      "info box ready",
      "info box plugin box is started",
      "info box plugin box is unloaded",
    ]);
  });
});
