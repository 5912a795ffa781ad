import { join } from "node:path";
import { CallAbortedError } from "@fusabi/plugin";
import { hostModule } from "@fusabi/vm";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  CallQueueFullError,
  CallQueueTimeoutError,
  PluginRuntime,
  RuntimeDisposedError,
  type RuntimeOptions,
} from "../src/index.js";
import { pluginFolder, program } from "./plugin-files.js";

/** A runtime with waiting plugins, the labels of the calls that have begun, and a way to let each end. */
async function waiting(options: RuntimeOptions, ...names: readonly string[]) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const host = hostModule("Host", {
    wait: {
      type: "string -> string",
      mode: "waits",
      run: (_, label: string) => {
        begun.push(label);
        return new Promise<string>((resolve) => ends.set(label, () => resolve(`${label} done`)));
      },
    },
  });
  const runtime = new PluginRuntime({ ...options, hostModules: [host] });
  for (const name of names) {
    const folder = pluginFolder(name, program("waiting"), 'exports = ["wait", "ping", "fail"]');
    await runtime.loadManifest(join(folder, "plugin.toml"));
  }
  const end = async (label: string) => {
    ends.get(label)?.();
    // Until the freed place has been taken.
    await new Promise((resolve) => setImmediate(resolve));
  };
  onTestFinished(async () => {
    const disposal = runtime.dispose();
    for (const finish of ends.values()) finish();
    await disposal;
  });
  return { runtime, begun, end };
}

describe("the queue of calls", () => {
  test("plugins take turns, and each one's calls keep their order", async () => {
    const { runtime, begun, end } = await waiting({ maxConcurrentCalls: 1 }, "busy", "calm", "late");
    const calls = [
      ...["b1", "b2", "b3", "b4"].map((label) => runtime.call("busy", "wait", [label])),
      ...["c1", "c2"].map((label) => runtime.call("calm", "wait", [label])),
      runtime.call("late", "wait", ["l1"]),
    ];
    expect(runtime.stats().calls).toMatchObject({ running: 1, queued: 6 });
    const order = ["b1", "b2", "c1", "l1", "b3", "c2", "b4"];
    for (const label of order) {
      expect(begun.at(-1)).toBe(label);
      await end(label);
    }
    expect(begun).toEqual(order);
    expect(await Promise.all(calls)).toEqual(
      ["b1", "b2", "b3", "b4", "c1", "c2", "l1"].map((label) => `${label} done`),
    );
    expect(runtime.stats().calls).toMatchObject({ total: 7, succeeded: 7, running: 0, queued: 0 });
  });

  test("as many as may run at one time do", async () => {
    const { runtime, begun, end } = await waiting({ maxConcurrentCalls: 2 }, "p");
    const calls = ["1", "2", "3"].map((label) => runtime.call("p", "wait", [label]));
    expect(begun).toEqual(["1", "2"]);
    await end("2");
    expect(begun).toEqual(["1", "2", "3"]);
    await end("1");
    await end("3");
    await Promise.all(calls);
  });

  test("a failing call gives its place back", async () => {
    const { runtime } = await waiting({ maxConcurrentCalls: 1 }, "p");
    for (let i = 0; i < 3; i++) await expect(runtime.call("p", "fail")).rejects.toThrow(/no/);
    await expect(runtime.call("p", "nothing")).rejects.toMatchObject({ code: "FUNCTION_NOT_FOUND" });
    expect(await runtime.call("p", "ping")).toBe("pong");
    expect(runtime.stats().calls).toMatchObject({ running: 0, failed: 4, succeeded: 1 });
  });

  test("waiting counts against the timeout of a call", async () => {
    const { runtime, end } = await waiting({ maxConcurrentCalls: 1 }, "p");
    const first = runtime.call("p", "wait", ["first"]);
    await expect(runtime.call("p", "ping", [], { timeoutMs: 20 })).rejects.toThrow(CallQueueTimeoutError);
    const second = runtime.call("p", "wait", ["second"], { timeoutMs: 300 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await end("first");
    await expect(second).rejects.toMatchObject({ code: "LIMIT_EXCEEDED", limit: "timeoutMs" });
    const { allowed } = (await second.catch((error: unknown) => error)) as { readonly allowed: number };
    expect(allowed).toBeLessThanOrEqual(201);
    await first;
  });

  test("an aborted call leaves the queue", async () => {
    const { runtime, begun, end } = await waiting({ maxConcurrentCalls: 1 }, "p");
    const first = runtime.call("p", "wait", ["first"]);
    const controller = new AbortController();
    const second = runtime.call("p", "wait", ["second"], { signal: controller.signal });
    const third = runtime.call("p", "wait", ["third"]);
    controller.abort(new Error("changed my mind"));
    await expect(second).rejects.toThrow(CallAbortedError);
    await expect(second).rejects.toMatchObject({ cause: { message: "changed my mind" } });
    await end("first");
    expect(begun).toEqual(["first", "third"]);
    await end("third");
    await Promise.all([first, third]);
  });

  test("is bounded", async () => {
    const { runtime, end } = await waiting({ maxConcurrentCalls: 1, maxQueuedCalls: 1 }, "p");
    const first = runtime.call("p", "wait", ["first"]);
    const second = runtime.call("p", "ping");
    await expect(runtime.call("p", "ping")).rejects.toThrow(CallQueueFullError);
    expect(runtime.callSync("p", "ping")).toBe("pong");
    await end("first");
    expect(await second).toBe("pong");
    await first;
  });

  test("what waits when the runtime is disposed is refused, what runs may end", async () => {
    const { runtime, end } = await waiting({ maxConcurrentCalls: 1 }, "p");
    const first = runtime.call("p", "wait", ["first"]);
    const second = runtime.call("p", "ping");
    const disposal = runtime.dispose();
    await expect(second).rejects.toThrow(RuntimeDisposedError);
    await end("first");
    expect(await first).toBe("first done");
    await disposal;
  });

  test("a call that waits survives a reload and finishes on its version", async () => {
    const { runtime, end } = await waiting({}, "p");
    const call = runtime.call("p", "wait", ["old"]);
    await runtime.reload("p");
    expect(await runtime.call("p", "ping")).toBe("pong");
    await end("old");
    expect(await call).toBe("old done");
  });
});
