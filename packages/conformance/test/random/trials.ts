/** A match with many clauses, in a function that is tried on many values which its patterns are likely to match. */
import type { Statement } from "./blocks.js";
import { type Code, extend, indent, inside, lookUp, type Scope } from "./code.js";
import { caseOf, expression, recordOf, simplest, tuple } from "./expressions.js";
import { bind, type Generator } from "./generator.js";
import { apply, none, some } from "./library.js";
import { common } from "./literals.js";
import { match, type Pattern, pattern, within } from "./patterns.js";
import { bool, type Type, write } from "./types.js";
import { ArrayValue, List, mapOfEntries, setOfItems, type Tuple, text } from "./values.js";

export function trial(g: Generator, scope: Scope): Statement {
  const type = g.dataType(3);
  const fn = g.variable(type);
  const input = g.variable(type);
  const inner = extend({ ...scope, inLoop: false, top: false }, [input]);
  const rules = g.choices.many(2, 7, (i) => {
    const left = pattern(g, type, inner, 4);
    const guard = g.choices.once(3) ? expression(g, bool, within(inner, left), 2) : undefined;
    return { left, guard, shown: shownVariables(left, i) };
  });
  const samples = g.choices.many(3, 10, () => sample(g, type, scope, 4));
  return {
    lines: [
      `let ${fn.name} (${input.name}: ${write(type)}) =`,
      ...indent([
        `match ${input.name} with`,
        ...rules.map(
          ({ left, guard, shown }) =>
            `| ${left.text}${guard === undefined ? "" : ` when ${inside(guard, 0)}`} -> ${shown.text}`,
        ),
        '| _ -> "none"',
      ]),
      "for sample in [",
      ...indent(indent(samples.map((item) => inside(item, 3)))),
      "    ] do",
      `    printfn "%s" (${fn.name} sample)`,
    ],
    // The name of the function hides others of that name.
    variables: [{ ...fn, type: { kind: "function", from: type, to: { kind: "string" } } }],
    run: (e) => {
      const bound = bind(
        e,
        fn.id,
        g.closure(1, ([value]) => {
          const at = bind(e, input.id, value);
          for (const { left, guard, shown } of rules) {
            const found = match(left, value, at, guard);
            if (found !== false) return shown.run(found);
          }
          return "none";
        }),
      );
      const values = samples.map((item) => item.run(e));
      for (const value of values) g.trace.print(`${text(apply(bound.value, value))}\n`);
      return bound;
    },
  };
}

/** The number of the clause and all that its pattern binds, as text. */
function shownVariables({ variables }: Pattern, clause: number): Code {
  const shown = variables.map(({ name }) => `; {${name}}`);
  return {
    text: `$"${clause}${shown.join("")}"`,
    level: 17,
    run: (e) => `${clause}${variables.map(({ id }) => `; ${text(lookUp(e, id).value)}`).join("")}`,
  };
}

/** A value with few different parts. */
function sample(g: Generator, type: Type, scope: Scope, depth: number): Code {
  const again = (part: Type): Code => sample(g, part, scope, depth - 1);
  if (depth <= 0) return simplest(g, type, scope);
  switch (type.kind) {
    case "int":
    case "string":
    case "bool":
    case "char":
    case "float":
      return common(g, type);
    case "tuple":
      return tuple(type.items.map(again));
    case "list":
    case "array": {
      const items = g.choices.many(0, 3, () => again(type.of));
      const inner = items.map((item) => inside(item, 3)).join("; ");
      return {
        text: type.kind === "list" ? `[${inner}]` : `[| ${inner} |]`,
        level: 17,
        run: (e) => {
          const values = items.map((item) => item.run(e));
          return type.kind === "list" ? new List(values) : new ArrayValue(values);
        },
      };
    }
    case "option": {
      if (g.choices.once(3)) return { text: "None", level: 17, run: () => none };
      const inner = again(type.of);
      return { text: `Some (${inner.text})`, level: 15, run: (e) => some(inner.run(e)) };
    }
    case "declared": {
      const { declaration, args } = type;
      return declaration.kind === "union"
        ? caseOf(type, g.choices.below(declaration.cases.length), again)
        : recordOf(declaration, args, again);
    }
    case "map": {
      const pairs = g.choices.many(0, 2, () => tuple([again(type.key), again(type.value)]));
      return {
        text: `Map.ofList [${pairs.map((pair) => pair.text).join("; ")}]`,
        level: 15,
        run: (e) => mapOfEntries(pairs.map((pair) => (pair.run(e) as Tuple).items as [never, never])),
      };
    }
    case "set": {
      const items = g.choices.many(0, 2, () => again(type.of));
      return {
        text: `set [${items.map((item) => inside(item, 3)).join("; ")}]`,
        level: 15,
        run: (e) => setOfItems(items.map((item) => item.run(e))),
      };
    }
    default:
      return simplest(g, type, scope);
  }
}
