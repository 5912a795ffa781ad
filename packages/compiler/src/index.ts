// The compiler
export { type CheckResult, check, type FileRange } from "./check.js";
export { type CompileResult, type CompileStats, compile, type ExportedName } from "./compile.js";
export type { Completion } from "./completion.js";
// Diagnostics
export {
  type Diagnostic,
  DiagnosticBag,
  type Fix,
  type RelatedSpan,
  type Severity,
  type Stage,
} from "./diagnostics/diagnostic.js";
export { type FormatOptions, formatDiagnostic } from "./diagnostics/format.js";
export { type DiagnosticJson, diagnosticToJson, type SpanJson } from "./diagnostics/json.js";
export { CompilerBug } from "./errors.js";
// Single stages, for tools
export { layout } from "./layout/layout.js";
export { tokenize } from "./lexer/lexer.js";
export type { LexerOptions } from "./lexer/scanner.js";
export type { CompileOptions } from "./options.js";
export { type ParseResult, parse } from "./parser/parser.js";
export { makeSource, type Position, positionAt, type Source, type Span } from "./source/source.js";
