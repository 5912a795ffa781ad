/**
 * Reading files of version 1. Nesting is under the control of the file, so values under construction stand on a list of our own and not on the engine's stack;
 * counts are never believed: elements are read until the promised number is there or the bytes end.
 */
import { BytecodeError } from "../errors.js";
import { BinaryReader } from "./binary-reader.js";
import { instructionSet, type OperandV1 } from "./instruction-set.js";
import { type Chunk, constantsWithin, type InstructionV1, type ProgramV1, type SpanV1 } from "./program.js";
import {
  ClosureValue,
  Cons,
  Float,
  MapValue,
  MutableArray,
  NativeValue,
  NIL,
  RecordValue,
  Tuple,
  type Value,
  Variant,
} from "./value.js";

const MAGIC = [0x46, 0x5a, 0x42, 0x01] as const;
const HEADER_BYTES = 5;
const CONSTANT_KINDS = 14;

/**
 * Reads a `.fzb` file of version 1. What follows the program is ignored, as the original does. Whether the instructions make sense shows when they are reached.
 *
 * @throws BytecodeError with the original's words: `File too short`, `Invalid magic bytes`, `Unsupported version: 2`, `io error: unexpected end of file`, …
 * @example
 * const program = decodeV1(await readFile("legacy.fzb"));
 * console.log(runV1(program).text);
 */
export function decodeV1(bytes: Uint8Array): ProgramV1 {
  if (bytes.length < HEADER_BYTES) throw new BytecodeError("File too short", bytes.length);
  const wrong = MAGIC.findIndex((byte, index) => bytes[index] !== byte);
  if (wrong >= 0) throw new BytecodeError("Invalid magic bytes", wrong);
  if (bytes[4] !== 1) throw new BytecodeError(`Unsupported version: ${bytes[4]}`, 4);
  const chunk = readProgram(bytes);
  if (!hasArrays(chunk)) return { version: 1, freshChunk: () => chunk };
  // A program can write into array constants; the next run must not see that.
  const kept = bytes.slice();
  return { version: 1, freshChunk: () => readProgram(kept) };
}

function hasArrays(chunk: Chunk): boolean {
  for (const value of constantsWithin(chunk)) if (value instanceof MutableArray) return true;
  return false;
}

/** A value or chunk whose parts are being read. */
interface Unfinished<T> {
  readonly count: number;
  readonly parts: Value[];
  /** Names before the parts, for records and maps. */
  readonly keys: string[] | undefined;
  /** All parts are there: reads what follows them and gives the whole. */
  finish(parts: Value[]): T;
}

function readProgram(bytes: Uint8Array): Chunk {
  const reader = new BinaryReader(bytes, HEADER_BYTES);
  const top = beginChunk(reader, (chunk) => chunk);
  const open: Unfinished<Value>[] = [];
  for (;;) {
    const current = open.at(-1) ?? top;
    if (current.parts.length < current.count) {
      current.keys?.push(reader.string());
      beginValue(reader, current.parts, open);
    } else if (open.pop() === undefined) {
      return top.finish(top.parts);
    } else {
      (open.at(-1) ?? top).parts.push((current as Unfinished<Value>).finish(current.parts));
    }
  }
}

/** Reads a value without parts into `parts`, or opens one that has some. */
function beginValue(reader: BinaryReader, parts: Value[], open: Unfinished<Value>[]): void {
  switch (reader.ordinal(CONSTANT_KINDS)) {
    case 0:
      parts.push(reader.int());
      return;
    case 1:
      parts.push(new Float(reader.float()));
      return;
    case 2:
      parts.push(reader.bool());
      return;
    case 3:
      parts.push(reader.string());
      return;
    case 4:
      parts.push(undefined);
      return;
    case 5:
      open.push(sequence(reader.count(), (items) => new Tuple(items)));
      return;
    case 6:
      open.push(sequence(2, ([head, tail]) => new Cons(head, tail)));
      return;
    case 7:
      parts.push(NIL);
      return;
    case 8:
      open.push(sequence(reader.count(), (items) => new MutableArray(items)));
      return;
    case 9:
      open.push(table(reader.count(), (fields) => new RecordValue(fields)));
      return;
    case 10:
      open.push(table(reader.count(), (entries) => new MapValue(entries)));
      return;
    case 11: {
      const typeName = reader.string();
      const caseName = reader.string();
      open.push(sequence(reader.count(), (fields) => new Variant(typeName, caseName, fields)));
      return;
    }
    case 12:
      open.push(
        beginChunk(reader, (chunk) => {
          const arity = reader.byte();
          return new ClosureValue(chunk, arity, reader.optionalString());
        }),
      );
      return;
    default: {
      const name = reader.string();
      const arity = reader.byte();
      open.push(sequence(reader.count(), (given) => new NativeValue(name, arity, given)));
    }
  }
}

function sequence(count: number, finish: (parts: Value[]) => Value): Unfinished<Value> {
  return { count, parts: [], keys: undefined, finish };
}

function table(count: number, make: (entries: ReadonlyMap<string, Value>) => Value): Unfinished<Value> {
  const keys: string[] = [];
  return {
    count,
    parts: [],
    keys,
    finish: (parts) => make(new Map(keys.map((key, index) => [key, parts[index]]))),
  };
}

function beginChunk<T>(reader: BinaryReader, complete: (chunk: Chunk) => T): Unfinished<T> {
  const instructions: InstructionV1[] = [];
  for (let left = reader.count(); left > 0; left--) instructions.push(readInstruction(reader));
  return {
    count: reader.count(),
    parts: [],
    keys: undefined,
    finish: (constants) => {
      const name = reader.optionalString();
      const spans: SpanV1[] = [];
      for (let left = reader.count(); left > 0; left--) spans.push(readSpan(reader));
      const source = reader.optionalString();
      const sourceFile = reader.optionalString();
      return complete({ instructions, constants, name, spans, source, sourceFile });
    },
  };
}

/** One object for all instructions of a kind without operands. */
const withoutOperands: readonly InstructionV1[] = instructionSet.map((_, opcode) => ({
  opcode,
  operand: 0,
  count: 0,
  expected: undefined,
}));

function readInstruction(reader: BinaryReader): InstructionV1 {
  const opcode = reader.ordinal(instructionSet.length);
  const [first, second] = instructionSet[opcode]?.operands ?? [];
  if (first === undefined) return withoutOperands[opcode] as InstructionV1;
  const operand = readOperand(reader, first);
  const count = second === undefined ? 0 : reader.byte();
  return isExpectation(first)
    ? { opcode, operand: 0, count, expected: operand }
    : { opcode, operand: operand as number, count, expected: undefined };
}

function isExpectation(operand: OperandV1): boolean {
  return operand === "int" || operand === "bool" || operand === "string";
}

function readOperand(reader: BinaryReader, operand: OperandV1): InstructionV1["expected"] {
  switch (operand) {
    case "constant":
    case "wide count":
      return reader.unsigned16();
    case "local":
    case "index":
    case "count":
      return reader.byte();
    case "offset":
      return reader.signed16();
    case "int":
      return reader.int();
    case "bool":
      return reader.bool();
    case "string":
      return reader.string();
  }
}

function readSpan(reader: BinaryReader): SpanV1 {
  return {
    line: reader.unsigned32(),
    column: reader.unsigned32(),
    offset: reader.unsigned32(),
    length: reader.unsigned32(),
  };
}
