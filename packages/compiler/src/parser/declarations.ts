import { isQuoted } from "../lexer/token.js";
import type { Span } from "../source/source.js";
import type {
  Attribute,
  CaseField,
  Declaration,
  ExceptionDecl,
  Expr,
  LetItem,
  LongName,
  ModuleAbbreviationDecl,
  ModuleDecl,
  Name,
  Pattern,
} from "../syntax/ast.js";
import { parseAccess, parseAttributes } from "./attributes.js";
import { letIn, warnOfComparison } from "./block-node.js";
import { type Cursor, DepthUnwind, END_OF_ITEM, SyntaxUnwind } from "./cursor.js";
import { parseOperators } from "./expressions.js";
import { errorItem, parseItem } from "./items.js";
import { parseCaseFields, parseTypes } from "./type-definitions.js";
import { parseLongName, parseName } from "./types.js";

/** Declarations and items up to the end of the file or module. Broken ones are reported and become `error` expressions. */
export function parseDeclarations(c: Cursor, onNamed?: (name: LongName) => void): Declaration[] {
  const declarations: Declaration[] = [];
  for (c.skipSeparators(); !c.atBlockEnd(); c.skipSeparators()) {
    const bookmark = c.bookmark();
    const { start } = c.token;
    const name = boundName(c);
    const last = declarations[declarations.length - 1];
    if (last?.kind === "expr") warnOfComparison(c, last.expr);
    c.itemLine = c.token.line;
    try {
      const declaration = parseDeclaration(c, declarations.length === 0 ? onNamed : undefined);
      declarations.push(...c.misplaced.splice(0));
      if (declaration !== undefined) declarations.push(declaration);
    } catch (error) {
      if (!(error instanceof SyntaxUnwind) && !(error instanceof DepthUnwind)) throw error;
      c.recover(bookmark);
      const broken = errorItem(c, start);
      declarations.push(name === undefined ? broken : brokenBinding(name, broken.span));
      continue;
    }
    if (!c.atItemEnd()) {
      c.complain(END_OF_ITEM);
      c.recover(bookmark);
    }
  }
  return declarations;
}

/** The name that a `let` at this place binds, whatever comes behind it. */
function boundName(c: Cursor): Name | undefined {
  if (!c.at("let")) return undefined;
  let at = 1;
  while (BEFORE_A_NAME.has(c.peek(at).text)) at++;
  const token = c.peek(at);
  return token.kind === "name" && /^[\p{Ll}_]/u.test(token.text) ? c.nameOf(token) : undefined;
}

const BEFORE_A_NAME: ReadonlySet<string> = new Set([
  "rec",
  "mutable",
  "inline",
  "private",
  "internal",
  "public",
]);

/** What is left of a `let` that could not be read: its name, so that the uses of it are no mistakes. */
function brokenBinding(name: Name, span: Span): LetItem {
  const body: Expr = { kind: "error", span };
  const pattern: Pattern = { kind: "name", span: name.span, name: { parts: [name], span: name.span } };
  const head = { kind: "pattern", pattern, mutable: true } as const;
  const rest = { type: undefined, inline: false, access: undefined, attributes: [] };
  const bindings = [{ head, body, ...rest, span }];
  return { kind: "let", word: "let", bang: false, recursive: false, bindings, attributes: [], span };
}

/** One declaration; nothing for what is accepted and has no meaning. */
export function parseDeclaration(
  c: Cursor,
  onNamed: ((name: LongName) => void) | undefined,
): Declaration | undefined {
  const { token } = c;
  const { start } = token;
  const attributes = c.at("[<") ? parseAttributes(c) : [];
  switch (c.token.word) {
    case "open":
      c.advance();
      c.eat("type");
      return { kind: "open", name: parseLongName(c, "the name of a module"), span: c.spanFrom(start) };
    case "module":
      return parseModule(c, start, attributes, onNamed);
    case "type":
      return parseTypes(c, start, attributes);
    case "exception":
      return parseException(c, start);
    case "#load": {
      const { value } = c.advance();
      return { kind: "load", span: c.spanFrom(start), paths: value?.type === "load" ? value.paths : [] };
    }
  }
  if (
    c.token.kind === "name" &&
    c.token.text === "namespace" &&
    c.peek(1).kind === "name" &&
    !isQuoted(c.token)
  ) {
    c.bag.info("FUS0194", c.spanOf(c.advance()), "'namespace' is ignored", "Use 'module'");
    c.eat("rec");
    parseLongName(c, "a name");
    return undefined;
  }
  if (attributes.length > 0 && c.atItemEnd()) return c.fail("a declaration");
  const item = parseAttributedItem(c, attributes);
  if (item.kind !== "let" || !c.eat("in")) return item;
  const height = c.height;
  const body = c.grammar.block(c, "in");
  const expr = parseOperators(c, letIn(c, item, height, body));
  return { kind: "expr", span: expr.span, expr, explicitDo: false };
}

function parseAttributedItem(c: Cursor, attributes: readonly Attribute[]): ReturnType<typeof parseItem> {
  const item = parseItem(c);
  if (item.kind !== "let" || attributes.length === 0) return item;
  const [first, ...others] = item.bindings;
  if (first === undefined) return item;
  return {
    ...item,
    attributes,
    bindings: [{ ...first, attributes: [...attributes, ...first.attributes] }, ...others],
  };
}

function parseModule(
  c: Cursor,
  start: number,
  attributes: readonly Attribute[],
  onNamed: ((name: LongName) => void) | undefined,
): ModuleDecl | ModuleAbbreviationDecl | undefined {
  c.advance();
  let access = parseAccess(c);
  const recursive = c.eat("rec");
  access ??= parseAccess(c);
  const name = parseLongName(c, "the name of a module");
  if (!c.at("=")) {
    if (onNamed === undefined || !c.atItemEnd()) return c.fail("'='");
    onNamed(name);
    return undefined;
  }
  c.advance();
  c.expectKind("begin", "the items of the module");
  const target = parseAbbreviated(c);
  const [first] = name.parts;
  if (target !== undefined && first !== undefined && name.parts.length === 1) {
    c.advance();
    return { kind: "module-abbreviation", span: c.spanFrom(start), name: first, target };
  }
  c.enter();
  const items = parseDeclarations(c);
  if (items.length === 0) c.missingBlock("=");
  c.leave();
  if (c.is("end")) c.advance();
  return { kind: "module", span: c.spanFrom(start), name, recursive, access, attributes, items };
}

/** `A.B` as all there is behind the `=` of a module: names of modules start with a capital, so nothing else can be meant. */
function parseAbbreviated(c: Cursor): LongName | undefined {
  const mark = c.mark();
  if (c.token.kind === "name") {
    const name = parseLongName(c, "the name of a module");
    if (c.is("end") && name.parts.every((part) => /^\p{Lu}/u.test(part.text))) return name;
  }
  c.reset(mark);
  return undefined;
}

function parseException(c: Cursor, start: number): ExceptionDecl {
  c.advance();
  const name = parseName(c, "the name of an exception");
  const fields: CaseField[] = c.eat("of") ? parseCaseFields(c) : [];
  return { kind: "exception", span: c.spanFrom(start), name, fields };
}
