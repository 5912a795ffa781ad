import { type Diagnostic, formatDiagnostic, makeSource, positionAt, type Source } from "@fusabi/compiler";
import { printable } from "@fusabi/capabilities";
import type { Terminal } from "../terminal.js";
import type { Finding, Place } from "./finding.js";

/** `FILE:LINE:COLUMN: error FUS1234: message`, the code frame where the text is known, and the hint. Ends with a line end. */
export function renderFinding(finding: Finding, { colour, width }: Pick<Terminal, "colour" | "width">): string {
  const options = { color: colour, ...(width === undefined ? {} : { width }) };
  if (finding.diagnostic !== undefined) return ensureLineEnd(formatDiagnostic(finding.diagnostic, options));
  if (finding.text !== undefined && finding.line > 0) {
    return ensureLineEnd(formatDiagnostic(asDiagnostic(finding, finding.text), options));
  }
  const { file, line, column, severity, code, message, hint } = finding;
  const place = line > 0 ? `${printable(file)}:${line}:${column}` : printable(file);
  const hinted = hint === undefined ? "" : `\n  hint: ${hint}`;
  return `${place}: ${severity} ${code}: ${message}${hinted}\n`;
}

/** A finding of another stage in the compiler's form, so that all of them look alike. */
function asDiagnostic(finding: Finding, text: string): Diagnostic {
  const source = makeSource(finding.file, text);
  const start = offsetAt(source, finding);
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
function offsetAt(source: Source, { line, column }: Place): number {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const end = source.lineStarts[line] ?? source.text.length;
  let offset = start;
  while (offset < end && positionAt(source, offset).column < column) offset++;
  return offset;
}

function ensureLineEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
