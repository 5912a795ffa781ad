import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  declaredException,
  type ExceptionValue,
  exceptionBelongsTo,
  exceptionShape,
  fieldsOf,
  isProduct,
  kindOf,
  NIL,
  NONE,
  OPTION,
  positionException,
  recordShape,
  runtimeException,
  slotAt,
  tupleShape,
  unionShape,
} from "../src/index.js";

describe("products", () => {
  test("of every size keep their fields in slots", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 40 }), (values) => {
        const labels = values.map((_, index) => `label${index}`);
        const shape = unionShape("U", [
          { name: "Other", labels: [] },
          { name: "Case", labels },
        ]);
        for (const product of [
          tupleShape(values.length).make(values),
          recordShape({ name: "R", labels, anonymous: false, identity: false }).make(values),
          shape.cases[1]?.make(values),
        ]) {
          if (product === undefined || !isProduct(product)) throw new Error("no product");
          expect(fieldsOf(product)).toEqual(values);
          values.forEach((value, index) => {
            expect(slotAt(product, index)).toBe(value);
          });
          expect(slotAt(product, values.length)).toBeUndefined();
        }
      }),
    );
  });

  test("names of a program never become property names", () => {
    const shape = recordShape({
      name: "R",
      labels: ["__proto__", "constructor"],
      anonymous: false,
      identity: false,
    });
    expect(Object.keys(shape.make([1, 2]))).toEqual(["f0", "f1"]);
    expect(Object.getPrototypeOf(shape.make([{}, {}]))).toBe(Object.getPrototypeOf(shape.make([1, 2])));
  });

  test("each type has a class of its own, shared by its values", () => {
    const type = { labels: ["a"], anonymous: false, identity: false };
    const [one, other] = [recordShape({ name: "One", ...type }), recordShape({ name: "Other", ...type })];
    expect(Object.getPrototypeOf(one.make([1]))).toBe(Object.getPrototypeOf(one.make([2])));
    expect(Object.getPrototypeOf(one.make([1]))).not.toBe(Object.getPrototypeOf(other.make([1])));
    expect(tupleShape(3)).toBe(tupleShape(3));
    expect(tupleShape(2000).make(new Array(2000).fill(7))).toMatchObject({ f0: 7, f1999: 7 });
  });

  test("a case without fields exists once", () => {
    expect(OPTION.cases[0]?.make([])).toBe(NONE);
    expect(NONE.tag).toBe(0);
  });

  test("the array of fields is not kept", () => {
    const fields = Array.from({ length: 20 }, () => 1);
    const tuple = tupleShape(20).make(fields);
    fields[0] = 2;
    expect(slotAt(tuple, 0)).toBe(1);
  });

  test("exceptions, lists and arrays are no products", () => {
    for (const value of [runtimeException("FUS0503", "x"), NIL, [], null, undefined, 1])
      expect(isProduct(value)).toBe(false);
    expect(kindOf(NONE)).toBe("variant");
  });
});

describe("exception classes", () => {
  const classes: Readonly<Record<string, readonly ExceptionValue[]>> = {
    DivideByZeroException: [runtimeException("FUS0503", "x")],
    IndexOutOfRangeException: [runtimeException("FUS0504", "x"), positionException("x")],
    KeyNotFoundException: [runtimeException("FUS0505", "x")],
    ArgumentException: [
      positionException("x"),
      runtimeException("FUS0506", "x"),
      runtimeException("FUS0516", "x"),
    ],
    NullReferenceException: [runtimeException("FUS0507", "x")],
    InvalidCastException: [runtimeException("FUS0502", "x"), runtimeException("FUS0510", "x")],
    FormatException: [runtimeException("FUS0514", "x"), runtimeException("FUS0515", "x")],
    MatchFailureException: [runtimeException("FUS0501", "x")],
    UnauthorizedAccessException: [runtimeException("FUS0520", "x"), runtimeException("FUS0521", "x")],
  };
  const others = [
    runtimeException("FUS0519", "failwith"),
    runtimeException("FUS0517", "host"),
    declaredException(exceptionShape("DivideByZeroException", []), [], "declared by the program"),
  ];
  const all = [...new Set([...Object.values(classes).flat(), ...others])];

  test.each(Object.keys(classes))("%s", (name) => {
    for (const exception of all) {
      // The same condition may be listed under two names as two values.
      const belongs =
        classes[name]?.some((one) => one.code === exception.code && one.shape === exception.shape) ?? false;
      expect([exception.code, exceptionBelongsTo(exception, name)]).toEqual([exception.code, belongs]);
      expect(exceptionBelongsTo(exception, `System.${name}`)).toBe(belongs);
    }
  });

  test("Exception and exn take every exception, an unknown name none, and other values belong to none", () => {
    for (const exception of all) {
      for (const name of ["Exception", "exn", "System.Exception"])
        expect(exceptionBelongsTo(exception, name)).toBe(true);
      for (const name of ["Failure", "__proto__", ""])
        expect(exceptionBelongsTo(exception, name)).toBe(false);
    }
    expect(exceptionBelongsTo(1, "Exception")).toBe(false);
  });
});
