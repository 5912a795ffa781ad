import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../src/index.js";

/** Types as the test sees them; variables are of one of the two sides that are unified. */
type Model =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "atom"; readonly name: "int" | "string" | "bool" }
  | {
      readonly kind: "node";
      readonly name: "list" | "option" | "function" | "pair" | "triple";
      readonly parts: readonly Model[];
    };

const model: fc.Arbitrary<Model> = fc.letrec<{ type: Model }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("variable" as const), name: fc.constantFrom("a", "b", "c") }),
    fc.record({
      kind: fc.constant("atom" as const),
      name: fc.constantFrom("int" as const, "string" as const, "bool" as const),
    }),
    fc.record({
      kind: fc.constant("node" as const),
      name: fc.constantFrom("list" as const, "option" as const),
      parts: fc.tuple(tie("type")),
    }),
    fc.record({
      kind: fc.constant("node" as const),
      name: fc.constantFrom("function" as const, "pair" as const),
      parts: fc.tuple(tie("type"), tie("type")),
    }),
    fc.record({
      kind: fc.constant("node" as const),
      name: fc.constant("triple" as const),
      parts: fc.tuple(tie("type"), tie("type"), tie("type")),
    }),
  ),
})).type;

function written(type: Model): string {
  if (type.kind === "variable") return `'${type.name}`;
  if (type.kind === "atom") return type.name;
  const parts = type.parts.map(written);
  switch (type.name) {
    case "list":
    case "option":
      return `(${parts[0]} ${type.name})`;
    case "function":
      return `(${parts.join(" -> ")})`;
    default:
      return `(${parts.join(" * ")})`;
  }
}

/** Robinson's algorithm, as plainly as it can be said. */
function unifiable(
  pairs: readonly (readonly [Model, Model])[],
  bound: ReadonlyMap<string, Model> = new Map(),
): boolean {
  const [first, ...rest] = pairs;
  if (first === undefined) return true;
  const [a, b] = first.map((type) => resolved(type, bound)) as [Model, Model];
  if (a.kind === "variable" && b.kind === "variable" && a.name === b.name) return unifiable(rest, bound);
  if (a.kind === "variable")
    return !occurs(a.name, b, bound) && unifiable(rest, new Map([...bound, [a.name, b]]));
  if (b.kind === "variable") return unifiable([[b, a], ...rest], bound);
  if (a.kind !== b.kind || a.name !== b.name) return false;
  if (a.kind === "atom" || b.kind === "atom") return unifiable(rest, bound);
  return unifiable(
    [...a.parts.map((part, i): readonly [Model, Model] => [part, b.parts[i] as Model]), ...rest],
    bound,
  );
}

function resolved(type: Model, bound: ReadonlyMap<string, Model>): Model {
  const next = type.kind === "variable" ? bound.get(type.name) : undefined;
  return next === undefined ? type : resolved(next, bound);
}

function occurs(name: string, raw: Model, bound: ReadonlyMap<string, Model>): boolean {
  const type = resolved(raw, bound);
  if (type.kind === "variable") return type.name === name;
  return type.kind === "node" && type.parts.some((part) => occurs(name, part, bound));
}

/** Does the checker accept two values of these types in one list? */
function accepts(a: Model, b: Model): boolean {
  const result = check(`let f (x: ${written(a)}) (y: ${written(b)}) = [ x; y ]`);
  const errors = result.diagnostics.filter((item) => item.severity === "error");
  expect(errors.every((item) => item.code === "FUS0301" || item.code === "FUS0302")).toBe(true);
  return errors.length === 0;
}

describe("unification", () => {
  test("agrees with Robinson's algorithm", () => {
    fc.assert(
      fc.property(model, model, (a, b) => {
        expect(accepts(a, b)).toBe(unifiable([[a, b]]));
      }),
      { numRuns: 300 },
    );
  });

  test("succeeds in one direction if and only if it succeeds in the other", () => {
    fc.assert(
      fc.property(model, model, (a, b) => {
        expect(accepts(a, b)).toBe(accepts(b, a));
      }),
      { numRuns: 150 },
    );
  });

  test("of a type with itself succeeds and changes nothing", () => {
    fc.assert(
      fc.property(model, (a) => {
        const alone = check(`let f (x: ${written(a)}) = [ x ]`).typeAt(1, 5)?.type;
        const twice = check(`let f (x: ${written(a)}) = [ x; x ]`).typeAt(1, 5)?.type;
        expect(twice).toBe(alone);
      }),
      { numRuns: 100 },
    );
  });

  test("of a variable with a type that holds it fails", () => {
    fc.assert(
      fc.property(model, (a) => {
        fc.pre(a.kind === "node" && occurs("a", a, new Map()));
        expect(accepts({ kind: "variable", name: "a" }, a)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
