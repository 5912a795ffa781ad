import { readModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { explain } from "../src/explain/index.js";
import { compile } from "../src/index.js";
import { library } from "./library.js";
import { compiled, run } from "./running.js";

/** Code of one function as `fus disasm` shows it, without indexes and positions. */
function code(text: string, name: string): readonly string[] {
  const sections = explain(text, "bytecode", { hostModules: library }).split(/\nfunction \d+ /);
  const section = sections.find((item) => item.startsWith(`${name}:`)) ?? "";
  return section
    .split("\n")
    .slice(1)
    .map((line) =>
      line
        .replace(/^\s*\d+\s+/, "")
        .replace(/\s+\d+:\d+\s*$/, "")
        .replace(/\s+/g, " "),
    )
    .filter((line) => line !== "");
}

function opcodes(text: string, name: string): readonly string[] {
  return code(text, name).map((line) => line.split(" ")[0] ?? "");
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

describe("the instructions chosen", () => {
  test("comparison and branch are one instruction, with the number in it", () => {
    expect(code("let f n = if n < 2 then 1 else n * 3", "f")).toEqual([
      "unless.lt.imm r0, 2, @3",
      "load.int r1, 1",
      "return r1",
      "int.mul.imm r0, r0, 3",
      "return r0",
    ]);
  });

  test("conditions jump through &&, || and not", () => {
    const text = "let f a b = if a > 0 && not (b = 0 || a = b) then 1 else 2";
    expect(opcodes(text, "f").filter((name) => name.startsWith("unless"))).toEqual([
      "unless.gt.imm",
      "unless.ne.imm",
      "unless.ne",
    ]);
  });

  test("a comparison of floats is not turned round, because of NaN", () => {
    const text =
      'let f (x: float) = if not (x < 1.0) then "no" else "yes"\nprintfn "%s" (f (0.0 / 0.0))\nprintfn "%s" (f 0.5)';
    expect(run(text).output()).toBe("no\nyes\n");
  });

  test("a loop over a range takes two instructions a round beside its body", () => {
    const text = "let f n =\n    let mutable s = 0\n    for i = 1 to n do s <- s + i\n    s";
    expect(opcodes(text, "f")).toEqual([
      "load.int",
      "load.int",
      "move",
      "unless.le",
      "int.add.imm",
      "int.add",
      "int.add.imm",
      "unless.eq",
      "return",
    ]);
  });

  test("a tag is asked once on every way", () => {
    const text =
      "type T = A of int | B of int | C | D\nlet f t u =\n    match t, u with\n    | A x, A y -> x + y\n    | A x, _ -> x\n    | B _, C -> 1\n    | B x, D -> x\n    | _ -> 0";
    const names = opcodes(text, "f");
    expect(
      names.filter((name) => name === "switch.tag").length +
        names.filter((name) => name === "unless.tag").length,
    ).toBe(5);
    expect(names).not.toContain("tuple.new");
  });

  test("a body that several patterns lead to stands once", () => {
    const text = 'let f n = match n with | 1 | 5 | 90 | 1000 -> "some text" | _ -> "other"';
    expect(code(text, "f").filter((line) => line.includes("some text"))).toHaveLength(1);
  });

  test("dense ints and many cases jump by a table", () => {
    expect(
      opcodes(
        `let f n =\n    match n with\n${lines(10, (i) => `    | ${i} -> ${i * i}`)}\n    | _ -> -1`,
        "f",
      )[0],
    ).toBe("switch.int");
  });

  test("a local function that is only called needs no closure", () => {
    const text =
      "let f k n =\n    let rec go i acc = if i = 0 then acc else go (i - 1) (acc + k)\n    go n 0";
    expect(opcodes(text, "f")).toEqual(["load.int", "tail.fn"]);
    expect(opcodes(text, "go").at(-1)).toBe("tail.self");
  });

  test("a closure that refers to itself does not capture itself", () => {
    const text = "let f k =\n    let rec go i = if i = 0 then k else go (i - 1)\n    go";
    expect(opcodes(text, "f")).toEqual(["closure", "return"]);
    expect(opcodes(text, "go")).toContain("tail.self");
  });
});

describe("tail calls", () => {
  test.each([
    ["itself", "let rec loop n = if n = 0 then 1 else loop (n - 1)"],
    [
      "each other",
      "let rec loop n = if n = 0 then 1 else other (n - 1)\nand other n = if n = 0 then 1 else loop (n - 1)",
    ],
    ["through &&", "let rec test n = n = 0 || (n > 0 && test (n - 1))\nlet loop n = if test n then 1 else 0"],
    ["through a pipe", "let rec loop n = if n = 0 then 1 else (n - 1) |> loop"],
    [
      "through a match",
      "let rec loop n = match n with 0 -> 1 | _ when n > 5 -> loop (n - 1) | m -> (let k = m in loop (k - 1))",
    ],
    [
      "a function value",
      "let rec loop n = if n = 0 then 1 else (let f = (if n > 0 then loop else loop) in f (n - 1))",
    ],
    [
      "a closure",
      "let loop n =\n    let k = n\n    let rec go i = if i = 0 then k - k + 1 else go (i - 1)\n    let keep = go\n    keep n",
    ],
    ["in a handler", 'let rec loop n = if n = 0 then 1 else (try failwith "x" with _ -> loop (n - 1))'],
    [
      "a block",
      "let rec loop n =\n    if n = 0 then 1\n    else\n        let a, b = n, 1\n        loop (a - b)",
    ],
  ])("%s", (_, text) => {
    const { instance } = run(`${text}\nlet main () = loop 100000`);
    expect(instance.call("main", [])).toBe(1);
    expect(instance.usage.maxDepth).toBeLessThan(10);
  });

  test("a body with a handler or a cleanup is no tail position", () => {
    const text = "let f g = try g 1 with _ -> 2\nlet h g = try g 1 finally ignore 3";
    expect(opcodes(text, "f")).toContain("call");
    expect(opcodes(text, "h")).toContain("call");
  });
});

describe("order of evaluation", () => {
  const note = "let mutable log = []\nlet note (s: string) v =\n    log <- s :: log\n    v\n";
  test.each([
    [
      "arguments before the calls",
      'let f a = (fun b -> note "call" (a + b))\nlet r = f (note "a" 1) (note "b" 2)',
      "a b call",
    ],
    ["the function first", 'let r = (note "f" (fun x y -> x + y)) (note "x" 1) (note "y" 2)', "f x y"],
    ["the piped value first", 'let r = note "x" 1 |> (note "f" (fun x -> x))', "x f"],
    ["record fields as written", 'let r = { b = note "b" 1; a = note "a" 2 }', "b a"],
    [
      "the record before the update",
      'let base = { a = 1; b = 2 }\nlet r = { note "r" base with b = note "b" 1; a = note "a" 2 }',
      "r b a",
    ],
    ["operands from left to right", 'let r = note "a" 1 > note "b" 2', "a b"],
    [
      "composition: both functions before a call",
      'let h = note "f" (fun x -> note "1" x) >> note "g" (fun x -> note "2" x)\nlet r = h (note "x" 1)',
      "f g x 1 2",
    ],
    ["array, index, value", 'let a = [| 1; 2 |]\n(note "a" a).[note "i" 0] <- note "v" 9', "a i v"],
  ])("%s", (_, text, expected) => {
    const { output } = run(`${note}${text}\nprintfn "%s" (String.concat " " (List.rev log))`);
    expect(output()).toBe(`${expected}\n`);
  });

  test("an operand keeps the value that it had when it was evaluated", () => {
    const text =
      'let f () =\n    let mutable x = 1\n    let a = x + (x <- 10; x)\n    let b = [ x; (x <- 20; x); x ]\n    let g = (fun y -> y + 1)\n    x <- x + (try failwith "e" with _ -> x)\n    sprintf "%A %A %A" a b x\nprintfn "%s" (f ())';
    expect(run(text).output()).toBe("11 [10; 20; 20] 40\n");
  });
});

describe("limits of numbers", () => {
  test("a loop may reach the last int, and ends there", () => {
    const text = `let count a b =
    let mutable n = 0
    for i = a to b do n <- n + 1
    n
let down a b =
    let mutable n = 0
    for i = a downto b do n <- n + 1
    n
let wide a b =
    let mutable n = 0
    for i in a .. 5 .. b do n <- n + 1
    n
let most = 9223372036854775807L
let least = -9223372036854775807L - 1L
printfn "%A" [ count (most - 2L) most; down (least + 1L) least; wide (most - 12L) most; count 3 2; List.length [ most - 1L .. most ]; List.length [ most - 5L .. 3 .. most ] ]`;
    expect(run(text).output()).toBe("[3; 2; 3; 0; 2; 2]\n");
  });

  test("large and negative literals", () => {
    const text =
      'let f n = match n with 9223372036854775807L -> "most" | -9223372036854775808L -> "least" | 3000000000L -> "large" | -1 -> "minus" | _ -> "other"\nprintfn "%s" (String.concat " " (List.map f [ 9223372036854775807L; -9223372036854775808L; 3000000000L; -1; 5 ]))\nprintfn "%d %d" (4000000000L + 1L) (-9223372036854775807L - 2L)';
    expect(run(text).output()).toBe("most least large minus other\n4000000001 9223372036854775807\n");
  });
});

describe("size", () => {
  test("long lists, ladders and matches", () => {
    const list = `let xs = [ ${Array.from({ length: 3000 }, (_, i) => i).join("; ")} ]\nprintfn "%d" (List.length xs)\n`;
    const ladder = `let f x =\n    if x = 0 then 0\n${lines(2000, (i) => `    elif x = ${i + 1} then ${i}`)}\n    else -1\nprintfn "%d" (f 1500)\n`;
    const table = `let g x =\n    match x with\n${lines(1000, (i) => `    | "k${i}" -> ${i}`)}\n    | _ -> -1\nprintfn "%d" (g "k700")\n`;
    const guards = `let h x =\n    match x with\n${lines(1000, (i) => `    | y when y = ${i} -> ${i * 2}`)}\n    | _ -> -1\nprintfn "%d" (h 700)\n`;
    expect(run(list + ladder + table + guards).output()).toBe("3000\n1499\n700\n1400\n");
  });

  test("patterns whose decision tree would explode are tried row by row", () => {
    const size = 24;
    const row = (i: number): string =>
      `    | (${Array.from({ length: size }, (_, j) => (i === j ? "1" : "_")).join(", ")}) when limit > ${i} -> ${i}`;
    const value = Array.from({ length: size }, (_, j) => (j === 17 || j === 20 ? "1" : "0")).join(", ");
    const text = `let f limit t =\n    match t with\n${lines(size, row)}\n    | _ -> -1\nprintfn "%d %d %d" (f 30 (${value})) (f 18 (${value})) (f 2 (${value}))`;
    const { result, output } = run(text);
    expect(output()).toBe("17 17 -1\n");
    expect(result.stats.instructions).toBeLessThan(size * 40);
  });

  test("cleanups inside cleanups do not multiply", () => {
    const depth = 30;
    const open = lines(depth, (i) => `${" ".repeat(i + 4)}try note ${i} finally`);
    const { output, result } = run(
      `let mutable n = 0\nlet note i = n <- n + i\nlet f () =\n${open}\n${" ".repeat(depth + 4)}note 1000\nf ()\nprintfn "%d" n`,
    );
    expect(output()).toBe("1435\n");
    expect(result.stats.instructions).toBeLessThan(1000);
  });

  test("a function that needs too many values at once is a diagnostic", () => {
    const result = compile(
      `let f x =\n    (${Array.from({ length: 66_000 }, () => "x").join(", ")}), (${Array.from({ length: 66_000 }, () => "x + 1").join(", ")})`,
    );
    expect(result.ok).toBe(false);
    expect(result.diagnostics.map((item) => item.code)).toContain("FUS0130");
  }, 20_000);
});

test("a function used at very many types is compiled once more for all of them", () => {
  const types = lines(90, (i) => `type T${i} = { name: string; n${i}: int }`);
  const uses = lines(90, (i) => `count <- count + nameOf { name = "${i}"; n${i} = 1 }`);
  const { output, result } = run(
    `${types}\nlet nameOf r = r.name\nlet mutable count = ""\n${uses}\nprintfn "%d" count.Length`,
  );
  expect(output()).toBe("170\n");
  expect(result.stats.functions).toBeLessThan(80);
});

test("names that JavaScript knows are ordinary labels", () => {
  const text =
    'let r = {| __proto__ = 1; constructor = 2; toString = 3 |}\nlet f x = x.__proto__ + x.constructor\nprintfn "%d" (f r + r.toString)\nprintfn "%A" { r with __proto__ = 5 }.__proto__';
  expect(run(text).output()).toBe("6\n5\n");
});

test("every instruction has a place", () => {
  const { bytecode } = compiled(
    'let f x =\n    match x with\n    | [ a; b ] -> a + b\n    | _ -> 0\nprintfn "%d" (f [ 1; 2 ])',
  );
  const module = readModule(bytecode);
  for (const fn of module.functions) {
    expect(fn.positions).toHaveLength(fn.code.length);
    for (const position of fn.positions ?? []) expect(position.line).toBeGreaterThan(0);
  }
  expect(module.files).toEqual(["script.fsx"]);
});

test("a disposed value is disposed when its block is left, however that happens", () => {
  const text =
    'let f fail =\n    use a = "a"\n    use b = "b"\n    if fail then failwith "left"\n    a + b\nprintfn "%s" (f false)\nprintfn "%s" (try f true with e -> e.Message)';
  expect(run(text).output()).toBe("disposed b\ndisposed a\nab\ndisposed b\ndisposed a\nleft\n");
});
