import { type Diagnostic, DiagnosticBag } from "../diagnostics/diagnostic.js";
import { layout } from "../layout/layout.js";
import { tokenize } from "../lexer/lexer.js";
import type { LexerOptions } from "../lexer/scanner.js";
import type { Source } from "../source/source.js";
import type { LongName, Script } from "../syntax/ast.js";
import { Cursor, type Grammar } from "./cursor.js";
import { parseDeclaration, parseDeclarations } from "./declarations.js";
import { parseExpression } from "./expressions.js";
import { parseBlock, parseItems } from "./items.js";

const GRAMMAR: Grammar = {
  expression: parseExpression,
  block: parseBlock,
  items: parseItems,
  declaration: (c) => parseDeclaration(c, undefined),
};

/** A script as a syntax tree, and what is wrong with its text. */
export interface ParseResult {
  /** Always a whole tree: what could not be read is an `error` node in it. */
  readonly script: Script;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Text to syntax tree: lexer, layout filter and parser. Never throws, whatever the text is.
 *
 * @example
 * const { script, diagnostics } = parse(makeSource("plugin.fsx", "let x = 1"));
 * console.log(printSyntax(script), diagnostics.length); // "(let (bind x 1))", 0
 */
export function parse(source: Source, options: LexerOptions = {}): ParseResult {
  const lexical = new DiagnosticBag("lex");
  const tokens = tokenize(source, lexical, options);
  const syntactic = new DiagnosticBag("parse");
  const filtered = layout(source, tokens, syntactic);
  const cursor = new Cursor(source, filtered, syntactic, tokens.truncated, GRAMMAR);
  let moduleName: LongName | undefined;
  const items = parseDeclarations(cursor, (name) => {
    moduleName = name;
  });
  const script: Script = {
    source,
    moduleName,
    items,
    suppressed: tokens.suppressed,
    span: { source, start: 0, end: source.text.length },
  };
  const diagnostics = [...lexical.items, ...syntactic.items].sort((a, b) => a.span.start - b.span.start);
  return { script, diagnostics };
}
