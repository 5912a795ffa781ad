import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addElement,
  findEntry,
  greatestEntry,
  intersectSets,
  isSubset,
  leastEntry,
  OrderedSet,
  removeElement,
  subtractSets,
  unionSets,
} from "../src/index.js";
import { expectSound } from "./sound-tree.js";

const elements = fc.array(fc.integer({ min: 0, max: 40 }));

function model(given: Iterable<number>): number[] {
  return [...new Set(given)].sort((a, b) => a - b);
}

describe("a set agrees with a sorted array", () => {
  test("of, add, remove, find", () => {
    fc.assert(
      fc.property(elements, elements, (given, dropped) => {
        const set = OrderedSet.of(given);
        expect([...set]).toEqual(model(given));
        expect([...given.reduce((all, one) => addElement(all, one), OrderedSet.empty)]).toEqual(model(given));
        const rest = dropped.reduce((all, one) => removeElement(all, one), set);
        expect([...rest]).toEqual(model(given).filter((one) => !dropped.includes(one)));
        for (const one of dropped) expect(findEntry(set, one) !== undefined).toBe(given.includes(one));
        expect([leastEntry(set)?.key, greatestEntry(set)?.key]).toEqual([
          model(given)[0],
          model(given).at(-1),
        ]);
      }),
    );
  });

  test("union, intersect, subtract, isSubset", () => {
    fc.assert(
      fc.property(elements, elements, (a, b) => {
        const [x, y] = [OrderedSet.of(a), OrderedSet.of(b)];
        const [union, common, rest] = [unionSets(x, y), intersectSets(x, y), subtractSets(x, y)];
        expect([...union]).toEqual(model([...a, ...b]));
        expect([...common]).toEqual(model(a.filter((one) => b.includes(one))));
        expect([...rest]).toEqual(model(a.filter((one) => !b.includes(one))));
        for (const set of [union, common, rest]) expectSound(set);
        expect(isSubset(x, y)).toBe(a.every((one) => b.includes(one)));
        expect(isSubset(common, x)).toBe(true);
      }),
    );
  });
});

test("adding what is there gives the same set", () => {
  const set = OrderedSet.of([1, 2, 3]);
  expect(addElement(set, 2)).toBe(set);
  expect(removeElement(set, 9)).toBe(set);
  expect(removeElement(OrderedSet.of([1]), 1)).toBe(OrderedSet.empty);
});
