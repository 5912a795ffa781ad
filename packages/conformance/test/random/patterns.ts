/** Patterns of generated programs, nested, with literals; not always complete. */
import { type Environment, extend, type Scope, type Variable } from "./code.js";
import { bind, type Generator } from "./generator.js";
import { literal } from "./literals.js";
import { type Declaration, fieldTypes, OPTION, type Type } from "./types.js";
import {
  type ArrayValue,
  equal,
  List,
  type RecordValue,
  type Tuple,
  type Union,
  type Value,
} from "./values.js";

export interface Pattern {
  readonly text: string;
  /** Is one token or in brackets. */
  readonly atomic: boolean;
  readonly variables: readonly Variable[];
  /** The environment with the variables bound, or no match. */
  readonly match: (value: Value, environment: Environment | undefined) => Environment | undefined | false;
}

const wildcard: Pattern = {
  text: "_",
  atomic: true,
  variables: [],
  match: (_, environment) => environment,
};

export function variablePattern(variable: Variable): Pattern {
  return {
    text: variable.name,
    atomic: true,
    variables: [variable],
    match: (value, environment) => bind(environment, variable.id, value),
  };
}

/** As a component of a tuple; `as` and `|` take the whole tuple otherwise. */
const component = (pattern: Pattern): string =>
  / as | \| /.test(pattern.text) ? atom(pattern) : pattern.text;

const atom = (pattern: Pattern): string => (pattern.atomic ? pattern.text : `(${pattern.text})`);

/** A pattern for values of the type. Names in `taken` are not bound. */
export function pattern(g: Generator, type: Type, depth: number, taken: Set<string> = new Set()): Pattern {
  const { choices } = g;
  const name = (): Pattern => {
    const variable = g.variable(type);
    if (taken.has(variable.name)) return wildcard;
    taken.add(variable.name);
    return variablePattern(variable);
  };
  if (depth <= 0 || choices.once(4)) return choices.once(3) ? wildcard : name();
  if (choices.once(10)) {
    const inner = pattern(g, type, depth - 1, taken);
    const whole = name();
    if (whole.variables.length === 0) return inner;
    return {
      text: `${inner.text} as ${whole.text}`,
      atomic: false,
      variables: [...inner.variables, ...whole.variables],
      match: (value, environment) => {
        const found = inner.match(value, environment);
        return found === false ? false : whole.match(value, found);
      },
    };
  }
  if (choices.once(8)) {
    const left = closed(pattern(g, type, depth - 1, new Set()));
    const right = closed(pattern(g, type, depth - 1, new Set()));
    if (left !== undefined && right !== undefined)
      return {
        text: `${left.text} | ${right.text}`,
        atomic: false,
        variables: [],
        match: (value, environment) => {
          const found = left.match(value, environment);
          return found === false ? right.match(value, environment) : found;
        },
      };
  }
  const nested = (inner: Type): Pattern => pattern(g, inner, depth - 1, taken);
  switch (type.kind) {
    case "int":
    case "string":
    case "bool":
    case "char": {
      const { text, run } = literal(g, type);
      const wanted = run(undefined);
      return {
        text,
        atomic: !text.startsWith("-"),
        variables: [],
        match: (value, environment) => (equal(value, wanted) ? environment : false),
      };
    }
    case "tuple": {
      const parts = type.items.map(nested);
      return {
        ...all(parts, (value) => (value as Tuple).items),
        text: `(${parts.map(component).join(", ")})`,
      };
    }
    case "list": {
      if (choices.once(2)) {
        const head = nested(type.of);
        const tail = nested(type);
        return {
          text: `${atom(head)} :: ${atom(tail)}`,
          atomic: false,
          variables: [...head.variables, ...tail.variables],
          match: (value, environment) => {
            const { items } = value as List;
            if (items.length === 0) return false;
            const found = head.match(items[0], environment);
            return found === false ? false : tail.match(new List(items.slice(1)), found);
          },
        };
      }
      const parts = choices.many(0, 2, () => nested(type.of));
      return {
        ...all(parts, (value) => (value as List).items),
        text: `[${parts.map((part) => part.text).join("; ")}]`,
      };
    }
    case "array": {
      const parts = choices.many(0, 2, () => nested(type.of));
      return {
        ...all(parts, (value) => (value as ArrayValue).items),
        text: `[|${parts.map((part) => ` ${part.text} `).join(";")}|]`,
      };
    }
    case "option":
      return casePattern(g, OPTION, [type.of], nested);
    case "declared":
      return type.declaration.kind === "union"
        ? casePattern(g, type.declaration, type.args, nested)
        : recordPattern(g, type.declaration, type.args, nested);
    default:
      return name();
  }
}

function closed(pattern: Pattern): Pattern | undefined {
  return pattern.variables.length === 0 ? pattern : undefined;
}

function all(parts: readonly Pattern[], split: (value: Value) => readonly Value[]): Omit<Pattern, "text"> {
  return {
    atomic: true,
    variables: parts.flatMap((part) => part.variables),
    match: (value, environment) => {
      const values = split(value);
      if (values.length !== parts.length) return false;
      let found: Environment | undefined | false = environment;
      for (const [i, part] of parts.entries()) {
        found = part.match(values[i], found);
        if (found === false) return false;
      }
      return found;
    },
  };
}

function casePattern(
  g: Generator,
  declaration: Declaration & { readonly kind: "union" },
  args: readonly Type[],
  nested: (type: Type) => Pattern,
): Pattern {
  const tag = g.choices.below(declaration.cases.length);
  const { name, fields } = declaration.cases[tag] as (typeof declaration.cases)[number];
  const parts = fieldTypes(fields, args).map(nested);
  const inner = all(parts, (value) =>
    (value as Union).tag === tag ? (value as Union).fields : [undefined, undefined, undefined, undefined],
  );
  const [only] = parts;
  const text =
    only === undefined
      ? name
      : parts.length === 1
        ? `${name} ${atom(only)}`
        : `${name} (${parts.map(component).join(", ")})`;
  return {
    ...inner,
    text,
    atomic: parts.length === 0,
    match: (value, environment) => ((value as Union).tag === tag ? inner.match(value, environment) : false),
  };
}

function recordPattern(
  g: Generator,
  declaration: Declaration & { readonly kind: "record" },
  args: readonly Type[],
  nested: (type: Type) => Pattern,
): Pattern {
  const types = fieldTypes(
    declaration.fields.map((field) => field.type),
    args,
  );
  const shown = declaration.fields.map((_, i) => i).filter((i) => i === 0 || g.choices.once(2));
  const parts = shown.map((i) => nested(types[i] as Type));
  const inner = all(parts, (value) => shown.map((i) => (value as RecordValue).fields[i]));
  const fields = shown.map((i, at) => `${declaration.fields[i]?.label} = ${parts[at]?.text}`);
  return { ...inner, text: `{ ${fields.join("; ")} }` };
}

/** The scope behind a pattern. */
export function within(scope: Scope, pattern: Pattern): Scope {
  return extend(scope, pattern.variables);
}
