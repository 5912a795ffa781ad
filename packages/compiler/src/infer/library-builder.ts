/** The builders that are modules of the library: `async`, and `seq` with the rules of comprehensions (language reference 3.6, 3.9). */
import type { HostEntry } from "../names/entry.js";
import { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { Expr, LambdaExpr } from "../syntax/ast.js";
import type { TypedExpr, TypedPattern } from "../typed/tree.js";
import { elementType } from "../types/bounds.js";
import {
  CHAR,
  constructed,
  FLOAT,
  functionType,
  INT,
  isAny,
  isConstructed,
  SEQ,
  UNIT,
} from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Builder } from "./builder.js";
import { type Argument, type CallSite, inferArgument, typed } from "./call.js";
import type { Checker } from "./checker.js";
import { enumerable, loopPattern } from "./control.js";
import { applyHost } from "./host-call.js";

/** Operations that are members of a host module, hidden ones included. */
export class LibraryBuilder implements Builder {
  constructor(
    readonly module: string,
    readonly checker: Checker,
  ) {}

  /** Items without `yield` yield, ranges are lazy, loops pass over what does not match. */
  get generates(): boolean {
    return false;
  }

  has(operation: string): boolean {
    return this.#member(operation) !== undefined;
  }

  apply(checker: Checker, operation: string, site: CallSite): TypedExpr {
    const { span } = site;
    const entry = this.#member(operation);
    if (entry === undefined) return checker.broken(span);
    return applyHost(checker, entry, span, site);
  }

  #member(operation: string): HostEntry | undefined {
    return this.checker.host.member(this.module, operation);
  }
}

/** What the translation of `seq { }` asks for beside the operations of the table. */
const OWN_OPERATIONS: ReadonlySet<string> = new Set(["Item", "Range"]);

export class SequenceBuilder extends LibraryBuilder {
  constructor(checker: Checker) {
    super("Seq", checker);
  }

  override get generates(): boolean {
    return true;
  }

  override has(operation: string): boolean {
    return OWN_OPERATIONS.has(operation) || super.has(operation);
  }

  override apply(checker: Checker, operation: string, site: CallSite): TypedExpr {
    const { args, span, scope, expected } = site;
    switch (operation) {
      case "Item":
        return this.#item(checker, args[0] as Argument, span, scope, expected);
      case "Range":
        return this.#range(checker, args, span, scope);
      case "For":
      case "For.one":
        return this.#loop(checker, operation, site);
      default:
        return super.apply(checker, operation, site);
    }
  }

  /** An item of a body without `yield`: what has a value yields it. */
  #item(
    checker: Checker,
    argument: Argument,
    span: Span,
    scope: Scope,
    expected: Type | undefined,
  ): TypedExpr {
    const element = elementOf(expected);
    const node = argument.kind === "written" ? checker.infer(argument.expr, scope, element) : argument.node;
    if (!isConstructed(prune(node.type), UNIT.constructor)) {
      const value = element === undefined ? node : checker.coerce(node, element);
      return super.apply(checker, "Yield", { args: [typed(value)], span, scope, expected });
    }
    const unit = typed({ kind: "unit", type: UNIT, span });
    const result = super.apply(checker, "Zero", { args: [unit], span, scope, expected });
    return { kind: "block", statements: [{ kind: "do", expr: node, span }], result, type: result.type, span };
  }

  /** `first .. last` or `first .. step .. last`. */
  #range(checker: Checker, args: readonly Argument[], span: Span, scope: Scope): TypedExpr {
    const expressions = args.map((argument) => (argument.kind === "written" ? argument.expr : undefined));
    let first = inferArgument(checker, args[0] as Argument, scope);
    if (isAny(prune(first.type))) first = checker.coerce(first, INT);
    const others = expressions.slice(1).map((expr) => checker.check(expr as Expr, scope, first.type));
    const type = prune(first.type);
    if (type.kind === "variable") checker.unify(INT, type, span);
    const word = RANGES.find((range) => isConstructed(prune(first.type), range.type.constructor));
    if (word === undefined) {
      checker.reportBound({ kind: "num", span }, type, first.span);
      return checker.broken(span);
    }
    const last = others[others.length - 1] as TypedExpr;
    const step = others.length === 2 ? others[0] : word.step(span);
    const given = step === undefined ? [first, last] : [first, step, last];
    return super.apply(checker, `range.${word.name}`, {
      args: given.map(typed),
      span,
      scope,
      expected: undefined,
    });
  }

  #loop(checker: Checker, operation: "For" | "For.one", site: CallSite): TypedExpr {
    const { args, scope, expected } = site;
    const [source, body] = args as readonly [Argument, Argument];
    const lambda = body.kind === "written" && body.expr.kind === "lambda" ? body.expr : undefined;
    if (source.kind !== "written" || lambda === undefined) return super.apply(checker, operation, site);
    const { node, item } = enumerable(checker, source.expr, scope);
    const type = prune(node.type);
    // What cannot be walked through has been reported.
    const iterable =
      type.kind === "variable" || elementType(type) !== undefined
        ? node
        : checker.coerce(isAny(type) ? node : checker.broken(source.expr.span), constructed(SEQ, [item]));
    const round = this.#round(checker, operation, lambda, item, scope, expected);
    return super.apply(checker, operation, { ...site, args: [typed(iterable), typed(round)] });
  }

  /** The body of a loop as a function of the element; of one that its pattern does not match, nothing is yielded. */
  #round(
    checker: Checker,
    operation: "For" | "For.one",
    lambda: LambdaExpr,
    item: Type,
    scope: Scope,
    expected: Type | undefined,
  ): TypedExpr {
    const { span } = lambda;
    const inside = new Scope(scope);
    const pattern = loopPattern(checker, lambda.params[0] as LambdaExpr["params"][number], item, inside);
    const wanted = operation === "For" ? expected : elementOf(expected);
    const body =
      wanted === undefined ? checker.infer(lambda.body, inside) : checker.check(lambda.body, inside, wanted);
    if (pattern.kind === "variable") return roundOf(pattern, body);
    const element = checker.variable("element", item, span);
    const rules = [{ pattern, guard: undefined, body, span }];
    if (operation === "For") {
      const unit = typed({ kind: "unit", type: UNIT, span });
      const nothing = super.apply(checker, "Zero", { args: [unit], span, scope, expected: body.type });
      rules.push({ pattern: { kind: "wildcard", type: item, span }, guard: undefined, body: nothing, span });
    }
    const match: TypedExpr = {
      kind: "match",
      subject: checker.use(element, span),
      rules,
      type: body.type,
      span,
    };
    return roundOf({ kind: "variable", variable: element, type: item, span }, match);
  }
}

function roundOf(parameter: TypedPattern, body: TypedExpr): TypedExpr {
  const type = functionType(parameter.type, body.type);
  return { kind: "lambda", params: [parameter], body, name: undefined, type, span: body.span };
}

interface RangeKind {
  readonly name: string;
  readonly type: typeof INT;
  /** The step that is not written; chars have none. */
  step(span: Span): TypedExpr | undefined;
}

const RANGES: readonly RangeKind[] = [
  { name: "int", type: INT, step: (span) => ({ kind: "int", value: 1n, type: INT, span }) },
  { name: "float", type: FLOAT, step: (span) => ({ kind: "float", value: 1, type: FLOAT, span }) },
  { name: "char", type: CHAR, step: () => undefined },
];

function elementOf(expected: Type | undefined): Type | undefined {
  if (expected === undefined) return undefined;
  const type = prune(expected);
  return isConstructed(type, SEQ) ? type.args[0] : undefined;
}
