import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addEntry,
  findEntry,
  greatestEntry,
  leastEntry,
  OrderedMap,
  removeEntry,
  type Value,
} from "../src/index.js";
import { expectSound } from "./sound-tree.js";
import { tuple } from "./values-generator.js";

type Entry = [number, string];
const key = fc.integer({ min: 0, max: 40 });
const entries = fc.array(fc.tuple(key, fc.string({ maxLength: 2 })));

/** What a map must hold: the last value given for each key, by ascending key. */
function model(given: Iterable<Entry>): Entry[] {
  return [...new Map(given)].sort(([a], [b]) => a - b);
}

describe("a map agrees with a sorted array", () => {
  test("made at once or entry by entry", () => {
    fc.assert(
      fc.property(entries, (given) => {
        const atOnce = OrderedMap.of(given);
        const onebyOne = given.reduce((map, [k, v]) => addEntry(map, k, v), OrderedMap.empty);
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
            map = addEntry(map, k, String(k));
            reference.set(k, String(k));
          } else {
            map = removeEntry(map, k);
            reference.delete(k);
          }
          expect([...before]).toEqual(held);
        }
        expect([...map]).toEqual(model(reference));
        expectSound(map);
      }),
    );
  });

  test("find, least, greatest, values", () => {
    fc.assert(
      fc.property(entries, key, (given, wanted) => {
        const map = OrderedMap.of(given);
        const expected = model(given);
        expect(findEntry(map, wanted)?.value).toBe(new Map(given).get(wanted));
        expect([leastEntry(map)?.key, greatestEntry(map)?.key]).toEqual([
          expected[0]?.[0],
          expected.at(-1)?.[0],
        ]);
        expect(map.values()).toEqual(expected.map(([, v]) => v));
      }),
    );
  });
});

test("keys of any ordered type, unit included", () => {
  const map = OrderedMap.of([
    [tuple(2, "a"), 1],
    [tuple(1, "z"), 2],
  ]);
  expect(findEntry(map, tuple(1, "z"))?.value).toBe(2);
  const units = OrderedMap.of([[undefined, 1] as [Value, Value], [undefined, 2] as [Value, Value]]);
  expect([units.size, findEntry(units, undefined)?.value]).toEqual([1, 2]);
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
  addEntry(map, -1, 0, (n) => {
    units += n;
  });
  expect(units).toBeLessThan(40);
});
