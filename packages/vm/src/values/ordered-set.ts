import { type Tree, treeOfSorted } from "./balanced-tree.js";
import type { Charge, Look } from "./charge.js";
import { meteredOrder } from "./order.js";
import { inOrder, OrderedCollection } from "./ordered-collection.js";
import type { Value } from "./value.js";

/**
 * A `Set`: persistent, its elements in the structural order. As of maps, what a library does with sets are functions of their own. `charge` meters the comparisons,
 * `look` looks at the clock on the way.
 *
 * @example
 * [...OrderedSet.of([3, 1, 3])]; // [1, 3]
 */
export class OrderedSet extends OrderedCollection implements Iterable<Value> {
  static readonly empty: OrderedSet = new OrderedSet(undefined);
  override readonly kind = "set";

  /** Of elements in any order, repeated or not. Sorted input is recognised. */
  static of(elements: Iterable<Value>, charge?: Charge, look?: Look): OrderedSet {
    return OrderedSet.ofSorted(distinct([...elements], charge), look);
  }

  /** Of elements in strictly ascending order, which is not checked; linear. */
  static ofSorted(elements: readonly Value[], look?: Look): OrderedSet {
    return OrderedSet.ofTree(treeOfSorted(elements, look));
  }

  /** Of a tree whose keys are in the structural order. */
  static ofTree(tree: Tree): OrderedSet {
    return tree === undefined ? OrderedSet.empty : new OrderedSet(tree);
  }

  *[Symbol.iterator](): Generator<Value, void, undefined> {
    const cursor = this.cursor();
    for (let here = cursor.next(); here !== undefined; here = cursor.next()) yield here.key;
  }
}

/** Sorted, of equal elements only the first one given. */
function distinct(elements: Value[], charge: Charge | undefined): Value[] {
  const order = meteredOrder(charge);
  // Array.prototype.sort puts undefined, which is unit, last without asking: where there is one, boxes keep the order ours.
  const sorted = elements.includes(undefined)
    ? inOrder(
        elements.map((element) => ({ element })),
        (a, b) => order(a.element, b.element),
      ).map((box) => box.element)
    : inOrder(elements, order);
  return sorted.filter((element, index) => index === 0 || order(sorted[index - 1], element) !== 0);
}
