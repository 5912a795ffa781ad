import { type Tree, treeOfSorted } from "./balanced-tree.js";
import type { Charge, Look } from "./charge.js";
import { meteredOrder } from "./order.js";
import { inOrder, OrderedCollection } from "./ordered-collection.js";
import type { Value } from "./value.js";

/**
 * A `Map`: persistent, its keys in the structural order. What a library does with maps are functions of their own (`findEntry`, `addEntry`, …), so that a page that only hands them
 * over does not carry them. `charge` meters the comparisons, `look` looks at the clock on the way.
 *
 * @example
 * [...OrderedMap.of([["tea", 3], ["cake", 5]])]; // [["cake", 5], ["tea", 3]]
 */
export class OrderedMap extends OrderedCollection implements Iterable<[Value, Value]> {
  static readonly empty: OrderedMap = new OrderedMap(undefined);
  override readonly kind = "map";

  /** Of entries in any order; of equal keys the last one counts. Sorted input is recognised. */
  static of(entries: Iterable<readonly [Value, Value]>, charge?: Charge, look?: Look): OrderedMap {
    const sorted = distinctLast([...entries], charge);
    const keys = sorted.map((entry) => entry[0]);
    look?.();
    const values = sorted.map((entry) => entry[1]);
    return OrderedMap.ofSorted(keys, values, look);
  }

  /** Of keys in strictly ascending order, which is not checked, and their values; linear. */
  static ofSorted(keys: readonly Value[], values: readonly Value[], look?: Look): OrderedMap {
    return OrderedMap.ofTree(treeOfSorted(keys, look, values));
  }

  /** Of a tree whose keys are in the structural order. */
  static ofTree(tree: Tree): OrderedMap {
    return tree === undefined ? OrderedMap.empty : new OrderedMap(tree);
  }

  /** The values, in the order of their keys. */
  values(): Value[] {
    const values: Value[] = [];
    this.forEach((_, value) => {
      values.push(value);
    });
    return values;
  }

  *[Symbol.iterator](): Generator<[Value, Value], void, undefined> {
    const cursor = this.cursor();
    for (let here = cursor.next(); here !== undefined; here = cursor.next()) yield [here.key, here.value];
  }
}

/** The entries sorted by key, of equal keys only the last one given. */
function distinctLast(
  entries: (readonly [Value, Value])[],
  charge: Charge | undefined,
): (readonly [Value, Value])[] {
  const order = meteredOrder(charge);
  const sorted = inOrder(entries, (a, b) => order(a[0], b[0]));
  return sorted.filter((entry, index) => {
    const next = sorted[index + 1];
    return next === undefined || order(entry[0], next[0]) !== 0;
  });
}
