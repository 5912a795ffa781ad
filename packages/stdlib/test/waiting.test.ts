import {
  decodeModule,
  type HostModule,
  hostModule,
  type Instance,
  instantiateAsync,
  LimitError,
} from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { bytecodeOf, run, thrownBy } from "./program.js";

const host: HostModule = hostModule("Host", {
  later: {
    type: "int -> int",
    mode: "waits",
    run: (_, x: number) => new Promise((resolve) => setTimeout(() => resolve(x * 2), 1)),
  },
  fetch: { type: "int -> Async<int>", mode: "async", run: (_, x: number) => Promise.resolve(x + 100) },
  refuse: { type: "unit -> Async<int>", mode: "async", run: () => Promise.reject(new Error("refused")) },
  numbers: { type: "unit -> seq<int>", run: () => [1, 2, 3] },
  total: { type: "seq<int> -> int", run: (_, xs: Iterable<number>) => [...xs].reduce((a, b) => a + b, 0) },
});
const imports = [...standardLibrary(), host];

async function waiting(source: string, limits = {}): Promise<Instance> {
  return await instantiateAsync(decodeModule(bytecodeOf(source, imports)), { imports, limits });
}

describe("elements of a seq may wait for the host", () => {
  const consumers = [
    ["Seq.toList", [2, 4, 6]],
    ["Seq.toArray", [2, 4, 6]],
    ["Seq.sum", 12],
    ["Seq.head", 2],
    ["List.ofSeq", [2, 4, 6]],
    ["Array.ofSeq", [2, 4, 6]],
    ["set", new Set([2, 4, 6])],
    ['Seq.map string |> String.concat ","', "2,4,6"],
    ["(fun xs -> [ for x in xs do if x > 2 then yield x ])", [4, 6]],
    ["Seq.sortDescending |> Seq.cache |> Seq.toList", [6, 4, 2]],
    ["(fun xs -> Seq.append xs xs) |> Seq.distinct |> Seq.length", 3],
  ] as const;
  test.each(consumers)("%s", async (consumer, expected) => {
    const instance = await waiting(`let go () = [1; 2; 3] |> Seq.map Host.later |> ${consumer}`);
    expect(await instance.callAsync("go", [])).toEqual(expected);
    expect(thrownBy(() => instance.call("go", []))).toMatchObject({
      message: "Host.later: cannot wait inside a synchronous call",
    });
  });

  test("in a body, too", async () => {
    const instance = await waiting(
      "let go n = seq { for i in 1 .. n do yield Host.later i } |> Seq.fold (+) 0",
    );
    expect(await instance.callAsync("go", [4])).toBe(20);
  });
});

describe("an Async", () => {
  test("is a promise for the host, started by the conversion", async () => {
    const instance = await waiting(`
let sleepy n = async {
    do! Async.sleep 1
    let! a = Host.fetch n
    let! b = async { return Host.later n }
    return a + b }`);
    expect(await instance.call("sleepy", [5])).toBe(115);
  });

  test("that the host refuses raises where it is awaited", async () => {
    const instance = await waiting(`
let safe () = async {
    try
        return! Host.refuse ()
    with e -> return String.length e.Message }
let caught () = Async.RunSynchronously (Async.catch (Host.refuse ()))`);
    expect(await instance.call("safe", [])).toBe(7);
    expect(await instance.callAsync("caught", [])).toEqual({ ok: false, error: "refused" });
  });

  test("runs to its end inside a synchronous call as long as nothing waits", () => {
    const instance = run(
      "let go () = Async.RunSynchronously (async { return 3 })\nlet nap () = Async.RunSynchronously (Async.sleep 60000)",
      imports,
    );
    expect(instance.call("go", [])).toBe(3);
    expect(thrownBy(() => instance.call("nap", []))).toMatchObject({
      code: "FUS0517",
      message: "Async.sleep: cannot wait inside a synchronous call",
    });
  });

  test("sleeps at least as long as it says, and not beyond the deadline or the abort", async () => {
    const instance = await waiting("let nap n = Async.RunSynchronously (Async.sleep n)");
    const started = performance.now();
    await instance.callAsync("nap", [30]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(29);
    const late = await instance
      .callAsync("nap", [3_600_000], { limits: { timeoutMs: 30 } })
      .catch((error: unknown) => error);
    expect(late).toBeInstanceOf(LimitError);
    const aborted = await instance
      .callAsync("nap", [9_007_199_254_740_993n], { signal: AbortSignal.timeout(20) })
      .catch((error: unknown) => error);
    expect(aborted).toMatchObject({ code: "FUS0600" });
    expect(performance.now() - started).toBeLessThan(5_000);
    const negative = await instance.callAsync("nap", [-1]).catch((error: unknown) => error);
    expect(negative).toMatchObject({
      code: "FUS0516",
      message: "Async.sleep: time must not be negative, got -1",
    });
  });

  test("cannot go on with what is none", async () => {
    const instance = await waiting(
      "let go (x: any) = Async.RunSynchronously (Async.Bind (Async.Return 1) (fun _ -> x))",
    );
    const message = async (x: unknown): Promise<unknown> =>
      await instance.callAsync("go", [x]).catch((error: Error) => error.message);
    expect(await message(5)).toMatch(/Async.*got int/);
  });
});

describe("a seq crosses the boundary", () => {
  test("in both directions", () => {
    const instance = run(
      "let evens n = Host.numbers () |> Seq.map (fun x -> x * n)\nlet total n = Host.total (seq { for i in 1 .. n -> i * i })",
      imports,
    );
    expect(instance.call("evens", [2])).toEqual([2, 4, 6]);
    expect(instance.call("total", [4])).toBe(30);
  });
});

describe("limits", () => {
  const met = (expression: string, limits: object): unknown => {
    const error = thrownBy(() => run(expression, imports, { limits }));
    return error instanceof LimitError ? error.limit : error;
  };

  test.each([
    "Seq.initInfinite id |> Seq.length",
    "Seq.initInfinite id |> Seq.filter (fun _ -> false) |> Seq.tryHead",
    "Seq.initInfinite id |> Seq.rev |> Seq.head",
    "seq { while true do () } |> Seq.length",
    "for x in Seq.initInfinite id do ()",
    "Async.RunSynchronously (async { while true do do! async { () } })",
    "let rec f () = async { return! f () } in Async.RunSynchronously (f ())",
    "Seq.replicate 9223372036854775807 1 |> Seq.sum",
  ])("end what is endless: %s", (expression) => {
    expect(met(expression, { maxInstructions: 300_000, maxStackDepth: 500 })).toBe("maxInstructions");
  });

  test("count what is kept", () => {
    expect(
      met("Seq.initInfinite id |> Seq.cache |> Seq.length", {
        maxAllocatedBytes: 1_000_000,
        maxInstructions: 50_000_000,
      }),
    ).toBe("maxAllocatedBytes");
    expect(
      met("Seq.initInfinite id |> Seq.distinct |> Seq.length", {
        maxAllocatedBytes: 1_000_000,
        maxInstructions: 50_000_000,
      }),
    ).toBe("maxAllocatedBytes");
    expect(
      met("Seq.initInfinite id |> Seq.toList |> ignore", {
        maxAllocatedBytes: 1_000_000,
        maxInstructions: 50_000_000,
      }),
    ).toBe("maxAllocatedBytes");
  });

  test("bodies that go on inside each other need no depth", () => {
    const source =
      "let rec from n = seq { yield n\n                       yield! from (n + 1) }\nlet x = from 0 |> Seq.item 2000";
    expect(run(source, imports, { limits: { maxStackDepth: 50 } }).get("x")).toBe(2000);
  });
});
