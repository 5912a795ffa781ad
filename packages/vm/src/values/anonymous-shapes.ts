import { recordShape } from "./product.js";
import type { Product, RecordShape, Value } from "./value.js";

/** Label sets, and orders of labels, that are remembered; data with ever new ones gets shapes that are not. */
const MAX_KEPT = 1000;

/** Where the label at each position of some data goes in the record. */
interface Arrangement {
  readonly shape: RecordShape;
  /** Position in the data of each slot. */
  readonly positions: readonly number[];
}

/** What follows after some labels: a tree over the orders in which labels came. */
interface LabelNode {
  readonly next: Map<string, LabelNode>;
  arrangement: Arrangement | undefined;
}

/**
 * Shapes of anonymous records by their labels, so that records with the same labels share one: for data whose labels only show while a program runs.
 *
 * @example
 * new AnonymousShapes().shapeOf(["b", "a"]).labels; // ["a", "b"]
 */
export class AnonymousShapes {
  readonly #shapes = new Map<string, RecordShape>();
  readonly #orders: LabelNode = { next: new Map(), arrangement: undefined };
  #nodes = 0;

  /** The shape with these labels, which are put in ascending order. */
  shapeOf(labels: readonly string[]): RecordShape {
    const sorted = [...labels].sort();
    const key = JSON.stringify(sorted);
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const shape = recordShape({ name: "", labels: sorted, anonymous: true, identity: false });
    if (this.#shapes.size < MAX_KEPT) this.#shapes.set(key, shape);
    return shape;
  }

  /** The record with these fields; no label comes twice. Data tends to repeat the order of its labels, so that is what is looked up. */
  recordOf(labels: readonly string[], values: readonly Value[]): Product {
    const { shape, positions } = this.#arrangementOf(labels);
    return shape.make(positions.map((position) => values[position]));
  }

  #arrangementOf(labels: readonly string[]): Arrangement {
    let node: LabelNode = this.#orders;
    for (const label of labels) {
      let next = node.next.get(label);
      if (next === undefined) {
        if (this.#nodes >= MAX_KEPT) return this.#arrange(labels);
        this.#nodes++;
        next = { next: new Map(), arrangement: undefined };
        node.next.set(label, next);
      }
      node = next;
    }
    node.arrangement ??= this.#arrange(labels);
    return node.arrangement;
  }

  #arrange(labels: readonly string[]): Arrangement {
    const shape = this.shapeOf(labels);
    return { shape, positions: shape.labels.map((label) => labels.indexOf(label)) };
  }
}
