import type { Token } from "../lexer/token.js";
import type { Expr } from "../syntax/ast.js";
import { parseApplication, parseSignedNumber } from "./application.js";
import { parseLet } from "./bindings.js";
import { blockOf, endsWithBinding, letIn } from "./block-node.js";
import {
  foreignArrow,
  parseFor,
  parseFunction,
  parseIf,
  parseJump,
  parseLambda,
  parseMatch,
  parseTry,
  parseWhile,
  parseYield,
} from "./control.js";
import { AN_EXPRESSION, type Cursor } from "./cursor.js";
import {
  ASSIGN_LEVEL,
  CAST_LEVEL,
  COMMA_LEVEL,
  isRightAssociative,
  levelOf,
  NO_OPERATOR,
  operatorName,
  TYPE_TEST_LEVEL,
} from "./operators.js";
import { parseType } from "./types.js";

/** An expression with all its operators, a tuple without parentheses and an annotation included. */
export function parseExpression(c: Cursor): Expr {
  c.enter();
  const expr = parseOperators(c, parseOperand(c));
  c.leave();
  return expr;
}

/** An operator that waits for its right operand, with the left one. */
interface Pending {
  readonly token: Token;
  readonly level: number;
  readonly left: Expr;
  readonly leftHeight: number;
  /** The operator before it, which waits, too. */
  readonly before: Pending | undefined;
}

/** What follows the operand `first`. */
export function parseOperators(c: Cursor, first: Expr): Expr {
  return levelOf(c.token) === NO_OPERATOR && !c.at(":") ? first : new Operators(c, first).read();
}

/**
 * The operators of one expression, by precedence: operators wait on a stack of their own instead of the stack of the machine, so that a
 * chain costs no recursion, however long it is.
 */
class Operators {
  readonly #c: Cursor;
  /** The operand that was read last, or what has become of it. */
  #operand: Expr;
  #height: number;
  #pending: Pending | undefined;

  constructor(c: Cursor, first: Expr) {
    this.#c = c;
    this.#operand = first;
    this.#height = c.height;
  }

  read(): Expr {
    const c = this.#c;
    // Behind an operator nothing is an item of what surrounds the expression.
    const outer = c.surround("plain", c.inLoop);
    for (;;) {
      const { token } = c;
      if (token.word === ":") {
        this.#reduce(NO_OPERATOR);
        this.#annotate();
        break;
      }
      const level = levelOf(token);
      if (level === NO_OPERATOR) break;
      if (token.word === "=>" && !c.definesArrow)
        foreignArrow(c, "A function without a name is written `fun x -> ...`");
      c.advance();
      if (level === TYPE_TEST_LEVEL || level === CAST_LEVEL) {
        this.#reduce(level - 1);
        this.#cast(token);
        continue;
      }
      this.#reduce(isRightAssociative(level) ? level : level - 1);
      this.#pending = {
        token,
        level,
        left: this.#operand,
        leftHeight: this.#height,
        before: this.#pending,
      };
      if (level === COMMA_LEVEL && c.is("end") && c.peek(1).word === ")") {
        this.#trailingComma(this.#pending);
        continue;
      }
      this.#take(parseOperand(c));
    }
    this.#reduce(NO_OPERATOR);
    c.restore(outer);
    c.height = this.#height;
    return this.#operand;
  }

  #take(expr: Expr): void {
    this.#operand = expr;
    this.#height = this.#c.height;
  }

  /** Builds the nodes of all waiting operators that bind tighter than `level`. */
  #reduce(level: number): void {
    for (let top = this.#pending; top !== undefined && top.level > level; top = this.#pending) {
      if (top.level === COMMA_LEVEL) this.#reduceTuple(top);
      else this.#reduceBinary(top);
    }
  }

  #reduceTuple(last: Pending): void {
    const items = [this.#operand];
    let height = this.#height;
    let comma: Pending | undefined = last;
    for (; comma?.level === COMMA_LEVEL; comma = comma.before) {
      items.push(comma.left);
      height = Math.max(height, comma.leftHeight);
    }
    items.reverse();
    this.#pending = comma;
    this.#c.built(height);
    this.#take({ kind: "tuple", span: this.#between(items[0] as Expr, this.#operand), items });
  }

  #reduceBinary({ token, level, left, leftHeight, before }: Pending): void {
    const c = this.#c;
    const right = this.#operand;
    this.#pending = before;
    c.built(Math.max(this.#height, leftHeight));
    const span = this.#between(left, right);
    if (level === ASSIGN_LEVEL) {
      requireAssignable(c, left);
      this.#take({ kind: "assign", span, target: left, value: right });
    } else {
      this.#take({
        kind: "binary",
        span,
        operator: { text: operatorName(token), span: c.spanOf(token) },
        left,
        right,
      });
    }
  }

  #annotate(): void {
    const c = this.#c;
    const expr = this.#operand;
    c.advance();
    const type = parseType(c);
    c.built(Math.max(this.#height, c.height));
    this.#take({ kind: "annotate", span: c.spanFrom(expr.span.start), expr, type });
  }

  #cast(token: Token): void {
    const c = this.#c;
    const expr = this.#operand;
    const type = parseType(c);
    c.built(Math.max(this.#height, c.height));
    const operator = token.word === ":?" ? "test" : token.word === ":>" ? "upcast" : "downcast";
    this.#take({ kind: "cast", span: c.spanFrom(expr.span.start), operator, expr, type });
  }

  /** `(a, b,)` is the pair; `(a,)` is nothing. */
  #trailingComma({ token, before }: Pending): void {
    this.#pending = before;
    if (before?.level === COMMA_LEVEL) return;
    this.#c.bag.error(
      "FUS0118",
      this.#c.spanOf(token),
      "There are no tuples of one element",
      "Remove the comma",
    );
  }

  #between(from: Expr, to: Expr): Expr["span"] {
    return { source: this.#c.source, start: from.span.start, end: to.span.end };
  }
}

function requireAssignable(c: Cursor, target: Expr): void {
  if (
    target.kind === "name" ||
    target.kind === "member" ||
    target.kind === "index" ||
    target.kind === "slice" ||
    target.kind === "error"
  )
    return;
  c.bag.error(
    "FUS0126",
    target.span,
    "Only names, fields, array elements can be assigned",
    "Use `=` to compare",
  );
}

/** An operand: a prefix sign, a form that starts with a keyword, a block, or an application. */
export function parseOperand(c: Cursor): Expr {
  const { token } = c;
  switch (token.kind) {
    case "keyword":
      return parseKeywordForm(c, token);
    case "operator":
      if (token.text.startsWith("<@")) c.absent("quotation");
      return isSign(token, c.peek(1)) ? parseSigned(c) : parseApplication(c);
    case "begin":
      return c.grammar.block(c, c.previous().text);
    case "symbol":
      if (token.word === "<-" || token.word === "::" || token.word === "=") return c.fail(AN_EXPRESSION);
      return parseApplication(c);
    default:
      return parseApplication(c);
  }
}

/** What may stand before an operand; other binary operators only where they touch it, as what `let (~%%) x = …` defines. */
function isSign(token: Token, next: Token): boolean {
  if (token.word === "-" || token.word === "+" || token.word === "~~~") return true;
  return next.glued && OWN_SIGNS.has(token.word === "" ? token.text : token.word);
}

const OWN_SIGNS: ReadonlySet<string> = new Set(["%", "%%", "&", "&&", "+.", "-."]);

function parseSigned(c: Cursor): Expr {
  const signs: Token[] = [];
  let operand: Expr | undefined;
  while (operand === undefined && c.token.kind === "operator" && isSign(c.token, c.peek(1))) {
    if (c.token.word === "-" || c.token.word === "+") operand = parseSignedNumber(c);
    if (operand === undefined) signs.push(c.advance());
  }
  operand ??= parseOperand(c);
  for (let i = signs.length - 1; i >= 0; i--) {
    const sign = signs[i] as Token;
    c.built(c.height);
    operand = { kind: "prefix", span: c.spanFrom(sign.start), operator: c.nameOf(sign), operand };
  }
  return operand;
}

function parseKeywordForm(c: Cursor, token: Token): Expr {
  switch (token.word) {
    case "if":
      return parseIf(c);
    case "match":
    case "match!":
      return parseMatch(c);
    case "function":
      return parseFunction(c);
    case "fun":
      return parseLambda(c);
    case "try":
      return parseTry(c);
    case "while":
      return parseWhile(c);
    case "while!":
      return c.absent("'while!'");
    case "for":
      return parseFor(c);
    case "break":
    case "continue":
      return parseJump(c);
    case "return":
    case "return!":
    case "yield":
    case "yield!":
    case "do!":
      return parseYield(c, token.word);
    case "lazy":
    case "assert":
    case "upcast":
    case "downcast":
      return parseWordApplication(c, token);
    case "let":
    case "use":
    case "let!":
    case "use!":
      return parseLetOperand(c);
    case "begin":
    case "true":
    case "false":
    case "null":
      return parseApplication(c);
    default:
      return c.fail(AN_EXPRESSION);
  }
}

/** `lazy e`, `assert e`, `upcast e`, `downcast e`, which bind like an application. */
function parseWordApplication(c: Cursor, word: Token): Expr {
  c.advance();
  const { inLoop } = c;
  if (word.word === "lazy") c.inLoop = false;
  const operand = parseApplication(c);
  c.inLoop = inLoop;
  c.built(c.height);
  const span = c.spanFrom(word.start);
  switch (word.word) {
    case "lazy":
      return { kind: "lazy", span, body: operand };
    case "assert":
      return { kind: "assert", span, condition: operand };
    default:
      return {
        kind: "cast",
        span,
        operator: word.word === "upcast" ? "upcast" : "downcast",
        expr: operand,
        type: undefined,
      };
  }
}

/** `let … in body` behind an operator, where a binding alone would give no value. */
function parseLetOperand(c: Cursor): Expr {
  const binding = parseLet(c, []);
  const height = c.height;
  if (c.eat("in")) return letIn(c, binding, height, c.grammar.block(c, "in"));
  if (c.token.kind === "separator") {
    // What stands in the column of the `let` is its body.
    const items = c.grammar.items(c);
    const first = items[0];
    if (first !== undefined) return letIn(c, binding, height, blockOf(c, items, first.span.start, c.height));
  }
  endsWithBinding(c, binding);
  c.built(height);
  return { kind: "block", span: binding.span, items: [binding] };
}
