/**
 * Computation expressions by the translation table of language reference 3.9: the body becomes ordinary expressions in which the builder's
 * operations are names that no source text can contain.
 */
import { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { ComputationExpr, Expr, Item, LetItem, Name, Pattern, Rule } from "../syntax/ast.js";
import type { Continuation, Statement, TypedExpr } from "../typed/tree.js";
import { isAny, isConstructed, UNIT } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Builder } from "./builder.js";
import { findBuilder } from "./builder-lookup.js";
import { type Argument, inferArgument } from "./call.js";
import type { Checker } from "./checker.js";
import { hasYield } from "./collections.js";
import {
  generates,
  isBareRange,
  isComputational,
  isTotal,
  type RangeContent,
  returns,
  STRUCTURES,
} from "./computational.js";

const OPERATION_MARK = "\u0000";
/** Names in the translation that a body must not be able to hide. */
const RAISE = `${OPERATION_MARK}raise`;
const DISCARD = `${OPERATION_MARK}discard`;
const RESULT = `${OPERATION_MARK}result`;
const EXCEPTION = `${OPERATION_MARK}exception`;
const RESOURCE = `${OPERATION_MARK}resource`;
const REST = `${OPERATION_MARK}rest`;

export function inferComputation(
  checker: Checker,
  expr: ComputationExpr,
  scope: Scope,
  expected: Type | undefined,
): TypedExpr {
  const statements: Statement[] = [];
  const builder = findBuilder(checker, expr.builder, scope, statements);
  if (builder === undefined) return checker.broken(expr.span);
  const inner = new Scope(scope);
  for (const operation of OPERATIONS)
    inner.defineValue(OPERATION_MARK + operation, { kind: "operation", operation, builder });
  inner.defineValue(DISCARD, { kind: "operation", operation: "Discard", builder: DISCARDED });
  inner.defineValue(RAISE, { kind: "intrinsic", name: "raise" });
  const around = checker.continuations;
  if (around >= MAX_CONTINUATIONS) {
    checker.bag.error(
      "FUS0129",
      expr.span,
      "Nested too deeply",
      "Move a part of this computation expression into a function",
    );
    return checker.broken(expr.span);
  }
  const translation = new Translation(checker, builder, inner, around);
  const body = translation.whole(expr.body, expr.builder.span);
  const result = translation.infer(body, inner, expected);
  translation.inferRests();
  checker.continuations = around;
  return statements.length === 0
    ? result
    : { kind: "block", statements, result, type: result.type, span: expr.span };
}

const OPERATIONS = [
  "Bind",
  "Return",
  "ReturnFrom",
  "Yield",
  "YieldFrom",
  "Zero",
  "Combine",
  "Delay",
  "Run",
  "For",
  "For.one",
  "While",
  "TryWith",
  "TryFinally",
  "Using",
  "Item",
  "Statement",
  "Range",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Continuations nest, and every stage recurses through them with several frames each. */
const MAX_CONTINUATIONS = 100;
/** So many of one computation expression are inside each other; the rest of the body becomes a function of its own. */
const LONGEST_STRETCH = 40;
const SHORTEST_STRETCH = 5;

/** What is left of a body where a stretch ends, met but not yet inferred. */
interface Rest {
  readonly type: Type;
  readonly continuation: Continuation;
  readonly translate: () => Expr;
  readonly scope: Scope;
  readonly expected: Type | undefined;
  readonly level: number;
}

class Translation {
  readonly #reported = new Set<Operation>();
  /** Items that have a value yield it. */
  #implicit = false;
  readonly #stretch: number;
  /** Continuations around the part that is being translated, from the start of the stretch. */
  #depth = 0;
  #deepest = 0;
  #names = 0;
  /** In the order of the text. */
  #rests: Rest[] = [];

  constructor(
    readonly checker: Checker,
    readonly builder: Builder,
    /** Where the operations are defined. */
    readonly root: Scope,
    /** Continuations around the whole expression. */
    readonly around: number,
  ) {
    this.#stretch = Math.max(SHORTEST_STRETCH, Math.min(LONGEST_STRETCH, (MAX_CONTINUATIONS - around) >> 1));
  }

  /** Infers a translated stretch. */
  infer(expr: Expr, scope: Scope, expected: Type | undefined): TypedExpr {
    this.checker.continuations = this.around + this.#deepest;
    return this.checker.infer(expr, scope, expected);
  }

  /** Infers what the ends of stretches have left, and what is left of that. */
  inferRests(): void {
    const { checker } = this;
    const { level } = checker;
    const waiting = this.#rests.reverse();
    for (let rest = waiting.pop(); rest !== undefined; rest = waiting.pop()) {
      this.#rests = [];
      checker.level = rest.level;
      const body = this.infer(rest.translate(), rest.scope.flattened(this.root), rest.expected);
      rest.continuation.body = checker.coerce(body, rest.type);
      waiting.push(...this.#rests.reverse());
    }
    checker.level = level;
  }

  /** A name for the rest of a body, which is inferred when all around it has been. */
  #later(translate: () => Expr, span: Span): Expr {
    const name: Name = { text: `${REST}${this.#names++}`, span };
    const builder: Builder = {
      has: () => true,
      apply: (checker, _operation, { span: at, scope, expected }) => {
        const type = checker.fresh();
        const rest: Continuation = { body: checker.broken(at) };
        this.#rests.push({ type, continuation: rest, translate, scope, expected, level: checker.level });
        return { kind: "continued", rest, type, span: at };
      },
    };
    this.root.defineValue(name.text, { kind: "operation", operation: REST, builder });
    const callee: Expr = { kind: "name", name, span };
    return { kind: "apply", callee, args: [{ kind: "unit", span }], adjacent: true, span };
  }

  whole(body: Expr, span: Span): Expr {
    if (this.builder.generates === true) {
      if (isBareRange(body)) return this.#range(body.content, body.span);
      this.#implicit = !hasYield(body);
    } else if (this.builder.yieldsItems === true) this.#implicit = !hasYield(body) && !returns(body);
    const inner = this.#delayed(() => this.#expr(body), span);
    return this.builder.has("Run") ? this.#call("Run", [inner], span) : inner;
  }

  /** `b.Delay(fun () -> e)`, or e itself if the builder does not delay. */
  #delayed(body: () => Expr, span: Span): Expr {
    return this.builder.has("Delay") ? this.#call("Delay", [thunk(body(), span)], span) : body();
  }

  #call(operation: Operation, args: readonly Expr[], span: Span, word?: string): Expr {
    if (!this.builder.has(operation) && !this.#reported.has(operation)) {
      this.#reported.add(operation);
      this.checker.bag.error(
        "FUS0317",
        span,
        `This builder has no '${operation}'`,
        word === undefined ? undefined : `Needed for '${word}'`,
      );
    }
    const name: Name = { text: OPERATION_MARK + operation, span };
    return { kind: "apply", callee: { kind: "name", name, span }, args, adjacent: true, span };
  }

  #zero(span: Span): Expr {
    return this.builder.has("Zero")
      ? this.#call("Zero", [{ kind: "unit", span }], span)
      : this.#call("Return", [{ kind: "unit", span }], span, "if");
  }

  /** What comes at the end of a body. */
  #expr(expr: Expr): Expr {
    const { span } = expr;
    switch (expr.kind) {
      case "block":
        return this.#items(expr.items, 0, span);
      case "paren":
        return this.#isComputational(expr.inner) ? this.#expr(expr.inner) : this.#plain(expr);
      case "yield":
        return this.#yield(expr.word, expr.value, span);
      case "unit":
        return this.#zero(span);
      default:
        return this.#isComputational(expr) ? this.#computational(expr) : this.#plain(expr);
    }
  }

  #isComputational(expr: Expr): boolean {
    return isComputational(expr) || (this.#implicit && generates(expr)) || this.#isStructured(expr);
  }

  /** As in F#, a builder of the program sees every branch and loop of its body for which it has the operations, whatever stands inside. */
  #isStructured(expr: Expr): boolean {
    if (this.builder.own !== true) return false;
    const needed = STRUCTURES.get(expr.kind);
    return needed?.every((operation) => this.builder.has(operation)) === true;
  }

  /** An expression without operations at the end: `e; b.Zero()`. */
  #plain(expr: Expr): Expr {
    if (this.#implicit) return this.#call("Item", [expr], expr.span);
    return sequence(expr, this.#zero(expr.span));
  }

  #yield(word: "return" | "return!" | "yield" | "yield!" | "do!", value: Expr, span: Span): Expr {
    switch (word) {
      case "return":
        return this.#call("Return", [value], span, word);
      case "yield":
        return this.#call("Yield", [value], span, word);
      case "return!":
        return this.builder.has("ReturnFrom") ? this.#call("ReturnFrom", [value], span) : value;
      case "yield!":
        return this.builder.has("YieldFrom") ? this.#call("YieldFrom", [value], span) : value;
      case "do!":
        return this.#call("Bind", [value, discarding(this.#zero(span), span)], span, word);
    }
  }

  #computational(expr: Expr): Expr {
    const { span } = expr;
    switch (expr.kind) {
      case "if":
        return {
          ...expr,
          branches: expr.branches.map((branch) => ({ ...branch, body: this.#expr(branch.body) })),
          otherwise: expr.otherwise === undefined ? this.#zero(span) : this.#expr(expr.otherwise),
        };
      case "match": {
        const rules = this.#rules(expr.rules);
        if (!expr.bang) return { ...expr, rules };
        return this.#call("Bind", [expr.subject, { kind: "function", rules, span }], span, "match!");
      }
      case "for-in":
        return this.#loop(expr.iterable, expr.pattern, expr.body, expr.arrow, span);
      case "for-to": {
        const step: Expr | undefined = expr.down
          ? { kind: "literal", value: { type: "int", value: -1n }, span }
          : undefined;
        const content: RangeContent = { kind: "range", first: expr.from, step, last: expr.to };
        const range: Expr = { kind: "collection", shape: "list", content, span };
        const pattern: Pattern = {
          kind: "name",
          name: { parts: [expr.name], span: expr.name.span },
          span: expr.name.span,
        };
        return this.#loop(range, pattern, expr.body, false, span);
      }
      case "while":
        return this.#call(
          "While",
          [thunk(expr.condition, span), this.#delayed(() => this.#expr(expr.body), span)],
          span,
          "while",
        );
      case "try-with":
        return this.#call(
          "TryWith",
          [this.#delayed(() => this.#expr(expr.body), span), this.#handler(expr.rules, span)],
          span,
          "try",
        );
      case "try-finally":
        return this.#call(
          "TryFinally",
          [this.#delayed(() => this.#expr(expr.body), span), thunk(expr.cleanup, span)],
          span,
          "try",
        );
      default:
        return this.#expr(expr);
    }
  }

  #loop(iterable: Expr, pattern: Pattern, body: Expr, arrow: boolean, span: Span): Expr {
    const { generates } = this.builder;
    const source =
      generates === true && iterable.kind === "collection" && iterable.content.kind === "range"
        ? this.#range(iterable.content, iterable.span)
        : iterable;
    const yielded = arrow ? body : body.kind === "yield" && body.word === "yield" ? body.value : undefined;
    if (generates === true && yielded !== undefined && isTotal(pattern)) {
      return this.#call(
        "For.one",
        [source, { kind: "lambda", params: [pattern], body: yielded, span }],
        span,
      );
    }
    const translated = arrow ? this.#call("Yield", [body], body.span, "->") : this.#expr(body);
    return this.#call(
      "For",
      [source, { kind: "lambda", params: [pattern], body: translated, span }],
      span,
      "for",
    );
  }

  #range(content: RangeContent, span: Span): Expr {
    const { first, step, last } = content;
    return this.#call("Range", step === undefined ? [first, last] : [first, step, last], span);
  }

  /** An exception that no rule matches goes on. */
  #handler(rules: readonly Rule[], span: Span): Expr {
    const translated = this.#rules(rules);
    if (rules.some((rule) => rule.guard === undefined && isTotal(rule.pattern))) {
      return { kind: "function", rules: translated, span };
    }
    const name: Name = { text: EXCEPTION, span };
    const exception: Expr = { kind: "name", name, span };
    const again: Expr = {
      kind: "apply",
      callee: { kind: "name", name: { text: RAISE, span }, span },
      args: [exception],
      adjacent: false,
      span,
    };
    const others: Rule = { pattern: { kind: "wildcard", span }, guard: undefined, body: again, span };
    const body: Expr = {
      kind: "match",
      bang: false,
      subject: exception,
      rules: [...translated, others],
      span,
    };
    return { kind: "lambda", params: [{ kind: "name", name: { parts: [name], span }, span }], body, span };
  }

  #rules(rules: readonly Rule[]): readonly Rule[] {
    return rules.map((rule) => ({ ...rule, body: this.#expr(rule.body) }));
  }

  /** The rest of a body, inside one more function: its length is depth for everyone who walks through the result. */
  #items(items: readonly Item[], from: number, span: Span): Expr {
    if (this.#depth >= this.#stretch) {
      return this.#later(() => {
        this.#depth = 0;
        return this.#items(items, from, span);
      }, items[from]?.span ?? span);
    }
    this.#depth++;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    const expr = this.#rest(items, from, span);
    this.#depth--;
    return expr;
  }

  #rest(items: readonly Item[], from: number, span: Span): Expr {
    let end = from;
    for (
      let item = items[end];
      item !== undefined && this.#isPlain(item, end === items.length - 1);
      item = items[++end]
    );
    if (end > from) {
      const rest = this.#rest(items, end, span);
      const last: Item = { kind: "expr", expr: rest, explicitDo: false, span: rest.span };
      return { kind: "block", items: [...items.slice(from, end), last], span };
    }
    const item = items[from];
    if (item === undefined) return this.#zero(span);
    const isLast = from === items.length - 1;
    if (item.kind === "let") return this.#let(item, () => this.#items(items, from + 1, span));
    if (isLast) return this.#expr(item.expr);
    const { expr } = item;
    if (this.builder.generates === true) return this.#run(items, from, span);
    const rest = (): Expr => this.#items(items, from + 1, span);
    if (this.#implicit && !this.#isComputational(expr)) {
      return this.#call("Statement", [expr, rest()], expr.span);
    }
    if (expr.kind === "yield" && expr.word === "do!") {
      return this.#call("Bind", [expr.value, discarding(rest(), expr.span)], expr.span, "do!");
    }
    return this.#call("Combine", [this.#expr(expr), this.#delayed(rest, expr.span)], expr.span, "sequence");
  }

  /** Many expressions that yield, joined in halves: what yields is associative, and a long body must not be a deep one. */
  #run(items: readonly Item[], from: number, span: Span): Expr {
    let end = from;
    while (items[end]?.kind === "expr") end++;
    const middle = end === from + 1 ? end : from + ((end - from) >> 1);
    const first = this.#items(items.slice(from, middle), 0, span);
    const rest = this.#delayed(() => this.#items(items, middle, span), span);
    return this.#call("Combine", [first, rest], span, "sequence");
  }

  /** An item that stays as it is: a binding or statement without operations of the builder. */
  #isPlain(item: Item, isLast: boolean): boolean {
    if (item.kind === "expr") return !isLast && !this.#implicit && !this.#isComputational(item.expr);
    return !item.bang && !(item.word === "use" && this.builder.has("Using"));
  }

  #let(item: LetItem, rest: () => Expr): Expr {
    const { span } = item;
    const binding = item.bindings[0];
    if (item.bang && binding !== undefined && binding.head.kind === "pattern") {
      const pattern: Pattern =
        binding.type === undefined
          ? binding.head.pattern
          : {
              kind: "annotate",
              pattern: binding.head.pattern,
              type: binding.type,
              span: binding.head.pattern.span,
            };
      const lambda: Expr = { kind: "lambda", params: [pattern], body: rest(), span };
      if (item.word === "use" && this.builder.has("Using")) {
        const value: Name = { text: RESOURCE, span };
        const using = this.#call("Using", [{ kind: "name", name: value, span }, lambda], span, "use!");
        const outer: Expr = {
          kind: "lambda",
          params: [{ kind: "name", name: { parts: [value], span }, span }],
          body: using,
          span,
        };
        return this.#call("Bind", [binding.body, outer], span, "use!");
      }
      return this.#call("Bind", [binding.body, lambda], span, item.word === "use" ? "use!" : "let!");
    }
    if (item.word === "use" && binding?.head.kind === "pattern" && this.builder.has("Using")) {
      const lambda: Expr = { kind: "lambda", params: [binding.head.pattern], body: rest(), span };
      return this.#call("Using", [binding.body, lambda], span, "use");
    }
    const result = rest();
    return {
      kind: "block",
      items: [item, { kind: "expr", expr: result, explicitDo: false, span: result.span }],
      span,
    };
  }
}

function thunk(body: Expr, span: Span): Expr {
  return { kind: "lambda", params: [{ kind: "unit", span }], body, span };
}

/** `fun result -> discard result; body`, for what `do!` waits for. */
function discarding(body: Expr, span: Span): Expr {
  const name: Name = { text: RESULT, span };
  const discard: Expr = {
    kind: "apply",
    callee: { kind: "name", name: { text: DISCARD, span }, span },
    args: [{ kind: "name", name, span }],
    adjacent: false,
    span,
  };
  const param: Pattern = { kind: "name", name: { parts: [name], span }, span };
  return { kind: "lambda", params: [param], body: sequence(discard, body), span };
}

/** The result of a `do!`, which nobody looks at and which therefore should be unit. */
const DISCARDED: Builder = {
  has: () => true,
  apply(checker, _, { args, span, scope }) {
    const node = inferArgument(checker, args[0] as Argument, scope);
    checker.later(() => {
      const type = prune(node.type);
      if (type.kind === "variable" || isAny(type) || isConstructed(type, UNIT.constructor)) return;
      checker.bag.warning("FUS0411", span, `'do!' discards a ${formatType(type)}`, "Use `let! _ =`");
    });
    return { kind: "unit", type: UNIT, span };
  },
};

function sequence(first: Expr, second: Expr): Expr {
  const items: Item[] = [
    { kind: "expr", expr: first, explicitDo: false, span: first.span },
    { kind: "expr", expr: second, explicitDo: false, span: second.span },
  ];
  return { kind: "block", items, span: first.span };
}
