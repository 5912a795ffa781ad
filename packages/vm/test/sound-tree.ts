import { expect } from "vitest";
import { compare, type OrderedCollection } from "../src/index.js";

/** Checks order, sizes and balance of every subtree. */
export function expectSound(map: OrderedCollection): void {
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
