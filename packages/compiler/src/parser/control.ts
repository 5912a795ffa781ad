import type { Token } from "../lexer/token.js";
import type { Expr, Name, Rule } from "../syntax/ast.js";
import { warnOfComparison } from "./block-node.js";
import { parsePlain, parseRange, rangeList } from "./brackets.js";
import { AN_EXPRESSION, type Cursor, SyntaxUnwind } from "./cursor.js";
import { parseAtomicPattern, parseAtomicPatterns, parsePattern, startsAtomicPattern } from "./patterns.js";

/** `word` is only allowed in a computation expression (FUS0120); `yield` also in a comprehension. */
export function requireComputation(c: Cursor, word: string, start: number): void {
  if (c.surroundings === "computation") return;
  if (c.surroundings === "collection" && (word === "yield" || word === "yield!")) return;
  c.bag.error(
    "FUS0120",
    { source: c.source, start, end: start + word.length },
    `'${word}' is only allowed in a computation expression`,
    word === "return" || word === "return!"
      ? `A function gives the value of its last line: leave '${word}' out; or wrap it: \`async { ... }\``
      : "Wrap it: `async { ... }`",
  );
}

export function parseIf(c: Cursor): Expr {
  const { start } = c.token;
  const branches: { condition: Expr; body: Expr }[] = [];
  let height = 0;
  do {
    const word = c.advance();
    const condition = parsePlain(c);
    height = Math.max(height, c.height);
    c.expectPartner("then", word);
    const body = c.grammar.block(c, "then");
    height = Math.max(height, c.height);
    branches.push({ condition, body });
  } while (c.at("elif"));
  let otherwise: Expr | undefined;
  if (c.eat("else")) {
    otherwise = c.grammar.block(c, "else");
    height = Math.max(height, c.height);
  }
  c.built(height);
  return { kind: "if", span: c.spanFrom(start), branches, otherwise };
}

export function parseMatch(c: Cursor): Expr {
  const word = c.advance();
  const bang = word.word === "match!";
  if (bang) requireComputation(c, "match!", word.start);
  const subject = parsePlain(c);
  const height = c.height;
  c.expect("with", `Write 'with' at the end of the line of '${word.word}'`);
  const rules = parseRules(c);
  c.built(Math.max(height, c.height));
  return { kind: "match", span: c.spanFrom(word.start), bang, subject, rules };
}

export function parseFunction(c: Cursor): Expr {
  const word = c.advance();
  const { start } = word;
  if (isForeignDefinition(c)) c.foreign(word, "`let name parameter = body`");
  const outer = c.surround("plain", false);
  const rules = parseRules(c);
  c.restore(outer);
  c.built(c.height);
  return { kind: "function", span: c.spanFrom(start), rules };
}

/** `name(`, which is no pattern: cases begin with an upper-case letter. */
function isForeignDefinition(c: Cursor): boolean {
  const next = c.peek(1);
  return c.token.kind === "name" && /^\p{Ll}/u.test(c.token.text) && next.word === "(" && next.glued;
}

export function parseLambda(c: Cursor): Expr {
  const { start } = c.advance();
  const first = parseAtomicPattern(c);
  let { height } = c;
  const params = [first, ...parseAtomicPatterns(c)];
  height = Math.max(height, c.height);
  if (c.at("=>")) foreignArrow(c, "Fusabi writes `fun x -> ...`");
  c.expect("->");
  const outer = c.surround("plain", false);
  const body = c.grammar.block(c, "->");
  c.restore(outer);
  c.built(Math.max(height, c.height));
  return { kind: "lambda", span: c.spanFrom(start), params, body };
}

export function parseTry(c: Cursor): Expr {
  const { start } = c.advance();
  const body = c.grammar.block(c, "try");
  const height = c.height;
  if (c.eat("with")) {
    const rules = parseRules(c);
    c.built(Math.max(height, c.height));
    return { kind: "try-with", span: c.spanFrom(start), body, rules };
  }
  if (!c.at("finally")) c.fail("'with' or 'finally'");
  c.advance();
  const cleanup = c.grammar.block(c, "finally");
  c.built(Math.max(height, c.height));
  return { kind: "try-finally", span: c.spanFrom(start), body, cleanup };
}

/** `[ "|" ] rule { "|" rule }`. */
function parseRules(c: Cursor): Rule[] {
  const rules: Rule[] = [];
  let height = 0;
  c.eat("|");
  do {
    const bookmark = c.bookmark();
    try {
      rules.push(parseRule(c));
      height = Math.max(height, c.height);
    } catch (error) {
      if (!(error instanceof SyntaxUnwind)) throw error;
      c.recover(bookmark, "|");
    }
  } while (c.eat("|") || lacksBar(c));
  c.height = height;
  return rules;
}

/** A line below a rule that starts like another: it is read as one. */
function lacksBar(c: Cursor): boolean {
  const { token } = c;
  if (!token.bol || !startsAtomicPattern(token)) return false;
  c.complain("'|'", "Every rule but the first starts with `|`");
  return true;
}

function parseRule(c: Cursor): Rule {
  const { start } = c.token;
  const pattern = parsePattern(c);
  let height = c.height;
  let guard: Expr | undefined;
  if (c.eat("when")) {
    guard = parsePlain(c);
    height = Math.max(height, c.height);
  }
  if (c.at("=>")) foreignArrow(c, "Fusabi writes `| pattern -> result`");
  c.expect("->");
  const body = c.grammar.block(c, "->");
  c.height = Math.max(height, c.height);
  return { pattern, guard, body, span: c.spanFrom(start) };
}

export function foreignArrow(c: Cursor, hint: string): never {
  c.bag.report("error", "FUS0128", c.spanOf(c.token), "Looks like another language: '=>'", {
    hint,
    fix: { span: c.spanOf(c.token), replacement: "->" },
  });
  return c.unwind();
}

export function parseWhile(c: Cursor): Expr {
  const word = c.advance();
  const { start } = word;
  const condition = parsePlain(c);
  const height = c.height;
  c.expectPartner("do", word);
  const body = parseLoopBody(c);
  c.built(Math.max(height, c.height));
  return { kind: "while", span: c.spanFrom(start), condition, body };
}

export function parseFor(c: Cursor): Expr {
  const word = c.advance();
  const { start } = word;
  if ((c.token.kind === "name" || c.at("_")) && c.peek(1).word === "=") return parseForTo(c, word);
  if (c.at("(") && (c.peek(3).word === "=" || c.peek(4).word === "="))
    c.foreign(word, "`for i = 1 to n do ...`");
  const pattern = parsePattern(c);
  let height = c.height;
  c.expect("in");
  const from = c.token.start;
  let iterable = parsePlain(c);
  if (c.at("..")) iterable = rangeList(c, from, parseRange(c, iterable));
  height = Math.max(height, c.height);
  const arrow = c.at("->");
  if (arrow) c.advance();
  else c.expectPartner("do", word);
  const body = parseLoopBody(c);
  c.built(Math.max(height, c.height));
  return { kind: "for-in", span: c.spanFrom(start), pattern, iterable, body, arrow };
}

function parseForTo(c: Cursor, word: Token): Expr {
  const name: Name = c.nameOf(c.advance());
  c.advance();
  const from = parsePlain(c);
  let height = c.height;
  const down = c.at("downto");
  if (!down && !c.at("to")) c.fail("'to' or 'downto'");
  c.advance();
  const to = parsePlain(c);
  height = Math.max(height, c.height);
  c.expectPartner("do", word);
  const body = parseLoopBody(c);
  c.built(Math.max(height, c.height));
  return { kind: "for-to", span: c.spanFrom(word.start), name, from, to, down, body };
}

/** The block of a loop. In comprehensions and computation expressions a loop generates, and cannot be left with `break`. */
function parseLoopBody(c: Cursor): Expr {
  const isStatement = c.surroundings === "plain";
  const outer = c.surround(c.surroundings, isStatement);
  const body = c.grammar.block(c, c.previous().text);
  c.restore(outer);
  c.eat("done");
  if (isStatement) {
    const last = body.kind === "block" ? body.items[body.items.length - 1] : undefined;
    warnOfComparison(c, last?.kind === "expr" ? last.expr : body);
  }
  return body;
}

export function parseJump(c: Cursor): Expr {
  const token = c.advance();
  const word = token.word === "break" ? "break" : "continue";
  if (!c.inLoop) {
    c.bag.report("error", "FUS0119", c.spanOf(token), `'${word}' outside a loop`, {
      hint: "It may not cross a function, comprehension or builder",
      stage: "compile",
    });
  }
  c.height = 1;
  return { kind: "jump", span: c.spanOf(token), word };
}

/** `return e`, `yield e` and their kind; the operand goes as far as it can. */
export function parseYield(c: Cursor, word: "return" | "return!" | "yield" | "yield!" | "do!"): Expr {
  const { start } = c.advance();
  requireComputation(c, word, start);
  if (c.atItemEnd()) c.fail(AN_EXPRESSION);
  const value = parsePlain(c);
  c.built(c.height);
  return { kind: "yield", span: c.spanFrom(start), word, value };
}
