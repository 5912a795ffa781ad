/** How much memory values take together: by the fixed sizes of `size.ts`, what is shared counted once. */

import { AsyncValue } from "./async-value.js";
import { TreeNode } from "./balanced-tree.js";
import { LazyValue } from "./lazy-value.js";
import { OrderedCollection } from "./ordered-collection.js";
import { isProduct, sizeOf, slotAt } from "./product.js";
import { Sequence } from "./sequence.js";
import {
  ARRAY_BYTES,
  CELL_BYTES,
  CLOSURE_BYTES,
  CONS_BYTES,
  PRODUCT_BYTES,
  SLOT_BYTES,
  STRING_BYTES,
  treeBytes,
  UNIT_BYTES,
} from "./size.js";
import { Closure, ExceptionValue, List, NIL, PartialApplication, RefCell, type Value } from "./value.js";

/** Strings from this length on are counted once, wherever they are held; shorter ones cost less than finding that out. */
const LONG_STRING = 64;
/** Of a list the first cells are remembered, and then every so many: a list that shares its tail with another one is counted up to the next of them. */
const REMEMBERED_CELLS = 8;
/** Values between two calls of `pulse`. */
const PULSE = 10_000;

/**
 * Bytes of what can be reached from the values; stops looking beyond `enough`. `pulse` is called now and then and may throw, so that a deadline is met.
 */
export function liveBytes(roots: Iterable<Value>, enough: number, pulse: () => void): number {
  const walk = new Walk(enough, pulse);
  for (const root of roots) walk.add(root);
  return walk.run();
}

class Walk {
  #bytes = 0;
  #untilPulse = PULSE;
  readonly #pending: object[] = [];
  readonly #seen = new Set<object | string>();

  constructor(
    private readonly enough: number,
    private readonly pulse: () => void,
  ) {}

  run(): number {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      if (this.#bytes > this.enough) break;
      this.#count();
      this.#visit(next);
    }
    return this.#bytes;
  }

  /** Counts a primitive, or remembers to visit what it holds. */
  add(value: Value): void {
    if (typeof value === "string") this.#string(value);
    else if (typeof value === "bigint") this.#bytes += CELL_BYTES;
    else if (typeof value === "object" && value !== null && value !== NIL) this.#pending.push(value);
  }

  #count(): void {
    if (--this.#untilPulse > 0) return;
    this.#untilPulse = PULSE;
    this.pulse();
  }

  #string(text: string): void {
    if (text.length >= LONG_STRING) {
      if (this.#seen.has(text)) return;
      this.#seen.add(text);
    }
    this.#bytes += STRING_BYTES + text.length * UNIT_BYTES;
  }

  #visit(value: object): void {
    if (value instanceof List) return this.#list(value);
    if (this.#seen.has(value)) return;
    this.#seen.add(value);
    if (isProduct(value)) {
      const size = sizeOf(value);
      this.#bytes += PRODUCT_BYTES + size * SLOT_BYTES;
      for (let index = 0; index < size; index++) this.add(slotAt(value, index));
    } else if (Array.isArray(value)) {
      this.#bytes += ARRAY_BYTES;
      this.#slots(value as Value[]);
    } else if (value instanceof TreeNode) {
      this.#bytes += treeBytes(1);
      for (const part of [value.key, value.value, value.left, value.right]) this.add(part);
    } else if (value instanceof OrderedCollection) {
      this.add(value.tree);
    } else this.#holder(value);
  }

  /** What holds a few values and has no form of its own in the language. */
  #holder(value: object): void {
    if (value instanceof Closure) {
      this.#bytes += CLOSURE_BYTES;
      this.#slots(value.captures);
    } else if (value instanceof PartialApplication) {
      this.#bytes += CLOSURE_BYTES;
      this.add(value.target);
      this.#slots(value.args);
    } else if (value instanceof RefCell) {
      this.#bytes += CELL_BYTES;
      this.add(value.contents);
    } else if (value instanceof ExceptionValue) {
      this.#bytes += PRODUCT_BYTES;
      this.#slots(value.fields);
      this.add(value.message);
    } else if (value instanceof LazyValue) {
      this.add(value.force);
    } else if (value instanceof Sequence) {
      this.add(value.start);
      this.add(value.generator);
    } else if (value instanceof AsyncValue) {
      this.add(value.start);
      this.add(value.binding?.source);
      this.add(value.binding?.continuation);
    } else this.#bytes += CELL_BYTES;
  }

  #slots(values: readonly Value[]): void {
    this.#bytes += values.length * SLOT_BYTES;
    for (const value of values) {
      this.#count();
      this.add(value);
      if (this.#bytes > this.enough) return;
    }
  }

  #list(list: List): void {
    let index = 0;
    for (let here = list; here !== NIL; here = here.tail) {
      if (this.#seen.has(here) || this.#bytes > this.enough) return;
      if (index < REMEMBERED_CELLS || index % REMEMBERED_CELLS === 0) this.#seen.add(here);
      index++;
      this.#count();
      this.#bytes += CONS_BYTES;
      this.add(here.head);
    }
  }
}
