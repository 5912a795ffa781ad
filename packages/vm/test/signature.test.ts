import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatSignature,
  formatType,
  parseSignature,
  SignatureError,
  type TypeDescriptor,
} from "../src/index.js";

test.each([
  ["unit -> int", 1],
  ["int", 0],
  ["string -> int -> string list", 2],
  ["('a -> 'b) -> 'a list -> 'b list", 2],
  ["int * string -> (int * string) list", 1],
  ["(int -> int) option -> Result<int, string list>", 1],
  ["Map<string, int array> -> Set<char> -> seq<float>", 2],
  ["Async<bool> -> Lazy<int> -> int ref", 2],
  ["#Database -> string -> unit", 2],
  ["#Table<int * 'row> -> #Pair<int, string>", 1],
  ["{| a: int; b: string option |} -> {| |}", 1],
  ["'n list -> 'n when 'n : num", 1],
  ["'k -> 'v -> Map<'k, 'v> when 'k : ord and 'v : add and 'v : eq", 2],
  ["any -> exn", 1],
  ["{| ``odd name``: int |} -> unit", 1],
] as const)("%s is written as it was read", (text, arity) => {
  const signature = parseSignature(text);
  expect(signature.arity).toBe(arity);
  expect(formatSignature(signature.type)).toBe(text);
});

test.each([
  ["List<int>", "int list"],
  ["Option<string>", "string option"],
  ["int[]", "int array"],
  ["int [] list", "int array list"],
  ["int seq", "seq<int>"],
  ["obj -> double", "any -> float"],
  ["  int  ->\n  int ", "int -> int"],
  ["((int))", "int"],
  ["(int -> int) -> int", "(int -> int) -> int"],
  ["int -> (int -> int)", "int -> int -> int"],
  ["{| b: int; a: int; |}", "{| a: int; b: int |}"],
])("%s means %s", (text, meaning) => {
  expect(formatType(parseSignature(text).type)).toBe(meaning);
});

test("bounds stand at every occurrence of the variable", () => {
  const variable: TypeDescriptor = { kind: "variable", name: "k", bounds: ["ord", "eq"] };
  expect(parseSignature("'k -> 'k list when 'k : ord and 'k : eq and 'k : ord").type).toEqual({
    kind: "function",
    parameter: variable,
    result: { kind: "list", item: variable },
  });
});

describe("what cannot be read", () => {
  test.each([
    ["", "Expected a type, got the end", 0],
    ["int ->", "Expected a type, got the end", 6],
    ["integer", "There is no type 'integer'", 0],
    ["Map<int>", "Type 'Map' takes 2 type arguments, not 1", 0],
    ["List<int, int>", "Type 'List' takes 1 type argument, not 2", 0],
    ["list", "Expected '<', got the end", 4],
    ["(int", "Expected ')', got the end", 4],
    ["int)", "Expected the end of the signature, got ')'", 3],
    ["int when", "Expected a type variable, got the end", 8],
    ["int when 'a : num", "The type has no variable 'a to bound", 9],
    ["'a when 'a : comparison", "Expected one of the bounds add, num, bits, eq, ord, got 'comparison'", 13],
    ["{| a: int; a: int |}", "Label 'a' is given twice", 11],
    ["{| a int |}", "Expected ':', got 'int'", 5],
    ["# -> int", "Expected the name of a host type behind '#'", 2],
    ["int $ int", "Unexpected character '$'", 4],
    ["int * ", "Expected a type, got the end", 6],
    ["__proto__", "There is no type '__proto__'", 0],
    ["constructor -> int", "There is no type 'constructor'", 0],
  ])("%j", (text, message, offset) => {
    let thrown: unknown;
    try {
      parseSignature(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SignatureError);
    expect(thrown).toMatchObject({ code: "signature", offset, message: expect.stringContaining(message) });
  });

  test.each([
    ["parentheses", "(".repeat(5000)],
    ["postfixes", `int${" list".repeat(1000)}`],
    ["arguments", "Set<".repeat(1000)],
    ["records", "{| a: ".repeat(1000)],
    ["long text", "int -> ".repeat(2000)],
  ])("deep or long: %s", (_, text) => {
    expect(() => parseSignature(text)).toThrow(SignatureError);
  });

  test("any text gives a signature or a SignatureError", () => {
    const piece = fc.constantFrom(
      "int",
      "'a",
      "->",
      "*",
      "(",
      ")",
      "list",
      "<",
      ">",
      ",",
      "{|",
      "|}",
      ":",
      ";",
      "when",
      "and",
      "num",
      "#T",
      "[]",
      "$",
      "``x``",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          const { type } = parseSignature(pieces.join(" "));
          expect(parseSignature(formatSignature(type)).type).toEqual(type);
        } catch (error) {
          expect(error).toBeInstanceOf(SignatureError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("declared types are shown by name", () => {
  const definitions = [
    { kind: "union", name: "Tree", params: 1, cases: [] },
    { kind: "record", name: "Point", params: 0, anonymous: false, identity: false, fields: [] },
  ] as const;
  const tree: TypeDescriptor = {
    kind: "named",
    definition: 0,
    args: [{ kind: "named", definition: 1, args: [] }],
  };
  expect(formatType({ kind: "list", item: tree }, definitions)).toBe("Tree<Point> list");
});
