import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, positionAt } from "../src/index.js";
import { host } from "./host-modules.js";

const folder = new URL("programs/types/", import.meta.url);
const programs = readdirSync(folder).filter((name) => name.endsWith(".fsx"));

/** What a program says about itself: `//: type` of the name that the line binds, `//! CODE message` of a diagnostic on the line. */
interface Expectations {
  readonly types: readonly string[];
  readonly diagnostics: readonly string[];
}

function expectations(text: string): Expectations {
  const types: string[] = [];
  const diagnostics: string[] = [];
  text.split("\n").forEach((line, index) => {
    for (const [, mark, note] of line.matchAll(/\/\/([:!])\s*(.*?)(?=\s*\/\/[:!]|$)/g)) {
      (mark === ":" ? types : diagnostics).push(`${index + 1}: ${note}`);
    }
  });
  return { types, diagnostics };
}

/** Column (from 1) of the name that a line binds. */
function boundColumn(line: string): number {
  const match = /^\s*(?:let|and)\s+(?:rec\s+|mutable\s+|private\s+)?\(?/.exec(line);
  return (match?.[0].length ?? 0) + 1;
}

describe.each(programs)("programs/types/%s", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const wanted = expectations(text);
  const result = check(text, { fileName: name, hostModules: host });

  test("diagnostics", () => {
    const found = result.diagnostics.map((item) => {
      const { line } = positionAt(item.span.source, item.span.start);
      return `${line}: ${item.code} ${item.message}`;
    });
    expect(found).toEqual(wanted.diagnostics);
  });

  test("types", () => {
    const lines = text.split("\n");
    const found = wanted.types.map((note) => {
      const line = Number.parseInt(note, 10);
      return `${line}: ${result.typeAt(line, boundColumn(lines[line - 1] ?? ""))?.type}`;
    });
    expect(found).toEqual(wanted.types);
  });
});
