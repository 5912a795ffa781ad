/** Active patterns: total ones of several cases or of one, partial ones, with parameters before the input. */
import { bindingLines, block, outsideLoop, type Statement } from "./blocks.js";
import { type Block, extend, indent, lookUp, type Recogniser, type Scope, type Variable } from "./code.js";
import { expression } from "./expressions.js";
import { bind, type Generator } from "./generator.js";
import { match, pattern, within } from "./patterns.js";
import { bool, int, optionOf, string, type Type, type UnionDeclaration, unit, write } from "./types.js";
import { Union } from "./values.js";

/** A definition; `let (|P1a|P1b|) (k: int) (x: T) = …` */
export function activePattern(g: Generator, scope: Scope, depth: number): Statement {
  const id = g.freshId();
  const input = g.dataType(1);
  const partial = g.choices.once(2);
  const union: UnionDeclaration = {
    kind: "union",
    name: `P${id}`,
    parameters: 0,
    cases: g.choices.many(1, partial ? 1 : 3, (i) => ({
      name: `P${id}${"abc"[i]}`,
      fields: g.choices.once(4) ? [] : [g.dataType(1)],
    })),
    members: [],
  };
  const parameters = g.choices.once(3) ? [g.choices.one([int, string])] : [];
  const variables = g.variables([...parameters, input]);
  const inner = extend(outsideLoop(scope), variables);
  const matched = variables[variables.length - 1] as Variable;
  const body = bodyOf(g, { id, union, partial, parameters, input }, matched, inner, depth);
  const names = [...union.cases.map(({ name }) => name), ...(partial ? ["_"] : [])];
  const shown = variables.map(({ name, type }) => `(${name}: ${write(type)})`);
  return {
    lines: bindingLines(`let (|${names.join("|")}|) ${shown.join(" ")}`, body),
    variables: [],
    recogniser: { id, union, partial, parameters, input },
    run: (e) =>
      bind(
        e,
        id,
        g.closure(variables.length, (args) =>
          body.run(variables.reduce((bound, variable, i) => bind(bound, variable.id, args[i]), e)),
        ),
      ),
  };
}

function bodyOf(
  g: Generator,
  { union, partial }: Recogniser,
  matched: Variable,
  scope: Scope,
  depth: number,
): Block {
  const payload = (tag: number): Type => union.cases[tag]?.fields[0] ?? unit;
  if (partial) return block(g, optionOf(payload(0)), scope, depth);
  if (union.cases.length === 1) {
    const only = block(g, payload(0), scope, depth);
    return { ...only, run: (e) => new Union(union, 0, [only.run(e)]) };
  }
  return g.choices.once(2) ? byConditions(g, union, scope, depth) : byRules(g, union, matched, scope, depth);
}

/** `P1a e`; every case is made somewhere, so that all payloads are known. */
function made(g: Generator, union: UnionDeclaration, tag: number, scope: Scope, depth: number): Block {
  const { name, fields } = union.cases[tag] as (typeof union.cases)[number];
  const [type] = fields;
  if (type === undefined) return { lines: [name], run: () => new Union(union, tag, []) };
  const value = expression(g, type, scope, depth);
  return { lines: [`${name} (${value.text})`], run: (e) => new Union(union, tag, [value.run(e)]) };
}

function byConditions(g: Generator, union: UnionDeclaration, scope: Scope, depth: number): Block {
  const conditions = union.cases.slice(1).map(() => expression(g, bool, scope, 2));
  const results = union.cases.map((_, tag) => made(g, union, tag, scope, depth));
  return {
    lines: results.flatMap(({ lines }, i) => [
      conditions[i] === undefined ? "else" : `${i === 0 ? "if" : "elif"} ${conditions[i].text} then`,
      ...indent(lines),
    ]),
    run: (e) => {
      const at = conditions.findIndex((condition) => condition.run(e) === true);
      return results.at(at)?.run(e);
    },
  };
}

function byRules(
  g: Generator,
  union: UnionDeclaration,
  matched: Variable,
  scope: Scope,
  depth: number,
): Block {
  const rules = union.cases.slice(1).map((_, tag) => {
    const left = pattern(g, matched.type, scope, 2);
    return { left, body: made(g, union, tag, within(scope, left), depth) };
  });
  const otherwise = made(g, union, union.cases.length - 1, scope, depth);
  return {
    lines: [
      `match ${matched.name} with`,
      ...rules.flatMap(({ left, body }) => [`| ${left.text} ->`, ...indent(body.lines)]),
      "| _ ->",
      ...indent(otherwise.lines),
    ],
    run: (e) => {
      const value = lookUp(e, matched.id).value;
      for (const { left, body } of rules) {
        const bound = match(left, value, e);
        if (bound !== false) return body.run(bound);
      }
      return otherwise.run(e);
    },
  };
}
