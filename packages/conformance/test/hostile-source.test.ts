import { check, compile } from "@fusabi/compiler";
import { explain, explainStages } from "@fusabi/compiler/explain";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { decodeModule, instantiate } from "@fusabi/vm";
import { describe, expect, test } from "vitest";

const library = nodeLibrary();

/** Seconds of the processor, not of the clock: other work on the machine does not count. */
const SECONDS = 2;

const times = (text: string, count: number): string => text.repeat(count);
const each = (count: number, text: (index: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);
const nested = (open: string, close: string, inner: string, depth = 10_000): string =>
  `let a = ${times(open, depth)}${inner}${times(close, depth)}`;

/** The processor time of an action; of a second try if the first was slow, when the engine had yet to compile the compiler. */
function seconds(action: () => void): number {
  const once = (): number => {
    const before = process.cpuUsage();
    action();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const first = once();
  return first < SECONDS ? first : Math.min(first, once());
}

/** Too deep for the parser, and it says so. */
const deep: readonly (readonly [string, string])[] = [
  ["parentheses", nested("(", ")", "1")],
  ["lists", nested("[", "]", "1")],
  ["arrays", nested("[| ", " |]", "1")],
  ["lambdas", nested("fun x -> ", "", "1")],
  ["matches", nested("match 1 with _ -> ", "", "1")],
  [
    "matches, one a line",
    `let f x =\n${each(10_000, (i) => `    match x with\n    | ${i} -> 1\n    | _ ->`)}\n    0`,
  ],
  ["handlers", nested("try ", " with _ -> 1", "1")],
  ["lets", nested("let b = ", "", "1")],
  ["cons", nested("1 :: ", "", "[]")],
  ["sums", nested("1 + ", "", "1")],
  ["pipelines", nested("1", " |> id", "")],
  ["applications", nested("id (", ")", "1")],
  ["negations", nested("- ", "", "1")],
  ["records", nested("{| A = ", " |}", "1")],
  ["interpolation", nested('$"{', '}"', "1")],
  ["indexes", nested("a.[", "]", "0")],
  ["ascriptions", nested("(", " : int)", "1")],
  ["types in parentheses", `let f (x: ${times("(", 10_000)}int${times(" list)", 10_000)}) = x`],
  ["types behind each other", `let f (x: int${times(" list", 10_000)}) = x`],
  ["function types", `let f (x: ${times("int -> ", 10_000)}int) = x`],
  ["type arguments", `let f (x: ${times("List<", 10_000)}int${times(">", 10_000)}) = x`],
  ["patterns", `let f x = match x with ${times("Some (", 10_000)}y${times(")", 10_000)} -> 1 | _ -> 2`],
  ["patterns of lists", `let f x = match x with ${times("_ :: ", 10_000)}_ -> 1 | _ -> 2`],
  ["builders", `let a = ${times("async { return ", 10_000)}1${times(" }", 10_000)}`],
];

/** Long, and fine: the program and what it prints. */
const long: readonly (readonly [string, string, string])[] = [
  [
    "lets",
    `let f () =\n    let x0 = 0\n${each(9_999, (i) => `    let x${i + 1} = x${i} + 1`)}\n    x9999\nprintfn "%d" (f ())`,
    "9999\n",
  ],
  ["lets with in", `printfn "%d" (${each(10_000, (i) => `let x${i} = ${i} in `, "")}x7)`, "7\n"],
  [
    "elif ladder",
    `let f x =\n    if x = -1 then 0\n${each(20_000, (i) => `    elif x = ${i} then ${i}`)}\n    else 1\nprintfn "%d" (f 19_999)`,
    "19999\n",
  ],
  ["ints", `let a = [ ${times("1; ", 100_000)} ]\nprintfn "%d" a.Length`, "100000\n"],
  ["strings", `let a = [| ${each(100_000, (i) => `"s${i}"`)} |]\nprintfn "%s" a.[99_999]`, "s99999\n"],
  ["text of a megabyte", `let a = "${times("x", 1_000_000)}"\nprintfn "%d" a.Length`, "1000000\n"],
  ["text of escapes", `let a = "${times("\\n", 500_000)}"\nprintfn "%d" a.Length`, "500000\n"],
  ["holes", `printfn "%d" ($"${times("{1}", 10_000)}").Length`, "10000\n"],
  ["functions", `${each(10_000, (i) => `let f${i} x = x + ${i}`)}\nprintfn "%d" (f9999 1)`, "10000\n"],
  [
    "functions that call the one before",
    `let f0 x = x + 1\n${each(9_999, (i) => `let f${i + 1} x = f${i} x + 1`)}\nprintfn "%d" (f9999 0)`,
    "10000\n",
  ],
  [
    "functions that know each other",
    `let rec f0 x = x + 1\n${each(2_000, (i) => `and f${i + 1} x = f${i} x + 1`)}\nprintfn "%d" (f2000 0)`,
    "2001\n",
  ],
  [
    "cases of ints",
    `let f x =\n    match x with\n${each(5_000, (i) => `    | ${i} -> ${i}`)}\n    | _ -> 0\nprintfn "%d" (f 4999)`,
    "4999\n",
  ],
  [
    "cases of a union",
    `type U =\n${each(3_000, (i) => `    | C${i} of int`)}\nlet f x =\n    match x with\n${each(3_000, (i) => `    | C${i} n -> n + ${i}`)}\nprintfn "%d" (f (C2999 1))`,
    "3000\n",
  ],
  [
    "cases of pairs",
    `let f x =\n    match x with\n${each(2_000, (i) => (i % 2 === 0 ? `    | ${i}, _ -> ${i}` : `    | _, ${i} -> ${i}`))}\n    | _ -> 0\nprintfn "%d" (f (1, 1999))`,
    "1999\n",
  ],
  [
    "alternatives",
    `let f x =\n    match x with\n${each(5_000, (i) => `    | ${i}`)} -> 1\n    | _ -> 0\nprintfn "%d" (f 4999)`,
    "1\n",
  ],
  [
    "pattern of a list",
    `let f x = match x with [${times("_; ", 10_000)}1] -> 1 | _ -> 2\nprintfn "%d" (f [])`,
    "2\n",
  ],
  [
    "pattern of a tuple",
    `let f x = match x with ${times("1, ", 2_999)}1 -> 1 | ${times("1, ", 2_999)}2 -> 2 | _ -> 3\nprintfn "%d" (f (${times("1, ", 2_999)}2))`,
    "2\n",
  ],
  ["statements", `let f () =\n${times("    ignore 1\n", 10_000)}    1\nprintfn "%d" (f ())`, "1\n"],
  ["comments", `${times("(* ", 10_000)}${times(" *)", 10_000)}\nprintfn "1"`, "1\n"],
  [
    "sequences",
    `let s = seq {\n${each(10_000, (i) => `    let x${i} = ${i}\n    yield x${i}`)}\n}\nprintfn "%d" (Seq.sum s)`,
    "49995000\n",
  ],
  [
    "tasks",
    `let s = async {\n${each(5_000, (i) => `    let! x${i} = async { return ${i} }\n    let y${i} = x${i} + 1`)}\n    return x0 + y4999\n}\nprintfn "%d" (Async.RunSynchronously s)`,
    "5000\n",
  ],
  [
    "options",
    `let s = option {\n    let mutable sum = 0\n    let add a b = a + b\n${each(10_000, (i) => `    let! x${i} = Some ${i}\n    sum <- add sum x${i}`)}\n    return add $"{sum} " (string x9999)\n}\nprintfn "%A" s`,
    'Some "49995000 9999"\n',
  ],
  [
    "a builder of the program",
    `type Writer() =\n    member _.Yield x = [x]\n    member _.Zero() = []\n    member _.Combine(a, b) = a @ b\n    member _.Delay f = f ()\nlet s = Writer() {\n${each(5_000, (i) => `    let x${i} = ${i}\n    yield x${i}`)}\n}\nprintfn "%d" (List.sum s)`,
    "12497500\n",
  ],
  ["modules", `${each(3_000, (i) => `module M${i} =\n    let a = ${i}`)}\nprintfn "%d" M2999.a`, "2999\n"],
];

/** No programs at all. */
const broken: readonly (readonly [string, string])[] = [
  ["open brackets", times("(", 10_000)],
  ["closing brackets", times(")", 10_000)],
  ["open comments", times("(* ", 10_000)],
  ["open text", `let a = "${times("x", 1_000_000)}`],
  ["holes in holes", times('$"{', 10_000)],
  ["lets", times("let ", 10_000)],
  ["withs", times("with ", 10_000)],
  ["bars", `let f x =\n  match x with\n${times("  | \n", 10_000)}`],
  ["quotes", times("'", 10_000)],
  ["dollars", times("$", 10_000)],
  ["zeros", times("\0\uffff", 10_000)],
  ["conditions", times("#if A\n", 10_000)],
  ["a million digits", `let a = ${times("9", 1_000_000)}`],
];

describe("source that is too deep is refused", () => {
  test.each(deep)("%s", (_, source) => {
    let codes: readonly string[] = [];
    expect(
      seconds(() => {
        codes = compile(source, { hostModules: library }).diagnostics.map((item) => item.code);
      }),
    ).toBeLessThan(SECONDS);
    expect(codes).toContain("FUS0129");
  });
});

describe("long source is compiled", () => {
  test.each(long)(
    "%s",
    (_, source, expected) => {
      let bytecode: Uint8Array | undefined;
      expect(
        seconds(() => {
          bytecode = compile(source, { hostModules: library }).bytecode;
        }),
      ).toBeLessThan(SECONDS);
      if (bytecode === undefined) throw new Error("does not compile");
      let output = "";
      instantiate(decodeModule(bytecode), {
        imports: library,
        limits: { maxStackDepth: 100_000 },
        onOutput: (text) => {
          output += text;
        },
      });
      expect(output).toBe(expected);
    },
    30_000,
  );
});

describe("source that is long, or just not too deep, is shown", () => {
  test.each([
    ["records", nested("{| A = ", " |}", "1", 390)],
    ["conditions", nested("if true then ", " else 2", "1", 390)],
    ["sequences", `let s = seq {\n${each(3_000, (i) => `    let x${i} = ${i}\n    yield x${i}`)}\n}`],
  ])("%s", (_, source) => {
    for (const stage of explainStages) {
      let text = "";
      expect(
        seconds(() => {
          text = explain(source, stage, { hostModules: library });
        }),
        stage,
      ).toBeLessThan(SECONDS);
      expect(text.length, stage).toBeGreaterThan(390);
    }
  });
});

describe("broken source is reported", () => {
  test.each(broken)("%s", (_, source) => {
    let errors = 0;
    expect(
      seconds(() => {
        const { diagnostics } = check(source, { hostModules: library });
        errors = diagnostics.filter((item) => item.severity === "error").length;
      }),
    ).toBeLessThan(SECONDS);
    expect(errors).toBeGreaterThan(0);
  });
});
