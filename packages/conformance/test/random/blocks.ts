/** Blocks of lines: bindings, functions, loops, assignments, and expressions over several lines. */

import {
  type Block,
  type Code,
  type Environment,
  extend,
  indent,
  inside,
  Jump,
  lookUp,
  postfixLevel,
  type Recogniser,
  type Scope,
  type Variable,
  visible,
} from "./code.js";
import { expression } from "./expressions.js";
import { bind, type Generator } from "./generator.js";
import { handlers, tried } from "./handlers.js";
import { match, pattern, variablePattern, within } from "./patterns.js";
import {
  arrayOf,
  bool,
  fieldTypes,
  functionFrom,
  functionOf,
  int,
  listOf,
  type Type,
  unit,
  variablesIn,
  write,
} from "./types.js";
import {
  type ArrayValue,
  type List,
  Raised,
  type RecordValue,
  text,
  Unsuitable,
  type Value,
} from "./values.js";

/** One item of a block. */
export interface Statement {
  readonly lines: readonly string[];
  /** Runs it and gives the environment behind it. */
  readonly run: (environment: Environment | undefined) => Environment | undefined;
  readonly variables: readonly Variable[];
  readonly recogniser?: Recogniser;
}

/** The scope behind a statement. */
export function behind(scope: Scope, { variables, recogniser }: Statement): Scope {
  const outer =
    recogniser === undefined ? scope : { ...scope, recognisers: [...scope.recognisers, recogniser] };
  return extend(outer, variables);
}

export function block(g: Generator, type: Type, scope: Scope, depth: number): Block {
  const statements: Statement[] = [];
  let inner = { ...scope, top: false };
  const count = depth <= 0 ? 0 : g.choices.below(4);
  for (let i = 0; i < count && !g.choices.exhausted; i++) {
    const next = g.grammar.statement(g, inner, depth - 1);
    statements.push(next);
    inner = behind(inner, next);
  }
  const last = finalExpression(g, type, inner, depth);
  return {
    lines: [...statements.flatMap((item) => item.lines), ...last.lines],
    run: (environment) => last.run(statements.reduce((e, item) => item.run(e), environment)),
  };
}

const onOneLine = (code: Code): Block => ({ lines: [code.text], run: code.run });

/** An expression over several lines, where its keywords stand first. */
function finalExpression(g: Generator, type: Type, scope: Scope, depth: number): Block {
  if (depth <= 0 || g.choices.exhausted) return onOneLine(expression(g, type, scope, 2));
  const again = (wanted: Type, inner: Scope = scope): Block => block(g, wanted, inner, depth - 1);
  if ((type.kind === "list" || type.kind === "array") && g.choices.once(2))
    return g.grammar.collecting(g, type.kind, type.of, scope, depth);
  if (type.kind === "option" && g.choices.once(2)) return g.grammar.computation(g, type.of, scope, depth);
  switch (g.choices.below(8)) {
    case 1: {
      const condition = expression(g, bool, scope, 2);
      const yes = again(type);
      const no = again(type);
      return {
        lines: [`if ${condition.text} then`, ...indent(yes.lines), "else", ...indent(no.lines)],
        run: (e) => (condition.run(e) ? yes.run(e) : no.run(e)),
      };
    }
    case 2:
      return matchBlock(g, type, scope, depth);
    case 3:
      return tryWith(g, type, scope, depth);
    case 4: {
      const body = again(type);
      const cleanup = again(unit, { ...scope, inLoop: false });
      return {
        lines: ["try", ...indent(body.lines), "finally", ...indent(cleanup.lines)],
        run: (e) => {
          let value: Value;
          try {
            value = body.run(e);
          } catch (error) {
            if (error instanceof Raised || error instanceof Jump) cleanup.run(e);
            throw error;
          }
          cleanup.run(e);
          return value;
        },
      };
    }
    case 5: {
      // A lambda over several lines as last argument.
      const from = g.dataType(1);
      const argument = expression(g, from, scope, 1);
      const left = pattern(g, from, scope, 0);
      const body = again(type, { ...within(scope, left), inLoop: false });
      return {
        lines: [
          `${inside(argument, 6)} |> (fun ${left.text} ->`,
          ...indent(body.lines).slice(0, -1),
          `${indent(body.lines).at(-1)})`,
        ],
        run: (e) => {
          const bound = match(left, argument.run(e), e);
          if (bound === false) throw new Raised("FUS0501", "");
          return body.run(bound);
        },
      };
    }
    default:
      return onOneLine(expression(g, type, scope, 3));
  }
}

function matchBlock(g: Generator, type: Type, scope: Scope, depth: number): Block {
  const matched = g.dataType(2);
  const value = expression(g, matched, scope, 2);
  const rules = g.choices.many(1, 4, () => {
    const left = pattern(g, matched, scope, 3);
    const inner = within(scope, left);
    const guard = g.choices.once(4) ? expression(g, bool, inner, 1) : undefined;
    return { left, guard, body: block(g, type, inner, depth - 1) };
  });
  const otherwise = g.choices.once(10) ? undefined : block(g, type, scope, 0);
  const lines = rules.flatMap(({ left, guard, body }) => {
    const head = `| ${left.text}${guard === undefined ? "" : ` when ${inside(guard, 0)}`} ->`;
    return body.lines.length === 1 ? [`${head} ${body.lines[0]}`] : [head, ...indent(body.lines)];
  });
  return {
    lines: [
      `match ${value.text} with`,
      ...lines,
      ...(otherwise === undefined ? [] : ["| _ ->", ...indent(otherwise.lines)]),
    ],
    run: (e) => {
      const found = value.run(e);
      for (const { left, guard, body } of rules) {
        const bound = match(left, found, e, guard);
        if (bound !== false) return body.run(bound);
      }
      if (otherwise === undefined) throw new Raised("FUS0501", `No clause matches ${text(found)}`);
      return otherwise.run(e);
    },
  };
}

function tryWith(g: Generator, type: Type, scope: Scope, depth: number): Block {
  const body = block(g, type, scope, depth - 1);
  const clauses = handlers(g, scope, (inner) => block(g, type, inner, g.choices.once(3) ? depth - 1 : 0));
  return tried(body, clauses);
}

// --------------------------------------------------------------------------------------------------------------- statements

export function effect(lines: readonly string[], run: (e: Environment | undefined) => void): Statement {
  return {
    lines,
    variables: [],
    run: (e) => {
      run(e);
      return e;
    },
  };
}

export function print(g: Generator, scope: Scope): Statement {
  const type = g.dataType(2);
  const value = expression(g, type, scope, 3);
  switch (g.choices.below(3)) {
    case 0:
      return effect([`printfn "%s" (string ${inside(value, postfixLevel)})`], (e) =>
        g.trace.print(`${text(value.run(e))}\n`),
      );
    case 1:
      return effect([`printfn "%O;" ${inside(value, postfixLevel)}`], (e) =>
        g.trace.print(`${text(value.run(e))};\n`),
      );
    default:
      return effect([`printfn $"[{(${value.text})}]"`], (e) => g.trace.print(`[${text(value.run(e))}]\n`));
  }
}

/** A binding of the block's value: on one line if it fits. */
export function bindingLines(head: string, body: Block): readonly string[] {
  return body.lines.length === 1 ? [`${head} = ${body.lines[0]}`] : [`${head} =`, ...indent(body.lines)];
}

/** The scope inside a function. */
export const outsideLoop = (scope: Scope): Scope => ({ ...scope, inLoop: false, top: false });

export function valueBinding(g: Generator, scope: Scope, depth: number): Statement {
  const type = g.type(2);
  const body = block(g, type, scope, depth);
  const variable = g.variable(type);
  const annotation = g.choices.once(4) ? `: ${write(type)}` : "";
  return {
    lines: bindingLines(`let ${variable.name}${annotation}`, body),
    variables: [variable],
    run: (e) => bind(e, variable.id, body.run(e)),
  };
}

/** Binds what the block gives, and prints it. */
export function printedBinding(g: Generator, variable: Variable, body: Block): Statement {
  return {
    lines: [...bindingLines(`let ${variable.name}`, body), `printfn $"{${variable.name}}"`],
    variables: [variable],
    run: (e) => {
      const value = body.run(e);
      g.trace.print(`${text(value)}\n`);
      return bind(e, variable.id, value);
    },
  };
}

export function mutableBinding(g: Generator, scope: Scope, depth: number): Statement {
  const type = g.dataType(1);
  const body = block(g, type, scope, depth);
  const variable = g.variable(type, { assignable: true });
  return {
    lines: bindingLines(`let mutable ${variable.name}: ${write(type)}`, body),
    variables: [variable],
    run: (e) => bind(e, variable.id, body.run(e)),
  };
}

export function patternBinding(g: Generator, scope: Scope, depth: number): Statement {
  const type = g.dataType(2);
  const body = block(g, type, scope, depth);
  const left = pattern(g, type, scope, 2);
  return {
    lines: bindingLines(`let ${left.atomic ? left.text : `(${left.text})`}`, body),
    variables: left.variables,
    run: (e) => {
      const value = body.run(e);
      const bound = match(left, value, e);
      if (bound === false) throw new Raised("FUS0501", `No clause matches ${text(value)}`);
      return bound;
    },
  };
}

/** A function with patterns, annotations or type variables of its own. */
export function functionBinding(g: Generator, scope: Scope, depth: number): Statement {
  const generic = g.choices.once(3);
  const types: Type[] = g.choices.many(1, 3, () => g.type(1));
  const own: Type[] = generic ? [{ kind: "variable", id: g.freshId() }] : [];
  for (const variable of own) {
    types.push(variable);
    if (g.choices.once(2))
      types.push(
        g.choices.one([
          listOf(variable),
          functionOf(variable, variable),
          variable,
          functionOf(int, variable),
        ]),
      );
  }
  const result = g.choices.one([...own, ...own, g.type(1)]);
  const taken = new Set<string>();
  const parameters = types.map((type) => {
    const variable = g.variable(type);
    const left =
      g.choices.once(4) && variablesIn(type).size === 0
        ? pattern(g, type, scope, 1, taken)
        : named(taken, variable);
    // Elsewhere type variables would belong to the definition at top level.
    const writable = scope.top || variablesIn(type).size === 0;
    const annotated = !left.atomic || (writable && g.choices.once(2));
    return { left, text: annotated ? `(${left.text}: ${write(type)})` : left.text };
  });
  const inner = parameters.reduce((outer, parameter) => within(outer, parameter.left), outsideLoop(scope));
  const body = block(g, result, inner, depth);
  const name = g.variable(functionFrom(types, result), {
    quantified: new Set(own.flatMap((type) => [...variablesIn(type)])),
  });
  const writable = scope.top || own.length === 0;
  const annotation = writable && g.choices.once(3) ? `: ${write(result)}` : "";
  return {
    lines: bindingLines(
      `let ${name.name} ${parameters.map((parameter) => parameter.text).join(" ")}${annotation}`,
      body,
    ),
    variables: [name],
    run: (e) =>
      bind(
        e,
        name.id,
        g.closure(parameters.length, (args) => {
          let bound = e;
          for (const [i, parameter] of parameters.entries()) {
            const found = match(parameter.left, args[i], bound);
            if (found === false) throw new Raised("FUS0501", "");
            bound = found;
          }
          return body.run(bound);
        }),
      ),
  };
}

function named(taken: Set<string>, variable: Variable): ReturnType<typeof variablePattern> {
  const name = taken.has(variable.name) ? `p${variable.id}` : variable.name;
  taken.add(name);
  return variablePattern({ ...variable, name });
}

/** One function that calls itself, or two that call each other, with an int that counts down. */
export function recursiveBinding(g: Generator, scope: Scope, depth: number): Statement {
  const count = 1 + g.choices.below(2);
  const functions = Array.from({ length: count }, (_, i) => {
    const taken = new Set<string>();
    const fuel = { ...g.variable(int), name: "fuel" };
    taken.add("fuel");
    const parameters = g.choices.many(0, 2, () => named(taken, g.variable(g.dataType(1))));
    const result = g.dataType(1);
    const id = g.freshId();
    const variable: Variable = {
      name: `rec${id}`,
      id,
      type: functionFrom(
        [int, ...parameters.map((parameter) => (parameter.variables[0] as Variable).type)],
        result,
      ),
      quantified: new Set(),
      assignable: false,
      takesFuel: true,
    };
    return { fuel, parameters, result, variable, keyword: i === 0 ? "let rec" : "and" };
  });
  const complete = functions.map((fn) => {
    const { fuel, parameters, result, keyword, variable } = fn;
    const recursive = functions.map((other) => ({ ...other.variable, takesFuel: false, fuel }));
    // What stops the recursion does not recur.
    const own = parameters.reduce(
      (outer, parameter) => within(outer, parameter),
      extend(outsideLoop(scope), [fuel]),
    );
    const stop = expression(g, result, own, 1);
    const body = block(g, result, { ...own, variables: [...recursive, ...own.variables] }, depth);
    const shown = parameters.map(
      (parameter) => `(${parameter.text}: ${write((parameter.variables[0] as Variable).type)})`,
    );
    return {
      ...fn,
      stop,
      body,
      lines: [
        `${keyword} ${[variable.name, "fuel", ...shown].join(" ")}: ${write(result)} =`,
        ...indent([`if fuel <= 0 then`, ...indent([stop.text]), "else", ...indent(body.lines)]),
      ],
    };
  });
  return {
    lines: complete.flatMap((fn) => fn.lines),
    variables: functions.map((fn) => fn.variable),
    run: (e) => {
      let all = e;
      const cells: Environment[] = [];
      for (const fn of complete) {
        all = bind(all, fn.variable.id, undefined);
        cells.push(all);
      }
      for (const [i, fn] of complete.entries()) {
        (cells[i] as Environment).value = g.closure(1 + fn.parameters.length, ([fuel, ...args]) => {
          let bound: Environment | undefined = bind(all, fn.fuel.id, fuel);
          for (const [at, parameter] of fn.parameters.entries()) {
            const found = match(parameter, args[at], bound);
            if (found === false) throw new Error("a variable matches everything");
            bound = found;
          }
          return (fuel as bigint) <= 0n ? fn.stop.run(bound) : fn.body.run(bound);
        });
      }
      return all;
    },
  };
}

/** Of a variable, an element of an array, a field of a record. */
export function assignment(g: Generator, scope: Scope): Statement | undefined {
  const targets = visible(scope).filter(
    ({ type, assignable, quantified }) =>
      quantified.size === 0 &&
      (assignable ||
        type.kind === "array" ||
        (type.kind === "declared" &&
          type.declaration.kind === "record" &&
          type.declaration.fields.some((field) => field.mutable))),
  );
  if (targets.length === 0) return undefined;
  const target = g.choices.one(targets);
  const { name, id, type } = target;
  if (target.assignable) {
    const value = expression(g, type, scope, 3);
    return effect([`${name} <- ${inside(value, 0)}`], (e) => {
      const found = value.run(e);
      lookUp(e, id).value = found;
    });
  }
  if (type.kind === "array") {
    const index = expression(g, int, scope, g.choices.below(2));
    const value = expression(g, type.of, scope, 2);
    return effect([`${name}.[${index.text}] <- ${inside(value, 0)}`], (e) => {
      const array = lookUp(e, id).value as ArrayValue;
      const at = index.run(e) as bigint;
      const found = value.run(e);
      if (at < 0n || at >= BigInt(array.items.length)) throw new Raised("FUS0504", "");
      array.items[Number(at)] = found;
    });
  }
  if (type.kind !== "declared" || type.declaration.kind !== "record") return undefined;
  const { fields } = type.declaration;
  const at = fields.findIndex((field) => field.mutable);
  const field = fields[at] as (typeof fields)[number];
  const value = expression(g, fieldTypes([field.type], type.args)[0] as Type, scope, 2);
  return effect([`${name}.${field.label} <- ${inside(value, 0)}`], (e) => {
    const record = lookUp(e, id).value as RecordValue;
    record.fields[at] = value.run(e);
  });
}

/** Runs the body once for each environment; `break` and `continue` do what they do. */
function rounds(g: Generator, body: Block, environments: Iterable<Environment | undefined>): void {
  for (const environment of environments) {
    g.trace.tick();
    try {
      body.run(environment);
    } catch (error) {
      if (!(error instanceof Jump)) throw error;
      if (error.kind === "break") return;
    }
  }
}

export function loop(g: Generator, scope: Scope, depth: number): Statement {
  if (g.choices.once(2)) {
    const variable = g.variable(int);
    const down = g.choices.once(3);
    const start = expression(g, int, scope, 0);
    const distance = g.choices.below(4);
    const body = block(g, unit, { ...extend(scope, [variable]), inLoop: true }, depth);
    const first = { ...g.variable(int), name: "first" };
    return {
      lines: [
        `let first = ${start.text}`,
        `for ${variable.name} = first ${down ? "downto" : "to"} first ${down ? "-" : "+"} ${distance} do`,
        ...indent(body.lines),
      ],
      variables: [first],
      run: (e) => {
        const from = start.run(e) as bigint;
        // The last int is not counted past.
        if (from > 2n ** 62n || from < -(2n ** 62n)) throw new Unsuitable("loop at the end of the ints");
        const outer = bind(e, first.id, from);
        rounds(
          g,
          body,
          Array.from({ length: distance + 1 }, (_, i) =>
            bind(outer, variable.id, from + BigInt(down ? -i : i)),
          ),
        );
        return outer;
      },
    };
  }
  const type = g.dataType(1);
  const source = expression(g, g.choices.once(2) ? arrayOf(type) : listOf(type), scope, 2);
  const left = pattern(g, type, scope, 1);
  const body = block(g, unit, { ...within(scope, left), inLoop: true }, depth);
  return effect([`for ${left.text} in ${inside(source, 3)} do`, ...indent(body.lines)], (e) => {
    const { items } = source.run(e) as List | ArrayValue;
    // The array may be assigned to meanwhile.
    function* environments(): Iterable<Environment | undefined> {
      for (const item of items) {
        const bound = match(left, item, e);
        if (bound !== false) yield bound;
      }
    }
    rounds(g, body, environments());
  });
}

export function whileLoop(g: Generator, scope: Scope, depth: number): Statement {
  const counter: Variable = { ...g.variable(int), name: `count${g.freshId()}` };
  const limit = 1 + g.choices.below(4);
  const outer = extend(scope, [counter]);
  const condition = g.choices.once(2) ? expression(g, bool, outer, 1) : undefined;
  const body = block(g, unit, { ...outer, inLoop: true }, depth);
  const { name } = counter;
  return {
    lines: [
      `let mutable ${name} = 0`,
      `while ${name} < ${limit}${condition === undefined ? "" : ` && ${inside(condition, 5)}`} do`,
      `    ${name} <- ${name} + 1`,
      ...indent(body.lines),
    ],
    variables: [counter],
    run: (e) => {
      const inner = bind(e, counter.id, 0n);
      function* environments(): Iterable<Environment> {
        while (
          (inner.value as bigint) < BigInt(limit) &&
          (condition === undefined || condition.run(inner) === true)
        ) {
          inner.value = (inner.value as bigint) + 1n;
          yield inner;
        }
      }
      rounds(g, body, environments());
      return inner;
    },
  };
}
