import { positionAt, type Span } from "../source/source.js";
import type { Diagnostic, Severity, Stage } from "./diagnostic.js";

/** A range of a file; lines and columns from 1, columns in code points, offsets in UTF-16 units from 0. */
export interface SpanJson {
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number; readonly offset: number };
  /** Behind the last character. */
  readonly end: { readonly line: number; readonly column: number; readonly offset: number };
}

/** A diagnostic as plain data without the source text, for editors and tools. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: Severity;
  readonly stage: Stage;
  readonly message: string;
  readonly span: SpanJson;
  readonly related: readonly { readonly span: SpanJson; readonly message: string }[];
  readonly hint?: string;
  readonly fix?: { readonly span: SpanJson; readonly replacement: string };
}

/**
 * A diagnostic as data that `JSON.stringify` takes as it is.
 *
 * @example
 * console.log(JSON.stringify(result.diagnostics.map(diagnosticToJson)));
 */
export function diagnosticToJson(diagnostic: Diagnostic): DiagnosticJson {
  const { code, severity, stage, message, span, related, hint, fix } = diagnostic;
  return {
    code,
    severity,
    stage,
    message,
    span: spanToJson(span),
    related: related.map((other) => ({ span: spanToJson(other.span), message: other.message })),
    ...(hint === undefined ? {} : { hint }),
    ...(fix === undefined ? {} : { fix: { span: spanToJson(fix.span), replacement: fix.replacement } }),
  };
}

function spanToJson({ source, start, end }: Span): SpanJson {
  return {
    file: source.name,
    start: { ...positionAt(source, start), offset: start },
    end: { ...positionAt(source, end), offset: end },
  };
}
