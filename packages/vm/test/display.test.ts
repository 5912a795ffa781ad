import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BoxedChar,
  BoxedFloat,
  CaseFunction,
  declaredException,
  display,
  displayBriefly,
  exceptionShape,
  floatText,
  HostObject,
  List,
  NIL,
  NONE,
  OrderedMap,
  OrderedSet,
  PartialApplication,
  RefCell,
  recordShape,
  runtimeException,
  some,
  type Value,
} from "../src/index.js";
import { asyncWork, sequence } from "./script-functions.js";
import { caseOf, listOf, POINT, SHAPE, tuple } from "./values-generator.js";

const fn = new CaseFunction(SHAPE, 2, 2);

test.each<[string, Value]>([
  ["42", 42],
  ["9223372036854775807", 2n ** 63n - 1n],
  ["true", true],
  ["()", undefined],
  ["null", null],
  ["a\nb", "a\nb"],
  ["(1, a)", tuple(1, "a")],
  ["[1; 2]", listOf(1, 2)],
  ["[]", NIL],
  ["[a; b]", listOf("a", "b")],
  ["[|1; 2|]", [1, 2]],
  ["[||]", []],
  ["{ y = 1; x = b }", POINT.make([1, "b"])],
  ["{  }", recordShape({ name: "", labels: [], anonymous: true, identity: false }).make([])],
  [
    "{ __proto__ = 1 }",
    recordShape({ name: "", labels: ["__proto__"], anonymous: true, identity: false }).make([1]),
  ],
  ["Dot", caseOf(0)],
  ["Circle(3)", caseOf(1, 3)],
  ["Rect(3, 4)", caseOf(2, 3, 4)],
  ["Some(Some(1))", some(some(1))],
  ["None", NONE],
  [
    "Map [a -> 1; b -> 2]",
    OrderedMap.of([
      ["b", 2],
      ["a", 1],
    ]),
  ],
  ["Map []", OrderedMap.empty],
  ["Set [1; 2]", OrderedSet.of([2, 1])],
  ["<closure>", fn],
  ["<closure>", new PartialApplication(fn, [1])],
  [
    "<seq>",
    sequence(() => {
      throw new Error("computed");
    }),
  ],
  ["<async>", asyncWork(async () => 1)],
  ["{ contents = 1 }", new RefCell(1)],
  ["<host object: Db>", new HostObject("Db", { toString: () => "leaked" })],
  ["Failure(msg)", runtimeException("FUS0519", "msg")],
  ["Limit(1, 2)", declaredException(exceptionShape("Limit", [undefined, undefined]), [1, 2], "")],
  ["Stopped", declaredException(exceptionShape("Stopped", []), [], "")],
  ["2.5", new BoxedFloat(2.5)],
  ["c", new BoxedChar("c")],
  ["[Some(Map [1 -> [||]]); None]", listOf(some(OrderedMap.of([[1, []]])), NONE)],
])("%s", (text, value) => {
  expect(display(value)).toBe(text);
});

describe("floats", () => {
  test.each<[string, number]>([
    ["5", 5],
    ["0.1", 0.1],
    ["100000000000000000000", 1e20],
    ["1000000000000000000000", 1e21],
    ["0.00000015", 1.5e-7],
    ["-0.00000015", -1.5e-7],
    ["-0", -0],
    ["NaN", Number.NaN],
    ["inf", Infinity],
    ["-inf", -Infinity],
  ])("%s", (text, value) => {
    expect(display(value)).toBe(text);
  });

  test("read back equal, without exponent", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const text = floatText(x);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Object.is(Number(text), x)).toBe(true);
      }),
    );
  });
});

describe("large and deep values", () => {
  test("a list of 100,000 elements", () => {
    let list = NIL;
    for (let i = 0; i < 100_000; i++) list = new List(1, list);
    expect(display(list).length).toBe(2 + 100_000 + 2 * 99_999);
  });

  test("100,000 nested options", () => {
    let value: Value = 1;
    for (let i = 0; i < 100_000; i++) value = some(value);
    expect(display(value)).toBe(`${"Some(".repeat(100_000)}1${")".repeat(100_000)}`);
  });

  test("the charge sees the work before the text is whole", () => {
    const cyclic: Value[] = [];
    cyclic.push("x".repeat(1000), cyclic);
    let units = 0;
    expect(() =>
      display(cyclic, (n) => {
        units += n;
        if (units > 10_000) throw new Error("limit");
      }),
    ).toThrow("limit");
  });

  test("messages show the beginning", () => {
    const cyclic: Value[] = [];
    cyclic.push(1, cyclic);
    expect(displayBriefly(cyclic, 20)).toBe("[|1; [|1; [|1; [|...");
    expect(displayBriefly("x".repeat(30), 10)).toBe("xxxxxxx...");
    expect(displayBriefly(listOf(1, 2), 10)).toBe("[1; 2]");
  });
});
