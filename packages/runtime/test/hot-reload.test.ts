import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hostModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import {
  FileStateStore,
  type HotReload,
  type HotReloadEvents,
  MemoryStateStore,
  PluginRuntime,
  StateFileError,
} from "../src/index.js";
import { folderWith, manifestText, pluginFolder, program } from "./plugin-files.js";

const silent = { onOutput: () => undefined };
const EXPORTS = 'exports = ["version", "next", "total", "save_state", "restore_state"]';
const quick = { debounce: 20, backoff: { kind: "linear", initialMs: 20, stepMs: 0, retries: 3 } } as const;

/** The plugin under load: how many versions it is given, how often it is called meanwhile, and how often in one turn of the event loop. */
const REWRITES = 500;
const CALLS = 100_000;
const CALLS_A_TURN = 10;

function counter(version: number): string {
  return program("counter").replaceAll("VERSION", String(version));
}

/** Written beside and renamed over, as editors do. */
async function save(path: string, text: string): Promise<void> {
  await writeFile(`${path}.tmp`, text);
  await rename(`${path}.tmp`, path);
}

type After = HotReloadEvents["after"];

/** The next `after` event of a plugin that fits. */
function nextAfter(hotReload: HotReload, fits: (event: After) => boolean = () => true): Promise<After> {
  return new Promise((resolve) => {
    const off = hotReload.on("after", (event) => {
      if (!fits(event)) return;
      off();
      resolve(event);
    });
  });
}

describe("a plugin whose files change", () => {
  test("is reloaded with its state, and keeps serving while a version does not load", async () => {
    const folder = pluginFolder("counter", counter(1), EXPORTS);
    const main = join(folder, "main.fsx");
    await using runtime = new PluginRuntime(silent);
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch(quick);
    for (let i = 0; i < 3; i++) await runtime.call("counter", "next");

    let after = nextAfter(hotReload);
    await save(main, counter(2));
    expect(await after).toMatchObject({ plugin: "counter", ok: true });
    expect(await runtime.call("counter", "next")).toEqual([2, 4, 2]);

    after = nextAfter(hotReload);
    await save(main, "let broken = (");
    expect(await after).toMatchObject({ ok: false, error: { code: "RELOAD_FAILED" } });
    expect([...hotReload.failures.keys()]).toEqual(["counter"]);
    expect(await runtime.call("counter", "next")).toEqual([2, 5, 2]);

    after = nextAfter(hotReload, ({ ok }) => ok);
    await save(main, counter(3));
    await after;
    expect(hotReload.failures.size).toBe(0);
    expect(await runtime.call("counter", "next")).toEqual([3, 6, 3]);
  });

  test("a version whose init fails is told once, tried again, given up by the circuit, and tried later", async () => {
    const folder = pluginFolder("counter", counter(1), EXPORTS.replace("]", ', "init"]'));
    const main = join(folder, "main.fsx");
    let isThere = true;
    const place = hostModule("Place", { find: { type: "unit -> bool", run: () => isThere } });
    const needing = (version: number): string =>
      `${counter(version)}\nlet init () = if not (Place.find ()) then failwith "it is not there"\n`;
    await writeFile(main, needing(1));
    await using runtime = new PluginRuntime({ ...silent, hostModules: [place] });
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch({ ...quick, circuitBreaker: { failures: 3, resetMs: 300 } });
    const told: string[] = [];
    hotReload.on("after", ({ ok }) => told.push(`after ${ok}`));
    hotReload.on("retry", ({ attempt }) => told.push(`retry ${attempt}`));
    hotReload.on("circuit-closed", () => told.push("closed"));
    const opened = () => new Promise((resolve) => hotReload.on("circuit-opened", resolve));
    isThere = false;
    let open = opened();
    await save(main, needing(2));
    await open;
    await hotReload.settled();
    expect(told.splice(0)).toEqual(["after false", "retry 1", "retry 2"]);

    // It is tried once more later, and once more.
    await opened();
    let after = nextAfter(hotReload);
    isThere = true;
    expect(await after).toMatchObject({ ok: true });
    expect(told.splice(0)).toEqual(["closed", "after true"]);
    expect(await runtime.call("counter", "version")).toBe(2);

    // A new version is a new reason to try.
    isThere = false;
    open = opened();
    await save(main, needing(3));
    await open;
    after = nextAfter(hotReload, ({ ok }) => ok);
    isThere = true;
    await save(main, counter(4).replace("let total", "let init () = ()\nlet total"));
    await after;
    expect(told).toEqual(["after false", "retry 1", "retry 2", "closed", "after true"]);
  });

  test("what its own files are to blame for is not tried again", async () => {
    const folder = pluginFolder("counter", counter(1), EXPORTS);
    await using runtime = new PluginRuntime(silent);
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch(quick);
    const told: string[] = [];
    hotReload.on("before", () => told.push("before"));
    hotReload.on("retry", () => told.push("retry"));
    hotReload.on("after", (event) =>
      told.push(event.ok ? "serves" : String(Reflect.get(event.error.cause ?? {}, "code"))),
    );
    const broken = [
      ["main.fsx", 'let next () : int = "no"\n', "COMPILATION_FAILED"],
      ["main.fsx", "let other () = 1\n", "INVALID_PROGRAM"],
      ["plugin.toml", "name = ", "MANIFEST_SYNTAX"],
      ["plugin.toml", manifestText("other", EXPORTS), "INVALID_PROGRAM"],
    ] as const;
    for (const [file, text, code] of broken) {
      const path = join(folder, file);
      const good = await readFile(path, "utf8");
      let after = nextAfter(hotReload);
      await save(path, text);
      await after;
      await sleep(100);
      // The same again is the same.
      await save(path, text);
      await sleep(200);
      expect(told.splice(0)).toEqual(["before", code]);
      after = nextAfter(hotReload);
      await save(path, good);
      await after;
      expect(told.splice(0)).toEqual(["before", "serves"]);
    }
    expect(hotReload.failures.size).toBe(0);
  });

  test("is told once, also if a retry finds the new version before its change is told", async () => {
    const folder = pluginFolder("counter", counter(1), EXPORTS.replace("]", ', "init"]'));
    const main = join(folder, "main.fsx");
    const withInit = (version: number, init: string): string =>
      `${counter(version)}\nlet init () = ${init}\n`;
    await writeFile(main, withInit(1, "()"));
    await using runtime = new PluginRuntime(silent);
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch({
      debounce: 400,
      backoff: { kind: "linear", initialMs: 100, stepMs: 0, retries: 50 },
      circuitBreaker: false,
    });
    const told: string[] = [];
    hotReload.on("after", ({ ok }) => told.push(ok ? "serves" : "fails"));
    let after = nextAfter(hotReload);
    await save(main, withInit(2, 'failwith "not yet"'));
    await after;
    after = nextAfter(hotReload);
    const changed = new Promise((resolve) => hotReload.on("changed", resolve));
    await save(main, withInit(3, "()"));
    await after;
    await changed;
    await hotReload.settled();
    expect(told).toEqual(["fails", "serves"]);
  });

  test("by a file that it loads, also one that only a broken version loads", async () => {
    const folder = pluginFolder(
      "words",
      '#load "words.fsx"\nlet greet (name: string) = Words.greeting + name\n',
      'exports = ["greet"]',
    );
    writeFileSync(join(folder, "words.fsx"), 'module Words\nlet greeting = "Hello, "\n');
    await using runtime = new PluginRuntime(silent);
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch(quick);

    let after = nextAfter(hotReload);
    await save(join(folder, "words.fsx"), 'module Words\nlet greeting = "Bonjour, "\n');
    await after;
    expect(await runtime.call("words", "greet", ["Ada"])).toBe("Bonjour, Ada");

    after = nextAfter(hotReload);
    await save(
      join(folder, "main.fsx"),
      '#load "more.fsx"\nlet greet (name: string) = More.greeting + name\n',
    );
    expect(await after).toMatchObject({ ok: false });
    after = nextAfter(hotReload, ({ ok }) => ok);
    await save(join(folder, "more.fsx"), 'module More\nlet greeting = "Salve, "\n');
    await after;
    expect(await runtime.call("words", "greet", ["Ada"])).toBe("Salve, Ada");
  });

  test("only the plugins that use a file, and those that depend on them", async () => {
    const root = folderWith({
      "text/plugin.toml": manifestText("text", 'exports = ["shout"]'),
      "text/main.fsx": 'let shout (text: string) = text + "!"\n',
      "user/plugin.toml": `${manifestText("user", 'exports = ["run"]')}\n[[dependencies]]\nname = "text"\nversion = "*"\n`,
      "user/main.fsx": "let run () = 1\n",
      "other/plugin.toml": manifestText("other", 'exports = ["run"]'),
      "other/main.fsx": "let run () = 1\n",
    });
    await using runtime = new PluginRuntime({ ...silent, capabilities: ["plugin:call"] });
    for (const name of ["text", "user", "other"]) await runtime.loadManifest(join(root, name, "plugin.toml"));
    await using hotReload = await runtime.watch(quick);
    const reasons: string[] = [];
    hotReload.on("before", ({ plugin, reason }) => reasons.push(`${plugin}: ${reason.kind}`));
    const after = nextAfter(hotReload, ({ plugin }) => plugin === "user");
    await save(join(root, "text", "main.fsx"), 'let shout (text: string) = text + "?"\n');
    await after;
    await sleep(100);
    expect(reasons).toEqual(["text: files", "user: dependency"]);
  });

  test("a manifest that asks for more than is granted is refused, and the old version serves", async () => {
    const folder = pluginFolder("counter", counter(1), EXPORTS);
    await using runtime = new PluginRuntime(silent);
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch(quick);
    const after = nextAfter(hotReload);
    await save(
      join(folder, "plugin.toml"),
      manifestText("counter", 'capabilities = ["process:exec"]', EXPORTS),
    );
    expect(await after).toMatchObject({ ok: false, error: { cause: { code: "MISSING_CAPABILITY" } } });
    expect(await runtime.call("counter", "version")).toBe(1);
  });

  test("without autoReload it is told, and reloaded when the host says so", async () => {
    const folder = pluginFolder("counter", counter(1), EXPORTS);
    await using runtime = new PluginRuntime(silent);
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch({ ...quick, autoReload: false });
    const changed = new Promise<HotReloadEvents["changed"]>((resolve) => hotReload.on("changed", resolve));
    await save(join(folder, "main.fsx"), counter(2));
    expect((await changed).files.map((file) => file.endsWith("main.fsx"))).toEqual([true]);
    expect(await runtime.call("counter", "version")).toBe(1);
    await hotReload.reload("counter");
    expect(await runtime.call("counter", "version")).toBe(2);
  });

  test("plugins that come later are watched, and nothing happens after stop", async () => {
    const folder = pluginFolder("counter", counter(1), EXPORTS);
    await using runtime = new PluginRuntime(silent);
    const hotReload = await runtime.watch(quick);
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await hotReload.refresh();
    expect(hotReload.watchedPaths).toHaveLength(1);
    const after = nextAfter(hotReload);
    await save(join(folder, "main.fsx"), counter(2));
    await after;
    await runtime.unload("counter");
    await hotReload.refresh();
    expect(hotReload.watchedPaths).toEqual([]);
    await hotReload.stop();
    await rm(folder, { recursive: true });
  });
});

describe("under load", () => {
  test(`${REWRITES} versions, a fifth of them broken, while 8 callers call ${CALLS} times`, async () => {
    const folder = pluginFolder("counter", counter(0), EXPORTS);
    const main = join(folder, "main.fsx");
    await using runtime = new PluginRuntime({ ...silent, maxConcurrentCalls: 8 });
    await runtime.loadManifest(join(folder, "plugin.toml"));
    await using hotReload = await runtime.watch({ ...quick, debounce: 2 });
    const told: string[] = [];
    hotReload.on("after", (event) => void told.push(event.ok ? "serves" : String(event.error.cause)));

    let isRewriting = true;
    let calls = 0;
    let newest = 0;
    const torn: unknown[] = [];
    const caller = async () => {
      let last = 0;
      while (isRewriting || calls < CALLS) {
        const answer = (await runtime.call("counter", "next")) as [number, number, number];
        const [version, count, again] = answer;
        // By hand: a hundred thousand calls are quicker than as many expectations.
        if (version !== again || count <= last || version > newest) torn.push(answer);
        last = count;
        // The calls of all the callers are over in microtasks: without a pause nothing else would ever run.
        if (++calls % CALLS_A_TURN === 0) await sleep(4);
      }
    };
    const callers = Promise.all(Array.from({ length: 8 }, caller));
    const expected: string[] = [];
    for (let version = 1; version <= REWRITES; version++) {
      const isBroken = version % 5 === 0;
      const after = nextAfter(hotReload);
      newest = version;
      await save(main, isBroken ? `${counter(version)}\nlet broken = missing${version}\n` : counter(version));
      expected.push(isBroken ? `missing${version}` : "serves");
      await after;
    }
    isRewriting = false;
    await callers;
    await hotReload.settled();

    expect(torn).toEqual([]);
    expect(calls).toBeGreaterThanOrEqual(CALLS);
    expect(told.map((text) => /missing\d+/.exec(text)?.[0] ?? text)).toEqual(expected);
    expect(await runtime.call("counter", "total")).toBe(calls);
    expect(runtime.stats().calls).toMatchObject({ failed: 0, succeeded: calls + 1 });
  });
});

describe("kept states", () => {
  test("survive the host in files, and a damaged file is told and left alone", async () => {
    const states = mkdtempSync(join(tmpdir(), "states-"));
    const manifest = join(pluginFolder("counter", counter(1), EXPORTS), "plugin.toml");
    for (let host = 1; host <= 3; host++) {
      await using runtime = new PluginRuntime({ ...silent, stateStore: new FileStateStore(states) });
      await runtime.loadManifest(manifest);
      expect(await runtime.call("counter", "next")).toEqual([1, host, 1]);
    }
    await writeFile(join(states, "counter.state"), "damaged");
    await using runtime = new PluginRuntime({ ...silent, stateStore: new FileStateStore(states) });
    const failure = await runtime.loadManifest(manifest).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "INITIALIZATION_FAILED", cause: { code: "STATE_FILE_DAMAGED" } });
    expect((failure as Error).cause).toBeInstanceOf(StateFileError);
  });

  test.each([
    ["memory", () => new MemoryStateStore()],
    ["files", () => new FileStateStore(join(mkdtempSync(join(tmpdir(), "states-")), "new", "folder"))],
  ] as const)("in %s", async (_, make) => {
    const store = make();
    expect(await store.load("p")).toBeUndefined();
    const state = { count: 2n ** 60n, names: new Map([["a", new Set([1, Number.NaN])]]), none: undefined };
    await store.save("p", state);
    state.names.clear();
    expect(await store.load("p")).toEqual({
      state: { count: 2n ** 60n, names: new Map([["a", new Set([1, Number.NaN])]]), none: undefined },
    });
    await store.save("p", undefined);
    expect(await store.load("p")).toEqual({ state: undefined });
    await expect(store.save("p", () => 1)).rejects.toThrow();
    expect(await store.load("p")).toEqual({ state: undefined });
    await store.delete("p");
    expect(await store.load("p")).toBeUndefined();
  });

  test("a name that is a path is refused", async () => {
    await expect(new FileStateStore(tmpdir()).load("../etc/passwd")).rejects.toThrow(RangeError);
  });
});
