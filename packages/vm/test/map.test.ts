import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, type OrderedCollection, OrderedMap, type Value } from "../src/index.js";
import { tuple } from "./values-generator.js";

type Entry = [number, string];
const key = fc.integer({ min: 0, max: 40 });
const entries = fc.array(fc.tuple(key, fc.string({ maxLength: 2 })));

/** What a map must hold: the last value given for each key, by ascending key. */
function model(given: Iterable<Entry>): Entry[] {
  return [...new Map(given)].sort(([a], [b]) => a - b);
}

/** Checks order, sizes and balance of every subtree. */
function expectSound(map: OrderedCollection): void {
  const check = (tree: OrderedCollection["tree"]): number => {
    if (tree === undefined) return 0;
    const left = check(tree.left);
    const right = check(tree.right);
    expect(tree.size).toBe(left + right + 1);
    if (left + right > 1) expect(Math.max(left, right)).toBeLessThanOrEqual(3 * Math.min(left, right));
    return tree.size;
  };
  check(map.tree);
  const keys = map.keys();
  expect(keys.slice(1).every((next, index) => compare(keys[index], next) < 0)).toBe(true);
}

describe("a map agrees with a sorted array", () => {
  test("made at once or entry by entry", () => {
    fc.assert(
      fc.property(entries, (given) => {
        const atOnce = OrderedMap.of(given);
        const onebyOne = given.reduce((map, [k, v]) => map.add(k, v), OrderedMap.empty);
        for (const map of [atOnce, onebyOne]) {
          expect([...map]).toEqual(model(given));
          expect(map.size).toBe(model(given).length);
          expectSound(map);
        }
      }),
    );
  });

  test("adding and removing in any order, older maps stay as they were", () => {
    const command = fc.tuple(fc.boolean(), key);
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        let map = OrderedMap.empty;
        const reference = new Map<number, string>();
        for (const [adds, k] of commands) {
          const before = map;
          const held = [...before];
          if (adds) {
            map = map.add(k, String(k));
            reference.set(k, String(k));
          } else {
            map = map.remove(k);
            reference.delete(k);
          }
          expect([...before]).toEqual(held);
        }
        expect([...map]).toEqual(model(reference));
        expectSound(map);
      }),
    );
  });

  test("find, least, greatest, mapValues, filter", () => {
    fc.assert(
      fc.property(entries, key, (given, wanted) => {
        const map = OrderedMap.of(given);
        const expected = model(given);
        expect(map.find(wanted)?.value).toBe(new Map(given).get(wanted));
        expect(map.has(wanted)).toBe(new Map(given).has(wanted));
        expect([map.least()?.key, map.greatest()?.key]).toEqual([expected[0]?.[0], expected.at(-1)?.[0]]);
        expect([...map.mapValues((k, v) => `${String(k)}${String(v)}`)]).toEqual(
          expected.map(([k, v]) => [k, `${k}${v}`]),
        );
        const even = map.filter((k) => Number(k) % 2 === 0);
        expect([...even]).toEqual(expected.filter(([k]) => k % 2 === 0));
        expectSound(even);
        expect(map.values()).toEqual(expected.map(([, v]) => v));
      }),
    );
  });

  test("union, intersect, subtract", () => {
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        const inB = new Set(b.map(([k]) => k));
        const union = OrderedMap.of(a).union(OrderedMap.of(b));
        const common = OrderedMap.of(a).intersect(OrderedMap.of(b));
        const rest = OrderedMap.of(a).subtract(OrderedMap.of(b));
        expect([...union]).toEqual(model([...a, ...b]));
        expect([...common]).toEqual(model(a).filter(([k]) => inB.has(k)));
        expect([...rest]).toEqual(model(a).filter(([k]) => !inB.has(k)));
        for (const map of [union, common, rest]) expectSound(map);
      }),
    );
  });
});

test("keys of any ordered type, unit included", () => {
  const map = OrderedMap.of([
    [tuple(2, "a"), 1],
    [tuple(1, "z"), 2],
  ]);
  expect(map.find(tuple(1, "z"))?.value).toBe(2);
  const units = OrderedMap.of([[undefined, 1] as [Value, Value], [undefined, 2] as [Value, Value]]);
  expect([units.size, units.find(undefined)?.value]).toEqual([1, 2]);
});

test("100,000 entries: built in linear time, walked without recursion, comparisons charged", () => {
  const keys = Array.from({ length: 100_000 }, (_, index) => index);
  let units = 0;
  const map = OrderedMap.of(
    keys.map((k): [Value, Value] => [k, k]),
    (n) => {
      units += n;
    },
  );
  expect(map.size).toBe(100_000);
  expect(units).toBeLessThan(250_000);
  expect([...map].length).toBe(100_000);
  units = 0;
  map.add(-1, 0, (n) => {
    units += n;
  });
  expect(units).toBeLessThan(40);
});
