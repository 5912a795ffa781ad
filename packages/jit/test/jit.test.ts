import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "@fusabi/compiler";
import { standardLibrary } from "@fusabi/stdlib";
import {
  type CallControl,
  decodeModule,
  type Engine,
  encodeModule,
  FusabiError,
  hostModule,
  type Instance,
  type InstantiateOptions,
  instantiate,
  LimitError,
  readModule,
} from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { jit } from "../src/index.js";

const library = standardLibrary();
const control = readFileSync(new URL("programs/control.fsx", import.meta.url), "utf8");

function bytecodeOf(source: string): Uint8Array {
  const { bytecode, diagnostics } = compile(source, { hostModules: library, fileName: "control.fsx" });
  if (bytecode === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return bytecode;
}

/** The program in both tiers, with the same options. */
function both(source: string, options: InstantiateOptions = {}): readonly [Instance, Instance] {
  const bytecode = bytecodeOf(source);
  const common = { imports: library, ...options };
  return [
    instantiate(decodeModule(bytecode), common),
    instantiate(decodeModule(bytecode), { ...common, engine: jit({ tier: "always" }) }),
  ];
}

function outcome(instance: Instance, name: string, args: readonly unknown[], control?: CallControl): unknown {
  let result: unknown;
  try {
    result = instance.call(name, args, control);
  } catch (error) {
    if (!(error instanceof FusabiError || error instanceof LimitError)) throw error;
    result = { code: error.code, message: error.message, trace: error.trace };
  }
  const { instructions, allocatedBytes, maxDepth } = instance.lastUsage;
  return { result, instructions, allocatedBytes, maxDepth };
}

describe("control flow", () => {
  const [interpreted, compiled] = both(control, { limits: { maxStackDepth: 60_000 } });
  test.each<[string, readonly unknown[], unknown]>([
    ["even", [1_000_001], false],
    ["deep", [50_000], 50_000],
    ["caught", [30], 165_300],
    ["again", [], -1],
    ["wide", [], 9007199256741000n],
    ["wrap", [1000, 1], undefined],
    ["floats", [100_000], undefined],
  ])("%s", (name, args, expected) => {
    const actual = outcome(compiled, name, args);
    expect(actual).toEqual(outcome(interpreted, name, args));
    if (expected !== undefined) expect(actual).toMatchObject({ result: expected });
  });

  test("a million tail calls through function values take no stack", () => {
    const twice = (instance: Instance): unknown => [
      instance.call("through", [(n: number) => n + 7, 1_000_000]),
      instance.lastUsage.maxDepth,
    ];
    expect(twice(compiled)).toEqual(twice(interpreted));
  });

  test("failures have the same trace, through library functions too", () => {
    const actual = outcome(compiled, "fails", [[1, 2, 0]]);
    expect(actual).toEqual(outcome(interpreted, "fails", [[1, 2, 0]]));
    expect(actual).toMatchObject({ result: { code: "FUS0503" } });
  });
});

describe("functions that are given to functions", () => {
  const given = readFileSync(new URL("programs/given.fsx", import.meta.url), "utf8");

  test.each<[string, unknown]>([
    ["lists", 5],
    ["lists", 2],
    ["divided", [1, 2, 0, 3]],
    ["guarded", [3, 0]],
    ["guarded", [3, 4, 6]],
  ])("fuel ends %s of %j at the same block, wherever it is", (name, value) => {
    const [interpreted, compiled] = both(given);
    const whole = outcome(interpreted, name, [value]) as { readonly instructions: number };
    expect(outcome(compiled, name, [value])).toEqual(whole);
    for (let most = 0; most <= whole.instructions; most++) {
      const limits = { maxInstructions: most };
      const expected = outcome(interpreted, name, [value], { limits });
      expect(outcome(compiled, name, [value], { limits }), `of ${most}`).toEqual(expected);
    }
  });

  test("an instance calls what it is bound to, though another one was translated first", () => {
    const module = decodeModule(
      bytecodeOf("let doubled () = List.map (fun x -> x * 2) [ 1; 2; 3 ] |> List.sum"),
    );
    const engine = jit({ tier: "always" });
    const other = hostModule("List", {
      map: { type: "('a -> 'b) -> 'a list -> 'b list", run: () => [70, 7] },
    });
    const open = (imports: typeof library): Instance => instantiate(module, { imports, engine });
    const [first, second] = [open(library), open([...library, other])];
    expect([first.call("doubled"), second.call("doubled"), first.call("doubled")]).toEqual([12, 77, 12]);
  });
});

describe("a loop is entered while it runs", () => {
  const loops = readFileSync(new URL("programs/loops.fsx", import.meta.url), "utf8");
  const module = decodeModule(bytecodeOf(loops));
  const open = (options: InstantiateOptions): Instance =>
    instantiate(module, { imports: library, limits: { maxInstructions: 1_000_000 }, ...options });

  test.each(["squares", "wide", "large", "halves", "nested", "caught", "fails", "each", "empty"])(
    "%s",
    (name) => {
      for (const n of [3, 150, 700, 300_000]) {
        const engine = jit({ threshold: 50 });
        expect(outcome(open({ engine }), name, [n])).toEqual(outcome(open({}), name, [n]));
      }
    },
  );

  test("at its head, and runs there to its end", () => {
    const engine = jit({ threshold: 50 });
    const entries: number[] = [];
    const watched: Engine = {
      name: engine.name,
      unavailable: engine.unavailable,
      takes: (...place) => engine.takes(...place),
      enter: (call, closure, pc, ...rest) => {
        entries.push(pc);
        return engine.enter(call, closure, pc, ...rest);
      },
    };
    open({ engine: watched }).call("squares", [10_000]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toBeGreaterThan(0);
  });
});

describe("limits", () => {
  test("an endless loop ends at the same instruction", () => {
    const [interpreted, compiled] = both(control, { limits: { maxInstructions: 123_457 } });
    const actual = outcome(compiled, "spin", []);
    expect(actual).toEqual(outcome(interpreted, "spin", []));
    expect(actual).toMatchObject({ result: { code: "FUS0601" } });
  });

  test.each<[string, number]>([
    ["fib", 6],
    ["branches", 1],
    ["branches", 9],
    ["branches", 20],
  ])("fuel ends %s %i at the same block, wherever it is", (name, n) => {
    const branches = readFileSync(new URL("programs/branches.fsx", import.meta.url), "utf8");
    const [interpreted, compiled] = both(branches);
    const whole = outcome(interpreted, name, [n]) as { readonly instructions: number };
    expect(outcome(compiled, name, [n])).toEqual(whole);
    expect(whole.instructions).toBeGreaterThan(50);
    for (let most = 0; most <= whole.instructions; most++) {
      const [expected, actual] = [interpreted, compiled].map((instance) => {
        const limited = outcome(instance, name, [n], { limits: { maxInstructions: most } });
        return { limited, seen: instance.call("count") };
      });
      expect(actual, `of ${most}`).toEqual(expected);
    }
  });

  test("an endless loop ends at its deadline", () => {
    const [, compiled] = both(control, { limits: { maxInstructions: null, timeoutMs: 50 } });
    const started = performance.now();
    expect(() => compiled.call("spin")).toThrow(LimitError);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("recursion beyond the limit and beyond the native stack", () => {
    const [interpreted, compiled] = both(control, { limits: { maxStackDepth: 200_000 } });
    for (const depth of [1_000, 1_599, 1_600, 1_601, 5_000, 199_000, 300_000])
      expect(outcome(compiled, "deep", [depth])).toEqual(outcome(interpreted, "deep", [depth]));
  });
});

describe("names and texts of a program are never code", () => {
  const hostile = [
    "`);throw new Error('escaped');(`",
    '"+(globalThis.escaped=1)+"',
    `$${"{globalThis.escaped=1}"}`,
    "*/globalThis.escaped=1;/*",
    "\n\u2028\u2029globalThis.escaped=1//",
    "__proto__",
    "constructor",
    "K0",
    "M",
  ];
  test.each(hostile)("%j", (text) => {
    const data = readModule(
      bytecodeOf(
        'type R = { ``a b``: string }\nlet f (x: string) = { ``a b`` = x + "text" }\nlet g y = (f y).``a b``',
      ),
    );
    const changed = encodeModule({
      ...data,
      name: text,
      files: data.files.map(() => text),
      constants: data.constants.map((constant) =>
        constant.kind === "string" ? { ...constant, value: text } : constant,
      ),
      functions: data.functions.map((fn) => ({ ...fn, name: text })),
      definitions: data.definitions.map((definition) =>
        definition.kind === "record"
          ? {
              ...definition,
              name: text,
              fields: definition.fields.map((field) => ({ ...field, label: text })),
            }
          : definition,
      ),
    });
    const instance = instantiate(decodeModule(changed), {
      imports: library,
      engine: jit({ tier: "always" }),
    });
    expect(instance.call("g", ["x"])).toBe(`x${text}`);
    expect(Reflect.has(globalThis, "escaped")).toBe(false);
  });
});

describe("the engine", () => {
  test("translates what is hot, and only that", () => {
    const bytecode = bytecodeOf("let f x = x + 1");
    const engine = jit({ threshold: 10 });
    const instance = instantiate(decodeModule(bytecode), { imports: library, engine });
    for (let i = 0; i < 50; i++) expect(instance.call("f", [i])).toBe(i + 1);
  });

  test.each([-1, Number.NaN])("refuses the threshold %s", (threshold) => {
    expect(() => jit({ threshold })).toThrow(RangeError);
  });

  test("instances share it and keep their own values", () => {
    const module = decodeModule(bytecodeOf("let mutable n = 0\nlet next () =\n    n <- n + 1\n    n"));
    const engine = jit({ tier: "always" });
    const one = instantiate(module, { imports: library, engine });
    const other = instantiate(module, { imports: library, engine });
    expect([one.call("next"), one.call("next"), other.call("next")]).toEqual([1, 2, 1]);
  });

  test("an instance can call another one from a host function", () => {
    const engine = jit({ tier: "always" });
    const inner = instantiate(decodeModule(bytecodeOf("let rec f n = if n = 0 then 0 else 1 + f (n - 1)")), {
      imports: library,
      engine,
    });
    const host = hostModule("Host", {
      call: { type: "int -> int", run: (_, n: number) => inner.call("f", [n]) },
    });
    const { bytecode } = compile("let g n = List.sum (List.map Host.call [ n; n + 1 ]) + n", {
      hostModules: [...library, host],
    });
    const outer = instantiate(decodeModule(bytecode as Uint8Array), { imports: [...library, host], engine });
    expect(outer.call("g", [100])).toBe(301);
    expect(inner.usage.maxDepth).toBe(101);
  });

  test("waits for host functions in asynchronous calls", async () => {
    const host = hostModule("Host", { later: { type: "int -> int", run: async (_, n: number) => n * 2 } });
    const source =
      "let rec f n = if n = 0 then 0 else Host.later n + f (n - 1)\nlet g n = f n + List.sum [ n; n ]";
    const { bytecode } = compile(source, { hostModules: [...library, host] });
    const instance = instantiate(decodeModule(bytecode as Uint8Array), {
      imports: [...library, host],
      engine: jit({ tier: "always" }),
    });
    expect(await instance.callAsync("g", [4])).toBe(28);
    expect(() => instance.call("g", [4])).toThrow("cannot wait inside a synchronous call");
  });

  test("says so where JavaScript may not be made from text", () => {
    const probe = fileURLToPath(new URL("no-eval.ts", import.meta.url));
    const root = fileURLToPath(new URL("../../..", import.meta.url));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--disallow-code-generation-from-strings", "--import", "tsx", probe],
      { encoding: "utf8", cwd: root, env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.base.json" } },
    );
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ unavailable: true, result: 3 });
  });
});
