/**
 * Definite assignment: no path from a function's start to a read of a register misses every write of it.
 *
 * The question is asked backwards, one register at a time, as liveness: from each read that no write in its own basic block precedes, walk
 * to the predecessors that do not write the register. Reaching the start of the function means that a path without a write exists.
 * This needs memory for one register only, whatever the number of registers times blocks, and visits each block once.
 *
 * An exception can leave a protected range before any of its writes has happened, so behind a handler stands the state at the *beginning*
 * of every block in its range. On every path that state holds at least what was assigned where the range was entered, so nothing is lost.
 */
import { BytecodeError } from "../errors.js";
import { type FlowGraph, flowGraph, numberBlocks } from "./flow-graph.js";
import { forEachOperand, infoOf } from "./instruction.js";
import type { FunctionData, Instruction, ModuleData } from "./module.js";
import type { OperandKind } from "./opcodes.js";
import { printable } from "./printable.js";
import { instructionPlace } from "./verify-function.js";

/** Steps that the analysis of one module may take. Real programs need a few for each instruction; only forged ones reach the end. */
const STEPS_OF_A_MODULE = 30_000_000;

/** The analysis of one module: its functions share the tables by register and the allowance of steps. Float registers are numbered behind the others. */
export class DefiniteAssignment {
  /** Number of the block that wrote, or read, a register last; blocks are numbered through the module, so nothing is ever cleared. */
  readonly #written: Int32Array;
  readonly #read: Int32Array;
  #block = 0;
  #steps = STEPS_OF_A_MODULE;

  constructor(data: ModuleData) {
    const registers = data.functions.reduce(
      (most, item) => Math.max(most, item.registers + item.floatRegisters),
      0,
    );
    this.#written = new Int32Array(registers);
    this.#read = new Int32Array(registers);
  }

  /** The function has passed the structural pass: indexes are not checked again. */
  verify(item: FunctionData, index: number): void {
    const blockOf = numberBlocks(item);
    const { exposed, writes } = this.#accesses(item, blockOf);
    if (exposed.size === 0) return;
    const graph = flowGraph(item, blockOf);
    const needs = new Int32Array(graph.blocks);
    const stops = new Int32Array(needs.length);
    let round = 0;
    for (const [register, reads] of exposed) {
      round += 1;
      for (const block of writes.get(register) ?? []) {
        stops[block] = round;
      }
      this.#follow(item, index, graph, { register, reads, round, needs, stops });
    }
  }

  /**
   * By register: instructions that read it with no write before them in their block, and the blocks that write it. Only registers with
   * such reads are listed. Parameters are assigned from the start and never listed.
   */
  #accesses(
    item: FunctionData,
    blockOf: Int32Array,
  ): { readonly exposed: ReadonlyMap<number, number[]>; readonly writes: ReadonlyMap<number, number[]> } {
    const exposed = new Map<number, number[]>();
    const writtenRegisters: number[] = [];
    const writingBlocks: number[] = [];
    let block = -1;
    let at = 0;
    const noteRead = (operand: number, kind: OperandKind): void => {
      if (kind === "src") this.#noteRead(operand, at, item, exposed);
      else if (kind === "fsrc") this.#noteRead(item.registers + operand, at, item, exposed);
    };
    for (; at < item.code.length; at += 1) {
      if (blockOf[at] !== block) {
        block += 1;
        this.#block += 1;
      }
      const instruction = item.code[at] as Instruction;
      forEachOperand(instruction, noteRead);
      // Only the first operand is ever written, and only after the others have been read.
      const [written] = infoOf(instruction).operands;
      if (written === "dst" || written === "fdst") {
        const register = (instruction[1] as number) + (written === "dst" ? 0 : item.registers);
        if (this.#written[register] !== this.#block) {
          this.#written[register] = this.#block;
          writtenRegisters.push(register);
          writingBlocks.push(block);
        }
      }
    }
    const writes = new Map<number, number[]>();
    if (exposed.size > 0) {
      writtenRegisters.forEach((register, position) => {
        if (exposed.has(register)) append(writes, register, writingBlocks[position] as number);
      });
    }
    return { exposed, writes };
  }

  #noteRead(register: number, at: number, item: FunctionData, exposed: Map<number, number[]>): void {
    if (
      register < item.arity ||
      this.#written[register] === this.#block ||
      this.#read[register] === this.#block
    ) {
      return;
    }
    this.#read[register] = this.#block;
    append(exposed, register, at);
  }

  /** Walks backwards from the reads of one register; refuses the function when a walk arrives at its start. */
  #follow(item: FunctionData, index: number, graph: FlowGraph, search: Search): void {
    const { register, round, needs, stops } = search;
    for (const read of search.reads) {
      const pending: number[] = [];
      const need = (block: number): void => {
        this.#spend(item, index);
        if (needs[block] === round) {
          return;
        }
        needs[block] = round;
        if (block === 0) {
          const name =
            register < item.registers
              ? `register ${register}`
              : `float register ${register - item.registers}`;
          throw new BytecodeError(
            `${instructionPlace(item, index, read)}: ${name} is read, but on some path nothing has been written to it`,
          );
        }
        pending.push(block);
      };
      need(graph.blockOf[read] as number);
      for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
        const end = graph.firstPredecessor[block + 1] as number;
        for (let edge = graph.firstPredecessor[block] as number; edge < end; edge += 1) {
          const predecessor = graph.predecessors[edge] as number;
          if (stops[predecessor] === round) {
            this.#spend(item, index);
          } else {
            need(predecessor);
          }
        }
        for (const handler of graph.handlersAt.get(block) ?? []) {
          this.#spend(item, index);
          if (handler.register === register) {
            continue;
          }
          const last = graph.blockOf[handler.end - 1] as number;
          for (let inside = graph.blockOf[handler.start] as number; inside <= last; inside += 1) {
            need(inside);
          }
        }
      }
    }
  }

  #spend(item: FunctionData, index: number): void {
    this.#steps -= 1;
    if (this.#steps < 0) {
      throw new BytecodeError(
        `Function ${index} (${printable(item.name)}): the flow of values between its blocks is too large to verify; split the function`,
      );
    }
  }
}

/** One register's search: its exposed reads, and by block the round in which it was found to need the register at its start, or to write it. */
interface Search {
  readonly register: number;
  readonly reads: readonly number[];
  readonly round: number;
  readonly needs: Int32Array;
  readonly stops: Int32Array;
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}
