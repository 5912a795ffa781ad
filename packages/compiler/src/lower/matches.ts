import type { Core, Item, MatchFailure } from "../core/core.js";
import type { Local } from "../core/local.js";
import { decisionTree, type Rule } from "../match/decision-tree.js";
import { Patterns } from "../match/pattern.js";
import type { Leaf, Plan } from "../match/plan.js";
import { operationsOf } from "../match/rows.js";
import { isComponentwise, type Shape } from "../match/shape.js";
import type { Span } from "../source/source.js";
import type { TypedPattern, TypedRule } from "../typed/tree.js";
import { block } from "./bindings.js";
import type { Lowerer } from "./lowerer.js";

/** A match on a value that is computed here; `undefined`: `subject` holds it already. */
export function lowerRules(
  lowerer: Lowerer,
  subject: Local,
  value: Core | undefined,
  rules: readonly TypedRule[],
  dynamic: boolean,
  failure: MatchFailure,
  span: Span,
): Core {
  const prepared = rules.map((rule) => {
    const patterns = new Patterns(lowerer, (variable) => lowerer.declare(variable));
    const shape = patterns.shape(rule.pattern, dynamic);
    const guard = rule.guard === undefined ? undefined : lowerer.expression(rule.guard);
    const leaf: Leaf = {
      variables: patterns.variables,
      body: lowerer.expression(rule.body),
      span: rule.span,
      references: 0,
    };
    return { patterns, rule: { shape, guard, leaf } };
  });
  const unbuilt =
    value === undefined ? undefined : matchComponents(lowerer, prepared, subject, value, failure, span);
  return (
    unbuilt ?? {
      kind: "match",
      subject,
      value,
      components: [],
      plan: planFor(lowerer, prepared, subject),
      failure,
      span,
    }
  );
}

/** `match a, b with`: the values are matched without making a tuple of them, if no rule wants the tuple. */
function matchComponents(
  lowerer: Lowerer,
  prepared: readonly { readonly rule: Rule }[],
  subject: Local,
  value: Core,
  failure: MatchFailure,
  span: Span,
): Core | undefined {
  if (value.kind !== "primitive" || value.op !== "tuple.new") return undefined;
  const rules = prepared.map((item) => item.rule);
  if (!rules.every((rule) => isComponentwise(rule.shape))) return undefined;
  const items: Item[] = [];
  const components = value.args.map((arg) => {
    if (arg.kind === "local" && !arg.local.mutable && arg.local.owner === lowerer.context.fn)
      return arg.local;
    const local = lowerer.local("component");
    items.push({ kind: "let", local: lowerer.mention(local), value: arg, span: arg.span });
    return local;
  });
  const plan = decisionTree(rules, subject, lowerer.context.fn, components);
  if (plan === undefined) return undefined;
  return block(items, { kind: "match", subject, value: undefined, components, plan, failure, span }, span);
}

function planFor(
  lowerer: Lowerer,
  prepared: readonly { readonly patterns: Patterns; readonly rule: Rule }[],
  subject: Local,
): Plan {
  const tree = decisionTree(
    prepared.map((item) => item.rule),
    subject,
    lowerer.context.fn,
  );
  if (tree !== undefined) return tree;
  const rows = prepared.map(({ patterns, rule: { shape, guard, leaf } }) => {
    leaf.references = 1;
    return { operations: operationsOf(patterns, shape, subject, false), guard, leaf };
  });
  return { kind: "rows", rows };
}

/** One pattern whose failure is no error: the body is skipped. */
export function lowerIfMatches(
  lowerer: Lowerer,
  subject: Local,
  pattern: TypedPattern,
  dynamic: boolean,
  body: () => Core,
  span: Span,
): Core {
  const patterns = new Patterns(lowerer, (variable) => lowerer.declare(variable));
  const shape: Shape = patterns.shape(pattern, dynamic);
  const leaf: Leaf = { variables: patterns.variables, body: body(), span, references: 1 };
  const operations = operationsOf(patterns, shape, subject, false);
  return {
    kind: "match",
    // It is held even if the pattern looks at nothing.
    subject: lowerer.mention(subject),
    value: undefined,
    components: [],
    plan: { kind: "rows", rows: [{ operations, guard: undefined, leaf }] },
    failure: "skip",
    span,
  };
}
