import { recordShape } from "./product.js";
import type { RecordShape } from "./value.js";

/** Label sets, and orders of labels, that are remembered; data with ever new ones gets shapes that are not. */
const MAX_KEPT = 1000;

/** What follows after some labels: a tree over the orders in which labels came. */
interface LabelNode {
  readonly next: Map<string, LabelNode>;
  /** Where the labels went on last: data tends to repeat itself. */
  lastLabel: string | undefined;
  lastNode: LabelNode | undefined;
  shape: RecordShape | undefined;
}

/**
 * Shapes of anonymous records by their labels, so that records with the same labels share one: for data whose labels only show while a program runs.
 *
 * @example
 * new AnonymousShapes().shapeOf(["b", "a"]).labels; // ["a", "b"]
 */
export class AnonymousShapes {
  readonly #shapes = new Map<string, RecordShape>();
  readonly #orders: LabelNode = labelNode();
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

  /** As `shapeOf`, quick for labels that come in the same order again and again. */
  shapeInOrder(labels: readonly string[]): RecordShape {
    let node = this.#orders;
    for (const label of labels) {
      const next = label === node.lastLabel ? node.lastNode : this.#follow(node, label);
      if (next === undefined) return this.shapeOf(labels);
      node = next;
    }
    node.shape ??= this.shapeOf(labels);
    return node.shape;
  }

  /** Undefined when no further order is remembered. */
  #follow(node: LabelNode, label: string): LabelNode | undefined {
    let next = node.next.get(label);
    if (next === undefined) {
      if (this.#nodes >= MAX_KEPT) return undefined;
      this.#nodes++;
      next = labelNode();
      node.next.set(label, next);
    }
    node.lastLabel = label;
    node.lastNode = next;
    return next;
  }
}

function labelNode(): LabelNode {
  return { next: new Map(), lastLabel: undefined, lastNode: undefined, shape: undefined };
}
