/** The smallest of all loops, `for i = first to last do sum <- sum + i`. */
import type { Value } from "../values/value.js";

/**
 * Executes turns of a loop that consists of `int.add`, `int.add.imm` and a jump back, which stand at `pc`; gives the fuel that is left. The last turn, and
 * whatever is not so simple, is left to the interpreter. A wide sum is a number here; in a register, each one would be an object.
 *
 * @param end the first value with which the variable of the loop leaves it
 * @example
 * if (W[pc + 11] === pc) fuel = sumInPlace(registers, base, words, pc, fuel, 1 + words[pc + 10]);
 */
export function sumInPlace(
  registers: Value[],
  base: number,
  words: Int32Array,
  pc: number,
  fuel: number,
  end: Value,
): number {
  const total = words[pc + 1] as number;
  const variable = words[pc + 5] as number;
  if (words[pc + 2] !== total || words[pc + 3] !== variable || total === variable) return fuel;
  if (words[pc + 6] !== variable || words[pc + 9] !== variable) return fuel;
  const start = registers[base + variable];
  let sum = registers[base + total];
  if (typeof sum !== "number" || typeof start !== "number" || typeof end !== "number") return fuel;
  const step = words[pc + 7] as number;
  const turn = words[pc + 12] as number;
  const stop = end | 0;
  let index = start | 0;
  if (index !== start || stop !== end) return fuel;
  let left = fuel | 0;
  while (left >= turn) {
    const exact: number = sum + index;
    const next = (index + step) | 0;
    if (next >= stop || next < index) break;
    if (exact > Number.MAX_SAFE_INTEGER || exact < Number.MIN_SAFE_INTEGER) break;
    sum = exact;
    index = next;
    left = (left - turn) | 0;
  }
  registers[base + total] = sum;
  registers[base + variable] = index;
  return left;
}
