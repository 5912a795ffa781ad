import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  AnonymousShapes,
  AsyncValue,
  BoxedChar,
  BoxedFloat,
  CaseFunction,
  type Conversion,
  ConversionError,
  compare,
  type DefinitionData,
  display,
  FusabiError,
  HostObject,
  hash,
  kindOf,
  List,
  listOfArray,
  NIL,
  NONE,
  OrderedMap,
  OrderedSet,
  ok,
  RefCell,
  recordShape,
  runtimeException,
  some,
  structured,
  type TypeDescriptor,
  toHost,
  toScript,
  type Value,
} from "../src/index.js";
import { asyncWork, promised, run, sequence, start } from "./script-functions.js";
import { caseOf, listOf, POINT, SHAPE, tuple, typedValues } from "./values-generator.js";

const ANY: TypeDescriptor = { kind: "any" };
const INT: TypeDescriptor = { kind: "int" };
const STRING: TypeDescriptor = { kind: "string" };
const UNIT: TypeDescriptor = { kind: "unit" };
const listType = (item: TypeDescriptor): TypeDescriptor => ({ kind: "list", item });
const option = (item: TypeDescriptor): TypeDescriptor => ({ kind: "option", item });
const named = (definition: number, ...args: TypeDescriptor[]): TypeDescriptor => ({
  kind: "named",
  definition,
  args,
});

const definitions: readonly DefinitionData[] = [
  {
    kind: "record",
    name: "Point",
    params: 1,
    anonymous: false,
    identity: false,
    fields: [
      { label: "y", mutable: false, type: { kind: "variable", name: "0", bounds: [] } },
      { label: "x", mutable: false, type: option(INT) },
    ],
  },
  {
    kind: "union",
    name: "Shape",
    params: 0,
    cases: [
      { name: "Dot", fields: [] },
      { name: "Circle", fields: [{ label: undefined, type: { kind: "float" } }] },
      {
        name: "Rect",
        fields: [
          { label: "width", type: named(1) },
          { label: "height", type: INT },
        ],
      },
    ],
  },
  { kind: "record", name: "Counter", params: 0, anonymous: false, identity: true, fields: [] },
];
const COUNTER = recordShape({ name: "Counter", labels: [], anonymous: false, identity: true });

const conversion: Conversion = {
  allocate: () => undefined,
  definitions,
  shapes: [POINT, SHAPE, COUNTER],
  anonymousShapes: new AnonymousShapes(),
  wrapFunction: (callee, type) => Object.assign(() => callee, { type }),
  wrapWaiting: (callee) => () => Promise.resolve(callee),
  unwrapFunction: (callee, type) => new HostObject(`function ${type.kind}`, callee),
  run,
  start: (work, convert) => start(work).then(convert),
  promised,
};

const out = (value: Value, type: TypeDescriptor = ANY): unknown => toHost(value, type, conversion);
const into = (value: unknown, type: TypeDescriptor = ANY): Value => toScript(value, type, conversion);

function refused(run: () => unknown): ConversionError {
  try {
    run();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ConversionError);
    return thrown as ConversionError;
  }
  throw new Error("was accepted");
}

test("values come back as they went, whatever their type", () => {
  fc.assert(
    fc.property(
      typedValues.chain(({ type, values }) => values.map((value) => ({ type, value }))),
      ({ type, value }) => {
        const back = into(out(value, type), type);
        expect(compare(back, value)).toBe(0);
        // A Map or Set of the host keeps no sign of a zero among its keys, which moves what is aligned behind it.
        const shown = (one: Value): string =>
          structured(one, type, definitions, undefined, 0).replaceAll("-0.0", "0.0").replaceAll(/\s/g, "");
        expect(shown(back)).toBe(shown(value));
        expect(hash(back)).toBe(hash(value));
      },
    ),
    { numRuns: 500 },
  );
});

describe("the table of the public API", () => {
  const callable = new CaseFunction(SHAPE, 1, 1);

  test.each<[string, Value, TypeDescriptor, unknown]>([
    ["safe int", 5, INT, 5],
    ["wide int", 2n ** 62n, INT, 2n ** 62n],
    ["float", 2.5, { kind: "float" }, 2.5],
    ["boxed float", new BoxedFloat(2), { kind: "float" }, 2],
    ["bool", true, { kind: "bool" }, true],
    ["string", "a", STRING, "a"],
    ["char", "a", { kind: "char" }, "a"],
    ["unit", undefined, UNIT, undefined],
    ["list", listOf(1, 2), listType(INT), [1, 2]],
    ["array", [1, 2], { kind: "array", item: INT }, [1, 2]],
    ["tuple", tuple(1, "a"), { kind: "tuple", items: [INT, STRING] }, [1, "a"]],
    ["record", POINT.make([1, NONE]), named(0, INT), { y: 1, x: null }],
    ["Map", OrderedMap.of([["k", 1]]), { kind: "map", key: STRING, value: INT }, new Map([["k", 1]])],
    ["Set", OrderedSet.of([2, 1]), { kind: "set", item: INT }, new Set([1, 2])],
    ["None", NONE, option(INT), null],
    ["Some", some(3), option(INT), 3],
    ["Ok", ok(1), { kind: "result", ok: INT, error: STRING }, { ok: true, value: 1 }],
    [
      "case",
      caseOf(2, caseOf(1, 2), 4),
      named(1),
      { tag: "Rect", fields: [{ tag: "Circle", fields: [2] }, 4] },
    ],
    ["case without fields", caseOf(0), named(1), { tag: "Dot", fields: [] }],
    ["seq that is a list", listOf(1), { kind: "seq", item: INT }, [1]],
    ["seq", sequence(() => [1, 2][Symbol.iterator]()), { kind: "seq", item: INT }, [1, 2]],
    [
      "seq that is a map",
      OrderedMap.of([["k", 1]]),
      { kind: "seq", item: { kind: "tuple", items: [STRING, INT] } },
      [["k", 1]],
    ],
    ["ref", new RefCell(1), { kind: "ref", item: INT }, { contents: 1 }],
    ["null", null, ANY, null],
    ["boxed values of any", listOf(new BoxedFloat(2), new BoxedChar("c")), ANY, [2, "c"]],
    ["option of any", some(3), ANY, 3],
  ])("%s", (_, value, type, expected) => {
    expect(out(value, type)).toStrictEqual(expected);
  });

  test("functions cross through the caller, with their type when it is known", () => {
    const type: TypeDescriptor = { kind: "function", parameter: INT, result: INT };
    expect((out(callable, type) as { type: unknown }).type).toBe(type);
    expect((out(callable) as { type: unknown }).type).toEqual(ANY);
    const host = (): number => 1;
    expect(into(host, type)).toMatchObject({ typeName: "function function", target: host });
    expect(into(host)).toMatchObject({ typeName: "function any", target: host });
  });

  test("an Async is a promise, and a promise an Async", async () => {
    const type: TypeDescriptor = { kind: "async", item: listType(INT) };
    expect(
      await out(
        asyncWork(async () => listOf(1)),
        type,
      ),
    ).toEqual([1]);
    const given = into(Promise.resolve([1]), type);
    if (!(given instanceof AsyncValue)) throw new Error("no Async");
    expect(display(await start(given))).toBe("[1]");
    const failing = into(Promise.reject(new Error("later")), type);
    if (!(failing instanceof AsyncValue)) throw new Error("no Async");
    await expect(start(failing)).rejects.toThrow("later");
    const wrong = into(Promise.resolve(["a"]), type);
    if (!(wrong instanceof AsyncValue)) throw new Error("no Async");
    await expect(start(wrong)).rejects.toBeInstanceOf(ConversionError);
  });

  test("host objects pass through, wrapped", () => {
    class Database {}
    const database = new Database();
    const type: TypeDescriptor = { kind: "host", name: "Database" };
    const wrapped = into(database, type);
    expect(wrapped).toBeInstanceOf(HostObject);
    expect(out(wrapped, type)).toBe(database);
    expect(into(database)).toMatchObject({ typeName: "Database", target: database });
    expect([into(null, type), out(null, type)]).toEqual([null, null]);
    expect(refused(() => into(1, type)).message).toBe("$: expected #Database, got the number 1");
  });

  test("exceptions are errors that keep code and message", () => {
    const error = out(runtimeException("FUS0505", "Map key not found: k"), { kind: "exn" });
    expect(error).toBeInstanceOf(FusabiError);
    expect(error).toMatchObject({ code: "FUS0505", message: "Map key not found: k" });
    expect(into(error, { kind: "exn" })).toMatchObject({ code: "FUS0505", message: "Map key not found: k" });
    expect(into(new TypeError("no"), { kind: "exn" })).toMatchObject({ code: "FUS0517", message: "no" });
  });
});

describe("nested options keep their tag", () => {
  test.each<[Value, TypeDescriptor, unknown]>([
    [NONE, option(option(INT)), null],
    [some(NONE), option(option(INT)), { some: null }],
    [some(some(1)), option(option(INT)), { some: 1 }],
    [some(some(NONE)), option(option(option(INT))), { some: { some: null } }],
    [some(undefined), option(UNIT), { some: undefined }],
    [some(null), option(ANY), { some: null }],
    [some(1), option(ANY), 1],
    [some(conversion.anonymousShapes.shapeOf(["some"]).make([1])), option(ANY), { some: { some: 1 } }],
  ])("%#", (value, type, expected) => {
    expect(out(value, type)).toStrictEqual(expected);
    expect(compare(into(expected, type), value)).toBe(0);
  });

  test("a record with the label 'some' is not a tag where the type is known", () => {
    const type = option({ kind: "anonymous", fields: [{ label: "some", type: INT }] });
    expect(display(into({ some: 1 }, type))).toBe("Some({ some = 1 })");
  });
});

describe("what the host may give beside", () => {
  test.each<[unknown, TypeDescriptor, string]>([
    [{ a: 1, b: 2 }, { kind: "map", key: STRING, value: INT }, "Map [a -> 1; b -> 2]"],
    [JSON.parse('{"__proto__": 1}'), { kind: "map", key: STRING, value: INT }, "Map [__proto__ -> 1]"],
    [[2, 1, 2], { kind: "set", item: INT }, "Set [1; 2]"],
    [undefined, option(INT), "None"],
    [{ y: 1 }, named(0, INT), "{ y = 1; x = None }"],
    [{ y: 1, x: 2, more: 3 }, named(0, INT), "{ y = 1; x = Some(2) }"],
    [{ tag: "Dot" }, named(1), "Dot"],
    [new Uint8Array([1, 2]), { kind: "array", item: INT }, "[|1; 2|]"],
    [-0, INT, "0"],
    [5n, INT, "5"],
    [null, UNIT, "()"],
  ])("%#", (value, type, text) => {
    expect(display(into(value, type))).toBe(text);
  });
});

describe("without a type, by shape", () => {
  test.each<[unknown, string, string]>([
    [1, "int", "1"],
    [-0, "float", "-0"],
    [1.5, "float", "1.5"],
    [2 ** 60, "float", "1152921504606847000"],
    [2n ** 60n, "int", "1152921504606846976"],
    [[1, [2]], "array", "[|1; [|2|]|]"],
    [{ b: 1, a: "x" }, "record", "{ a = x; b = 1 }"],
    [Object.assign(Object.create(null), { a: 1 }), "record", "{ a = 1 }"],
    [new Map([["k", 1]]), "map", "Map [k -> 1]"],
    [new Set([2, 1]), "set", "Set [1; 2]"],
    [new Date(0), "host_data", "<host object: Date>"],
    [null, "null", "null"],
    [undefined, "unit", "()"],
  ])("%#", (value, kind, text) => {
    const converted = into(value);
    expect([kindOf(converted), display(converted)]).toEqual([kind, text]);
  });
});

describe("hostile names", () => {
  const names = ["__proto__", "constructor", "hasOwnProperty", "toString", "valueOf", "__defineGetter__"];

  test("records leave as plain objects with own properties", () => {
    const shape = recordShape({ name: "", labels: names, anonymous: true, identity: false });
    const object = out(shape.make(names.map((_, index) => index))) as Record<string, unknown>;
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(Object.keys(object)).toEqual(names);
    expect(names.map((name) => Object.getOwnPropertyDescriptor(object, name)?.value)).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("objects enter with own properties only", () => {
    const given: unknown = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
    expect(display(into(given))).toBe("{ __proto__ = { polluted = true }; constructor = 1 }");
    const type: TypeDescriptor = { kind: "anonymous", fields: [{ label: "toString", type: INT }] };
    expect(refused(() => into({}, type)).message).toBe("$: the property 'toString' is missing");
    expect(refused(() => into({ tag: "toString", fields: [] }, named(1))).message).toContain(
      "Shape has no case 'toString'",
    );
  });
});

describe("what is refused, and where", () => {
  test.each<[unknown, TypeDescriptor, string, string]>([
    [{ y: [1, "a"], x: null }, named(0, listType(INT)), "$.y[1]", "expected int, got 'a'"],
    [1.5, INT, "$", "expected int, got 1.5, which is not whole"],
    [2 ** 53, INT, "$", "expected int, got 9007199254740992, which is not exact any more; pass a bigint"],
    [Number.NaN, INT, "$", "expected int, got NaN"],
    [2n ** 63n, INT, "$", "more than 64 bits"],
    [1n, { kind: "float" }, "$", "expected float, got bigint"],
    ["ab", { kind: "char" }, "$", "expected char, got a string"],
    ["x", listType(INT), "$", "expected an array for list, got 'x'"],
    [[1], { kind: "tuple", items: [INT, INT] }, "$", "expected an array of 2 elements for a tuple, got 1"],
    [{ tag: "Oval", fields: [] }, named(1), "$", "Shape has no case 'Oval'; it has Dot, Circle, Rect"],
    [{ tag: "Circle", fields: [1, 2] }, named(1), "$", "case Circle takes an array 'fields' of 1 element"],
    [{ tag: "Rect", fields: [{ tag: "Dot" }, "x"] }, named(1), "$.fields[1]", "expected int, got 'x'"],
    [{ ok: 1 }, { kind: "result", ok: INT, error: INT }, "$", "its 'ok' is neither true nor false"],
    [5, option(option(INT)), "$", "expected null or { some: value }, got the number 5"],
    [
      new Map<unknown, unknown>([
        [1, 1],
        ["a", 2],
      ]),
      ANY,
      "$",
      "its keys cannot be put in order",
    ],
    [
      new Map([["odd key", "x"]]),
      { kind: "map", key: STRING, value: INT },
      '$["odd key"]',
      "expected int, got 'x'",
    ],
    [Symbol("s"), ANY, "$", "a symbol has no form in a script"],
    [Promise.resolve(1), ANY, "$", "a promise has no form in a script"],
    [{}, named(2), "$", "an object of the class Counter cannot come from the host"],
    [Object.assign(new Array(3), { 0: 1 }), listType(INT), "$[1]", "expected int, got undefined"],
    [1, named(99), "$", "definition 99, which does not exist"],
  ])("%#", (value, type, path, message) => {
    const error = refused(() => into(value, type));
    expect([error.code, error.path]).toEqual(["conversion", path]);
    expect(error.message).toContain(message);
  });

  test.each<[Value, TypeDescriptor, string, string]>([
    [listOf(1, "a"), listType(INT), "$[1]", "expected int, got string"],
    [POINT.make([1, some("a")]), named(0, INT), "$.x.some", "expected int, got string"],
    [COUNTER.make([]), ANY, "$", "an object of the class Counter cannot leave the script"],
    [1, named(1), "$", "expected Shape, got int"],
    [1, { kind: "lazy", item: INT }, "$", "expected a type that can leave the script"],
  ])("leaving: %#", (value, type, path, message) => {
    const error = refused(() => out(value, type));
    expect(error.path).toBe(path);
    expect(error.message).toContain(message);
  });

  test("the path starts where the caller says", () => {
    expect(refused(() => toScript("a", INT, conversion, "$port")).message).toBe(
      "$port: expected int, got 'a'",
    );
  });
});

describe("hostile objects", () => {
  test("a getter runs once, and what it throws is the cause", () => {
    let reads = 0;
    const counting = {
      get y(): number {
        reads++;
        return 1;
      },
    };
    into(counting, named(0, INT));
    expect(reads).toBe(1);
    into(counting);
    expect(reads).toBe(2);
    const cause = new Error("boom");
    const failing = {
      get y(): number {
        throw cause;
      },
    };
    expect(refused(() => into(failing, named(0, INT)))).toMatchObject({
      cause,
      message: expect.stringContaining("reading it failed"),
    });
    expect(refused(() => into([failing]))).toMatchObject({ cause, path: "$[0]" });
  });

  test("proxies that throw, and revoked ones", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const throwing = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("keys");
        },
        getPrototypeOf: () => {
          throw new Error("prototype");
        },
      },
    );
    for (const hostile of [proxy, throwing]) {
      for (const type of [
        ANY,
        named(0, INT),
        named(1),
        listType(INT),
        option(ANY),
        { kind: "map", key: STRING, value: INT },
        { kind: "set", item: INT },
        { kind: "exn" },
        INT,
      ] as const) {
        refused(() => into(hostile, type));
      }
    }
  });

  test("objects that contain themselves", () => {
    const object: Record<string, unknown> = { a: {} };
    object["a"] = { b: [object] };
    expect(refused(() => into(object)).message).toBe("$.a.b[0]: contains itself");
    const array: unknown[] = [];
    array.push(array, array);
    expect(refused(() => into(array, ANY)).path).toBe("$[0]");
    const map = new Map<string, unknown>();
    map.set("self", map);
    expect(refused(() => into(map)).message).toContain("contains itself");
    const shared = [1];
    expect(display(into([shared, shared]))).toBe("[|[|1|]; [|1|]|]");
  });

  test("script values that contain themselves", () => {
    const array: Value[] = [];
    array.push(array, array);
    expect(refused(() => out(array)).message).toContain(
      "nested more than 1000 levels deep, or contains itself",
    );
  });

  test("deep values, in and out", () => {
    const nested = (depth: number): unknown => {
      let value: unknown = 1;
      for (let i = 0; i < depth; i++) value = { a: [value] };
      return value;
    };
    const entered = into(nested(500));
    expect(out(entered)).toBeTypeOf("object");
    expect(refused(() => into(nested(501))).message).toContain("nested more than 1000 levels deep");
    let deep: Value = 1;
    for (let i = 0; i < 100_000; i++) deep = some(deep);
    expect(refused(() => out(deep)).message).toContain("nested more than 1000 levels deep");
  });
});

test("100,000 elements cross", () => {
  const array = Array.from({ length: 100_000 }, (_, index) => ({ y: index, x: null }));
  const type = listType(named(0, INT));
  const list = into(array, type);
  expect(list).toBeInstanceOf(List);
  const back = out(list, type) as unknown[];
  expect(back.length).toBe(100_000);
  expect(back.at(-1)).toEqual({ y: 99_999, x: null });
  expect(NIL === list).toBe(false);
  const meter = { charge: () => undefined, allocate: () => undefined };
  expect(display(listOfArray([1, 2], meter))).toBe("[1; 2]");
});
