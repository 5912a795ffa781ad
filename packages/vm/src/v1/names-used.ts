import { Opcode } from "./instruction-set.js";
import { upstreamGlobals } from "./library/upstream-names.js";
import { type Chunk, chunksWithin, constantsWithin, type ProgramV1 } from "./program.js";
import { NativeValue, RecordValue } from "./value.js";

/**
 * The names of the host functions that a program can reach, in ascending order: for the check of its capabilities before it runs. Names that neither the library nor the host knows are
 * among them, such as those of variables that a function tried to capture. A handmade file can compute the field of a module; then all functions of the module are listed, and the check at
 * each call stays the one that counts.
 *
 * @example
 * namesUsedV1(program); // ["File.readLines", "List.map", "printfn"]
 */
export function namesUsedV1(program: ProgramV1): readonly string[] {
  const names = new Set<string>();
  const top = program.freshChunk();
  for (const chunk of chunksWithin(top)) for (const name of namesOfChunk(chunk)) names.add(name);
  for (const value of constantsWithin(top)) if (value instanceof NativeValue) names.add(value.name);
  return [...names].sort();
}

function* namesOfChunk(chunk: Chunk): Generator<string> {
  for (const [index, instruction] of chunk.instructions.entries()) {
    if (instruction.opcode !== Opcode.LOAD_GLOBAL) continue;
    const name = chunk.constants[instruction.operand];
    if (typeof name !== "string") continue;
    const field = fieldTakenAt(chunk, index + 1);
    const global = upstreamGlobals.get(name);
    if (!(global instanceof RecordValue)) {
      yield field === undefined || global !== undefined ? name : `${name}.${field}`;
    } else if (field === undefined) {
      yield* functionNames([...global.fields.values()]);
    } else {
      yield* functionNames([global.fields.get(field)]);
    }
  }
}

function functionNames(members: readonly unknown[]): string[] {
  return members.flatMap((member) => (member instanceof NativeValue ? [member.name] : []));
}

/** The field that the two instructions at an index take from the value on the stack, where its name stands in the file. */
function fieldTakenAt(chunk: Chunk, index: number): string | undefined {
  const load = chunk.instructions[index];
  const take = chunk.instructions[index + 1];
  if (load?.opcode !== Opcode.LOAD_CONST || take?.opcode !== Opcode.GET_RECORD_FIELD) return undefined;
  const field = chunk.constants[load.operand];
  return typeof field === "string" ? field : undefined;
}
