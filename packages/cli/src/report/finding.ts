import type { Diagnostic } from "@fusabi/compiler";
import type { ManifestProblem } from "@fusabi/manifest";

/** A place in a text: line and column count from 1, the column in code points. Line 0: the file as a whole. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One mistake or doubt in a source, a manifest, or between the two. */
export interface Finding extends Place {
  readonly severity: "error" | "warning" | "info";
  /** Stable: `FUS0301`, or a word such as `MISSING_FIELD` for what is not the language's. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The whole text of the file, for the code frame. */
  readonly text?: string;
  /** What the compiler found, with its spans and related places. */
  readonly diagnostic?: Diagnostic;
  /** What the compiler found, rendered already by somebody who had the spans. */
  readonly rendered?: string;
}

/** The text of a source file by the name that positions give it, if it is known. */
export type SourceTexts = (file: string) => string | undefined;

export const noTexts: SourceTexts = () => undefined;

/** The place that a message of another package begins with: `FILE:LINE:COLUMN`. */
export function parsePlace(text: string | undefined): Place | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/s.exec(text ?? "") ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}

/** The finding with its file's text, if that is known. */
export function withText(finding: Finding, texts: SourceTexts): Finding {
  const text = finding.text ?? texts(finding.file);
  return text === undefined ? finding : { ...finding, text };
}

/** A problem of a manifest as a finding. */
export function manifestFinding(problem: ManifestProblem, fileName: string): Finding {
  const { severity, code, message, line = 0, column = 0 } = problem;
  return { file: fileName, line, column, severity: severity === "hint" ? "info" : severity, code, message };
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}
