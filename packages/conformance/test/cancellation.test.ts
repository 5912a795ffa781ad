/** `finally`, `use` and the end of a seq when work is cancelled, in both tiers. */
import { jit } from "@fusabi/jit";
import { nodeLibrary } from "@fusabi/stdlib/node";
import {
  AbortError,
  CallError,
  hostModule,
  type Instance,
  instantiate,
  type MachineLimits,
} from "@fusabi/vm";
import { beforeEach, describe, expect, test } from "vitest";
import { moduleOfFile } from "./compiled.js";

let log: string[] = [];
let controller = new AbortController();

const host = hostModule("Host", {
  log: { type: "string -> unit", run: (_, text: string) => void log.push(text) },
  never: { type: "unit -> int", mode: "waits", run: () => new Promise(() => undefined) },
  abort: { type: "unit -> unit", run: () => controller.abort("by itself") },
  resource: {
    type: "string -> #Resource",
    run: (_, name: string) => ({ [Symbol.dispose]: () => void log.push(name) }),
  },
});
const imports = [...nodeLibrary(), host];
const module = moduleOfFile("cancellation", imports);

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
}

beforeEach(() => {
  log = [];
  controller = new AbortController();
});

describe.each([
  ["interpreted", undefined],
  ["compiled", jit({ tier: "always" })],
  ["when hot", jit({ threshold: 2 })],
])("%s", (_, engine) => {
  const started = (limits: MachineLimits = {}, onTaskError?: (error: unknown) => void): Instance =>
    instantiate(module, {
      imports,
      limits,
      ...(engine === undefined ? {} : { engine }),
      ...(onTaskError === undefined ? {} : { onTaskError }),
    });

  const whatRuns: readonly (readonly [string, readonly string[]])[] = [
    ["nested", ["inner", "outer"]],
    ["passesHandlers", ["inner", "outer"]],
    ["waitsAgain", ["waits", "outer"]],
    ["swallows", ["outer", "broken"]],
    ["swallowsAndReturns", ["outer"]],
    ["uses", ["second", "first"]],
    ["overSeq", ["inner elements", "elements"]],
    ["insideSeq", ["1", "seq"]],
    ["inAsync", ["async", "resource"]],
    ["raises", ["outer"]],
  ];

  test.each(whatRuns)("a task is cancelled: %s", async (name, expected) => {
    await started({}, () => undefined).callAsync("cancelTask", [name]);
    expect(log).toEqual([...expected, "cancelled"]);
  });

  test.each(whatRuns)("what the host aborts runs nothing more: %s", async (name) => {
    const failure = failureOf(started().callAsync(name, [], { signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve, 2));
    log = [];
    controller.abort("enough");
    expect(await failure).toBeInstanceOf(AbortError);
    expect(await failure).toMatchObject({ cause: "enough" });
    expect(log).toEqual([]);
  });

  test("a task that is cancelled by others", async () => {
    const instance = started();
    await instance.callAsync("timedOut");
    expect(log.splice(0)).toEqual(["inner", "outer", "None"]);
    await instance.callAsync("cancelled");
    expect(log.splice(0)).toEqual(["inner", "outer", "cancelled"]);
    await instance.callAsync("cancelledInTurn");
    expect(log.splice(0)).toEqual(["first", "second", "cancelled"]);
    expect(await failureOf(instance.callAsync("parallel"))).toMatchObject({ message: "c fails" });
    expect(log.splice(0)).toEqual(["a", "b"]);
    expect(await instance.callAsync("retried")).toBe("computes again");
    instance.dispose();
  });

  test("an exception of a cancelled task is not lost", async () => {
    const errors: unknown[] = [];
    await started({}, (error) => errors.push(error)).callAsync("cancelledRaises");
    expect(log).toEqual(["outer", "cancelled"]);
    expect(errors).toMatchObject([{ name: "FusabiError", message: "broken" }]);
  });

  test("what the host aborts while it runs ends with a slice of fuel", () => {
    expect(() => started().call("aborts", [], { signal: controller.signal })).toThrow(AbortError);
    expect(log).toEqual([]);
  });

  test("a cancelled task does not live on in what it guards", async () => {
    await started({ maxInstructions: 100_000 }).callAsync("cancelTask", ["lives"]);
    expect(log).toEqual(["lives", "cancelled"]);
  });

  test.each([
    ["spins", { maxInstructions: 100_000 }, "maxInstructions"],
    ["spins", { maxInstructions: null, timeoutMs: 20 }, "timeoutMs"],
    ["nested", { timeoutMs: 20 }, "timeoutMs"],
    ["inAsync", { timeoutMs: 20 }, "timeoutMs"],
    ["recurses", { maxStackDepth: 100 }, "maxStackDepth"],
    ["allocates", { maxAllocatedBytes: 1_000_000 }, "maxAllocatedBytes"],
    ["tasksSpin", { maxInstructions: 100_000 }, "maxInstructions"],
    ["tasksSpin", { maxInstructions: null, timeoutMs: 20 }, "timeoutMs"],
  ])("a limit leaves nothing to be run: %s %o", async (name, limits, limit) => {
    expect(await failureOf(started(limits).callAsync(name))).toMatchObject({ name: "LimitError", limit });
    expect(log).toEqual([]);
  });

  test("nothing runs after the instance is disposed of, and `exit` ends at once", async () => {
    const instance = started();
    const failure = failureOf(instance.callAsync("nested"));
    instance.dispose();
    expect(await failure).toBeInstanceOf(CallError);
    expect(() => started().call("exits")).toThrow("exit 3");
    expect(log).toEqual([]);
  });
});
