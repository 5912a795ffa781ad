import { isQuoted } from "../lexer/token.js";
import type { Access, Attribute } from "../syntax/ast.js";
import type { Cursor } from "./cursor.js";
import { closeBlock, parseLongName } from "./types.js";

/** Attributes that mean something here, or that need no remark. */
const KNOWN = new Set(["RequireQualifiedAccess", "Literal", "AutoOpen", "EntryPoint"]);

/** `[<A; B(args)>]`, any number of times, with the separators behind them. */
export function parseAttributes(c: Cursor): Attribute[] {
  const attributes: Attribute[] = [];
  while (c.at("[<")) {
    c.advance();
    c.advance();
    for (c.skipSeparators(); !c.atBlockEnd(); c.skipSeparators()) {
      const { start } = c.token;
      const name = parseLongName(c, "the name of an attribute");
      const bookmark = c.bookmark();
      // Arguments mean nothing to us, whatever they are.
      while (!c.atBlockEnd() && !(c.depth === bookmark.depth && c.atSeparator())) skipBalanced(c);
      const attribute: Attribute = { name, span: c.spanFrom(start) };
      attributes.push(attribute);
      const text = attributeName(attribute);
      if (!KNOWN.has(text)) c.bag.info("FUS0193", attribute.span, `Attribute '${text}' is ignored`);
    }
    closeBlock(c, ">]");
    c.skipSeparators();
  }
  return attributes;
}

/** Passes one token, or a block with everything in it. */
export function skipBalanced(c: Cursor): void {
  const { depth } = c;
  c.advance();
  while (c.depth > depth && c.token.kind !== "eof") c.advance();
}

function attributeName(attribute: Attribute): string {
  const last = attribute.name.parts[attribute.name.parts.length - 1]?.text ?? "";
  return last.endsWith("Attribute") && last !== "Attribute" ? last.slice(0, -"Attribute".length) : last;
}

const ACCESS_WORDS: ReadonlyMap<string, Access> = new Map([
  ["public", "public"],
  ["private", "private"],
  ["internal", "internal"],
]);

/** `public`, `private` or `internal` before something that it can belong to. */
export function parseAccess(c: Cursor): Access | undefined {
  if (c.token.kind !== "name" || isQuoted(c.token) || !isModifierPlace(c)) return undefined;
  const access = ACCESS_WORDS.get(c.token.text);
  if (access !== undefined) c.advance();
  return access;
}

/** `inline` before something that it can belong to. */
export function parseInline(c: Cursor): boolean {
  if (c.token.kind !== "name" || c.token.text !== "inline" || isQuoted(c.token) || !isModifierPlace(c))
    return false;
  c.advance();
  return true;
}

/** A modifier has the thing itself behind it; as a name of its own it would have a `=` or a type there. */
function isModifierPlace(c: Cursor): boolean {
  const next = c.peek(1);
  if (next.kind === "name") return true;
  return (
    next.word === "(" ||
    next.word === "_" ||
    next.word === "mutable" ||
    next.word === "rec" ||
    next.word === "{" ||
    next.word === "|"
  );
}
