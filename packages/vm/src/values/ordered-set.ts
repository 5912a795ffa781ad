import {
  filterTree,
  findNode,
  greatestNode,
  insert,
  intersectTrees,
  leastNode,
  remove,
  subtractTrees,
  type Tree,
  treeOfSorted,
  unionTrees,
} from "./balanced-tree.js";
import type { Charge } from "./charge.js";
import { meteredOrder } from "./order.js";
import { OrderedCollection } from "./ordered-collection.js";
import type { Value } from "./value.js";

/**
 * A `Set`: persistent, its elements in the structural order. Whatever changes it gives a new set that shares what stayed. `charge` meters the comparisons.
 *
 * @example
 * [...OrderedSet.of([3, 1, 3])]; // [1, 3]
 */
export class OrderedSet extends OrderedCollection implements Iterable<Value> {
  static readonly empty: OrderedSet = new OrderedSet(undefined);
  override readonly kind = "set";

  /** Of elements in any order, repeated or not. Sorted input is recognised. */
  static of(elements: Iterable<Value>, charge?: Charge): OrderedSet {
    return OrderedSet.ofSorted(distinct([...elements], charge));
  }

  /** Of elements in strictly ascending order, which is not checked; linear. */
  static ofSorted(elements: readonly Value[]): OrderedSet {
    return OrderedSet.#of(
      treeOfSorted(
        elements.length,
        (index) => elements[index],
        () => undefined,
      ),
    );
  }

  static #of(tree: Tree): OrderedSet {
    return tree === undefined ? OrderedSet.empty : new OrderedSet(tree);
  }

  has(element: Value, charge?: Charge): boolean {
    return findNode(this.tree, element, meteredOrder(charge)) !== undefined;
  }

  /** The set with the element; the same set when it has it already. */
  add(element: Value, charge?: Charge): OrderedSet {
    if (this.has(element, charge)) return this;
    return new OrderedSet(insert(this.tree, element, undefined, meteredOrder(charge)));
  }

  /** The set without the element; the same set when it has none. */
  remove(element: Value, charge?: Charge): OrderedSet {
    return this.#with(remove(this.tree, element, meteredOrder(charge)));
  }

  /** The least element, in a box, for an element may be unit; undefined when the set is empty. */
  least(): { readonly key: Value } | undefined {
    return leastNode(this.tree);
  }

  /** The greatest element, in a box. */
  greatest(): { readonly key: Value } | undefined {
    return greatestNode(this.tree);
  }

  /** The elements that the predicate keeps, asked in order. */
  filter(keep: (element: Value) => boolean): OrderedSet {
    return this.#with(filterTree(this.tree, keep));
  }

  union(other: OrderedSet, charge?: Charge): OrderedSet {
    return this.#with(unionTrees(other.tree, this.tree, meteredOrder(charge)));
  }

  intersect(other: OrderedSet, charge?: Charge): OrderedSet {
    return this.#with(intersectTrees(this.tree, other.tree, meteredOrder(charge)));
  }

  subtract(other: OrderedSet, charge?: Charge): OrderedSet {
    return this.#with(subtractTrees(this.tree, other.tree, meteredOrder(charge)));
  }

  /** Whether the other set has every element of this one. */
  isSubsetOf(other: OrderedSet, charge?: Charge): boolean {
    return this.size <= other.size && this.subtract(other, charge).size === 0;
  }

  *[Symbol.iterator](): Generator<Value, void, undefined> {
    const cursor = this.cursor();
    for (let here = cursor.next(); here !== undefined; here = cursor.next()) yield here.key;
  }

  #with(tree: Tree): OrderedSet {
    return tree === this.tree ? this : OrderedSet.#of(tree);
  }
}

/** Sorted, of equal elements only the first one given. */
function distinct(elements: Value[], charge: Charge | undefined): Value[] {
  const order = meteredOrder(charge);
  const ascending = elements.every(
    (element, index) => index === 0 || order(elements[index - 1], element) <= 0,
  );
  // Array.prototype.sort puts undefined, which is unit, last without asking; boxes keep the order ours.
  const sorted = ascending
    ? elements
    : elements
        .map((element) => ({ element }))
        .sort((a, b) => order(a.element, b.element))
        .map((box) => box.element);
  return sorted.filter((element, index) => index === 0 || order(sorted[index - 1], element) !== 0);
}
