/** Patterns of generated programs, nested, with literals; not always complete. */
import {
  atomLevel,
  type Code,
  type Environment,
  extend,
  lookUp,
  type Recogniser,
  type Scope,
  type Variable,
} from "./code.js";
import { bind, type Generator } from "./generator.js";
import { apply } from "./library.js";
import { common, literal } from "./literals.js";
import { type Declaration, fieldTypes, OPTION, same, type Type, variablesIn, write } from "./types.js";
import {
  type ArrayValue,
  equal,
  List,
  type RecordValue,
  type Tuple,
  type Union,
  Unsuitable,
  type Value,
} from "./values.js";

export interface Pattern {
  readonly text: string;
  /** Is one token or in brackets. */
  readonly atomic: boolean;
  readonly variables: readonly Variable[];
  /**
   * The environment with the variables bound, for each way to match: where an alternative matches and a guard then fails, the other alternative is
   * tried, as in F#.
   */
  readonly ways: (value: Value, environment: Environment | undefined) => Iterable<Environment | undefined>;
}

/** The environment behind the first way to match that the guard accepts; false when there is none. */
export function match(
  { ways }: Pattern,
  value: Value,
  environment: Environment | undefined,
  guard?: Code,
): Environment | undefined | false {
  for (const found of ways(value, environment))
    if (guard === undefined || guard.run(found) === true) return found;
  return false;
}

const wildcard: Pattern = {
  text: "_",
  atomic: true,
  variables: [],
  ways: (_, environment) => [environment],
};

export function variablePattern(variable: Variable): Pattern {
  return {
    text: variable.name,
    atomic: true,
    variables: [variable],
    ways: (value, environment) => [bind(environment, variable.id, value)],
  };
}

/** As a component of a tuple; `as` and `|` take the whole tuple otherwise. */
const component = (pattern: Pattern): string =>
  / as | \| /.test(pattern.text) ? atom(pattern) : pattern.text;

const atom = (pattern: Pattern): string => (pattern.atomic ? pattern.text : `(${pattern.text})`);

/**
 * Patterns for the parts of a value, of these types; undefined when there are none that will do. Whoever asks decides which variables stand in
 * which part.
 */
type Parts = (types: readonly Type[]) => readonly Pattern[] | undefined;

/** A pattern for values of the type. Names in `taken` are not bound. */
export function pattern(
  g: Generator,
  type: Type,
  scope: Scope,
  depth: number,
  taken: Set<string> = new Set(),
): Pattern {
  const { choices } = g;
  const nested = (inner: Type): Pattern => pattern(g, inner, scope, depth - 1, taken);
  const name = (): Pattern => {
    const variable = g.variable(type);
    if (taken.has(variable.name)) return wildcard;
    taken.add(variable.name);
    return variablePattern(variable);
  };
  if (depth <= 0 || choices.once(4)) {
    const simple = choices.once(3) ? wildcard : name();
    return choices.once(8) ? typed(simple, type) : simple;
  }
  if (choices.once(10)) return named(nested(type), name());
  if (choices.once(8)) return both(nested(type), nested(type));
  if (choices.once(5)) {
    const left = nested(type);
    const right = placed(g, type, scope, left.variables, depth - 1);
    if (right !== undefined) return choices.once(2) ? either(left, right, scope) : either(right, left, scope);
    return left;
  }
  if (choices.once(3)) {
    const recogniser = recogniserOf(g, type, scope);
    if (recogniser !== undefined) return recognised(g, recogniser, (types) => types.map(nested)) ?? wildcard;
  }
  return structure(g, type, (types) => types.map(nested)) ?? name();
}

/** A pattern that binds exactly these variables, found by trying; undefined when it is not found. */
function placed(
  g: Generator,
  type: Type,
  scope: Scope,
  variables: readonly Variable[],
  depth: number,
): Pattern | undefined {
  for (let tries = 0; tries < 6; tries++) {
    const found = attempt(type, variables, depth);
    if (found !== undefined) return found;
  }
  return undefined;

  function attempt(wanted: Type, binding: readonly Variable[], deep: number): Pattern | undefined {
    const [only] = binding;
    if (only === undefined) return closed(pattern(g, wanted, scope, Math.min(deep, 1))) ?? wildcard;
    if (same(only.type, wanted)) {
      if (binding.length === 1 && !g.choices.once(4)) return variablePattern(only);
      if (g.choices.once(2)) {
        const rest = attempt(wanted, binding.slice(1), deep - 1);
        return rest === undefined ? undefined : named(rest, variablePattern(only));
      }
    }
    if (deep <= 0) return undefined;
    const recogniser = g.choices.once(3) ? recogniserOf(g, wanted, scope) : undefined;
    const parts: Parts = (types) => {
      if (types.length === 0) return undefined;
      const shares = types.map((): Variable[] => []);
      for (const variable of binding) g.choices.one(shares).push(variable);
      const found = types.map((item, i) => attempt(item, shares[i] as Variable[], deep - 1));
      return found.every((part) => part !== undefined) ? found : undefined;
    };
    return recogniser === undefined ? structure(g, wanted, parts) : recognised(g, recogniser, parts);
  }
}

function typed(inner: Pattern, type: Type): Pattern {
  return variablesIn(type).size > 0 ? inner : { ...inner, text: `(${inner.text}: ${write(type)})` };
}

function named(inner: Pattern, whole: Pattern): Pattern {
  if (whole.variables.length === 0) return inner;
  return { ...both(inner, whole), text: `${inner.text} as ${whole.text}` };
}

function both(left: Pattern, right: Pattern): Pattern {
  return {
    text: `${atom(left)} & ${atom(right)}`,
    atomic: false,
    variables: [...left.variables, ...right.variables],
    *ways(value, environment) {
      for (const found of left.ways(value, environment)) yield* right.ways(value, found);
    },
  };
}

function either(left: Pattern, right: Pattern, { recognisers }: Scope): Pattern {
  const side = (one: Pattern): string => (one.text.includes(" as ") ? atom(one) : one.text);
  return {
    text: `${side(left)} | ${side(right)}`,
    atomic: false,
    variables: left.variables,
    *ways(value, environment) {
      let again = false;
      for (const found of left.ways(value, environment)) {
        yield found;
        again = true;
      }
      // Which active patterns are called once more for the other alternative, nobody says.
      if (again && recognisers.length > 0) throw new Unsuitable("alternatives with active patterns");
      yield* right.ways(value, environment);
    },
  };
}

/** A literal, or the shape of the value with patterns for its parts; undefined for a type that no pattern takes apart. */
function structure(g: Generator, type: Type, parts: Parts): Pattern | undefined {
  const { choices } = g;
  switch (type.kind) {
    case "int":
    case "string":
    case "bool":
    case "float":
    case "char": {
      if (parts([]) === undefined) return undefined;
      const { text, run } = g.choices.once(4) ? literal(g, type) : common(g, type);
      const wanted = run(undefined);
      return {
        text,
        atomic: !text.startsWith("-"),
        variables: [],
        ways: (value, environment) => (equal(value, wanted) ? [environment] : []),
      };
    }
    case "tuple": {
      const items = parts(type.items);
      return (
        items && {
          ...all(items, (value) => (value as Tuple).items),
          text: `(${items.map(component).join(", ")})`,
        }
      );
    }
    case "list": {
      if (choices.once(2)) {
        const [head, tail] = parts([type.of, type]) ?? [];
        if (head === undefined || tail === undefined) return undefined;
        return {
          text: `${atom(head)} :: ${atom(tail)}`,
          atomic: false,
          variables: [...head.variables, ...tail.variables],
          *ways(value, environment) {
            const { items } = value as List;
            if (items.length === 0) return;
            for (const found of head.ways(items[0], environment))
              yield* tail.ways(new List(items.slice(1)), found);
          },
        };
      }
      const items = parts(choices.many(0, 2, () => type.of));
      return (
        items && {
          ...all(items, (value) => (value as List).items),
          text: `[${items.map((part) => part.text).join("; ")}]`,
        }
      );
    }
    case "array": {
      const items = parts(choices.many(0, 2, () => type.of));
      return (
        items && {
          ...all(items, (value) => (value as ArrayValue).items),
          text: `[|${items.map((part) => ` ${part.text} `).join(";")}|]`,
        }
      );
    }
    case "option":
      return casePattern(g, OPTION, [type.of], parts);
    case "declared":
      return type.declaration.kind === "union"
        ? casePattern(g, type.declaration, type.args, parts)
        : recordPattern(g, type.declaration, type.args, parts);
    default:
      return undefined;
  }
}

function recogniserOf(g: Generator, type: Type, scope: Scope): Recogniser | undefined {
  const fitting = scope.recognisers.filter(({ input }) => same(input, type));
  return fitting.length === 0 ? undefined : g.choices.one(fitting);
}

/** A case of an active pattern: the function is called each time that the pattern is tried. */
function recognised(g: Generator, recogniser: Recogniser, parts: Parts): Pattern | undefined {
  const { union, id, partial } = recogniser;
  const tag = g.choices.below(union.cases.length);
  const { name, fields } = union.cases[tag] as (typeof union.cases)[number];
  const given = recogniser.parameters.map((parameter) => common(g, parameter));
  const inner = parts(fields);
  if (inner === undefined) return undefined;
  const texts = [
    ...given.map(({ text, level }) => (level === atomLevel ? text : `(${text})`)),
    ...inner.map(atom),
  ];
  return {
    text: [name, ...texts].join(" "),
    atomic: texts.length === 0,
    variables: inner.flatMap((part) => part.variables),
    ways: (value, environment) => {
      const called = lookUp(environment, id).value;
      const found = apply(called, ...given.map(({ run }) => run(undefined)), value) as Union;
      if (found.tag !== (partial ? 1 : tag)) return [];
      const [argument] = inner;
      return argument === undefined ? [environment] : argument.ways(found.fields[0], environment);
    },
  };
}

function closed(pattern: Pattern): Pattern | undefined {
  return pattern.variables.length === 0 ? pattern : undefined;
}

function all(parts: readonly Pattern[], split: (value: Value) => readonly Value[]): Omit<Pattern, "text"> {
  return {
    atomic: true,
    variables: parts.flatMap((part) => part.variables),
    ways: (value, environment) => {
      const values = split(value);
      return values.length === parts.length ? from(0, values, environment) : [];
    },
  };

  function* from(
    at: number,
    values: readonly Value[],
    environment: Environment | undefined,
  ): Iterable<Environment | undefined> {
    const part = parts[at];
    if (part === undefined) yield environment;
    else for (const found of part.ways(values[at], environment)) yield* from(at + 1, values, found);
  }
}

function casePattern(
  g: Generator,
  declaration: Declaration & { readonly kind: "union" },
  args: readonly Type[],
  parts: Parts,
): Pattern | undefined {
  const tag = g.choices.below(declaration.cases.length);
  const { name, fields } = declaration.cases[tag] as (typeof declaration.cases)[number];
  const shown = parts(fieldTypes(fields, args));
  if (shown === undefined) return undefined;
  const inner = all(shown, (value) =>
    (value as Union).tag === tag ? (value as Union).fields : [undefined, undefined, undefined, undefined],
  );
  const [only] = shown;
  const text =
    only === undefined
      ? name
      : shown.length === 1
        ? `${name} ${atom(only)}`
        : `${name} (${shown.map(component).join(", ")})`;
  return {
    ...inner,
    text,
    atomic: shown.length === 0,
    ways: (value, environment) => ((value as Union).tag === tag ? inner.ways(value, environment) : []),
  };
}

function recordPattern(
  g: Generator,
  declaration: Declaration & { readonly kind: "record" },
  args: readonly Type[],
  parts: Parts,
): Pattern | undefined {
  const types = fieldTypes(
    declaration.fields.map((field) => field.type),
    args,
  );
  const shown = declaration.fields.map((_, i) => i).filter((i) => i === 0 || g.choices.once(2));
  const values = parts(shown.map((i) => types[i] as Type));
  if (values === undefined) return undefined;
  const inner = all(values, (value) => shown.map((i) => (value as RecordValue).fields[i]));
  const fields = shown.map((i, at) => `${declaration.fields[i]?.label} = ${values[at]?.text}`);
  return { ...inner, text: `{ ${fields.join("; ")} }` };
}

/** The scope behind a pattern. */
export function within(scope: Scope, pattern: Pattern): Scope {
  return extend(scope, pattern.variables);
}
