import type { HandlerData, Instruction, OpcodeInfo, OpcodeName, SourcePosition } from "@fusabi/vm";
import { opcodes } from "@fusabi/vm";
import type { Span } from "../source/source.js";
import { FLOATS } from "./registers.js";

export interface Opcode {
  readonly number: number;
  readonly info: OpcodeInfo;
  /** It names float registers. */
  readonly onFloats: boolean;
  /** Which of the registers that it reads, counted without the other operands, are for floats. Such instructions take no lists. */
  readonly floatSources: readonly boolean[];
  /** Its last registers are a list of any length. */
  readonly hasList: boolean;
}

const OPCODES: ReadonlyMap<OpcodeName, Opcode> = new Map(
  opcodes.map((info, number) => {
    const onFloats = info.operands.includes("fdst") || info.operands.includes("fsrc");
    const sources = info.operands.filter((kind) => kind === "src" || kind === "fsrc");
    const floatSources = sources.map((kind) => kind === "fsrc");
    return [info.name, { number, info, onFloats, floatSources, hasList: info.operands.includes("srcs") }];
  }),
);

export function opcodeNamed(name: OpcodeName): Opcode {
  return OPCODES.get(name) as Opcode;
}

const JUMP = opcodeNamed("jump").number;

/** A place in the code, known once it is bound. */
export class Label {
  index = -1;
  references = 0;
}

/** Operands as they are written; labels are resolved at the end. */
export type Operand = number | Label;

/** Instructions from `start` up to `end`. */
export interface GuardedRange {
  readonly start: number;
  readonly end: number;
}

/** Code of one function in the making. What cannot be reached is not written. */
export class Assembler {
  readonly #code: number[][] = [];
  readonly #spans: Span[] = [];
  readonly #fixups: { readonly instruction: number[]; readonly operand: number; readonly label: Label }[] =
    [];
  readonly #handlers: HandlerData[] = [];
  /** Something refers to this index, so that the instruction before it may not be taken back. */
  #fixed = -1;
  reachable = true;

  constructor(public span: Span) {}

  get length(): number {
    return this.#code.length;
  }

  emit(name: OpcodeName, ...operands: readonly Operand[]): void {
    this.write(opcodeNamed(name), operands);
  }

  write(opcode: Opcode, operands: readonly Operand[]): void {
    if (!this.reachable) return;
    // In its final size: there are many of them, and an array that grows takes more than it needs.
    const instruction = new Array<number>(operands.length + 1);
    for (let i = 0; i < operands.length; i++) {
      const operand = operands[i] as Operand;
      if (typeof operand === "number") instruction[i + 1] = operand;
      else {
        operand.references++;
        this.#fixups.push({ instruction, operand: i + 1, label: operand });
        instruction[i + 1] = -1;
      }
    }
    this.append(opcode, instruction);
  }

  /** Writes an instruction whose operands are registers and numbers: behind the number of its opcode, which comes here. */
  append(opcode: Opcode, instruction: number[]): void {
    if (!this.reachable) return;
    instruction[0] = opcode.number;
    if (opcode.onFloats) nameFloatRegisters(instruction, opcode.info);
    this.#code.push(instruction);
    this.#spans.push(this.span);
    if (opcode.info.terminal) this.reachable = false;
  }

  /** Binds a label that jumps further up may refer to. */
  bind(label: Label): void {
    this.#takeBackJumpTo(label);
    label.index = this.#code.length;
    if (label.references > 0) this.reachable = true;
    this.#fixed = label.index;
  }

  /** Binds a label that only jumps further down refer to. */
  bindAhead(label: Label): void {
    label.index = this.#code.length;
    this.reachable = true;
    this.#fixed = label.index;
  }

  /** A jump to the next instruction is no jump. */
  #takeBackJumpTo(label: Label): void {
    const last = this.#code.at(-1);
    const fixup = this.#fixups.at(-1);
    if (last?.[0] !== JUMP || this.#fixed === this.#code.length) return;
    if (fixup?.instruction !== last || fixup.label !== label) return;
    this.#code.pop();
    this.#spans.pop();
    this.#fixups.pop();
    label.references--;
    this.reachable = true;
  }

  /** The present index, as a boundary of a handler. */
  mark(): number {
    this.#fixed = this.#code.length;
    return this.#fixed;
  }

  /** What the instructions of the range raise goes on here. */
  handle(kind: HandlerData["kind"], { start, end }: GuardedRange, register: number): void {
    const target = this.mark();
    this.#handlers.push({ kind, start, end, target, register });
    this.reachable = true;
  }

  finish(positionOf: (span: Span) => SourcePosition): {
    readonly code: readonly Instruction[];
    readonly handlers: readonly HandlerData[];
    readonly positions: readonly SourcePosition[];
  } {
    for (const { instruction, operand, label } of this.#fixups) instruction[operand] = label.index;
    for (const { instruction, operand } of this.#fixups)
      instruction[operand] = this.#threaded(instruction[operand] ?? 0);
    return { code: this.#code, handlers: this.#handlers, positions: this.#spans.map(positionOf) };
  }

  /** Where a jump to `index` arrives in the end. */
  #threaded(index: number): number {
    let at = index;
    for (let hops = 0; hops < 8; hops++) {
      const instruction = this.#code[at];
      if (instruction?.[0] !== JUMP) break;
      at = instruction[1] ?? at;
    }
    return at;
  }
}

/** Float registers are numbered from 0 in the module. Instructions on them have no lists among their operands. */
function nameFloatRegisters(instruction: number[], info: OpcodeInfo): void {
  info.operands.forEach((kind, index) => {
    if (kind === "fdst" || kind === "fsrc")
      instruction[index + 1] = (instruction[index + 1] as number) - FLOATS;
  });
}
