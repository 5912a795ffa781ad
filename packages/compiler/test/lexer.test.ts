import { describe, expect, test } from "vitest";
import { printTokens } from "../src/explain/index.js";
import { DiagnosticBag, makeSource, tokenize } from "../src/index.js";

interface Seen {
  kind: string;
  word: string;
  text: string;
  value: unknown;
}

function lex(text: string): { tokens: Seen[]; codes: string[] } {
  const bag = new DiagnosticBag("lex");
  const { tokens } = tokenize(makeSource("test.fsx", text), bag);
  const seen = tokens.slice(0, -1).map(({ kind, word, text: own, value }) => ({
    kind,
    word,
    text: own,
    value: value !== undefined && "value" in value ? value.value : undefined,
  }));
  return { tokens: seen, codes: bag.items.map((item) => item.code) };
}

function words(text: string): string[] {
  return lex(text).tokens.map((token) => token.text);
}

describe("numbers", () => {
  test.each<[string, unknown]>([
    ["0", 0n],
    ["1_000_000", 1_000_000n],
    ["0xFF", 255n],
    ["0XfF", 255n],
    ["0o17", 15n],
    ["0b1010", 10n],
    ["0xFFFFFFFFFFFFFFFF", -1n],
    ["0x8000000000000000", -(2n ** 63n)],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["5L", 5n],
    ["1.5", 1.5],
    ["1.", 1],
    ["1e6", 1e6],
    ["2.5e-3", 0.0025],
    ["1_0.2_5", 10.25],
    ["1.5f", 1.5],
    ["3f", 3],
    ["1.f", 1],
    ["1.e3", 1000],
  ])("%s", (text, value) => {
    const { tokens, codes } = lex(text);
    expect(tokens.map((token) => token.value)).toEqual([value]);
    expect(codes).toEqual([]);
  });

  test("a point that belongs to something else", () => {
    expect(words("1..3")).toEqual(["1", "..", "3"]);
    expect(words("1.Foo")).toEqual(["1", ".", "Foo"]);
    expect(words("xs.[1]")).toEqual(["xs", ".", "[", "1", "]"]);
  });

  test.each(["5y", "5uy", "5s", "5us", "5u", "5ul", "5UL", "5n", "5un", "1.5m", "3M"])(
    "%s: info about the suffix",
    (text) => {
      expect(lex(text).codes).toEqual(["FUS0012"]);
    },
  );

  test("a literal of a million digits is refused at once", () => {
    const started = performance.now();
    expect(lex("9".repeat(1_000_000)).codes).toEqual(["FUS0003"]);
    expect(lex(`0x${"f".repeat(1_000_000)}`).codes).toEqual(["FUS0003"]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("strings and characters", () => {
  test.each<[string, string]>([
    [String.raw`"a\n\t\r\b\a\f\v\\\"\'z"`, "a\n\t\r\b\x07\f\v\\\"'z"],
    [String.raw`"\065\x41\u0041\U0001F600"`, "AAA\u{1f600}"],
    ['"one \\\n    two"', "one two"],
    ['"two\nlines"', "two\nlines"],
    [String.raw`@"C:\dir\""x"""`, 'C:\\dir\\"x"'],
    ['"""a "quoted" \\n"""', 'a "quoted" \\n'],
    ["'a'", "a"],
    ["'\\n'", "\n"],
    ["'\\''", "'"],
    ["'\"'", '"'],
    ["'\\065'", "A"],
    ["'\\u00e9'", "é"],
  ])("%s", (text, value) => {
    const { tokens, codes } = lex(text);
    expect(tokens.map((token) => token.value)).toEqual([value]);
    expect(codes).toEqual([]);
  });

  test("an unknown escape stays, with a warning", () => {
    const { tokens, codes } = lex(String.raw`"\d+"`);
    expect(tokens[0]?.value).toBe(String.raw`\d+`);
    expect(codes).toEqual(["FUS0009"]);
  });

  test("a quote starts a type variable where it is no character", () => {
    expect(
      lex("f<'a> 'b -> 'key")
        .tokens.filter((token) => token.kind === "type-variable")
        .map((token) => token.text),
    ).toEqual(["a", "b", "key"]);
    expect(words("x' y'' fold_left")).toEqual(["x'", "y''", "fold_left"]);
  });
});

describe("comments", () => {
  test.each([
    ["nested", "a (* b (* c *) d *) e"],
    ["a string hides the end", 'a (* "*)" *) e'],
    ["a lone quote does not", "a (* don't \" *) e"],
    ["a quote as a character", "a (* '\"' *) e"],
    ["triple quotes", 'a (* """*)""" *) e'],
    ["the operator is none", "a (* (*) *) e"],
    ["to the end of the line", 'a // (* " \n e'],
  ])("%s", (_, text) => {
    expect(words(text)).toEqual(["a", "e"]);
  });

  test("the multiplication in parentheses is no comment", () => {
    expect(words("(*) 1 ( * )")).toEqual(["(", "*", ")", "1", "(", "*", ")"]);
  });
});

describe("operators", () => {
  test.each<[string, string[]]>([
    ["a|>b", ["a", "|>", "b"]],
    ["[|1|]", ["[|", "1", "|]"]],
    ["[||]", ["[|", "|]"]],
    ["{|a=1|}", ["{|", "a", "=", "1", "|}"]],
    ["a .>>. b", ["a", ".>>.", "b"]],
    ["x:-1", ["x", ":", "-", "1"]],
    ["a:?>b:?c:>d::e:=f", ["a", ":?>", "b", ":?", "c", ":>", "d", "::", "e", ":=", "f"]],
    ["a+//b", ["a", "+"]],
    ["n..-1..0", ["n", "..", "-", "1", "..", "0"]],
    ["a<-b->c", ["a", "<-", "b", "->", "c"]],
    ["a;;b;c", ["a", ";;", "b", ";", "c"]],
    ['a+$"b"', ["a", "+", '$"b"']],
    ["[<A>] x", ["[<", "A", ">]", "x"]],
    ["let! x", ["let!", "x"]],
    ["a.to.from", ["a", ".", "to", ".", "from"]],
  ])("%s", (text, expected) => {
    expect(words(text)).toEqual(expected);
    expect(lex(text).codes).toEqual([]);
  });

  test("signs are prefixes by what stands around them", () => {
    const bag = new DiagnosticBag("lex");
    const prefixes = (text: string): boolean[] =>
      tokenize(makeSource("t", text), bag)
        .tokens.filter((token) => token.word === "-")
        .map((token) => token.prefix);
    expect(prefixes("f -1")).toEqual([true]);
    expect(prefixes("f - 1")).toEqual([false]);
    expect(prefixes("f-1")).toEqual([false]);
    expect(prefixes("(-1, [-2], -3)")).toEqual([true, true, true]);
    expect(prefixes("f(x)-1")).toEqual([false]);
  });

  test("angle brackets of types end items, comparisons do not", () => {
    const closing = (text: string): string[] =>
      lex(text)
        .tokens.filter((token) => token.text.startsWith(">"))
        .map((token) => token.kind);
    expect(closing("f<int>\nb")).toEqual(["symbol"]);
    expect(closing("Map<string, List<int>>()")).toEqual(["symbol", "symbol"]);
    expect(closing("a<b>c")).toEqual(["operator"]);
    expect(closing("a < b > (c)")).toEqual(["operator"]);
  });
});

describe("interpolated strings", () => {
  test("holes are lexed like everything else", () => {
    const bag = new DiagnosticBag("lex");
    const source = makeSource("t", '$"{{x}} {f "a" + $"{g 1}",-5:F2} %6.2f{y} 5%%"');
    expect(printTokens(tokenize(source, bag)).split("\n")).toEqual([
      "1:1 interpolated",
      '  text "{x} "',
      "  hole -5 F2",
      '    1:10 name "f"',
      '    1:12 string "\\"a\\""',
      '    1:16 operator "+"',
      "    1:18 interpolated",
      "      hole",
      '        1:21 name "g"',
      '        1:23 int "1"',
      '  text " "',
      "  hole %6.2f",
      '    1:40 name "y"',
      '  text " 5%"',
    ]);
    expect(bag.items).toEqual([]);
  });

  test.each(["F2", "F", "N0", "D5", "X4", "x8", "E3", "P1", "G", "0.00", "#,##0.0"])(
    "format %s",
    (format) => {
      expect(lex(`$"{x:${format}}"`).codes).toEqual([]);
    },
  );

  test.each(["Q", "f2", "F100", "...", "yyyy"])("no format %s", (format) => {
    expect(lex(`$"{x:${format}}"`).codes).toEqual(["FUS0024"]);
  });

  test("verbatim and triple-quoted", () => {
    expect(lex('$@"a\\{x}""b" @$"{x}" $"""say "{x}" """').codes).toEqual([]);
  });
});

test("columns count code points, and a byte-order mark nothing", () => {
  const bag = new DiagnosticBag("lex");
  const { tokens } = tokenize(makeSource("t", '\ufefflet "😀é" x\n\tGröße'), bag);
  expect(tokens.map((token) => [token.line, token.column, token.bol])).toEqual([
    [0, 0, true],
    [0, 4, false],
    [0, 9, false],
    [1, 4, true],
    [1, 9, false],
  ]);
});

test("the first line of an executable script is skipped", () => {
  expect(words("#!/usr/bin/env fus\nx")).toEqual(["x"]);
});

test("text made to be slow is not", () => {
  const started = performance.now();
  const n = 50_000;
  for (const text of [
    "$",
    "`",
    "``",
    ".",
    ":",
    '\\"',
    '"',
    "'",
    "a<",
    "(*",
    "#if A\n",
    '$"{',
    "%",
    "\t",
    "😀",
  ]) {
    lex(text.repeat(n));
    lex(`(* ${text.repeat(n)}`);
    lex(`$"${text.repeat(n)}`);
  }
  expect(performance.now() - started).toBeLessThan(30_000);
}, 60_000);
