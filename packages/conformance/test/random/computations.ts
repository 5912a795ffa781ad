/** Computation expressions of options: of the builder of the library, and of one that the program declares and that tells each step. */
import { behind, printedBinding, type Statement } from "./blocks.js";
import {
  type Block,
  type Code,
  type Environment,
  extend,
  indent,
  inside,
  lookUp,
  type Scope,
} from "./code.js";
import { plain } from "./collecting.js";
import { expression } from "./expressions.js";
import { bind, type Generator } from "./generator.js";
import { handlers, tried } from "./handlers.js";
import { none, some } from "./library.js";
import { match, pattern, within } from "./patterns.js";
import { arrayOf, bool, int, listOf, optionOf, type Type, unit } from "./types.js";
import { type ArrayValue, type List, Raised, type Union, type Value } from "./values.js";

/** The builder `steps` of every program that uses it. */
export const stepsBuilder: readonly string[] = [
  "type Steps() =",
  '    member _.Bind(m, f) = printf "b"; Option.bind f m',
  '    member _.Return x = printf "r"; Some x',
  '    member _.ReturnFrom (m: \'a option) = printf "f"; m',
  '    member _.Zero() = printf "z"; Some ()',
  '    member _.Combine(a, f) = printf "c"; Option.bind f a',
  "    member _.Delay f = f",
  '    member _.Run f = printf "!"; f ()',
  "    member _.For(items: seq<_>, f) =",
  "        let mutable ok = Some ()",
  "        for item in items do",
  "            if ok.IsSome then ok <- f item",
  "        ok",
  "    member _.While(condition, f) =",
  "        let mutable ok = Some ()",
  "        while ok.IsSome && condition () do",
  "            ok <- f ()",
  "        ok",
  "    member _.TryWith(f, handler) = try f () with e -> handler e",
  "    member _.TryFinally(f, last) = try f () finally last ()",
  "let steps = Steps()",
];

interface Builder {
  readonly name: "option" | "steps";
  readonly tell: (step: string) => void;
}

/** What a computation does: in text, and as calls of the builder. */
type Computation = Block;

/** An item and what it does with the rest of the block. */
interface Step {
  readonly lines: readonly string[];
  readonly scope: Scope;
  readonly run: (environment: Environment | undefined, rest: Computation["run"]) => Value;
}

export function computation(g: Generator, of: Type, scope: Scope, depth: number): Block {
  const name = g.choices.one(["option", "steps"] as const);
  const builder: Builder = { name, tell: (step) => name === "steps" && g.trace.print(step) };
  const body = sequence(g, builder, of, { ...scope, inLoop: false, top: false }, depth);
  return {
    lines: [`${name} {`, ...indent(body.lines), "}"],
    run: (e) => {
      builder.tell("!");
      return body.run(e);
    },
  };
}

/** Binds what a computation gives, and prints it. */
export function computed(g: Generator, scope: Scope, depth: number): Statement {
  const type = g.dataType(1);
  const variable = g.variable(optionOf(type));
  const body = computation(g, type, scope, depth + 1);
  return printedBinding(g, variable, body);
}

function bound(value: Value, next: (content: Value) => Value): Value {
  const { tag, fields } = value as Union;
  return tag === 1 ? next(fields[0]) : none;
}

function sequence(g: Generator, builder: Builder, of: Type, scope: Scope, depth: number): Computation {
  const steps: Step[] = [];
  let inner = scope;
  const count = depth <= 0 ? g.choices.below(2) : g.choices.below(4);
  for (let i = 0; i < count && !g.choices.exhausted; i++) {
    const step = stepOf(g, builder, inner, depth);
    steps.push(step);
    inner = step.scope;
  }
  const last = final(g, builder, of, inner, depth);
  return {
    lines: [...steps.flatMap(({ lines }) => lines), ...last.lines],
    run: steps.reduceRight<Computation["run"]>((rest, step) => (e) => step.run(e, rest), last.run),
  };
}

function stepOf(g: Generator, builder: Builder, scope: Scope, depth: number): Step {
  const { tell } = builder;
  // The builder of the library binds and returns, no more.
  const simple = depth <= 0 || builder.name === "option";
  switch (g.choices.below(simple ? 4 : 9)) {
    case 1:
    case 2: {
      const type = g.dataType(1);
      const source = expression(g, optionOf(type), scope, 2);
      const left = pattern(g, type, scope, g.choices.once(3) ? 1 : 0);
      return {
        lines: [`let! ${left.atomic ? left.text : `(${left.text})`} = ${source.text}`],
        scope: within(scope, left),
        run: (e, rest) => {
          const value = source.run(e);
          tell("b");
          return bound(value, (content) => {
            const inner = match(left, content, e);
            if (inner === false) throw new Raised("FUS0501", "");
            return rest(inner);
          });
        },
      };
    }
    case 3: {
      const source = expression(g, optionOf(unit), scope, 2);
      return {
        lines: [`do! ${inside(source, 0)}`],
        scope,
        run: (e, rest) => {
          const value = source.run(e);
          tell("b");
          return bound(value, () => rest(e));
        },
      };
    }
    case 4: {
      const condition = expression(g, bool, scope, 2);
      const body = sequence(g, builder, unit, scope, depth - 1);
      return combined(builder, scope, [`if ${condition.text} then`, ...indent(body.lines)], (e) =>
        condition.run(e) === true ? body.run(e) : zero(builder),
      );
    }
    case 5: {
      const type = g.dataType(1);
      const source = expression(g, g.choices.once(2) ? arrayOf(type) : listOf(type), scope, 2);
      const variable = g.variable(type);
      const body = sequence(g, builder, unit, extend(scope, [variable]), depth - 1);
      const lines = [`for ${variable.name} in ${inside(source, 3)} do`, ...indent(body.lines)];
      return combined(builder, scope, lines, (e) => {
        for (const item of [...(source.run(e) as List | ArrayValue).items]) {
          g.trace.tick();
          if (body.run(bind(e, variable.id, item)) === none) return none;
        }
        return some(undefined);
      });
    }
    case 6:
      return whileStep(g, builder, scope, depth);
    case 7: {
      const body = tryWith(g, builder, unit, scope, depth);
      return combined(builder, scope, body.lines, body.run);
    }
    default: {
      const statement = plain(g, scope, depth);
      return {
        lines: statement.lines,
        scope: behind(scope, statement),
        run: (e, rest) => rest(statement.run(e)),
      };
    }
  }
}

function zero({ tell }: Builder): Value {
  tell("z");
  return some(undefined);
}

/** A part that gives unit, and the rest behind it. */
function combined({ tell }: Builder, scope: Scope, lines: readonly string[], run: Computation["run"]): Step {
  return {
    lines,
    scope,
    run: (e, rest) => {
      const first = run(e);
      tell("c");
      return bound(first, () => rest(e));
    },
  };
}

function whileStep(g: Generator, builder: Builder, scope: Scope, depth: number): Step {
  const counter = { ...g.variable(int), name: `count${g.freshId()}` };
  const inner = extend(scope, [counter]);
  const limit = 1 + g.choices.below(3);
  const body = sequence(g, builder, unit, inner, depth - 1);
  const { name, id } = counter;
  const looped = combined(
    builder,
    inner,
    [`while ${name} < ${limit} do`, `    ${name} <- ${name} + 1`, ...indent(body.lines)],
    (e) => {
      const cell = lookUp(e, id);
      while ((cell.value as bigint) < BigInt(limit)) {
        g.trace.tick();
        cell.value = (cell.value as bigint) + 1n;
        if (body.run(e) === none) return none;
      }
      return some(undefined);
    },
  );
  return {
    lines: [`let mutable ${name} = 0`, ...looped.lines],
    scope: inner,
    run: (e, rest) => looped.run(bind(e, id, 0n), rest),
  };
}

function tryWith(g: Generator, builder: Builder, of: Type, scope: Scope, depth: number): Computation {
  const body = sequence(g, builder, of, scope, depth - 1);
  const clauses = handlers(g, scope, (inner) => sequence(g, builder, of, inner, depth - 1));
  return tried(body, clauses);
}

/** The last item. */
function final(g: Generator, builder: Builder, of: Type, scope: Scope, depth: number): Computation {
  const { tell } = builder;
  const again = (inner: Scope = scope): Computation => sequence(g, builder, of, inner, depth - 1);
  const choice =
    depth <= 0 || g.choices.exhausted
      ? g.choices.below(2)
      : g.choices.below(builder.name === "option" ? 4 : 5);
  switch (choice) {
    case 1: {
      const value: Code = expression(g, optionOf(of), scope, 2);
      return {
        lines: [`return! ${inside(value, 0)}`],
        run: (e) => {
          const found = value.run(e);
          tell("f");
          return found;
        },
      };
    }
    case 2: {
      const condition = expression(g, bool, scope, 2);
      const [yes, no] = [again(), again()];
      return {
        lines: [`if ${condition.text} then`, ...indent(yes.lines), "else", ...indent(no.lines)],
        run: (e) => (condition.run(e) === true ? yes.run(e) : no.run(e)),
      };
    }
    case 3: {
      const type = g.dataType(2);
      const bang = g.choices.once(2);
      const value = expression(g, bang ? optionOf(type) : type, scope, 2);
      const left = pattern(g, type, scope, 2);
      const [body, otherwise] = [again(within(scope, left)), again()];
      const chosen = (found: Value, e: Environment | undefined): Value => {
        const inner = match(left, found, e);
        return inner === false ? otherwise.run(e) : body.run(inner);
      };
      return {
        lines: [
          `${bang ? "match!" : "match"} ${value.text} with`,
          `| ${left.text} ->`,
          ...indent(body.lines),
          "| _ ->",
          ...indent(otherwise.lines),
        ],
        run: (e) => {
          const found = value.run(e);
          if (!bang) return chosen(found, e);
          tell("b");
          return bound(found, (content) => chosen(content, e));
        },
      };
    }
    case 4:
      return tryWith(g, builder, of, scope, depth);
    default: {
      const value = expression(g, of, scope, 2);
      return {
        lines: [`return ${inside(value, 0)}`],
        run: (e) => {
          const found = value.run(e);
          tell("r");
          return some(found);
        },
      };
    }
  }
}
