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

interface Pending {
  readonly token: Token;
  readonly level: number;
}

/** What follows the operand `first`. */
export function parseOperators(c: Cursor, first: Expr): Expr {
  return levelOf(c.token) === NO_OPERATOR && !c.at(":") ? first : new Operators(c, first).read();
}

/**
 * The operators of one expression, by precedence: operands and operators wait on two stacks instead of the stack of the machine, so
 * that a chain costs no recursion, however long it is.
 */
class Operators {
  readonly #c: Cursor;
  readonly #operands: Expr[];
  readonly #heights: number[];
  readonly #pending: Pending[] = [];

  constructor(c: Cursor, first: Expr) {
    this.#c = c;
    this.#operands = [first];
    this.#heights = [c.height];
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
      if (token.word === "=>" && !definesArrow(c))
        foreignArrow(c, "A function without a name is written `fun x -> ...`");
      c.advance();
      if (level === TYPE_TEST_LEVEL || level === CAST_LEVEL) {
        this.#reduce(level - 1);
        this.#cast(token);
        continue;
      }
      this.#reduce(isRightAssociative(level) ? level : level - 1);
      this.#pending.push({ token, level });
      if (level === COMMA_LEVEL && c.is("end") && c.peek(1).word === ")") {
        this.#trailingComma(token);
        continue;
      }
      const operand = parseOperand(c);
      this.#push(operand);
    }
    this.#reduce(NO_OPERATOR);
    c.restore(outer);
    c.height = this.#heights[0] ?? 1;
    return this.#operands[0] as Expr;
  }

  #push(expr: Expr): void {
    this.#operands.push(expr);
    this.#heights.push(this.#c.height);
  }

  /** Builds the nodes of all waiting operators that bind tighter than `level`. */
  #reduce(level: number): void {
    for (;;) {
      const top = this.#pending[this.#pending.length - 1];
      if (top === undefined || top.level <= level) return;
      this.#pending.pop();
      if (top.level === COMMA_LEVEL) this.#reduceTuple();
      else this.#reduceBinary(top);
    }
  }

  #reduceTuple(): void {
    let size = 2;
    while (this.#pending[this.#pending.length - 1]?.level === COMMA_LEVEL) {
      this.#pending.pop();
      size++;
    }
    const items = this.#operands.splice(this.#operands.length - size);
    const heights = this.#heights.splice(this.#heights.length - size);
    this.#c.built(heights.reduce((highest, height) => Math.max(highest, height), 0));
    this.#push({ kind: "tuple", span: this.#between(items[0] as Expr, items[size - 1] as Expr), items });
  }

  #reduceBinary({ token, level }: Pending): void {
    const c = this.#c;
    const right = this.#operands.pop() as Expr;
    const left = this.#operands.pop() as Expr;
    c.built(Math.max(this.#heights.pop() ?? 1, this.#heights.pop() ?? 1));
    const span = this.#between(left, right);
    if (level === ASSIGN_LEVEL) {
      requireAssignable(c, left);
      this.#push({ kind: "assign", span, target: left, value: right });
    } else {
      this.#push({
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
    const expr = this.#operands.pop() as Expr;
    const height = this.#heights.pop() ?? 1;
    c.advance();
    const type = parseType(c);
    c.built(Math.max(height, c.height));
    this.#push({ kind: "annotate", span: c.spanFrom(expr.span.start), expr, type });
  }

  #cast(token: Token): void {
    const c = this.#c;
    const expr = this.#operands.pop() as Expr;
    const height = this.#heights.pop() ?? 1;
    const type = parseType(c);
    c.built(Math.max(height, c.height));
    const operator = token.word === ":?" ? "test" : token.word === ":>" ? "upcast" : "downcast";
    this.#push({ kind: "cast", span: c.spanFrom(expr.span.start), operator, expr, type });
  }

  /** `(a, b,)` is the pair; `(a,)` is nothing. */
  #trailingComma(comma: Token): void {
    this.#pending.pop();
    if (this.#pending[this.#pending.length - 1]?.level === COMMA_LEVEL) return;
    this.#c.bag.error(
      "FUS0118",
      this.#c.spanOf(comma),
      "There are no tuples of one element",
      "Remove the comma",
    );
  }

  #between(from: Expr, to: Expr): Expr["span"] {
    return { source: this.#c.source, start: from.span.start, end: to.span.end };
  }
}

/** Does the file define the operator itself, as F# allows? */
function definesArrow(c: Cursor): boolean {
  return /\(\s*=>\s*\)/.test(c.spanOf(c.token).source.text);
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
