/** Values of the host that misbehave where they are looked at: promises that are none, getters, proxies. In both tiers each is an error of the script or of the conversion, and the instance works on. */
import { jit } from "@fusabi/jit";
import { standardLibrary } from "@fusabi/stdlib";
import { hostModule, type Instance, instantiate, LimitError } from "@fusabi/vm";
import { beforeEach, describe, expect, test } from "vitest";
import { moduleOf } from "./compiled.js";

/** What the next call of a host function gives. */
let gives: () => unknown = () => undefined;
let instance: Instance;

const host = hostModule("Host", {
  int: { type: "unit -> int", mode: "waits", run: (): never => gives() as never },
  ints: { type: "unit -> int list", mode: "waits", run: (): never => gives() as never },
  any: { type: "unit -> any", mode: "waits", run: (): never => gives() as never },
  work: { type: "unit -> Async<int>", run: (): never => gives() as never },
});
const imports = [...standardLibrary(), host];
const source = `
let mutable after = 0
let int () = Host.int ()
let caught () = try string (Host.int ()) with e -> "caught: " + e.Message
let twice () = Host.int () + Host.int ()
let ints () = List.length (Host.ints ())
let any () = ignore (Host.any ())
let work () = Async.RunSynchronously (Host.work ())
let keepsOn () = after <- after + 1; after
let spin () =
    ignore (Host.ints ())
    while true do ()
let count (xs: int list) = List.length xs
let apply (f: int -> int) = f 1
let waitTwice () = async {
    let first = Host.int ()
    return first + Host.int ()
}
`;
const module = moduleOf(source, imports);

async function endOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    (value) => ({ value }),
    (error: unknown) => (error as Error).message,
  );
}

function throwing(name: string): object {
  return Object.defineProperty({}, name, {
    enumerable: true,
    get() {
      throw new Error(`no ${name}`);
    },
  });
}

/** An object that passes for a promise. */
function thenable(settle: (done: (value: unknown) => void, fail: (error: unknown) => void) => void): object {
  const method = "then";
  return { [method]: settle };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each([
  ["interpreted", undefined],
  ["compiled", jit({ tier: "always" })],
])("%s", (_, engine) => {
  beforeEach(() => {
    instance = instantiate(module, {
      imports,
      limits: { timeoutMs: 200 },
      ...(engine === undefined ? {} : { engine }),
    });
  });

  const worksOn = (): void => expect(instance.call("keepsOn")).toBe(1);

  test("`then` is a getter that throws", async () => {
    gives = () => throwing("then");
    expect(await endOf(instance.callAsync("int"))).toContain("no then");
    expect(await endOf(instance.callAsync("caught"))).toEqual({ value: expect.stringContaining("no then") });
    expect(await endOf(instance.callAsync("any"))).toContain("no then");
    worksOn();
  });

  test("`then` throws, calls back at once, twice, or after it has thrown", async () => {
    const thenables: readonly (readonly [object, unknown])[] = [
      [
        thenable(() => {
          throw new Error("broken");
        }),
        { value: "caught: broken" },
      ],
      [thenable((done) => done(4)), { value: "4" }],
      [
        thenable((done, fail) => {
          done(4);
          done(5);
          fail(new Error("late"));
          throw new Error("later");
        }),
        { value: "4" },
      ],
      [thenable((done) => done(thenable((inner) => inner(6)))), { value: "6" }],
      [thenable((done) => done("text")), { value: expect.stringContaining("expected int") }],
    ];
    for (const [given, end] of thenables) {
      gives = () => given;
      expect(await endOf(instance.callAsync("caught"))).toEqual(end);
    }
    worksOn();
  });

  test("a promise that never settles ends with the time", async () => {
    gives = () => new Promise(() => undefined);
    const error = await instance.callAsync("int").catch((one: unknown) => one);
    expect(error).toBeInstanceOf(LimitError);
    worksOn();
  });

  test("a promise of a class of its own", async () => {
    class Own extends Promise<unknown> {
      static override get [Symbol.species](): never {
        throw new Error("no species");
      }
    }
    gives = () => new Own((resolve) => resolve(3));
    expect(await endOf(instance.callAsync("int"))).toContain("no species");
    class Plain extends Promise<unknown> {}
    gives = () => new Plain((resolve) => resolve(3));
    expect(await endOf(instance.callAsync("int"))).toEqual({ value: 3 });
    worksOn();
  });

  test("getters that throw in what is given and in what comes back", async () => {
    const array = Object.defineProperty([1, 2], 1, { get: () => throwing("x")["x" as never] });
    gives = () => array;
    expect(await endOf(instance.callAsync("ints"))).toBe("Host.ints: $result: reading it failed");
    expect(() => instance.call("count", [array])).toThrow("reading it failed");
    worksOn();
  });

  test("proxies whose traps throw or lie", async () => {
    const trap = (): never => {
      throw new Error("trapped");
    };
    const proxy = new Proxy([1], { get: trap, getPrototypeOf: trap, has: trap, ownKeys: trap });
    gives = () => proxy;
    expect(await endOf(instance.callAsync("ints"))).toContain("trapped");
    const { proxy: revoked, revoke } = Proxy.revocable([1], {});
    revoke();
    gives = () => revoked;
    expect(await endOf(instance.callAsync("ints"))).toContain("revoked");
    const lying = new Proxy([1, 2], {
      get: (target, key) => (key === "length" ? 2 ** 40 : Reflect.get(target, key)),
    });
    gives = () => lying;
    expect(await endOf(instance.callAsync("ints"))).toContain("consists of more than");
    worksOn();
  });

  test("sparse arrays that are larger than memory", async () => {
    const sparse: number[] = [];
    sparse.length = 2 ** 32 - 1;
    gives = () => sparse;
    expect(await endOf(instance.callAsync("ints"))).toContain("consists of more than");
    expect(() => instance.call("count", [sparse])).toThrow("consists of more than");
    worksOn();
  });

  test("a host function that disposes of the instance, and one that calls it again", async () => {
    gives = () => instance.call("keepsOn");
    expect(await endOf(instance.callAsync("int"))).toEqual({ value: 1 });
    const own = instance;
    let calls = 0;
    gives = () => {
      calls++;
      own.dispose();
      return 1;
    };
    expect(await endOf(instance.callAsync("twice"))).toContain("disposed");
    expect(calls).toBe(1);
    expect(() => instance.call("keepsOn")).toThrow("disposed");
  });

  test("a snapshot, a pause and calls while work waits", async () => {
    let settle: (value: number) => void = () => undefined;
    gives = () =>
      new Promise((resolve) => {
        settle = resolve;
      });
    const waiting = instance.callAsync("waitTwice");
    await pause(5);
    expect(instance.call("keepsOn")).toBe(1);
    const snapshot = instance.snapshot();
    expect(instance.call("keepsOn")).toBe(2);
    instance.restore(snapshot);
    expect(instance.call("keepsOn")).toBe(2);
    settle(20);
    await pause(5);
    settle(22);
    expect(await endOf(waiting)).toEqual({ value: 42 });
  });

  test("a function of the host that aborts the call in which it is converted", async () => {
    const controller = new AbortController();
    const array = Object.defineProperty([1, 2], 0, {
      get: () => {
        controller.abort("enough");
        return 1;
      },
    });
    gives = () => array;
    expect(await endOf(instance.callAsync("spin", [], { signal: controller.signal }))).toBe(
      "Stopped by the host",
    );
    worksOn();
  });
});
