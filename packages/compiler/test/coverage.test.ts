import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, positionAt } from "../src/index.js";

/** Values of `bool * color option * bool list` (lists up to three elements), and patterns over them. */
type Value = boolean | "Red" | "Green" | "Blue" | { readonly some: Value } | "None" | readonly Value[];
type Shape = "bool" | "color" | "option" | "list" | "whole";

interface Pat {
  readonly text: string;
  readonly matches: (value: Value) => boolean;
}

const ANYTHING: Pat = { text: "_", matches: () => true };

function patternOf(shape: Shape): fc.Arbitrary<Pat> {
  const wild = fc.constant(ANYTHING);
  switch (shape) {
    case "bool":
      return fc.oneof(
        wild,
        fc.boolean().map((wanted): Pat => ({ text: String(wanted), matches: (value) => value === wanted })),
      );
    case "color": {
      const one = fc
        .constantFrom("Red", "Green", "Blue")
        .map((wanted): Pat => ({ text: wanted, matches: (value) => value === wanted }));
      return fc.oneof(wild, one, fc.tuple(one, one).map(either));
    }
    case "option":
      return fc.oneof(
        wild,
        fc.constant<Pat>({ text: "None", matches: (value) => value === "None" }),
        patternOf("color").map(
          (inner): Pat => ({
            text: `Some (${inner.text})`,
            matches: (value) => typeof value === "object" && !isList(value) && inner.matches(value.some),
          }),
        ),
      );
    case "list":
      return fc.oneof(
        wild,
        fc.array(patternOf("bool"), { maxLength: 2 }).map(
          (items): Pat => ({
            text: `[${items.map((item) => item.text).join("; ")}]`,
            matches: (value) =>
              isList(value) &&
              value.length === items.length &&
              items.every((item, i) => item.matches(value[i] as Value)),
          }),
        ),
        fc.tuple(patternOf("bool"), fc.constantFrom(0, 1)).map(
          ([head, more]): Pat => ({
            text: more === 0 ? `${head.text} :: _` : `${head.text} :: _ :: _`,
            matches: (value) => isList(value) && value.length > more && head.matches(value[0] as Value),
          }),
        ),
      );
    case "whole": {
      const triple = fc.tuple(patternOf("bool"), patternOf("option"), patternOf("list")).map(
        (items): Pat => ({
          text: `(${items.map((item) => item.text).join(", ")})`,
          matches: (value) => isList(value) && items.every((item, i) => item.matches(value[i] as Value)),
        }),
      );
      return fc.oneof(
        { arbitrary: triple, weight: 6 },
        { arbitrary: fc.tuple(triple, triple).map(either), weight: 1 },
      );
    }
  }
}

function either([a, b]: readonly [Pat, Pat]): Pat {
  return { text: `(${a.text} | ${b.text})`, matches: (value) => a.matches(value) || b.matches(value) };
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

const BOOLS: readonly Value[] = [true, false];
const OPTIONS: readonly Value[] = ["None", { some: "Red" }, { some: "Green" }, { some: "Blue" }];
const LISTS: readonly Value[] = [0, 1, 2, 3].flatMap((length) => {
  let lists: readonly Value[][] = [[]];
  for (let i = 0; i < length; i++) lists = lists.flatMap((list) => BOOLS.map((item) => [...list, item]));
  return lists;
});
const VALUES: readonly Value[] = BOOLS.flatMap((b) =>
  OPTIONS.flatMap((o) => LISTS.map((l): Value => [b, o, l])),
);

describe("coverage", () => {
  test("says what trying every value says", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(patternOf("whole"), fc.boolean()), { minLength: 1, maxLength: 6 }),
        (rules) => {
          const lines = [
            "type Color = Red | Green | Blue",
            "let f (v: bool * Color option * bool list) guard =",
            "    match v with",
            ...rules.map(
              ([pattern, guarded], i) => `    | ${pattern.text}${guarded ? " when guard" : ""} -> ${i}`,
            ),
          ];
          const found = check(lines.join("\n")).diagnostics;
          expect(found.filter((item) => item.severity === "error")).toEqual([]);
          let open = VALUES;
          const redundant: number[] = [];
          rules.forEach(([pattern, guarded], i) => {
            if (!open.some(pattern.matches)) redundant.push(i + 4);
            else if (!guarded) open = open.filter((value) => !pattern.matches(value));
          });
          const lineOf = (item: (typeof found)[number]): number =>
            positionAt(item.span.source, item.span.start).line;
          expect(found.filter((item) => item.code === "FUS0402").map(lineOf)).toEqual(redundant);
          expect(found.some((item) => item.code === "FUS0401")).toBe(open.length > 0);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("gives a value that no clause matches, in source form", () => {
    fc.assert(
      fc.property(fc.array(patternOf("whole"), { minLength: 1, maxLength: 4 }), (patterns) => {
        const program = (more: string): string =>
          [
            "type Color = Red | Green | Blue",
            "let f (v: bool * Color option * bool list) =",
            "    match v with",
            ...patterns.map((pattern, i) => `    | ${pattern.text} -> ${i}`),
            more,
          ].join("\n");
        const warning = check(program("")).diagnostics.find((item) => item.code === "FUS0401");
        fc.pre(warning !== undefined);
        const example = /for example, (.*)$/.exec(warning?.message ?? "")?.[1] ?? "";
        const withExample = check(program(`    | ${example} -> 100`)).diagnostics;
        expect(withExample.filter((item) => item.severity === "error")).toEqual([]);
        const lines = withExample
          .filter((item) => item.code === "FUS0402")
          .map((item) => positionAt(item.span.source, item.span.start).line);
        expect(lines).not.toContain(patterns.length + 4);
      }),
      { numRuns: 100 },
    );
  });

  test("a match that would take for ever to judge is left without a warning", () => {
    const columns = 24;
    const row = (i: number, word: string): string =>
      `    | (${Array.from({ length: columns }, (_, j) => (j === i ? word : j === (i + 7) % columns ? "true" : "_")).join(", ")}) -> ${i}`;
    const text = [
      `let f ${Array.from({ length: columns }, (_, i) => `b${i}`).join(" ")} =`,
      `    match (${Array.from({ length: columns }, (_, i) => `b${i}`).join(", ")}) with`,
      ...Array.from({ length: columns }, (_, i) => row(i, "true")),
      ...Array.from({ length: columns }, (_, i) => row(i, "false")),
    ].join("\n");
    const started = performance.now();
    expect(check(text).diagnostics.filter((item) => item.severity === "error")).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
