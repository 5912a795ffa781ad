import { type Analysis, analyse } from "./analysis.js";
import { generateModule } from "./codegen/module.js";
import { type CompileResult, describeModule, NOTHING, type Offer } from "./compile.js";
import { type Completion, completionsAt } from "./completion.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { TooLargeError } from "./errors.js";
import { lowerProgram } from "./lower/program.js";
import type { CompileOptions } from "./options.js";
import { offsetAt, type Position, positionAt, type Source } from "./source/source.js";
import { definitionAt, typeAt } from "./typed/lookup.js";

/**
 * A range of a file; lines and columns from 1, columns in code points, `end` behind the last character.
 *
 * @example
 * check("let a = 1\nlet b = a").definitionAt(2, 9)?.start; // { line: 1, column: 5 }
 */
export interface FileRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** What {@link check} finds out. Lines and columns count from 1, columns in code points. */
export interface CheckResult {
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Empty while there are errors. */
  readonly exports: CompileResult["exports"];
  /** Capabilities of all that the program can call; empty while there are errors. */
  readonly capabilities: readonly string[];
  /** Of these, what the top level can reach when the program is loaded. */
  readonly loadCapabilities: readonly string[];
  /** Type of the smallest expression or pattern at a place, as text. */
  typeAt(line: number, column: number): { readonly range: FileRange; readonly type: string } | undefined;
  /** Where the name at a place is declared. */
  definitionAt(line: number, column: number): FileRange | undefined;
  /** Names that may stand at a place, as far as it is written. */
  completionsAt(line: number, column: number): readonly Completion[];
}

/**
 * Checks a script for editors and tools: everything that {@link compile} reports, and what stands where. Works on broken text.
 *
 * @throws CompilerBug when the compiler contradicts itself.
 * @example
 * check("let double x = x * 2").typeAt(1, 5)?.type; // "'a -> 'a when 'a : (*)"
 */
export function check(source: string, options: CompileOptions = {}): CheckResult {
  const analysis = analyse(source, options);
  const { program, script } = analysis;
  return {
    diagnostics: analysis.diagnostics,
    ...offer(analysis, options),
    typeAt: (line, column) => {
      const found = typeAt(program, script.source, offsetAt(script.source, line, column));
      return found === undefined ? undefined : { range: rangeOf(found.span), type: found.type };
    },
    definitionAt: (line, column) => {
      const span = definitionAt(program, script.source, offsetAt(script.source, line, column));
      return span === undefined ? undefined : rangeOf(span);
    },
    completionsAt: (line, column) =>
      completionsAt(script.source, offsetAt(script.source, line, column), options),
  };
}

function offer(analysis: Analysis, options: CompileOptions): Offer {
  if (analysis.hasErrors) return NOTHING;
  try {
    return describeModule(generateModule(lowerProgram(analysis.program, options.hostModules ?? [])));
  } catch (error) {
    if (error instanceof TooLargeError) return NOTHING;
    throw error;
  }
}

function rangeOf({
  source,
  start,
  end,
}: {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}): FileRange {
  return { file: source.name, start: positionAt(source, start), end: positionAt(source, end) };
}
