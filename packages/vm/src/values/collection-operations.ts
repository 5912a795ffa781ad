/**
 * What a library does with maps and sets: looking for keys, adding and removing them, the algebra of sets. Whatever changes a map or a set gives a new one that shares what stayed; where
 * nothing changes, it is the same. `charge` meters the comparisons.
 */
import {
  findNode,
  greatestNode,
  insert,
  intersectTrees,
  leastNode,
  remove,
  subtractTrees,
  type Tree,
  type TreeNode,
  unionTrees,
} from "./balanced-tree.js";
import type { Charge } from "./charge.js";
import { meteredOrder } from "./order.js";
import type { OrderedCollection } from "./ordered-collection.js";
import { OrderedMap } from "./ordered-map.js";
import { OrderedSet } from "./ordered-set.js";
import type { Value } from "./value.js";

/**
 * The entry of a key, or the element of a set; undefined when it is not there.
 *
 * @example
 * findEntry(OrderedMap.of([["tea", 3]]), "tea")?.value; // 3
 */
export function findEntry(collection: OrderedCollection, key: Value, charge?: Charge): TreeNode | undefined {
  return findNode(collection.tree, key, meteredOrder(charge));
}

/**
 * The entry with the least key; undefined when there is none.
 *
 * @example
 * leastEntry(OrderedSet.of([3, 1]))?.key; // 1
 */
export function leastEntry(collection: OrderedCollection): TreeNode | undefined {
  return leastNode(collection.tree);
}

/**
 * The entry with the greatest key; undefined when there is none.
 *
 * @example
 * greatestEntry(OrderedSet.of([3, 1]))?.key; // 3
 */
export function greatestEntry(collection: OrderedCollection): TreeNode | undefined {
  return greatestNode(collection.tree);
}

/**
 * The map with a key bound to a value, in place of what it was bound to.
 *
 * @example
 * [...addEntry(OrderedMap.of([["tea", 3]]), "cake", 5)]; // [["cake", 5], ["tea", 3]]
 */
export function addEntry(map: OrderedMap, key: Value, value: Value, charge?: Charge): OrderedMap {
  return OrderedMap.ofTree(insert(map.tree, key, value, meteredOrder(charge)));
}

/**
 * The map without a key.
 *
 * @example
 * removeEntry(OrderedMap.of([["tea", 3]]), "tea").size; // 0
 */
export function removeEntry(map: OrderedMap, key: Value, charge?: Charge): OrderedMap {
  const tree = remove(map.tree, key, meteredOrder(charge));
  return tree === map.tree ? map : OrderedMap.ofTree(tree);
}

/**
 * The set with an element.
 *
 * @example
 * [...addElement(OrderedSet.of([3]), 1)]; // [1, 3]
 */
export function addElement(set: OrderedSet, element: Value, charge?: Charge): OrderedSet {
  if (findEntry(set, element, charge) !== undefined) return set;
  return OrderedSet.ofTree(insert(set.tree, element, undefined, meteredOrder(charge)));
}

/**
 * The set without an element.
 *
 * @example
 * [...removeElement(OrderedSet.of([1, 3]), 3)]; // [1]
 */
export function removeElement(set: OrderedSet, element: Value, charge?: Charge): OrderedSet {
  return withTree(set, remove(set.tree, element, meteredOrder(charge)));
}

/**
 * The elements of both sets.
 *
 * @example
 * [...unionSets(OrderedSet.of([1, 2]), OrderedSet.of([2, 3]))]; // [1, 2, 3]
 */
export function unionSets(a: OrderedSet, b: OrderedSet, charge?: Charge): OrderedSet {
  // Of equal elements, the first set's stay.
  return withTree(a, unionTrees(b.tree, a.tree, meteredOrder(charge)));
}

/**
 * The elements that the second set has, too.
 *
 * @example
 * [...intersectSets(OrderedSet.of([1, 2]), OrderedSet.of([2, 3]))]; // [2]
 */
export function intersectSets(a: OrderedSet, b: OrderedSet, charge?: Charge): OrderedSet {
  return withTree(a, intersectTrees(a.tree, b.tree, meteredOrder(charge)));
}

/**
 * The elements that the second set has not.
 *
 * @example
 * [...subtractSets(OrderedSet.of([1, 2]), OrderedSet.of([2, 3]))]; // [1]
 */
export function subtractSets(a: OrderedSet, b: OrderedSet, charge?: Charge): OrderedSet {
  return withTree(a, subtractTrees(a.tree, b.tree, meteredOrder(charge)));
}

/**
 * Whether the second set has every element of the first.
 *
 * @example
 * isSubset(OrderedSet.of([1]), OrderedSet.of([1, 2])); // true
 */
export function isSubset(a: OrderedSet, b: OrderedSet, charge?: Charge): boolean {
  return a.size <= b.size && subtractSets(a, b, charge).size === 0;
}

function withTree(set: OrderedSet, tree: Tree): OrderedSet {
  return tree === set.tree ? set : OrderedSet.ofTree(tree);
}
