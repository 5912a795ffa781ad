import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { printSyntax } from "../src/explain/index.js";
import { type Diagnostic, makeSource, parse, positionAt } from "../src/index.js";

function filesIn(folder: string): { name: string; text: string; expected: string }[] {
  const url = new URL(`programs/${folder}/`, import.meta.url);
  const suffix = folder === "syntax" ? "syntax" : "codes";
  return readdirSync(url)
    .filter((name) => name.endsWith(".fsx"))
    .map((name) => ({
      name: name.slice(0, -4),
      text: readFileSync(new URL(name, url), "utf8"),
      expected: readFileSync(new URL(name.replace(/fsx$/, suffix), url), "utf8"),
    }));
}

function codesOf(text: string): string[] {
  return parse(makeSource("test.fsx", text)).diagnostics.map((diagnostic) => diagnostic.code);
}

function syntaxOf(text: string): string {
  return printSyntax(parse(makeSource("test.fsx", text)).script);
}

function placed(diagnostic: Diagnostic): string {
  const { line, column } = positionAt(diagnostic.span.source, diagnostic.span.start);
  return `${line}:${column} ${diagnostic.stage} ${diagnostic.severity} ${diagnostic.code}`;
}

describe("programs/syntax", () => {
  test.each(filesIn("syntax"))("$name", ({ text, expected }) => {
    const { script, diagnostics } = parse(makeSource("test.fsx", text));
    expect(printSyntax(script)).toBe(expected.trimEnd());
    expect(diagnostics.filter((diagnostic) => diagnostic.severity !== "info")).toEqual([]);
  });
});

describe("programs/rejects", () => {
  test.each(filesIn("rejects"))("$name", ({ text, expected }) => {
    const { diagnostics } = parse(makeSource("test.fsx", text));
    expect(diagnostics.map(placed)).toEqual(expected.trimEnd().split("\n"));
  });
});

describe("recovery", () => {
  test("what is whole around a mistake is read", () => {
    const syntax = syntaxOf("let a = 1\nlet b = 2 +\nlet c =\n    let d = 3 )\n    d * 2\nprint c\n");
    expect(syntax.split("\n")).toEqual([
      "(let (bind a 1))",
      "(let (bind b (error)))",
      "(let (bind c (block (let (bind d 3)) (* d 2))))",
      "(apply print c)",
    ]);
  });

  test("nothing is said about the consequences of a string or comment without end", () => {
    expect(codesOf('let a = f ("never closed\nlet b = 2\n')).toEqual(["FUS0004"]);
    expect(codesOf("let a = f (1 (* never closed\nlet b =\n")).toEqual(["FUS0002"]);
    expect(codesOf('let a = f ($"{b\n')).toEqual(["FUS0020"]);
  });

  test("a construct that the file does not finish names its line", () => {
    const [diagnostic] = parse(
      makeSource("t", "let a = 1\nlet b =\n    match a with\n    | 1 ->\n        a +\n"),
    ).diagnostics;
    expect(diagnostic).toMatchObject({ code: "FUS0110", hint: "The construct starts at line 5" });
  });
});

test("nodes know where they stand", () => {
  const text = "let total = List.sum [1; 2]\n";
  const [item] = parse(makeSource("t", text)).script.items;
  if (item?.kind !== "let") throw new Error("a binding was expected");
  const body = item.bindings[0]?.body;
  expect(text.slice(item.span.start, item.span.end)).toBe("let total = List.sum [1; 2]");
  expect(text.slice(body?.span.start, body?.span.end)).toBe("List.sum [1; 2]");
});

test("negative literals include the lowest integer, and no other number that is too large", () => {
  expect(codesOf("-9223372036854775808")).toEqual([]);
  expect(codesOf("f -9223372036854775808")).toEqual([]);
  expect(codesOf("9223372036854775808")).toEqual(["FUS0003"]);
  expect(codesOf("a -9223372036854775809")).toEqual(["FUS0003"]);
  expect(codesOf("a-9223372036854775808")).toEqual(["FUS0003"]);
});

test("symbols of the host decide conditional text", () => {
  const text = '#if DEMO && !(FUSABI && OTHER)\nlet a = 1\n#else\nlet a = "unclosed\n#endif\n';
  expect(parse(makeSource("t", text), { symbols: new Set(["DEMO"]) }).diagnostics).toEqual([]);
  expect(codesOf(text)).toEqual(["FUS0004"]);
});

test("#r is for hosts that take the reference", () => {
  const source = makeSource("t", '#r "nuget: Json"\n#r "other"\n');
  const { diagnostics } = parse(source, { acceptsReference: (reference) => reference.startsWith("nuget:") });
  expect(diagnostics.map(placed)).toEqual(["2:1 lex error FUS0006"]);
});

test("#nowarn collects codes of Fusabi only", () => {
  const { script } = parse(makeSource("t", '#nowarn "FUS0402" "40" FUS0410\nlet a = 1\n'));
  expect(script.suppressed).toEqual(["FUS0402", "FUS0410"]);
});

test("#load keeps its paths and where they stand", () => {
  const text = '#load "a b.fsx" @"c\\d.fsx"\n';
  const [item] = parse(makeSource("t", text)).script.items;
  if (item?.kind !== "load") throw new Error("a #load was expected");
  expect(item.paths.map((path) => path.text)).toEqual(["a b.fsx", "c\\d.fsx"]);
  expect(item.paths.map((path) => text.slice(path.span.start, path.span.end))).toEqual([
    '"a b.fsx"',
    '@"c\\d.fsx"',
  ]);
});

describe("height", () => {
  const many = 10_000;
  const nest = (open: string, middle: string, close: string): string =>
    open.repeat(many) + middle + close.repeat(many);

  test.each([
    ["parentheses", nest("(", "1", ")")],
    ["open parentheses", "(".repeat(many)],
    ["brackets", nest("[", "", "]")],
    ["braces", nest("{ a = ", "1", " }")],
    ["indexes", nest("a[", "0", "]")],
    ["calls", nest("f(", "x", ")")],
    ["chains of calls", `f${"(x)".repeat(many)}`],
    ["chains of labels", `a${".b".repeat(many)}`],
    ["bindings", `${"let a = ".repeat(many)}1`],
    ["matches", `${"match x with | _ -> ".repeat(many)}1`],
    ["lambdas", `${"fun x -> ".repeat(many)}x`],
    ["conditions", `${"if a then ".repeat(many)}1`],
    ["prefix operators", `${"- ".repeat(many)}x`],
    ["conses", `${"1 :: ".repeat(many)}[]`],
    ["operators", `${"1 + ".repeat(many)}1`],
    ["pipes", `x${" |> f".repeat(many)}`],
    ["assignments", `${"a <- ".repeat(many)}1`],
    ["patterns", `let ${nest("(", "x", ")")} = 1`],
    ["cons patterns", `let (${"a :: ".repeat(many)}b) = 1`],
    ["types", `let f (x: ${nest("List<", "int", ">")}) = 1`],
    ["arrows", `let f (x: ${"int -> ".repeat(many)}int) = 1`],
    ["postfix types", `let f (x: int${" list".repeat(many)}) = 1`],
    ["holes", nest('$"{', "1", '}"')],
    ["computations", nest("async { ", "1", " }")],
    ["blocks", Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}let a =\n`).join("")],
    ["modules", Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}module A =\n`).join("")],
  ])("%s: too deep is one clear diagnostic", (_, text) => {
    const codes = codesOf(text);
    expect(codes.filter((code) => code === "FUS0129")).toHaveLength(1);
    // Brackets that were left open may be named as well.
    expect(codes.filter((code) => code !== "FUS0129" && code !== "FUS0101")).toEqual([]);
  });

  test.each([
    ["a list", `[${"1; ".repeat(many)}]`],
    ["a tuple", `(${"1, ".repeat(many)}1)`],
    ["bindings in a block", `let f () =\n${"    let a = 1\n".repeat(many)}    a\n`],
    ["bindings with in", `${"let a = 1 in\n".repeat(many)}a`],
    ["bindings with in on one line", `let f () =\n    ${"let a = 1 in ".repeat(2000)}a`],
    ["an elif ladder", `if a then b\n${"elif a then b\n".repeat(many)}else c`],
    ["an else if ladder", `if a then b ${"else if a then b ".repeat(many)}`],
    ["a match", `match x with\n${"| 1 -> 2\n".repeat(many)}`],
    ["an or-pattern", `match x with\n${"| 1\n".repeat(many)}| 1 -> 2\n`],
    ["arguments", `f${" x".repeat(many)}`],
    ["statements", "a; ".repeat(many)],
    ["mutual recursion", `let rec f x = 1\n${"and g x = 1\n".repeat(many)}`],
    ["300 operators", `${"a + ".repeat(300)}a`],
    ["300 pipes", `a${" |> f".repeat(300)}`],
    ["300 parentheses", `${"(".repeat(300)}a${")".repeat(300)}`],
  ])("%s: length is no height", (_, text) => {
    expect(codesOf(text)).toEqual([]);
  });

  test("a program that is too deep in one item is read in the others", () => {
    const codes = codesOf(`let a = ${"(".repeat(500)}1${")".repeat(500)}\nlet b = +\nlet c = 1\n`);
    expect(codes).toEqual(["FUS0129", "FUS0100"]);
  });
});
