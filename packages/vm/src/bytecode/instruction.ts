/** What the instruction set says about one instruction, whose opcode is known to be in it and whose operands are there. */
import type { Instruction } from "./module.js";
import { type OpcodeInfo, type OperandKind, opcodes } from "./opcodes.js";

export function infoOf(instruction: Instruction): OpcodeInfo {
  return opcodes[instruction[0] as number] as OpcodeInfo;
}

/** Visits the numbers behind the opcode. A list is its length, and then operands of their own: of `srcs` each is a `src`, of `labels` a `label`. */
export function forEachOperand(
  instruction: Instruction,
  visit: (operand: number, kind: OperandKind) => void,
): void {
  let position = 1;
  for (const kind of infoOf(instruction).operands) {
    const operand = instruction[position++] as number;
    visit(operand, kind);
    if (kind !== "srcs" && kind !== "labels") continue;
    const element = kind === "srcs" ? "src" : "label";
    for (const end = position + operand; position < end; position++)
      visit(instruction[position] as number, element);
  }
}

const NO_LABELS: readonly number[] = [];

/** The instructions that an instruction may go on with, other than the next one. */
export function labelsOf(instruction: Instruction): readonly number[] {
  if (!infoOf(instruction).jumps) return NO_LABELS;
  const labels: number[] = [];
  forEachOperand(instruction, (operand, kind) => {
    if (kind === "label") labels.push(operand);
  });
  return labels;
}
