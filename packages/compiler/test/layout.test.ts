import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { printLayout } from "../src/explain/index.js";
import { DiagnosticBag, layout, makeSource, tokenize } from "../src/index.js";

const folder = new URL("programs/layout/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".fsx"))
  .map((name) => name.slice(0, -4));

function layoutOf(text: string): { printed: string; codes: string[] } {
  const source = makeSource("test.fsx", text);
  const bag = new DiagnosticBag("parse");
  const tokens = layout(source, tokenize(source, bag), bag);
  return { printed: printLayout(tokens), codes: bag.items.map((item) => item.code) };
}

/** The expectations are written with blanks where they help the eye. */
function tight(text: string): string {
  return text.replace(/\s+/g, "");
}

describe("programs/layout", () => {
  test("holds the 23 worked examples of the language reference", () => {
    const numbers = new Set(
      names.map((name) => Number.parseInt(name, 10)).filter((number) => !Number.isNaN(number)),
    );
    expect(numbers.size).toBe(23);
  });

  test.each(names)("%s", (name) => {
    const { printed, codes } = layoutOf(readFileSync(new URL(`${name}.fsx`, folder), "utf8"));
    expect(tight(printed)).toBe(tight(readFileSync(new URL(`${name}.layout`, folder), "utf8")));
    expect(codes).toEqual([]);
  });

  test("is the same for every style of line ends", () => {
    for (const name of names) {
      const text = readFileSync(new URL(`${name}.fsx`, folder), "utf8");
      const printed = layoutOf(text).printed;
      expect(layoutOf(text.replaceAll("\n", "\r\n")).printed).toBe(printed);
      expect(layoutOf(text.replaceAll("\n", "\r")).printed).toBe(printed);
    }
  });
});

test("a tab goes to the next multiple of four", () => {
  const { printed, codes } = layoutOf("let f x =\n\tlet y = x\n    y\n");
  expect(tight(printed)).toBe("letfx=<lety=<x>;;y>");
  expect(codes).toEqual(["FUS0007"]);
});

describe("brackets", () => {
  test("a missing one is put in, and what follows is not swallowed", () => {
    const { printed, codes } = layoutOf("let a = f (1 + 2\nlet b = [1; 2\nlet c = 3\n");
    expect(tight(printed)).toBe("leta=<f(1+2)>;;letb=<[1;2]>;;letc=<3>");
    expect(codes).toEqual(["FUS0101", "FUS0101"]);
  });

  test("one inside others that are closed ends with them", () => {
    const { printed, codes } = layoutOf("f (a [b) c");
    expect(tight(printed)).toBe("f(a[b])c");
    expect(codes).toEqual(["FUS0101"]);
  });

  test("a closing one without partner is left out", () => {
    const { printed, codes } = layoutOf("f ) a ]]] b");
    expect(printed).toBe("f a b");
    expect(codes).toEqual(["FUS0101", "FUS0101"]);
  });
});

test("a line that fits no block is said to, once", () => {
  const { codes } = layoutOf("let f x =\n    let y =\n            1\n        y\n    y\n");
  expect(codes).toEqual(["FUS0112"]);
});
