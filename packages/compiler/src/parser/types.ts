import { isQuoted, TYPE_CLOSE, TYPE_OPEN } from "../lexer/token.js";
import type { LongName, Name, TypeExpr } from "../syntax/ast.js";
import type { Cursor } from "./cursor.js";

/** Names that start the next member where they are the first of their line, and are no postfix type there. */
const MEMBER_WORDS = new Set([
  "member",
  "static",
  "override",
  "abstract",
  "default",
  "interface",
  "inherit",
  "val",
  "new",
]);

/** `name { "." name }`. */
export function parseLongName(c: Cursor, expected: string): LongName {
  const first = parseName(c, expected);
  const parts: Name[] = [first];
  while (c.at(".") && c.peek(1).kind === "name") {
    c.advance();
    parts.push(c.nameOf(c.advance()));
  }
  return { parts, span: parts.length === 1 ? first.span : c.spanFrom(first.span.start) };
}

export function parseName(c: Cursor, expected: string): Name {
  if (c.token.kind !== "name") c.fail(expected);
  return c.nameOf(c.advance());
}

/** `type = tuple_type [ "->" type ]`, right-associative, built without recursion along the arrows. */
export function parseType(c: Cursor): TypeExpr {
  c.enter();
  const steps = [parseTupleType(c)];
  const heights = [c.height];
  while (c.eat("->")) {
    steps.push(parseTupleType(c));
    heights.push(c.height);
  }
  c.leave();
  if (c.at("when") && c.peek(1).kind === "type-variable" && c.peek(2).word === ":") {
    parseConstraints(c);
  }
  let type = steps[steps.length - 1] as TypeExpr;
  let height = heights[heights.length - 1] ?? 1;
  for (let i = steps.length - 2; i >= 0; i--) {
    const parameter = steps[i] as TypeExpr;
    c.built(Math.max(height, heights[i] ?? 1));
    height = c.height;
    type = {
      kind: "function",
      span: { source: c.source, start: parameter.span.start, end: type.span.end },
      parameter,
      result: type,
    };
  }
  c.height = height;
  return type;
}

function parseTupleType(c: Cursor): TypeExpr {
  const start = c.token.start;
  const first = parseAppType(c);
  if (!c.at("*")) return first;
  const items = [first];
  let height = c.height;
  while (c.eat("*")) {
    items.push(parseAppType(c));
    height = Math.max(height, c.height);
  }
  c.built(height);
  return { kind: "tuple", span: c.spanFrom(start), items };
}

/** A type with its postfix constructors: `int list`, `int[]`. */
export function parseAppType(c: Cursor): TypeExpr {
  const start = c.token.start;
  let type = parsePrimaryType(c);
  for (;;) {
    const { token } = c;
    if (token.kind === "name" && !(token.bol && MEMBER_WORDS.has(token.text) && !isQuoted(token))) {
      const height = c.height;
      const name = parseLongName(c, "a type");
      c.built(height);
      type = { kind: "named", span: c.spanFrom(start), name, args: [type] };
    } else if (
      token.word === "[" &&
      c.peek(1).kind === "begin" &&
      c.peek(2).kind === "end" &&
      c.peek(3).word === "]"
    ) {
      const height = c.height;
      for (let i = 0; i < 4; i++) c.advance();
      c.built(height);
      const span = { source: c.source, start: token.start, end: c.lastEnd };
      type = {
        kind: "named",
        span: c.spanFrom(start),
        name: { parts: [{ text: "array", span }], span },
        args: [type],
      };
    } else return type;
  }
}

function parsePrimaryType(c: Cursor): TypeExpr {
  // `#T`, a flexible type, is `T` here: there are no subtypes.
  while (c.eat("#"));
  const { token } = c;
  const start = token.start;
  c.height = 1;
  if (token.kind === "name") {
    if (token.text === "struct" && c.peek(1).word === "(" && !isQuoted(token))
      return c.absent("struct tuple");
    const name = parseLongName(c, "a type");
    const args = atTypeArguments(c) ? parseTypeArguments(c) : [];
    return { kind: "named", span: args.length === 0 ? name.span : c.spanFrom(start), name, args };
  }
  if (token.kind === "type-variable") {
    c.advance();
    return { kind: "variable", span: c.spanOf(token), name: token.text };
  }
  switch (token.word) {
    case "_":
      c.advance();
      return { kind: "wildcard", span: c.spanOf(token) };
    case "^":
      return c.absent("statically resolved type parameter");
    case "(": {
      c.advance();
      c.advance();
      const type = parseType(c);
      closeBlock(c, ")");
      return type;
    }
    case "{|":
      return parseAnonymousRecordType(c);
  }
  return c.fail("a type");
}

/**
 * `when 'a : comparison and 'b : equality` behind a type. What a type variable must be able to do is found out from what is done with it,
 * so these two say nothing new; the other constraints of F# are about what Fusabi has not.
 */
export function parseConstraints(c: Cursor): void {
  do {
    c.advance();
    if (c.token.kind !== "type-variable") c.fail("a type variable such as 'a");
    c.advance();
    const { token } = c;
    if (token.word !== ":" || !INFERRED_CONSTRAINTS.has(c.peek(1).text))
      c.absent("type parameter constraint", token);
    c.advance();
    c.advance();
  } while (c.at("and"));
}

const INFERRED_CONSTRAINTS: ReadonlySet<string> = new Set(["comparison", "equality"]);

function parseAnonymousRecordType(c: Cursor): TypeExpr {
  const start = c.advance().start;
  c.advance();
  const fields: { label: Name; type: TypeExpr }[] = [];
  let height = 0;
  for (c.skipSeparators(); !c.atBlockEnd(); c.skipSeparators()) {
    const label = parseName(c, "a label");
    c.expect(":");
    const type = parseType(c);
    height = Math.max(height, c.height);
    fields.push({ label, type });
    if (!c.atItemEnd()) c.fail("';' or '|}'");
  }
  closeBlock(c, "|}");
  c.built(height);
  return { kind: "anonymous-record", span: c.spanFrom(start), fields };
}

/** Passes the end of a bracket's block and the closing bracket, which the layout filter has made sure of. */
export function closeBlock(c: Cursor, closer: string): void {
  c.expectKind("end", `'${closer}'`);
  c.expect(closer);
}

export function atTypeArguments(c: Cursor): boolean {
  return c.at(TYPE_OPEN) || (c.at("<") && c.token.glued);
}

/** `"<" type { "," type } ">"`. */
export function parseTypeArguments(c: Cursor): TypeExpr[] {
  c.advance();
  const types: TypeExpr[] = [];
  let height = 0;
  do {
    types.push(parseType(c));
    height = Math.max(height, c.height);
  } while (c.eat(","));
  if (c.at("when")) parseConstraints(c);
  if (!c.at(TYPE_CLOSE) && !c.at(">")) c.fail("'>'");
  c.advance();
  c.built(height);
  return types;
}
