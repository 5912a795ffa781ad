import { readFileSync } from "node:fs";
import { compile } from "@fusabi/compiler";
import {
  type AuditEntry,
  decodeModule,
  type HostModule,
  type Instance,
  type InstantiateOptions,
  instantiate,
  LimitError,
  type RehearsedEffect,
  rehearsal,
} from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import {
  CommandRegistry,
  ConfigSettingError,
  ConfigStore,
  EventHub,
  FormatterRegistry,
  type LogEntry,
  NavigationRegistry,
  type PluginCallRequest,
  type ScriptEvaluation,
  type StandardLibraryOptions,
  standardLibrary,
  UnknownCommandError,
} from "../src/index.js";
import { bytecodeOf, thrownBy } from "./program.js";

const module = decodeModule(
  bytecodeOf(readFileSync(new URL("effects/hosted.fsx", import.meta.url), "utf8"), standardLibrary()),
);

function made(parts: StandardLibraryOptions, options: Omit<InstantiateOptions, "imports"> = {}): Instance {
  return instantiate(module, { imports: standardLibrary(parts), name: "plugin", ...options });
}
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("events", () => {
  test("go from the host into one plugin, and from programs to the host", async () => {
    const events = new EventHub();
    const heard: unknown[] = [];
    const stop = events.listen((event) => heard.push(event));
    const instance = made({ events });
    const other = made({ events }, { name: "other" });
    expect(instance.call("listening")).toEqual([1, 2, 3, 4, 5, 6]);
    other.call("listening");
    expect(await events.emit("plugin", "resized", { columns: 80 })).toBe(2);
    expect(await events.emit("plugin", "resized", { columns: 90 })).toBe(1);
    expect(await events.emit("plugin", "unknown")).toBe(0);
    expect(await events.emit("nobody", "resized")).toBe(0);
    expect(instance.get("seen")).toEqual(['{"columns":90}', "once", '{"columns":80}']);
    expect(other.get("seen")).toEqual([]);
    instance.call("emit", ["saved", [1, 2]]);
    stop();
    instance.call("emit", ["saved", 3]);
    expect(heard).toEqual([{ plugin: "plugin", name: "saved", value: [1, 2] }]);
  });

  test("may find handlers that wait, and that fail", async () => {
    const events = new EventHub();
    const instance = made({ events });
    instance.call("listening");
    expect(await events.emit("plugin", "slow", 5)).toBe(1);
    expect(instance.get("seen")).toEqual(["slept"]);
    expect(await failure(events.emit("plugin", "bad", 7))).toMatchObject({ message: "bad 7" });
    expect(await failure(events.emit("plugin", "bad", "text"))).toMatchObject({ code: "FUS0502" });
    instance.dispose();
    expect(await events.emit("plugin", "slow", 5)).toBe(0);
  });

  test("a listener that fails fails the emitting call", () => {
    const events = new EventHub();
    events.listen(() => {
      throw new Error("no");
    });
    expect(thrownBy(() => made({ events }).call("emit", ["x", 1]))).toBeInstanceOf(Error);
  });

  test("can be waited for", async () => {
    const events = new EventHub();
    const instance = made({ events });
    const waiting = instance.callAsync("next");
    await Promise.resolve();
    await events.emit("plugin", "click", { x: 1 });
    expect(await waiting).toBe('click {"x":1}');
    const late = await failure(instance.callAsync("next", [], { limits: { timeoutMs: 30 } }));
    expect(late).toBeInstanceOf(LimitError);
    expect(await events.emit("plugin", "click")).toBe(0);
  });

  test("messages go by topic, in order, and one failing subscriber keeps nobody from getting them", async () => {
    const events = new EventHub();
    const [a, b] = [made({ events }, { name: "a" }), made({ events }, { name: "b" })];
    a.call("listening");
    b.call("listening");
    await Promise.all([
      events.send("*", "news/x", 1),
      events.send("a", "news/y", [2]),
      events.send("*", "news", 3),
    ]);
    expect(a.get("seen")).toEqual(["news/y=[2]", "news/x=1"]);
    expect(b.get("seen")).toEqual(["news/x=1"]);
    const failures = await events.send("*", "news/bad", 4);
    expect(failures.map(({ plugin, topic }) => [plugin, topic])).toEqual([
      ["a", "news/bad"],
      ["b", "news/bad"],
    ]);
    expect(failures[0]?.error).toMatchObject({ message: "broken" });
    expect(a.call("stop", [5])).toBe(true);
    await events.send("*", "news/z", 5);
    expect(a.get("seen")).toHaveLength(3);
    expect(b.get("seen")).toHaveLength(3);
  });

  test("a slow receiver of messages holds up nobody else, and so many wait for it and no more", async () => {
    const events = new EventHub({ maxQueuedMessages: 2 });
    const [slow, quick] = [made({ events }, { name: "slow" }), made({ events }, { name: "quick" })];
    slow.call("dawdle");
    quick.call("listening");
    const toSlow = [1, 2, 3].map((data) => events.send("slow", "news/x", data));
    await events.send("quick", "news/x", 4);
    expect(quick.get("seen")).toEqual(["news/x=4"]);
    expect(slow.get("seen")).toEqual([]);
    expect(await Promise.all(toSlow)).toMatchObject([
      [],
      [],
      [{ plugin: "slow", topic: "news/x", error: { message: "2 messages wait already, as many as may" } }],
    ]);
    expect(slow.get("seen")).toEqual(["late 2", "late 1"]);
    expect(await events.send("slow", "news/x", 5)).toEqual([]);
  });
});

describe("commands", () => {
  test("are listed and run by the host", async () => {
    const commands = new CommandRegistry();
    const instance = made({ commands });
    instance.call("offer", ["b", false]);
    instance.call("offer", ["a", true]);
    made({ commands }, { name: "other" }).call("offer", ["c", false]);
    expect(commands.list().map(({ plugin, id }) => `${plugin}/${id}`)).toEqual([
      "plugin/a",
      "plugin/b",
      "other/c",
    ]);
    expect(commands.list("other")).toEqual([
      { plugin: "other", id: "c", name: "Name of c", description: "does something", category: "test" },
    ]);
    await commands.invoke("plugin", "b");
    expect(instance.get("seen")).toEqual(["b"]);
    expect(await failure(commands.invoke("plugin", "a"))).toMatchObject({ message: "failing a" });
    expect(await failure(commands.invoke("plugin", "c"))).toBeInstanceOf(UnknownCommandError);
    instance.dispose();
    expect(await failure(commands.invoke("plugin", "b"))).toMatchObject({ plugin: "plugin", command: "b" });
    expect(commands.list("plugin")).toEqual([]);
  });

  test("of another plugin need plugin:call, and somebody who awaits", async () => {
    const commands = new CommandRegistry();
    const owner = made({ commands }, { name: "owner" });
    owner.call("offer", ["there", false]);
    const audit: AuditEntry[] = [];
    const caller = made({ commands }, { audit: (entry) => audit.push(entry) });
    await caller.callAsync("invoke", ["there"]);
    expect(owner.get("seen")).toEqual(["there"]);
    expect(audit).toMatchObject([{ capability: "plugin:call", target: "owner/there", decision: "allowed" }]);
    expect(thrownBy(() => caller.call("invoke", ["there"]))).toMatchObject({
      message: "Commands.invoke: cannot wait inside a synchronous call",
    });
    const closed = made({ commands }, { capabilities: { has: () => false } });
    expect(await failure(closed.callAsync("invoke", ["there"]))).toMatchObject({
      message: "capability denied: plugin:call",
    });
    expect(await failure(made({}).callAsync("invoke", ["there"]))).toMatchObject({
      message: "Command not found: there",
    });
  });
});

describe("settings", () => {
  test("are filled, changed and read by the host", () => {
    const config = new ConfigStore();
    config.preset("plugin", { port: 8080, hosts: ["a", "b"] });
    const instance = made({ config });
    instance.call("define");
    expect(instance.call("port")).toBe(8080);
    expect(config.values("plugin")).toEqual(
      new Map<string, unknown>([
        ["port", 8080],
        ["hosts", ["a", "b"]],
      ]),
    );
    config.set("plugin", "port", 9);
    config.set("plugin", "labels", new Map([["a", 1]]));
    expect(instance.call("port")).toBe(9);
    expect(config.values("plugin").get("labels")).toEqual(new Map([["a", 1]]));
    expect(config.values("other")).toEqual(new Map());
    const error = thrownBy(() => config.set("plugin", "port", "nine"));
    expect(error).toBeInstanceOf(ConfigSettingError);
    expect(error).toMatchObject({
      plugin: "plugin",
      setting: "port",
      message: expect.stringMatching(/type int/) as unknown,
    });
    expect(thrownBy(() => config.set("plugin", "prot", 1))).toBeInstanceOf(ConfigSettingError);
    expect(instance.call("port")).toBe(9);
  });

  test("that the host fills with something else fail their definition", () => {
    const config = new ConfigStore();
    config.preset("plugin", { port: "eighty" });
    expect(thrownBy(() => made({ config }).call("define"))).toBeInstanceOf(Error);
  });

  test("belong to one instance", () => {
    const config = new ConfigStore();
    const [a, b] = [made({ config }), made({ config }, { name: "b" })];
    a.call("define");
    expect(thrownBy(() => b.call("port"))).toMatchObject({ message: "Configuration 'port' not found" });
  });
});

describe("formatters", () => {
  test("are called by the host, whatever they give", async () => {
    const formatters = new FormatterRegistry();
    const instance = made({ formatters });
    expect(instance.call("format")).toEqual([1, 2, 3, 4, 5, 6]);
    const tab = { index: 2, title: "shell", active: true, hasActivity: false };
    const results = await formatters.formatTab(tab);
    expect(results[0]).toEqual({
      plugin: "plugin",
      id: 1,
      segments: [{ text: "2:shell", fgColor: "green", bgColor: undefined, bold: true }],
    });
    expect(results.slice(1).map(({ error }) => (error as Error).message)).toEqual([
      "Tab formatter must return a list of StatusSegments",
      "StatusSegment.text must be a string",
      "StatusSegment must be a record",
    ]);
    const status = { currentTab: 0, totalTabs: 1, time: "12:00" };
    expect(await formatters.formatStatusLeft(status)).toMatchObject([
      { segments: [{ text: "12:00", bold: false }] },
    ]);
    expect(await formatters.formatStatusRight(status)).toMatchObject([{ error: { message: "no status" } }]);
  });
});

test("navigation is read by the host", () => {
  const navigation = new NavigationRegistry();
  const instance = made({ navigation });
  expect(navigation.view("plugin")).toBeUndefined();
  instance.call("navigate");
  expect(navigation.view("plugin")).toEqual({
    keymap: "cosmos",
    hintMode: true,
    anchor: "b",
    focusables: [
      { id: "a", label: "First" },
      { id: "b", label: "Second" },
    ],
  });
  instance.dispose();
  expect(navigation.view("plugin")).toBeUndefined();
});

describe("the log", () => {
  test("goes to the host with level, plugin and place", () => {
    const lines: LogEntry[] = [];
    const instance = made({ log: (entry) => lines.push(entry) });
    instance.call("log", ["warn", "careful"]);
    instance.call("info");
    expect(lines).toEqual([
      {
        level: "warn",
        text: "careful",
        plugin: "plugin",
        place: expect.stringMatching(/^test\.fsx:\d+:\d+$/) as unknown,
      },
      {
        level: "info",
        text: "where",
        plugin: "plugin",
        place: expect.stringMatching(/^test\.fsx:\d+:\d+$/) as unknown,
      },
    ]);
  });

  test("of a host without one is standard error; its size is limited either way", () => {
    const written: string[] = [];
    const onOutput = (text: string, stream: string): number => written.push(`${stream}:${text}`);
    made({}, { onOutput }).call("log", ["error", "lost"]);
    expect(written).toEqual(["stderr:error: lost\n"]);
    const limits = { maxOutputBytes: 10 };
    for (const parts of [{}, { log: () => undefined }])
      expect(thrownBy(() => made(parts, { limits }).call("log", ["info", "x".repeat(11)]))).toMatchObject({
        limit: "maxOutputBytes",
      });
  });
});

test("what is measured goes to the host with the plugin's name", async () => {
  const measured: [string, string, number][] = [];
  const take =
    (kind: string) =>
    (name: string, value: number, plugin: string): void => {
      expect(plugin).toBe("plugin");
      measured.push([kind, name, value]);
    };
  const metrics = { count: take("count"), gauge: take("gauge"), observe: take("observe") };
  await made({ metrics }).callAsync("measure");
  expect(measured.slice(0, 5)).toEqual([
    ["count", "calls", 1],
    ["count", "bytes", 10],
    ["gauge", "load", 0.5],
    ["gauge", "size", 3],
    ["observe", "seconds", 2],
  ]);
  const [kind, name, seconds] = measured[5] ?? [];
  expect([kind, name]).toEqual(["observe", "work"]);
  expect(seconds).toBeGreaterThan(0.015);
  expect(seconds).toBeLessThan(10);
});

describe("the terminal", () => {
  const done: unknown[] = [];
  const terminal = {
    foregroundProcess: () => ({ name: "vim", pid: 7, commandLine: "vim a" }),
    workingDirectory: () => "/home/ada/site",
    line: (index: number) => ["zero", "one", "two"][index],
    windowTitle: () => "window",
    tabTitle: () => "tab",
    size: () => ({ columns: 80, rows: 24 }),
    sendText: (text: string) => void done.push(text),
    sendKeys: (keys: readonly string[]) => void done.push(keys),
    showToast: (text: string) => void done.push(text),
    split: (direction: string) => (direction === "horizontal" ? 5 : undefined),
    createTab: () => 6,
    closePane: (id: number) => id === 1,
    focusPane: () => true,
    closeTab: () => false,
    setTabTitle: (id: number, title: string) => title === "t" && id === 4,
  };

  test("is the host's", () => {
    const instance = made({ terminal });
    expect(instance.call("terminal")).toEqual([
      ["vim", 7, "vim a"],
      "/home/ada/site",
      "one",
      ["zero", "one", "two"],
    ]);
    expect(instance.call("titles")).toEqual(["window", "tab", [80, 24]]);
    expect(instance.call("control")).toEqual([5, null, 6, [true, true, false, true]]);
    expect(done).toEqual(["ls", ["Enter"], "done"]);
  });

  test("needs its capabilities, and a rehearsal only says what would be done", () => {
    const closed = made({ terminal }, { capabilities: { has: () => false } });
    expect(thrownBy(() => closed.call("titles"))).toMatchObject({
      message: "capability denied: terminal:read",
    });
    expect(thrownBy(() => closed.call("control"))).toMatchObject({
      message: "capability denied: terminal:control",
    });
    done.length = 0;
    const effects: RehearsedEffect[] = [];
    const instance = made(
      { terminal },
      {
        rehearsal: rehearsal({
          changes: (name) => name === "terminal:control",
          record: (effect) => void effects.push(effect),
        }),
      },
    );
    expect(instance.call("control")).toEqual([null, null, null, [true, true, true, true]]);
    expect(done).toEqual([]);
    expect(effects[0]).toMatchObject({ operation: "TerminalControl.sendText", args: ["ls"] });
    expect(effects).toHaveLength(10);
  });
});

describe("other plugins", () => {
  const requests: PluginCallRequest[] = [];
  const sent: unknown[] = [];
  const plugins = {
    call: async (request: PluginCallRequest): Promise<unknown> => {
      requests.push(request);
      if (request.fn === "fail") throw new Error("function not found: fail");
      if (request.fn === "function") return { f: () => 1 };
      return [request.fn, ...request.args];
    },
    send: (...message: unknown[]) => void sent.push(message),
    version: () => "1.2.3",
  };

  test("are reached through the host", async () => {
    const instance = made({ plugins });
    expect(await instance.callAsync("callOther", ["math", "add", [1, [2.5]]])).toEqual(["add", 1, [2.5]]);
    expect(requests[0]).toMatchObject({ from: "plugin", plugin: "math", fn: "add" });
    expect(requests[0]?.timeoutMs).toBeLessThanOrEqual(30_000);
    instance.call("send", ["*", "topic", { a: 1 }]);
    expect(sent).toEqual([["plugin", "*", "topic", { a: 1 }]]);
    expect(instance.call("version")).toBe("1.2.3");
  });

  test("give and get data, and no functions", async () => {
    const instance = made({ plugins });
    expect(await failure(instance.callAsync("callOther", ["m", "f", [() => 1]]))).toMatchObject({
      message: "Plugin.call: functions cannot cross plugins",
    });
    expect(await failure(instance.callAsync("callOther", ["m", "function", []]))).toMatchObject({
      message: "Plugin.call: functions cannot cross plugins",
    });
    expect(await failure(instance.callAsync("callOther", ["m", "fail", []]))).toMatchObject({
      code: "FUS0517",
      message: "function not found: fail",
    });
    expect(await failure(made({}).callAsync("callOther", ["m", "f", []]))).toMatchObject({
      message: "plugin not found: m",
    });
    const closed = made({ plugins }, { capabilities: { has: () => false } });
    expect(await failure(closed.callAsync("callOther", ["m", "f", []]))).toMatchObject({ code: "FUS0520" });
    expect(thrownBy(() => closed.call("send", ["m", "t", 1]))).toMatchObject({ code: "FUS0520" });
  });
});

describe("texts that a program runs", () => {
  function evaluation(): ScriptEvaluation & { modules: readonly HostModule[] } {
    const own = {
      modules: [] as readonly HostModule[],
      imports: () => own.modules,
      compile: (text: string) => {
        const { bytecode, diagnostics } = compile(text, { fileName: "eval.fsx", hostModules: own.modules });
        if (bytecode !== undefined) return { bytecode };
        return { problem: `Compile error: ${diagnostics[0]?.message ?? ""}` };
      },
    };
    return own;
  }

  function evaluating(options: Omit<InstantiateOptions, "imports"> = {}): Instance {
    const script = evaluation();
    script.modules = standardLibrary({ script });
    return instantiate(module, { imports: script.modules, name: "plugin", ...options });
  }

  test("give the value of their last expression", () => {
    const instance = evaluating();
    expect(instance.call("eval", ["let f x = x * 2\nf 21"])).toBe(42);
    expect(instance.call("eval", ["[1; 2] |> List.map string"])).toEqual(["1", "2"]);
    expect(instance.call("eval", [""])).toBe(undefined);
    expect(instance.call("show", ["[1; 2]"])).toBe("[1; 2]");
    expect(instance.call("attempt", ["5"])).toEqual({ ok: true, value: 5 });
    expect(instance.call("eval", ['Script.eval "1 + 1"'])).toBe(2);
  });

  test("say what is wrong", () => {
    const instance = evaluating();
    expect(thrownBy(() => instance.call("eval", ["seen"]))).toMatchObject({
      code: "FUS0517",
      message: expect.stringMatching(/^Compile error: /) as unknown,
    });
    expect(instance.call("show", ["1 +"])).toMatch(/^Error: Compile error: /);
    expect(instance.call("show", ['failwith "x"'])).toBe("Error: x");
    expect(instance.call("attempt", ['failwith "x"'])).toEqual({ ok: false, error: "x" });
  });

  test("run on the caller's budget and under its grants", () => {
    const limits = { maxInstructions: 200_000, maxStackDepth: 500 };
    const instance = evaluating({ limits });
    expect(thrownBy(() => instance.call("show", ["while true do ()"]))).toMatchObject({
      limit: "maxInstructions",
    });
    expect(thrownBy(() => instance.call("show", ["let rec f n = 1 + f n\nf 1"]))).toMatchObject({
      limit: "maxStackDepth",
    });
    expect(thrownBy(() => instance.call("show", [" ".repeat(50_000)]))).toMatchObject({
      limit: "maxInstructions",
    });
    const closed = evaluating({ capabilities: { has: (name) => name !== "random" } });
    expect(closed.call("show", ["Random.float ()"])).toBe("Error: capability denied: random");
    expect(closed.call("show", ["1"])).toBe("1");
    expect(evaluating().call("show", [" ".repeat(50_001)])).toMatch(/longer than 50000 characters/);
  });

  test("may nest, but not for ever", () => {
    const instance = evaluating();
    const nested = `let rec f () = Script.eval "Script.eval \\"1\\""\nf ()`;
    expect(instance.call("eval", [nested])).toBe(1);
  });
});
