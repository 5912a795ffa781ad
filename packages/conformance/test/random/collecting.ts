/** Lists, arrays and sequences whose items are yielded by statements: loops, branches, matches and handlers over several lines. */
import {
  assignment,
  behind,
  block,
  functionBinding,
  mutableBinding,
  patternBinding,
  print,
  type Statement,
  valueBinding,
} from "./blocks.js";
import { type Block, type Environment, extend, indent, inside, lookUp, type Scope } from "./code.js";
import { expression } from "./expressions.js";
import { bind, type Generator } from "./generator.js";
import { handled, handlers } from "./handlers.js";
import { match, pattern, within } from "./patterns.js";
import { arrayOf, bool, int, listOf, type Type, unit } from "./types.js";
import { ArrayValue, List, Raised, type Value } from "./values.js";

/** Statements that yield; as a generator, so that nothing is run that nobody asks for. */
interface Yielding {
  readonly lines: readonly string[];
  readonly items: (environment: Environment | undefined) => Iterable<Value>;
}

/** `[ … ]`, `[| … |]`, or a sequence turned into one of them, all of it or its beginning. */
export function collecting(
  g: Generator,
  kind: "list" | "array",
  of: Type,
  scope: Scope,
  depth: number,
): Block {
  const body = yielding(g, of, { ...scope, inLoop: false, top: false }, depth);
  const make = (items: Value[]): Value => (kind === "list" ? new List(items) : new ArrayValue(items));
  const all = (e: Environment | undefined, most = 2_000): Value[] => {
    const found: Value[] = [];
    if (most === 0) return found;
    for (const item of body.items(e)) {
      g.trace.tick();
      found.push(item);
      if (found.length === most) break;
    }
    return found;
  };
  if (g.choices.once(2)) {
    const [open, close] = kind === "list" ? ["[", "]"] : ["[|", "|]"];
    return { lines: [open, ...indent(body.lines), close], run: (e) => make(all(e)) };
  }
  const most = g.choices.once(2) ? g.choices.below(4) : undefined;
  return {
    lines: [
      "seq {",
      ...indent(body.lines),
      "}",
      ...(most === undefined ? [] : [`|> Seq.truncate ${most}`]),
      kind === "list" ? "|> Seq.toList" : "|> Seq.toArray",
    ],
    run: (e) => make(all(e, most)),
  };
}

function yielding(g: Generator, item: Type, scope: Scope, depth: number): Yielding {
  const parts: ({ readonly step: Statement } | Yielding)[] = [];
  let inner = scope;
  const count = 1 + g.choices.below(depth <= 0 ? 2 : 4);
  for (let i = 0; i < count; i++) {
    if (i < count - 1 && g.choices.once(3) && !g.choices.exhausted) {
      const step = plain(g, inner, depth);
      parts.push({ step });
      inner = behind(inner, step);
    } else parts.push(one(g, item, inner, depth));
  }
  return {
    lines: parts.flatMap((part) => ("step" in part ? part.step.lines : part.lines)),
    *items(e) {
      let environment = e;
      for (const part of parts) {
        if ("step" in part) environment = part.step.run(environment);
        else yield* part.items(environment);
      }
    },
  };
}

/** A statement that yields nothing. */
export function plain(g: Generator, scope: Scope, depth: number): Statement {
  switch (g.choices.below(6)) {
    case 0:
      return mutableBinding(g, scope, depth - 1);
    case 1:
      return functionBinding(g, scope, depth - 1);
    case 2:
      return patternBinding(g, scope, depth - 1);
    case 3:
      return assignment(g, scope) ?? print(g, scope);
    case 4:
      return print(g, scope);
    default:
      return valueBinding(g, scope, depth - 1);
  }
}

function one(g: Generator, item: Type, scope: Scope, depth: number): Yielding {
  const again = (inner: Scope = scope): Yielding => yielding(g, item, inner, depth - 1);
  const choice = depth <= 0 || g.choices.exhausted ? g.choices.below(2) : g.choices.below(10);
  switch (choice) {
    case 1: {
      const many = expression(g, g.choices.once(2) ? listOf(item) : arrayOf(item), scope, 2);
      return {
        lines: [`yield! ${inside(many, 3)}`],
        *items(e) {
          yield* (many.run(e) as List | ArrayValue).items;
        },
      };
    }
    case 2: {
      const condition = expression(g, bool, scope, 2);
      const yes = again();
      const no = g.choices.once(2) ? again() : undefined;
      return {
        lines: [
          `if ${condition.text} then`,
          ...indent(yes.lines),
          ...(no === undefined ? [] : ["else", ...indent(no.lines)]),
        ],
        *items(e) {
          if (condition.run(e) === true) yield* yes.items(e);
          else if (no !== undefined) yield* no.items(e);
        },
      };
    }
    case 3:
      return rules(g, item, scope, depth);
    case 4:
    case 5: {
      const type = g.dataType(1);
      const source = expression(g, g.choices.once(2) ? arrayOf(type) : listOf(type), scope, 2);
      const left = pattern(g, type, scope, 1);
      const body = again(within(scope, left));
      return {
        lines: [`for ${left.text} in ${inside(source, 3)} do`, ...indent(body.lines)],
        *items(e) {
          for (const value of (source.run(e) as List | ArrayValue).items) {
            g.trace.tick();
            const bound = match(left, value, e);
            if (bound !== false) yield* body.items(bound);
          }
        },
      };
    }
    case 6: {
      const variable = g.variable(int);
      const [from, to] = [g.choices.below(4), g.choices.below(5)];
      const down = g.choices.once(4);
      const body = again(extend(scope, [variable]));
      return {
        lines: [
          `for ${variable.name} ${down ? `= ${from} downto ${to}` : g.choices.once(2) ? `= ${from} to ${to}` : `in ${from} .. ${to}`} do`,
          ...indent(body.lines),
        ],
        *items(e) {
          for (let i = from; down ? i >= to : i <= to; i += down ? -1 : 1) {
            g.trace.tick();
            yield* body.items(bind(e, variable.id, BigInt(i)));
          }
        },
      };
    }
    case 7:
      return whileLoop(g, item, scope, depth);
    case 8: {
      const body = again();
      const cleanup = block(g, unit, scope, depth - 1);
      return {
        lines: ["try", ...indent(body.lines), "finally", ...indent(cleanup.lines)],
        *items(e) {
          let stopped = true;
          try {
            yield* body.items(e);
            stopped = false;
          } catch (error) {
            stopped = false;
            if (error instanceof Raised) cleanup.run(e);
            throw error;
          } finally {
            if (stopped) cleanup.run(e);
          }
          cleanup.run(e);
        },
      };
    }
    case 9: {
      const body = again();
      const clauses = handlers(g, scope, (inner) => again(inner));
      return {
        lines: ["try", ...indent(body.lines), "with", ...clauses.flatMap(({ lines }) => lines)],
        *items(e) {
          let failed: Iterable<Value>;
          try {
            yield* body.items(e);
            return;
          } catch (error) {
            if (!(error instanceof Raised)) throw error;
            const handler = handled(clauses, error, e);
            failed = handler.body.items(handler.environment);
          }
          yield* failed;
        },
      };
    }
    default: {
      const value = expression(g, item, scope, 2);
      return {
        lines: [`yield ${inside(value, 3)}`],
        *items(e) {
          yield value.run(e);
        },
      };
    }
  }
}

function rules(g: Generator, item: Type, scope: Scope, depth: number): Yielding {
  const matched = g.dataType(2);
  const value = expression(g, matched, scope, 2);
  const clauses = g.choices.many(1, 3, () => {
    const left = pattern(g, matched, scope, 2);
    const inner = within(scope, left);
    const guard = g.choices.once(4) ? expression(g, bool, inner, 1) : undefined;
    return { left, guard, body: yielding(g, item, inner, depth - 1) };
  });
  const otherwise = g.choices.once(3) ? undefined : yielding(g, item, scope, 0);
  return {
    lines: [
      `match ${value.text} with`,
      ...clauses.flatMap(({ left, guard, body }) => [
        `| ${left.text}${guard === undefined ? "" : ` when ${inside(guard, 0)}`} ->`,
        ...indent(body.lines),
      ]),
      ...(otherwise === undefined ? ["| _ -> ()"] : ["| _ ->", ...indent(otherwise.lines)]),
    ],
    *items(e) {
      const found = value.run(e);
      for (const { left, guard, body } of clauses) {
        const bound = match(left, found, e, guard);
        if (bound === false) continue;
        yield* body.items(bound);
        return;
      }
      if (otherwise !== undefined) yield* otherwise.items(e);
    },
  };
}

function whileLoop(g: Generator, item: Type, scope: Scope, depth: number): Yielding {
  const counter = { ...g.variable(int), name: `count${g.freshId()}` };
  const inner = extend(scope, [counter]);
  const limit = 1 + g.choices.below(3);
  const condition = g.choices.once(2) ? expression(g, bool, inner, 1) : undefined;
  const body = yielding(g, item, inner, depth - 1);
  const { name, id } = counter;
  return {
    lines: [
      `let mutable ${name} = 0`,
      `while ${name} < ${limit}${condition === undefined ? "" : ` && ${inside(condition, 5)}`} do`,
      `    ${name} <- ${name} + 1`,
      ...indent(body.lines),
    ],
    *items(e) {
      const bound = bind(e, id, 0n);
      const count = lookUp(bound, id);
      while (
        (count.value as bigint) < BigInt(limit) &&
        (condition === undefined || condition.run(bound) === true)
      ) {
        g.trace.tick();
        count.value = (count.value as bigint) + 1n;
        yield* body.items(bound);
      }
    },
  };
}
