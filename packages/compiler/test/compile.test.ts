import { decodeModule, instantiate, readModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { explain, explainStages } from "../src/explain/index.js";
import { check, compile, formatDiagnostic, makeSource, positionAt } from "../src/index.js";
import { library } from "./library.js";
import { compiled, run } from "./running.js";

describe("compile", () => {
  test("a program that compiles has bytecode, exports, capabilities and statistics", () => {
    const result = compile(
      '/// Reads it.\nlet load (path: string) = File.read path\nlet twice x = x + x\nlet version = "1"\nlet private hidden = 3',
      { hostModules: library, fileName: "a/plugin.fsx" },
    );
    expect(result.ok).toBe(true);
    expect(result.bytecode).toBeInstanceOf(Uint8Array);
    expect(result.exports.map(({ type: _, ...rest }) => rest)).toEqual([
      {
        name: "load",
        arity: 1,
        parameterNames: ["path"],
        signature: "string -> string",
        doc: "Reads it.",
        capabilities: ["fs:read"],
      },
      {
        name: "twice",
        arity: 1,
        parameterNames: ["x"],
        signature: "int -> int",
        doc: undefined,
        capabilities: [],
      },
      {
        name: "version",
        arity: 0,
        parameterNames: [],
        signature: "string",
        doc: undefined,
        capabilities: [],
      },
    ]);
    expect(result.capabilities).toEqual(["fs:read"]);
    expect(result.stats.functions).toBe(3);
    expect(result.stats.instructions).toBeGreaterThan(5);
    expect(result.stats.inference).toBeGreaterThan(0);
  });

  test("a program with errors has none of these", () => {
    const result = compile('let a = 1 + "x"');
    expect(result.ok).toBe(false);
    expect(result).not.toHaveProperty("bytecode");
    expect(result.exports).toEqual([]);
    expect(result.diagnostics.map((item) => item.code)).toEqual(["FUS0301"]);
  });

  test("the same source gives the same bytes", () => {
    const text = 'let add x y = x + y\nlet a = add 1 2\nlet b = add "a" "b"';
    expect(compiled(text).bytecode).toEqual(compiled(text).bytecode);
  });

  test("without debug information there are no positions", () => {
    const module = readModule(compiled("let f x = x + 1", { debugInfo: false }).bytecode);
    expect(module.functions.every((fn) => fn.positions === undefined)).toBe(true);
  });

  test("warnings can be errors, or suppressed", () => {
    const text = "let f x = match x with 1 -> 2";
    expect(compile(text).ok).toBe(true);
    expect(compile(text).diagnostics.map((item) => `${item.severity} ${item.code}`)).toEqual([
      "warning FUS0401",
    ]);
    expect(compile(text, { warningsAsErrors: true }).ok).toBe(false);
    expect(compile(`#nowarn "FUS0401"\n${text}`, { warningsAsErrors: true })).toMatchObject({
      ok: true,
      diagnostics: [],
    });
  });

  test("symbols choose conditional text", () => {
    const text = '#if SLOW\nlet a = "slow"\n#else\nlet a = "fast"\n#endif\nprintfn "%s" a';
    expect(run(text).output()).toBe("fast\n");
    expect(run(text, { symbols: ["SLOW"] }).output()).toBe("slow\n");
  });
});

describe("exports", () => {
  test("capabilities follow the call graph: functions, values, closures, recursion", () => {
    const text = `let save path = File.write path "x"
let both path =
    save path
    File.read path
let pure x = x * 2
let rec even n = if n = 0 then File.read "zero" else odd (n - 1)
and odd n = if n = 0 then "no" else even (n - 1)
let table = [ ("r", File.read); ("id", (fun s -> s)) ]
let viaTable name = table
let handler = pure >> string
let mutable hook = fun (s: string) -> s
let install () = hook <- File.read
let callHook s = hook s`;
    const found = Object.fromEntries(compiled(text).exports.map((item) => [item.name, item.capabilities]));
    expect(found).toEqual({
      save: ["fs:write"],
      both: ["fs:read", "fs:write"],
      pure: [],
      even: ["fs:read"],
      odd: ["fs:read"],
      table: ["fs:read"],
      viaTable: ["fs:read"],
      handler: [],
      hook: ["fs:read"],
      install: ["fs:read"],
      callHook: ["fs:read"],
    });
  });

  test("imports say what needs them, and where first", () => {
    const module = readModule(
      compiled('let f p =\n    File.read p + File.read "b"', { fileName: "x.fsx" }).bytecode,
    );
    expect(module.imports).toEqual([
      {
        module: "File",
        name: "read",
        arity: 1,
        capability: "fs:read",
        position: { file: 0, line: 2, column: 5 },
      },
    ]);
    expect(module.files).toEqual(["x.fsx"]);
  });

  test("hosts call functions, values of function type, and members of modules", () => {
    const text =
      'module Geometry =\n    let area w h = w * h\nlet add x y = x + y\nlet inc = add 1\nlet pair = (1, "a")\nlet x = 1\nlet x = "latest"\nlet unit () = 5';
    const { instance } = run(text);
    expect(instance.call("add", [2, 3])).toBe(5);
    expect(instance.call("inc", [2])).toBe(3);
    expect(instance.call("unit", [])).toBe(5);
    expect(instance.get("pair")).toEqual([1, "a"]);
    expect(instance.get("x")).toBe("latest");
  });

  test("a specialised function is exported for ints", () => {
    const { instance, result } = run('let add x y = x + y\nprintfn "%s" (add "a" "b")');
    expect(result.exports.map((item) => item.signature)).toEqual(["int -> int -> int"]);
    expect(instance.call("add", [20, 22])).toBe(42);
  });
});

describe("#load", () => {
  const files: Readonly<Record<string, string>> = {
    "lib/a.fsx": '#load "b.fsx"\nprintfn "a"\nlet one = two - 1',
    "lib/b.fsx": 'printfn "b"\nlet two = 2',
    "lib/broken.fsx": "let x = \n",
  };
  const load = (path: string, from: string): string => {
    const name = from.startsWith("lib/") ? `lib/${path}` : path;
    const text = files[name];
    if (text !== undefined) return text;
    throw Object.assign(new Error(`no ${name}`), { code: path.includes("secret") ? "EACCES" : "ENOENT" });
  };

  test("runs each file once, in order, and brings its names", () => {
    const text = '#load "lib/a.fsx"\n#load "lib/b.fsx" "./lib/../lib/b.fsx"\nprintfn "%d %d" one B.two';
    expect(run(text, { load, fileName: "main.fsx" }).output()).toBe("b\na\n1 2\n");
  });

  test("missing, forbidden and broken files are diagnostics with the file's name", () => {
    const codes = (text: string): readonly string[] =>
      compile(text, { load, fileName: "main.fsx", hostModules: library }).diagnostics.map(
        (item) => `${item.span.source.name} ${item.code}`,
      );
    expect(codes('#load "nope.fsx"')).toEqual(["main.fsx FUS0213"]);
    expect(codes('#load "secret.fsx"')).toEqual(["main.fsx FUS0215"]);
    expect(codes('#load "lib/broken.fsx"')[0]).toMatch(/^lib\/broken\.fsx FUS01/);
    expect(compile('#load "lib/b.fsx"').diagnostics.map((item) => item.code)).toEqual(["FUS0215"]);
  });
});

describe("run-time failures", () => {
  test("have the place and the Fusabi stack", () => {
    const text = "let divide a b =\n    a / b\n\nlet outer x =\n    1 + divide x 0\n";
    const instance = instantiate(decodeModule(compiled(text, { fileName: "f.fsx" }).bytecode), {
      imports: library,
    });
    expect(() => instance.call("outer", [1])).toThrow(
      expect.objectContaining({
        code: "FUS0503",
        trace: [
          { functionName: "divide", file: "f.fsx", line: 2, column: 7 },
          { functionName: "outer", file: "f.fsx", line: 5, column: 9 },
        ],
      }),
    );
  });
});

describe("check", () => {
  const text =
    'type Dog = { name: string; age: int }\nlet rex = { name = "rex"; age = 3 }\nlet older (d: Dog) = { d with age = d.age + 1 }\nlet text = rex.name + String.concat "" []';
  const result = check(text, { hostModules: library, fileName: "d.fsx" });

  test("gives types and definitions by place", () => {
    expect(result.diagnostics).toEqual([]);
    expect(result.typeAt(2, 5)?.type).toBe("Dog");
    expect(result.typeAt(4, 12)?.type).toBe("Dog");
    expect(result.definitionAt(4, 12)).toEqual({
      file: "d.fsx",
      start: { line: 2, column: 5 },
      end: { line: 2, column: 8 },
    });
    expect(result.typeAt(99, 99)).toBeUndefined();
    expect(result.exports.map((item) => item.name)).toEqual(["rex", "older", "text"]);
  });

  test("completes names, members of modules and fields, also in broken text", () => {
    const labels = (source: string): readonly string[] => {
      const at = positionAt(
        check(source).diagnostics[0]?.span.source ?? makeSource("", source),
        source.length,
      );
      return check(source, { hostModules: library })
        .completionsAt(source.split("\n").length, at.column)
        .map((item) => item.label);
    };
    expect(labels("let alpha = 1\nlet b = al")).toEqual(["alpha"]);
    expect(labels("let b = List.")).toEqual(["length", "map", "rev"]);
    expect(labels("let b = List.le")).toEqual(["length"]);
    expect(labels("module M =\n    let inner = 1\nlet b = M.")).toEqual(["inner"]);
    expect(
      labels('type T = { first: int; second: string }\nlet t = { first = 1; second = "" }\nlet x = t.'),
    ).toEqual(["first", "second"]);
    expect(labels('let s = "x"\nlet n = s.')).toEqual(["Length"]);
  });

  test.each([
    "let q = { Name = 1; Ag",
    "let q = { p with\n            Ag",
    "let qs = [ { Name = 1; Ag",
    "match p with\n| { Name = n; Ag",
    "let older { Ag",
    "let { Ag",
    "for { Ag",
  ])("completes labels of what is not closed: %s", (text) => {
    const source = `type P = { Name: int; Age: int }\nlet p = { Name = 1; Age = 2 }\n${text}`;
    const lines = source.split("\n");
    const found = check(source).completionsAt(lines.length, (lines.at(-1) ?? "").length + 1);
    expect(found.map(({ label }) => label)).toEqual(["Age"]);
  });

  test("answers for any place of any text", () => {
    for (const source of ["", "\n\n", "let x = ", "((((", 'let s = "\u{1f600}" + ']) {
      const checked = check(source, { hostModules: library });
      for (const [line, column] of [
        [0, 0],
        [1, 1],
        [1, 9],
        [1, 100],
        [3, 1],
        [-5, 2],
      ] as const) {
        checked.typeAt(line, column);
        checked.definitionAt(line, column);
        expect(Array.isArray(checked.completionsAt(line, column))).toBe(true);
      }
    }
  });
});

describe("explain", () => {
  test.each(explainStages)("%s has an output", (stage) => {
    const text =
      'let rec f x = match x with [] -> 0 | y :: rest -> y + f rest\nlet g = f >> string\nprintfn "%d" (f [ 1 ])';
    expect(explain(text, stage, { hostModules: library })).toContain("f");
  });

  test("core is readable", () => {
    expect(explain("let f x = if x > 1 then [ x ] else []", "core")).toBe(
      "(function <script> ()\n  (block\n    (set @f #f)\n    ()))\n\n(function f (x)\n  (if (when (>.int x 1) (list.new x)) (else [])))\n",
    );
  });

  test("errors in place of what cannot be shown", () => {
    expect(explain("let a = nope", "bytecode")).toContain("FUS0201");
  });
});

describe("ten thousand mistakes", () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `value${i}`);

  // Each name is declared, below, and resembles all the others.
  test.each([
    ["one a line", names.map((name, i) => `let ${name} = ${names[i + 1] ?? "1"} + 1`).join("\n")],
    ["all in one line", `let xs = [ ${names.join("; ")} ] // \u{1f600}`],
  ])(
    "%s: found and shown in linear time",
    (_, text) => {
      const started = process.cpuUsage();
      const { diagnostics } = compile(text);
      const shown = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic));
      const { user, system } = process.cpuUsage(started);
      expect(shown.length).toBeGreaterThanOrEqual(9_999);
      expect((user + system) / 1e6).toBeLessThan(4);
    },
    30_000,
  );
});

test("of a character outside of the basic plane, both halves are one column", () => {
  const source = makeSource("a.fsx", 'let a = "\u{1f600}\u{1f600}" + b\nlet c = "\u{1f600}"');
  expect(positionAt(source, source.text.indexOf("+"))).toEqual({ line: 1, column: 14 });
  expect(positionAt(source, source.text.length)).toEqual({ line: 2, column: 12 });
  expect(positionAt(source, source.text.length + 5)).toEqual({ line: 2, column: 12 });
});
