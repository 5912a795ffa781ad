import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BoxedChar,
  BoxedFloat,
  CaseFunction,
  compare,
  ExceptionValue,
  equals,
  HostObject,
  hash,
  List,
  lessOrEqual,
  lessThan,
  NIL,
  OrderedMap,
  OrderedSet,
  RefCell,
  recordShape,
  runtimeException,
  some,
  type Value,
} from "../src/index.js";
import { asyncWork, sequence } from "./script-functions.js";
import { caseOf, listOf, POINT, SHAPE, tuple, typedValues } from "./values-generator.js";

const threeOfAType = typedValues.chain(({ values }) => fc.tuple(values, values, values));
const fn = new CaseFunction(SHAPE, 1, 1);

function raised(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ExceptionValue) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  throw new Error("nothing was raised");
}

describe("the structural order", () => {
  test("is total", () => {
    fc.assert(
      fc.property(threeOfAType, ([a, b, c]) => {
        expect(compare(a, a)).toBe(0);
        expect(compare(a, b)).toBe(0 - compare(b, a));
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 400 },
    );
  });

  test("agrees with equality, hash and the operators, but for NaN", () => {
    fc.assert(
      fc.property(threeOfAType, ([a, b]) => {
        const order = compare(a, b);
        if (equals(a, b)) {
          expect(order).toBe(0);
          expect(hash(a)).toBe(hash(b));
        }
        if (lessThan(a, b)) expect(order).toBe(-1);
        if (equals(a, a) && equals(b, b)) {
          expect(equals(a, b)).toBe(order === 0);
          expect(lessThan(a, b)).toBe(order < 0);
          expect(lessOrEqual(a, b)).toBe(order <= 0);
        }
      }),
      { numRuns: 400 },
    );
  });

  const ascending: readonly (readonly [string, readonly Value[]])[] = [
    ["bools", [false, true]],
    ["numbers", [-(2n ** 60n), -1, 0, 1.5, 2 ** 53 - 1, 2n ** 60n]],
    ["floats, NaN first", [Number.NaN, -Infinity, 0, Infinity]],
    ["strings by UTF-16 unit", ["", "B", "a", "ab", "\u{1F600}", "\uE000"]],
    ["lists, the shorter prefix first", [NIL, listOf(1), listOf(1, 2), listOf(2)]],
    ["arrays by length first", [[], [9], [1, 2], [1, 3]]],
    ["tuples", [tuple(1, "b"), tuple(2, "a")]],
    ["union cases as declared", [caseOf(0), caseOf(1, 9), caseOf(2, 1, 1), caseOf(2, 1, 2)]],
    ["records as declared", [POINT.make([1, 9]), POINT.make([2, 0])]],
    ["sets", [OrderedSet.of([]), OrderedSet.of([1, 2]), OrderedSet.of([1, 3])]],
    ["maps", [OrderedMap.of([[1, "a"]]), OrderedMap.of([[1, "b"]]), OrderedMap.of([[2, "a"]])]],
    ["cells", [new RefCell(1), new RefCell(2)]],
    ["boxed floats", [new BoxedFloat(Number.NaN), new BoxedFloat(1), new BoxedFloat(2)]],
    ["boxed chars", [new BoxedChar("a"), new BoxedChar("b")]],
  ];
  test.each(ascending)("%s", (_, values) => {
    values.forEach((a, i) => {
      values.forEach((b, j) => {
        expect(compare(a, b)).toBe(Math.sign(i - j));
      });
    });
  });

  test("the operators are false where NaN decides", () => {
    const a = tuple(Number.NaN, 1);
    const b = tuple(Number.NaN, 2);
    expect([lessThan(a, b), lessThan(b, a), lessOrEqual(a, a), equals(a, a)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([compare(a, b), compare(a, a)]).toEqual([-1, 0]);
  });
});

describe("equality", () => {
  test("records are equal by label, whatever the order of the labels", () => {
    const other = recordShape({ name: "", labels: ["x", "y"], anonymous: true, identity: false });
    expect(equals(POINT.make([2, 1]), other.make([1, 2]))).toBe(true);
    expect(hash(POINT.make([2, 1]))).toBe(hash(other.make([1, 2])));
    expect(equals(POINT.make([1, 2]), other.make([1, 2]))).toBe(false);
  });

  test("host objects are equal by what they stand for, objects of classes by identity", () => {
    const target = {};
    expect(equals(new HostObject("T", target), new HostObject("T", target))).toBe(true);
    expect(equals(new HostObject("T", target), new HostObject("T", {}))).toBe(false);
    const counter = recordShape({ name: "Counter", labels: ["n"], anonymous: false, identity: true });
    const one = counter.make([1]);
    expect([equals(one, one), equals(one, counter.make([1]))]).toEqual([true, false]);
  });

  test("values of different kinds are different", () => {
    const values: readonly Value[] = [
      1,
      new BoxedFloat(1),
      "1",
      new BoxedChar("1"),
      true,
      undefined,
      null,
      NIL,
      [],
      tuple(1, 2),
      POINT.make([1, 2]),
      caseOf(0),
      OrderedMap.empty,
      OrderedSet.empty,
      new RefCell(1),
      fn,
      new HostObject("T", {}),
      runtimeException("FUS0503", "x"),
    ];
    values.forEach((a, i) => {
      values.forEach((b, j) => {
        if (i !== j) expect([i, j, equals(a, b)]).toEqual([i, j, false]);
      });
    });
  });

  test("functions and Asyncs are not compared", () => {
    const text = "FUS0508 Functions cannot be compared";
    const work = asyncWork(async () => 1);
    for (const one of [fn, work]) {
      expect(raised(() => equals(one, one))).toBe(text);
      expect(raised(() => compare(one, one))).toBe(text);
      expect(raised(() => equals(listOf(1, one), listOf(1, one)))).toBe(text);
      expect(raised(() => hash(some(one)))).toBe(text);
    }
    expect(equals(listOf(1, fn), listOf(2, fn))).toBe(false);
  });
});

test.each<[string, Value, Value]>([
  ["int and string", 1, "a"],
  ["host_data and host_data", new HostObject("T", {}), new HostObject("T", {})],
  ["seq and seq", sequence(() => [][Symbol.iterator]()), sequence(() => [][Symbol.iterator]())],
  ["exn and exn", runtimeException("FUS0503", "x"), runtimeException("FUS0503", "x")],
  ["float and int", new BoxedFloat(1), 1],
  ["string and char", "a", new BoxedChar("a")],
  [
    "record and record",
    POINT.make([1, 2]),
    recordShape({ name: "", labels: ["z"], anonymous: true, identity: false }).make([1]),
  ],
])("%s have no order", (words, a, b) => {
  expect(raised(() => compare(a, b))).toBe(`FUS0509 ${words} have no order`);
});

describe("large and deep values", () => {
  const long = (last: Value): List => {
    let list = listOf(last);
    for (let i = 0; i < 100_000; i++) list = new List(i, list);
    return list;
  };
  const deep = (last: Value, wrap: (inner: Value) => Value): Value => {
    let value = last;
    for (let i = 0; i < 100_000; i++) value = wrap(value);
    return value;
  };

  test("lists of 100,000 elements", () => {
    expect(equals(long(1), long(1))).toBe(true);
    expect(compare(long(1), long(2))).toBe(-1);
    expect(typeof hash(long(1))).toBe("number");
  });

  test.each<[string, (inner: Value) => Value]>([
    ["cases", (inner) => caseOf(2, inner, 1)],
    ["options", some],
    ["lists", (inner) => listOf(inner, 1)],
    ["arrays", (inner) => [inner]],
    ["tuples", (inner) => tuple(0, inner)],
    ["maps", (inner) => OrderedMap.of([[1, inner]])],
    ["cells", (inner) => new RefCell(inner)],
  ])("100,000 nested %s", (_, wrap) => {
    const one = deep(1, wrap);
    const other = deep(2, wrap);
    expect(equals(one, deep(1, wrap))).toBe(true);
    expect(equals(one, other)).toBe(false);
    expect(compare(other, one)).toBe(1);
    expect(typeof hash(one)).toBe("number");
  });

  test("records with labels in another order, nested deeply", () => {
    const other = recordShape({ name: "", labels: ["x", "y"], anonymous: true, identity: false });
    const a = deep(1, (inner) => POINT.make([inner, 0]));
    const b = deep(1, (inner) => other.make([0, inner]));
    expect(equals(a, b)).toBe(true);
  });

  test("work is charged in proportion, and a charge that throws stops it", () => {
    let units = 0;
    equals(long(1), long(1), (n) => {
      units += n;
    });
    expect(units).toBeGreaterThanOrEqual(100_000);
    expect(units).toBeLessThan(110_000);
    const cyclic: Value[] = [];
    cyclic.push(cyclic);
    let left = 10_000;
    const limited = (n: number): void => {
      left -= n;
      if (left < 0) throw new Error("limit");
    };
    expect(() => equals(cyclic, [cyclic], limited)).toThrow("limit");
    left = 10_000;
    expect(() => compare(cyclic, [cyclic], limited)).toThrow("limit");
  });
});
