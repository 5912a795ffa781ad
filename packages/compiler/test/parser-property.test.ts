import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { printSyntax } from "../src/explain/index.js";
import { DiagnosticBag, formatDiagnostic, layout, makeSource, parse, tokenize } from "../src/index.js";

const programs = ["syntax", "rejects", "layout"].flatMap((folder) => {
  const url = new URL(`programs/${folder}/`, import.meta.url);
  return readdirSync(url)
    .filter((name) => name.endsWith(".fsx"))
    .map((name) => readFileSync(new URL(name, url), "utf8"));
});

const words =
  "let rec and in fun function match with when if then elif else for while do done try finally begin end type module open of " +
  'exception mutable use let! return yield! do! true null member static _ x Foo \'a 1 2.5 \'c\' "s" $"{ } " ( ) [ ] [| |] { } {| |} [< >] ' +
  ', ; ;; : :: := :> :? :?> . .. -> <- | = < > - + * ! && || |> @ ^ ? # & (* *) // """ ``';
const fragment = fc.oneof(
  fc.constantFrom(...words.split(" ")),
  fc.constantFrom("\n", "\n  ", "\n    ", "\n        ", "\t", "\r\n", " ", ""),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const soup = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(" "));
const mangled = fc
  .tuple(
    fc.constantFrom(...programs),
    fc.array(fc.tuple(fc.nat(), fc.nat(20), fragment), { minLength: 1, maxLength: 6 }),
  )
  .map(([program, edits]) => {
    let text = program;
    for (const [at, removed, inserted] of edits) {
      const place = at % (text.length + 1);
      text = text.slice(0, place) + inserted + text.slice(place + removed);
    }
    return text;
  });

/** Whatever the text is: a tree, spans inside the text, brackets and blocks in balance, and a report that can be printed. */
function holdsFor(text: string): void {
  const source = makeSource("soup.fsx", text);
  const { script, diagnostics } = parse(source);
  expect(printSyntax(script)).toBeTypeOf("string");
  for (const diagnostic of diagnostics) {
    const { start, end } = diagnostic.span;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(formatDiagnostic(diagnostic).startsWith("soup.fsx:")).toBe(true);
  }
  checkSpans(script.items, text.length);
  const bag = new DiagnosticBag("parse");
  let depth = 0;
  for (const token of layout(source, tokenize(source, bag), bag)) {
    if (token.kind === "begin") depth++;
    if (token.kind === "end") expect(--depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  // An error node is never there without a reason.
  if (printSyntax(script).includes("(error)"))
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
}

function checkSpans(node: unknown, length: number): void {
  if (typeof node !== "object" || node === null) return;
  if ("start" in node && "end" in node && "source" in node) {
    const { start, end } = node as { start: number; end: number };
    if (!(start >= 0 && end >= start && end <= length))
      throw new Error(`bad span ${start}..${end} of ${length}`);
    return;
  }
  for (const child of Object.values(node)) checkSpans(child, length);
}

test("soup of tokens is read or refused", { timeout: 60_000 }, () => {
  fc.assert(fc.property(soup, holdsFor), { numRuns: 600 });
});

test("mangled programs are read or refused", { timeout: 60_000 }, () => {
  fc.assert(fc.property(mangled, holdsFor), { numRuns: 300 });
});

test("the prefixes of a program are read or refused", { timeout: 60_000 }, () => {
  for (const program of programs)
    for (let end = 0; end < program.length; end += 29) holdsFor(program.slice(0, end));
});

test("a tree does not depend on blank lines, comments or line ends", () => {
  for (const program of programs) {
    const plain = printSyntax(parse(makeSource("t", program)).script);
    if (program.includes('"')) continue;
    const spread = program.replaceAll("\n", " // note\n\n(* (* *) *)\n");
    expect(printSyntax(parse(makeSource("t", spread)).script)).toBe(plain);
  }
});
