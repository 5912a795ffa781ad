import { describe, expect, test } from "vitest";
import {
  BoxedFloat,
  type DefinitionData,
  HostObject,
  type List,
  NIL,
  NONE,
  OrderedMap,
  OrderedSet,
  RefCell,
  recordShape,
  runtimeException,
  some,
  structured,
  type TypeDescriptor,
  type Value,
} from "../src/index.js";
import { run, sequence } from "./script-functions.js";
import { caseOf, listOf, POINT, tuple } from "./values-generator.js";

const ANY: TypeDescriptor = { kind: "any" };
const INT: TypeDescriptor = { kind: "int" };
const FLOAT: TypeDescriptor = { kind: "float" };
const list = (item: TypeDescriptor): TypeDescriptor => ({ kind: "list", item });

const definitions: readonly DefinitionData[] = [
  {
    kind: "record",
    name: "Point",
    params: 1,
    anonymous: false,
    identity: false,
    fields: [
      { label: "y", mutable: false, type: { kind: "variable", name: "0", bounds: [] } },
      { label: "x", mutable: false, type: FLOAT },
    ],
  },
  {
    kind: "union",
    name: "Shape",
    params: 0,
    cases: [
      { name: "Dot", fields: [] },
      { name: "Circle", fields: [{ label: undefined, type: FLOAT }] },
      {
        name: "Rect",
        fields: [
          { label: "width", type: FLOAT },
          { label: "height", type: { kind: "char" } },
        ],
      },
    ],
  },
];

const range = (from: number, to: number): List =>
  listOf(...Array.from({ length: to - from + 1 }, (_, index) => from + index));

test.each<[string, Value, TypeDescriptor]>([
  ["42", 42, INT],
  ["9223372036854775807", 2n ** 63n - 1n, INT],
  ["5.0", 5, FLOAT],
  ["2.5", 2.5, ANY],
  ["5.0", new BoxedFloat(5), ANY],
  ["1e+20", 1e20, FLOAT],
  ["1e-05", 0.00001, FLOAT],
  ["0.0001", 0.0001, FLOAT],
  ["1000000000.0", 1e9, FLOAT],
  ["1e+10", 1e10, FLOAT],
  ["3.141592654", Math.PI, FLOAT],
  ["-0.0", -0, FLOAT],
  ["nan", Number.NaN, FLOAT],
  ["infinity", Infinity, FLOAT],
  ["-infinity", -Infinity, FLOAT],
  ["true", true, ANY],
  ["()", undefined, ANY],
  ["<null>", null, ANY],
  ['"text"', "text", ANY],
  ['"a\\"b\\n\\\\\\001"', 'a"b\n\\\u0001', ANY],
  ["'a'", "a", { kind: "char" }],
  ["'\\''", "'", { kind: "char" }],
  ["[1; 2; 3]", listOf(1, 2, 3), list(INT)],
  ["[1.0; 2.0]", listOf(1, 2), list(FLOAT)],
  ["[]", NIL, list(INT)],
  ["[|7; 8|]", [7, 8], { kind: "array", item: INT }],
  ["[||]", [], { kind: "array", item: INT }],
  ['(1, "one")', tuple(1, "one"), ANY],
  ["(1.0, 2)", tuple(1, 2), { kind: "tuple", items: [FLOAT, INT] }],
  ["Some 5", some(5), ANY],
  ["Some (Some 1.0)", some(some(1)), { kind: "option", item: { kind: "option", item: FLOAT } }],
  ["Some (1, 2)", some(tuple(1, 2)), ANY],
  ["Some [1]", some(listOf(1)), ANY],
  ["Some -1", some(-1), ANY],
  ["None", NONE, ANY],
  ["Some ()", some(undefined), ANY],
  ["Some null", some(null), ANY],
  ["[Some 1; None]", listOf(some(1), NONE), ANY],
  ["Rect (3.0, 'h')", caseOf(2, 3, "h"), { kind: "named", definition: 1, args: [] }],
  ["Circle 2.0", caseOf(1, 2), { kind: "named", definition: 1, args: [] }],
  ["Rect (Circle 1, Dot)", caseOf(2, caseOf(1, 1), caseOf(0)), ANY],
  ["Circle (Circle (Circle 1))", caseOf(1, caseOf(1, caseOf(1, 1))), ANY],
  [
    'map [("a", 1); ("b", 2)]',
    OrderedMap.of([
      ["b", 2],
      ["a", 1],
    ]),
    ANY,
  ],
  ['map [("a", 1.0)]', OrderedMap.of([["a", 1]]), { kind: "map", key: { kind: "string" }, value: FLOAT }],
  ["set [1; 2]", OrderedSet.of([2, 1]), ANY],
  ["Some (set [1])", some(OrderedSet.of([1])), ANY],
  ["map []", OrderedMap.empty, ANY],
  ["{ y = 1\n  x = 2.0 }", POINT.make([1, 2]), { kind: "named", definition: 0, args: [INT] }],
  ["{ y = 1.0\n  x = 2.0 }", POINT.make([1, 2]), { kind: "named", definition: 0, args: [FLOAT] }],
  ["{ contents = 1 }", new RefCell(1), ANY],
  ["{ n = 1 }", recordShape({ name: "N", labels: ["n"], anonymous: false, identity: false }).make([1]), ANY],
  ['Failure "msg"', runtimeException("FUS0519", "msg"), ANY],
  ["<host object: Db>", new HostObject("Db", {}), ANY],
])("%s", (text, value, type) => {
  expect(structured(value, type, definitions)).toBe(text);
});

describe("layout", () => {
  test("a long list breaks behind separators, aligned with its first element", () => {
    expect(structured(range(1, 30), list(INT), [])).toBe(
      "[1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15; 16; 17; 18; 19; 20; 21; 22;\n 23; 24; 25; 26; 27; 28; 29; 30]",
    );
  });

  test("at most 100 elements", () => {
    const lines = structured(range(1, 101), list(INT), []).split("\n");
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines.at(-1)?.endsWith(" 100; ...]")).toBe(true);
    expect(structured(range(1, 100), list(INT), [])).not.toContain("...");
  });

  test("the width of the specifier, and none at all", () => {
    expect(structured(range(1, 5), list(INT), [], undefined, 8)).toBe("[1; 2; 3;\n 4; 5]");
    expect(structured(range(1, 60), list(INT), [], undefined, 0)).not.toContain("\n");
  });

  test("an outer break comes before an inner one", () => {
    const words = listOf("alpha", "beta", "gamma");
    expect(structured(tuple(words, words), ANY, [], undefined, 30)).toBe(
      '(["alpha"; "beta"; "gamma"],\n ["alpha"; "beta"; "gamma"])',
    );
  });

  test("records inside lists are aligned", () => {
    expect(structured(listOf(POINT.make([1, 2]), POINT.make([3, 4])), ANY, [])).toBe(
      "[{ y = 1\n   x = 2 }; { y = 3\n              x = 4 }]",
    );
  });

  test("a case breaks before its argument when that saves columns", () => {
    const text = structured(caseOf(1, "x".repeat(20)), ANY, [], undefined, 24);
    expect(text).toBe(`Circle\n  "${"x".repeat(20)}"`);
  });

  test("maps and sets show nine entries", () => {
    const ten = Array.from({ length: 10 }, (_, index) => index);
    expect(structured(OrderedSet.of(ten), ANY, [])).toBe("set [0; 1; 2; 3; 4; 5; 6; 7; 8; ...]");
  });
});

describe("seqs", () => {
  test("four elements are shown, and no more than five computed", () => {
    let computed = 0;
    const endless = sequence(function* () {
      for (;;) yield ++computed;
    });
    expect(structured(endless, { kind: "seq", item: INT }, [], undefined, undefined, run)).toBe(
      "seq [1; 2; 3; 4; ...]",
    );
    expect(computed).toBe(5);
  });

  test("without a way to run functions nothing is computed", () => {
    const seq = sequence(() => {
      throw new Error("computed");
    });
    expect(structured(seq, { kind: "seq", item: INT }, [])).toBe("seq [...]");
  });

  test("short ones whole", () => {
    expect(
      structured(
        sequence(() => [1, 2][Symbol.iterator]()),
        { kind: "seq", item: FLOAT },
        [],
        undefined,
        undefined,
        run,
      ),
    ).toBe("seq [1.0; 2.0]");
  });
});

describe("bounds", () => {
  test("deep values end in dots", () => {
    let value: Value = 1;
    for (let i = 0; i < 100_000; i++) value = some(value);
    const text = structured(value, ANY, [], undefined, 0);
    expect(text.startsWith("Some (Some (")).toBe(true);
    expect(text).toContain("...");
    expect(text.length).toBeLessThan(1000);
  });

  test("values that contain themselves, and wide nested ones, end", () => {
    const cyclic: Value[] = [];
    cyclic.push(cyclic, cyclic);
    expect(structured(cyclic, ANY, []).length).toBeLessThan(4_000_000);
    let wide: Value = 1;
    for (let i = 0; i < 60; i++) wide = Array.from({ length: 100 }, () => wide);
    let units = 0;
    const text = structured(wide, ANY, [], (n) => {
      units += n;
    });
    expect(text).toContain("...");
    expect(units).toBeGreaterThan(0);
  });

  test("a type that does not fit falls back on the value", () => {
    expect(structured(listOf(1, "a"), { kind: "map", key: INT, value: INT }, [])).toBe('[1; "a"]');
    expect(structured(tuple(1, 2, 3), { kind: "tuple", items: [FLOAT] }, [])).toBe("(1.0, 2, 3)");
    expect(structured(POINT.make([1, 2]), { kind: "named", definition: 77, args: [] }, [])).toBe(
      "{ y = 1\n  x = 2 }",
    );
  });
});
