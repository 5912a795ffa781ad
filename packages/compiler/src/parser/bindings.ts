import { reportAbsent } from "../diagnostics/absent-features.js";
import { appended } from "../short-list.js";
import type { Attribute, Binding, Expr, LetItem, Name, Pattern, TypeExpr } from "../syntax/ast.js";
import { parseAccess, parseAttributes, parseInline } from "./attributes.js";
import { requireComputation } from "./control.js";
import type { Cursor } from "./cursor.js";
import { isOperatorName, parseAtomicPatterns, parsePattern, startsAtomicPattern } from "./patterns.js";
import { atTypeArguments, closeBlock, parseType, parseTypeArguments } from "./types.js";

/** `( "let" | "use" ) [ "rec" ] bind { "and" bind }`, without the `in`. */
export function parseLet(c: Cursor, attributes: readonly Attribute[]): LetItem {
  const word = c.advance();
  const bang = word.word.endsWith("!");
  if (bang) requireComputation(c, word.word, word.start);
  if (word.word === "use" && c.token.kind === "name" && c.peek(1).word === "::")
    c.foreign(word, "`open Module`");
  const recursive = c.eat("rec");
  let bindings: Binding[] = [];
  let height = 0;
  for (;;) {
    const own = parseAttributes(c);
    const binding = parseBinding(c, bindings.length === 0 ? [...attributes, ...own] : own);
    height = Math.max(height, c.height);
    bindings = appended(bindings, binding);
    if (recursive) requireFunction(c, binding);
    if (c.at("and!")) c.absent("'and!'");
    if (!c.at("and")) break;
    const and = c.advance();
    if (!recursive && !and.bol && binding.head.kind !== "function") c.foreign(and, "`a && b`");
    if (!recursive && bindings.length === 1) {
      c.bag.report("error", "FUS0116", c.spanOf(word), "'and' without 'rec'", {
        hint: "Write 'let rec', or separate bindings",
        related: [{ span: c.spanOf(and), message: "The 'and'" }],
      });
    }
  }
  c.built(height);
  return {
    kind: "let",
    span: c.spanFrom(word.start),
    word: word.word.startsWith("use") ? "use" : "let",
    bang,
    recursive,
    bindings,
    attributes,
  };
}

function requireFunction(c: Cursor, binding: Binding): void {
  if (binding.head.kind === "function" || isLambda(binding.body)) return;
  c.bag.error(
    "FUS0115",
    binding.head.pattern.span,
    "'let rec' must bind functions",
    "Add a parameter, or drop 'rec'",
  );
}

function isLambda(body: Expr): boolean {
  switch (body.kind) {
    case "lambda":
    case "function":
    case "error":
      return true;
    case "paren":
      return isLambda(body.inner);
    case "annotate":
      return isLambda(body.expr);
    default:
      return false;
  }
}

/** `{ "mutable" | "inline" | access } head [ ":" type ] "=" block`. */
function parseBinding(c: Cursor, attributes: readonly Attribute[]): Binding {
  const { start } = c.token;
  let mutable = false;
  let inline = false;
  let access: Binding["access"];
  for (;;) {
    if (c.eat("mutable")) mutable = true;
    else if (parseInline(c)) inline = true;
    else {
      const found = parseAccess(c);
      if (found === undefined) break;
      access = found;
    }
  }
  const head = parseHead(c, mutable);
  let height = c.height;
  let type: TypeExpr | undefined;
  if (c.eat(":")) {
    type = parseType(c);
    height = Math.max(height, c.height);
  }
  const rest = { type, inline, access, attributes };
  if (!c.at("=") && c.atItemEnd()) {
    // What the head declares is known all the same.
    c.complain(
      "'='",
      type === undefined ? undefined : "A type stands with its value: `let name: type = value`",
    );
    c.height = height;
    const span = c.spanFrom(start);
    return { head, ...rest, body: { kind: "error", span: { ...span, start: span.end } }, span };
  }
  c.expect("=");
  const outer = c.surround("plain", head.kind === "function" ? false : c.inLoop);
  const body = suppliedBody(head, c.grammar.block(c, "="));
  c.restore(outer);
  c.height = Math.max(height, c.height);
  return { head, ...rest, body, span: c.spanFrom(start) };
}

function parseHead(c: Cursor, mutable: boolean): Binding["head"] {
  const { token } = c;
  const named = parseFunctionHead(c);
  if (named !== undefined) {
    if (mutable) needsSingleName(c, named.name.span);
    const { name, params } = named;
    if (name.text === "struct" && params.length === 1 && params[0]?.kind === "paren") {
      reportAbsent(c.bag, name.span, "struct tuple");
    }
    return named;
  }
  if (token.kind === "operator" && !startsAtomicPattern(token)) {
    c.bag.error("FUS0124", c.spanOf(token), "Bad operator definition", "Write `let (op) a b = ...`");
    c.unwind();
  }
  const pattern = parsePattern(c);
  if (mutable && !bindsNamesOnly(pattern)) needsSingleName(c, pattern.span);
  return { kind: "pattern", pattern, mutable };
}

function needsSingleName(c: Cursor, span: Binding["span"]): void {
  c.bag.error("FUS0125", span, "'mutable' needs a single name", "Patterns cannot be mutable");
}

/** Names, and tuples of them: as in F#, `let mutable x, y = 1, 2` makes two variables. */
function bindsNamesOnly(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "name":
      return pattern.name.parts.length === 1;
    case "wildcard":
    case "error":
      return true;
    case "tuple":
      return pattern.items.every(bindsNamesOnly);
    case "paren":
      return bindsNamesOnly(pattern.inner);
    case "annotate":
      return bindsNamesOnly(pattern.pattern);
    default:
      return false;
  }
}

type FunctionHead = Extract<Binding["head"], { kind: "function" }>;

/** A name with parameters. If it turns out to be a pattern, such as `Some x, y`, nothing has been read. */
function parseFunctionHead(c: Cursor): FunctionHead | undefined {
  const mark = c.mark();
  let name: Name;
  let active: FunctionHead["active"];
  if (c.token.kind === "name") {
    const next = c.peek(1);
    if (!startsAtomicPattern(next) && !(next.glued && (next.word === "<" || next.kind === "symbol")))
      return undefined;
    name = c.nameOf(c.advance());
    if (atTypeArguments(c)) parseTypeArguments(c);
  } else if (c.at("(") && isOperatorName(c.peek(2)) && c.peek(3).kind === "end") {
    c.advance();
    c.advance();
    name = c.nameOf(c.advance());
    closeBlock(c, ")");
  } else if (c.at("(") && c.peek(2).word === "|") {
    const found = parseActiveName(c);
    ({ name, active } = found);
  } else return undefined;
  const params = parseAtomicPatterns(c);
  if (active !== undefined && params.length === 0) params.push(suppliedInput(name));
  if (params.length === 0 || PATTERN_GOES_ON.has(c.token.word)) {
    c.reset(mark);
    return undefined;
  }
  return { kind: "function", name, params, active };
}

/** The parameter of an active pattern whose definition is a function value: `let (|Head|_|) = function …`. */
function suppliedInput({ span }: Name): Pattern {
  return { kind: "name", name: { parts: [{ text: SUPPLIED, span }], span }, span };
}

/** No source text has this name. */
const SUPPLIED = "\u0000input";

/** The body of a definition: what a parameter was supplied for is applied to it. */
function suppliedBody(head: Binding["head"], body: Expr): Expr {
  const only = head.kind === "function" && head.params.length === 1 ? head.params[0] : undefined;
  const name = only?.kind === "name" ? only.name.parts[0] : undefined;
  if (name?.text !== SUPPLIED) return body;
  const { span } = body;
  return { kind: "apply", callee: body, args: [{ kind: "name", name, span }], adjacent: false, span };
}

/** What shows that `Case p` was the start of a pattern. */
const PATTERN_GOES_ON = new Set([",", "::", "|", "as", "&"]);

/** `(|Even|Odd|)` or `(|Int|_|)`. */
function parseActiveName(c: Cursor): { name: Name; active: NonNullable<FunctionHead["active"]> } {
  const { start } = c.advance();
  c.advance();
  const cases: Name[] = [];
  let partial = false;
  let text = c.advance().text;
  while (!c.is("end")) {
    if (c.at("_")) partial = true;
    else if (c.token.kind !== "name" || partial) c.fail("the name of a case");
    else cases.push(c.nameOf(c.token));
    text += c.advance().text;
    text += c.expect("|").text;
  }
  closeBlock(c, ")");
  return { name: { text, span: c.spanFrom(start) }, active: { cases, partial } };
}
