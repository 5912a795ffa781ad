import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Plugin, PluginUsage } from "@fusabi/plugin";
import { hostModule } from "@fusabi/vm";
import { describe, expect, onTestFinished, test } from "vitest";
import { type LoaderOptions, PluginLoader } from "../src/index.js";
import { pluginFolder, program } from "./plugin-files.js";

const UTILITIES =
  'exports = ["shout", "pad", "words", "measure", "half", "find", "side", "twice", "fail", "spin", "forever", "count", "init"]';
const USER = [
  'capabilities = ["plugin:call"]',
  'exports = ["greet", "layout", "longest", "quarter", "widthOf", "attempt", "spin", "forever", "stubborn", "partly"]',
  '[[dependencies]]\nname = "text-utils"\nversion = "^1.0"',
];

/** Waits a turn of the event loop. */
const host = hostModule("Host", {
  turn: { type: "unit -> unit", mode: "waits", run: () => setImmediate(undefined) },
});

/** Plugins by name, as a registry has them; `load` puts one in. */
function peers(options: LoaderOptions = {}) {
  const plugins = new Map<string, Plugin>();
  const loader = new PluginLoader({
    capabilities: ["plugin:call"],
    ...options,
    peers: { find: (name) => plugins.get(name) },
  });
  const load = async (name: string, source: string, ...lines: readonly string[]): Promise<Plugin> => {
    const folder = pluginFolder(name, source, ...lines);
    const plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    onTestFinished(() => plugin[Symbol.asyncDispose]());
    plugins.set(name, plugin);
    return plugin;
  };
  return { plugins, loader, load };
}

async function withUtilities(options?: LoaderOptions) {
  const all = peers(options);
  const utilities = await all.load("text-utils", program("text-utils"), UTILITIES);
  const user = await all.load("user", program("text-user"), ...USER);
  return { ...all, utilities, user };
}

describe("a dependency", () => {
  test("is a module with the exports that it has, waited for or not", async () => {
    const { user, utilities } = await withUtilities();
    for (const call of [
      (fn: string, ...args: unknown[]) => user.call(fn, args),
      async (fn: string, ...args: unknown[]) => user.callSync(fn, args),
    ]) {
      expect(await call("greet", "Ada")).toBe("HELLO ADA!");
      expect(await call("layout", "text")).toBe("text.");
      expect(await call("longest", "one three")).toBe(5);
      expect(await call("quarter", 4)).toBe(1);
      expect(await call("widthOf", "wide")).toBe(80);
      expect(await call("widthOf", "none")).toBe(0);
      expect(await call("attempt", "luck")).toBe(
        "caught Plugins.TextUtils.fail: text-utils.fail failed: no luck (" +
          `${utilities.info.entryPath}:28:36)`,
      );
    }
    expect(user.callSync("partly")).toEqual(["A!", "B!"]);
    expect(utilities.callSync("count")).toBe(4);
    expect(utilities.info.invocationCount).toBeGreaterThan(15);
  });

  test("has types: what others know nothing of is spelt out, and functions stay at home", async () => {
    const { utilities } = await withUtilities();
    const types = Object.fromEntries([...utilities.exports].map(([name, { dataType }]) => [name, dataType]));
    expect(types).toMatchObject({
      shout: "string -> string",
      pad: "{| fill: string; width: int |} -> string -> string",
      measure: "string list -> Map<string, int>",
      find: "string -> {| fill: string; width: int |} option",
      side: "int -> any",
    });
    expect(types["twice"]).toBeUndefined();
  });

  test.each([
    ["let f () : int = Plugins.TextUtils.shout 1", /string/],
    ['let f () : int = Plugins.TextUtils.shot "a"', /no member 'shot'/],
    ["let f () = Plugins.TextUtils.twice (fun n -> n) 1", /no member 'twice'/],
    ["let f () = Plugins.TextUtils.init ()", /no member 'init'/],
    ['let f () = Plugins.TextTools.shout "a"', /Plugins/],
    ["let f () = Plugins", /'Plugins' is a module/],
  ])("a wrong use is the compiler's to tell: %s", async (source, message) => {
    const { load } = await withUtilities();
    await expect(
      load("wrong", source, ...USER.slice(0, 1), 'exports = ["f"]', ...USER.slice(2)),
    ).rejects.toThrow(message);
  });

  test("needs plugin:call, declared and granted", async () => {
    const all = peers();
    await all.load("text-utils", program("text-utils"), UTILITIES);
    await expect(all.load("user", program("text-user"), ...USER.slice(1))).rejects.toMatchObject({
      code: "UNDECLARED_CAPABILITY",
    });
    const { user, loader } = await withUtilities();
    loader.revoke("plugin:call");
    await expect(user.call("greet", ["Ada"])).rejects.toThrow("capability denied: plugin:call");
    expect(user.audit.at(-1)).toMatchObject({ decision: "denied", operation: "Plugins.TextUtils.shout" });
  });

  test("leaves a record of each call, with what was called", async () => {
    const { user } = await withUtilities();
    await user.call("greet", ["Ada"]);
    expect(user.audit).toMatchObject([
      {
        capability: "plugin:call",
        operation: "Plugins.TextUtils.shout",
        target: "text-utils/shout",
        decision: "allowed",
      },
    ]);
  });

  test("missing, or in a wrong version, keeps the plugin from loading; an optional one may be missing", async () => {
    const { load, plugins } = peers();
    const user = () => load("user", program("text-user"), ...USER);
    await expect(user()).rejects.toThrow("needs text-utils ^1.0, and no such plugin is loaded");
    await load("text-utils", program("text-utils"), UTILITIES, 'version = "2.0.0"').catch(() => undefined);
    plugins.clear();
    const optional = await load(
      "optional",
      "let f () = 1\n",
      'exports = ["f"]',
      `${USER[2]}\noptional = true`,
    );
    expect(await optional.call("f")).toBe(1);
    await expect(
      load(
        "strict",
        'let f () = Plugins.TextUtils.shout "a"\n',
        USER[0] ?? "",
        'exports = ["f"]',
        `${USER[2]}\noptional = true`,
      ),
    ).rejects.toThrow(/Plugins/);
  });

  test("answers as long as it runs, in whatever version it is then", async () => {
    const { user, utilities, plugins } = await withUtilities();
    await utilities.stop();
    await expect(user.call("greet", ["Ada"])).rejects.toThrow("expected state running, found stopped");
    await utilities.initialize();
    await utilities.start();
    writeFileSync(utilities.info.entryPath ?? "", program("text-utils").replace('"!"', '"?"'));
    await utilities.reload();
    expect(await user.call("greet", ["Ada"])).toBe("HELLO ADA?");
    writeFileSync(
      utilities.info.entryPath ?? "",
      program("text-utils")
        .replace("(text: string) : string =\n    calls", "(text: string) : int =\n    calls")
        .replace('text.ToUpper() + "!"', "7"),
    );
    await utilities.reload();
    await expect(user.call("greet", ["Ada"])).rejects.toThrow(/expected string, got/);
    plugins.delete("text-utils");
    await expect(user.call("greet", ["Ada"])).rejects.toThrow("plugin not found: text-utils");
  });

  test("its types count when a reload of the user is compiled", async () => {
    const { user, utilities } = await withUtilities();
    writeFileSync(
      utilities.info.entryPath ?? "",
      program("text-utils").replace(
        "let half (n: float) : float = n / 2.0",
        "let half (n: int) : int = n / 2",
      ),
    );
    await utilities.reload();
    await expect(user.reload()).rejects.toMatchObject({
      code: "RELOAD_FAILED",
      cause: { code: "COMPILATION_FAILED" },
    });
    expect(await user.call("greet", ["Ada"])).toBe("HELLO ADA!");
  });
});

describe("the caller's account", () => {
  test("the fuel of a dependency is the caller's", async () => {
    const { user } = await withUtilities({ limits: { maxInstructions: 100_000 } });
    const before = user.usage.instructions;
    await user.call("spin", [5_000]);
    expect(user.usage.instructions - before).toBeGreaterThan(5_000);
    await expect(user.call("forever")).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
      limit: "maxInstructions",
    });
    expect(() => user.callSync("forever")).toThrow(/instruction limit/);
    // What it cannot catch in itself it cannot catch in another plugin either.
    await expect(user.call("stubborn")).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  test("each of several calls at one time is told what it used itself", async () => {
    const { load } = peers({ hostModules: [host] });
    const worker = await load(
      "worker",
      "let work (steps: int) : int =\n    let made = List.length (List.init steps id)\n    Host.turn ()\n    made\n",
      'exports = ["work"]',
    );
    const usageOf = async (call: (onUsage: (usage: PluginUsage) => void) => unknown): Promise<number> => {
      const told: number[] = [];
      await call(({ instructions }) => void told.push(instructions));
      expect(told).toHaveLength(1);
      return told[0] ?? Number.NaN;
    };
    const steps = [1_000, 10, 100, 10_000];
    const work = (count: number) => (onUsage: (usage: PluginUsage) => void) =>
      worker.call("work", [count], { onUsage });
    const alone: number[] = [];
    for (const count of steps) alone.push(await usageOf(work(count)));
    expect(new Set(alone).size).toBe(steps.length);
    expect(await Promise.all(steps.map((count) => usageOf(work(count))))).toEqual(alone);
    const user = await load(
      "user",
      "let run (steps: int) : int = Plugins.Worker.work steps\n",
      ...['capabilities = ["plugin:call"]', 'exports = ["run"]'],
      '[[dependencies]]\nname = "worker"\nversion = "*"',
    );
    const run = (count: number) => (onUsage: (usage: PluginUsage) => void) =>
      user.call("run", [count], { onUsage });
    const charged: number[] = [];
    for (const count of steps) charged.push(await usageOf(run(count)));
    expect(await Promise.all(steps.map((count) => usageOf(run(count))))).toEqual(charged);
    // What did not begin used nothing.
    await expect(
      worker.call("work", ["many"], { onUsage: () => expect.unreachable() }),
    ).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  test("and so is its time, and a change of mind", async () => {
    const { user } = await withUtilities({ limits: { maxInstructions: null, timeoutMs: 60_000 } });
    await expect(user.call("stubborn", [], { timeoutMs: 100 })).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
      limit: "timeoutMs",
    });
  });

  test("plugins that call each other without end meet a bound", async () => {
    const { load, plugins } = peers({ limits: { maxInstructions: null, timeoutMs: null } });
    // A circle that no manifest could state: each is loaded while the other is somebody else.
    const ping = (other: string) => `let ping (n: int) : int = Plugins.${other}.ping (n + 1)\n`;
    const on = (name: string) => [
      'capabilities = ["plugin:call"]',
      'exports = ["ping"]',
      `[[dependencies]]\nname = "${name}"\nversion = "*"`,
    ];
    const first = await load("b", "let ping (n: int) : int = n\n", 'exports = ["ping"]');
    const a = await load("a", ping("B"), ...on("b"));
    await load("c", ping("A"), ...on("a"));
    plugins.set("b", plugins.get("c") as Plugin);
    expect(first.state).toBe("running");
    const failure = (await a.call("ping", [0]).catch((error: unknown) => error)) as Error;
    let innermost = failure;
    while (innermost.cause instanceof Error) innermost = innermost.cause;
    expect(innermost.message).toMatch(/1000 calls to other plugins are open already/);
    expect(failure.message.length).toBeLessThan(3_000);
    expect(() => a.callSync("ping", [0])).toThrow(/more than 50 deep/);
    expect(a.state).toBe("running");
  });
});
