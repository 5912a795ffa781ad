import { readFileSync } from "node:fs";
import {
  AbortError,
  CallError,
  decodeModule,
  type HostModule,
  hostModule,
  type Instance,
  type InstantiateOptions,
  instantiate,
  LimitError,
} from "@fusabi/vm";
import { beforeEach, describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { bytecodeOf, thrownBy } from "./program.js";

let log: string[] = [];
let aborted = 0;

const host: HostModule = hostModule("Host", {
  log: { type: "string -> unit", run: (_, text: string) => void log.push(text) },
  never: {
    type: "unit -> int",
    mode: "waits",
    run: (context) =>
      new Promise((_, reject) => {
        context.signal?.addEventListener("abort", () => {
          aborted++;
          reject(new Error("aborted"));
        });
      }),
  },
});
const imports = [...standardLibrary(), host];
const module = decodeModule(
  bytecodeOf(readFileSync(new URL("programs/tasks.fsx", import.meta.url), "utf8"), imports),
);

function started(options: Omit<InstantiateOptions, "imports"> = {}): Instance {
  return instantiate(module, { imports, ...options });
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
  log = [];
  aborted = 0;
});

describe("Async.parallel", () => {
  test("runs all at once and keeps the order of the results", async () => {
    expect(await started().callAsync("together")).toEqual(["a", "b", "c"]);
    expect(log).toEqual(["a begins", "b begins", "c begins", "b ends", "c ends", "a ends"]);
    expect(await started().callAsync("togetherInArray")).toEqual([1, 4, 9]);
  });

  test("the first failure ends it and cancels the rest", async () => {
    const instance = started();
    const begun = performance.now();
    expect(await failureOf(instance.callAsync("firstFailure"))).toMatchObject({
      code: "FUS0519",
      message: "broken",
    });
    expect(await instance.callAsync("caught")).toEqual({ ok: false, error: "broken" });
    expect(performance.now() - begun).toBeLessThan(2_000);
    await pause(20);
    expect(log.filter((line) => line.endsWith("ends"))).toEqual([]);
  });

  test("in a synchronous call works as long as nothing waits", () => {
    const instance = started();
    expect(instance.call("quick", [5])).toEqual([0, 1, 2, 3, 4]);
    expect(instance.call("togetherInArray")).toEqual([1, 4, 9]);
    expect(thrownBy(() => instance.call("together"))).toMatchObject({
      code: "FUS0517",
      message: "Async.parallel: cannot wait inside a synchronous call",
    });
  });
});

describe("Async.withTimeout", () => {
  test("gives the result in time, else None", async () => {
    const instance = started();
    expect(await instance.callAsync("inTime", [5_000, 1])).toBe("work");
    expect(await instance.callAsync("inTime", [5, 5_000])).toBeNull();
    expect(log).toEqual(["work begins", "work ends", "work begins"]);
    expect(await failureOf(instance.callAsync("inTime", [-1, 1]))).toMatchObject({
      message: "Async.withTimeout: time must not be negative, got -1",
    });
  });

  test("what is cancelled is cleaned up, innermost first", async () => {
    const instance = started();
    await instance.callAsync("cleanedUp");
    expect(log.splice(0)).toEqual(["cleaned up"]);
    await instance.callAsync("nestedCleanUp");
    expect(log).toEqual(["cleaned up", "outer cleaned up"]);
  });

  test("cancellation reaches host functions that wait", async () => {
    expect(await started().callAsync("hostWaits")).toBeNull();
    expect(aborted).toBe(1);
  });
});

describe("work that was started", () => {
  test("can be awaited more than once", async () => {
    expect(await started().callAsync("handle")).toEqual(["job", "job"]);
    expect(log).toEqual(["job begins", "started", "job ends"]);
  });

  test("can be cancelled, once and for all", async () => {
    const instance = started();
    await instance.callAsync("cancelled");
    expect(log.splice(0)).toEqual(["cleaned up", "on"]);
    expect(await failureOf(instance.callAsync("awaitCancelled"))).toBeInstanceOf(AbortError);
    expect(log).toEqual(["cleaned up"]);
    instance.call("cancelUnstarted");
    expect(instance.call("cancelDone")).toBe(3);
  });

  test("that cancels itself goes on to its next wait", async () => {
    await started().callAsync("selfCancelled");
    expect(log).toEqual(["still here"]);
  });

  test("as a child ends with its parent", async () => {
    const instance = started();
    await instance.callAsync("children");
    expect(log.splice(0)).toEqual(["child begins", "cancelled"]);
    expect(await instance.callAsync("childResult")).toBe("child");
    expect(log).toEqual(["child begins", "meanwhile", "child ends"]);
  });

  test("and forgotten tells the host when it fails", async () => {
    const failures: unknown[] = [];
    await started({ onTaskError: (error) => failures.push(error) }).callAsync("forgotten");
    await pause(30);
    expect(failures).toMatchObject([{ name: "FusabiError", code: "FUS0519", message: "lost" }]);
    const output: string[] = [];
    started({ name: "p", onOutput: (text, stream) => output.push(`${stream}: ${text}`) }).call("forgotten");
    await pause(30);
    expect(output).toEqual(["stderr: task of 'p' failed: lost\n"]);
  });

  test("goes on after a synchronous call, and its use is counted", async () => {
    const instance = started();
    instance.call("forgotten");
    const early = instance.usage;
    await pause(30);
    expect(instance.usage.instructions).toBeGreaterThan(early.instructions);
  });
});

describe("limits", () => {
  test("tasks at the same time", async () => {
    const instance = started({ limits: { maxConcurrentTasks: 3 } });
    expect(await instance.callAsync("many", [3])).toHaveLength(3);
    const error = await failureOf(instance.callAsync("many", [4]));
    expect(error).toBeInstanceOf(LimitError);
    expect(error).toMatchObject({
      code: "FUS0606",
      limit: "maxConcurrentTasks",
      allowed: 3,
      actual: 4,
      message: "concurrent task limit exceeded: 3 (actual: 4)",
    });
    // Those of the failed call are gone.
    expect(await instance.callAsync("many", [3])).toHaveLength(3);
    expect(instance.call("manyHandles", [3])).toBe(3);
    expect(thrownBy(() => instance.call("manyHandles", [1]))).toBeInstanceOf(LimitError);
    expect(thrownBy(() => instance.call("quick", [1]))).toBeInstanceOf(LimitError);
    instance.dispose();
  });

  test("work that never waits is not held back by their number", () => {
    expect(started({ limits: { maxConcurrentTasks: 1 } }).call("quick", [100])).toHaveLength(100);
    expect(thrownBy(() => started({ limits: { maxConcurrentTasks: 0 } }).call("quick", [1]))).toBeInstanceOf(
      LimitError,
    );
  });

  test("fuel and time are shared by all tasks of a call", async () => {
    const begun = performance.now();
    const short = started({ limits: { timeoutMs: 50, maxInstructions: null } });
    expect(await failureOf(short.callAsync("spinning"))).toMatchObject({ limit: "timeoutMs" });
    expect(await failureOf(short.callAsync("waiting"))).toMatchObject({ limit: "timeoutMs" });
    const few = started({ limits: { maxInstructions: 100_000 } });
    expect(await failureOf(few.callAsync("spinning"))).toMatchObject({ limit: "maxInstructions" });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test("starts that nest in each other are not a matter of JavaScript's stack", async () => {
    const instance = started({ limits: { maxConcurrentTasks: null } });
    expect(await instance.callAsync("nestedStarts", [50])).toBe(50);
    expect(await failureOf(instance.callAsync("nestedStarts", [100_000]))).toMatchObject({
      limit: "maxStackDepth",
    });
  });

  test("the capability is asked for at each start", async () => {
    let granted = true;
    const instance = started({ capabilities: { has: (name) => name !== "async:spawn" || granted } });
    await instance.callAsync("together");
    granted = false;
    expect(await failureOf(instance.callAsync("together"))).toMatchObject({
      code: "FUS0520",
      message: "capability denied: async:spawn",
    });
    expect(await failureOf(instance.callAsync("inTime", [1, 1]))).toMatchObject({ code: "FUS0520" });
    expect(await failureOf(instance.callAsync("handle"))).toMatchObject({ code: "FUS0520" });
  });

  test("work that is described and not started leaves no record; started, it leaves one and asks again", async () => {
    let granted = true;
    const seen: string[] = [];
    const instance = started({
      capabilities: { has: (name) => name !== "async:spawn" || granted },
      audit: ({ decision, operation }) => seen.push(`${decision} ${operation}`),
    });
    for (const described of ["describe", "describeInTime", "describeChild"]) instance.call(described);
    expect(seen).toEqual([]);
    expect(await instance.callAsync("startDescribed")).toEqual([1, 2]);
    expect(seen).toEqual(["allowed Async.together"]);
    granted = false;
    expect(await failureOf(instance.callAsync("startDescribed"))).toMatchObject({ code: "FUS0520" });
    expect(seen.slice(1)).toEqual(["denied Async.together"]);
    expect(thrownBy(() => instance.call("describe"))).toMatchObject({ code: "FUS0520" });
  });
});

describe("the host ends it", () => {
  test("by the signal of a call: all of its tasks end", async () => {
    const instance = started();
    const controller = new AbortController();
    const call = failureOf(instance.callAsync("waiting", [], { signal: controller.signal }));
    await pause(5);
    controller.abort(new Error("enough"));
    expect(await call).toMatchObject({ code: "FUS0600", cause: { message: "enough" } });
    expect(await instance.callAsync("handle")).toEqual(["job", "job"]);
  });

  test("limits and signal hold for an Async that is returned", async () => {
    const instance = started();
    const late = failureOf(instance.callAsync("describedWork", [], { limits: { timeoutMs: 20 } }));
    expect(await late).toMatchObject({ limit: "timeoutMs" });
    const controller = new AbortController();
    const call = failureOf(
      instance.call("describedWork", [], { signal: controller.signal }) as Promise<unknown>,
    );
    controller.abort();
    expect(await call).toBeInstanceOf(AbortError);
  });

  test("by disposing of the instance: nothing of it runs any more, and every call ends", async () => {
    const instance = started({ name: "gone" });
    instance.call("background");
    const call = failureOf(instance.callAsync("cleanedUp"));
    const waits = failureOf(instance.callAsync("hostWaits"));
    await pause(3);
    instance.dispose();
    instance.dispose();
    const seen = log.length;
    expect(await call).toBeInstanceOf(CallError);
    expect(await waits).toMatchObject({ message: "'gone' has been disposed" });
    expect(aborted).toBe(1);
    await pause(30);
    expect(log).toHaveLength(seen);
    expect(log).not.toContain("cleaned up");
    expect(await failureOf(instance.callAsync("handle"))).toBeInstanceOf(CallError);
  });
});
