import { AuditTrail } from "@fusabi/capabilities";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ExecutionError,
  FunctionNotFoundError,
  InitializationError,
  InvalidStateError,
  type LifecycleEvent,
  type LifecycleOperation,
  type LifecycleState,
  lifecycle,
  type ManagedPlugin,
  PluginCrashedError,
  type PluginProgram,
  PluginUnloadedError,
  ReloadError,
} from "../src/index.js";
import { deferred, jsPlugin, jsProgram } from "./js-program.js";

const hello = jsProgram({ greet: (name: string) => `hello, ${name}` });

async function running(...args: Parameters<typeof jsPlugin>): Promise<ManagedPlugin> {
  const plugin = jsPlugin(...args);
  await plugin.initialize();
  await plugin.start();
  return plugin;
}

function failing(message: string): () => never {
  return () => {
    throw new SyntaxError(message);
  };
}

describe("the lifecycle", () => {
  test("from created to unloaded, with the hooks in their places", async () => {
    const log: string[] = [];
    const program = jsProgram(
      { init: () => log.push("init"), cleanup: () => log.push("cleanup"), work: () => log.push("work") },
      { top: () => log.push("top") },
    );
    const plugin = jsPlugin(program, [program], { onEvent: ({ type }) => void log.push(`<${type}>`) });
    await plugin.initialize();
    await plugin.start();
    await plugin.call("work");
    await plugin.stop();
    await plugin.initialize();
    await plugin.start();
    await plugin.unload();
    expect(log.join(" ")).toBe(
      "<created> top <initialized> init <started> work cleanup <stopped> top <initialized> init <started> cleanup <unloaded>",
    );
  });

  test("random operations do what the table says, and nothing else", async () => {
    const operations = fc.array(fc.constantFrom(...(Object.keys(lifecycle) as LifecycleOperation[])), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(operations, async (sequence) => {
        const plugin = jsPlugin(hello);
        let state: LifecycleState = "created";
        for (const operation of sequence) {
          const allowed = lifecycle[operation].from.includes(state);
          const done = operation === "call" ? plugin.call("greet", ["x"]) : plugin[operation]();
          if (allowed) {
            await done;
            const { to } = lifecycle[operation];
            state = to === "unchanged" ? state : to;
          } else {
            await expect(done).rejects.toMatchObject({
              expected: lifecycle[operation].from,
              actual: state,
              operation,
            });
          }
          expect(plugin.state).toBe(state);
        }
      }),
    );
  });

  test("operations asked for at once happen one after the other", async () => {
    const plugin = jsPlugin(hello);
    const all = await Promise.allSettled([
      plugin.initialize(),
      plugin.initialize(),
      plugin.start(),
      plugin.stop(),
      plugin.unload(),
      plugin.start(),
    ]);
    expect(all.map(({ status }) => status === "fulfilled")).toEqual([true, false, true, true, true, false]);
  });

  test("errors say what was expected and what was found", async () => {
    const plugin = jsPlugin(hello);
    await expect(plugin.call("greet")).rejects.toThrow(
      "cannot call plugin sample: expected state running, found created",
    );
    expect(() => plugin.callSync("greet")).toThrow(InvalidStateError);
    await plugin.unload();
    await expect(plugin.initialize()).rejects.toThrow(PluginUnloadedError);
    await expect(plugin.initialize()).rejects.toThrow("expected state created or stopped, found unloaded");
  });

  test("a failing init puts the plugin into error, with the cause; a reload helps", async () => {
    const events: LifecycleEvent[] = [];
    const repaired = jsProgram({ init: () => 1, greet: () => "repaired" });
    const plugin = jsPlugin(jsProgram({ init: failing("no") }), [repaired], {
      onEvent: (event) => void events.push(event),
    });
    await plugin.initialize();
    await expect(plugin.start()).rejects.toThrow(InitializationError);
    expect(plugin.state).toBe("error");
    expect(plugin.failure?.cause).toBeInstanceOf(ExecutionError);
    expect(events.at(-1)).toMatchObject({
      type: "error",
      message: "initialization of plugin sample failed: sample.init failed: no",
    });
    await expect(plugin.call("init")).rejects.toThrow(/found error \(initialization of plugin sample failed/);
    await plugin.reload();
    expect(plugin.state).toBe("running");
    expect(plugin.failure).toBeUndefined();
    expect(await plugin.call("greet")).toBe("repaired");
  });

  test("a failing top level too; the reload leads to where it was going", async () => {
    const plugin = jsPlugin(jsProgram({}, { top: failing("no") }), [hello]);
    await expect(plugin.initialize()).rejects.toThrow("initialization of plugin sample failed: no");
    expect(plugin.state).toBe("error");
    await plugin.reload();
    expect(plugin.state).toBe("initialized");
    await plugin.start();
    expect(await plugin.call("greet", ["x"])).toBe("hello, x");
  });

  test("a failing cleanup is reported and stops nothing", async () => {
    const errors: string[] = [];
    const plugin = await running(jsProgram({ cleanup: failing("dirty") }));
    plugin.on("error", ({ message }) => void errors.push(message));
    await plugin.unload();
    expect(plugin.state).toBe("unloaded");
    expect(errors).toEqual(["sample.cleanup failed: dirty"]);
  });

  test("disposing unloads, once, from whatever state", async () => {
    const plugin = await running(hello);
    await Promise.all([plugin[Symbol.asyncDispose](), plugin[Symbol.asyncDispose]()]);
    expect(plugin.state).toBe("unloaded");
  });
});

describe("calls", () => {
  test("answer, count, and know what is exported", async () => {
    const plugin = await running(hello);
    expect(await plugin.call("greet", ["Ada"])).toBe("hello, Ada");
    expect(plugin.callSync("greet", ["Bob"])).toBe("hello, Bob");
    await expect(plugin.call("great")).rejects.toThrow(
      "function not found: plugin sample exports no great (did you mean greet?)",
    );
    await expect(plugin.call("__proto__")).rejects.toThrow(FunctionNotFoundError);
    expect(plugin.info).toMatchObject({
      invocationCount: 4,
      reloadCount: 0,
      state: "running",
      name: "sample",
    });
    expect(plugin.usage).toMatchObject({ instructions: 20, maxDepth: 1 });
  });

  test("a failing call leaves the plugin usable, a crash does not", async () => {
    const program = jsProgram({
      fail: failing("bad input"),
      crash: () => {
        throw new PluginCrashedError("sample", new Error("engine gone"));
      },
    });
    const plugin = await running(program);
    await expect(plugin.call("fail")).rejects.toMatchObject({
      code: "EXECUTION_FAILED",
      fault: { code: "FUS0519" },
    });
    expect(plugin.state).toBe("running");
    await expect(plugin.call("crash")).rejects.toThrow(PluginCrashedError);
    expect(plugin.state).toBe("error");
    await plugin.reload();
    expect(plugin.state).toBe("running");
    expect(() => plugin.callSync("crash")).toThrow(PluginCrashedError);
    expect(plugin.state).toBe("error");
  });

  test("stop waits for the calls in flight, and takes no new ones", async () => {
    const { promise, resolve } = deferred();
    const log: string[] = [];
    const slow = async (): Promise<void> => {
      await promise;
      log.push("slow");
    };
    const plugin = await running(jsProgram({ slow, cleanup: () => log.push("cleanup") }));
    const call = plugin.call("slow");
    const stopped = plugin.stop();
    await Promise.resolve();
    await expect(plugin.call("slow")).rejects.toThrow(InvalidStateError);
    resolve();
    await Promise.all([call, stopped]);
    expect(log).toEqual(["slow", "cleanup"]);
  });
});

describe("reload", () => {
  const version = (number: number): PluginProgram =>
    jsProgram({ version: () => number }, { version: `${number}.0.0` });

  test("switches to the new version and keeps the lifecycle state", async () => {
    let now = 0;
    const plugin = await running(version(1), [version(2), version(3)], { now: () => ++now });
    await plugin.reload();
    expect(await plugin.call("version")).toBe(2);
    expect(plugin.version).toBe("2.0.0");
    await plugin.stop();
    await plugin.reload();
    expect(plugin.state).toBe("stopped");
    await plugin.initialize();
    await plugin.start();
    expect(await plugin.call("version")).toBe(3);
    expect(plugin.info.reloadCount).toBe(2);
    expect(plugin.info.lastReload).toBeGreaterThan(plugin.info.loadedAt);
    expect(plugin.usage.instructions).toBe(20);
  });

  test("calls in flight finish on the version that they started on", async () => {
    const { promise, resolve } = deferred();
    const log: string[] = [];
    const work = async (): Promise<string> => {
      await promise;
      return "old";
    };
    const old = jsProgram({ work, cleanup: () => log.push("cleanup of the old") });
    const plugin = await running(old, [
      jsProgram({ work: () => "new", init: () => log.push("init of the new") }),
    ]);
    const slow = plugin.call("work");
    await plugin.reload();
    expect(await plugin.call("work")).toBe("new");
    expect(log).toEqual(["init of the new"]);
    resolve();
    expect(await slow).toBe("old");
    await plugin.unload();
    expect(log).toEqual(["init of the new", "cleanup of the old"]);
  });

  test("hands the state over", async () => {
    const counter = (): PluginProgram => {
      let count = 0;
      return jsProgram({
        next: () => ++count,
        save_state: () => count,
        restore_state: (saved: number) => {
          count = saved;
        },
      });
    };
    const plugin = await running(counter(), [counter()]);
    await plugin.call("next");
    await plugin.call("next");
    await plugin.reload();
    expect(await plugin.call("next")).toBe(3);
  });

  test.each<[string, PluginProgram | Error]>([
    ["cannot be loaded", new Error("does not compile")],
    ["fails at its top level", jsProgram({}, { top: failing("top") })],
    ["fails in init", jsProgram({ init: failing("init") })],
    ["has another name", jsProgram({}, { name: "other" })],
  ])("a version that %s leaves the old one serving", async (_, next) => {
    const errors: Error[] = [];
    const plugin = await running(version(1), [next]);
    plugin.on("error", ({ error }) => void errors.push(error));
    await expect(plugin.reload()).rejects.toThrow(ReloadError);
    expect(plugin.state).toBe("running");
    expect(await plugin.call("version")).toBe(1);
    expect(errors).toHaveLength(1);
    expect(plugin.info.reloadCount).toBe(0);
  });
});

test("listeners: order, types, ending, and a failing one hinders nobody", async () => {
  const log: string[] = [];
  const plugin = jsPlugin(hello);
  plugin.on("*", ({ type }) => void log.push(`all ${type}`));
  const off = plugin.on("initialized", () => void log.push("one"));
  const uncaught: unknown[] = [];
  const others = process.listeners("uncaughtException");
  process
    .removeAllListeners("uncaughtException")
    .on("uncaughtException", (error) => void uncaught.push(error));
  try {
    plugin.on("started", failing("listener"));
    plugin.on("started", async () => failing("async listener")());
    await plugin.initialize();
    off();
    off();
    await plugin.start();
    await new Promise((resolve) => setTimeout(resolve, 5));
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
  }
  expect(log).toEqual(["all initialized", "one", "all started"]);
  expect(uncaught.map(String)).toEqual(["SyntaxError: listener", "SyntaxError: async listener"]);
});

test("the audit trail is the program's", () => {
  const audit = new AuditTrail();
  const plugin = jsPlugin(hello, [hello], { audit });
  audit.sink({
    at: 1,
    plugin: "sample",
    capability: "random",
    operation: "Random.next",
    decision: "allowed",
    durationMs: 0,
  });
  expect(plugin.audit).toHaveLength(1);
  expect(jsPlugin(hello).audit).toEqual([]);
});
