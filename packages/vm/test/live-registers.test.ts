import fc from "fast-check";
import { expect, test } from "vitest";
import { LiveRegisters } from "../src/engine/index.js";
import { type FunctionData, type Instruction, opcodes } from "../src/index.js";
import { randomFlow } from "./format-generator.js";

/** Registers that the instruction reads, and where control goes from it. */
function factsOf(
  instruction: Instruction,
  at: number,
): { reads: number[]; writes: number | undefined; to: number[] } {
  const info = opcodes[instruction[0] ?? -1];
  if (info === undefined) throw new Error("no instruction");
  const operands = instruction.slice(1);
  const reads =
    info.name === "array.new"
      ? operands.slice(2)
      : operands.filter((_, index) => info.operands[index] === "src");
  const labels =
    info.name === "switch.tag"
      ? instruction.slice(3)
      : info.operands.includes("label")
        ? instruction.slice(-1)
        : [];
  return {
    reads,
    writes: info.operands[0] === "dst" ? instruction[1] : undefined,
    to: info.terminal ? labels : [...labels, at + 1],
  };
}

/** By the definition: a path leads from the instruction to a read of the register and does not write it before. */
function isLive(data: FunctionData, start: number, register: number): boolean {
  const seen = new Set<number>();
  const pending = [start];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const { reads, writes, to } = factsOf(data.code[at] ?? [], at);
    if (reads.includes(register)) return true;
    if (writes !== register) pending.push(...to);
    for (const handler of data.handlers)
      if (handler.start <= at && at < handler.end && handler.register !== register)
        pending.push(handler.target);
  }
  return false;
}

test("registers are live where a path leads to a read, on any flow of control", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const data = randomFlow(seed);
      const live = new LiveRegisters(data);
      const registers = Array.from({ length: data.registers }, (_, register) => register);
      for (let at = 0; at < data.code.length; at++)
        expect(live.at(at)).toEqual(registers.filter((register) => isLive(data, at, register)));
    }),
    { numRuns: 2_000 },
  );
});

test("of a function that is too large nothing is known, at once", () => {
  const code = Array.from({ length: 60_000 }, (_, at) => [
    opcodes.findIndex(({ name }) => name === "jump"),
    (at + 1) % 60_000,
  ]);
  const data = { ...randomFlow(1), code, handlers: [], registers: 60_000 };
  expect(new LiveRegisters(data).at(5)).toEqual([]);
});
