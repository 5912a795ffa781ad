import { describe, expect, test } from "vitest";
import { explain } from "../src/explain/index.js";
import { check, positionAt } from "../src/index.js";
import { host } from "./host-modules.js";

function codes(text: string, mode: "strict" | "lenient" = "strict"): readonly string[] {
  return check(text, { hostModules: host, mode }).diagnostics.map((item) => `${item.severity} ${item.code}`);
}

describe("lenient mode", () => {
  test("type errors are warnings, and the value is any", () => {
    expect(codes('let a = 1 + "b"')).toEqual(["error FUS0301"]);
    const lenient = check('let a = 1 + "b"', { mode: "lenient" });
    expect(lenient.diagnostics.map((item) => `${item.severity} ${item.code}`)).toEqual(["warning FUS0301"]);
    expect(lenient.typeAt(1, 5)?.type).toBe("any");
  });

  test("mixed lists have elements of type any, componentwise for tuples", () => {
    const mixed = check('let a = [ 1; "b" ]\nlet c = [ (1, "x"); (2, 3) ]\nlet d = [ 1; 2 ]', {
      mode: "lenient",
    });
    expect(mixed.diagnostics.map((item) => item.code)).toEqual(["FUS0424", "FUS0424"]);
    expect([1, 2, 3].map((line) => mixed.typeAt(line, 5)?.type)).toEqual([
      "any list",
      "(int * any) list",
      "int list",
    ]);
  });

  test("undefined constructors build untyped values that patterns match by name", () => {
    const text = 'let a = Foo (1, "x")\nlet b = match a with Foo (n, _) -> n | Bar -> 0';
    expect(codes(text, "lenient").filter((code) => code.startsWith("error"))).toEqual([]);
    expect(codes(text)).toContain("error FUS0202");
  });

  test("undefined names stay errors", () => {
    expect(codes("let a = nope", "lenient")).toEqual(["error FUS0201"]);
  });
});

describe("recovery", () => {
  test("independent mistakes are reported together, in the order of the text", () => {
    const text =
      'let a = nope\nlet b: int = "x"\nlet c = a + 1\nlet d = List.nope [ 1 ]\nlet e = b + 1\nlet f = d.x';
    const result = check(text, { hostModules: host });
    expect(result.diagnostics.map((item) => positionAt(item.span.source, item.span.start).line)).toEqual([
      1, 2, 4,
    ]);
  });

  test("a name that is close is suggested", () => {
    const hint = (text: string): string | undefined =>
      check(text, { hostModules: host }).diagnostics[0]?.hint;
    expect(hint("let height = 1\nlet a = heigth")).toBe("Did you mean 'height'?");
    expect(hint("let a = List.fiter id []")).toBe("Did you mean 'filter'?");
    expect(hint("type P = { Width: int }\nlet a p = (p: P).Witdh")).toBe("Did you mean 'Width'?");
    expect(hint("let a = later\nlet later = 1")).toBe("It is defined later, at line 2");
    expect(hint("type Shape = Circle of int\nlet a = Cirlce 1")).toBe("Did you mean 'Circle'?");
  });
});

describe("places", () => {
  const text = [
    "type Point = { X: int; Y: int }",
    "type Shape = Dot | Line of Point",
    "let origin = { X = 0; Y = 0 }",
    "let rec walk n = if n = 0 then origin.X else walk (n - 1)",
    "let shape = Line origin",
  ].join("\n");
  const result = check(text, { fileName: "places.fsx" });

  test("definitionAt finds variables, fields and cases", () => {
    expect(result.definitionAt(5, 18)?.start).toEqual({ line: 3, column: 5 });
    expect(result.definitionAt(4, 39)?.start).toEqual({ line: 1, column: 16 });
    expect(result.definitionAt(4, 46)?.start).toEqual({ line: 4, column: 9 });
    expect(result.definitionAt(5, 13)?.start).toEqual({ line: 2, column: 20 });
    expect(result.definitionAt(5, 1)).toBeUndefined();
  });

  test("typeAt gives schemes for definitions and types for uses", () => {
    expect(result.typeAt(4, 9)?.type).toBe("int -> int");
    expect(result.typeAt(4, 14)?.type).toBe("int");
    expect(result.typeAt(5, 18)?.type).toBe("Point");
  });
});

describe("#load", () => {
  const files: Readonly<Record<string, string>> = {
    "shapes.fsx": "let area w h = w * h + 0\nlet private hidden = 1\ntype Size = { W: int }",
    "named.fsx": "module Tools\nlet twice x = x + x",
    "a.fsx": '#load "b.fsx"\nlet a = 1',
    "b.fsx": '#load "a.fsx"\nlet b = 2',
    "wrong.fsx": 'let bad: int = "x"',
  };
  const load = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return text;
  };
  const found = (text: string): readonly string[] =>
    check(text, { load, fileName: "main.fsx" }).diagnostics.map(
      (item) => `${item.span.source.name}: ${item.code} ${item.message}`,
    );

  test("brings public names, and the file as a module", () => {
    expect(found('#load "shapes.fsx"\nlet a = area 1 2 + Shapes.area 3 4\nlet s = { W = 1 }')).toEqual([]);
    expect(found('#load "named.fsx"\nlet a = Tools.twice 2 + twice 3')).toEqual([]);
    expect(found('#load "shapes.fsx"\nlet a = hidden')).toEqual([
      "main.fsx: FUS0201 'hidden' is not defined",
    ]);
  });

  test("reports missing files, cycles and errors inside with the name of the file", () => {
    expect(found('#load "nope.fsx"')).toEqual(["main.fsx: FUS0213 File 'nope.fsx' not found"]);
    expect(found('#load "a.fsx"')).toEqual(["b.fsx: FUS0214 Files load each other: a.fsx -> b.fsx -> a.fsx"]);
    expect(found('#load "wrong.fsx"')).toEqual(["wrong.fsx: FUS0301 Expected int, got string"]);
    expect(check('#load "shapes.fsx"').diagnostics.map((item) => item.code)).toEqual(["FUS0215"]);
  });
});

describe("types that double", () => {
  test("are cut and reported, in bounded time", () => {
    const tuples = [
      "let x0 = fun x -> x",
      ...Array.from({ length: 60 }, (_, i) => `let x${i + 1} = (x${i}, x${i})`),
    ];
    const functions = [
      "let p0 x = (x, x)",
      ...Array.from({ length: 30 }, (_, i) => `let p${i + 1} x = p${i} (p${i} x)`),
    ];
    for (const lines of [tuples, functions]) {
      const started = performance.now();
      expect(new Set(check(lines.join("\n")).diagnostics.map((item) => item.code))).toContain("FUS0129");
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });

  test("shared graphs are compared by sharing", () => {
    const doubling = (name: string): readonly string[] => [
      `let ${name} x0 =`,
      ...Array.from({ length: 60 }, (_, i) => `    let x${i + 1} = (x${i}, x${i})`),
      "    x60",
    ];
    const lines = [...doubling("f"), ...doubling("g"), "let same = f 1 = g 1", 'let other = f 1 = g "a"'];
    const { diagnostics } = check(lines.join("\n"));
    expect(diagnostics.map((item) => item.code)).toEqual(["FUS0301"]);
    expect(diagnostics[0]?.message.length).toBeLessThan(2_000);
  });
});

describe("computation expressions", () => {
  const builder = [
    "type Maybe() =",
    "    member _.Bind(m, f) = match m with Some v -> f v | None -> None",
    "    member _.Return v = Some v",
    "let maybe = Maybe()",
  ];
  const body = (length: number): string =>
    [
      ...builder,
      "let a =",
      "    maybe {",
      ...Array.from({ length }, (_, i) => `        let! x${i} = Some ${i}`),
      "        return 1",
      "    }",
    ].join("\n");

  test("may be long", () => {
    expect(check(body(90)).diagnostics).toEqual([]);
    expect(check(body(3_000)).diagnostics).toEqual([]);
  });

  test("may be inside each other, up to a limit that is reported", () => {
    const nested = (depth: number): string =>
      [...builder, `let a = ${"maybe { ignore 0; return ".repeat(depth)}1${" }".repeat(depth)}`].join("\n");
    expect(check(nested(90)).diagnostics).toEqual([]);
    expect(check(nested(120)).diagnostics.map((item) => item.code)).toEqual(["FUS0129"]);
  });

  test("a long one inside a long one", () => {
    const inner = Array.from({ length: 200 }, (_, i) => `            let! y${i} = Some ${i}`);
    const text = [
      ...builder,
      "let a = maybe {",
      ...Array.from({ length: 100 }, (_, i) => `        let! x${i} = Some ${i}`),
      "        let! z = maybe {",
      ...inner,
      "            return y199 }",
      "        return z + x99 }",
    ].join("\n");
    const { diagnostics, exports } = check(text);
    expect(diagnostics).toEqual([]);
    expect(exports.find(({ name }) => name === "a")?.signature).toBe("int option");
  });

  test("what a long one gives is checked where it is given", () => {
    const text = body(100).replace("return 1\n", 'return (x0 + "a")\n');
    const { diagnostics } = check(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(["FUS0301"]);
  });

  test("plain bindings and statements in them do not nest", () => {
    const plain = Array.from({ length: 2_000 }, (_, i) => `        let y${i} = ${i}`);
    const text = [...builder, "let a =", "    maybe {", ...plain, "        return y0", "    }"].join("\n");
    const result = check(text);
    expect(result.diagnostics).toEqual([]);
    expect(result.typeAt(5, 5)?.type).toBe("int option");
  });
});

describe("explain --stage types", () => {
  test("shows every binding with its type, operators with the type that they work on", () => {
    const text = "let add x y = x + y\nlet rec sum n = if n = 0 then 0 else add n (sum (n - 1))\nsum 3";
    expect(explain(text, "types")).toBe(
      [
        "let add : 'a -> 'a -> 'a when 'a : (+) =",
        "  fun (x : 'a when 'a : (+)) (y : 'a when 'a : (+)) ->",
        "    (+)<'a when 'a : (+)>(x, y)",
        "let rec sum : int -> int =",
        "  fun (n : int) ->",
        "    if (=)<int>(n, 0)",
        "    then 0",
        "    else add<int>(n, sum((-)<int>(n, 1)))",
        "result : int =",
        "  sum(3)",
        "",
      ].join("\n"),
    );
  });
});
