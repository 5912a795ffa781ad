import { lineIndexAt, positionAt, type Source, type Span } from "../source/source.js";
import type { Diagnostic, Severity } from "./diagnostic.js";
import { type Cell, cellsOf, visible } from "./visible-text.js";

/** How {@link formatDiagnostic} renders. */
export interface FormatOptions {
  /** Colours by ANSI escapes; the default is none. */
  readonly color?: boolean;
  /** Columns of the terminal; longer source lines are cut around the span. Default 100, at least 40. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 100;
const MIN_WIDTH = 40;

type Paint = (style: "location" | "gutter" | "hint" | Severity, text: string) => string;

const STYLES: Readonly<Record<Parameters<Paint>[0], string>> = {
  location: "1",
  gutter: "2",
  hint: "36",
  error: "1;31",
  warning: "1;33",
  info: "1;36",
};

/**
 * A diagnostic as text for a terminal: `FILE:LINE:COLUMN: error FUS1234: message`, the lines that it is about with carets under
 * its span, the related places in the same form, and the hint. Nothing of the source reaches the terminal but visible characters.
 * The text ends without a line break.
 *
 * @example
 * for (const diagnostic of compile(text).diagnostics) console.error(formatDiagnostic(diagnostic, { color: true }));
 */
export function formatDiagnostic(diagnostic: Diagnostic, options: FormatOptions = {}): string {
  const wanted = options.width ?? DEFAULT_WIDTH;
  const width = Number.isFinite(wanted) ? Math.max(MIN_WIDTH, Math.floor(wanted)) : DEFAULT_WIDTH;
  const paint: Paint =
    options.color === true ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (_, text) => text;
  const { severity, code, message, span, related, hint } = diagnostic;
  const lines = [
    `${paint("location", `${place(span)}:`)} ${paint(severity, `${severity} ${code}:`)} ${visible(message)}`,
  ];
  lines.push(...codeFrame(span, severity, width, paint));
  for (const other of related) {
    lines.push(
      `${paint("location", `${place(other.span)}:`)} ${paint("info", "note:")} ${visible(other.message)}`,
    );
    lines.push(...codeFrame(other.span, "info", width, paint));
  }
  if (hint !== undefined) lines.push(`${paint("hint", "hint:")} ${visible(hint)}`);
  return lines.join("\n");
}

function place(span: Span): string {
  const { line, column } = positionAt(span.source, span.start);
  return `${visible(span.source.name)}:${line}:${column}`;
}

/** The first line of the span, and the last one if there are several. */
function codeFrame(span: Span, severity: Severity, width: number, paint: Paint): string[] {
  const { source } = span;
  if (source.text.length === 0) return [];
  const first = lineIndexAt(source, span.start);
  const last = lineIndexAt(source, Math.max(span.start, span.end - 1));
  const numberWidth = String(last + 1).length;
  const gutter = (text: string): string => paint("gutter", `${text.padStart(numberWidth + 1)} |`);
  const lines: string[] = [];
  for (const index of first === last ? [first] : [first, last]) {
    if (index === last && last > first + 1) lines.push(gutter("…"));
    const { text, carets } = excerpt(span, index, width - numberWidth - 4);
    lines.push(`${gutter(String(index + 1))} ${text}`.trimEnd());
    lines.push(`${gutter("")} ${paint(severity, carets)}`);
  }
  return lines;
}

/** The part of a line around the span that has room, and the carets under it. */
function excerpt(span: Span, index: number, room: number): { text: string; carets: string } {
  const { source } = span;
  const [lineStart, lineEnd] = lineBounds(source, index);
  const start = Math.min(Math.max(span.start, lineStart), lineEnd);
  const end = Math.min(Math.max(span.end, start), lineEnd);
  // A line can be a megabyte long; only what may be shown is looked at.
  const from = boundary(source.text, Math.max(lineStart, start - room));
  const to = boundary(source.text, Math.min(lineEnd, Math.max(start, Math.min(end, start + room)) + room));
  const cells = cellsOf(source.text, from, to);
  let left = 0;
  let right = cells.length;
  const used = (): number => columns(cells, left, right);
  const cutLeft = (): boolean => left > 0 || from > lineStart;
  const cutRight = (): boolean => right < cells.length || to < lineEnd;
  const isInside = (cell: Cell): boolean => cell.start >= start && cell.start < end;
  const before = cells.findIndex((cell) => cell.start >= start);
  let total = used();
  while (total + (cutLeft() ? 1 : 0) + (cutRight() ? 1 : 0) > room) {
    const leading = before === -1 ? cells.length - left : before - left;
    const trailing = right - Math.max(before, 0);
    // What stands before the span goes first, as long as some context is left.
    if (leading > room / 3 || trailing <= 1) total -= cells[left++]?.width ?? 0;
    else total -= cells[--right]?.width ?? 0;
    if (left >= right) break;
  }
  let text = cutLeft() ? "…" : "";
  let carets = cutLeft() ? " " : "";
  let marked = false;
  for (const cell of cells.slice(left, right)) {
    const mark: boolean = isInside(cell) || (!marked && cell.start >= start && start === end);
    text += cell.text;
    if (cell.start >= end && marked) continue;
    carets += (mark ? "^" : " ").repeat(cell.width);
    marked ||= mark;
  }
  if (cutRight()) text += "…";
  // A place behind the last character, such as a missing end.
  if (!marked) carets += "^";
  return { text, carets };
}

function columns(cells: readonly Cell[], left: number, right: number): number {
  let sum = 0;
  for (let i = left; i < right; i++) sum += cells[i]?.width ?? 0;
  return sum;
}

function lineBounds(source: Source, index: number): readonly [number, number] {
  const start = source.lineStarts[index] ?? 0;
  let end = source.lineStarts[index + 1] ?? source.text.length;
  while (end > start && /[\r\n]/.test(source.text.charAt(end - 1))) end--;
  return [start, end];
}

/** Not between the halves of a surrogate pair. */
function boundary(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 0 ? at - 1 : at;
}
