/** Operands of instructions by what they are. */
import type { Instruction } from "@fusabi/vm";
import { infoOf } from "./blocks.js";

/** The register that the instruction writes. */
export function written(instruction: Instruction): number | undefined {
  return infoOf(instruction).operands[0] === "dst" ? instruction[1] : undefined;
}

/** The registers that the instruction reads, in the order of its operands. */
export function read(instruction: Instruction): number[] {
  const registers: number[] = [];
  let at = 1;
  for (const kind of infoOf(instruction).operands) {
    const operand = instruction[at++] ?? 0;
    if (kind === "src") registers.push(operand);
    else if (kind === "srcs" || kind === "labels") {
      if (kind === "srcs") registers.push(...instruction.slice(at, at + operand));
      at += operand;
    }
  }
  return registers;
}
