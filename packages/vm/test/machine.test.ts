import { describe, expect, test } from "vitest";
import {
  AbortError,
  BytecodeError,
  CallError,
  decodeModule,
  display,
  encodeModule,
  FusabiError,
  type HostModule,
  hostModule,
  type Instance,
  type InstantiateOptions,
  instantiate,
  LimitError,
  type ModuleData,
  runtimeException,
  type TypeDescriptor,
} from "../src/index.js";
import { assemble, type FunctionText } from "./assembler.js";

const int: TypeDescriptor = { kind: "int" };
const unit: TypeDescriptor = { kind: "unit" };

function functionType(...types: readonly TypeDescriptor[]): TypeDescriptor {
  return types.reduceRight((result, parameter) => ({ kind: "function", parameter, result }));
}

/** A module whose functions are all exported under their names, with the given types. */
function exporting(
  types: Readonly<Record<string, TypeDescriptor>>,
  functions: readonly FunctionText[],
  more: Partial<ModuleData> = {},
): ModuleData {
  const names = Object.keys(types);
  const entry: FunctionText = {
    name: "<script>",
    code: `${names.map((name, global) => `load.fn r0 ${functions.findIndex((fn) => fn.name === name)}\nstore.global ${global} r0`).join("\n")}
      load.unit r0
      return r0`,
  };
  return assemble([...functions, entry], {
    globals: names.length,
    exports: names.map((name, global) => {
      let arity = 0;
      for (let type = types[name] ?? unit; type.kind === "function"; type = type.result) arity++;
      return {
        name,
        global,
        arity,
        parameterNames: [],
        type: types[name] ?? unit,
        doc: undefined,
        capabilities: [],
      };
    }),
    ...more,
  });
}

function start(data: ModuleData, options?: InstantiateOptions): Instance {
  return instantiate(decodeModule(encodeModule(data)), options);
}

const fib: FunctionText = {
  name: "fib",
  arity: 1,
  code: `
    unless.lt.imm r0 2 @more
    return r0
    @more:
    int.add.imm r1 r0 -1
    call.fn r1 0 [r1]
    int.add.imm r2 r0 -2
    call.fn r2 0 [r2]
    int.add r1 r1 r2
    return r1`,
};

/** Counts down without a tail call: n frames deep. */
const deep: FunctionText = {
  name: "deep",
  arity: 1,
  code: `
    unless.gt.imm r0 0 @end
    int.add.imm r1 r0 -1
    call.fn r1 0 [r1]
    int.add.imm r1 r1 1
    return r1
    @end:
    return r0`,
};

const loop: FunctionText = {
  name: "loop",
  arity: 2,
  code: `
    unless.gt.imm r0 0 @end
    int.add r1 r1 r0
    int.add.imm r0 r0 -1
    tail.self [r0 r1]
    @end:
    return r1`,
};

const forever: FunctionText = { name: "forever", arity: 1, code: "tail.self [r0]" };

describe("calls", () => {
  test("recursion", () => {
    expect(start(exporting({ fib: functionType(int, int) }, [fib])).call("fib", [20])).toBe(6765);
  });

  test("a million tail calls need one frame", () => {
    const instance = start(exporting({ loop: functionType(int, int, int) }, [loop]));
    expect(instance.call("loop", [1_000_000, 0])).toBe(500_000_500_000);
    expect(instance.lastUsage.maxDepth).toBe(0);
  });

  test("ints are exact beyond what a float holds", () => {
    const instance = start(exporting({ loop: functionType(int, int, int) }, [loop]));
    expect(instance.call("loop", [2, 2n ** 63n - 2n])).toBe(-(2n ** 63n) + 1n);
  });

  test("partial and over-application", () => {
    const functions: FunctionText[] = [
      { name: "add3", arity: 3, code: "int.add r3 r0 r1\nint.add r3 r3 r2\nreturn r3" },
      { name: "adder", arity: 1, code: "load.fn r1 0\ncall r1 r1 [r0]\nreturn r1" },
      {
        name: "main",
        arity: 1,
        code: "load.fn r1 1\nload.int r2 20\nload.int r3 3\ncall r1 r1 [r0 r2 r3]\nreturn r1",
      },
      {
        name: "inTail",
        arity: 1,
        code: "load.fn r1 1\nload.int r2 20\nload.int r3 3\ntail.call r1 [r0 r2 r3]",
      },
    ];
    const instance = start(
      exporting({ main: functionType(int, int), inTail: functionType(int, int) }, functions),
    );
    expect(instance.call("main", [100])).toBe(123);
    expect(instance.call("inTail", [100])).toBe(123);
  });

  test("closures share what they capture", () => {
    const functions: FunctionText[] = [
      {
        name: "bump",
        arity: 1,
        captures: 1,
        code: "load.capture r1 0\ncell.get r2 r1\nint.add r2 r2 r0\ncell.set r1 r2\nreturn r2",
      },
      {
        name: "main",
        arity: 1,
        code: "cell.new r1 r0\nclosure r2 0 [r1]\nload.int r3 5\ncall r4 r2 [r3]\ncall r4 r2 [r3]\ncell.get r4 r1\nreturn r4",
      },
    ];
    expect(start(exporting({ main: functionType(int, int) }, functions)).call("main", [1])).toBe(11);
  });

  test("unknown names and wrong numbers of arguments are told", () => {
    const instance = start(exporting({ fib: functionType(int, int) }, [fib]));
    expect(() => instance.call("fob", [1])).toThrow(CallError);
    expect(() => instance.call("fib", [1, 2])).toThrow("'fib' takes 1 argument(s), got 2");
  });
});

describe("limits", () => {
  test("an endless loop ends at the instruction limit, and the instance goes on serving", () => {
    const instance = start(
      exporting({ forever: functionType(int, int), fib: functionType(int, int) }, [fib, forever]),
      {
        limits: { maxInstructions: 100_000 },
      },
    );
    expect(() => instance.call("forever", [1])).toThrow(
      "instruction limit exceeded: 100000 (actual: 100001)",
    );
    expect(instance.call("fib", [10])).toBe(55);
  });

  test("the same program stops at the same point whatever limit is above it", () => {
    const needed = ((): number => {
      const instance = start(exporting({ fib: functionType(int, int) }, [fib]));
      instance.call("fib", [15]);
      return instance.lastUsage.instructions;
    })();
    const exact = start(exporting({ fib: functionType(int, int) }, [fib]), {
      limits: { maxInstructions: needed },
    });
    expect(exact.call("fib", [15])).toBe(610);
    const short = start(exporting({ fib: functionType(int, int) }, [fib]), {
      limits: { maxInstructions: needed - 1 },
    });
    expect(() => short.call("fib", [15])).toThrow(LimitError);
  });

  test("depth: 5,000 frames are fine, 10,001 are not, 90,000 may be allowed", () => {
    const data = exporting({ deep: functionType(int, int) }, [deep]);
    expect(start(data).call("deep", [5_000])).toBe(5_000);
    expect(() => start(data).call("deep", [10_001])).toThrow(
      "stack depth limit exceeded: 10000 (actual: 10001)",
    );
    expect(start(data, { limits: { maxStackDepth: 100_000 } }).call("deep", [90_000])).toBe(90_000);
  });

  test("the clock and the host's signal end a loop", () => {
    const data = exporting({ forever: functionType(int, int) }, [forever]);
    const began = performance.now();
    const instance = start(data, { limits: { maxInstructions: null, timeoutMs: 30 } });
    expect(() => instance.call("forever", [1])).toThrow(/^execution time limit exceeded: 30ms \(actual: /);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(() => instance.call("forever", [1], { signal: AbortSignal.abort("enough") })).toThrow(AbortError);
  });

  test("allocation is counted, and a list of a billion is refused before it is made", () => {
    const grow: FunctionText = {
      name: "grow",
      arity: 1,
      code: "load.nil r1\n@again:\nlist.cons r1 r0 r1\njump @again",
    };
    const instance = start(exporting({ grow: functionType(int, int) }, [grow]), {
      limits: { maxAllocatedBytes: 1_000_000 },
    });
    expect(() => instance.call("grow", [1])).toThrow(
      "allocation limit exceeded: 1000000 bytes (actual: 1000032 bytes)",
    );
  });

  test("strings do not outgrow the memory limit by doubling", () => {
    const double: FunctionText = {
      name: "double",
      arity: 1,
      code: "@again:\nstring.concat r0 r0 r0\njump @again",
    };
    const text: TypeDescriptor = { kind: "string" };
    const instance = start(exporting({ double: functionType(text, text) }, [double]), {
      limits: { memoryBytes: 1_000_000 },
    });
    expect(() => instance.call("double", ["ab"])).toThrow(/^memory limit exceeded: 1000000 bytes/);
  });
});

test("a list that does not end as lists do is refused where it crosses", () => {
  const improper: FunctionText = {
    name: "improper",
    arity: 1,
    code: "load.null r1\nlist.cons r1 r0 r1\nreturn r1",
  };
  const instance = start(exporting({ improper: functionType(int, { kind: "list", item: int }) }, [improper]));
  expect(() => instance.call("improper", [1])).toThrow(BytecodeError);
  const { result } = start({
    ...exporting({}, [improper]),
    entry: 2,
    functions: [
      ...exporting({}, [improper]).functions,
      ...assemble([{ name: "entry", code: "load.int r0 1\ncall.fn r1 0 [r0]\nreturn r1" }]).functions,
    ],
  });
  expect(display(result)).toBe("[1]");
});

describe("exceptions", () => {
  const divide: FunctionText = {
    name: "divide",
    arity: 1,
    code: "load.int r1 100\nint.div r1 r1 r0\nreturn r1",
  };
  const safe: FunctionText = {
    name: "safe",
    arity: 1,
    code: "@try:\ncall.fn r1 0 [r0]\n@done:\nreturn r1\n@catch:\nload.int r1 -1\nreturn r1",
    handlers: [{ start: "try", end: "done", target: "catch", register: 2 }],
  };

  test("reach the host with code, message and the Fusabi stack", () => {
    const outer: FunctionText = { name: "outer", arity: 1, code: "call.fn r1 0 [r0]\nreturn r1" };
    const instance = start(exporting({ outer: functionType(int, int) }, [divide, outer]));
    try {
      instance.call("outer", [0]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FusabiError);
      const failure = error as FusabiError;
      expect([failure.code, failure.message]).toEqual(["FUS0503", "Division by zero"]);
      expect(failure.trace.map((entry) => `${entry.functionName}:${entry.line}`)).toEqual([
        "divide:2",
        "outer:1",
      ]);
    }
  });

  test("handlers of callers catch them; limits pass", () => {
    const endless: FunctionText = { name: "endless", arity: 1, code: "tail.self [r0]" };
    const guarded: FunctionText = {
      ...safe,
      name: "guarded",
      code: safe.code.replace("call.fn r1 0", "call.fn r1 2"),
    };
    const instance = start(
      exporting({ safe: functionType(int, int), guarded: functionType(int, int) }, [
        divide,
        safe,
        endless,
        guarded,
      ]),
      {
        limits: { maxInstructions: 10_000 },
      },
    );
    expect(instance.call("safe", [0])).toBe(-1);
    expect(instance.call("safe", [4])).toBe(25);
    expect(() => instance.call("guarded", [1])).toThrow(LimitError);
  });
});

describe("host functions", () => {
  const host: HostModule = hostModule("Host", {
    twice: { type: "int -> int", run: (_: unknown, n: number) => n * 2 },
    twiceLater: {
      type: "int -> int",
      mode: "waits",
      run: async (_: unknown, n: number) => await Promise.resolve(n * 2),
    },
    refuse: {
      type: "int -> int",
      run: () => {
        throw new RangeError("not today");
      },
    },
    secret: { type: "int -> int", capability: "env:read", run: (_: unknown, n: number) => n },
    applyNow: {
      type: "(int -> int) -> int -> int",
      native: (context, f: never, n: never) => context.call(f, n),
    },
    raise: {
      type: "int -> int",
      native: () => {
        throw runtimeException("FUS0516", "bad argument");
      },
    },
  });

  function calling(name: string, code = "call.import r1 0 [r0]\nreturn r1", arity = 1): ModuleData {
    return exporting({ main: functionType(int, int) }, [{ name: "main", arity: 1, code }], {
      imports: [{ module: "Host", name, arity, capability: undefined, position: undefined }],
    });
  }

  test("take and give converted values", () => {
    expect(start(calling("twice"), { imports: [host] }).call("main", [21])).toBe(42);
    expect(start(calling("twice", "tail.import 0 [r0]"), { imports: [host] }).call("main", [21])).toBe(42);
  });

  test("that wait park the frame in an asynchronous call and raise in a synchronous one", async () => {
    const instance = start(calling("twiceLater"), { imports: [host] });
    expect(await instance.callAsync("main", [21])).toBe(42);
    expect(
      await start(calling("twiceLater", "tail.import 0 [r0]"), { imports: [host] }).callAsync("main", [4]),
    ).toBe(8);
    expect(() => instance.call("main", [21])).toThrow(
      "Host.twiceLater: cannot wait inside a synchronous call",
    );
    const many = await Promise.all([1, 2, 3].map((n) => instance.callAsync("main", [n])));
    expect(many).toEqual([2, 4, 6]);
  });

  test("fail as exceptions with the host's error as cause", () => {
    try {
      start(calling("refuse"), { imports: [host] }).call("main", [1]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FusabiError);
      expect((error as FusabiError).code).toBe("FUS0517");
      expect((error as FusabiError).cause).toBeInstanceOf(RangeError);
    }
    expect(() => start(calling("raise"), { imports: [host] }).call("main", [1])).toThrow("bad argument");
  });

  test("need the capability that the host says, granted at the moment of the call", () => {
    const granted = new Set<string>();
    const denials: unknown[] = [];
    const instance = start(calling("secret"), {
      imports: [host],
      capabilities: granted,
      audit: (entry) => denials.push(entry.decision),
    });
    expect(() => instance.call("main", [1])).toThrow("capability denied: env:read");
    expect(denials).toEqual(["denied"]);
    granted.add("env:read");
    expect(instance.call("main", [1])).toBe(1);
    granted.delete("env:read");
    expect(() => instance.call("main", [1])).toThrow("capability denied: env:read");
  });

  test("a missing import is named when linking", () => {
    expect(() => start(calling("nothing"), { imports: [host] })).toThrow(
      "the host does not provide Host.nothing",
    );
    expect(() => start(calling("applyNow"), { imports: [host] })).toThrow(
      "Host.applyNow takes 2 argument(s) here, the module expects 1",
    );
  });

  test("that call back into the script share its budget, and nesting is bounded", () => {
    const data = exporting(
      { main: functionType(int, int) },
      [{ name: "main", arity: 1, code: "load.fn r1 0\ncall.import r1 0 [r1 r0]\nreturn r1" }],
      {
        imports: [{ module: "Host", name: "applyNow", arity: 2, capability: undefined, position: undefined }],
      },
    );
    const instance = start(data, { imports: [host] });
    expect(() => instance.call("main", [1])).toThrow(LimitError);
    expect(() => instance.call("main", [1])).toThrow(/nested host calls/);
  });
});
