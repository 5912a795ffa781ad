import type { Span } from "../source/source.js";

/** How serious a diagnostic is: only an error keeps a program from running. */
export type Severity = "error" | "warning" | "info";

/** A second place that helps to understand a diagnostic. */
export interface RelatedSpan {
  readonly span: Span;
  readonly message: string;
}

/** A mechanical correction: replace the text of `span`. */
export interface Fix {
  readonly span: Span;
  readonly replacement: string;
}

/** Which stage found the problem. */
export type Stage = "lex" | "parse" | "type" | "compile";

/** One finding of the compiler, as data; rendering is somebody else's work. */
export interface Diagnostic {
  /** Stable code such as `FUS0301`; see appendix A of the language reference. */
  readonly code: string;
  readonly severity: Severity;
  readonly stage: Stage;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly RelatedSpan[];
  readonly hint?: string;
  readonly fix?: Fix;
}

/**
 * Collects the diagnostics of one compilation in the order in which they are found. `stage` is noted in each of them, unless a report names another.
 *
 * @example
 * const bag = new DiagnosticBag("lex");
 * const tokens = tokenize(makeSource("plugin.fsx", text), bag);
 * if (bag.hasErrors) for (const item of bag.items) console.error(formatDiagnostic(item));
 */
export class DiagnosticBag {
  readonly #items: Diagnostic[] = [];

  constructor(readonly stage: Stage) {}

  report(
    severity: Severity,
    code: string,
    span: Span,
    message: string,
    more: { hint?: string; related?: readonly RelatedSpan[]; fix?: Fix; stage?: Stage } = {},
  ): void {
    this.#items.push({
      code,
      severity,
      stage: more.stage ?? this.stage,
      message,
      span,
      related: more.related ?? [],
      ...(more.hint === undefined ? {} : { hint: more.hint }),
      ...(more.fix === undefined ? {} : { fix: more.fix }),
    });
  }

  error(code: string, span: Span, message: string, hint?: string): void {
    this.report("error", code, span, message, hint === undefined ? {} : { hint });
  }

  warning(code: string, span: Span, message: string, hint?: string): void {
    this.report("warning", code, span, message, hint === undefined ? {} : { hint });
  }

  info(code: string, span: Span, message: string, hint?: string): void {
    this.report("info", code, span, message, hint === undefined ? {} : { hint });
  }

  get items(): readonly Diagnostic[] {
    return this.#items;
  }

  get hasErrors(): boolean {
    return this.#items.some((item) => item.severity === "error");
  }
}
