import type { AbsentFeature } from "../diagnostics/absent-features.js";
import { isQuoted, type Token, TYPE_CLOSE } from "../lexer/token.js";
import type {
  Attribute,
  CaseField,
  Item,
  MemberDefinition,
  Name,
  Pattern,
  RecordField,
  TypeBody,
  TypeDefinition,
  TypeExpr,
  TypesDecl,
  UnionCase,
} from "../syntax/ast.js";
import { parseAccess, parseAttributes, parseInline, skipBalanced } from "./attributes.js";
import { type Cursor, SyntaxUnwind } from "./cursor.js";
import { parseItem } from "./items.js";
import { isOperatorName, parseAtomicPattern, parseAtomicPatterns } from "./patterns.js";
import {
  atTypeArguments,
  closeBlock,
  parseAppType,
  parseConstraints,
  parseLongName,
  parseName,
  parseType,
} from "./types.js";

/** `"type" tdef { "and" tdef }`. */
export function parseTypes(c: Cursor, start: number, attributes: readonly Attribute[]): TypesDecl {
  const definitions: TypeDefinition[] = [];
  let own = attributes;
  do {
    c.advance();
    const inner = parseAttributes(c);
    definitions.push(parseDefinition(c, [...own, ...inner]));
    own = [];
  } while (c.at("and"));
  return { kind: "types", span: c.spanFrom(start), definitions };
}

function parseDefinition(c: Cursor, attributes: readonly Attribute[]): TypeDefinition {
  const { start } = c.token;
  const access = parseAccess(c);
  const before = parsePrefixParameters(c);
  const name = parseName(c, "the name of a type");
  const params = [...before, ...parseTypeParameters(c)];
  const primary = c.at("(") ? parsePrimaryConstructor(c) : undefined;
  if (c.at("as")) return c.absent("self-identifier of a class");
  if ((c.at("with") && primary === undefined) || c.at(".")) return c.absent("type extension");
  if (c.atItemEnd() && attributes.some(isMeasure)) return c.absent("unit of measure", c.previous());
  c.expect("=");
  c.expectKind("begin", "a type");
  if (c.is("end")) {
    c.missingBlock("=");
    c.unwind();
  }
  c.enter();
  const body: TypeBody =
    primary === undefined
      ? parseBody(c)
      : { kind: "class", params: primary, bindings: parseClassBindings(c) };
  if (body.kind === "provider") warnOfProvider(c, body.name, name);
  const members = parseMembers(c);
  c.leave();
  c.expectKind("end", "a member or the end of the type");
  if (c.eat("with")) {
    c.expectKind("begin", "members");
    members.push(...parseMembers(c));
    if (members.length === 0) c.missingBlock("with");
    c.expectKind("end", "a member or the end of the type");
  }
  return { name, params, access, attributes, body, members, span: c.spanFrom(start) };
}

function warnOfProvider(c: Cursor, provider: { readonly parts: readonly Name[] }, type: Name): void {
  const text = provider.parts.map((part) => part.text).join(".");
  c.bag.warning(
    "FUS0195",
    type.span,
    `Type provider '${text}' is not available; '${type.text}' cannot be used`,
    "Remove the declaration",
  );
}

function isMeasure({ name }: Attribute): boolean {
  return name.parts.at(-1)?.text === "Measure";
}

// -------------------------------------------------------------------------------------------------------------- parameters

/** `'a T` and `('a, 'b) T`: parameters before the name. */
function parsePrefixParameters(c: Cursor): Name[] {
  if (c.token.kind === "type-variable") return [c.nameOf(c.advance())];
  return c.at("(") ? parseParameterList(c) : [];
}

/** `<'a, 'b>`, `'a` or `('a, 'b)` behind the name. */
function parseTypeParameters(c: Cursor): Name[] {
  if (c.token.kind === "type-variable") return [c.nameOf(c.advance())];
  if (c.at("(") && c.peek(2).kind === "type-variable") return parseParameterList(c);
  if (!atTypeArguments(c)) return [];
  c.advance();
  const params = parseVariables(c);
  if (c.at("when")) parseConstraints(c);
  if (!c.at(TYPE_CLOSE) && !c.at(">")) c.fail("'>'");
  c.advance();
  return params;
}

function parseParameterList(c: Cursor): Name[] {
  c.advance();
  c.advance();
  const params = parseVariables(c);
  closeBlock(c, ")");
  return params;
}

function parseVariables(c: Cursor): Name[] {
  const params: Name[] = [];
  do {
    if (c.at("[<")) return c.absent("unit of measure");
    if (c.token.kind !== "type-variable") c.fail("a type variable such as 'a");
    params.push(c.nameOf(c.advance()));
  } while (c.eat(","));
  return params;
}

/** `(a, b)` behind the name of a class; the components of the tuple. */
function parsePrimaryConstructor(c: Cursor): Pattern[] {
  const pattern = parseAtomicPattern(c);
  if (pattern.kind === "unit") return [];
  const inner = pattern.kind === "paren" ? pattern.inner : pattern;
  return inner.kind === "tuple" ? [...inner.items] : [inner];
}

// ------------------------------------------------------------------------------------------------------------------- bodies

const FOREIGN_BODIES: ReadonlyMap<string, AbsentFeature> = new Map([
  ["class", "'class ... end'"],
  ["struct", "struct"],
  ["interface", "interface"],
  ["delegate", "delegate"],
]);

function parseBody(c: Cursor): TypeBody {
  parseAccess(c);
  const { token } = c;
  if (token.word === "{") return { kind: "record", fields: parseRecordFields(c) };
  if (token.kind === "name" && !isQuoted(token)) {
    const foreign = FOREIGN_BODIES.get(token.text);
    const next = c.peek(1);
    if (foreign !== undefined && (next.kind === "begin" || next.word === "of")) return c.absent(foreign);
    if (isMemberStart(token) && next.kind === "name") return startsWithMember(c);
  }
  if (isUnion(c)) return { kind: "union", cases: parseCases(c) };
  const provider = parseProvider(c);
  if (provider !== undefined) return provider;
  return { kind: "abbreviation", type: parseType(c) };
}

/** `type T = abstract M: …` and the like: a type made of members only. */
function startsWithMember(c: Cursor): never {
  return c.absent(
    c.token.text === "member" || c.token.text === "static" ? "class without constructor" : "interface",
  );
}

function isUnion(c: Cursor): boolean {
  if (c.at("|") || c.at("[<")) return true;
  if (c.token.kind !== "name") return false;
  const next = c.peek(1);
  // `A = 1` is a case of an enumeration, which is refused as such.
  return next.word === "of" || next.word === "|" || next.word === "=";
}

/** `long "<" string ">"`. */
function parseProvider(c: Cursor): TypeBody | undefined {
  if (c.token.kind !== "name") return undefined;
  const mark = c.mark();
  const name = parseLongName(c, "a type");
  if (!atTypeArguments(c) || c.peek(1).kind !== "string") {
    c.reset(mark);
    return undefined;
  }
  while (!c.atItemEnd() && !c.at(TYPE_CLOSE) && !c.at(">")) skipBalanced(c);
  c.advance();
  return { kind: "provider", name };
}

function parseRecordFields(c: Cursor): RecordField[] {
  c.advance();
  c.advance();
  const fields: RecordField[] = [];
  for (c.skipSeparators(); !c.atBlockEnd(); c.skipSeparators()) {
    const bookmark = c.bookmark();
    try {
      parseAttributes(c);
      const mutable = c.eat("mutable");
      const label = parseName(c, "a label");
      c.expect(":");
      fields.push({ label, type: parseType(c), mutable });
      if (!c.atItemEnd())
        c.fail("';', a new line or '}'", c.at(",") ? "Write `;` between the fields, not `,`" : undefined);
    } catch (error) {
      if (!(error instanceof SyntaxUnwind)) throw error;
      c.recover(bookmark);
    }
  }
  closeBlock(c, "}");
  return fields;
}

/** `[ "|" ] case { "|" case }`. */
function parseCases(c: Cursor): UnionCase[] {
  const cases: UnionCase[] = [];
  c.eat("|");
  do {
    const bookmark = c.bookmark();
    try {
      cases.push(parseCase(c));
    } catch (error) {
      if (!(error instanceof SyntaxUnwind)) throw error;
      c.recover(bookmark, "|");
    }
  } while (c.eat("|"));
  return cases;
}

function parseCase(c: Cursor): UnionCase {
  parseAttributes(c);
  const name = parseName(c, "the name of a case");
  if (!/^[\p{Lu}\p{Lt}]/u.test(name.text)) {
    c.bag.error("FUS0117", name.span, "Union cases start with an upper-case letter", `Rename '${name.text}'`);
  }
  if (c.at("=")) return c.absent("enumeration");
  if (c.at(":")) return c.absent("case with a signature");
  return { name, fields: c.eat("of") ? parseCaseFields(c) : [] };
}

/** `field1 { "*" field1 }` behind `of`. */
export function parseCaseFields(c: Cursor): CaseField[] {
  const fields: CaseField[] = [];
  do {
    const label = c.token.kind === "name" && c.peek(1).word === ":" ? c.nameOf(c.advance()) : undefined;
    if (label !== undefined) c.advance();
    fields.push({ label, type: parseAppType(c) });
  } while (c.eat("*"));
  return fields;
}

function parseClassBindings(c: Cursor): Item[] {
  const bindings: Item[] = [];
  for (;;) {
    c.skipSeparators();
    if (c.atBlockEnd() || isMemberStart(c.token) || c.at("[<")) return bindings;
    if (!c.at("let") && !c.at("do")) c.fail("a binding or a member");
    const bookmark = c.bookmark();
    try {
      bindings.push(parseItem(c));
      if (!c.atItemEnd() && !isMemberStart(c.token)) c.fail("a new line");
    } catch (error) {
      if (!(error instanceof SyntaxUnwind)) throw error;
      c.recover(bookmark);
    }
  }
}

// ------------------------------------------------------------------------------------------------------------------ members

const MEMBER_WORDS = new Set([
  "member",
  "static",
  "override",
  "abstract",
  "default",
  "val",
  "new",
  "interface",
  "inherit",
]);

/** Kinds of members that F# has and Fusabi has not. */
const FOREIGN_MEMBERS: ReadonlyMap<string, AbsentFeature> = new Map([
  ["override", "override"],
  ["abstract", "abstract member"],
  ["default", "overridable member"],
  ["val", "explicit field"],
  ["new", "explicit constructor"],
  ["interface", "interface"],
  ["inherit", "inheritance"],
]);

function isMemberStart(token: Token): boolean {
  return token.kind === "name" && MEMBER_WORDS.has(token.text) && !isQuoted(token);
}

function parseMembers(c: Cursor): MemberDefinition[] {
  const members: MemberDefinition[] = [];
  for (;;) {
    c.skipSeparators();
    if (!isMemberStart(c.token) && !c.at("[<")) return members;
    const bookmark = c.bookmark();
    c.itemLine = c.token.line;
    try {
      members.push(...parseMember(c));
    } catch (error) {
      if (!(error instanceof SyntaxUnwind)) throw error;
      skipMember(c, bookmark.depth);
      c.recover({ ...bookmark, depth: c.depth });
    }
  }
}

/** After an error: to the next member, or to the end of this one. */
function skipMember(c: Cursor, depth: number): void {
  while (
    c.token.kind !== "eof" &&
    !(c.depth === depth && (c.atItemEnd() || (c.token.bol && isMemberStart(c.token))))
  ) {
    if (c.depth < depth) return;
    c.advance();
  }
}

function parseMember(c: Cursor): readonly MemberDefinition[] {
  const { start } = c.token;
  const attributes = parseAttributes(c);
  const isStatic = c.token.text === "static";
  const foreign = FOREIGN_MEMBERS.get(c.token.text);
  if (foreign !== undefined) {
    // The word is passed, so that the recovery moves.
    c.absent(foreign, c.advance());
  }
  if (isStatic) c.advance();
  const word = c.token;
  if (word.kind !== "name" || word.text !== "member") {
    if (isStatic) return c.absent("static binding");
    c.fail("'member'");
  }
  c.advance();
  const { token } = c;
  if (token.kind === "name" && token.text === "val" && c.peek(1).kind === "name")
    return c.absent("'member val'");
  parseInline(c);
  const access = parseAccess(c);
  parseInline(c);
  let self: Name | undefined;
  if ((c.token.kind === "name" || c.at("_")) && c.peek(1).word === ".") {
    if (isStatic) c.fail("the name of the member, without a self-identifier");
    self = c.nameOf(c.advance());
    c.advance();
  } else if (!isStatic) {
    // An instance member needs a name for the instance.
    c.complain("'self.' before the name of the member");
  }
  const isOperator = c.at("(") && isOperatorName(c.peek(2)) && c.peek(3).kind === "end";
  const name = isOperator ? parseOperator(c) : parseName(c, "the name of the member");
  const params = parseAtomicPatterns(c);
  let { height } = c;
  if (isOperator && (!isStatic || params.length !== 1)) {
    c.bag.error(
      "FUS0124",
      name.span,
      "Bad operator definition",
      "Write `static member (op) (a, b) = ...`, or `static member (~-) a = ...`",
    );
  }
  let type: TypeExpr | undefined;
  if (c.eat(":")) {
    type = parseType(c);
    height = Math.max(height, c.height);
  }
  const head = { isStatic, self, name, access, attributes };
  if (c.at("with") && params.length === 0 && !isOperator) return parseAccessors(c, head, type);
  c.expect("=");
  const body = c.grammar.block(c, "=");
  c.height = Math.max(height, c.height);
  return [{ ...head, isSetter: false, params, type, body, span: c.spanFrom(start) }];
}

/** `with get () = e and set v = e`, also with an index: `with get i = e and set i v = e`. */
function parseAccessors(
  c: Cursor,
  head: Pick<MemberDefinition, "isStatic" | "self" | "name" | "access" | "attributes">,
  type: TypeExpr | undefined,
): readonly MemberDefinition[] {
  const accessors: MemberDefinition[] = [];
  let height = 0;
  do {
    c.advance();
    parseInline(c);
    const { start, text } = c.token;
    if (c.token.kind !== "name" || (text !== "get" && text !== "set")) c.fail("'get' or 'set'");
    c.advance();
    const params = parseAtomicPatterns(c);
    height = Math.max(height, c.height);
    const isSetter = text === "set";
    if (isSetter && params.length === 0) c.fail("a parameter for the new value");
    const own = c.eat(":") ? parseType(c) : undefined;
    c.expect("=");
    const body = c.grammar.block(c, "=");
    height = Math.max(height, c.height);
    accessors.push({
      ...head,
      isSetter,
      params: !isSetter && params[0]?.kind === "unit" ? [] : params,
      type: isSetter ? own : (own ?? type),
      body,
      span: c.spanFrom(start),
    });
  } while (c.at("and"));
  c.height = height;
  return accessors;
}

/** `(op)`. */
function parseOperator(c: Cursor): Name {
  c.advance();
  c.advance();
  const name = c.nameOf(c.advance());
  closeBlock(c, ")");
  return name;
}
