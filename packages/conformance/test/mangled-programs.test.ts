import { check, compile } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCorpus } from "../src/index.js";

/** More in a nightly run: `MANGLED_PROGRAMS=20000`; from another place with `MANGLED_SEED=…`. */
const runs = Number(process.env["MANGLED_PROGRAMS"] ?? 400);
const seed = Number(process.env["MANGLED_SEED"] ?? 20_260_101);

/** Seconds of the processor that an answer may take. */
const SECONDS = 1;

const library = nodeLibrary();
const sources = readCorpus().map((program) => program.source);

/** Pieces that a text is cut into and put together from again: words, numbers, runs of operators, single brackets, blanks, line ends. */
const tokens = /[A-Za-z_][\w']*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|[-+*/<>=|&@^%!:.$?]+|\n *|\s+|./gsu;

/** Tokens that open something, or turn up where nobody expects them. */
const intruders = [
  "let",
  "match",
  "with",
  "|",
  "->",
  "(",
  ")",
  "[",
  "]",
  "[|",
  "|]",
  "{",
  "}",
  "if",
  "then",
  "else",
  "elif",
  "fun",
  "function",
  "type",
  "module",
  "of",
  "in",
  "do",
  "done",
  "for",
  "while",
  "try",
  "finally",
  "rec",
  "and",
  "=",
  "<-",
  "::",
  ",",
  ";",
  ";;",
  '"',
  '$"{',
  '"""',
  "'",
  "(*",
  "*)",
  "//",
  "#if",
  "#endif",
  "async {",
  "let!",
  "yield",
  "return",
  "begin",
  "end",
  "_",
  "when",
  "as",
  "'a",
  "<",
  ">",
  ".",
  "..",
  ":",
  ":>",
  ":?",
  "-",
  "\n",
  "\n        ",
  "\t",
  "``",
  "0x",
  "1.",
  "null",
  "mutable",
  "[<",
  ">]",
  "member",
  "static",
  "open",
  "exception",
  "raise",
  "use",
  "break",
  "open type",
  "\0",
  "\ud800",
];

type Change =
  | { readonly kind: "delete" | "duplicate" | "cut" | "dedent"; readonly at: number }
  | { readonly kind: "swap" | "move"; readonly at: number; readonly other: number }
  | { readonly kind: "insert" | "replace"; readonly at: number; readonly text: string }
  | { readonly kind: "indent"; readonly at: number; readonly by: number };

const place = fc.nat({ max: 100_000 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("delete" as const, "duplicate" as const, "cut" as const, "dedent" as const),
    at: place,
  }),
  fc.record({ kind: fc.constantFrom("swap" as const, "move" as const), at: place, other: place }),
  fc.record({
    kind: fc.constantFrom("insert" as const, "replace" as const),
    at: place,
    text: fc.constantFrom(...intruders),
  }),
  fc.record({ kind: fc.constant("indent" as const), at: place, by: fc.integer({ min: 1, max: 9 }) }),
);

function lineChanged(text: string, at: number, change: (line: string) => string): string {
  const lines = text.split("\n");
  const index = at % lines.length;
  return lines.map((line, i) => (i === index ? change(line) : line)).join("\n");
}

/** The text with one change; places are counted around its end. */
function changed(text: string, change: Change): string {
  if (change.kind === "cut") return text.slice(0, change.at % (text.length + 1));
  const pieces = text.match(tokens) ?? [];
  if (pieces.length === 0) return text;
  const at = change.at % pieces.length;
  const piece = pieces[at] as string;
  switch (change.kind) {
    case "delete":
      pieces.splice(at, 1);
      break;
    case "duplicate":
      pieces.splice(at, 0, piece);
      break;
    case "swap": {
      const other = change.other % pieces.length;
      pieces[at] = pieces[other] as string;
      pieces[other] = piece;
      break;
    }
    case "move":
      pieces.splice(at, 1);
      pieces.splice(change.other % (pieces.length + 1), 0, piece);
      break;
    case "insert":
      pieces.splice(at, 0, ` ${change.text} `);
      break;
    case "replace":
      pieces[at] = change.text;
      break;
    case "indent":
      return lineChanged(text, change.at, (line) => " ".repeat(change.by) + line);
    case "dedent":
      return lineChanged(text, change.at, (line) => line.trimStart());
  }
  return pieces.join("");
}

/** The answer of the compiler, and that of the editor's entry, which looks at broken programs more closely. */
function answer(text: string): void {
  const { ok, bytecode, diagnostics } = compile(text, { hostModules: library });
  expect(bytecode !== undefined).toBe(ok);
  expect(diagnostics.some((item) => item.severity === "error")).toBe(!ok);
  const checked = check(text, { hostModules: library });
  const lines = text.split("\n");
  for (let line = 0; line < lines.length; line += Math.ceil(lines.length / 5)) {
    const column = Math.ceil(((lines[line] ?? "").length + 1) / 2);
    checked.typeAt(line + 1, column);
    checked.definitionAt(line + 1, column);
    checked.completionsAt(line + 1, column);
  }
  for (const { span } of diagnostics) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(span.source.text.length);
  }
}

test("mangled programs are answered, and soon", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (source, changes) => {
        const text = changes.reduce(changed, source);
        const before = process.cpuUsage();
        try {
          answer(text);
        } catch (error) {
          throw new Error(`${text}\n${String(error)}`, { cause: error });
        }
        const { user, system } = process.cpuUsage(before);
        if ((user + system) / 1e6 > SECONDS) throw new Error(`${text}\ntakes ${user + system} µs`);
      },
    ),
    { numRuns: runs, seed },
  );
}, 600_000);
