/**
 * Bytes that the allocation limit counts for each kind of value. They are fixed, near what an engine really uses, and the same on every machine, so that
 * a program meets `maxAllocatedBytes` at the same point everywhere. Each constant is the cost beside the slots, units or entries.
 */

/** A slot of a product, an element of an array, a captured value. */
export const SLOT_BYTES = 8;
/** A UTF-16 unit of a string. */
export const UNIT_BYTES = 2;
/** A cons cell. */
export const CONS_BYTES = 32;
/** A tuple, record, union case with fields, or exception, without its slots. */
export const PRODUCT_BYTES = 16;
/** An array without its elements. */
export const ARRAY_BYTES = 16;
/** A string without its units. */
export const STRING_BYTES = 16;
/** A closure or partial application without the values it holds. */
export const CLOSURE_BYTES = 32;
/** A `ref` cell, or a float or char boxed for `any`. */
export const CELL_BYTES = 16;
/** An entry of a map or set, with the share of the path that an insertion copies left aside. */
const TREE_NODE_BYTES = 56;

/**
 * Bytes of a map or set built at once.
 *
 * @example
 * context.allocate(treeBytes(1000)); // 56,000 bytes
 */
export function treeBytes(entries: number): number {
  return entries * TREE_NODE_BYTES;
}

/**
 * Bytes of one insertion into, or removal from, a map or set of this size: the path to the entry is copied.
 *
 * @example
 * context.allocate(treePathBytes(1000)); // 616 bytes
 */
export function treePathBytes(entries: number): number {
  return (Math.ceil(Math.log2(entries + 2)) + 1) * TREE_NODE_BYTES;
}
