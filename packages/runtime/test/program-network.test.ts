import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PluginRuntime, type RuntimeOptions } from "../src/index.js";
import { pluginFolder, program } from "./plugin-files.js";

const EXPORTS =
  'exports = ["listen", "listenBadly", "news", "tell", "ask", "add", "work", "who", "offer", "announce"]';
const BOTH = 'capabilities = ["plugin:call", "plugin:message"]';

/** A runtime with the plugins `one` and `two`. */
async function both(options: RuntimeOptions = {}, capabilities: string = BOTH): Promise<PluginRuntime> {
  const runtime = new PluginRuntime({
    capabilities: ["plugin:call", "plugin:message"],
    onOutput: () => undefined,
    ...options,
  });
  for (const name of ["one", "two"])
    await runtime.loadManifest(
      join(pluginFolder(name, program("network"), EXPORTS, capabilities), "plugin.toml"),
    );
  return runtime;
}

describe("plugins of a runtime", () => {
  test("call each other by name, on the caller's account", async () => {
    await using runtime = await both({ limits: { maxInstructions: 100_000 } });
    expect(await runtime.call("one", "ask", ["two", "add", [1, 2]])).toBe(3);
    expect(await runtime.call("one", "who")).toBe("one 1.0.0");
    await expect(runtime.call("one", "ask", ["three", "add", []])).rejects.toThrow(/plugin not found: three/);
    await expect(runtime.call("one", "ask", ["two", "sub", []])).rejects.toThrow(/function not found/);
    await expect(runtime.call("one", "ask", ["two", "work", [1_000_000]])).rejects.toThrow(/limit/);
    expect(await runtime.call("one", "ask", ["two", "work", [100]])).toBe(5050);
  });

  test("send each other messages, in order; who fails over one is reported", async () => {
    const written: string[] = [];
    await using runtime = await both({ onOutput: (text, stream) => written.push(`${stream}:${text}`) });
    await runtime.call("two", "listen", ["news/*"]);
    await runtime.call("two", "listenBadly", ["news/b"]);
    await runtime.call("one", "tell", ["two", "news/a", [1]]);
    await runtime.call("one", "tell", ["*", "news/b", 2]);
    await runtime.events.send("two", "news/c", 3);
    expect(await runtime.call("two", "news")).toEqual(["news/c=3", "news/b=2", "news/a=[1]"]);
    expect(written).toEqual(["stderr:two: a handler of messages failed on 'news/b': no\n"]);
  });

  test("need what they declare for that", async () => {
    await expect(both({}, 'capabilities = ["plugin:call"]')).rejects.toThrow(/plugin:message/);
  });

  test("talk to the host", async () => {
    await using runtime = await both();
    await runtime.call("one", "offer");
    expect(runtime.commands.list().map(({ plugin, id }) => [plugin, id])).toEqual([["one", "news"]]);
    await runtime.commands.invoke("one", "news");
    expect(await runtime.call("one", "news")).toEqual(["asked"]);
    const heard: unknown[] = [];
    runtime.events.listen((event) => heard.push(event));
    await runtime.call("two", "announce", ["x"]);
    expect(heard).toEqual([{ plugin: "two", name: "announced", value: "x" }]);
    await runtime.unload("one");
    expect(runtime.commands.list()).toEqual([]);
  });
});
