import { disassemble } from "@fusabi/vm";
import { analyse, lexerOptions } from "../analysis.js";
import { generateModule } from "../codegen/module.js";
import { printCore } from "../core/print.js";
import { DiagnosticBag } from "../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../diagnostics/format.js";
import { layout } from "../layout/layout.js";
import { printLayout } from "../layout/print.js";
import { tokenize } from "../lexer/lexer.js";
import { printTokens } from "../lexer/print.js";
import { lowerProgram } from "../lower/program.js";
import { type CompileOptions, DEFAULT_FILE_NAME } from "../options.js";
import { printSyntax } from "../parser/print.js";
import { makeSource } from "../source/source.js";
import { printTyped } from "../typed/print.js";

/** A stage of the compiler whose output can be shown. */
export type ExplainStage = "tokens" | "layout" | "ast" | "types" | "core" | "bytecode";

/** All stages, in the order in which they run. */
export const explainStages: readonly ExplainStage[] = [
  "tokens",
  "layout",
  "ast",
  "types",
  "core",
  "bytecode",
];

/**
 * What a stage makes of a script, as text. For `core` and `bytecode` the program must compile; if it does not, the text is its errors.
 *
 * @example
 * explain("let f x = x + 1", "bytecode");
 */
export function explain(source: string, stage: ExplainStage, options: CompileOptions = {}): string {
  switch (stage) {
    case "tokens":
    case "layout": {
      const file = makeSource(options.fileName ?? DEFAULT_FILE_NAME, source);
      const bag = new DiagnosticBag("lex");
      const tokens = tokenize(file, bag, lexerOptions(options, file.name));
      return stage === "tokens" ? printTokens(tokens) : printLayout(layout(file, tokens, bag));
    }
    case "ast":
      return printSyntax(analyse(source, options).script);
    case "types":
      return printTyped(analyse(source, options).program);
    case "core":
    case "bytecode": {
      const { program, diagnostics, hasErrors } = analyse(source, options);
      if (hasErrors)
        return diagnostics
          .filter((item) => item.severity === "error")
          .map((item) => formatDiagnostic(item))
          .join("\n\n");
      const core = lowerProgram(program, options.hostModules ?? []);
      return stage === "core" ? printCore(core) : disassemble(generateModule(core));
    }
  }
}
