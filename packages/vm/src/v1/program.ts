import type { Int } from "../values/int.js";
import {
  ClosureValue,
  Cons,
  MapValue,
  MutableArray,
  NativeValue,
  RecordValue,
  Tuple,
  type Value,
  Variant,
} from "./value.js";

/** One instruction. What its kind does not use is 0 or undefined, so that all have the same shape. */
export interface InstructionV1 {
  /** Ordinal in the instruction set. */
  readonly opcode: number;
  /** The operand, when it is a number below 2^16 or a jump offset. */
  readonly operand: number;
  /** The second operand of CALL_METHOD and MAKE_CLOSURE. */
  readonly count: number;
  /** What CHECK_INT, CHECK_BOOL, CHECK_STRING and CHECK_VARIANT_TAG compare with. */
  readonly expected: Int | boolean | string | undefined;
}

/** Where an instruction came from: line and column from 1 (0: unknown), byte offset and length. */
export interface SpanV1 {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
}

/** The code of one function with its constants. */
export interface Chunk {
  readonly instructions: readonly InstructionV1[];
  readonly constants: readonly Value[];
  readonly name: string | undefined;
  readonly spans: readonly SpanV1[];
  readonly source: string | undefined;
  readonly sourceFile: string | undefined;
}

/**
 * A decoded file of version 1. It never changes: each run works on constants of its own. Made by `decodeV1`.
 *
 * @example
 * const program: ProgramV1 = decodeV1(bytes);
 * runV1(program).text; // the value that `fus run` prints at the end
 */
export interface ProgramV1 {
  /** The byte that says which format it is. */
  readonly version: 1;
  /** The top-level code, with constants that no other run can see. */
  readonly freshChunk: () => Chunk;
}

/** All values among the constants of a chunk, at any depth, each after the one that holds it; those of nested closures too. */
export function* constantsWithin(chunk: Chunk): Generator<Value> {
  const pending: Value[] = [...chunk.constants].reverse();
  while (pending.length > 0) {
    const value = pending.pop();
    yield value;
    for (const part of partsOf(value)) pending.push(part);
  }
}

function partsOf(value: Value): Iterable<Value> {
  if (value instanceof ClosureValue) return value.chunk.constants;
  if (value instanceof Cons) return [value.tail, value.head];
  if (value instanceof Tuple || value instanceof MutableArray) return value.items;
  if (value instanceof RecordValue) return value.fields.values();
  if (value instanceof MapValue) return value.entries.values();
  if (value instanceof Variant) return value.fields;
  if (value instanceof NativeValue) return value.given;
  return [];
}

/** The chunk and all chunks nested in its constants, at any depth. */
export function* chunksWithin(chunk: Chunk): Generator<Chunk> {
  yield chunk;
  for (const value of constantsWithin(chunk)) if (value instanceof ClosureValue) yield value.chunk;
}
