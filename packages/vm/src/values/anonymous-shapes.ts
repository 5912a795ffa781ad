import { recordShape } from "./product.js";
import type { RecordShape } from "./value.js";

/** Label sets that are remembered; data with ever new ones gets shapes that are not. */
const MAX_KEPT = 1000;

/**
 * Shapes of anonymous records by their labels, so that records with the same labels share one: for data whose labels only show while a program runs.
 *
 * @example
 * new AnonymousShapes().shapeOf(["b", "a"]).labels; // ["a", "b"]
 */
export class AnonymousShapes {
  readonly #shapes = new Map<string, RecordShape>();

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
}
