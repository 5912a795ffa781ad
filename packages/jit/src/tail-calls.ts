/**
 * Tail calls between the functions of a module. One to a known function can be an ordinary call of JavaScript, as long as such calls do not lead in a circle and not far; all others hand the
 * callee to whoever called the function, which costs a little and keeps the stack as it is.
 */
import type { FunctionCode } from "@fusabi/vm/engine";
import { isSelfTail, labelsOf, nameOf } from "./blocks.js";

export interface TailCalls {
  /** The call of `to` in tail position of `from` is an ordinary one. */
  isDirect(from: number, to: number): boolean;
  /** The function may hand a callee to its caller. */
  mayBounce(index: number): boolean;
}

/** Ordinary calls in a row. */
const LONGEST = 8;

export function tailCallsOf(functions: readonly FunctionCode[]): TailCalls {
  const targets = functions.map(({ data, index }) =>
    data.code.flatMap((instruction) =>
      nameOf(instruction) === "tail.fn" && !isSelfTail(instruction, index, data.captures)
        ? [instruction[1] ?? 0]
        : [],
    ),
  );
  /** Ordinary tail calls that may follow each other from here; Infinity while it is being found out, which breaks circles. */
  const lengths = new Map<number, number>();
  const direct = functions.map(() => new Set<number>());
  const bounces = functions.map(({ data, index }) =>
    data.code.some(
      (instruction, at) =>
        ["tail.call", "tail.import"].includes(nameOf(instruction)) ||
        // Loops hand themselves over when a slice of fuel ends.
        isSelfTail(instruction, index, data.captures) ||
        labelsOf(instruction).some((label) => label <= at),
    ),
  );
  // Depth first without recursion, as chains can be as long as a module.
  for (const { index: root } of functions) {
    const stack = [{ index: root, next: 0 }];
    if (lengths.has(root)) continue;
    lengths.set(root, Number.POSITIVE_INFINITY);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { index } = top;
      const to = targets[index]?.[top.next++];
      if (to !== undefined) {
        if (lengths.has(to)) continue;
        lengths.set(to, Number.POSITIVE_INFINITY);
        stack.push({ index: to, next: 0 });
        continue;
      }
      stack.pop();
      let length = 0;
      for (const target of targets[index] ?? []) {
        const further = (lengths.get(target) ?? 0) + 1;
        if (further > LONGEST) bounces[index] = true;
        else {
          direct[index]?.add(target);
          length = Math.max(length, further);
          if (bounces[target] === true) bounces[index] = true;
        }
      }
      lengths.set(index, length);
    }
  }
  return {
    isDirect: (from, to) => direct[from]?.has(to) === true,
    mayBounce: (index) => bounces[index] === true,
  };
}
