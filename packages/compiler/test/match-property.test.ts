/** Random matches, compiled, against a matcher that follows the definition: rules from top to bottom, patterns from left to right. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { run } from "./running.js";

const declaration = `type S =
    | P
    | Q of int
    | R of S * bool
`;

type Value =
  | { readonly kind: "P" }
  | { readonly kind: "Q"; readonly n: number }
  | { readonly kind: "R"; readonly s: Value; readonly b: boolean }
  | { readonly kind: "int"; readonly n: number }
  | { readonly kind: "bool"; readonly b: boolean }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "array"; readonly items: readonly Value[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tuple"; readonly items: readonly Value[] };

type Pattern =
  | { readonly kind: "any" }
  /** Binds a name; what it is bound to shows in the result. */
  | { readonly kind: "name"; readonly type: Type }
  | { readonly kind: "exactly"; readonly value: Value }
  | { readonly kind: "Q"; readonly n: Pattern }
  | { readonly kind: "R"; readonly s: Pattern; readonly b: Pattern }
  | { readonly kind: "cons"; readonly head: Pattern; readonly tail: Pattern }
  | { readonly kind: "items"; readonly array: boolean; readonly items: readonly Pattern[] }
  | { readonly kind: "tuple"; readonly items: readonly Pattern[] }
  | { readonly kind: "or"; readonly left: Pattern; readonly right: Pattern };

type Type = "S" | "int" | "bool" | "list" | "array" | "text";

function valueOf(type: Type, depth: number): fc.Arbitrary<Value> {
  const ints = fc.integer({ min: -1, max: 4 });
  switch (type) {
    case "int":
      return ints.map((n) => ({ kind: "int", n }));
    case "bool":
      return fc.boolean().map((b) => ({ kind: "bool", b }));
    case "text":
      return fc.constantFrom("", "a", "b", "ab").map((text) => ({ kind: "text", text }));
    case "list":
    case "array":
      return fc.array(valueOf("int", 0), { maxLength: 3 }).map((items) => ({ kind: type, items }));
    case "S": {
      const flat: fc.Arbitrary<Value> = fc.oneof(
        fc.constant<Value>({ kind: "P" }),
        ints.map((n): Value => ({ kind: "Q", n })),
      );
      if (depth === 0) return flat;
      return fc.oneof(
        flat,
        fc.record({ kind: fc.constant("R" as const), s: valueOf("S", depth - 1), b: fc.boolean() }),
      );
    }
  }
}

function patternOf(type: Type, depth: number): fc.Arbitrary<Pattern> {
  const simple: fc.Arbitrary<Pattern>[] = [
    fc.constant<Pattern>({ kind: "any" }),
    fc.constant<Pattern>({ kind: "name", type }),
  ];
  if (type !== "list" && type !== "array")
    simple.push(valueOf(type, 0).map((value): Pattern => ({ kind: "exactly", value })));
  if (depth === 0) return fc.oneof(...simple);
  const deeper = (of: Type): fc.Arbitrary<Pattern> => patternOf(of, depth - 1);
  const compound: fc.Arbitrary<Pattern>[] = [
    // Both sides bind the same names, which is easiest when they bind none.
    fc
      .tuple(withoutNames(deeper(type)), withoutNames(deeper(type)))
      .map(([left, right]): Pattern => ({ kind: "or", left, right })),
  ];
  if (type === "S") {
    compound.push(deeper("int").map((n): Pattern => ({ kind: "Q", n })));
    compound.push(fc.tuple(deeper("S"), deeper("bool")).map(([s, b]): Pattern => ({ kind: "R", s, b })));
  }
  if (type === "list")
    compound.push(
      fc.tuple(deeper("int"), deeper("list")).map(([head, tail]): Pattern => ({ kind: "cons", head, tail })),
    );
  if (type === "list" || type === "array") {
    compound.push(
      fc
        .array(deeper("int"), { maxLength: 3 })
        .map((items): Pattern => ({ kind: "items", array: type === "array", items })),
    );
  }
  return fc.oneof(...simple, ...compound);
}

function withoutNames(pattern: fc.Arbitrary<Pattern>): fc.Arbitrary<Pattern> {
  const strip = (p: Pattern): Pattern => {
    switch (p.kind) {
      case "name":
        return { kind: "any" };
      case "Q":
        return { ...p, n: strip(p.n) };
      case "R":
        return { ...p, s: strip(p.s), b: strip(p.b) };
      case "cons":
        return { ...p, head: strip(p.head), tail: strip(p.tail) };
      case "items":
      case "tuple":
        return { ...p, items: p.items.map(strip) };
      case "or":
        return { ...p, left: strip(p.left), right: strip(p.right) };
      default:
        return p;
    }
  };
  return pattern.map(strip);
}

function show(value: Value): string {
  switch (value.kind) {
    case "P":
      return "P";
    case "Q":
      return `Q (${value.n})`;
    case "R":
      return `R (${show(value.s)}, ${value.b})`;
    case "int":
      return `(${value.n})`;
    case "bool":
      return String(value.b);
    case "text":
      return JSON.stringify(value.text);
    case "list":
      return `[ ${value.items.map(show).join("; ")} ]`;
    case "array":
      return `[| ${value.items.map(show).join("; ")} |]`;
    case "tuple":
      return `(${value.items.map(show).join(", ")})`;
  }
}

/** Source of a pattern; collects the names that it binds. */
function write(pattern: Pattern, names: string[]): string {
  switch (pattern.kind) {
    case "any":
      return "_";
    case "name": {
      const name = `n${names.length}`;
      names.push(name);
      return name;
    }
    case "exactly":
      return show(pattern.value);
    case "Q":
      return `Q (${write(pattern.n, names)})`;
    case "R":
      return `R (${write(pattern.s, names)}, ${write(pattern.b, names)})`;
    case "cons":
      return `(${write(pattern.head, names)} :: ${write(pattern.tail, names)})`;
    case "items": {
      const items = pattern.items.map((item) => write(item, names)).join("; ");
      return pattern.array ? `[| ${items} |]` : `[ ${items} ]`;
    }
    case "tuple":
      return `(${pattern.items.map((item) => write(item, names)).join(", ")})`;
    case "or":
      return `(${write(pattern.left, names)} | ${write(pattern.right, names)})`;
  }
}

/** What the pattern binds; undefined: it does not match. */
function matched(pattern: Pattern, value: Value): readonly Value[] | undefined {
  const all = (patterns: readonly Pattern[], values: readonly Value[]): readonly Value[] | undefined => {
    if (patterns.length !== values.length) return undefined;
    const bound: Value[] = [];
    for (const [index, item] of patterns.entries()) {
      const found = matched(item, values[index] as Value);
      if (found === undefined) return undefined;
      bound.push(...found);
    }
    return bound;
  };
  switch (pattern.kind) {
    case "any":
      return [];
    case "name":
      return [value];
    case "exactly":
      return show(pattern.value) === show(value) ? [] : undefined;
    case "Q":
      return value.kind === "Q" ? matched(pattern.n, { kind: "int", n: value.n }) : undefined;
    case "R":
      return value.kind === "R"
        ? all([pattern.s, pattern.b], [value.s, { kind: "bool", b: value.b }])
        : undefined;
    case "cons": {
      if (value.kind !== "list") return undefined;
      const [head, ...tail] = value.items;
      return head === undefined
        ? undefined
        : all([pattern.head, pattern.tail], [head, { kind: "list", items: tail }]);
    }
    case "items":
    case "tuple":
      return value.kind === "list" || value.kind === "array" || value.kind === "tuple"
        ? all(pattern.items, value.items)
        : undefined;
    case "or":
      return matched(pattern.left, value) ?? matched(pattern.right, value);
  }
}

const types: readonly Type[] = ["S", "int", "bool", "list", "array", "text"];

const matches = fc.array(fc.constantFrom(...types), { minLength: 2, maxLength: 4 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rules: fc.array(
      fc.record({
        pattern: fc
          .tuple(...columns.map((type) => patternOf(type, 2)))
          .map((items): Pattern => ({ kind: "tuple", items })),
        /** Holds when the number is above it; undefined: no guard. */
        guard: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    values: fc.array(fc.tuple(...columns.map((type) => valueOf(type, 2))), { minLength: 1, maxLength: 12 }),
    /** The subject is a variable instead of a tuple expression. */
    whole: fc.boolean(),
  }),
);

test("a match does what its rules say", () => {
  fc.assert(
    fc.property(matches, ({ columns, rules, values, whole }) => {
      const lines: string[] = [];
      for (const [index, { pattern, guard }] of rules.entries()) {
        const names: string[] = [];
        const text = write(pattern, names);
        const when = guard === undefined ? "" : ` when number > ${guard}`;
        lines.push(
          `    | ${text}${when} -> sprintf "${index}${names.map(() => " %A").join("")}" ${names.join(" ")}`,
        );
      }
      const params = columns.map((_, index) => `c${index}`);
      const subject = whole ? "subject" : params.join(", ");
      const calls = values.flatMap((items) =>
        [0, 2, 9].map((number) => `printfn "%s" (f ${number} (${items.map(show).join(", ")}))`),
      );
      const program = [
        declaration,
        whole ? "let f number subject =" : `let f number (${params.join(", ")}) =`,
        `    match ${subject} with`,
        ...lines,
        `    | _ -> "none"`,
        ...calls,
      ].join("\n");
      const { output, instance } = run(program);
      expect(instance.usage.instructions).toBeGreaterThan(0);
      const expected = values.flatMap((items) =>
        [0, 2, 9].map((number) => {
          for (const [index, { pattern, guard }] of rules.entries()) {
            const bound = matched(pattern, { kind: "tuple", items });
            if (bound === undefined || (guard !== undefined && number <= guard)) continue;
            return [String(index), ...bound.map(structured)].join(" ");
          }
          return "none";
        }),
      );
      expect(output().trimEnd().split("\n")).toEqual(expected);
    }),
    { numRuns: 100 },
  );
}, 30_000);

/** `%A` of a value, as far as these values need it. */
function structured(value: Value): string {
  switch (value.kind) {
    case "Q":
      return `Q ${value.n}`;
    case "R":
      return `R (${structured(value.s)}, ${value.b})`;
    case "int":
      return String(value.n);
    case "list":
      return `[${value.items.map(structured).join("; ")}]`;
    case "array":
      return `[|${value.items.map(structured).join("; ")}|]`;
    default:
      return show(value);
  }
}
