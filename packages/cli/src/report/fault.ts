import { printable } from "@fusabi/capabilities";
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
export function findingOf({ code, message, trace }: Fault, texts: SourceTexts): Finding | undefined {
  const failing = trace.find(({ line }) => line > 0);
  if (failing === undefined) return undefined;
  const { file, line, column } = failing;
  const hint = HINTS.get(code);
  const hinted = hint === undefined ? {} : { hint };
  return withText({ file, line, column, severity: "error", code, message, ...hinted }, texts);
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ["FUS0520", "grant it with --grant, or with the --allow flag that also names what it is for"],
  ["FUS0521", "--allow-read, --allow-write, --allow-net, --allow-env and --allow-run open more"],
  ["FUS0601", "--max-instructions N allows more"],
  ["FUS0603", "use a tail call or a loop, or allow more with --max-stack-depth N"],
  ["FUS0604", "--timeout MS allows more"],
  ["FUS0605", "--max-allocated-bytes N allows more"],
]);

export function hintFor(code: string): string | undefined {
  return HINTS.get(code);
}

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

function stackLine({ functionName, file, line, column }: StackLine): string {
  const place = line > 0 ? ` (${printable(file)}:${line}:${column})` : "";
  return `  at ${printable(functionName)}${place}`;
}
