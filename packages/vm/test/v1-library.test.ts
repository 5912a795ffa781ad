import { describe, expect, test } from "vitest";
import {
  type AuditEntry,
  display,
  hostModule,
  kindOf,
  LinkError,
  type NativeContext,
  type NativeMember,
  type Value,
} from "../src/index.js";
import { decodeV1, disassembleV1, namesUsedV1, runV1 } from "../src/v1/index.js";
import {
  arrayOf,
  call,
  callWith,
  closure,
  fileOf,
  fileOfMethodCall,
  float,
  int,
  list,
  loadConstant,
  loadGlobal,
  native,
  text,
  tuple,
  unit,
  variant,
} from "./v1-assembler.js";
import { fileNamed } from "./v1-files.js";
import { shownBy } from "./v1-run.js";

/** What a call of a library function shows. */
function shown(name: string, ...args: number[][]): string {
  const { output, error } = shownBy(fileOf(call(name, args)));
  return error === "" ? output.trimEnd() : error.trim().replace("Error: Runtime Error: ", "! ");
}

describe("the library has the original's meanings and texts", () => {
  test.each<[string, string, number[][]]>([
    ["List.length", "3", [list(int(1), int(2), int(3))]],
    ["List.head", "! Cannot access head/tail of empty list", [list()]],
    ["List.append", "Cons(1, 2)", [list(int(1)), int(2)]],
    ["List.append", "! Type mismatch: expected list, got int", [int(1), list()]],
    ["List.concat", "[1; 2]", [list(list(int(1)), list(int(2)))]],
    ["List.map", "! Type mismatch: expected list, got int", [int(1), int(2)]],
    ["List.map", "[]", [int(1), list()]],
    ["List.map", "! Type mismatch: expected function, got int", [int(1), list(int(1))]],
    ["List.map", "[Some(1); Some(2)]", [native("Some", 1), list(int(1), int(2))]],
    ["List.fold", "8", [native("Math.pow", 2), int(2), list(int(3))]],
    ["List.filter", "! Type mismatch: expected bool, got variant", [native("Some", 1), list(int(1))]],
    [
      "List.find",
      "! Runtime error: List.find: no element satisfies predicate",
      [native("List.isEmpty", 1), list()],
    ],
    ["List.nth", "Some(20)", [int(1), list(int(10), int(20))]],
    ["List.nth", "None", [int(-1), list(int(10))]],
    ["List.map", "! Runtime error: List.map expects 2 arguments, got 1", [int(1)]],
    ["List.length", "! Runtime error: Expected 1 argument, got 2", [list(), list()]],
    ["String.length", "1", [text("😀")]],
    ["String.trim", "x", [text("\u0085\u00a0 x\u2003")]],
    ["String.trim", "\ufeffx", [text("\ufeffx")]],
    ["String.toUpper", "STRASSE", [text("straße")]],
    ["String.split", "[; a; ]", [text(","), text(",a,")]],
    ["String.split", "[; a; 😀; ]", [text(""), text("a😀")]],
    ["String.concat", "ab", [list(text("a"), text("b"))]],
    [
      "String.concat",
      "! Type mismatch: expected string list, got list with non-string elements",
      [list(int(1))],
    ],
    [
      "String.format",
      "1-a 2.5 3.0 2 4 0.30 100%",
      [
        text("%d-%s %f %f %.0f %.0f %.2f 100%%"),
        list(int(1), text("a"), float(2.5), int(3), float(2.5), float(3.5), float(0.3)),
      ],
    ],
    ["String.format", "! Runtime error: Not enough arguments for format string", [text("%d"), list()]],
    [
      "String.format",
      "! Runtime error: Too many arguments for format string: expected 1, got 2",
      [text("%d"), list(int(1), int(2))],
    ],
    ["String.format", "! Runtime error: Expected int for %d, got string", [text("%d"), list(text("a"))]],
    [
      "String.format",
      "! Runtime error: Expected float for %.3f, got string",
      [text("%.3f"), list(text("a"))],
    ],
    ["String.format", "! Runtime error: Unknown format specifier: %x", [text("%x"), list(int(1))]],
    ["String.format", "! Runtime error: Invalid format specifier: %.2", [text("%.2"), list(int(1))]],
    ["String.format", "! Runtime error: Invalid precision specifier", [text("%.f"), list(int(1))]],
    ["String.format", "! Runtime error: Incomplete format specifier at end of string", [text("a%"), list()]],
    [
      "sprintf",
      "inf NaN -0.0",
      [text("%.2f %.1f %.1f"), list(float(Number.POSITIVE_INFINITY), float(Number.NaN), float(-0.01))],
    ],
    ["Math.abs", "9223372036854775807", [int(-(2n ** 63n) + 1n)]],
    ["Math.sqrt", "! Runtime error: Cannot compute square root of negative number", [int(-1)]],
    ["Math.sqrt", "! Type mismatch: expected int or float, got string", [text("4")]],
    ["Math.pow", "0.5", [int(2), int(-1)]],
    ["Math.pow", "1", [int(1), float(Number.NaN)]],
    ["Math.max", "2", [int(1), float(2)]],
    ["Math.max", "1", [float(1), float(Number.NaN)]],
    ["Math.min", "! Runtime error: Math.min expects int or float, got string and int", [text(""), int(1)]],
    ["Math.round", "-3", [float(-2.5)]],
    ["Math.round", "0", [float(0.49999999999999994)]],
    ["Math.ceil", "-0", [float(-0.5)]],
    ["Math.acos", "! Runtime error: acos argument must be in range [-1, 1]", [int(2)]],
    ["Math.log", "! Runtime error: log argument must be positive", [int(0)]],
    ["Math.pi", "3.141592653589793", [unit]],
    ["Array.length", "! Runtime error: Not an array", [int(1)]],
    ["Array.get", "7", [int(0), arrayOf(int(7))]],
    [
      "Array.get",
      "! Runtime error: Array index out of bounds: index 5 >= length 1",
      [int(5), arrayOf(int(7))],
    ],
    [
      "Array.get",
      "! Runtime error: Array index out of bounds: index -1 is negative",
      [int(-1), arrayOf(int(7))],
    ],
    ["Array.create", "! Runtime error: Array.create requires non-negative length, got -2", [int(-2), int(0)]],
    ["Array.init", "[|Some(0); Some(1)|]", [int(2), native("Some", 1)]],
    [
      "Map.ofList",
      "Map [a -> 2; b -> 1]",
      [list(tuple(text("b"), int(1)), tuple(text("a"), int(0)), tuple(text("a"), int(2)))],
    ],
    ["Map.ofList", "! Runtime error: Map.ofList expects list of tuples", [list(int(1))]],
    ["Map.ofList", "! Runtime error: Map.ofList expects list of 2-tuples", [list(tuple(int(1)))]],
    ["Map.ofList", "! Type mismatch: expected string, got int", [list(tuple(int(1), int(2)))]],
    ["Option.orElse", "Some(1)", [variant("Some", int(1)), variant("Some", int(2))]],
    ["Option.isSome", "false", [variant("Ok", int(1))]],
    ["Option.defaultValue", "0", [int(0), variant("Ok", int(5))]],
    ["Option.map2", "! Type mismatch: expected Option variant, got non-variant", [unit, int(1), int(2)]],
    ["Option.isNone", "! Type mismatch: expected Option variant, got int", [int(1)]],
    ["Result.mapError", "Error(Some(1))", [native("Some", 1), variant("Error", int(1))]],
    ["Result.isOk", "! Type mismatch: expected Result variant, got unit", [unit]],
    ["None", "None", [unit]],
    [
      "Url.parse",
      "Some({ fragment = Some(c?d); host = a b; path = /x; port = Some(80); query = Some(); scheme = HTTP })",
      [text("HTTP://a b:80/x?#c?d")],
    ],
    [
      "Url.parse",
      "Some({ fragment = None; host = [::1]; path = /; port = None; query = None; scheme = h })",
      [text("h://[::1]")],
    ],
    ["Url.isValid", "true", [text("h://[::1]:8080/")]],
    ["Url.isValid", "false", [text("http://user:pw@h/x")]],
    ["Url.isValid", "false", [text("file:///x")]],
    ["Url.isValid", "false", [text("h://[::1")]],
    ["Url.isValid", "false", [text("h://x:65536")]],
    ["Url.isValid", "false", [text("mailto:a@b")]],
    ["Url.encode", "a%20b%2F%C3%A9~%21", [text("a b/é~!")]],
    ["Url.decode", "Some(a+é\u0001)", [text("a+%c3%A9%+1")]],
    ["Url.decode", "None", [text("%zz")]],
    ["Url.decode", "None", [text("%ff")]],
    ["Url.decode", "None", [text("a%4")]],
  ])("%s gives %s", (name, expected, args) => {
    expect(shown(name, ...args)).toBe(expected);
  });

  test("a list of a billion is refused before it is made", () => {
    expect(() => runV1(decodeV1(fileOf(call("Array.create", [int(10n ** 15n), int(0)]))))).toThrow(
      expect.objectContaining({ name: "LimitError", limit: "memoryBytes" }),
    );
    expect(() =>
      runV1(decodeV1(fileOf(call("String.format", [text("%.4000000000f"), list(float(1))])))),
    ).toThrow(expect.objectContaining({ name: "LimitError", limit: "memoryBytes" }));
  });
});

describe("what the host provides", () => {
  const rows = hostModule("db", {
    get: {
      type: "string -> int -> string option",
      capability: "db:read",
      run: (_, key: string, n: number) => (n > 0 ? key.repeat(n) : null),
    },
    apply: { type: "(int -> 'a) -> 'a", run: (_, f: (n: number) => unknown) => f(20) },
    fail: {
      type: "unit -> int",
      run: () => {
        throw new Error("disk full");
      },
    },
    later: { type: "unit -> int", run: () => Promise.resolve(1) },
    half: { type: "int -> float", run: (_, n: number) => n / 2 },
  });
  const options = { imports: [rows] };

  test("arguments and results cross by the declared type", () => {
    expect(shownBy(fileOf(call("db.get", [text("ab"), int(2)])), options).output).toBe("Some(abab)\n");
    expect(shownBy(fileOf(call("db.get", [text("ab"), int(0)])), options).output).toBe("None\n");
    expect(shownBy(fileOf(call("db.apply", [native("Some", 1)])), options).output).toBe("20\n");
    expect(runV1(decodeV1(fileOf(call("Math.max", [float(2), int(1)])))).value).toBe(2);
    expect(shownBy(fileOf(call("db.half", [int(4)])), options).output).toBe("2\n");
  });

  test("library functions that take any value see floats, lists and cases as they are", () => {
    const describe: NativeMember = {
      type: "any -> any",
      native: (_: NativeContext, value: Value) => [display(value), kindOf(value), value],
    };
    const imports = [hostModule("Kind", { describe })];
    const shownKind = (value: number[]) => shownBy(fileOf(call("Kind.describe", [value])), { imports });
    expect(shownKind(float(1)).output).toBe("[|1; float; 1|]\n");
    expect(runV1(decodeV1(fileOf(call("Kind.describe", [list(int(1))]))), { imports }).text).toBe(
      "[|[1]; list; [1]|]",
    );
    expect(shownKind(tuple(int(1), float(2))).output).toBe("[|(1, 2); tuple; (1, 2)|]\n");
    expect(shownKind(int(2n ** 62n)).output).toBe("[|4611686018427387904; int; 4611686018427387904|]\n");
  });

  test("errors of the host become errors of the run", () => {
    expect(() => runV1(decodeV1(fileOf(call("db.fail", [unit]))), options)).toThrow(
      expect.objectContaining({
        name: "FusabiError",
        message: "Runtime error: disk full",
        cause: expect.any(Error),
      }),
    );
    expect(shownBy(fileOf(call("db.later", [unit])), options).error).toContain(
      "cannot wait inside a synchronous call",
    );
    expect(shownBy(fileOf(call("db.get", [int(1), int(2)])), options).error).toContain(
      "Type mismatch: expected string, got int",
    );
    expect(shownBy(fileOf(call("db.get", [int(1)])), options).error).toContain("Expected 2 arguments, got 1");
  });

  test("constants that are plain data are fields of their module, others are left out", () => {
    const imports = [
      hostModule("conf", {
        limit: { type: "float", value: 3 },
        none: { type: "int list", value: undefined },
        get: { type: "unit -> int", run: () => 1 },
      }),
    ];
    const conf = fileOf({ instructions: [loadGlobal(0)], constants: [text("conf")] });
    expect(shownBy(conf, { imports }).output).toBe("{ get = <native fn conf.get>; limit = 3 }\n");
  });

  test("a function of the host may go on after a callback has failed", () => {
    const imports = [
      hostModule("db", {
        attempt: {
          type: "(int -> int) -> string",
          run: (_, f: (n: number) => number) => {
            try {
              return String(f(1));
            } catch (error) {
              return (error as Error).message;
            }
          },
        },
      }),
    ];
    const failing = closure(call("List.head", [int(5)]), 1);
    expect(shownBy(fileOf(call("db.attempt", [failing])), { imports }).output).toBe(
      "Type mismatch: expected list, got int\n",
    );
  });

  test("a capability that is not granted is denied and recorded", () => {
    const records: AuditEntry[] = [];
    const denied = {
      ...options,
      capabilities: new Set<string>(),
      audit: (entry: AuditEntry) => void records.push(entry),
    };
    expect(() => runV1(decodeV1(fileOf(call("db.get", [text("a"), int(1)]))), denied)).toThrow(
      expect.objectContaining({ code: "FUS0520", message: "capability denied: db:read" }),
    );
    expect(() => runV1(decodeV1(fileOf(call("printfn", [text("a")]))), denied)).toThrow(
      "capability denied: stdout:write",
    );
    expect(records.map(({ operation, decision }) => [operation, decision])).toEqual([
      ["db.get", "denied"],
      ["printfn", "denied"],
    ]);
  });

  test("what the host leaves out is named when it is called", () => {
    const file = decodeV1(fileOf(call("File.readLines", [text("a")])));
    expect(() => runV1(file)).toThrow(LinkError);
    expect(() => runV1(file)).toThrow("File.readLines is not provided by the host");
    const imports = [
      hostModule("File", {
        readLines: { type: "string -> string list", run: (_, path: string) => [path, "x"] },
      }),
    ];
    expect(runV1(file, { imports }).value).toEqual(["a", "x"]);
  });

  test("the library's pure functions keep their meaning whatever the host passes", () => {
    const imports = [
      hostModule("List", {
        length: { type: "'a list -> int", run: () => 99 },
        sum: { type: "int list -> int", run: () => 1 },
      }),
    ];
    expect(shownBy(fileOf(call("List.length", [list()])), { imports }).output).toBe("0\n");
    expect(shownBy(fileOf(call("List.sum", [list()])), { imports }).error).toContain(
      "Undefined global: List.sum",
    );
  });
});

describe("results for the host", () => {
  test.each<[unknown, number[]]>([
    [2n ** 60n, int(2n ** 60n)],
    [[1, "a"], tuple(int(1), text("a"))],
    [null, variant("None")],
    [{ some: null }, variant("Some", variant("None"))],
    [{ ok: true, value: 1 }, variant("Ok", int(1))],
    [{ tag: "Rect", fields: [1, 2] }, variant("Rect", int(1), int(2))],
  ])("%o", (expected, value) => {
    expect(runV1(decodeV1(fileOf({ constant: value }))).value).toEqual(expected);
  });

  test("functions can be called after the run", () => {
    const f = runV1(decodeV1(fileOf({ constant: native("String.toUpper", 1) }))).value as (
      s: string,
    ) => string;
    expect(f("abc")).toBe("ABC");
    expect(() => f(1 as unknown as string)).toThrow("Type mismatch: expected string, got int");
  });

  test("a run does not see what an earlier one wrote into a constant", () => {
    const showsThenWrites = {
      instructions: [
        ...[loadGlobal(0), loadConstant(1), callWith(1)],
        ...[loadGlobal(2), loadConstant(3), loadConstant(4), loadConstant(1), callWith(3)],
        loadConstant(1),
      ],
      constants: [text("print"), arrayOf(text("old")), text("Array.set"), int(0), text("new")],
    };
    const program = decodeV1(fileOf(showsThenWrites));
    for (let round = 0; round < 2; round++) {
      const output: string[] = [];
      const { text: final } = runV1(program, { onOutput: (piece) => output.push(piece) });
      expect([...output, final]).toEqual(["[|old|]", "[|new|]"]);
    }
  });
});

test("a method call reports what it cannot dispatch on", () => {
  expect(shownBy(fileOfMethodCall(int(1), "m")).error).toBe(
    "Error: Runtime Error: Runtime error: Method dispatch not supported for type: int\n",
  );
});

test("the names that a file can reach", () => {
  expect(namesUsedV1(decodeV1(fileNamed("", "global-printers")))).toEqual(["print", "printfn"]);
  expect(namesUsedV1(decodeV1(fileNamed("", "native-partial")))).toEqual([
    "Map.add",
    "Map.empty",
    "String.startsWith",
    "printfn",
  ]);
  expect(namesUsedV1(decodeV1(fileNamed("assembled", "every-constant")))).toEqual(["List.append"]);
});

test("disassembly", () => {
  expect(disassembleV1(decodeV1(fileOf(call("printfn", [text("a\nb")]))))).toBe(
    [
      "function 0",
      '   0  LOAD_GLOBAL 0           ; "printfn"',
      '   1  LOAD_CONST 1            ; "a\\nb"',
      "   2  CALL 1",
      "   3  RETURN",
      "",
    ].join("\n"),
  );
});
