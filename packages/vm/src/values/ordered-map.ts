import {
  filterTree,
  findNode,
  greatestNode,
  insert,
  intersectTrees,
  leastNode,
  mapTree,
  remove,
  subtractTrees,
  type Tree,
  type TreeNode,
  treeOfSorted,
  unionTrees,
} from "./balanced-tree.js";
import type { Charge } from "./charge.js";
import { meteredOrder } from "./order.js";
import { OrderedCollection } from "./ordered-collection.js";
import type { Value } from "./value.js";

/**
 * A `Map`: persistent, its keys in the structural order. Whatever changes it gives a new map that shares what stayed. `charge` meters the comparisons.
 *
 * @example
 * const prices = OrderedMap.empty.add("tea", 3).add("cake", 5);
 * [...prices]; // [["cake", 5], ["tea", 3]]
 */
export class OrderedMap extends OrderedCollection implements Iterable<[Value, Value]> {
  static readonly empty: OrderedMap = new OrderedMap(undefined);
  override readonly kind = "map";

  /** Of entries in any order; of equal keys the last one counts. Sorted input is recognised. */
  static of(entries: Iterable<readonly [Value, Value]>, charge?: Charge): OrderedMap {
    const given = [...entries];
    const sorted = distinctLast(given, charge);
    return OrderedMap.ofSorted(
      sorted.map((entry) => entry[0]),
      sorted.map((entry) => entry[1]),
    );
  }

  /** Of keys in strictly ascending order, which is not checked, and their values; linear. */
  static ofSorted(keys: readonly Value[], values: readonly Value[]): OrderedMap {
    return OrderedMap.#of(
      treeOfSorted(
        keys.length,
        (index) => keys[index],
        (index) => values[index],
      ),
    );
  }

  static #of(tree: Tree): OrderedMap {
    return tree === undefined ? OrderedMap.empty : new OrderedMap(tree);
  }

  /** The entry of the key; undefined when there is none. */
  find(key: Value, charge?: Charge): TreeNode | undefined {
    return findNode(this.tree, key, meteredOrder(charge));
  }

  has(key: Value, charge?: Charge): boolean {
    return this.find(key, charge) !== undefined;
  }

  add(key: Value, value: Value, charge?: Charge): OrderedMap {
    return new OrderedMap(insert(this.tree, key, value, meteredOrder(charge)));
  }

  /** The map without the key; the same map when it has none. */
  remove(key: Value, charge?: Charge): OrderedMap {
    return this.#with(remove(this.tree, key, meteredOrder(charge)));
  }

  /** The entry with the least key. */
  least(): TreeNode | undefined {
    return leastNode(this.tree);
  }

  /** The entry with the greatest key. */
  greatest(): TreeNode | undefined {
    return greatestNode(this.tree);
  }

  /** The same keys with other values, which are made in order. */
  mapValues(change: (key: Value, value: Value) => Value): OrderedMap {
    return OrderedMap.#of(mapTree(this.tree, change));
  }

  /** The entries that the predicate keeps, asked in order. */
  filter(keep: (key: Value, value: Value) => boolean): OrderedMap {
    return this.#with(filterTree(this.tree, keep));
  }

  /** The entries of both maps; of equal keys the other map's counts. */
  union(other: OrderedMap, charge?: Charge): OrderedMap {
    return this.#with(unionTrees(this.tree, other.tree, meteredOrder(charge)));
  }

  /** The entries whose keys the other collection has. */
  intersect(other: OrderedCollection, charge?: Charge): OrderedMap {
    return this.#with(intersectTrees(this.tree, other.tree, meteredOrder(charge)));
  }

  /** The entries whose keys the other collection has not. */
  subtract(other: OrderedCollection, charge?: Charge): OrderedMap {
    return this.#with(subtractTrees(this.tree, other.tree, meteredOrder(charge)));
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

  #with(tree: Tree): OrderedMap {
    return tree === this.tree ? this : OrderedMap.#of(tree);
  }
}

/** The entries sorted by key, of equal keys only the last one given. */
function distinctLast(
  entries: (readonly [Value, Value])[],
  charge: Charge | undefined,
): (readonly [Value, Value])[] {
  const order = meteredOrder(charge);
  const ascending = entries.every(
    (entry, index) => index === 0 || order(entries[index - 1]?.[0], entry[0]) <= 0,
  );
  const sorted = ascending ? entries : entries.sort((a, b) => order(a[0], b[0]));
  return sorted.filter((entry, index) => {
    const next = sorted[index + 1];
    return next === undefined || order(entry[0], next[0]) !== 0;
  });
}
