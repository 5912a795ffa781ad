/**
 * Weight-balanced search trees, never changed in place: a subtree's size is at most `DELTA` times that of its sibling, which keeps the height below
 * about twice the binary logarithm of the size. Keys are compared by a function that the caller gives. Recursion goes as deep as the tree is high.
 */
import type { Look } from "./charge.js";
import type { Value } from "./value.js";

/** A node; an empty tree is undefined. */
export class TreeNode {
  constructor(
    readonly key: Value,
    readonly value: Value,
    readonly left: Tree,
    readonly right: Tree,
    readonly size: number,
  ) {}
}

export type Tree = TreeNode | undefined;
/** Negative, zero or positive as the first key comes before, is equal to, or comes after the second. */
export type KeyOrder = (a: Value, b: Value) => number;

/** Balance parameters that are proven to be kept by single and double rotations. */
const DELTA = 3;
const RATIO = 2;

export function sizeOfTree(tree: Tree): number {
  return tree === undefined ? 0 : tree.size;
}

function node(key: Value, value: Value, left: Tree, right: Tree): TreeNode {
  return new TreeNode(key, value, left, right, sizeOfTree(left) + sizeOfTree(right) + 1);
}

// ------------------------------------------------------------------------------------------------ one key

export function findNode(tree: Tree, key: Value, order: KeyOrder): TreeNode | undefined {
  let here = tree;
  while (here !== undefined) {
    const side = order(key, here.key);
    if (side === 0) return here;
    here = side < 0 ? here.left : here.right;
  }
  return undefined;
}

/** The tree with the key bound to the value; an equal key keeps its place and takes the new value. */
export function insert(tree: Tree, key: Value, value: Value, order: KeyOrder): TreeNode {
  if (tree === undefined) return new TreeNode(key, value, undefined, undefined, 1);
  const side = order(key, tree.key);
  if (side === 0) return new TreeNode(tree.key, value, tree.left, tree.right, tree.size);
  if (side < 0) return balance(tree.key, tree.value, insert(tree.left, key, value, order), tree.right);
  return balance(tree.key, tree.value, tree.left, insert(tree.right, key, value, order));
}

/** The tree without the key; the same tree when it has none. */
export function remove(tree: Tree, key: Value, order: KeyOrder): Tree {
  if (tree === undefined) return undefined;
  const side = order(key, tree.key);
  if (side === 0) return glue(tree.left, tree.right);
  if (side < 0) {
    const left = remove(tree.left, key, order);
    return left === tree.left ? tree : balance(tree.key, tree.value, left, tree.right);
  }
  const right = remove(tree.right, key, order);
  return right === tree.right ? tree : balance(tree.key, tree.value, tree.left, right);
}

export function leastNode(tree: Tree): TreeNode | undefined {
  let here = tree;
  while (here?.left !== undefined) here = here.left;
  return here;
}

export function greatestNode(tree: Tree): TreeNode | undefined {
  let here = tree;
  while (here?.right !== undefined) here = here.right;
  return here;
}

// ------------------------------------------------------------------------------------------------ whole trees

/** Nodes of the parts of a tree between which there is a look at the clock. */
const PIECE = 4096;

/** A tree of keys that are in strictly ascending order already, and their values, if they have any; linear. */
export function treeOfSorted(keys: readonly Value[], look?: Look, values: readonly Value[] = []): Tree {
  const build = (from: number, to: number): Tree => {
    if (from >= to) return undefined;
    const middle = (from + to) >>> 1;
    const left = build(from, middle);
    const right = build(middle + 1, to);
    if (to - from > PIECE) look?.();
    return new TreeNode(keys[middle], values[middle], left, right, to - from);
  };
  return build(0, keys.length);
}

/** All keys of both trees; an equal key is taken from the second. */
export function unionTrees(first: Tree, second: Tree, order: KeyOrder): Tree {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const [less, , greater] = split(first, second.key, order);
  return join(
    unionTrees(less, second.left, order),
    second.key,
    second.value,
    unionTrees(greater, second.right, order),
  );
}

/** The nodes of the first tree whose keys the second has. */
export function intersectTrees(first: Tree, second: Tree, order: KeyOrder): Tree {
  if (first === undefined || second === undefined) return undefined;
  const [less, equal, greater] = split(second, first.key, order);
  const left = intersectTrees(first.left, less, order);
  const right = intersectTrees(first.right, greater, order);
  return equal === undefined ? concat(left, right) : join(left, first.key, first.value, right);
}

/** The nodes of the first tree whose keys the second has not. */
export function subtractTrees(first: Tree, second: Tree, order: KeyOrder): Tree {
  if (first === undefined || second === undefined) return first;
  const [less, , greater] = split(first, second.key, order);
  return concat(subtractTrees(less, second.left, order), subtractTrees(greater, second.right, order));
}

/** Walks the nodes in order of their keys; one step after the other, so that a walk can be given up. */
export class TreeCursor {
  readonly #path: TreeNode[] = [];

  constructor(tree: Tree) {
    this.#descend(tree);
  }

  /** The next node; undefined at the end. */
  next(): TreeNode | undefined {
    const here = this.#path.pop();
    if (here !== undefined) this.#descend(here.right);
    return here;
  }

  #descend(tree: Tree): void {
    for (let here = tree; here !== undefined; here = here.left) this.#path.push(here);
  }
}

// ------------------------------------------------------------------------------------------------ balance

/** Joins two subtrees of which one may have grown or shrunk by a node. */
function balance(key: Value, value: Value, left: Tree, right: Tree): TreeNode {
  const l = sizeOfTree(left);
  const r = sizeOfTree(right);
  if (l + r > 1) {
    if (right !== undefined && r > DELTA * l) return rotateLeft(key, value, left, right);
    if (left !== undefined && l > DELTA * r) return rotateRight(key, value, left, right);
  }
  return new TreeNode(key, value, left, right, l + r + 1);
}

function rotateLeft(key: Value, value: Value, left: Tree, right: TreeNode): TreeNode {
  const inner = right.left;
  if (inner === undefined || inner.size < RATIO * sizeOfTree(right.right)) {
    return node(right.key, right.value, node(key, value, left, inner), right.right);
  }
  return node(
    inner.key,
    inner.value,
    node(key, value, left, inner.left),
    node(right.key, right.value, inner.right, right.right),
  );
}

function rotateRight(key: Value, value: Value, left: TreeNode, right: Tree): TreeNode {
  const inner = left.right;
  if (inner === undefined || inner.size < RATIO * sizeOfTree(left.left)) {
    return node(left.key, left.value, left.left, node(key, value, inner, right));
  }
  return node(
    inner.key,
    inner.value,
    node(left.key, left.value, left.left, inner.left),
    node(key, value, inner.right, right),
  );
}

/** A tree of two trees of any sizes and a key between them. */
function join(left: Tree, key: Value, value: Value, right: Tree): TreeNode {
  if (left === undefined) return insertLeast(right, key, value);
  if (right === undefined) return insertGreatest(left, key, value);
  if (DELTA * left.size < right.size) {
    return balance(right.key, right.value, join(left, key, value, right.left), right.right);
  }
  if (DELTA * right.size < left.size) {
    return balance(left.key, left.value, left.left, join(left.right, key, value, right));
  }
  return node(key, value, left, right);
}

function insertLeast(tree: Tree, key: Value, value: Value): TreeNode {
  if (tree === undefined) return new TreeNode(key, value, undefined, undefined, 1);
  return balance(tree.key, tree.value, insertLeast(tree.left, key, value), tree.right);
}

function insertGreatest(tree: Tree, key: Value, value: Value): TreeNode {
  if (tree === undefined) return new TreeNode(key, value, undefined, undefined, 1);
  return balance(tree.key, tree.value, tree.left, insertGreatest(tree.right, key, value));
}

/** A tree of two trees of any sizes, all keys of the first before all keys of the second. */
function concat(left: Tree, right: Tree): Tree {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const middle = leastNode(right);
  return middle === undefined ? left : join(left, middle.key, middle.value, removeLeast(right));
}

/** As `concat`, for siblings, whose sizes are in balance. */
function glue(left: Tree, right: Tree): Tree {
  if (left === undefined) return right;
  if (right === undefined) return left;
  if (left.size > right.size) {
    const middle = greatestNode(left);
    if (middle !== undefined) return balance(middle.key, middle.value, removeGreatest(left), right);
  }
  const middle = leastNode(right);
  return middle === undefined ? left : balance(middle.key, middle.value, left, removeLeast(right));
}

function removeLeast(tree: TreeNode): Tree {
  if (tree.left === undefined) return tree.right;
  return balance(tree.key, tree.value, removeLeast(tree.left), tree.right);
}

function removeGreatest(tree: TreeNode): Tree {
  if (tree.right === undefined) return tree.left;
  return balance(tree.key, tree.value, tree.left, removeGreatest(tree.right));
}

/** The part before the key, the key's own node, and the part behind it. */
function split(tree: Tree, key: Value, order: KeyOrder): readonly [Tree, Tree, Tree] {
  if (tree === undefined) return [undefined, undefined, undefined];
  const side = order(key, tree.key);
  if (side === 0) return [tree.left, tree, tree.right];
  if (side < 0) {
    const [less, equal, greater] = split(tree.left, key, order);
    return [less, equal, join(greater, tree.key, tree.value, tree.right)];
  }
  const [less, equal, greater] = split(tree.right, key, order);
  return [join(tree.left, tree.key, tree.value, less), equal, greater];
}
