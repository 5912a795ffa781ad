import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExceptionValue, int64 } from "../src/index.js";
import { wideInt } from "./values-generator.js";

type Int = number | bigint;

const normal = (value: bigint): Int => int64.normalise(value);
const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);

/** The result must be in its one representation and have the value that bigints give. */
function expectInt(result: Int, value: bigint): void {
  expect(int64.isInt(result)).toBe(true);
  expect(BigInt(result)).toBe(wrapped(value));
}

describe("ints agree with 64-bit bigints", () => {
  const operations: Readonly<Record<string, [(a: Int, b: Int) => Int, (a: bigint, b: bigint) => bigint]>> = {
    add: [int64.add, (a, b) => a + b],
    sub: [int64.sub, (a, b) => a - b],
    mul: [int64.mul, (a, b) => a * b],
    and: [int64.and, (a, b) => a & b],
    or: [int64.or, (a, b) => a | b],
    xor: [int64.xor, (a, b) => a ^ b],
    shl: [int64.shl, (a, b) => a << (b & 63n)],
    shr: [int64.shr, (a, b) => a >> (b & 63n)],
  };
  for (const [name, [ours, reference]] of Object.entries(operations)) {
    test(name, () => {
      fc.assert(
        fc.property(wideInt, wideInt, (a, b) => expectInt(ours(normal(a), normal(b)), reference(a, b))),
      );
    });
  }

  test("div and rem", () => {
    fc.assert(
      fc.property(wideInt, wideInt, (a, b) => {
        fc.pre(b !== 0n);
        expectInt(int64.div(normal(a), normal(b)), a / b);
        expectInt(int64.rem(normal(a), normal(b)), a % b);
      }),
    );
  });

  test("quotients just below a whole number are not rounded up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.maxSafeNat(), (divisor, start) => {
        const dividend = start - (start % divisor) - 1;
        expectInt(int64.div(dividend, divisor), BigInt(dividend) / BigInt(divisor));
      }),
    );
  });

  test("neg, not, toFloat", () => {
    fc.assert(
      fc.property(wideInt, (a) => {
        expectInt(int64.neg(normal(a)), -a);
        expectInt(int64.not(normal(a)), ~a);
        expect(int64.toFloat(normal(a))).toBe(Number(a));
      }),
    );
  });

  test("pow", () => {
    fc.assert(
      fc.property(wideInt, fc.bigInt(0n, 200n), (a, n) => expectInt(int64.pow(normal(a), normal(n)), a ** n)),
    );
  });

  test("ofFloat", () => {
    fc.assert(
      fc.property(fc.double({ min: -(2 ** 64), max: 2 ** 64, noNaN: true }), (x) => {
        const result = int64.ofFloat(x);
        const inside = Math.trunc(x) >= -(2 ** 63) && Math.trunc(x) < 2 ** 63;
        if (result === undefined) expect(inside).toBe(false);
        else expectInt(result, BigInt(Math.trunc(x)));
      }),
    );
    expect([Number.NaN, Infinity, -Infinity, 2 ** 63].map(int64.ofFloat)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("text is read back", () => {
    fc.assert(
      fc.property(wideInt, (a) => {
        expectInt(int64.parse(` ${a} `) ?? Number.NaN, a);
        expectInt(int64.parse(`0x${BigInt.asUintN(64, a).toString(16)}`) ?? Number.NaN, a);
        expectInt(int64.parse(`0b${BigInt.asUintN(64, a).toString(2)}`) ?? Number.NaN, a);
        expectInt(int64.parse(`0O${BigInt.asUintN(64, a).toString(8)}`) ?? Number.NaN, a);
      }),
    );
  });
});

describe("edges", () => {
  const least = -(2n ** 63n);

  test("a zero divisor raises FUS0503", () => {
    for (const operation of [int64.div, int64.rem]) {
      for (const dividend of [1, 0, 2n ** 60n]) {
        expect(() => operation(dividend, 0)).toThrow(
          expect.objectContaining({ code: "FUS0503", message: "Division by zero" }),
        );
      }
    }
  });

  test("the least int divided by -1 is itself", () => {
    expect(int64.div(least, -1)).toBe(least);
    expect(int64.rem(least, -1)).toBe(0);
  });

  test("zero has no sign", () => {
    for (const zero of [
      int64.mul(-1, 0),
      int64.rem(-4, 2),
      int64.div(-1, 2),
      int64.neg(0),
      int64.ofFloat(-0.5),
    ]) {
      expect(Object.is(zero, 0)).toBe(true);
    }
  });

  test("negative powers", () => {
    expect(int64.pow(1, -3)).toBe(1);
    expect([int64.pow(-1, -3), int64.pow(-1, -4)]).toEqual([-1, 1]);
    expect(int64.pow(2, -1)).toBe(0);
    expect(() => int64.pow(0, -1)).toThrow(expect.any(ExceptionValue));
  });

  test.each([
    "",
    " ",
    "+",
    "-",
    "1.5",
    "1e3",
    "0x",
    "0xg",
    "0b2",
    "0o8",
    "1_000",
    "--1",
    "9223372036854775808",
    "-9223372036854775809",
    "0x10000000000000000",
    "９",
  ])("%j is no int", (text) => {
    expect(int64.parse(text)).toBeUndefined();
  });

  test("long texts are decided quickly", () => {
    expect(int64.parse("9".repeat(5_000_000))).toBeUndefined();
    expect(int64.parse(`0x${"0".repeat(5_000_000)}ff`)).toBe(255);
  });

  test("signs", () => {
    expect([int64.parse("+7"), int64.parse("-0"), int64.parse("-0x10")]).toEqual([7, 0, -16]);
  });
});
