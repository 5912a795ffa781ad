import { printable } from "@fusabi/capabilities";
import { flagGranting } from "../permissions.js";
import { type Finding, type SourceTexts, withText } from "./finding.js";

/** How a program failed: an exception that nobody caught, a denial, or a limit. */
export interface Fault {
  /** Code of the language reference. */
  readonly code: string;
  readonly message: string;
  /** Innermost first; line 0 where no position is known. */
  readonly trace: readonly StackLine[];
}

interface StackLine {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly tailCalled?: true;
}

/** A program failed while it ran. */
export class ProgramFault extends Error {
  override readonly name = "ProgramFault";
  readonly code: string;
  readonly fault: Fault;
  readonly texts: SourceTexts;

  constructor(fault: Fault, texts: SourceTexts, options?: ErrorOptions) {
    super(fault.message, options);
    this.code = fault.code;
    this.fault = fault;
    this.texts = texts;
  }
}

/** The failing position as a finding; undefined where no position is known (a stripped program, a host function). */
export function findingOf(fault: Fault, texts: SourceTexts): Finding | undefined {
  const { code, message, trace } = fault;
  const failing = trace.find(({ line }) => line > 0);
  if (failing === undefined) return undefined;
  const { file, line, column } = failing;
  const hint = hintFor(fault);
  const hinted = hint === undefined ? {} : { hint };
  return withText({ file, line, column, severity: "error", code, message, ...hinted }, texts);
}

/** What to do about a fault, where the command line can do something. */
export function hintFor({ code, message }: Fault): string | undefined {
  const denied = /^capability denied: (\S+)$/.exec(message)?.[1];
  if (code === "FUS0520" && denied !== undefined) return `${flagGranting(denied)} grants it`;
  if (code === "FUS0521") return OPENING.find(([words]) => message.includes(words))?.[1];
  return LIMIT_HINTS.get(code);
}

const OPENING: readonly (readonly [words: string, hint: string])[] = [
  ["read access denied", "--allow-read PATH lets it read what is at and below PATH"],
  ["write access denied", "--allow-write PATH lets it write what is at and below PATH"],
  ["network access denied", "--allow-net HOST lets it reach HOST"],
  ["environment variable access denied", "--allow-env NAME lets it read NAME"],
  ["command not allowed", "--allow-run CMD lets it start CMD"],
];

const LIMIT_HINTS: ReadonlyMap<string, string> = new Map([
  ["FUS0601", "--max-instructions N allows more"],
  ["FUS0603", "use a tail call or a loop, or allow more with --max-stack-depth N"],
  ["FUS0604", "--timeout MS allows more"],
  ["FUS0605", "--max-allocated-bytes N allows more"],
  ["FUS0606", "--unlimited lifts the limits"],
]);

/** The Fusabi stack, innermost first. Repetitions and the middle of a deep stack are folded. */
export function renderStack(trace: readonly StackLine[]): string {
  const lines = foldRepetitions(trace);
  const shown =
    lines.length <= LONGEST_STACK
      ? lines
      : [
          ...lines.slice(0, LONGEST_STACK - OUTERMOST),
          `  … ${lines.length - LONGEST_STACK} more`,
          ...lines.slice(-OUTERMOST),
        ];
  return shown.map((line) => `${line}\n`).join("");
}

const LONGEST_STACK = 20;
const OUTERMOST = 5;

function foldRepetitions(trace: readonly StackLine[]): readonly string[] {
  const folded: { line: string; times: number }[] = [];
  for (const entry of trace) {
    const line = stackLine(entry);
    const last = folded.at(-1);
    if (last?.line === line) last.times++;
    else folded.push({ line, times: 1 });
  }
  return folded.map(({ line, times }) => (times === 1 ? line : `${line}, ${times} times`));
}

function stackLine({ functionName, file, line, column, tailCalled }: StackLine): string {
  const place = line > 0 ? ` (${printable(file)}:${line}:${column})` : "";
  const mark = tailCalled === true ? ", by a tail call" : "";
  return `  at ${printable(functionName)}${place}${mark}`;
}
