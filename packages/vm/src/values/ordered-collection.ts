import { sizeOfTree, type Tree, TreeCursor, type TreeNode } from "./balanced-tree.js";
import type { Value } from "./value.js";

/**
 * What maps and sets share: entries in ascending order of their keys. In a set the values are units.
 *
 * @example
 * if (value instanceof OrderedCollection) value.forEach((key) => visit(key));
 */
export abstract class OrderedCollection {
  abstract readonly kind: "map" | "set";

  constructor(readonly tree: Tree) {}

  /** Number of entries. */
  get size(): number {
    return sizeOfTree(this.tree);
  }

  /** A walk over the entries, in order. */
  cursor(): TreeCursor {
    return new TreeCursor(this.tree);
  }

  /** Calls `visit` with every entry, in order. */
  forEach(visit: (key: Value, value: Value) => void): void {
    const cursor = this.cursor();
    for (let here: TreeNode | undefined = cursor.next(); here !== undefined; here = cursor.next())
      visit(here.key, here.value);
  }

  /** The keys, in order. */
  keys(): Value[] {
    const keys: Value[] = [];
    this.forEach((key) => {
      keys.push(key);
    });
    return keys;
  }

  /** What is compared, one after the other: of a set the elements, of a map key, value, key, value. */
  parts(): Value[] {
    if (this.kind === "set") return this.keys();
    const parts: Value[] = [];
    this.forEach((key, value) => {
      parts.push(key, value);
    });
    return parts;
  }
}

/** The items, sorted where they stand unless they are in order already. */
export function inOrder<T>(items: T[], order: (a: T, b: T) => number): T[] {
  const ascending = items.every((item, index) => index === 0 || order(items[index - 1] as T, item) <= 0);
  return ascending ? items : items.sort(order);
}
