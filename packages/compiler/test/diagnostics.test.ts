import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import {
  type Diagnostic,
  DiagnosticBag,
  diagnosticToJson,
  formatDiagnostic,
  makeSource,
} from "../src/index.js";

function at(text: string, found: string, name = "demo.fsx"): Diagnostic {
  const source = makeSource(name, text);
  const start = text.indexOf(found);
  const bag = new DiagnosticBag("parse");
  bag.error(
    "FUS0100",
    { source, start, end: start + found.length },
    "Unexpected 'x', expected 'y'",
    "Do this",
  );
  return bag.items[0] as Diagnostic;
}

test("place, message, code frame, hint", () => {
  expect(formatDiagnostic(at("let a = 1\nlet b = then 2\n", "then"))).toBe(
    [
      "demo.fsx:2:9: error FUS0100: Unexpected 'x', expected 'y'",
      " 2 | let b = then 2",
      "   |         ^^^^",
      "hint: Do this",
    ].join("\n"),
  );
});

test("related places follow, several lines are shortened", () => {
  const source = makeSource("demo.fsx", "type T =\n  | A\n  | B\nlet a = 1\n");
  const bag = new DiagnosticBag("type");
  bag.report("warning", "FUS0401", { source, start: 0, end: 20 }, "Not covered", {
    related: [{ span: { source, start: 25, end: 26 }, message: "used here" }],
  });
  expect(formatDiagnostic(bag.items[0] as Diagnostic)).toBe(
    [
      "demo.fsx:1:1: warning FUS0401: Not covered",
      " 1 | type T =",
      "   | ^^^^^^^^",
      " … |",
      " 3 |   | B",
      "   | ^^^^^",
      "demo.fsx:4:5: note: used here",
      " 4 | let a = 1",
      "   |     ^",
    ].join("\n"),
  );
});

test("a place behind the text, in an empty file, on an empty line", () => {
  const source = makeSource("demo.fsx", "let a =\n");
  const bag = new DiagnosticBag("parse");
  bag.error("FUS0110", { source, start: 8, end: 8 }, "Unexpected end of file");
  bag.error("FUS0110", { source, start: 7, end: 7 }, "Unexpected end of file");
  bag.error("FUS0110", { source: makeSource("empty.fsx", ""), start: 0, end: 0 }, "Unexpected end of file");
  expect(bag.items.map((item) => formatDiagnostic(item))).toEqual([
    "demo.fsx:2:1: error FUS0110: Unexpected end of file\n 2 |\n   | ^",
    "demo.fsx:1:8: error FUS0110: Unexpected end of file\n 1 | let a =\n   |        ^",
    "empty.fsx:1:1: error FUS0110: Unexpected end of file",
  ]);
});

describe("what reaches the terminal", () => {
  test("no control, bidirectional or invisible characters", () => {
    const text = 'let a = "\u001b[31m\u0007\u202e\u200b\u009b\ud800" then\n';
    const diagnostic = {
      ...at(text, "then", "a\u001b]0;x\u0007.fsx"),
      message: "bad\nthing \u001b[2J",
      hint: "see\r\u2028here",
    };
    const shown = formatDiagnostic(diagnostic);
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u200b\u202e\u2028\ud800]/u);
    expect(shown).toContain("␛[31m");
    expect(shown).toContain("<U+202E>");
    expect(shown.split("\n")).toHaveLength(4);
  });

  test("tabs expand, wide and combining characters keep the carets in place", () => {
    expect(formatDiagnostic(at("\tlet a = then", "then")).split("\n").slice(1, 3)).toEqual([
      " 1 |     let a = then",
      "   |             ^^^^",
    ]);
    expect(formatDiagnostic(at('f "日本" then', "then")).split("\n")[2]).toBe("   |          ^^^^");
    expect(formatDiagnostic(at("e\u0301 then", "then")).split("\n")[2]).toBe("   |   ^^^^");
  });

  test("long lines are cut around the span", () => {
    const text = `${"a ".repeat(500_000)}then${" b".repeat(500_000)}`;
    const [, line, carets] = formatDiagnostic(at(text, "then"), { width: 60 }).split("\n") as [
      string,
      string,
      string,
    ];
    expect(line.length).toBeLessThanOrEqual(60);
    expect(line).toMatch(/^ 1 \| ….* then .*…$/);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("then");
  });

  test("a span longer than the line has room is marked as far as it is shown", () => {
    const text = `let ${"x".repeat(1000)} = 1`;
    const [, line, carets] = formatDiagnostic(at(text, "x".repeat(1000)), { width: 50 }).split("\n") as [
      string,
      string,
      string,
    ];
    expect(line.length).toBeLessThanOrEqual(50);
    expect(carets.length).toBeLessThanOrEqual(50);
    expect(carets).toMatch(/\^{20,}$/);
  });

  test("colours only on request, and always ended", () => {
    const diagnostic = at("let b = then 2\n", "then");
    const coloured = formatDiagnostic(diagnostic, { color: true });
    expect(coloured).toContain("\u001b[1;31merror FUS0100:\u001b[0m");
    expect(stripVTControlCharacters(coloured)).toBe(formatDiagnostic(diagnostic));
  });
});

test("as data", () => {
  const diagnostic = { ...at("let é = 1\nlet b = then 2\n", "then"), fix: undefined };
  const { fix: _, ...rest } = diagnostic;
  const json = diagnosticToJson(rest);
  expect(JSON.parse(JSON.stringify(json))).toEqual({
    code: "FUS0100",
    severity: "error",
    stage: "parse",
    message: "Unexpected 'x', expected 'y'",
    span: {
      file: "demo.fsx",
      start: { line: 2, column: 9, offset: 18 },
      end: { line: 2, column: 13, offset: 22 },
    },
    related: [],
    hint: "Do this",
  });
});
