import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OrderedSet } from "../src/index.js";

const elements = fc.array(fc.integer({ min: 0, max: 40 }));

function model(given: Iterable<number>): number[] {
  return [...new Set(given)].sort((a, b) => a - b);
}

describe("a set agrees with a sorted array", () => {
  test("of, add, remove, has", () => {
    fc.assert(
      fc.property(elements, elements, (given, dropped) => {
        const set = OrderedSet.of(given);
        expect([...set]).toEqual(model(given));
        expect([...given.reduce((all, one) => all.add(one), OrderedSet.empty)]).toEqual(model(given));
        const rest = dropped.reduce((all, one) => all.remove(one), set);
        expect([...rest]).toEqual(model(given).filter((one) => !dropped.includes(one)));
        for (const one of dropped) expect(set.has(one)).toBe(given.includes(one));
        expect([set.least()?.key, set.greatest()?.key]).toEqual([model(given)[0], model(given).at(-1)]);
      }),
    );
  });

  test("union, intersect, subtract, isSubsetOf, filter", () => {
    fc.assert(
      fc.property(elements, elements, (a, b) => {
        const [x, y] = [OrderedSet.of(a), OrderedSet.of(b)];
        expect([...x.union(y)]).toEqual(model([...a, ...b]));
        expect([...x.intersect(y)]).toEqual(model(a.filter((one) => b.includes(one))));
        expect([...x.subtract(y)]).toEqual(model(a.filter((one) => !b.includes(one))));
        expect(x.isSubsetOf(y)).toBe(a.every((one) => b.includes(one)));
        expect(x.intersect(y).isSubsetOf(x)).toBe(true);
        expect([...x.filter((one) => Number(one) > 9)]).toEqual(model(a.filter((one) => one > 9)));
      }),
    );
  });
});

test("adding what is there gives the same set", () => {
  const set = OrderedSet.of([1, 2, 3]);
  expect(set.add(2)).toBe(set);
  expect(set.remove(9)).toBe(set);
  expect(OrderedSet.of([1]).remove(1)).toBe(OrderedSet.empty);
});
