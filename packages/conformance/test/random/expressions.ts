/** Expressions on one line, by the type that they must have. */

import {
  applicationLevel,
  atomLevel,
  type Code,
  extend,
  inside,
  keywordLevel,
  lookUp,
  type Meaning,
  postfixLevel,
  prefixLevel,
  type Scope,
  type Variable,
  visible,
} from "./code.js";
import { bind, type Generator } from "./generator.js";
import { apply, type LibraryFunction, library, none, some, wrap } from "./library.js";
import { escaped, literal } from "./literals.js";
import { match, type Pattern, pattern, within } from "./patterns.js";
import {
  bool,
  type ClassDeclaration,
  fieldTypes,
  float,
  functionOf,
  int,
  isData,
  listOf,
  matches,
  type RecordDeclaration,
  same,
  string,
  substitute,
  type Type,
  variablesIn,
  write,
} from "./types.js";
import {
  ArrayValue,
  Char,
  equal,
  List,
  MapValue,
  mapOfEntries,
  order,
  Raised,
  RecordValue,
  SetValue,
  setOfItems,
  Tuple,
  text,
  Union,
  Unsuitable,
  type Value,
} from "./values.js";

/** A way to write something; undefined when it does not apply. */
type Attempt = () => Code | undefined;

export function expression(g: Generator, type: Type, scope: Scope, depth: number): Code {
  const simple: Attempt[] = [() => simplest(g, type, scope), ...uses(type, scope)];
  if (depth <= 0 || g.choices.exhausted) return first(g, simple) ?? simplest(g, type, scope);
  const attempts: Attempt[] = [
    ...simple.slice(0, 8),
    ...constructions(g, type, scope, depth - 1),
    ...anywhere(g, type, scope, depth - 1),
  ];
  return first(g, attempts) ?? simplest(g, type, scope);
}

function first(g: Generator, attempts: readonly Attempt[]): Code | undefined {
  for (let tries = 0; tries < 4; tries++) {
    const found = g.choices.one(attempts)();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Always possible. */
export function simplest(g: Generator, type: Type, scope: Scope): Code {
  const constant = (written: string, make: () => Value): Code => ({
    text: written,
    level: atomLevel,
    run: make,
  });
  switch (type.kind) {
    case "unit":
      return constant("()", () => undefined);
    case "tuple": {
      const items = type.items.map((item) => simplest(g, item, scope));
      return tuple(items);
    }
    case "list":
      return constant("[]", () => new List([]));
    case "array":
      return constant("[||]", () => new ArrayValue([]));
    case "option":
      return constant("None", () => none);
    case "map":
      return constant("Map.empty", () => new MapValue([]));
    case "set":
      return constant("Set.empty", () => new SetValue([]));
    case "function": {
      const body = simplest(g, type.to, scope);
      return {
        text: `fun _ -> ${body.text}`,
        level: keywordLevel,
        run: (e) => g.closure(1, () => body.run(e)),
      };
    }
    case "declared": {
      const { declaration, args } = type;
      return declaration.kind === "union"
        ? caseOf(type, 0, (field) => simplest(g, field, scope))
        : recordOf(declaration, args, (field) => simplest(g, field, scope));
    }
    case "object":
      return construction(type.declaration, (part) => simplest(g, part, scope));
    case "variable": {
      const known = visible(scope).find(
        (variable) => same(variable.type, type) && variable.quantified.size === 0,
      );
      if (known === undefined) {
        return {
          text: 'failwith "nothing"',
          level: applicationLevel,
          run: () => {
            throw new Raised("FUS0519", "nothing");
          },
        };
      }
      return variableCode(known);
    }
    default:
      return literal(g, type);
  }
}

function variableCode(variable: Variable): Code {
  return { text: variable.name, level: atomLevel, run: (e) => lookUp(e, variable.id).value };
}

// ---------------------------------------------------------------------------------------------------------------- variables

/** Variables of the type, and calls of variables that give it. */
function uses(type: Type, scope: Scope): Attempt[] {
  const attempts: Attempt[] = [];
  for (const variable of [...visible(scope)].reverse()) {
    if (variable.takesFuel !== true && variable.fuel === undefined && fits(variable, type) !== undefined)
      attempts.push(() => variableCode(variable));
    else if (variable.type.kind === "tuple" && variable.type.items.some((item) => same(item, type))) {
      const at = variable.type.items.findIndex((item) => same(item, type));
      const { length } = variable.type.items;
      if (length === 2)
        attempts.push(() => ({
          text: `${at === 0 ? "fst" : "snd"} ${variable.name}`,
          level: applicationLevel,
          run: (e) => (lookUp(e, variable.id).value as Tuple).items[at],
        }));
    } else if (variable.type.kind === "declared" && variable.type.declaration.kind === "record") {
      const { declaration, args } = variable.type;
      const types = fieldTypes(
        declaration.fields.map((field) => field.type),
        args,
      );
      const at = types.findIndex((field) => same(field, type));
      if (at >= 0)
        attempts.push(() => ({
          text: `${variable.name}.${declaration.fields[at]?.label}`,
          level: postfixLevel,
          run: (e) => (lookUp(e, variable.id).value as RecordValue).fields[at],
        }));
    }
  }
  return attempts;
}

function fits(variable: Variable, type: Type): ReadonlyMap<number, Type> | undefined {
  const bound = new Map<number, Type>();
  if (variable.quantified.size === 0) return same(variable.type, type) ? bound : undefined;
  return matches(variable.type, type, bound) && rigidStay(variable, bound) ? bound : undefined;
}

/** Variables of the enclosing function stand for themselves. */
function rigidStay(variable: Variable, bound: ReadonlyMap<number, Type>): boolean {
  return [...bound].every(
    ([id, type]) => variable.quantified.has(id) || (type.kind === "variable" && type.id === id),
  );
}

/** Calls of functions of the program with all arguments, if a result of theirs fits. */
function calls(g: Generator, type: Type, scope: Scope, depth: number): Attempt[] {
  const attempts: Attempt[] = [];
  const known = visible(scope);
  for (const variable of known) {
    const parameters: Type[] = [];
    let result = variable.type;
    while (result.kind === "function" && parameters.length < 3) {
      parameters.push(result.from);
      result = result.to;
      const bound = new Map<number, Type>();
      if (!matches(result, type, bound) || !rigidStay(variable, bound)) continue;
      const taken = [...parameters];
      attempts.push(() => {
        const args = taken.map((parameter, i) => {
          if (i === 0 && variable.fuel !== undefined) return lessFuel(variable.fuel, known);
          if (i === 0 && variable.takesFuel === true) return smallInt(g);
          for (const id of variable.quantified) if (!bound.has(id)) bound.set(id, g.dataType(1));
          return expression(g, substitute(parameter, bound), scope, depth);
        });
        if (!args.every((argument) => argument !== undefined)) return undefined;
        return call(variableCode(variable), args);
      });
    }
  }
  return attempts;
}

function lessFuel(fuel: Variable, known: readonly Variable[]): Code | undefined {
  if (!known.includes(fuel)) return undefined;
  return {
    text: `${fuel.name} - 1`,
    level: 11,
    run: (e) => wrap((lookUp(e, fuel.id).value as bigint) - 1n),
  };
}

function smallInt(g: Generator): Code {
  const value = g.choices.below(5);
  return { text: String(value), level: atomLevel, run: () => BigInt(value) };
}

/** `f a b`; evaluates the function, then the arguments. */
function call(fn: Code, args: readonly Code[]): Code {
  return {
    text: [inside(fn, applicationLevel), ...args.map(argumentText)].join(" "),
    level: applicationLevel,
    run: (e) => {
      const called = fn.run(e);
      const values = args.map((argument) => argument.run(e));
      return apply(called, ...values);
    },
  };
}

export function argumentText(code: Code): string {
  return inside(code, postfixLevel);
}

/** Library functions with this result: as an application, a pipeline, or a partial application in one. */
function libraryCall(g: Generator, type: Type, scope: Scope, depth: number): Code | undefined {
  const candidates: [LibraryFunction, Map<number, Type>][] = [];
  for (const fn of library) {
    const bound = new Map<number, Type>();
    if (matches(fn.result, type, bound) && (fn.name !== "failwith" || isData(type)))
      candidates.push([fn, bound]);
  }
  if (candidates.length === 0) return undefined;
  const [fn, bound] = g.choices.one(candidates);
  if (![...bound.values()].every(isData)) return undefined;
  for (const id of [0, 1, 2]) if (!bound.has(id)) bound.set(id, g.dataType(1));
  const args = fn.parameters.map((parameter) =>
    expression(g, substitute(parameter, bound), scope, depth - 1),
  );
  const meaning = (values: readonly Value[]): Value => {
    g.trace.tick();
    return fn.call(values);
  };
  const last = args[args.length - 1] as Code;
  const before = args.slice(0, -1);
  if (args.length > 0 && g.choices.once(3)) {
    return {
      text: `${inside(last, 6)} |> ${[fn.name, ...before.map(argumentText)].join(" ")}`,
      level: 6,
      run: (e) => {
        const piped = last.run(e);
        return meaning([...before.map((argument) => argument.run(e)), piped]);
      },
    };
  }
  return {
    text: [fn.name, ...args.map(argumentText)].join(" "),
    level: applicationLevel,
    run: (e) => meaning(args.map((argument) => argument.run(e))),
  };
}

// --------------------------------------------------------------------------------------------------------- any type of result

function anywhere(g: Generator, type: Type, scope: Scope, depth: number): Attempt[] {
  const again = (wanted: Type, inner: Scope = scope): Code => expression(g, wanted, inner, depth);
  return [
    () => libraryCall(g, type, scope, depth),
    () => libraryCall(g, type, scope, depth),
    ...calls(g, type, scope, depth),
    ...g.grammar.memberUses(g, type, scope, depth),
    () => {
      const condition = again(bool);
      const yes = again(type);
      const no = again(type);
      return {
        text: `if ${condition.text} then ${inside(yes, 3)} else ${inside(no, 3)}`,
        level: keywordLevel,
        run: (e) => (condition.run(e) ? yes.run(e) : no.run(e)),
      };
    },
    () => matchCode(g, type, scope, depth),
    () => {
      const boundType = g.type(1);
      const value = again(boundType);
      const variable = g.variable(boundType);
      const body = again(type, extend(scope, [variable]));
      return {
        text: `let ${variable.name} = ${value.text} in ${body.text}`,
        level: keywordLevel,
        run: (e) => body.run(bind(e, variable.id, value.run(e))),
      };
    },
    () => {
      const from = g.dataType(1);
      const fn = again(functionOf(from, type));
      const argument = again(from);
      return call(fn, [argument]);
    },
    () => {
      const from = g.dataType(1);
      const argument = again(from);
      const fn = again(functionOf(from, type));
      return {
        text: `${inside(argument, 6)} |> ${inside(fn, 7)}`,
        level: 6,
        run: (e) => {
          const piped = argument.run(e);
          return apply(fn.run(e), piped);
        },
      };
    },
    () => {
      const value = again(type);
      const handler = again(type);
      return {
        text: `try ${value.text} with _ -> ${handler.text}`,
        level: keywordLevel,
        run: (e) => {
          try {
            return value.run(e);
          } catch (error) {
            if (!(error instanceof Raised)) throw error;
            return handler.run(e);
          }
        },
      };
    },
    () => raised(g, type, scope, depth),
    () => {
      if (!isData(type)) return undefined;
      const value = again(type);
      return {
        ...value,
        text: `trace ${argumentText(value)}`,
        level: applicationLevel,
        run: traced(g, value),
      };
    },
  ];
}

/** `trace x` is declared by every program: it prints the text of `x` and gives `x`. */
function traced(g: Generator, value: Code): Meaning {
  return (e) => {
    const found = value.run(e);
    g.trace.print(`<${text(found)}>`);
    return found;
  };
}

function raised(g: Generator, type: Type, scope: Scope, depth: number): Code | undefined {
  // In other places the type would stay open.
  if (!isData(type) || g.exceptions.length === 0 || !g.choices.once(3)) return undefined;
  const declaration = g.choices.one(g.exceptions);
  const fields = declaration.fields.map((field) => expression(g, field, scope, depth));
  return {
    text: `raise (${applied(declaration.name, fields)})`,
    level: applicationLevel,
    run: (e) => {
      throw new Raised("FUS0518", "", { declaration, fields: fields.map((field) => field.run(e)) });
    },
  };
}

function applied(name: string, fields: readonly Code[]): string {
  const [only] = fields;
  if (only === undefined) return name;
  if (fields.length === 1) return `${name} ${argumentText(only)}`;
  return `${name} (${fields.map((field) => inside(field, 3)).join(", ")})`;
}

function matchCode(g: Generator, type: Type, scope: Scope, depth: number): Code {
  const matched = g.dataType(2);
  const value = expression(g, matched, scope, depth);
  const rules = g.choices.many(1, 3, () => {
    const left = pattern(g, matched, scope, 2);
    const inner = within(scope, left);
    const guard = g.choices.once(4) ? expression(g, bool, inner, depth - 1) : undefined;
    return { left, guard, body: expression(g, type, inner, depth) };
  });
  const otherwise = g.choices.once(12) ? undefined : simplest(g, type, scope);
  const texts = rules.map(
    ({ left, guard, body }) =>
      `${left.text}${guard === undefined ? "" : ` when ${inside(guard, 0)}`} -> ${inside(body, 0)}`,
  );
  if (otherwise !== undefined) texts.push(`_ -> ${inside(otherwise, 0)}`);
  const asFunction = g.choices.once(5);
  return {
    text: asFunction
      ? `${argumentText(value)} |> (function ${texts.join(" | ")})`
      : `match ${value.text} with ${g.choices.once(2) ? "| " : ""}${texts.join(" | ")}`,
    level: asFunction ? 6 : keywordLevel,
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

// ----------------------------------------------------------------------------------------------------------- by type of result

function constructions(g: Generator, type: Type, scope: Scope, depth: number): Attempt[] {
  const again = (wanted: Type, inner: Scope = scope): Code => expression(g, wanted, inner, depth);
  switch (type.kind) {
    case "int":
      return [
        () => arithmetic(g, scope, depth),
        () => arithmetic(g, scope, depth),
        () => bits(g, scope, depth),
        () => indexing(g, type, scope, depth),
      ];
    case "float":
      return [() => floatArithmetic(g, scope, depth), () => negation(again(float))];
    case "bool":
      return [
        () => comparison(g, scope, depth),
        () => comparison(g, scope, depth),
        () => logic(g, scope, depth),
      ];
    case "string":
      return [
        () => binary("+", 11, again(string), again(string), (x, y) => short((x as string) + (y as string))),
        () => slice(g, type, scope, depth),
        () => interpolated(g, scope, depth),
        () => formatted(g, scope, depth),
      ];
    case "char":
      return [
        () => {
          const value = again(string);
          const index = smallInt(g);
          return {
            text: `${inside(value, postfixLevel)}.[${index.text}]`,
            level: postfixLevel,
            run: (e) => {
              const units = value.run(e) as string;
              const at = Number(index.run(e));
              if (at >= units.length) throw new Raised("FUS0504", "");
              return new Char(units.charAt(at));
            },
          };
        },
      ];
    case "tuple":
      return [() => tuple(type.items.map((item) => again(item)))];
    case "list":
      return [
        () => literalSequence(g, "[", "]", type.of, scope, depth, (items) => new List(items)),
        () =>
          binary(
            "::",
            9,
            again(type.of),
            again(type),
            (x, xs) => limited(new List([x, ...(xs as List).items])),
            "right",
          ),
        () =>
          binary(
            "@",
            8,
            again(type),
            again(type),
            (xs, ys) => limited(new List([...(xs as List).items, ...(ys as List).items])),
            "right",
          ),
        () => (same(type, listOf(int)) ? rangeCode(g) : undefined),
        () => comprehension(g, type.of, scope, depth),
        () => slice(g, type, scope, depth),
      ];
    case "array":
      return [
        () => literalSequence(g, "[|", "|]", type.of, scope, depth, (items) => new ArrayValue(items)),
        () => slice(g, type, scope, depth),
      ];
    case "option":
      return [
        () => {
          const inner = again(type.of);
          return {
            text: `Some ${argumentText(inner)}`,
            level: applicationLevel,
            run: (e) => some(inner.run(e)),
          };
        },
      ];
    case "map":
      return [
        () => {
          const pairs = g.choices.many(0, 3, () => tuple([again(type.key), again(type.value)]));
          return {
            text: `Map.ofList [${pairs.map((pair) => pair.text).join("; ")}]`,
            level: applicationLevel,
            run: (e) => mapOfEntries(pairs.map((pair) => (pair.run(e) as Tuple).items as [Value, Value])),
          };
        },
      ];
    case "set":
      return [
        () => {
          const items = literalSequence(g, "[", "]", type.of, scope, depth, (values) => new List(values));
          return {
            text: `set ${items.text}`,
            level: applicationLevel,
            run: (e) => setOfItems((items.run(e) as List).items),
          };
        },
      ];
    case "function":
      return [
        () => lambda(g, type, scope, depth),
        () => lambda(g, type, scope, depth),
        () => composition(g, type, scope, depth),
      ];
    case "declared": {
      const { declaration, args } = type;
      if (declaration.kind === "union")
        return [() => caseOf(type, g.choices.below(declaration.cases.length), (field) => again(field))];
      return [
        () => recordOf(declaration, args, (field) => again(field)),
        () => {
          const base = again(type);
          const at = g.choices.below(declaration.fields.length);
          const field = declaration.fields[at] as (typeof declaration.fields)[number];
          const value = again(fieldTypes([field.type], args)[0] as Type);
          return {
            text: `{ ${inside(base, postfixLevel)} with ${field.label} = ${inside(value, 0)} }`,
            level: atomLevel,
            run: (e) => {
              const from = base.run(e) as RecordValue;
              const fields = [...from.fields];
              fields[at] = value.run(e);
              return new RecordValue(declaration, fields);
            },
          };
        },
      ];
    }
    default:
      return [];
  }
}

function short(value: string): string {
  if (value.length > 5_000) throw new Unsuitable("text too long");
  return value;
}

function limited(value: List): List {
  if (value.items.length > 2_000) throw new Unsuitable("list too long");
  return value;
}

export function binary(
  operator: string,
  level: number,
  left: Code,
  right: Code,
  meaning: (x: Value, y: Value) => Value,
  associates: "left" | "right" = "left",
): Code {
  const [l, r] = associates === "left" ? [level, level + 1] : [level + 1, level];
  return {
    text: `${inside(left, l)} ${operator} ${inside(right, r)}`,
    level,
    run: (e) => {
      const x = left.run(e);
      return meaning(x, right.run(e));
    },
  };
}

function negation(inner: Code): Code {
  return { text: `-(${inner.text})`, level: prefixLevel, run: (e) => -(inner.run(e) as number) };
}

function arithmetic(g: Generator, scope: Scope, depth: number): Code {
  const x = expression(g, int, scope, depth);
  const y = expression(g, int, scope, depth);
  const ints = (run: (x: bigint, y: bigint) => bigint) => (p: Value, q: Value) =>
    wrap(run(p as bigint, q as bigint));
  switch (g.choices.below(5)) {
    case 0:
      return binary(
        "+",
        11,
        x,
        y,
        ints((p, q) => p + q),
      );
    case 1:
      return binary(
        "-",
        11,
        x,
        y,
        ints((p, q) => p - q),
      );
    case 2:
      return binary(
        "*",
        12,
        x,
        y,
        ints((p, q) => p * q),
      );
    case 3:
      return binary(
        "/",
        12,
        x,
        y,
        ints((p, q) => p / divisor(q)),
      );
    default:
      return binary(
        "%",
        12,
        x,
        y,
        ints((p, q) => p % divisor(q)),
      );
  }
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw new Raised("FUS0503", "Division by zero");
  return value;
}

function bits(g: Generator, scope: Scope, depth: number): Code {
  const x = expression(g, int, scope, depth);
  const y = expression(g, int, scope, depth);
  const ints = (run: (x: bigint, y: bigint) => bigint) => (p: Value, q: Value) =>
    wrap(run(p as bigint, q as bigint));
  switch (g.choices.below(5)) {
    case 0:
      return binary(
        "&&&",
        7,
        x,
        y,
        ints((p, q) => p & q),
      );
    case 1:
      return binary(
        "|||",
        7,
        x,
        y,
        ints((p, q) => p | q),
      );
    case 2:
      return binary(
        "^^^",
        7,
        x,
        y,
        ints((p, q) => p ^ q),
      );
    case 3:
      return binary(
        "<<<",
        7,
        x,
        y,
        ints((p, q) => p << (q & 63n)),
      );
    default:
      return binary(
        ">>>",
        7,
        x,
        y,
        ints((p, q) => p >> (q & 63n)),
      );
  }
}

function floatArithmetic(g: Generator, scope: Scope, depth: number): Code {
  const x = expression(g, float, scope, depth);
  const y = expression(g, float, scope, depth);
  const floats = (run: (x: number, y: number) => number) => (p: Value, q: Value) =>
    run(p as number, q as number);
  switch (g.choices.below(4)) {
    case 0:
      return binary(
        "+",
        11,
        x,
        y,
        floats((p, q) => p + q),
      );
    case 1:
      return binary(
        "-",
        11,
        x,
        y,
        floats((p, q) => p - q),
      );
    case 2:
      return binary(
        "*",
        12,
        x,
        y,
        floats((p, q) => p * q),
      );
    default:
      return binary(
        "/",
        12,
        x,
        y,
        floats((p, q) => p / q),
      );
  }
}

function comparison(g: Generator, scope: Scope, depth: number): Code {
  const type = g.dataType(1);
  const x = expression(g, type, scope, depth);
  const y = expression(g, type, scope, depth);
  switch (g.choices.below(6)) {
    case 0:
      return binary("=", 6, x, y, equal);
    case 1:
      return binary("<>", 6, x, y, (p, q) => !equal(p, q));
    case 2:
      return binary("<", 6, x, y, (p, q) => ordered(p, q) < 0);
    case 3:
      return binary("<=", 6, x, y, (p, q) => ordered(p, q) <= 0);
    case 4:
      return binary(">", 6, x, y, (p, q) => ordered(p, q) > 0);
    default:
      return binary(">=", 6, x, y, (p, q) => ordered(p, q) >= 0);
  }
}

/** Comparisons with nan are false, inside of structures the reference says nothing. */
function ordered(x: Value, y: Value): number {
  if (typeof x === "number" && typeof y === "number" && (Number.isNaN(x) || Number.isNaN(y)))
    return Number.NaN;
  if (typeof x === "object" && `${text(x)}${text(y)}`.includes("NaN")) throw new Unsuitable("nan inside");
  return order(x, y);
}

function logic(g: Generator, scope: Scope, depth: number): Code {
  const x = expression(g, bool, scope, depth);
  const y = expression(g, bool, scope, depth);
  const and = g.choices.once(2);
  const level = and ? 4 : 3;
  return {
    text: `${inside(x, level)} ${and ? "&&" : "||"} ${inside(y, level + 1)}`,
    level,
    run: (e) => (x.run(e) === and ? y.run(e) : !and),
  };
}

function indexing(g: Generator, type: Type, scope: Scope, depth: number): Code {
  const values = expression(g, g.choices.once(2) ? { kind: "array", of: type } : listOf(type), scope, depth);
  const index = g.choices.once(2) ? smallInt(g) : expression(g, int, scope, depth);
  const length = g.choices.once(3);
  return {
    text: length ? `${inside(values, atomLevel)}.Length` : `${inside(values, postfixLevel)}.[${index.text}]`,
    level: postfixLevel,
    run: (e) => {
      const { items } = values.run(e) as List | ArrayValue;
      if (length) return BigInt(items.length);
      const at = index.run(e) as bigint;
      if (at < 0n || at >= BigInt(items.length)) throw new Raised("FUS0504", "");
      return items[Number(at)];
    },
  };
}

/** `xs.[a..b]`, with one bound or both; what lies outside is left out. */
function slice(g: Generator, type: Type, scope: Scope, depth: number): Code | undefined {
  // What is sliced has its type written, which its place may leave open.
  if (variablesIn(type).size > 0) return undefined;
  const sliced = expression(g, type, scope, depth);
  const bound = (): Code | undefined =>
    g.choices.once(3) ? undefined : g.choices.once(2) ? smallInt(g) : expression(g, int, scope, 1);
  const [from, to] = [bound(), bound() ?? smallInt(g)];
  const open = from !== undefined && g.choices.once(3);
  return {
    text: `(${inside(sliced, 0)}: ${write(type)}).[${from === undefined ? "" : inside(from, 7)}..${open ? "" : inside(to, 7)}]`,
    level: postfixLevel,
    run: (e) => {
      const value = sliced.run(e);
      const first = (from?.run(e) ?? 0n) as bigint;
      const items = typeof value === "string" ? value : (value as List | ArrayValue).items;
      const last = open ? BigInt(items.length) : (to.run(e) as bigint);
      const start = first < 0n ? 0 : Number(first);
      const end = last < 0n ? 0 : Number(last < 2n ** 53n ? last + 1n : last);
      const part = items.slice(start, Math.max(start, end));
      if (typeof part === "string") return part;
      return value instanceof List ? new List(part) : new ArrayValue([...part]);
    },
  };
}

function interpolated(g: Generator, scope: Scope, depth: number): Code {
  const pieces = g.choices.many(1, 3, () => {
    const words = g.choices.one(["", "a", " = ", "{x}", "100%"]);
    const type = g.dataType(1);
    return { words, hole: expression(g, type, scope, depth) };
  });
  const holeText = (code: Code): string =>
    /^[{]/.test(code.text) || /["'{}]/.test(code.text) ? `(${code.text})` : inside(code, 3);
  const word = (words: string): string =>
    escaped(words, '"').replaceAll("{", "{{").replaceAll("}", "}}").replaceAll("%", "%%");
  return {
    text: `$"${pieces.map(({ words, hole }) => `${word(words)}{${holeText(hole)}}`).join("")}"`,
    level: atomLevel,
    run: (e) => short(pieces.map(({ words, hole }) => words + text(hole.run(e))).join("")),
  };
}

function formatted(g: Generator, scope: Scope, depth: number): Code {
  const specifiers: readonly (readonly [string, Type, (value: Value) => string])[] = [
    ["%d", int, text],
    ["%s", string, text],
    ["%b", bool, text],
    ["%c", { kind: "char" }, text],
    ["%5d", int, (value) => text(value).padStart(5)],
    ["%-6s", string, (value) => text(value).padEnd(6)],
    ["%04d", int, (value) => zeros(value as bigint)],
    ["%x", int, (value) => BigInt.asUintN(64, value as bigint).toString(16)],
    ["%.2f", float, (value) => fixed(value as number)],
    ["%O", listOf(int), text],
  ];
  const pieces = g.choices.many(1, 3, () => {
    const [specifier, type, show] = g.choices.one(specifiers);
    return { specifier, show, argument: expression(g, type, scope, depth) };
  });
  return {
    text: `sprintf "${pieces.map((piece) => piece.specifier).join(", ")}" ${pieces.map((piece) => argumentText(piece.argument)).join(" ")}`,
    level: applicationLevel,
    run: (e) => {
      const values = pieces.map((piece) => piece.argument.run(e));
      return short(pieces.map((piece, i) => piece.show(values[i])).join(", "));
    },
  };
}

function zeros(value: bigint): string {
  return value < 0n ? `-${String(-value).padStart(3, "0")}` : String(value).padStart(4, "0");
}

function fixed(value: number): string {
  if (!(Math.abs(value) < 1e15)) throw new Unsuitable("format of a huge number");
  const shown = value.toFixed(2);
  if (shown === "-0.00" || Object.is(value, -0)) throw new Unsuitable("format of minus zero");
  return shown;
}

function literalSequence(
  g: Generator,
  open: string,
  close: string,
  type: Type,
  scope: Scope,
  depth: number,
  make: (items: Value[]) => Value,
): Code {
  const items = g.choices.many(0, 3, () => expression(g, type, scope, depth));
  return {
    text:
      items.length === 0
        ? open + close
        : `${open} ${items.map((item) => inside(item, 3)).join("; ")} ${close}`,
    level: atomLevel,
    run: (e) => make(items.map((item) => item.run(e))),
  };
}

function rangeCode(g: Generator): Code {
  const start = g.choices.below(5);
  const end = g.choices.below(9);
  const step = g.choices.one([1, 2, -1]);
  return {
    text: step === 1 ? `[${start} .. ${end}]` : `[${start} .. ${step} .. ${end}]`,
    level: atomLevel,
    run: () => {
      const items: bigint[] = [];
      for (let i = start; step > 0 ? i <= end : i >= end; i += step) items.push(BigInt(i));
      return new List(items);
    },
  };
}

/** `[ for p in xs do if c then yield e ]`; elements that do not match are skipped. */
function comprehension(g: Generator, type: Type, scope: Scope, depth: number): Code {
  const from = g.dataType(1);
  const source = expression(g, listOf(from), scope, depth);
  const left = pattern(g, from, scope, 1);
  const inner = { ...within(scope, left), inLoop: false };
  const condition = g.choices.once(2) ? expression(g, bool, inner, depth - 1) : undefined;
  const item = expression(g, type, inner, depth);
  const item2 = g.choices.once(3) ? expression(g, type, inner, depth - 1) : undefined;
  const yields = `yield ${inside(item, 3)}${item2 === undefined ? "" : `; yield ${inside(item2, 3)}`}`;
  return {
    text:
      condition === undefined
        ? `[ for ${left.text} in ${inside(source, 3)} do ${yields} ]`
        : `[ for ${left.text} in ${inside(source, 3)} do if ${condition.text} then ${yields} ]`,
    level: atomLevel,
    run: (e) => {
      const found: Value[] = [];
      for (const value of (source.run(e) as List).items) {
        g.trace.tick();
        const bound = match(left, value, e);
        if (bound === false || (condition !== undefined && condition.run(bound) !== true)) continue;
        found.push(item.run(bound));
        if (item2 !== undefined) found.push(item2.run(bound));
      }
      return limited(new List(found));
    },
  };
}

export function tuple(items: readonly Code[]): Code {
  return {
    text: `(${items.map((item) => inside(item, 3)).join(", ")})`,
    level: atomLevel,
    run: (e) => new Tuple(items.map((item) => item.run(e))),
  };
}

export function caseOf(
  type: Type & { readonly kind: "declared" },
  tag: number,
  make: (field: Type) => Code,
): Code {
  const { declaration, args } = type;
  if (declaration.kind !== "union") throw new Error(`${declaration.name} has no cases`);
  const { name, fields } = declaration.cases[tag] as (typeof declaration.cases)[number];
  const values = fieldTypes(fields, args).map(make);
  return {
    text: applied(name, values),
    level: values.length === 0 ? atomLevel : applicationLevel,
    run: (e) =>
      new Union(
        declaration,
        tag,
        values.map((value) => value.run(e)),
      ),
  };
}

export function recordOf(
  declaration: RecordDeclaration,
  args: readonly Type[],
  make: (field: Type) => Code,
): Code {
  const types = fieldTypes(
    declaration.fields.map((field) => field.type),
    args,
  );
  const values = types.map(make);
  return {
    text: `{ ${declaration.fields.map((field, i) => `${field.label} = ${inside(values[i] as Code, 0)}`).join("; ")} }`,
    level: atomLevel,
    run: (e) =>
      new RecordValue(
        declaration,
        values.map((value) => value.run(e)),
      ),
  };
}

/** `K0(1, "a")` */
export function construction(declaration: ClassDeclaration, make: (type: Type) => Code): Code {
  const args = declaration.parameters.map(make);
  return {
    text: `${declaration.name}(${args.map((argument) => inside(argument, 3)).join(", ")})`,
    level: postfixLevel,
    run: (e) => declaration.make(args.map((argument) => argument.run(e))),
  };
}

/** `fun p q -> e` with a pattern for each parameter. */
function lambda(g: Generator, type: Type & { readonly kind: "function" }, scope: Scope, depth: number): Code {
  const taken = new Set<string>();
  const parameters: { readonly type: Type; readonly pattern: Pattern }[] = [];
  let result: Type = type;
  while (result.kind === "function" && (parameters.length === 0 || !g.choices.once(3))) {
    parameters.push({
      type: result.from,
      pattern: pattern(g, result.from, scope, g.choices.once(3) ? 1 : 0, taken),
    });
    result = result.to;
  }
  const inner = parameters.reduce((outer, parameter) => within(outer, parameter.pattern), {
    ...scope,
    inLoop: false,
  });
  const body = expression(g, result, inner, depth);
  const shown = parameters.map((parameter) =>
    parameter.pattern.atomic ? parameter.pattern.text : `(${parameter.pattern.text})`,
  );
  return {
    text: `fun ${shown.join(" ")} -> ${body.text}`,
    level: keywordLevel,
    run: (e) =>
      g.closure(parameters.length, (args) => {
        let bound = e;
        for (const [i, parameter] of parameters.entries()) {
          const found = match(parameter.pattern, args[i], bound);
          if (found === false) throw new Raised("FUS0501", "");
          bound = found;
        }
        return body.run(bound);
      }),
  };
}

function composition(
  g: Generator,
  type: Type & { readonly kind: "function" },
  scope: Scope,
  depth: number,
): Code {
  const middle = g.dataType(1);
  const f = expression(g, functionOf(type.from, middle), scope, depth - 1);
  const h = expression(g, functionOf(middle, type.to), scope, depth - 1);
  const forwards = g.choices.once(2);
  const [left, right] = forwards ? [f, h] : [h, f];
  return {
    text: `${inside(left, 6)} ${forwards ? ">>" : "<<"} ${inside(right, 7)}`,
    level: 6,
    run: (e) => {
      const x = left.run(e);
      const y = right.run(e);
      return g.closure(1, ([argument]) =>
        forwards ? apply(y, apply(x, argument)) : apply(x, apply(y, argument)),
      );
    },
  };
}
