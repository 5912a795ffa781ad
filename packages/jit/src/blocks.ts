/** Basic blocks of a function: straight runs of instructions, the ways between them, and the handlers that exceptions of a block go to. */
import { type FunctionData, type Instruction, type OpcodeInfo, type OpcodeName, opcodes } from "@fusabi/vm";
import { fuelByBlock } from "@fusabi/vm/engine";

export interface Block {
  /** Index of the first instruction. */
  readonly start: number;
  /** Index behind the last one. */
  readonly end: number;
  /** What entering costs; 0 where control only goes on into a protected range, which is paid for already. */
  readonly fuel: number;
  /** Blocks that control goes to, each once. */
  readonly successors: readonly number[];
  /** The blocks that take what this one raises, each once: exceptions, and cancellations. */
  readonly catchers: readonly Catcher[];
}

/** A block that takes what another one raises. */
export interface Catcher {
  readonly block: number;
  /** The register that the exception arrives in there. */
  readonly register: number;
  readonly takesExceptions: boolean;
  readonly takesCancellations: boolean;
}

/** A function as a graph. Block 0 is the entry; a call of the function itself in tail position leads there. */
export interface Graph {
  readonly blocks: readonly Block[];
  /** Block that starts at an instruction. */
  readonly blockAt: ReadonlyMap<number, number>;
}

/** A tail call of the running function, as a jump to its start. */
export function isSelfTail(instruction: Instruction, index: number, captures: number): boolean {
  const name = nameOf(instruction);
  return name === "tail.self" || (name === "tail.fn" && captures === 0 && instruction[1] === index);
}

export function graphOf(data: FunctionData, index: number): Graph {
  const { code } = data;
  const fuel = fuelByBlock(data);
  const starts = new Set<number>([0]);
  code.forEach((instruction, at) => {
    if (fuel[at] !== 0) starts.add(at);
    if (infoOf(instruction).terminal) starts.add(at + 1);
  });
  for (const { start, end, target } of data.handlers) starts.add(start).add(end).add(target);
  starts.delete(code.length);
  const sorted = [...starts].sort((a, b) => a - b);
  const blockAt = new Map(sorted.map((start, block) => [start, block]));
  const blockOf = (at: number): number => {
    const block = blockAt.get(at);
    if (block === undefined) throw new RangeError(`no block starts at instruction ${at}`);
    return block;
  };
  const blocks = sorted.map((start, block): Block => {
    const end = sorted[block + 1] ?? code.length;
    const last = code[end - 1] ?? [];
    const successors = new Set(labelsOf(last).map(blockOf));
    if (!infoOf(last).terminal) successors.add(block + 1);
    if (isSelfTail(last, index, data.captures)) successors.add(0);
    const handlers = data.handlers.filter((one) => one.start <= start && start < one.end);
    const ofExceptions = handlers[0];
    const ofCancellations = handlers.find(({ kind }) => kind === "finally");
    const catchers = [...new Set([ofExceptions, ofCancellations])].flatMap((handler): Catcher[] =>
      handler === undefined
        ? []
        : [
            {
              block: blockOf(handler.target),
              register: handler.register,
              takesExceptions: handler === ofExceptions,
              takesCancellations: handler === ofCancellations,
            },
          ],
    );
    return {
      start,
      end,
      fuel: fuel[start] ?? 0,
      successors: [...successors],
      catchers,
    };
  });
  return { blocks, blockAt };
}

export function infoOf(instruction: Instruction): OpcodeInfo {
  const info = opcodes[instruction[0] ?? -1];
  if (info === undefined) throw new RangeError(`no instruction ${instruction[0]}`);
  return info;
}

export function nameOf(instruction: Instruction): OpcodeName {
  return infoOf(instruction).name;
}

/** The instructions that an instruction names as targets. */
export function labelsOf(instruction: Instruction): number[] {
  const labels: number[] = [];
  let at = 1;
  for (const kind of infoOf(instruction).operands) {
    const operand = instruction[at++] ?? 0;
    if (kind === "label") labels.push(operand);
    else if (kind === "labels" || kind === "srcs") {
      for (const end = at + operand; at < end; at++) if (kind === "labels") labels.push(instruction[at] ?? 0);
    }
  }
  return labels;
}
