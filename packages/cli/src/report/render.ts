import { printable } from "@fusabi/capabilities";
import type { Diagnostic, Source } from "@fusabi/compiler";
import type { Terminal } from "../terminal.js";
import type { Finding, Place } from "./finding.js";

/** The compiler, which renders all findings: theirs look like its own. */
type Compiler = typeof import("@fusabi/compiler");

/** Writes findings to standard error, in their order. */
export async function reportFindings(findings: readonly Finding[], terminal: Terminal): Promise<void> {
  for (const finding of findings) terminal.err(`${await render(finding, terminal)}\n`);
}

/** `FILE:LINE:COLUMN: error FUS1234: message`, the code frame where the text is known, and the hint. */
async function render(finding: Finding, { colour, width }: Terminal): Promise<string> {
  if (finding.rendered !== undefined) return finding.rendered;
  const { diagnostic, text } = finding;
  if (diagnostic === undefined && (text === undefined || finding.line === 0)) return renderPlainly(finding);
  // Only for a frame: what runs bytecode otherwise does without the compiler.
  const compiler = await import("@fusabi/compiler");
  const shown = diagnostic ?? asDiagnostic(finding, text ?? "", compiler);
  const options = { color: colour, ...(width === undefined ? {} : { width }) };
  return compiler.formatDiagnostic(shown, options);
}

function renderPlainly({ file, line, column, severity, code, message, hint }: Finding): string {
  const place = line > 0 ? `${printable(file)}:${line}:${column}` : printable(file);
  return `${place}: ${severity} ${code}: ${message}${hint === undefined ? "" : `\nhint: ${hint}`}`;
}

/** A finding of another stage in the compiler's form. */
function asDiagnostic(finding: Finding, text: string, compiler: Compiler): Diagnostic {
  const source = compiler.makeSource(finding.file, text);
  const start = offsetAt(source, finding, compiler);
  const { severity, code, message, hint } = finding;
  return {
    code,
    severity,
    stage: "compile",
    message,
    span: { source, start, end: start + wordLength(text.slice(start, start + LONGEST_MARK)) },
    related: [],
    ...(hint === undefined ? {} : { hint }),
  };
}

const LONGEST_MARK = 200;

/** What stands at a place, as far as one can tell without a parser: a quoted text, a dotted name, or one character. */
function wordLength(text: string): number {
  return /^(?:"[^"\n]*"|'[^'\n]*'|[\p{L}_][\p{L}\d_'.-]*|.)/u.exec(text)?.[0].length ?? 0;
}

/** The offset of a place; of the end of its line if the line is shorter, of the end of the text if it has fewer lines. */
function offsetAt(source: Source, { line, column }: Place, { positionAt }: Compiler): number {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const end = source.lineStarts[line] ?? source.text.length;
  let offset = start;
  while (offset < end && positionAt(source, offset).column < column) offset++;
  return offset;
}
