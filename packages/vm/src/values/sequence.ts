import { OPTION, slotAt } from "./product.js";
import type { FunctionValue, Product, Value } from "./value.js";

/** Applies a function value of the script. */
export type Run = (callee: Value, ...args: Value[]) => Value;

/**
 * A `seq`: computes its elements on demand, anew for every traversal. `start` is a script function `unit -> (bool -> 'a option)`: every application of
 * the outer one starts a traversal, every application of the inner one to true gives the next element or None. Its application to false ends the traversal,
 * however far it went. Compared by identity, without order.
 *
 * `generator` is the body of a `seq { }` before it was made one: with it another body that yields all its elements goes on inside it, in constant time for
 * every element, however deep such bodies lie in each other. Its form is the business of the library that made it.
 *
 * @example
 * if (value instanceof Sequence) for (const element of elementsOf(value, context.conversion.run)) visit(element);
 */
export class Sequence {
  constructor(
    readonly start: FunctionValue,
    readonly generator: FunctionValue | undefined = undefined,
  ) {}
}

/**
 * A traversal from the host's side. Ends by throwing what `run` throws.
 *
 * @example
 * for (const element of elementsOf(sequence, (callee, ...args) => context.call(callee, ...args))) visit(element);
 */
export function* elementsOf(sequence: Sequence, run: Run): Generator<Value> {
  const next = run(sequence.start, undefined);
  try {
    for (;;) {
      const step = run(next, true) as Product;
      if (step.shape !== OPTION || step.tag !== 1) return;
      yield slotAt(step, 0);
    }
  } finally {
    run(next, false);
  }
}
