/**
 * Computation expressions by the translation table of language reference 3.9: the body becomes ordinary expressions in which the builder's
 * operations are names that no source text can contain.
 */
import { resolveModule } from "../names/path.js";
import { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { ComputationExpr, Expr, Item, LetItem, Name, Pattern, Rule } from "../syntax/ast.js";
import type { Statement, TypedExpr } from "../typed/tree.js";
import { isAny } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { type Builder, ModuleBuilder, ObjectBuilder, predefinedBuilder } from "./builder.js";
import { isSimple, unparenthesised } from "./call.js";
import type { Checker } from "./checker.js";

const OPERATION_MARK = "\u0000";

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
  const around = checker.continuations;
  const translation = new Translation(checker, builder, around);
  const body = translation.whole(expr.body, expr.builder.span);
  checker.continuations = translation.deepest;
  const result = checker.infer(body, inner, expected);
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
  "While",
  "TryWith",
  "TryFinally",
  "Using",
] as const;
type Operation = (typeof OPERATIONS)[number];

function findBuilder(
  checker: Checker,
  expr: Expr,
  scope: Scope,
  statements: Statement[],
): Builder | undefined {
  const inner = unparenthesised(expr);
  const names = pathOf(inner);
  if (names !== undefined) {
    const first = names[0] as Name;
    const entry = scope.value(first.text);
    if (names.length === 1 && (entry === undefined || (entry.kind === "host" && entry.module === ""))) {
      if (first.text === "seq" || first.text === "async") {
        const module = first.text === "async" ? checker.host.module("Async") : undefined;
        if (module !== undefined) return new ModuleBuilder(module);
        checker.bag.error(
          "FUS0190",
          inner.span,
          `\`${first.text} { }\` is not supported yet`,
          "See the release notes",
        );
        return undefined;
      }
      const predefined = predefinedBuilder(first.text, rootOf(scope));
      if (predefined !== undefined) return predefined;
    }
    if (entry === undefined) {
      const module = resolveModule(names, scope, checker.host);
      if (module !== undefined) return new ModuleBuilder(module);
    }
  }
  const value = checker.infer(expr, scope);
  const builder = new ObjectBuilder(
    checker,
    isSimple(value) ? value : checker.bindTemporary(value, statements),
  );
  if (builder.isBuilder) {
    if (!isAny(prune(value.type))) return builder;
    if (value.kind === "null") return undefined;
    return builder;
  }
  checker.bag.error("FUS0316", expr.span, `Not a computation builder: ${formatType(value.type)}`);
  return undefined;
}

function rootOf(scope: Scope): Scope {
  let root = scope;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

function pathOf(expr: Expr): readonly Name[] | undefined {
  if (expr.kind === "name") return [expr.name];
  if (expr.kind !== "member") return undefined;
  const names = pathOf(expr.target);
  return names === undefined ? undefined : [...names, expr.label];
}

class Translation {
  readonly #reported = new Set<Operation>();
  #depth: number;
  /** Continuations around the innermost part, those around the whole expression included. */
  deepest: number;

  constructor(
    readonly checker: Checker,
    readonly builder: Builder,
    around: number,
  ) {
    this.#depth = around;
    this.deepest = around;
  }

  whole(body: Expr, span: Span): Expr {
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
        return isComputational(expr.inner) ? this.#expr(expr.inner) : this.#plain(expr);
      case "yield":
        return this.#yield(expr.word, expr.value, span);
      case "unit":
        return this.#zero(span);
      default:
        return isComputational(expr) ? this.#computational(expr) : this.#plain(expr);
    }
  }

  /** An expression without operations at the end: `e; b.Zero()`. */
  #plain(expr: Expr): Expr {
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
        return this.#call(
          "For",
          [
            expr.iterable,
            { kind: "lambda", params: [expr.pattern], body: this.#loopBody(expr.body, expr.arrow), span },
          ],
          span,
          "for",
        );
      case "for-to": {
        const range: Expr = {
          kind: "collection",
          shape: "list",
          content: {
            kind: "range",
            first: expr.from,
            step: expr.down ? { kind: "literal", value: { type: "int", value: -1n }, span } : undefined,
            last: expr.to,
          },
          span,
        };
        const pattern: Pattern = {
          kind: "name",
          name: { parts: [expr.name], span: expr.name.span },
          span: expr.name.span,
        };
        return this.#call(
          "For",
          [range, { kind: "lambda", params: [pattern], body: this.#expr(expr.body), span }],
          span,
          "for",
        );
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
          [
            this.#delayed(() => this.#expr(expr.body), span),
            { kind: "function", rules: this.#rules(expr.rules), span },
          ],
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

  #loopBody(body: Expr, arrow: boolean): Expr {
    return arrow ? this.#call("Yield", [body], body.span, "->") : this.#expr(body);
  }

  #rules(rules: readonly Rule[]): readonly Rule[] {
    return rules.map((rule) => ({ ...rule, body: this.#expr(rule.body) }));
  }

  /** The rest of a body, inside one more function: its length is depth for everyone who walks through the result. */
  #items(items: readonly Item[], from: number, span: Span): Expr {
    if (this.#depth >= MAX_CONTINUATIONS) {
      this.checker.bag.error(
        "FUS0129",
        items[from]?.span ?? span,
        "Nested too deeply",
        "Move a part of this computation expression into a function",
      );
      return { kind: "error", span };
    }
    this.#depth++;
    this.deepest = Math.max(this.deepest, this.#depth);
    const expr = this.#rest(items, from, span);
    this.#depth--;
    return expr;
  }

  #rest(items: readonly Item[], from: number, span: Span): Expr {
    let end = from;
    for (
      let item = items[end];
      item !== undefined && isPlain(item, end === items.length - 1, this.builder);
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
    const rest = (): Expr => this.#items(items, from + 1, span);
    if (expr.kind === "yield" && expr.word === "do!") {
      return this.#call("Bind", [expr.value, discarding(rest(), expr.span)], expr.span, "do!");
    }
    return this.#call("Combine", [this.#expr(expr), this.#delayed(rest, expr.span)], expr.span, "sequence");
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
        const value: Name = { text: `${OPERATION_MARK}resource`, span };
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

/** Later stages recurse through continuations with several frames each. */
const MAX_CONTINUATIONS = 100;

/** An item that stays as it is: a binding or statement without operations of the builder. */
function isPlain(item: Item, isLast: boolean, builder: Builder): boolean {
  if (item.kind === "expr") return !isLast && !isComputational(item.expr);
  return !item.bang && !(item.word === "use" && builder.has("Using"));
}

/** Does an expression contain operations of the builder around it? */
function isComputational(expr: Expr): boolean {
  switch (expr.kind) {
    case "yield":
      return true;
    case "paren":
      return isComputational(expr.inner);
    case "block":
      return expr.items.some((item) => (item.kind === "let" ? item.bang : isComputational(item.expr)));
    case "if":
      return (
        expr.branches.some((branch) => isComputational(branch.body)) ||
        (expr.otherwise !== undefined && isComputational(expr.otherwise))
      );
    case "match":
      return expr.bang || expr.rules.some((rule) => isComputational(rule.body));
    case "for-in":
      return expr.arrow || isComputational(expr.body);
    case "for-to":
    case "while":
      return isComputational(expr.body);
    case "try-with":
      return isComputational(expr.body) || expr.rules.some((rule) => isComputational(rule.body));
    case "try-finally":
      return isComputational(expr.body);
    default:
      return false;
  }
}

function thunk(body: Expr, span: Span): Expr {
  return { kind: "lambda", params: [{ kind: "unit", span }], body, span };
}

function discarding(body: Expr, span: Span): Expr {
  return { kind: "lambda", params: [{ kind: "wildcard", span }], body, span };
}

function sequence(first: Expr, second: Expr): Expr {
  const items: Item[] = [
    { kind: "expr", expr: first, explicitDo: false, span: first.span },
    { kind: "expr", expr: second, explicitDo: false, span: second.span },
  ];
  return { kind: "block", items, span: first.span };
}
