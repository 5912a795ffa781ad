/** The 53 instructions of version 1, at the position of their ordinal, with the operands that follow the ordinal in a file. */

/** `constant`: index into the chunk's constants; `local`, `index`, `count`: small numbers; `offset`: instructions to jump. */
export type OperandV1 =
  | "constant"
  | "local"
  | "index"
  | "count"
  | "wide count"
  | "offset"
  | "int"
  | "bool"
  | "string";

interface InstructionKind {
  readonly name: string;
  readonly operands: readonly OperandV1[];
}

function kind(name: string, ...operands: OperandV1[]): InstructionKind {
  return { name, operands };
}

export const instructionSet: readonly InstructionKind[] = [
  kind("LOAD_CONST", "constant"),
  kind("LOAD_LOCAL", "local"),
  kind("STORE_LOCAL", "local"),
  kind("LOAD_UPVALUE", "index"),
  kind("STORE_UPVALUE", "index"),
  kind("LOAD_GLOBAL", "constant"),
  kind("POP"),
  kind("DUP"),
  kind("CHECK_INT", "int"),
  kind("CHECK_BOOL", "bool"),
  kind("CHECK_STRING", "string"),
  kind("CHECK_TUPLE_LEN", "count"),
  kind("GET_TUPLE_ELEM", "index"),
  kind("ADD"),
  kind("SUB"),
  kind("MUL"),
  kind("DIV"),
  kind("CONCAT"),
  kind("EQ"),
  kind("NEQ"),
  kind("LT"),
  kind("LTE"),
  kind("GT"),
  kind("GTE"),
  kind("AND"),
  kind("OR"),
  kind("NOT"),
  kind("JUMP", "offset"),
  kind("JUMP_IF_FALSE", "offset"),
  kind("CALL", "count"),
  kind("CALL_METHOD", "constant", "count"),
  kind("TAIL_CALL", "count"),
  kind("RETURN"),
  kind("MAKE_TUPLE", "wide count"),
  kind("GET_TUPLE_FIELD", "index"),
  kind("MAKE_LIST", "wide count"),
  kind("CONS"),
  kind("LIST_HEAD"),
  kind("LIST_TAIL"),
  kind("IS_NIL"),
  kind("MAKE_ARRAY", "wide count"),
  kind("ARRAY_GET"),
  kind("ARRAY_SET"),
  kind("ARRAY_LENGTH"),
  kind("ARRAY_UPDATE"),
  kind("MAKE_RECORD", "wide count"),
  kind("GET_RECORD_FIELD"),
  kind("UPDATE_RECORD", "wide count"),
  kind("MAKE_VARIANT", "wide count"),
  kind("CHECK_VARIANT_TAG", "string"),
  kind("GET_VARIANT_FIELD", "index"),
  kind("MAKE_CLOSURE", "constant", "count"),
  kind("CLOSE_UPVALUE", "index"),
];

/** Ordinals, for those who switch over them. */
export const Opcode = {
  LOAD_CONST: 0,
  LOAD_LOCAL: 1,
  STORE_LOCAL: 2,
  LOAD_UPVALUE: 3,
  STORE_UPVALUE: 4,
  LOAD_GLOBAL: 5,
  POP: 6,
  DUP: 7,
  CHECK_INT: 8,
  CHECK_BOOL: 9,
  CHECK_STRING: 10,
  CHECK_TUPLE_LEN: 11,
  GET_TUPLE_ELEM: 12,
  ADD: 13,
  SUB: 14,
  MUL: 15,
  DIV: 16,
  CONCAT: 17,
  EQ: 18,
  NEQ: 19,
  LT: 20,
  LTE: 21,
  GT: 22,
  GTE: 23,
  AND: 24,
  OR: 25,
  NOT: 26,
  JUMP: 27,
  JUMP_IF_FALSE: 28,
  CALL: 29,
  CALL_METHOD: 30,
  TAIL_CALL: 31,
  RETURN: 32,
  MAKE_TUPLE: 33,
  GET_TUPLE_FIELD: 34,
  MAKE_LIST: 35,
  CONS: 36,
  LIST_HEAD: 37,
  LIST_TAIL: 38,
  IS_NIL: 39,
  MAKE_ARRAY: 40,
  ARRAY_GET: 41,
  ARRAY_SET: 42,
  ARRAY_LENGTH: 43,
  ARRAY_UPDATE: 44,
  MAKE_RECORD: 45,
  GET_RECORD_FIELD: 46,
  UPDATE_RECORD: 47,
  MAKE_VARIANT: 48,
  CHECK_VARIANT_TAG: 49,
  GET_VARIANT_FIELD: 50,
  MAKE_CLOSURE: 51,
  CLOSE_UPVALUE: 52,
} as const;
